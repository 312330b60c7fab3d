"""The hook, the action and the template: read as plain text, since the project has no reader of YAML, and what they run
is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOOKS, ACTION = ROOT / ".pre-commit-hooks.yaml", ROOT / "integrations/github-action/action.yml"
TEMPLATE = ROOT / "integrations/gitlab/tieout.gitlab-ci.yml"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what they run is for a POSIX shell")


@pytest.fixture
def folder(tmp_path: Path, seed: Path) -> Path:
    """A folder with a release and a broken draft of it, and a command `tieout` on the path."""
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "q1.md").write_bytes(seed.read_bytes())
    (tmp_path / "releases" / "draft.md").write_text(seed.read_text().replace("1,489,945", "1,498,945"))
    command = tmp_path / "bin" / "tieout"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m checker "$@"\n')
    command.chmod(0o755)
    return tmp_path


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def value(text: str, key: str) -> str:
    """What stands behind a key of a flat YAML mapping."""
    found = re.search(rf"^[ -]*{key}: (.+)$", text, re.MULTILINE)
    assert found, key
    return found[1].strip("\"'")


def blocks(text: str) -> list[str]:
    """The scripts that stand indented under `run: |`."""
    found = []
    for match in re.finditer(r"^( *)run: \|\n((?:\1  .*\n|\n)+)", text, re.MULTILINE):
        found.append("".join(f"{line[len(match[1]) + 2 :]}\n" for line in match[2].splitlines()))
    return found


@pytest.mark.parametrize("path", [HOOKS, ACTION, TEMPLATE], ids=lambda path: path.name)
def test_it_is_yaml_that_any_reader_takes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\t" not in text and text.endswith("\n")
    for line in text.splitlines():
        assert (len(line) - len(line.lstrip(" "))) % 2 == 0, line


# ---- pre-commit ------------------------------------------------------------------------------------------------------


def test_the_hook_checks_the_files_it_is_given(folder: Path) -> None:
    text = HOOKS.read_text(encoding="utf-8")
    entry = shlex.split(value(text, "entry"))
    assert run(shlex.join([*entry, "releases/q1.md"]), folder).returncode == 0
    broken = run(shlex.join([*entry, "releases/q1.md", "releases/draft.md"]), folder)
    assert broken.returncode == 1 and "[gross-profit]" in broken.stdout


@pytest.mark.parametrize(
    ("path", "fits"),
    [("releases/q1.md", True), ("ir/release/q1.html", True), ("README.md", False), ("releases/logo.png", False)],
)
def test_the_hook_takes_releases_only(path: str, fits: bool) -> None:
    assert bool(re.search(value(HOOKS.read_text(encoding="utf-8"), "files"), path)) == fits


# ---- GitHub ----------------------------------------------------------------------------------------------------------


def step(folder: Path, **variables: str) -> tuple[subprocess.CompletedProcess[str], str, str]:
    """The step of the action as GitHub runs it: its end, its outputs and its summary."""
    outputs, summary = folder / "outputs", folder / "summary"
    script = blocks(ACTION.read_text(encoding="utf-8"))[1]
    given = {"TIEOUT_PATHS": "releases\n", "TIEOUT_OPTIONS": "", "TIEOUT_REDACT": "true", **variables}
    done = run(script, folder, GITHUB_OUTPUT=str(outputs), GITHUB_STEP_SUMMARY=str(summary), **given)
    return done, outputs.read_text(), summary.read_text() if summary.exists() else ""


def test_the_action_annotates_and_leaves_a_sarif_file(folder: Path) -> None:
    done, outputs, summary = step(folder)
    assert done.returncode == 1 and outputs == "sarif=tieout.sarif\nstatus=1\n"
    assert re.search(r"^::error file=releases/draft.md,line=44,", done.stdout, re.MULTILINE)
    assert json.loads((folder / "tieout.sarif").read_text())["runs"][0]["results"]
    assert "## releases/draft.md" in summary


def test_the_action_shows_nothing_of_a_release_unless_told_to(folder: Path) -> None:
    done, _, summary = step(folder)
    secret = ("1,498,945", "11,534,705", "9,000", "Cost of revenues\t")
    shown = done.stdout + done.stderr + summary + (folder / "tieout.sarif").read_text()
    assert not [one for one in secret if one in shown]
    assert "1,498,945" in step(folder, TIEOUT_REDACT="false")[0].stdout


def test_the_action_passes_on_options_and_is_not_steered_by_them(folder: Path) -> None:
    assert step(folder, TIEOUT_OPTIONS="--ignore\n*\n", TIEOUT_PATHS="releases/q1.md")[0].returncode in (0, 2, 3)
    done, outputs, _ = step(folder, TIEOUT_PATHS="releases/q1.md; touch stolen")
    assert done.returncode == 2 and outputs.endswith("status=2\n") and not (folder / "stolen").exists()


def test_inputs_reach_the_shell_through_the_environment_alone() -> None:
    for script in blocks(ACTION.read_text(encoding="utf-8")):
        assert "${{" not in script


def test_the_action_installs_its_own_revision() -> None:
    install = blocks(ACTION.read_text(encoding="utf-8"))[0]
    assert "$TIEOUT_ACTION/../.." in install and (ACTION.parent / "../.." / "pyproject.toml").exists()


# ---- GitLab ----------------------------------------------------------------------------------------------------------


def test_the_template_leaves_the_reports_that_it_promises(folder: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    script = re.search(r"^  script:\n    - (.+)$", text, re.MULTILINE)
    assert script
    done = run(script[1], folder, TIEOUT_PATHS=value(text, "TIEOUT_PATHS"), TIEOUT_OPTIONS="")
    assert done.returncode == 1
    issues = json.loads((folder / value(text, "codequality")).read_text())
    assert {issue["location"]["path"] for issue in issues} == {"releases/draft.md"}
    ElementTree.parse(folder / value(text, "junit"))
    assert "1,498,945" not in done.stdout + json.dumps(issues)
