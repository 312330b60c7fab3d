"""The rule language in an editor: a language server on standard input and output (the extra `serve`).

`text` knows positions, `looking` what is wrong with a file, `naming` what stands at a place, `telling` what it means,
`offering` what could be typed, `finding` where names stand; `session` holds open files and the release, `server` alone
knows the protocol. Nothing is written and nothing kept.
"""
