"""The server: what the protocol asks, answered from the session. It alone knows pygls, and uses standard streams
alone."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, to_fs_path

from checker import __version__
from checker.core.problem import Problem
from checker.core.rule import Concept, Declaration, Definition, Rule, Span
from checker.language import formatted
from checker.serve import finding, telling
from checker.serve.looking import Looked
from checker.serve.naming import Stand, at
from checker.serve.offering import Kind, offered
from checker.serve.session import Session
from checker.serve.text import Text

_LARGEST = 64_000_000
"""Bytes of a message; a larger one is passed over."""
_MOST_TOLD = 500
"""Diagnostics of one file; who has more has one mistake many times."""
_SWITCH = 0.001
"""Seconds after which a thread that computes lets the one that answers go on."""
_EXPLAIN = "tieout.explainCode"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_KINDS: dict[Kind, types.CompletionItemKind] = {
    "keyword": types.CompletionItemKind.Keyword,
    "concept": types.CompletionItemKind.Class,
    "definition": types.CompletionItemKind.Variable,
    "caption": types.CompletionItemKind.Value,
    "unit": types.CompletionItemKind.Unit,
    "pack": types.CompletionItemKind.Module,
    "rule": types.CompletionItemKind.Reference,
    "function": types.CompletionItemKind.Function,
}


class _Protocol(LanguageServerProtocol):
    """The protocol with one text of each file, ours: lines end as the protocol says, and no position is out of
    range."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """A file was opened."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """A file was changed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """A file was closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class _Bounded:
    """Standard input with a limit: a message that is too long is passed over in pieces, and never held."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        """A line of a head."""
        return self._stream.readline(10_000)

    def read(self, size: int) -> bytes:
        """A message, or an empty one in place of one that is too long."""
        if size <= _LARGEST:
            return self._stream.read(size)
        while size > 0 and (piece := self._stream.read(min(size, 1_000_000))):
            size -= len(piece)
        return b"{}"


class _Whole:
    """Standard output for two threads: one message at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._lock = stream, threading.Lock()

    def write(self, data: bytes) -> None:
        """A whole message."""
        with self._lock:
            self._stream.write(data)
            self._stream.flush()

    def flush(self) -> None:
        """Nothing is left behind."""

    def close(self) -> None:
        """The stream is closed with the process."""


def serve(release: str = "") -> None:
    """Serves until the editor says goodbye or standard input ends. `release`: the file whose captions are offered."""
    logging.disable(logging.CRITICAL)  # what is logged of a message may hold text of a release
    sys.setswitchinterval(_SWITCH)
    streams = _Bounded(sys.stdin.buffer), _Whole(sys.stdout.buffer)
    sys.stdout = sys.stderr  # nothing but messages may stand there
    server, session = made()
    session.name_release(release)
    try:
        server.start_io(*streams)  # type: ignore[arg-type]
    finally:
        session.end()


def made() -> tuple[LanguageServer, Session]:
    """A server that answers from a session of its own."""
    server = LanguageServer("tieout", __version__, protocol_cls=_Protocol, max_workers=2)

    def tell(address: str, found: Looked) -> None:
        told = [_diagnostic(problem, found.text) for problem in found.problems[:_MOST_TOLD]]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(address, told))

    session = Session(tell)
    _lifetime(server, session)
    _telling(server, session)
    _finding(server, session)
    _renaming(server, session)
    _mending(server, session)
    return server, session


# ---- places ----------------------------------------------------------------------------------------------------------


def _offset(text: Text, position: types.Position) -> int:
    return text.offset((position.line, position.character))


def _range(text: Text, span: Span) -> types.Range:
    return types.Range(types.Position(*text.position(span[0])), types.Position(*text.position(span[1])))


def _where(problem: Problem, text: Text) -> Span:
    if problem.place is None:
        return 0, 0
    start, end = problem.place.span
    return text.at_byte(start), text.at_byte(end)


def _diagnostic(problem: Problem, text: Text) -> types.Diagnostic:
    hints = [
        problem.message,
        *([f"help: {problem.help}"] if problem.help else []),
        f"more: tieout explain {problem.code}",
    ]
    return types.Diagnostic(
        _range(text, _where(problem, text)),
        "\n".join(hints),
        _SEVERITIES[problem.severity],
        problem.code,
        source="tieout",
    )


