"""What a team writes down once, and what it is told when it writes something wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.gate.configuration import KEYS, Setting, find, read, unused


def settings(folder: Path, text: str, name: str = "tieout.toml") -> dict[str, Setting]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    configuration = read(path)
    assert not configuration.problems
    return dict(configuration.settings)


def trouble(folder: Path, text: str) -> str:
    path = folder / "tieout.toml"
    path.write_text(text, encoding="utf-8")
    (problem,) = read(path).problems
    assert problem.severity == "error"
    return problem.message


def test_settings_are_the_long_options(tmp_path: Path) -> None:
    assert settings(tmp_path, 'fail-on = "warning"\nmin-coverage = 80\nselect = ["us-gaap/*"]') == {
        "fail-on": "warning",
        "min-coverage": 80,
        "select": ("us-gaap/*",),
    }


def test_rules_count_from_the_folder_of_the_file(tmp_path: Path) -> None:
    assert settings(tmp_path, 'rules = ["house"]') == {"rules": (str(tmp_path / "house"),)}


def test_in_pyproject_they_stand_in_a_table(tmp_path: Path) -> None:
    assert settings(tmp_path, '[project]\nname = "x"\n[tool.tieout]\njobs = 2', "pyproject.toml") == {"jobs": 2}


def test_tieout_toml_goes_before_pyproject(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    assert find(tmp_path) is None
    (tmp_path / "pyproject.toml").write_text("[tool.tieout]\n")
    assert find(tmp_path) == tmp_path / "pyproject.toml"
    (tmp_path / "tieout.toml").write_text("")
    assert find(tmp_path) == tmp_path / "tieout.toml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('fail_on = "error"', "fail_on is no setting: did you mean fail-on?"),
        ("jobs = true", "jobs takes a whole number"),
        ('select = "one"', "select takes a list of texts"),
        ("select = [1]", "select takes a list of texts"),
        ("quiet = 1", "quiet takes true or false"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, says: str) -> None:
    assert trouble(tmp_path, text) == says


@pytest.mark.parametrize("body", [b"= 1", b"\xff\xfe", b"[" * 5000])
def test_a_file_that_is_no_toml_is_a_problem_not_a_crash(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "tieout.toml"
    path.write_bytes(body)
    assert [problem.code for problem in read(path).problems] == ["C002"]


def test_every_setting_is_an_option_of_check() -> None:
    from checker.cli.check import command

    options = {flag.removeprefix("--") for parameter in command.params for flag in parameter.opts}
    assert set(KEYS) <= options


def test_a_number_that_no_one_could_mean_is_no_toml(tmp_path: Path) -> None:
    path = tmp_path / "tieout.toml"
    path.write_text("min-coverage = " + "1" * 6000)
    assert [problem.code for problem in read(path).problems] == ["C002"]


def test_settings_count_from_the_working_folder_and_those_above(tmp_path: Path) -> None:
    inner = tmp_path / "drafts" / "q1"
    inner.mkdir(parents=True)
    (tmp_path / "tieout.toml").write_text("")
    assert find(inner) == tmp_path / "tieout.toml"
    (tmp_path / "drafts" / "pyproject.toml").write_text("[tool.tieout]\n")
    assert find(inner) == tmp_path / "drafts" / "pyproject.toml"


def test_settings_beside_a_document_are_said_not_to_hold(tmp_path: Path) -> None:
    folder = tmp_path / "from-a-stranger"
    folder.mkdir()
    (folder / "tieout.toml").write_text("min-coverage = 0\n")
    document = str(folder / "release.md")
    (said,) = unused([document, document], None)
    assert (said.code, said.severity, said.path) == ("C005", "note", (folder / "tieout.toml").as_posix())
    assert list(unused([document], folder / "tieout.toml")) == []
