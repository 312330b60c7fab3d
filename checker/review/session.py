"""One review: a release as it was judged last, the decisions in their file, and what each save has changed. Knows no
browser.

Everything is done in one thread, the one that calls `work`: others leave what they want with `ask`. So two requests
never write a file at once, and a document that takes too long can be ended.
"""

from __future__ import annotations

import datetime as dt
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from time import monotonic
from typing import TypeVar

from attrs import define, field

from checker.api.errors import Refused
from checker.core.report import Checked, Report
from checker.core.rule import Rulebook
from checker.core.value import evolve, frozen
from checker.gate.policy import Policy
from checker.report.html_names import Sheet
from checker.review.changes import Told, drafts, rules_changed

Answer = TypeVar("Answer")
_TICK = 0.4
"""Seconds between two looks at the files."""


class Wrong(ValueError):
    """What was asked for cannot be done; the text says why, to the person at the page."""


@frozen
class Asked:
    """How the release is judged, as the command settled it."""

    document: Path
    rules: tuple[Path, ...]
    house: Path
    """The rule file that calculations are added to."""
    decisions: Path
    waivers: Path
    day: dt.date
    horizon: int
    book: Callable[[Sequence[Path]], Rulebook]
    """Refused: a rule file has a mistake."""
    judge: Callable[[Rulebook], Checked]
    """The document under these rules, with how it looks; what does not depend on the rules is done once for each
    draft."""
    policy: Callable[[Rulebook], Policy]
    """Refused: a file of waivers or decisions has a mistake."""
    settle: Callable[[Checked, Rulebook, Policy], Report]
    """What the gate says of it."""
    write: Callable[[Path, str], None]


@frozen
class Shown:
    """A release as it is shown: `revision` counts the drafts and rules it was judged with, `version` whatever can be
    seen of it."""

    revision: int
    version: int
    book: Rulebook
    judged: Checked
    """Before the gate."""
    report: Report
    changes: tuple[Told, ...] = ()
    trouble: tuple[str, ...] = ()

    @property
    def checked(self) -> Checked:
        """The document after the gate."""
        return self.report.documents[0]


@define(slots=False)
class Session:
    """The state of a review."""

    asked: Asked
    shown: Shown = field(init=False)
    rules: tuple[Path, ...] = field(init=False)
    _waiting: queue.SimpleQueue[tuple[Callable[[], object], Future[object]]] = field(
        factory=queue.SimpleQueue, init=False
    )
    _seen: dict[Path, tuple[int, int]] = field(factory=dict, init=False)
    _sheets: dict[int, Sheet] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.rules = self.asked.rules
        book = self.asked.book(self.rules)
        judged = self.asked.judge(book)
        self.shown = Shown(1, 1, book, judged, self.asked.settle(judged, book, self.asked.policy(book)))
        self._seen = dict(self._times())

    # ---- the one thread ----------------------------------------------------------------------------------------------

    def ask(self, what: Callable[[], Answer]) -> Answer:
        """What the working thread answers: for every other one."""
        future: Future[object] = Future()
        self._waiting.put((what, future))
        return future.result()  # type: ignore[return-value]

    def work(self, ended: Callable[[], bool]) -> None:
        """Does what is asked, and looks at the files between, until it is ended."""
        next_look = monotonic() + _TICK
        while not ended():
            if monotonic() >= next_look:  # however much is asked meanwhile
                self.look()
                next_look = monotonic() + _TICK
            try:
                what, future = self._waiting.get(timeout=_TICK)
            except queue.Empty:
                continue
            try:
                future.set_result(what())
            except Exception as error:
                future.set_exception(error)

    # ---- files -------------------------------------------------------------------------------------------------------

    def look(self) -> bool:
        """Judges again what was saved since the last look; whether anything was."""
        now = dict(self._times())
        saved = {path for path in now.keys() | self._seen.keys() if now.get(path) != self._seen.get(path)}
        if not saved:
            return False
        self._seen = now
        if self.asked.document in saved and self.asked.document not in now:  # an editor puts another file in its place
            return False
        if saved <= {self.asked.decisions, self.asked.waivers}:
            self.settle()
        else:
            self.judge()
        return True

    def _times(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        """Every file that the review rests on, with the time and the size of its last save."""
        for path in (self.asked.document, self.asked.decisions, self.asked.waivers, *self.rules):
            for one in sorted(path.rglob("*.rules")) if path.is_dir() else [path]:
                try:
                    told = one.stat()
                except OSError:
                    continue
                yield one, (told.st_mtime_ns, told.st_size)

    def judge(self) -> None:
        """The release judged anew; where a rule file has a mistake it stays as it was, and the mistake is told."""
        before = self.shown
        try:
            book = self.asked.book(self.rules)
            judged = self.asked.judge(book)
            report = self.asked.settle(judged, book, self.asked.policy(book))
        except Refused as refused:
            self.shown = evolve(before, version=before.version + 1, trouble=_said(refused))
            return
        same = judged.source.sha256 == before.judged.source.sha256
        changes = rules_changed(before.judged, judged) if same else drafts(before.judged, judged)
        self.shown = Shown(before.revision + 1, before.version + 1, book, judged, report, changes)

    def settle(self) -> None:
        """The gate asked anew: decisions or waivers have changed."""
        now = self.shown
        try:
            report = self.asked.settle(now.judged, now.book, self.asked.policy(now.book))
        except Refused as refused:
            self.shown = evolve(now, version=now.version + 1, trouble=_said(refused))
            return
        self.shown = evolve(now, version=now.version + 1, report=report, trouble=())

    def written(self, path: Path, text: str) -> None:
        """Writes a file of the review, which is no save of somebody else's."""
        self.asked.write(path, text)
        self._note(path)

    def rule_by(self, path: Path) -> None:
        """A rule file to judge by from now on, as it is now."""
        if not any(path == one or one in path.parents for one in self.rules):
            self.rules = (*self.rules, path)
        self._note(path)

    def _note(self, path: Path) -> None:
        """Takes a file as seen; a save of another one meanwhile is still to be looked at."""
        self._seen |= {one: told for one, told in self._times() if one == path}

    # ---- names -------------------------------------------------------------------------------------------------------

    def sheet(self) -> Sheet:
        """What the page calls figures and findings."""
        version = self.shown.version
        if version not in self._sheets:
            self._sheets = {version: Sheet(0, self.shown.checked)}
        return self._sheets[version]

    def current(self, revision: object) -> Shown:
        """What is shown, if it is what the page shows too. Wrong: it has changed meanwhile."""
        if revision != self.shown.revision:
            raise Wrong("The release was judged again meanwhile: load the page anew.")
        return self.shown


def _said(refused: Refused) -> tuple[str, ...]:
    return tuple(
        f"{one.path}{f', line {one.place.line}' if one.place else ''}: {one.message} ({one.code})"
        for one in refused.problems
    )
