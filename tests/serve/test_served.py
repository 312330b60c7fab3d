"""The server driven by a client, over standard streams, as an editor drives it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the extra serve is not installed")

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "examples" / "fusion-2013q1.md"
SECONDS = 60

RULES = """\
concept Sales of machines
    aka Machine sales
    duration, currency, credit

define Machine margin = Gross profit / Sales of machines   as percent

rule 𝒂-margin-is-high "𝒎𝒂𝒓𝒈𝒊𝒏 🂡"
    Gross profit = Revenues - Cost of revenues
"""
RULES = RULES.replace("𝒂-margin", "a-margin")

Talk = Callable[["Editor"], Awaitable[Any]]


class Editor(LanguageClient):
    """A client that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.shown: list[str] = []
        self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.told.put_nowait(params))
        self.feature(lsp.WINDOW_SHOW_MESSAGE)(lambda params: self.shown.append(params.message))

    async def opened(self, path: Path, text: str, language: str = "tieout-rules") -> str:
        """A file shown to the server, and its address."""
        self.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(path.as_uri(), language, 1, text))
        )
        return path.as_uri()

    async def diagnostics(self, address: str) -> list[lsp.Diagnostic]:
        """What the server tells of a file next."""
        while True:
            params = await asyncio.wait_for(self.told.get(), SECONDS)
            if params.uri == address:
                return list(params.diagnostics)


def talked(folder: Path, talk: Talk, encodings: list[lsp.PositionEncodingKind] | None = None, **options: Any) -> Any:
    """What comes of a conversation with a new server, which must end well."""

    async def run() -> Any:
        editor = Editor()
        await editor.start_io(
            sys.executable,
            "-m",
            "checker",
            "serve",
            "--stdio",
            cwd=str(folder),
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        )
        capabilities = lsp.ClientCapabilities(general=lsp.GeneralClientCapabilities(position_encodings=encodings))
        begun = lsp.InitializeParams(capabilities, root_uri=folder.as_uri(), initialization_options=options or None)
        said = await asyncio.wait_for(editor.initialize_async(begun), SECONDS)
        editor.initialized(lsp.InitializedParams())
        wanted = encodings[0] if encodings else lsp.PositionEncodingKind.Utf16
        assert said.capabilities.position_encoding == wanted
        found = await talk(editor)
        await asyncio.wait_for(editor.shutdown_async(None), SECONDS)
        editor.exit(None)
        server = editor._server
        assert server is not None and await asyncio.wait_for(server.wait(), SECONDS) == 0
        with contextlib.suppress(Exception):
            await editor.stop()
        return found

    return asyncio.run(run())


