"""The house keeps its shape: which room may import which, and what no room may do.

Lazy imports inside functions count like any other: they hide a dependency, they do not remove it.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "checker"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"cli"}),
    frozenset({"mcp", "review", "serve"}),
    frozenset({"api"}),
    frozenset({"gate", "workshop", "compare", "bulk"}),
    frozenset({"pipeline"}),
    frozenset({"read", "extract", "structure", "language", "bind", "evaluate", "diagnose", "report"}),
    frozenset({"functions", "judge"}),
    frozenset({"lexicon"}),
    frozenset({"algebra", "resources", "office", "paper"}),
    frozenset({"core"}),
    frozenset({"version"}),
)
"""From the top of the house down; the rooms of one layer are siblings. `version` is checker/__init__.py: below all
others, and the way to the door."""

ROOMS_WITHOUT_FLOAT = ("core", "algebra", "evaluate", "judge")

IMPORTED_AS = {"z3_solver": "z3"}
"""Packages that are imported by another name."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "lark": ("checker.language",),
    "click": ("checker.cli",),
    "turbohtml": ("checker.read",),
    "pypdfium2": ("checker.paper",),
    "pypdf": ("checker.report",),
    "mcp": ("checker.mcp",),
    "anyio": ("checker.mcp",),
    "pygls": ("checker.serve.server",),
    "pygments": ("checker.serve.lexer",),
    "lsprotocol": ("checker.serve.server",),
    "lxml": ("checker.office",),
    "watchfiles": ("checker.workshop",),
    "z3": ("checker.workshop.logic", "checker.workshop.proving"),
    "numpy": ("checker.bulk",),
    "pyarrow": ("checker.bulk",),
    "duckdb": ("checker.bulk",),
    "rich": ("checker.bulk",),
    "fsspec": ("checker.bulk.sources",),
    "ray": ("checker.bulk.engines",),
    "numba": ("checker.bulk.facts.tiles",),
}

NETWORK = frozenset(
    (
        "aiohttp",
        "asyncio",
        "ftplib",
        "grpc",
        "http",
        "httpx",
        "imaplib",
        "nntplib",
        "poplib",
        "requests",
        "smtplib",
        "socket",
    )
) | frozenset(("socketserver", "ssl", "telnetlib", "urllib3", "webbrowser", "websockets", "xmlrpc"))
NETWORK_PARTS = ("urllib.request", "urllib.error", "multiprocessing.managers")

COMPLETE_AT_IMPORT = {"checker.core.remembered:_FORGET"}
"""Lists that only a decorator adds to: complete when all modules are imported, and the same from then on."""

