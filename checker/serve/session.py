"""What a server holds while it serves: the files that are open, the release, and what was found in each. All of it is
forgotten with the process.

Files are looked at in one thread of its own, the newest state of each; what comes out for a text that is no longer
there is dropped.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

from attrs import define, field

from checker.api.limits import Limits
from checker.core.rule import RuleFile
from checker.core.value import evolve
from checker.language.files import LARGEST, SUFFIX, below
from checker.serve.finding import Page, page
from checker.serve.looking import Looked, Opened, linted, looked, quick, understood
from checker.serve.offering import Known
from checker.serve.text import Text
from checker.workshop.trying import reading

_PAUSE, _MORE = 0.12, 1e-6
"""Seconds of quiet before a file is looked at, and how many more for each character of it: a large one is not begun
between two strokes of a key."""
_MOST_FILES = 300
"""Rule files of a folder that are searched for a name."""

Told = Callable[[str, Looked], None]


@define(slots=False, eq=False)
class Session:
    """Open files by their address, the release, and one worker that looks at what has changed."""

    tell: Told
    texts: dict[str, Text] = field(factory=dict)
    paths: dict[str, Path] = field(factory=dict)
    encoding: str = "utf-16"
    opened: Opened | None = None
    folders: list[Path] = field(factory=list)
    _looked: dict[str, Looked] = field(factory=dict)
    _fresh: dict[str, Looked] = field(factory=dict)
    _pages: dict[str, Page] = field(factory=dict)
    _known: dict[str, tuple[object, Opened | None, Known]] = field(factory=dict)
    _waiting: dict[str, float] = field(factory=dict)
    _release: tuple[str, bytes | None] | None = None
    _wanted: str = ""
    _wake: threading.Condition = field(factory=threading.Condition)
    _ended: bool = False
    _thread: threading.Thread | None = None

    # ---- files -------------------------------------------------------------------------------------------------------

    def put(self, address: str, path: Path, text: str) -> None:
        """A file as the editor holds it now."""
        self.paths[address] = path
        self.replace(address, Text(text, self.encoding))

    def replace(self, address: str, text: Text) -> None:
        """The next state of an open file."""
        self.texts[address] = text
        if self.is_rules(address):
            self._want(address)
        else:
            self._read_later(str(self.paths[address]), text.content)

    def is_rules(self, address: str) -> bool:
        """Whether an open file holds rules; any other is taken as the release."""
        return self.paths[address].name.endswith(SUFFIX)

    def close(self, address: str) -> None:
        """A file that the editor shows no more."""
        for kept in (self.texts, self.paths, self._looked, self._fresh, self._pages, self._known):
            kept.pop(address, None)

    def name_release(self, name: str) -> None:
        """The release that settings name; empty: none."""
        if name != self._wanted:
            self._wanted = name
            if name:
                self._read_later(name, None)
            else:
                self.opened = None
                self.look_again()

    def look_again(self) -> None:
        """Looks at every open file once more: what it is looked at beside has changed."""
        for address in list(self.texts):
            if self.is_rules(address):
                self._want(address)

    # ---- what is known -----------------------------------------------------------------------------------------------

    def looked(self, address: str) -> Looked | None:
        """What was found in a file; of one that has changed since, its present names and what was known beside it. A
        large one is waited for."""
        text, known = self.texts[address], self._looked.get(address)
        if known is not None and known.text is text:
            return known
        if not quick(text):
            return known
        fresh = self._fresh.get(address)
        if fresh is None or fresh.text is not text:
            whole = known is None
            fresh = (
                looked(self.paths[address], text, self.opened)
                if known is None
                else evolve(known, text=text, file=self.page(address).file, problems=())
            )
            self._fresh[address] = fresh
            if whole:
                self._looked[address] = fresh
        return fresh

    def whole(self, address: str) -> Looked | None:
        """Everything that is wrong with a file in its present state; of a large one only once it was looked at."""
        text, known = self.texts[address], self._looked.get(address)
        if (known is None or known.text is not text) and quick(text):
            known = self._looked[address] = looked(self.paths[address], text, self.opened)
        return known if known is not None and known.text is text else None

    def last(self, address: str) -> Looked | None:
        """What was found in a file last, be it an older state of it: names that are known change little while one line
        is typed."""
        return self._looked.get(address) or self.looked(address)

    def known(self, address: str) -> Known:
        """The names beside a file, in order."""
        found = self.last(address) or looked(self.paths[address], Text("", self.encoding), self.opened)
        book, opened, known = self._known.get(address, (None, None, None))
        if known is None or book is not found.book or opened is not self.opened:
            known = Known(found.book, self.opened)
            self._known[address] = (found.book, self.opened, known)
        return known

    def page(self, address: str) -> Page:
        """A file with every name in it, in its present state."""
        text, known, last = self.texts[address], self._looked.get(address), self._pages.get(address)
        if last is None or last.text is not text:
            path = str(self.paths[address])
            last = self._pages[address] = (
                Page(path, text, known.file) if known is not None and known.text is text else page(path, text)
            )
        return last

    def pages(self, address: str) -> list[Page]:
        """The file, the others that are open, and the rule files below its folder and the editor's."""
        open_ = [address, *(other for other in list(self.texts) if other != address and self.is_rules(other))]
        found = [self.page(other) for other in open_]
        seen = {os.path.realpath(self.paths[other]) for other in open_}
        for path in self._around(address):
            real = os.path.realpath(path)
            if real not in seen and len(found) < _MOST_FILES:
                seen.add(real)
                with suppress(OSError, ValueError):
                    if path.stat().st_size <= LARGEST:
                        found.append(_on_disk(path, self.encoding))
        return found

    def _around(self, address: str) -> Iterator[Path]:
        for folder in dict.fromkeys((*self.folders, self.paths[address].parent)):
            if folder.is_dir() and folder != Path(folder.anchor):
                yield from below(folder)[:_MOST_FILES]

    # ---- the worker --------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Stops the worker after what it does now."""
        with self._wake:
            self._ended = True
            self._wake.notify()

    def _want(self, address: str) -> None:
        with self._wake:
            self._waiting[address] = monotonic() + _PAUSE + _MORE * len(self.texts[address].text)
            self._start()
            self._wake.notify()

    def _read_later(self, name: str, content: bytes | None) -> None:
        with self._wake:
            self._release = name, content
            self._start()
            self._wake.notify()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            with suppress(
                Exception
            ):  # an error of the program in one state of a file must not end the looking at the next
                if isinstance(task, str):
                    self._look(task)
                else:
                    self._read(*task)

    def _next(self) -> str | tuple[str, bytes | None] | None:
        with self._wake:
            while not self._ended:
                if self._release is not None:
                    task, self._release = self._release, None
                    return task
                ready = min(self._waiting.items(), key=lambda one: one[1], default=None)
                if ready is not None and ready[1] <= monotonic():
                    del self._waiting[ready[0]]
                    return ready[0]
                self._wake.wait(None if ready is None else max(ready[1] - monotonic(), 0.001))
        return None

    def _look(self, address: str) -> None:
        text, path, opened = self.texts.get(address), self.paths.get(address), self.opened
        if text is None or path is None:
            return
        found = understood(path, text)
        if not quick(text):  # what can be told already, for the rest takes as long again
            self._keep(address, text, found)
        if self.texts.get(address) is text:
            self._keep(address, text, linted(found, opened))

    def _keep(self, address: str, text: Text, found: Looked) -> None:
        if address in self.texts:
            self._looked[address] = found
            self.known(address).names  # noqa: B018  (put in order here, so that completion does not wait for it)
        if self.texts.get(address) is text:
            self.tell(address, found)

    def _read(self, name: str, content: bytes | None) -> None:
        if content is None:
            path = Path(name)
            if not path.is_file() or path.stat().st_size > Limits().size:
                return
            content = path.read_bytes()
        self.opened = Opened(Path(name).name, reading(name, content).found)
        self.opened.captions  # noqa: B018
        self.look_again()


def _on_disk(path: Path, encoding: str) -> Page:
    from checker.language.files import Source, parsed_file

    file: RuleFile = parsed_file(Source(path, str(path), path.stem))
    return Page(str(path), Text(path.read_bytes().decode("utf-8", "replace"), encoding), file)
