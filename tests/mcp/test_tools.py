"""What the tools answer, without a protocol and without its SDK."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.mcp.tools import TOOLS, call

ROOT = Path(__file__).resolve().parents[2]

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 200)
    | st.text(max_size=5)
    | st.sampled_from(["-", "draft.md", "error"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
NAMES = sorted({one.name for tool in TOOLS.values() for one in tool.arguments})


@given(st.sampled_from([*TOOLS, "publish"]), st.dictionaries(st.sampled_from([*NAMES, "else"]), ANYTHING, max_size=4))
def test_any_call_is_answered_and_a_wrong_one_says_what_is_wrong(name: str, arguments: dict[str, object]) -> None:
    answer = call(name, arguments, redact=False)
    assert answer.text and "internal error" not in answer.text
    assert answer.data is not None or answer.failed or name == "explain"


def test_the_schema_of_a_call_says_what_is_taken() -> None:
    for tool in TOOLS.values():
        assert set(tool.schema["properties"]) == {one.name for one in tool.arguments}
        assert all(one["description"] for one in tool.schema["properties"].values())


def test_a_document_may_take_its_time_and_no_more(monkeypatch: pytest.MonkeyPatch, seed: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("has no alarm clock")
    import checker
    import checker.pipeline

    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(checker.pipeline, "check", endless)
    outcome = checker.check([seed, seed.read_bytes()], options=checker.Options(timeout=1)).outcome
    assert outcome.status == 3


def test_without_the_extra_one_line_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(
        "import importlib.util as util, sys\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'mcp' else found(name, *rest)\n"
        "from checker.cli import run\n"
        "sys.exit(run(['mcp']))\n"
    )
    done = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2 and "pip install 'tieout[mcp]'" in done.stderr and "Traceback" not in done.stderr