def _path(address: str) -> Path:
    return Path(to_fs_path(address) or address.rpartition("/")[2] or "untitled.rules")


def _location(spot: finding.Spot, session: Session) -> types.Location:
    address = next((one for one, path in session.paths.items() if str(path) == spot.path), None)
    if address is not None:
        return types.Location(address, _range(session.texts[address], spot.span))
    try:
        text = Text(Path(spot.path).read_bytes().decode("utf-8-sig", "replace"), session.encoding)
    except OSError:
        text = Text("", session.encoding)
    return types.Location(from_fs_path(spot.path) or spot.path, _range(text, spot.span))


# ---- the life of the server and of its files -------------------------------------------------------------------------


def _set(session: Session, settings: object) -> None:
    """What an editor sets: `{"release": "path"}`, alone or below `tieout`."""
    own = settings.get("tieout", settings) if isinstance(settings, dict) else settings
    named = own.get("release") if isinstance(own, dict) else getattr(own, "release", None)
    if isinstance(named, str):
        path = Path(named)
        roots = [root / path for root in session.folders] if not path.is_absolute() else []
        session.name_release(str(next((root for root in roots if root.is_file()), path)) if named else "")


def _lifetime(server: LanguageServer, session: Session) -> None:
    @server.feature(types.INITIALIZE)
    def _(params: types.InitializeParams) -> None:
        session.encoding = str(getattr(server.workspace.position_encoding, "value", server.workspace.position_encoding))
        roots = [one.uri for one in params.workspace_folders or ()] or ([params.root_uri] if params.root_uri else [])
        session.folders[:] = [Path(path) for root in roots if (path := to_fs_path(root))]
        _set(session, params.initialization_options)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def _(params: types.DidChangeConfigurationParams) -> None:
        _set(session, params.settings)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(params: types.DidOpenTextDocumentParams) -> None:
        one = params.text_document
        path = _path(one.uri)
        session.put(one.uri, path.with_suffix(".rules") if one.language_id == "tieout-rules" else path, one.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(params: types.DidChangeTextDocumentParams) -> None:
        text = session.texts.get(params.text_document.uri)
        if text is None:
            return
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                span = _offset(text, change.range.start), _offset(text, change.range.end)
                text = text.changed(span, change.text)
            else:
                text = Text(change.text, session.encoding)
        session.replace(params.text_document.uri, text)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(_params: types.DidSaveTextDocumentParams) -> None:
        session.look_again()

    @server.command(_EXPLAIN)
    def _(code: str) -> str:
        page = telling.page(str(code))
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, page))
        return page


# ---- what is asked of a place ----------------------------------------------------------------------------------------


def _ours(address: str, session: Session) -> Text | None:
    """The text of a file of rules that is open."""
    return session.texts.get(address) if address in session.texts and session.is_rules(address) else None


def _stood(address: str, position: types.Position, session: Session) -> tuple[Text, Stand] | None:
    """What stands there in a file of rules."""
    text = _ours(address, session)
    stand = at(text, _offset(text, position)) if text is not None else None
    return (text, stand) if text is not None and stand is not None else None


def _telling(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _(params: types.HoverParams) -> types.Hover | None:
        address = params.text_document.uri
        if (text := _ours(address, session)) is None:
            return None
        found = telling.told(text, _offset(text, params.position), session.last(address), session.opened)
        return (
            types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found[0]), _range(text, found[1]))
            if found
            else None
        )

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=['"', "“", "[", ";", " "])
    )
    def _(params: types.CompletionParams) -> types.CompletionList | None:
        address = params.text_document.uri
        if (text := _ours(address, session)) is None:
            return None
        offers, complete = offered(text, _offset(text, params.position), session.known(address))
        items = [
            types.CompletionItem(
                one.label,
                kind=_KINDS[one.kind],
                detail=one.kind,
                documentation=one.about or None,
                sort_text=f"{one.near}{number:03}",
                filter_text=text.text[one.span[0] : _offset(text, params.position)] + one.label,
                text_edit=types.TextEdit(_range(text, one.span), one.written),
            )
            for number, one in enumerate(offers)
        ]
        return types.CompletionList(not complete, items)