def at(text: str, words: str, within: int = 0) -> lsp.Position:
    """The position of some words as UTF-16 counts, and so many characters into them."""
    offset = text.index(words) + within
    line = text.count("\n", 0, offset)
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return lsp.Position(line, len(before.encode("utf-16-le")) // 2)


def cut(text: str, one: lsp.Range) -> str:
    """The stretch of a range, as UTF-16 counts."""
    lines = text.split("\n")
    start = len("\n".join(lines[: one.start.line])) + (1 if one.start.line else 0)
    end = len("\n".join(lines[: one.end.line])) + (1 if one.end.line else 0)
    first = len(lines[one.start.line].encode("utf-16-le")[: 2 * one.start.character].decode("utf-16-le"))
    last = len(lines[one.end.line].encode("utf-16-le")[: 2 * one.end.character].decode("utf-16-le"))
    return text[start + first : end + last]


def applied(text: str, edits: list[lsp.TextEdit]) -> str:
    """A text with edits carried out, the last first."""
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        lines = text.split("\n")

        def offset(position: lsp.Position, lines: list[str] = lines) -> int:
            before = lines[position.line].encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
            return sum(len(line) + 1 for line in lines[: position.line]) + len(before)

        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def test_a_whole_conversation(tmp_path: Path) -> None:
    path = tmp_path / "acme.rules"

    async def talk(editor: Editor) -> dict[str, Any]:
        address = await editor.opened(path, RULES)
        me = lsp.TextDocumentIdentifier(address)
        said: dict[str, Any] = {"first": await editor.diagnostics(address)}
        broken = lsp.TextDocumentContentChangePartial(
            lsp.Range(at(RULES, "= Revenues"), at(RULES, "= Revenues", 1)), "=="
        )
        editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, address), [broken])
        )
        said["broken"] = await editor.diagnostics(address)
        here = said["broken"][0].range
        asked = lsp.CodeActionParams(me, here, lsp.CodeActionContext(said["broken"]))
        said["actions"] = await editor.text_document_code_action_async(asked)
        start = at(RULES, "= Revenues")
        mended = lsp.TextDocumentContentChangePartial(
            lsp.Range(start, lsp.Position(start.line, start.character + 2)), "="
        )
        editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(3, address), [mended])
        )
        said["mended"] = await editor.diagnostics(address)
        said["hover"] = await editor.text_document_hover_async(lsp.HoverParams(me, at(RULES, "Revenues", 2)))
        said["word"] = await editor.text_document_hover_async(lsp.HoverParams(me, at(RULES, "duration", 2)))
        said["completion"] = await editor.text_document_completion_async(
            lsp.CompletionParams(me, at(RULES, "Cost of revenues", 4))
        )
        said["definition"] = await editor.text_document_definition_async(
            lsp.DefinitionParams(me, at(RULES, "/ Sales of", 4))
        )
        said["library"] = await editor.text_document_definition_async(
            lsp.DefinitionParams(me, at(RULES, "Cost of revenues", 4))
        )
        said["references"] = await editor.text_document_references_async(
            lsp.ReferenceParams(lsp.ReferenceContext(True), me, at(RULES, "/ Sales of", 4))
        )
        said["prepared"] = await editor.text_document_prepare_rename_async(
            lsp.PrepareRenameParams(me, at(RULES, "/ Sales of", 4))
        )
        said["rename"] = await editor.text_document_rename_async(
            lsp.RenameParams(me, at(RULES, "/ Sales of", 4), "Sales - machines")
        )
        said["refused"] = await editor.text_document_rename_async(
            lsp.RenameParams(me, at(RULES, "Cost of revenues", 4), "Costs")
        )
        said["symbols"] = await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(me))
        said["format"] = await editor.text_document_formatting_async(
            lsp.DocumentFormattingParams(me, lsp.FormattingOptions(4, True))
        )
        said["explained"] = await editor.workspace_execute_command_async(
            lsp.ExecuteCommandParams("tieout.explainCode", ["E103"])
        )
        return said

    said = talked(tmp_path, talk)
    assert not [one for one in said["first"] if one.severity == lsp.DiagnosticSeverity.Error]
    assert [one.code for one in said["broken"]] == ["E103"] and said["broken"][
        0
    ].severity == lsp.DiagnosticSeverity.Error
    fixes = [action for action in said["actions"] if getattr(action, "edit", None) is not None]
    (edits,) = fixes[0].edit.changes.values()
    assert applied(RULES.replace("= Revenues", "== Revenues"), edits) == RULES
    assert [one.code for one in said["mended"]] == [one.code for one in said["first"]]
    assert "Revenues" in said["hover"].contents.value and cut(RULES, said["hover"].range) == "Revenues"
    assert "flow" in said["word"].contents.value
    labels = [item.label for item in said["completion"].items]
    assert "Cost of revenues" in labels and len(labels) <= 101
    assert [cut(RULES, one.range) for one in said["definition"]] == ["Sales of machines"] and said["definition"][
        0
    ].range.start.line == 0
    assert all(one.uri.endswith("concepts.rules") for one in said["library"]) and said["library"]
    assert [cut(RULES, one.range) for one in said["references"]] == ["Sales of machines"] * 2
    assert cut(RULES, said["prepared"]) == "Sales of machines"
    (edits,) = said["rename"].changes.values()
    after = applied(RULES, edits)
    assert (
        after.startswith('concept "Sales - machines"\n    aka Sales of machines\n')
        and 'Gross profit / "Sales - machines"' in after
    )
    assert said["refused"] is None
    assert [one.name for one in said["symbols"]] == ["Sales of machines", "Machine margin", "a-margin-is-high"]
    assert "   as percent" not in applied(RULES, said["format"])
    assert said["explained"].startswith("E103: ")


def test_the_release_gives_captions_and_values(tmp_path: Path) -> None:
    text = 'Gross profit = "Tot\nrule margin\n    Gross profit = Revenues - Cost of revenues\n    Notes payable = Foo\n'

    async def talk(editor: Editor) -> dict[str, Any]:
        address = await editor.opened(tmp_path / "acme.rules", text)
        me = lsp.TextDocumentIdentifier(address)
        await editor.diagnostics(address)
        while (
            not (hover := await editor.text_document_hover_async(lsp.HoverParams(me, at(text, "Revenues"))))
            or "16,168,421" not in hover.contents.value
        ):
            await asyncio.sleep(0.05)
        said: dict[str, Any] = {"hover": hover.contents.value}
        said["quoted"] = await editor.text_document_completion_async(lsp.CompletionParams(me, at(text, '"Tot', 4)))
        said["bare"] = await editor.text_document_completion_async(
            lsp.CompletionParams(me, at(text, "Notes payable", 5))
        )
        # the release is open in the editor, too, and a figure of it is changed there
        changed = SEED.read_text(encoding="utf-8").replace("16,168,421", "99,999,999")
        await editor.opened(tmp_path / "draft.md", changed, "markdown")
        while (
            "99,999,999"
            not in (await editor.text_document_hover_async(lsp.HoverParams(me, at(text, "Revenues")))).contents.value
        ):
            await asyncio.sleep(0.05)
        return said

    said = talked(tmp_path, talk, release=str(SEED))
    assert "Three Months Ended March 31, 2013" in said["hover"]
    first = said["quoted"].items[0]
    assert (
        first.label.casefold().startswith("total")
        and first.text_edit.new_text == f'"{first.label}"'
        and cut(text, first.text_edit.range) == '"Tot'
    )
    written = {item.label: item.text_edit.new_text for item in said["bare"].items}
    assert written["Notes payable - related parties"] == '"Notes payable - related parties"'


