"""Packs of rules: folders with a pack.toml, and what installed packages bring; found by `use`, named with version,
licence and hash."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from checker.language import load


def _folder(where: Path, name: str = "acme-bank", licence: str = "MIT") -> Path:
    folder = where / name
    (folder / "covenants").mkdir(parents=True)
    (folder / "pack.toml").write_text(f'name = "{name}"\nversion = "1.2"\nlicence = "{licence}"\n', encoding="utf-8")
    (folder / "balance.rules").write_text("Total assets = Total liabilities + Total equity\n", encoding="utf-8")
    (folder / "covenants" / "cash.rules").write_text(
        "concept Ready money\n    instant, currency\nReady money >= $1 million\n", encoding="utf-8"
    )
    return folder


def _wheel(site: Path, described: bool) -> Path:
    """A package as an installer leaves it; importing it fails."""
    package = site / "acme_rules"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('rules are data')\n", encoding="utf-8")
    (package / "balance.rules").write_text("Total assets = Total liabilities + Total equity\n", encoding="utf-8")
    if described:
        (package / "pack.toml").write_text('name = "acme"\nversion = "9"\nlicense = "CC0-1.0"\n', encoding="utf-8")
    info = site / "acme_rules-3.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: acme-rules\nVersion: 3.1\nLicense-Expression: Apache-2.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text("[tieout.rules]\nacme = acme_rules\n", encoding="utf-8")
    return package


def test_a_folder_with_a_description_is_a_pack(tmp_path: Path) -> None:
    _folder(tmp_path)
    own = tmp_path / "own.rules"
    own.write_text("use acme-bank\n", encoding="utf-8")
    book = load([own], shipped=False)
    assert not book.problems and {rule.id for rule in book.rules} == {
        "acme-bank/balance/total-assets",
        "acme-bank/covenants/cash/ready-money",
    }
    [pack] = book.packs
    assert (pack.name, pack.version, pack.licence, len(pack.sha256), pack.by) == ("acme-bank", "1.2", "MIT", 64, "")
    assert "Ready money" in {concept.name for concept in book.concepts}


def test_a_part_of_a_pack_has_the_hash_of_the_whole(tmp_path: Path) -> None:
    _folder(tmp_path)
    for name, target in (
        ("own", "acme-bank"),
        ("part", "acme-bank/covenants"),
        ("both", "acme-bank/balance; acme-bank/covenants"),
    ):
        (tmp_path / f"{name}.rules").write_text(f"use {target}\n", encoding="utf-8")
    whole, part, both = (load([tmp_path / f"{name}.rules"], shipped=False) for name in ("own", "part", "both"))
    assert [rule.id for rule in part.rules] == ["acme-bank/covenants/cash/ready-money"] and len(both.rules) == 2
    assert whole.packs == part.packs == both.packs


def test_a_change_of_any_file_changes_the_hash(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    before = load([folder], shipped=False).packs
    (folder / "balance.rules").write_text("Total assets = Total equity\n", encoding="utf-8")
    after = load([folder], shipped=False).packs
    assert before[0].sha256 != after[0].sha256 and before[0].name == after[0].name


def test_a_pack_is_found_by_its_own_name_too(tmp_path: Path) -> None:
    _folder(tmp_path).rename(tmp_path / "vendored-2024")
    (tmp_path / "own.rules").write_text("use acme-bank/balance\n", encoding="utf-8")
    assert [rule.id for rule in load([tmp_path / "own.rules"], shipped=False).rules] == [
        "acme-bank/balance/total-assets"
    ]


@pytest.mark.parametrize("described", [True, False])
def test_an_installed_package_brings_a_pack_and_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, described: bool
) -> None:
    _wheel(tmp_path / "site", described)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    own = tmp_path / "own.rules"
    own.write_text("use acme\n", encoding="utf-8")
    book = load([own], shipped=False)
    assert [rule.id for rule in book.rules] == ["acme/balance/total-assets"] and "acme_rules" not in sys.modules
    [pack] = book.packs
    assert (pack.version, pack.licence, pack.by) == (
        ("9", "CC0-1.0", "acme-rules") if described else ("3.1", "Apache-2.0", "acme-rules")
    )


def test_a_folder_of_the_user_comes_before_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _wheel(tmp_path / "site", True)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    _folder(tmp_path, "acme")
    (tmp_path / "own.rules").write_text("use acme\n", encoding="utf-8")
    [pack] = load([tmp_path / "own.rules"], shipped=False).packs
    assert pack.by == "" and pack.version == "1.2"


def test_a_description_that_is_broken_makes_no_pack_and_no_crash(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "pack.toml").write_bytes(b"\xff\xfe name = [")
    (tmp_path / "own.rules").write_text("use acme-bank\n", encoding="utf-8")
    book = load([tmp_path / "own.rules"], shipped=False)
    assert book.packs == () and len(book.rules) == 2


def test_what_nobody_has_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.rules").write_text("use acme-insurance\n", encoding="utf-8")
    assert [problem.code for problem in load([tmp_path / "own.rules"]).problems] == ["E206"]
