"""The door for programs that speak the Model Context Protocol: tools over the public door, on standard input and
output.

`tools` is what is offered and what it answers, without a protocol; `asked` reads the arguments of a call; `server`
alone knows the SDK (the extra `mcp`). It opens no connection, writes no file and logs nothing; a text that was sent is
forgotten with its answer.
"""
