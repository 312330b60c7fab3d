"""A review of the example release with two figures corrupted, served in this process."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest

from checker.cli import review as command
from checker.cli import run
from checker.review.server import served
from checker.review.session import Session

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "fusion-2013q1.md"
WRONG = {"1,489,945": "1,498,945", "34,273,120": "34,723,120"}
DAY = "2026-07-01"


@attrs.frozen
class Review:
    """A running review and where it is served."""

    session: Session
    address: str

    def call(self, name: str, body: object = None, **changed: str) -> tuple[int, dict[str, object]]:
        """What is answered to a request of the page; headers by their names with _ for -, or `path` as a whole."""
        parts = urlsplit(self.address)
        sent = {"Host": parts.netloc, "Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}
        path = changed.pop("path", parts.path + name)
        sent |= {key.replace("_", "-"): value for key, value in changed.items()}
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=60)
        connection.putrequest("GET" if body is None else "POST", path, skip_host=True, skip_accept_encoding=True)
        for key, value in sent.items():
            if value:
                connection.putheader(key, value)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        if body is not None and "Content-Length" not in sent:
            connection.putheader("Content-Length", str(len(raw)))
        connection.endheaders(raw)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        kind = answer.headers["Content-Type"]
        return answer.status, json.loads(text) if kind.startswith("application/json") else {"text": text.decode()}

    def state(self) -> dict[str, object]:
        """What the page is told."""
        status, found = self.call("state")
        assert status == 200
        return found

    def finding(self, rule: str) -> str:
        """The page's name of the violation of a rule."""
        sheet = self.session.sheet()
        return next(
            sheet.numbers[one.id]
            for one in sheet.checked.findings
            if one.check.rule.endswith(rule) and one.severity == "error"
        )


Begin = Callable[..., Review]


def corrupted() -> str:
    text = EXAMPLE.read_text(encoding="utf-8")
    for right, wrong in WRONG.items():
        text = text.replace(right, wrong)
    return text


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Begins a review in an empty folder, by the options of the command."""
    monkeypatch.chdir(tmp_path)
    running: list[tuple[threading.Event, threading.Thread, object]] = []

    def start(text: str = "", *options: str, name: str = "draft.md") -> Review:
        if text or not Path(name).exists():
            Path(name).write_text(text or corrupted(), encoding="utf-8")
        ended, ready, found = threading.Event(), threading.Event(), list[Review]()

        def serve(session: Session) -> int:
            with served(session) as address:
                found.append(Review(session, address))
                ready.set()
                session.work(ended.is_set)
            return 0

        def work() -> None:
            run(["review", name, "--today", DAY, *options])
            ready.set()

        monkeypatch.setattr(command, "_served", serve)
        thread = threading.Thread(target=work)
        thread.start()
        running.append((ended, thread, None))
        assert ready.wait(120) and found, "no review began"
        return found[0]

    yield start
    for ended, thread, _ in running:
        ended.set()
        thread.join(30)
