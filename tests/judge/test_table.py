"""The table of thresholds: everything in it says why, and nothing that decides stands outside of it."""

from __future__ import annotations

import ast
from pathlib import Path

from checker.judge import table

_MODULE = ast.parse(Path(table.__file__).read_text(encoding="utf-8"))


def test_every_threshold_has_a_reason() -> None:
    body = [node for node in _MODULE.body if not isinstance(node, ast.Import | ast.ImportFrom)][1:]
    for node, reason in zip(body[::2], body[1::2], strict=True):
        assert isinstance(node, ast.Assign), ast.unparse(node)
        assert isinstance(reason, ast.Expr), f"{ast.unparse(node)} stands without a reason"
        assert isinstance(reason.value, ast.Constant)
        assert len(str(reason.value.value).split()) >= 5, f"{ast.unparse(node)} says too little"


def test_every_threshold_decides_something() -> None:
    names = {
        name.id
        for node in _MODULE.body
        if isinstance(node, ast.Assign)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    package = Path(table.__file__).parent.parent
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in package.rglob("*.py")
        if path.name != "table.py" or path.parent.name != "judge"
    )
    assert not {name for name in names if name not in said}
