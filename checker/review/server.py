"""The server of a review: on this machine alone, for whoever has the address that the command printed, and for as long
as the command runs.

The one module that opens a socket. A release is secret: every request has to name the token and this very host, one
that writes must come from the page itself, and there is no path to any file. What is answered is in no cache and in no
frame.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from checker.review.deciding import carry, decide, sign, state
from checker.review.page import page
from checker.review.pointing import add, suggest
from checker.review.session import Session, Wrong

HOST = "127.0.0.1"
LARGEST = 1 << 16
"""Bytes of a request: what one person says of one finding."""
_PATIENCE = 10
"""Seconds a connection may take to say what it wants."""
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
_ACTIONS: Mapping[str, Callable[[Session, Mapping[str, object]], Mapping[str, object]]] = {
    "decide": decide,
    "sign": sign,
    "carry": carry,
    "suggest": suggest,
    "add": add,
}


@contextmanager
def served(session: Session) -> Iterator[str]:
    """The address of the review, which is answered until the block ends; somebody has to let the session work
    meanwhile."""
    token = secrets.token_urlsafe(32)
    server = _Server(session, token)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/{token}/"
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """A server on a port that the system chooses."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, session: Session, token: str) -> None:
        super().__init__((HOST, 0), _Handler)
        self.session = session
        self.token = token.encode()
        self.origin = f"http://{HOST}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks off is nobody's trouble, and its trace could show what it was about."""


class _Refused(Exception):
    """A request that is not answered, with its status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _Server
    timeout = _PATIENCE
    server_version = "tieout"
    sys_version = ""

    def do_GET(self) -> None:
        """The page, or what there is to be known of it."""
        self._answered(self._got)

    def do_POST(self) -> None:
        """A decision."""
        self._answered(self._posted)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged: the address is a secret."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A bare status; what was asked is not said again."""
        self._send(code, b"", "text/plain; charset=utf-8")

    def _answered(self, work: Callable[[str], tuple[bytes, str]]) -> None:
        try:
            body, kind = work(self._asked())
        except _Refused as refused:
            self._send(refused.status, b"", "text/plain; charset=utf-8")
        except Wrong as wrong:
            self._send(409, _json({"wrong": str(wrong)}), _JSON)
        except Exception:  # what went wrong may hold a line of the release
            self._send(500, b"", "text/plain; charset=utf-8")
        else:
            self._send(200, body, kind)

    def _asked(self) -> str:
        """What is asked for, behind the token. Refused: it is asked from elsewhere, or without the token."""
        if self.headers.get_all("Host") != [self.server.origin.removeprefix("http://")]:
            raise _Refused(421)
        empty, _, rest = self.path.partition("/")
        token, _, name = rest.partition("/")
        if empty or not hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self.server.token):
            raise _Refused(403)
        if self.headers.get("Origin", self.server.origin) != self.server.origin or self.headers.get(
            "Sec-Fetch-Site", "none"
        ) not in ("none", "same-origin"):
            raise _Refused(403)
        return name

    def _got(self, name: str) -> tuple[bytes, str]:
        session = self.server.session
        name, _, seen = name.partition("?seen=")
        if name == "":
            return page(session.shown, session.ask(lambda: state(session))).encode(), "text/html; charset=utf-8"
        if name == "state":
            known = seen == f"{session.shown.version}"
            return _json({} if known else session.ask(lambda: state(session))), _JSON
        raise _Refused(404)

    def _posted(self, name: str) -> tuple[bytes, str]:
        session, action = self.server.session, _ACTIONS.get(name)
        if action is None:
            raise _Refused(404)
        if self.headers.get("Origin") != self.server.origin or self.headers.get("Content-Type") != "application/json":
            raise _Refused(403)
        asked = self._body()
        return _json(session.ask(lambda: action(session, asked))), _JSON

    def _body(self) -> Mapping[str, object]:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 10) or self.headers.get("Transfer-Encoding"):
            raise _Refused(411)
        if int(length) > LARGEST:
            raise _Refused(413)
        try:
            tree = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            raise _Refused(400) from None
        if not isinstance(tree, dict):
            raise _Refused(400)
        return tree

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in (
            *_HEADERS,
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


_JSON = "application/json; charset=utf-8"


def _json(tree: Mapping[str, object]) -> bytes:
    return json.dumps(tree).encode()
