"""What a wheel holds, and that the version is written down once."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import checker

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in a wheel built from this checkout, without network."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("needs hatchling, which is not installed here")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    assert built.name == f"tieout-{checker.__version__}-py3-none-any.whl"
    return zipfile.ZipFile(built).namelist()


def test_the_wheel_holds_the_grammars_and_the_rule_library(wheel: list[str]) -> None:
    grammars = {
        "checker/_grammar/" + path.relative_to(ROOT / "grammar").as_posix()
        for path in (ROOT / "grammar").rglob("*.lark")
    }
    rules = {
        "checker/_rules/" + path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.rules")
    }
    assert grammars and rules
    assert grammars | rules <= set(wheel)
    assert {"checker/_grammar/rules.json", "checker/_rules/library.parsed"} <= set(wheel)


def test_the_wheel_holds_every_module_and_nothing_from_elsewhere(wheel: list[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "checker").rglob("*.py")}
    assert modules <= set(wheel)
    tops = {name.split("/")[0] for name in wheel}
    assert tops == {"checker", f"tieout-{checker.__version__}.dist-info"}
    assert not [name for name in wheel if "__pycache__" in name]


def test_the_wheel_holds_the_licence(wheel: list[str]) -> None:
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in wheel)


def test_the_schema_of_the_report_and_the_files_of_the_page_travel_with_the_wheel(wheel: list[str]) -> None:
    assert {
        "checker/report/schema/tieout-1.json",
        "checker/report/page/page.css",
        "checker/report/page/page.js",
    } <= set(wheel)


def test_everything_a_module_reads_beside_itself_is_in_the_wheel(wheel: list[str]) -> None:
    beside = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "checker").rglob("*")
        if path.is_file() and path.suffix != ".py" and path.parent.name != "__pycache__"
    }
    parsed = {"checker/_grammar/" + path.name for path in (ROOT / "grammar").glob("*.json")} | {
        "checker/_rules/library.parsed"
    }
    assert beside | parsed <= set(wheel)


def test_the_version_is_written_in_one_place() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", checker.__version__)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    places = [
        path
        for path in (ROOT / "checker").rglob("*.py")
        if f'"{checker.__version__}"' in path.read_text(encoding="utf-8")
    ]
    assert places == [ROOT / "checker" / "__init__.py"]


def test_the_extras_promised_to_users_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"all", "dev"} <= set(project["optional-dependencies"])


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    heavy = "lark turbohtml json importlib.metadata multiprocessing decimal tomllib"
    script = f"import sys, checker.cli; print(*sorted(set(sys.modules) & set({heavy.split()})))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == []


def test_an_installed_wheel_finds_its_rules_and_grammars(tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("needs hatchling, which is not installed here")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=True)
    (built,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(built).extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    seed = str(ROOT / "examples" / "fusion-2013q1.md")
    command = [sys.executable, "-m", "checker", "check", seed, "--output", "html:page.html"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "table figures tested" in done.stdout and "<script>" in (tmp_path / "page.html").read_text()


USER = """\
from fractions import Fraction
import checker

report: checker.Report = checker.check("release.html", rules=["house.rules"], options=checker.Options(timeout=60))
status: int = report.outcome.status
amounts: list[Fraction | None] = [one.difference for one in report.findings]
texts: list[str] = [figure.text for figure in report.figures]
extracted: checker.Report = checker.extract([b"", "a.md"])
met: tuple[int, int] = checker.compare("a.md", "b.md").met
words: str = checker.explain("P101")
wrong: str = report.outcome.status
checker.check("release.html", coverage=50)
checker.nothing
"""
"""A program of somebody who has installed the wheel; the last three lines are mistakes that its types must find."""


def test_the_types_of_a_user_hold_against_the_installed_wheel(tmp_path: Path) -> None:
    for needed in ("hatchling", "mypy"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"needs {needed}, which is not installed here")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=True)
    (built,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "installed", symlinks=sys.platform != "win32")
    python = next(path for path in (tmp_path / "installed").glob("*/python*") if path.stem == "python")
    ask = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, capture_output=True, text=True, timeout=60, check=True).stdout.strip())
    zipfile.ZipFile(built).extractall(site)
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"))  # attrs, click and lark, as they are installed here
    work = tmp_path / "work"
    work.mkdir()
    (work / "user.py").write_text(USER)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--python-executable",
        str(python),
        "--cache-dir",
        str(tmp_path / "cache"),
        "user.py",
    ]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=300)
    faults = [line for line in done.stdout.splitlines() if "error:" in line]
    assert [line.split(":")[:2] for line in faults] == [["user.py", "11"], ["user.py", "12"], ["user.py", "13"]], (
        done.stdout + done.stderr
    )
    shown = subprocess.run(
        [str(python), "-c", "import checker; print(checker.__file__)"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(shown.stdout.strip()).is_relative_to(site)