@pytest.mark.parametrize("encoding", [lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf32])
def test_positions_are_counted_as_the_editor_asks(tmp_path: Path, encoding: lsp.PositionEncodingKind) -> None:
    text = 'rule a "🂡🂡"\n    "🂡é" = Revenues - == B\n'
    before = '    "🂡é" = Revenues - '
    place = len(before.encode()) if encoding == lsp.PositionEncodingKind.Utf8 else len(before)

    async def talk(editor: Editor) -> tuple[list[lsp.Diagnostic], Any]:
        address = await editor.opened(tmp_path / "a.rules", text)
        hover = lsp.HoverParams(lsp.TextDocumentIdentifier(address), lsp.Position(1, place - 5))
        return await editor.diagnostics(address), await editor.text_document_hover_async(hover)

    found, _ = talked(tmp_path, talk, [encoding])
    assert next(
        (one.range.start.line, one.range.start.character)
        for one in found
        if one.severity == lsp.DiagnosticSeverity.Error
    ) == (1, place)


def test_lines_end_as_the_protocol_says(tmp_path: Path) -> None:
    """A form feed and U+2028 end no line, a carriage return does: an edit behind them falls where the editor has it."""
    text = "# a\u2028b\x0cc\r# d\r\nA = == B\n"

    async def talk(editor: Editor) -> tuple[list[lsp.Diagnostic], list[lsp.Diagnostic]]:
        address = await editor.opened(tmp_path / "a.rules", text)
        first = await editor.diagnostics(address)
        edit = lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(2, 4), lsp.Position(2, 7)), "")
        editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, address), [edit])
        )
        return first, await editor.diagnostics(address)

    first, second = talked(tmp_path, talk)
    assert any(one.range.start.line == 2 for one in first) and not any(
        one.range.start.line == 2 and one.code != "E102" for one in second
    )


BOMBS = (
    "(" * 900,
    "A = " + "B + " * 240 + "C",
    "A = " + "abs(" * 200 + "B" + ")" * 200,
    '"' * 999,
    "A = [" * 200,
    "define X = X",
    "\ud800 = A",
    "\x00",
    "use ../../etc",
)
BOMB = "\n".join(BOMBS * 30) + "\n" + "A" * 200_000


def test_hostile_files_and_messages_do_no_harm(tmp_path: Path) -> None:
    async def talk(editor: Editor) -> tuple[list[lsp.Diagnostic], list[Any]]:
        address = await editor.opened(tmp_path / "bomb.rules", BOMB)
        me = lsp.TextDocumentIdentifier(address)
        writer = editor.protocol.writer
        assert writer is not None
        for body in (
            b"{",
            b"[]",
            b"null",
            b'{"jsonrpc":"2.0"}',
            b'{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":7}}',
            b"\xff\xfe",
        ):
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        writer.write(b"Content-Length: many\r\nX: y\r\n")
        writer.write(b"Content-Length: 70000000\r\n\r\n" + b"x" * 70_000_000)
        wild = lsp.TextDocumentContentChangePartial(
            lsp.Range(lsp.Position(2**31 - 1, 5), lsp.Position(0, 2**31 - 1)), "Z"
        )
        editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, address), [wild])
        )
        editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(3, address), [lsp.TextDocumentContentChangeWholeDocument(BOMB)]
            )
        )
        told = await editor.diagnostics(address)
        answers = []
        for line in range(len(BOMBS) + 1):
            place = lsp.Position(line, 500)
            answers.append(await editor.text_document_completion_async(lsp.CompletionParams(me, place)))
            answers.append(await editor.text_document_hover_async(lsp.HoverParams(me, place)))
            answers.append(await editor.text_document_definition_async(lsp.DefinitionParams(me, place)))
        gone = lsp.TextDocumentIdentifier("untitled:nowhere")
        answers.append(await editor.text_document_hover_async(lsp.HoverParams(gone, lsp.Position(0, 0))))
        return told, answers

    told, _ = talked(tmp_path, talk)
    assert 0 < len(told) <= 500
    assert list(tmp_path.iterdir()) == []