def _finding(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def _(params: types.DefinitionParams) -> list[types.Location] | None:
        address = params.text_document.uri
        stood = _stood(address, params.position, session)
        found = session.looked(address) or session.last(address)
        if stood is None or found is None:
            return None
        return [_location(spot, session) for spot in finding.declared(stood[1], found)]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def _(params: types.ReferenceParams) -> list[types.Location] | None:
        address = params.text_document.uri
        stood = _stood(address, params.position, session)
        if stood is None:
            return None
        found = finding.references(stood[1], session.pages(address), params.context.include_declaration)
        return [_location(spot, session) for spot in found]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def _(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        address = params.text_document.uri
        found = session.looked(address) if _ours(address, session) is not None else None
        if found is None:
            return None
        return [_symbol(one, found) for one in found.file.declarations]


def _symbol(one: Declaration, found: Looked) -> types.DocumentSymbol:
    by = len(found.text.text) - len(found.file.text)
    name, about, span = finding.titled(one, found.file.text)
    kind = (
        types.SymbolKind.Function
        if isinstance(one, Rule)
        else types.SymbolKind.Class
        if isinstance(one, Concept)
        else types.SymbolKind.Variable
        if isinstance(one, Definition)
        else types.SymbolKind.Module
    )
    whole = min(one.span[0], span[0]) + by, max(one.span[1], span[1]) + by
    here = _range(found.text, (span[0] + by, span[1] + by))
    return types.DocumentSymbol(name or "?", kind, _range(found.text, whole), here, about or None)


# ---- what changes a file ---------------------------------------------------------------------------------------------


def _renaming(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def _(params: types.PrepareRenameParams) -> types.Range | None:
        address = params.text_document.uri
        found = _stood(address, params.position, session)
        seen = session.looked(address) if found is not None else None
        if found is None or seen is None or not finding.renameable(found[1], session.pages(address), seen):
            return None
        return _range(found[0], found[1].span)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def _(params: types.RenameParams) -> types.WorkspaceEdit | None:
        address = params.text_document.uri
        found = _stood(address, params.position, session)
        if found is None:
            return None
        pages = session.pages(address)
        seen = session.looked(address) or session.last(address)
        if seen is None:
            return None
        try:
            edits = finding.renamed(found[1], params.new_name, pages, seen)
        except finding.Refusal as refusal:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, str(refusal)))
            return None
        texts = {page.path: page.text for page in pages}
        changes: dict[str, list[types.TextEdit]] = {}
        for path, own in edits.items():
            where = (
                next((one for one, known in session.paths.items() if str(known) == path), None)
                or from_fs_path(path)
                or path
            )
            changes[where] = [types.TextEdit(_range(texts[path], span), new) for span, new in own]
        return types.WorkspaceEdit(changes)


def _mending(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def _(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        address = params.text_document.uri
        text = _ours(address, session)
        if text is None:
            return None
        page = session.page(address)
        if any(problem.severity == "error" for problem in page.file.problems):
            return None
        by = len(text.text) - len(page.file.text)
        new = text.text[:by] + formatted(page.file)
        return [] if new == text.text else [_one_edit(text, new)]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def _(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        address = params.text_document.uri
        text = _ours(address, session)
        found = session.whole(address) if text is not None else None
        if text is None or found is None:
            return None
        first, last = _offset(text, params.range.start), _offset(text, params.range.end)
        touched = [one for one in found.problems if (span := _where(one, text))[0] <= last and first <= span[1]][:20]
        return [action for one in touched for action in _actions(one, text, address)]


def _one_edit(text: Text, new: str) -> types.TextEdit:
    """The difference as one edit, without what is the same at both ends."""
    old, start, end = text.text, 0, 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return types.TextEdit(_range(text, (start, len(old) - end)), new[start : len(new) - end])


def _actions(problem: Problem, text: Text, address: str) -> list[types.CodeAction]:
    told = [_diagnostic(problem, text)]
    explain = types.CodeAction(
        f"Explain {problem.code}",
        types.CodeActionKind.QuickFix,
        told,
        command=types.Command(f"Explain {problem.code}", _EXPLAIN, arguments=[problem.code]),
    )
    if not problem.fix:
        return [explain]
    edits = [
        types.TextEdit(_range(text, (text.at_byte(one.start), text.at_byte(one.end))), one.text) for one in problem.fix
    ]
    title = problem.help if problem.help and len(problem.help) <= 80 else f"Put {problem.code} right"
    return [
        types.CodeAction(title, types.CodeActionKind.QuickFix, told, True, edit=types.WorkspaceEdit({address: edits})),
        explain,
    ]
