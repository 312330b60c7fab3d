"""Packs named in every report, and rules that are for some documents only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Answer

Tieout = Callable[..., Answer]
RELEASE = """\
{issuer}
Consolidated Statements of Operations
(in thousands)
                           2013      2012
Revenues                  1,000       900
Cost of revenues            600       500
Gross profit                400       400
"""


@pytest.fixture
def folder(tieout: Tieout, tmp_path: Path) -> Path:
    (tmp_path / "house" / "acme-retail").mkdir(parents=True)
    (tmp_path / "house" / "acme-retail" / "pack.toml").write_text(
        'name = "acme-retail"\nversion = "2.0"\nlicence = "CC0-1.0"\n', encoding="utf-8"
    )
    (tmp_path / "house" / "acme-retail" / "margin.rules").write_text("Gross profit <= Revenues\n", encoding="utf-8")
    (tmp_path / "house" / "own.rules").write_text(
        'use acme-retail\nrule floor\n    Gross profit >= $1 million\n    because "x"\n', encoding="utf-8"
    )
    (tmp_path / "acme.txt").write_text(RELEASE.format(issuer="Acme Stores, Inc. reports"), encoding="utf-8")
    (tmp_path / "zenith.txt").write_text(RELEASE.format(issuer="Zenith plc"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "sarif", "junit", "gitlab", "github"])
def test_a_pack_stands_in_every_report(folder: Path, tieout: Tieout, form: str) -> None:
    out = tieout("check", "acme.txt", "--rules", "house/own.rules", "--format", form).out
    for word in ("acme-retail", "2.0", "CC0-1.0"):
        assert word in out, form


@pytest.mark.parametrize(
    "said",
    ['documents = ["acme*"]', 'issuers = ["Acme Stores"]', 'documents = ["nothing"]\nissuers = ["ACME STORES, Inc."]'],
)
def test_a_rule_is_asked_of_its_documents_alone(folder: Path, tieout: Tieout, said: str) -> None:
    (folder / "tieout.toml").write_text(
        f'rules = ["house/own.rules"]\nmin-coverage = 0\n[[for]]\nrules = ["own/floor"]\n{said}\n', encoding="utf-8"
    )
    documents = {
        Path(one["path"]).stem: one
        for one in json.loads(tieout("check", "acme.txt", "zenith.txt", "--format", "json").out)["documents"]
    }
    broken = {
        name: [one["rule"] for one in each["findings"] if one["verdict"] == "violation"]
        for name, each in documents.items()
    }
    assert broken == {"acme": ["own/floor", "own/floor"], "zenith": []}
    told = {one["rule"]: one["applied"] for one in documents["zenith"]["house_rules"]}
    assert (
        told["own/floor"]["never"].startswith("it is for ") and told["acme-retail/margin/gross-profit"]["judged"] == 2
    )


def test_a_word_of_the_issuer_is_not_its_name(folder: Path, tieout: Tieout) -> None:
    (folder / "tieout.toml").write_text(
        'rules = ["house/own.rules"]\n[[for]]\nrules = ["floor"]\nissuers = ["Zen"]\n', encoding="utf-8"
    )
    assert tieout("check", "zenith.txt").status == 0


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[[for]]\nrules = ["floor"]\n', "for which documents or issuers"),
        ('[[for]]\ndocuments = ["a"]\n', "says which rules"),
        ('[[for]]\nrules = ["floor"]\nissuer = ["a"]\n', "issuer says nothing"),
        ('[[for]]\nrules = [1]\ndocuments = ["a"]\n', "takes lists of texts"),
        ("for = 3\n", "is a table"),
        ('[[for]]\nrules = ["gone"]\ndocuments = ["a"]\n', "no rule of the house"),
        ('[[for]]\nrules = ["us-gaap/*"]\ndocuments = ["a"]\n', "no rule of the house"),
    ],
)
def test_what_is_wrong_with_a_reservation_is_said(folder: Path, tieout: Tieout, table: str, said: str) -> None:
    (folder / "tieout.toml").write_text(
        f'rules = ["house/own.rules"]\n{table}' if table.startswith("[[") else table, encoding="utf-8"
    )
    answer = tieout("check", "acme.txt")
    assert answer.status == 2 and said in answer.err
