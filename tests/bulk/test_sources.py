"""Which documents an input stands for; archives from strangers."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="needs the extra bulk")

from checker.api.bulk import is_document, items, listed
from checker.api.errors import Refused
from checker.bulk.archives import Refused as Damaged
from checker.bulk.archives import bodies, members
from checker.bulk.sources import Choice, Item, chosen, of_archive, read

LIMIT = 1_000


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """A zip archive of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w:gz") -> Path:
    """A tar archive of these files."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, body in files.items():
            about = tarfile.TarInfo(name)
            about.size, about.mtime = len(body), 1_600_000_000
            archive.addfile(about, io.BytesIO(body))
    return path


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.zip", ""),
        ("a.tar", "w"),
        ("a.tar.gz", "w:gz"),
        ("a.tgz", "w:gz"),
        ("a.tar.bz2", "w:bz2"),
        ("a.tar.xz", "w:xz"),
    ],
)
def test_every_kind_of_archive_gives_the_same_documents(tmp_path: Path, name: str, mode: str) -> None:
    files = {"2013/b.md": b"two", "a.txt": b"one", "logo.png": b"-", "c.htm.gz": b"three", ".hidden.md": b"-"}
    path = tarred(tmp_path / name, files, mode) if mode else zipped(tmp_path / name, files)
    found, problems = items([str(path)], LIMIT)
    assert [one.name for one in found] == [f"{path}/2013/b.md", f"{path}/a.txt", f"{path}/c.htm.gz"]
    assert [body for _, body in read(found, LIMIT)] == [b"two", b"one", b"three"]
    assert [(one.code, one.message) for one in problems] == [("T006", "passed over: 2 members that are no documents")]


def test_members_whose_names_lead_out_are_refused(tmp_path: Path) -> None:
    names = ["../up.md", "/etc/passwd.txt", "a/../../b.md", "C:/x.md", "a\\..\\win.md", "fine.md", "a\nb.md"]
    for path in (
        zipped(tmp_path / "a.zip", dict.fromkeys(names, b"x")),
        tarred(tmp_path / "a.tar.gz", dict.fromkeys(names, b"x")),
    ):
        found, problems = of_archive(str(path), is_document)
        assert [one.member for one in found] == ["fine.md"]
        assert len(problems) == 6 and {one.code for one in problems} == {"T004"}
        assert list(bodies(path, frozenset(names), LIMIT)) == [("fine.md", b"x")]


def test_links_devices_and_encrypted_members_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("link.md", tarfile.SYMTYPE),
            ("hard.md", tarfile.LNKTYPE),
            ("fifo.md", tarfile.FIFOTYPE),
            ("device.md", tarfile.CHRTYPE),
        ):
            about = tarfile.TarInfo(name)
            about.type, about.linkname = kind, "/etc/passwd"
            archive.addfile(about)
    assert {one.refused for one in members(path)} == {"it is no plain file"} and not list(
        bodies(path, frozenset({"link.md"}), LIMIT)
    )
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as zip_archive:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        zip_archive.writestr(link, "/etc/passwd")
        zip_archive.writestr("secret.md", "x")
    body = bytearray(packed.read_bytes())
    at = body.rindex(b"PK\x01\x02")
    body[at + 8] |= 1
    packed.write_bytes(bytes(body))
    assert [one.refused for one in members(packed)] == ["it is no plain file", "it is encrypted"]


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.txt": bytes(30_000_000), "fine.txt": b"x"})
    assert [bool(one.refused) for one in members(path)] == [True, False]
    packed = tarred(tmp_path / "a.tar.gz", {f"{number}.txt": bytes(20_000_000) for number in range(3)})
    with pytest.raises(Damaged, match="more than 200 to one"):
        members(packed)


def test_a_zip_whose_members_overlap_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": bytes(range(256)) * 40})
    body = path.read_bytes()
    at = body.index(b"PK\x01\x02")
    end = body.index(b"PK\x05\x06")
    entry, tail = body[at:end], bytearray(body[end:])
    more = b"".join(entry.replace(b"a.txt", f"{n}.txt".encode()) for n in range(9))
    tail[8:12] = (10).to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) + len(more)).to_bytes(4, "little")
    path.write_bytes(body[:end] + more + bytes(tail))
    with pytest.raises(Damaged, match="overlap"):
        members(path)


def test_a_member_is_read_only_as_far_as_a_document_may_be_large(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"large.txt": b"x" * 5_000})
    assert [len(body) for _, body in bodies(path, frozenset({"large.txt"}), LIMIT)] == [LIMIT + 1]


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_make_no_exception_that_nobody_expects(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for path in (
        zipped(folder / "a.zip", {"a.txt": b"one" * 50}),
        tarred(folder / "a.tar.gz", {"a.txt": b"one" * 50}),
        tarred(folder / "a.tar", {"a.txt": b"x"}, "w"),
    ):
        body = path.read_bytes()
        path.write_bytes(body[:at] + noise + body[at + len(noise) // 2 :])
        found, problems = of_archive(str(path), is_document)
        assert found or problems or path.read_bytes() != body
        list(read(found, LIMIT))


def test_lists_patterns_folders_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("a.md", "b.md", "c.txt", "d.png"):
        (tmp_path / "in" / name).write_text("x")
    (tmp_path / "list").write_text("in/c.txt\n\nin/a.md\n")
    assert [one.name for one in items(["in"], LIMIT)[0]] == ["in/a.md", "in/b.md", "in/c.txt"]
    assert [one.name for one in items(["in/*.md"], LIMIT)[0]] == ["in/a.md", "in/b.md"]
    assert [one.name for one in items(listed(["@list", "in/b.md", "in/a.md"]), LIMIT)[0]] == [
        "in/c.txt",
        "in/a.md",
        "in/b.md",
    ]
    for wrong in ("nothing/*.md", "@nothing", "nothing", "-"):
        with pytest.raises(Refused):
            items(listed([wrong]), LIMIT)


def test_an_object_store_gives_documents(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/bulk/b.md": b"two", "/bulk/a/a.txt": b"one", "/bulk/logo.png": b"-"})
    found, _ = items(["memory://bulk"], LIMIT)
    assert [body for _, body in read(found, LIMIT)] == [b"one", b"two"]
    assert [one.name for one in items(["memory://bulk/b.md"], LIMIT)[0]] == ["memory:///bulk/b.md"]


def test_a_sample_is_drawn_the_same_way_every_time() -> None:
    many = [
        Item(f"{number}.md", f"{number}.md", changed=datetime(2020, 1, 1 + number % 28, tzinfo=UTC))
        for number in range(300)
    ]
    some = chosen(many, Choice(sample=10, percent=True))
    assert (
        len(some) == 30 and some == chosen(many, Choice(sample=30)) and set(some) < set(chosen(many, Choice(sample=60)))
    )
    assert set(chosen(many[::-1], Choice(sample=30))) == set(some)
    assert len(chosen(many, Choice(since=datetime(2020, 1, 20, tzinfo=UTC)))) == 91
    assert chosen(many, Choice(limit=2)) == many[:2]
