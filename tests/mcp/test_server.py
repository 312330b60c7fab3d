"""The server for programs, driven by a real client over standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.test_confidential import NO_NETWORK, RUN, SECRETS

anyio = pytest.importorskip("anyio", reason="needs the extra mcp, which is not installed here")
client = pytest.importorskip("mcp.client.client", reason="needs the extra mcp, which is not installed here")
stdio = pytest.importorskip("mcp.client.stdio", reason="needs the extra mcp, which is not installed here")

ROOT = Path(__file__).resolve().parents[2]
Work = Callable[[Any], Awaitable[Any]]


@pytest.fixture
def work(tmp_path: Path, seed: Path) -> Path:
    """A folder with a clean release and a draft of it with two digits exchanged."""
    folder = tmp_path / "work"
    folder.mkdir()
    text = seed.read_text(encoding="utf-8").replace("Fusion", "Zanzibar")
    (folder / "release.md").write_text(text, encoding="utf-8")
    (folder / "draft.md").write_text(text.replace("1,489,945", "1,498,945"), encoding="utf-8")
    (folder / "run.py").write_text(NO_NETWORK + RUN)
    return folder


def served(work: Path, talk: Work, *options: str, before: str = "") -> tuple[Any, str]:
    """What a client comes back with from a server in a process without network, and what that process said on standard
    error."""
    (work / "run.py").write_text(NO_NETWORK + before + RUN)
    server = stdio.StdioServerParameters(
        command=sys.executable,
        args=["run.py", "mcp", *options],
        cwd=str(work),
        env={"PYTHONPATH": str(ROOT), "HOME": str(work), "TMPDIR": str(work)},
    )

    async def session() -> Any:
        with open(work / "errors.txt", "w", encoding="utf-8") as errors, anyio.fail_after(100):
            async with client.Client(stdio.stdio_client(server, errlog=errors)) as connected:
                return await talk(connected)

    answer = anyio.run(session)
    errors = (work / "errors.txt").read_text(encoding="utf-8")
    (work / "errors.txt").unlink()
    return answer, errors


def test_the_tools_are_offered_and_answer(work: Path) -> None:
    async def talk(connected: Any) -> dict[str, Any]:
        return {
            "offered": (await connected.list_tools()).tools,
            "check": await connected.call_tool("check", {"paths": ["draft.md"]}),
            "text": await connected.call_tool("check", {"text": (work / "release.md").read_text(encoding="utf-8")}),
            "extract": await connected.call_tool("extract", {"paths": ["release.md"]}),
            "explain": await connected.call_tool("explain", {"name": "gross-profit"}),
            "compare": await connected.call_tool("compare", {"old": "release.md", "new": "draft.md"}),
            "unread": await connected.call_tool("check", {"text": "Dear shareholders"}),
        }

    said, errors = served(work, talk)
    assert [tool.name for tool in said["offered"]] == ["check", "extract", "explain", "compare"]
    assert all(
        tool.description and tool.annotations.read_only_hint and tool.input_schema["additionalProperties"] is False
        for tool in said["offered"]
    )
    found = said["check"].structured_content
    assert found["outcome"]["status"] == 1 and "1,498,945" in said["check"].content[0].text
    verdicts = {one["verdict"] for one in found["documents"][0]["findings"]}
    assert "violation" in verdicts and "agrees" not in verdicts
    named = {figure["id"] for one in found["documents"][0]["findings"] for figure in one["figures"]}
    assert {one["id"] for one in found["documents"][0]["figures"]} == named
    assert said["text"].structured_content["outcome"]["status"] == 0 and not said["text"].is_error
    assert len(said["extract"].structured_content["documents"][0]["figures"]) > 100
    assert "Gross profit" in said["explain"].content[0].text
    assert (
        said["compare"].structured_content["kind"] == "drafts"
        and said["compare"].structured_content["summary"]["changed"] == 1
    )
    assert said["unread"].structured_content["outcome"]["status"] == 3 and not said["unread"].is_error
    assert errors == ""
    assert not [path for path in work.rglob("*") if path.name not in ("release.md", "draft.md", "run.py")], (
        "nothing is left behind"
    )


def test_a_wrong_call_is_answered_and_the_server_goes_on(work: Path) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("check", {}),
        ("check", {"paths": ["nowhere.md"]}),
        ("check", {"paths": ["-"]}),
        ("check", {"paths": "draft.md"}),
        ("check", {"paths": ["draft.md"], "text": "both"}),
        ("check", {"paths": ["draft.md"], "min_coverage": 101}),
        ("check", {"paths": ["draft.md"], "fail_on": "never"}),
        ("check", {"paths": ["draft.md"], "severity": "error"}),
        ("check", {"paths": ["draft.md"], "select": ["no-such-rule-at-all"]}),
        ("explain", {}),
        ("explain", {"name": "no such thing at all"}),
        ("compare", {"old": "draft.md"}),
        ("compare", {"old": "draft.md", "new_text": "Dear shareholders"}),
        ("publish", {}),
    ]

    async def talk(connected: Any) -> list[Any]:
        return [
            await connected.call_tool(name, given) for name, given in [*wrong, ("check", {"paths": ["release.md"]})]
        ]

    answers, errors = served(work, talk)
    for (name, given), answer in zip(wrong, answers, strict=False):
        assert answer.is_error and answer.content[0].text, (name, given)
    assert answers[-1].structured_content["outcome"]["status"] == 0
    assert errors == ""


CRASH = """
import checker.pipeline
def crash(path, content, *rest):
    raise ValueError(content.decode())
checker.pipeline.check = checker.pipeline.release = crash
"""


def test_a_crash_says_nothing_of_the_release(work: Path) -> None:
    async def talk(connected: Any) -> list[Any]:
        return [await connected.call_tool(name, {"paths": ["release.md"]}) for name in ("check", "extract")]

    answers, errors = served(work, talk, before=CRASH)
    said = errors + json.dumps([answer.model_dump(mode="json") for answer in answers])
    assert "internal error: ValueError" in said
    assert not [secret for secret in SECRETS if secret.decode() in said]


def test_redacted_answers_hold_neither_amounts_nor_text(work: Path) -> None:
    async def talk(connected: Any) -> list[Any]:
        both = {"old": "release.md", "new": "draft.md"}
        return [
            *[await connected.call_tool(name, {"paths": ["draft.md"]}) for name in ("check", "extract")],
            await connected.call_tool("compare", both),
        ]

    answers, _ = served(work, talk, "--redact")
    said = json.dumps([answer.model_dump(mode="json") for answer in answers])
    assert "us-gaap/income-statement/gross-profit" in said
    assert not [secret for secret in ("16,168,421", "16168421", "1,498,945", "1498945", "Zanzibar") if secret in said]


def test_the_server_ends_with_its_input(work: Path) -> None:
    done = subprocess.run(
        [sys.executable, "run.py", "mcp"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=b"",
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
