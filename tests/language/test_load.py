"""Files and folders of the user, the shipped library, what they use; nothing a file holds raises."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.core.rule import Rulebook
from checker.language import cache, files, library, loading
from checker.language.codec import decode, encode
from checker.resources import rules_folder


def load(paths: Sequence[Path], shipped: bool = True) -> Rulebook:
    """The rulebook as a process finds it that has loaded nothing yet."""
    library._read.cache_clear()
    loading._alone.cache_clear()
    return loading.load(paths, shipped)


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own for every test."""
    folder = tmp_path_factory.mktemp("home") / "kept"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    return folder


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small shipped library."""
    folder = tmp_path / "library"
    (folder / "us-gaap").mkdir(parents=True)
    (folder / "us-gaap" / "concepts.rules").write_text("concept Revenues\n    aka Sales\n", encoding="utf-8")
    (folder / "us-gaap" / "income.rules").write_text(
        'rule gp "GP"\n    Gross profit = Revenues - Costs\n    severity note; error above 5%\n', encoding="utf-8"
    )
    for module in ("files", "library", "loading"):
        monkeypatch.setattr(f"checker.language.{module}.rules_folder", lambda: folder)
    return folder


def _codes(paths: list[Path], shipped: bool = True) -> list[str]:
    return [problem.code for problem in load(paths, shipped).problems]


# ---- the library


def test_the_shipped_library_loads_without_a_problem() -> None:
    book = load([])
    assert book.problems == ()
    assert {path for path, _ in book.files} == {
        file.relative_to(rules_folder()).as_posix() for file in rules_folder().rglob("*.rules")
    }


def test_without_the_shipped_rules_their_vocabulary_stays(shipped: Path) -> None:
    assert [rule.id for rule in load([]).rules] == ["us-gaap/income/gp"]
    book = load([], shipped=False)
    assert (book.rules, [concept.name for concept in book.concepts]) == ((), ["Revenues"])


def test_use_brings_a_shipped_pack_back(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "own.rules").write_text("use us-gaap\nA = B\n", encoding="utf-8")
    assert [rule.id for rule in load([tmp_path / "own.rules"], shipped=False).rules] == ["us-gaap/income/gp", "own/a"]


def test_naming_the_library_itself_changes_nothing(shipped: Path) -> None:
    assert load([shipped]) == load([])


# ---- the library as it was prepared


def test_the_prepared_library_is_what_its_files_parse_to() -> None:
    assert (rules_folder() / library.PREPARED).read_text(encoding="utf-8") == library.prepared(), (
        "run python -m checker.language.tables"
    )


def test_a_prepared_library_is_neither_parsed_nor_kept(
    shipped: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load([])
    (shipped / library.PREPARED).write_text(library.prepared(), encoding="utf-8")
    for entry in kept.iterdir():
        entry.unlink()
    monkeypatch.setattr(library, "parsed", lambda *_: pytest.fail("parsed again"))
    assert load([]) == first
    assert not list(kept.iterdir())


@pytest.mark.parametrize("change", ["rule", "new file", "vocabulary", "key", "content", "bytes"])
def test_a_prepared_library_that_does_not_fit_is_passed_over(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    file = shipped / library.PREPARED
    key, _, content = library.prepared().partition("\n")
    file.write_text(f"{key}\n{content}", encoding="utf-8")
    match change:
        case "rule":
            (shipped / "us-gaap" / "income.rules").write_text("A = B\n", encoding="utf-8")
        case "new file":
            (shipped / "us-gaap" / "more.rules").write_text("A = B\n", encoding="utf-8")
        case "vocabulary":
            monkeypatch.setattr(library, "VOCABULARY", "another")
        case "key":
            file.write_text(f"{key[::-1]}\n{content}", encoding="utf-8")
        case "content":
            file.write_text(f"{key}\n[[]]", encoding="utf-8")
        case "bytes":
            file.write_bytes(b"\xff")
    prepared_now = load([])
    file.unlink()
    assert load([]) == prepared_now
    assert prepared_now.rules


# ---- files of the user


def test_a_folder_gives_ids_by_path_and_a_file_by_name(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "rules" / "house").mkdir(parents=True)
    (tmp_path / "rules" / "house" / "acme.rules").write_text("A = B\n", encoding="utf-8")
    (tmp_path / "rules" / ".hidden.rules").write_text("A =\n", encoding="utf-8")
    assert [rule.id for rule in load([tmp_path / "rules"], shipped=False).rules] == ["house/acme/a"]
    assert [rule.id for rule in load([tmp_path / "rules" / "house" / "acme.rules"], shipped=False).rules] == ["acme/a"]
    assert [
        rule.id for rule in load([tmp_path / "rules", tmp_path / "rules" / "house" / "acme.rules"], shipped=False).rules
    ] == ["house/acme/a"]


def test_use_finds_files_beside_the_one_named_and_reads_each_once(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "one.rules").write_text("use packs; common\nOne = A\n", encoding="utf-8")
    (tmp_path / "common.rules").write_text("use packs/one\nCommon = A\n", encoding="utf-8")
    (tmp_path / "own.rules").write_text("use packs\nuse common; nowhere\nOwn = A\n", encoding="utf-8")
    book = load([tmp_path / "own.rules"], shipped=False)
    assert sorted(rule.id for rule in book.rules) == ["common/common", "own/own", "packs/one/one"]
    assert book.rules[-1].id == "own/own", "what is used comes before what uses it"
    assert [problem.code for problem in book.problems] == ["E206"]


def test_the_hash_is_that_of_the_bytes(tmp_path: Path, shipped: Path) -> None:
    content = "\ufeffA = B\r\n".encode()
    (tmp_path / "own.rules").write_bytes(content)
    assert (
        dict(load([tmp_path / "own.rules"]).files)[str(tmp_path / "own.rules")] == hashlib.sha256(content).hexdigest()
    )


def test_bad_bytes_are_a_problem_with_a_place(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "own.rules").write_bytes("A = B\nGewinn für = C\n".encode("latin-1"))
    (problem,) = load([tmp_path / "own.rules"]).problems
    assert problem.place is not None
    assert (problem.code, problem.place.line, problem.place.column, problem.place.span) == ("E222", 2, 9, (14, 15))


def test_what_cannot_be_read_is_a_problem(tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _codes([tmp_path / "gone.rules"]) == ["E220"]
    (tmp_path / "empty").mkdir()
    assert _codes([tmp_path / "empty"]) == ["E224"]
    monkeypatch.setattr(files, "LARGEST", 5)
    (tmp_path / "big.rules").write_text("A = B\n", encoding="utf-8")
    assert _codes([tmp_path / "big.rules"]) == ["E221"]


def test_too_many_files_are_a_problem(tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "many").mkdir()
    for number in range(4):
        (tmp_path / "many" / f"{number}.rules").write_text("A = B\n", encoding="utf-8")
    monkeypatch.setattr(files, "MOST_FILES", 3)
    assert _codes([tmp_path / "many"]) == ["E223"]


# ---- the cache


def test_the_second_time_nothing_is_parsed(shipped: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load([])
    assert [entry.name.split("-")[0] for entry in kept.iterdir()] == ["rules"]
    monkeypatch.setattr(library, "parsed", lambda *_: pytest.fail("parsed again"))
    assert load([]) == first


def test_a_changed_library_is_parsed_again(shipped: Path) -> None:
    load([])
    (shipped / "us-gaap" / "income.rules").write_text("A = B\n", encoding="utf-8")
    assert [rule.id for rule in load([]).rules] == ["us-gaap/income/a"]


def test_spans_and_every_class_survive_the_cache() -> None:
    from checker.language import parse

    text = (Path(__file__).parent / "specimens" / "house.rules").read_text(encoding="utf-8")
    declarations = parse(text, "house.rules", "house").declarations
    (restored,) = decode(encode([declarations]))
    assert repr(restored) == repr(declarations)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"[[[99]]]",
        b"[[[4, 1]], []]",
        b"[[[3]], []]",
        b"\xff",
        b"[" * 100_000,
        b'[[[1,"a","b"]],[]]',
        b"null",
        b"[[5],[6],[7]]",
    ],
)
def test_a_spoiled_entry_is_only_slower(shipped: Path, kept: Path, content: bytes) -> None:
    first = load([])
    for entry in kept.iterdir():
        entry.write_bytes(content)
    assert load([]) == first
    for entry in kept.iterdir():
        entry.write_bytes(cache._digest(content) + b"\n" + content)
    assert load([]) == first


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="POSIX permissions")
def test_what_others_may_write_is_not_believed(shipped: Path, kept: Path) -> None:
    load([])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    (entry,) = kept.iterdir()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert cache.fetch(entry.name) is not None
    entry.chmod(0o666)
    assert cache.fetch(entry.name) is None
    entry.chmod(0o600)
    kept.chmod(0o777)
    assert cache.fetch(entry.name) is None
    cache.keep("rules-x", "y")
    assert len(list(kept.iterdir())) == 1


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_links_are_not_followed(kept: Path) -> None:
    cache.keep("rules-a", "text")
    (kept / "rules-b").symlink_to(kept / "rules-a")
    assert cache.fetch("rules-b") is None
    moved = kept.rename(kept.parent / "moved")
    kept.symlink_to(moved)
    assert cache.fetch("rules-a") is None


def test_without_a_folder_to_write_it_is_only_slower(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in ("", "relative", str(tmp_path / "file" / "below")):
        monkeypatch.setenv(cache.VARIABLE, folder)
        assert load([]).rules


def test_old_entries_are_dropped(kept: Path) -> None:
    for number in range(8):
        cache.keep(f"rules-{number}", str(number))
    assert len(list(kept.iterdir())) == 4
    assert cache.fetch("rules-7") == "7"


def test_nothing_of_the_user_is_kept(shipped: Path, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "own.rules").write_text("Secret figure = Other secret\n", encoding="utf-8")
    load([tmp_path / "own.rules"])
    assert all("ecret" not in entry.read_text(encoding="utf-8") for entry in kept.iterdir())


def test_ids_of_definitions_hold_no_path(tmp_path: Path) -> None:
    (tmp_path / "acme.rules").write_text("define Cash burn = Cash and cash equivalents / 4\n", encoding="utf-8")
    house = tmp_path / "house" / "bank"
    house.mkdir(parents=True)
    (house / "acme.rules").write_text("define Cash burn rate = Cash and cash equivalents / 4\n", encoding="utf-8")
    assert [one.id for one in load([tmp_path / "acme.rules"]).definitions if not one.shipped] == ["acme/cash-burn"]
    assert [one.id for one in load([tmp_path / "house"]).definitions if not one.shipped] == ["bank/acme/cash-burn-rate"]
    assert "us-gaap/measures/gross-margin" in {one.id for one in load([]).definitions}