MUTATORS = frozenset(
    ("append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "clear", "remove", "discard")
)
CONTAINERS = frozenset(("dict", "list", "set", "defaultdict", "OrderedDict", "Counter", "deque"))


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package, by dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def room(module: str) -> str:
    """The room a module stands in."""
    parts = module.split(".")
    if len(parts) == 1:
        return "version"
    return "cli" if parts[1] == "__main__" else parts[1]


def imports(module: str) -> Iterator[tuple[str, int]]:
    """What a module imports, anywhere in it, and on which line: the module named, or the one that holds the name."""
    package = module if (PACKAGE.parent / Path(*module.split("."))).is_dir() else module.rpartition(".")[0]
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield (whole if whole in modules() else base), node.lineno


def own(module: str) -> Iterator[tuple[str, int]]:
    """The imports that stay in the house; `checker` itself names the door, and imports it only when somebody knocks."""
    if module == "checker":
        return iter(())
    return ((name, line) for name, line in imports(module) if name.split(".")[0] == "checker")


def foreign(module: str) -> Iterator[tuple[str, int]]:
    """The imports that leave it."""
    return ((name, line) for name, line in imports(module) if name.split(".")[0] not in ("checker", "__future__"))


def height(name: str) -> int:
    """How far up a room stands."""
    for index, layer in enumerate(reversed(LAYERS)):
        if name in layer:
            return index
    raise AssertionError(f"the room checker/{name} has no layer: give it one in this test and in docs/architecture.md")


def test_every_room_has_a_layer() -> None:
    for module in modules():
        height(room(module))


def test_imports_point_down_and_never_to_a_sibling() -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        for name, line in own(module)
        if room(module) != room(name) and height(room(name)) >= height(room(module))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_import_goes_round_in_a_circle() -> None:
    graph = {module: {name for name, _ in own(module) if name in modules() and name != module} for module in modules()}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join((*way[way.index(module) :], module))
        if module not in done:
            for name in sorted(graph[module]):
                visit(name, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_third_parties_are_declared_and_stay_where_they_belong() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        requirement
        for name, extra in project["optional-dependencies"].items()
        if name != "dev"
        for requirement in extra
    ]
    declared = {
        re.split(r"[^\w-]", requirement)[0].replace("-", "_") for requirement in [*project["dependencies"], *extras]
    } | {"attr"}
    declared |= {IMPORTED_AS[name] for name in declared & IMPORTED_AS.keys()}
    wrong = []
    for module in modules():
        for name, line in foreign(module):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names:
                continue
            if top not in declared:
                wrong.append(f"{module}:{line} imports {name}, which pyproject.toml does not declare")
            homes = ONLY_IN.get(top)
            if homes and not any(module == home or module.startswith(home + ".") for home in homes):
                wrong.append(f"{module}:{line} imports {name}, which belongs in {' or '.join(homes)} alone")
    assert not wrong, "\n".join(wrong)


LISTENS = ("checker.review.server", "http.server")
"""The one module that opens a socket, for this machine alone, and the one module it may have for it."""


def test_nothing_can_reach_the_network() -> None:
    wrong = [
        f"{module}:{line} imports {name}"
        for module in modules()
        for name, line in foreign(module)
        if (name.split(".")[0] in NETWORK or any(name == part or name.startswith(part + ".") for part in NETWORK_PARTS))
        and (module, name) != LISTENS
    ]
    assert not wrong, "\n".join(wrong)


def test_the_server_of_a_review_listens_to_this_machine_alone() -> None:
    taken = {
        alias.name
        for node in ast.walk(modules()[LISTENS[0]])
        if isinstance(node, ast.ImportFrom) and node.module == LISTENS[1]
        for alias in node.names
    }
    assert taken == {"BaseHTTPRequestHandler", "ThreadingHTTPServer"}
    from checker.review.server import HOST

    assert HOST == "127.0.0.1"


PARTS_OF_THE_SDK = {"mcp.types", "mcp.server.lowlevel", "mcp.server.stdio"}
"""Of a library that can also reach the network: the parts that cannot."""


def test_the_server_for_programs_has_its_standard_streams_and_nothing_else() -> None:
    taken = {name for module in modules() for name, _ in foreign(module) if name.split(".")[0] in ("mcp", "anyio")}
    assert taken == {*PARTS_OF_THE_SDK, "anyio"}
    reached = {
        node.attr
        for node in ast.walk(modules()["checker.mcp.server"])
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "anyio"
    }
    assert reached == {"run"}


PARTS_OF_PYGLS = {"pygls.lsp.server", "pygls.protocol", "pygls.uris", "lsprotocol"}
"""Likewise: a server of this library could listen on a port, if it were told to."""


def test_the_server_for_editors_has_its_standard_streams_and_nothing_else() -> None:
    taken = {
        name for module in modules() for name, _ in foreign(module) if name.split(".")[0] in ("pygls", "lsprotocol")
    }
    assert taken == PARTS_OF_PYGLS
    started = {
        node.attr
        for node in ast.walk(modules()["checker.serve.server"])
        if isinstance(node, ast.Attribute) and node.attr.startswith("start_")
    }
    assert started == {"start_io"}


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_argument_and_every_answer_is_annotated() -> None:
    bare = []
    for module, tree in modules().items():
        for function in _functions(tree):
            arguments = [
                *function.args.posonlyargs,
                *function.args.args,
                *function.args.kwonlyargs,
                function.args.vararg,
                function.args.kwarg,
            ]
            names = [
                a.arg for a in arguments if a is not None and a.annotation is None and a.arg not in ("self", "cls")
            ]
            if names or function.returns is None:
                bare.append(f"{module}:{function.lineno} {function.name}({', '.join(names)})")
    assert not bare, "\n".join(bare)


def test_every_module_says_what_it_is_for() -> None:
    silent = [module for module, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    assert not silent, silent


@pytest.mark.parametrize("name", ROOMS_WITHOUT_FLOAT)
def test_amounts_are_never_float(name: str) -> None:
    found = []
    for module, tree in modules().items():
        if room(module) != name:
            continue
        for node in ast.walk(tree):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            word = isinstance(node, ast.Name) and node.id == "float"
            if literal or word:
                found.append(f"{module}:{node.lineno}")
    assert not found, found


def _kept_lists(tree: ast.Module) -> set[str]:
    """Names that a module binds, at its top, to something that can be changed in place."""
    names = set()
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        made = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in CONTAINERS
        if made or isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp):
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def _changed(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Names that some function of the module changes in place, or claims with `global`; what builds a table line by
    line at import is fine."""
    for node in (node for function in _functions(tree) for node in ast.walk(function)):
        if isinstance(node, ast.Global):
            yield from ((name, node.lineno) for name in node.names)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in MUTATORS
            and isinstance(node.func.value, ast.Name)
        ):
            yield node.func.value.id, node.lineno
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Store | ast.Del)
            and isinstance(node.value, ast.Name)
        ):
            yield node.value.id, node.lineno


def test_no_module_keeps_a_registry_that_changes() -> None:
    wrong = []
    for module, tree in modules().items():
        kept = {name for name in _kept_lists(tree) if f"{module}:{name}" not in COMPLETE_AT_IMPORT}
        local = {argument.arg for function in _functions(tree) for argument in function.args.args}
        for node in (
            node for function in _functions(tree) for node in ast.walk(function) if isinstance(node, ast.Assign)
        ):
            local |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        claimed = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
        wrong += [
            f"{module}:{line} changes {name}"
            for name, line in _changed(tree)
            if (name in kept and name not in local) or name in claimed
        ]
    assert not wrong, "\n".join(wrong)


def test_packages_are_rooms_with_furniture() -> None:
    """An empty package is a stub."""
    for folder in PACKAGE.iterdir():
        if folder.is_dir() and not folder.name.startswith("_") and any(folder.rglob("*.py")):
            assert any(path.stat().st_size for path in folder.rglob("*.py")), f"checker/{folder.name} is empty"
