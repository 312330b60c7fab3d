"""How long an editor waits: completion, hover and an edit in rule files of 100 to 10,000 rules beside a release. The
aim: completion in under 50 ms.

The server runs as an editor runs it and is spoken to on standard streams; each request is timed from outside, on the
clock of the wall, first while the file is being looked at in the background, then at rest. A row gives the median and
the slowest of as many requests as fit, at places spread over the file. The clock counts what else the machine does; the
last column does not: processor time of an edit and its completion without the protocol, at rest.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SEED = ROOT / "examples" / "fusion-2013q1.md"
SIZES = (100, 1_000, 10_000)
REQUESTS = 30
LARGE = 50_000
"""Characters of a file beyond which diagnostics are told twice: what cannot be read, then what looks wrong."""
TYPED = ("Re", "Cost", "Total", "Net in", "margin", "W", "")


class Server:
    """A server and its two streams."""

    def __init__(self, folder: str) -> None:
        command = [sys.executable, "-m", "checker", "serve", "--release", str(SEED)]
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin and self._process.stdout
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        self._ids = count()
        self.told = 0
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})

    def tell(self, method: str, params: object) -> None:
        """A notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:
        """A request, and its answer."""
        number = next(self._ids)
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while (message := self._read()).get("id") != number:
            self.told += message.get("method") == "textDocument/publishDiagnostics"
        return message["result"]

    def wait(self, times: int = 1) -> None:
        """Until diagnostics are told, so many times."""
        while self.told < times:
            self.told += self._read().get("method") == "textDocument/publishDiagnostics"

    def end(self) -> None:
        """Goodbye."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.wait(60)

    def _send(self, message: object) -> None:
        body = json.dumps(message).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._in.flush()

    def _read(self) -> Any:
        size = 0
        while (line := self._out.readline().strip()) or not size:
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        return json.loads(self._out.read(size))


def rules(number: int) -> str:
    """So many rules of three lines, and a definition for each twenty."""
    every = []
    for index in range(number):
        every.append(
            f'rule r{index} "Rule {index}"\n    Revenues = Cost of revenues + Caption number {index} + "Other -'
            f' {index}"\n    severity warning\n'
        )
        if index % 20 == 0:
            every.append(f"define Measure {index} = Revenues / Cost of revenues   as percent\n")
    return "\n".join(every)


def timed(server: Server, uri: str, lines: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each kind of request: a few letters are typed at places spread over the file, and asked about."""
    took: dict[str, list[float]] = {"edit and completion": [], "hover": [], "definition": []}
    places = [index for index, line in enumerate(lines) if line.startswith("    Revenues = ")]
    for number in range(REQUESTS):
        line = places[number * (len(places) - 1) // REQUESTS]
        typed = f" + {TYPED[number % len(TYPED)]}"
        at = {"line": line, "character": len(lines[line])}
        after = {"line": line, "character": len(lines[line]) + len(typed)}
        begun = perf_counter()
        change(server, uri, {"start": at, "end": at}, typed)
        found = server.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": after})
        took["edit and completion"].append(1000 * (perf_counter() - begun))
        assert found["items"], typed
        change(server, uri, {"start": at, "end": after}, "")
        for kind in ("hover", "definition"):
            begun = perf_counter()
            assert server.ask(
                f"textDocument/{kind}", {"textDocument": {"uri": uri}, "position": {"line": line, "character": 18}}
            )
            took[kind].append(1000 * (perf_counter() - begun))
    return took


def worked(text: str) -> float:
    """Milliseconds of processor time that one edit and its completion take, in this process."""
    from checker.core.rule import Rulebook
    from checker.language import parse
    from checker.language.resolving import resolve
    from checker.serve.looking import Opened
    from checker.serve.offering import Known, offered
    from checker.serve.text import Text
    from checker.workshop.trying import reading

    book: Rulebook = resolve([parse(text, "big.rules", "big")])
    known = Known(book, Opened(SEED.name, reading(SEED.name, SEED.read_bytes()).found))
    offered(Text("Total"), 5, known)
    took = []
    for number in range(REQUESTS):
        at = text.index("\n    severity", number * (len(text) - 100) // REQUESTS)
        begun = process_time()
        typed = Text(text).changed((at, at), f" + {TYPED[number % len(TYPED)]}")
        offered(typed, at + 3 + len(TYPED[number % len(TYPED)]), known)
        took.append(1000 * (process_time() - begun))
    return statistics.median(took)


def change(server: Server, uri: str, where: object, text: str) -> None:
    """An edit."""
    server.tell(
        "textDocument/didChange",
        {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"range": where, "text": text}]},
    )


def main() -> None:
    """Measures and prints a table."""
    print(f"beside {SEED.name}; milliseconds on the clock, median (slowest) of {REQUESTS}")
    print(
        f"{'rules':>7} {'characters':>11} {'first looked at':>16}  {'state':22} {'edit and completion':>20} "
        f"{'hover':>14} {'definition':>14} {'processor':>10}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            server, text, uri = Server(folder), rules(size), Path(folder, "big.rules").as_uri()
            begun = perf_counter()
            server.tell(
                "textDocument/didOpen",
                {"textDocument": {"uri": uri, "languageId": "tieout-rules", "version": 1, "text": text}},
            )
            server.wait()
            first = f"{perf_counter() - begun:.1f} s"
            for state in ("being looked at again", "at rest"):
                if state == "at rest":
                    server.told = 0
                    server.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
                    server.wait(1 if len(text) <= LARGE else 2)
                took = timed(server, uri, text.split("\n"))
                cells = [f"{statistics.median(one):.0f} ({max(one):.0f})" for one in took.values()]
                own = f"{worked(text):.1f}" if state == "at rest" else ""
                print(
                    f"{size:7,} {len(text):11,} {first:>16}  {state:22} {cells[0]:>20} {cells[1]:>14} "
                    f"{cells[2]:>14} {own:>10}",
                    flush=True,
                )
            server.end()


if __name__ == "__main__":
    main()
