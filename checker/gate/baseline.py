"""The baseline: how many findings of which kind a document had when the gate was put in place. It only shrinks, unless
someone says otherwise.

It holds paths, ids of rules, fingerprints and counts: no lines, no amounts, no text of a document. A fingerprint
carries a mark of the difference (its power of ten and eight bits of a hash): another difference is another finding, and
what the difference was cannot be read off.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import attrs

from checker.algebra.notation import decimal
from checker.core.finding import Finding, Waiver
from checker.core.problem import Problem
from checker.core.report import Checked
from checker.core.value import frozen
from checker.gate.settings import Settings
from checker.gate.status import blocks
from checker.gate.waivers import waivable

NAME = "tieout-baseline.json"
SCHEMA = "tieout-baseline/2"

Counts = Mapping[tuple[str, str, str], int]
"""By document, rule and fingerprint."""

_REPEATED = re.compile(r"-\d+$")
_ACCEPTED = Waiver("counted in the baseline", "", "", "baseline")


@frozen
class Baseline:
    """The counts of a file, and what is wrong with it."""

    path: str = ""
    counts: Counts = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    sha256: str = ""


def read(path: Path) -> Baseline:
    """The baseline in a file; one that cannot be understood is an error, since everything would look new or nothing
    would."""
    import json

    name = path.as_posix()
    try:
        body = path.read_bytes()
        tree = json.loads(body.decode("utf-8-sig"))
        if tree["schema"] != SCHEMA:
            raise ValueError
        counts = {
            (str(document), str(rule), str(fingerprint)): _count(count)
            for document, rules in tree["documents"].items()
            for rule, fingerprints in rules.items()
            for fingerprint, count in fingerprints.items()
        }
    except OSError as error:
        return Baseline(name, problems=(Problem("G201", "error", f"cannot be opened: {error.strerror}", name),))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Baseline(
            name,
            problems=(
                Problem(
                    "G202", "error", "is no baseline that tieout wrote", name, help="make it anew with tieout baseline"
                ),
            ),
        )
    return Baseline(name, counts, (), hashlib.sha256(body).hexdigest())


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError
    return value


def written(counts: Counts) -> str:
    """The counts as a file, the same bytes for the same counts."""
    import json

    tree: dict[str, dict[str, dict[str, int]]] = {}
    for (document, rule, fingerprint), count in sorted(counts.items()):
        if count:
            tree.setdefault(document, {}).setdefault(rule, {})[fingerprint] = count
    return json.dumps({"schema": SCHEMA, "documents": tree}, indent=1) + "\n"


def key(path: str, baseline: str) -> str:
    """A document as the baseline names it: from the folder of the baseline, so that it does not matter where the
    command runs."""
    if path == "-":
        return path
    try:
        named = os.path.relpath(path, Path(baseline).absolute().parent)
    except ValueError:  # another drive
        named = path
    return named.replace("\\", "/")


def counted(checked: Checked, baseline: str, settings: Settings) -> Counter[tuple[str, str, str]]:
    """How many findings of which kind keep a document from passing; what someone has waived does not."""
    document = key(checked.source.path, baseline)
    return Counter((document, *_kind(finding)) for finding in checked.findings if blocks(finding, settings))


def accepted(checked: Checked, baseline: Baseline) -> tuple[Checked, Counter[tuple[str, str, str]]]:
    """The document with the findings marked that the baseline counts, and what of the counts was needed; the first ones
    of a kind come first."""
    document = key(checked.source.path, baseline.path)
    needed: Counter[tuple[str, str, str]] = Counter()
    findings = []
    for finding in checked.findings:
        kind = (document, *_kind(finding))
        if waivable(finding) and finding.waived is None and needed[kind] < baseline.counts.get(kind, 0):
            needed[kind] += 1
            finding = attrs.evolve(finding, waived=_ACCEPTED)
        findings.append(finding)
    return attrs.evolve(checked, findings=tuple(findings)), needed


def leftovers(baseline: Baseline, documents: Iterable[str], needed: Counts) -> Iterator[Problem]:
    """What of the baseline is no longer needed by the documents of the run: room in which a new error would hide."""
    for document in dict.fromkeys(key(path, baseline.path) for path in documents):
        left = sum(count - needed.get(kind, 0) for kind, count in baseline.counts.items() if kind[0] == document)
        if left:
            are, differs = ("are", "differ") if left > 1 else ("is", "differs")
            message = (
                f"{left} finding{'s' if left > 1 else ''} of {document} in the baseline {are} fixed, or {differs} "
                f"by another amount now"
            )
            yield Problem("G203", "warning", message, baseline.path, help="let it shrink: tieout baseline --prune")


def pruned(old: Counts, new: Counts) -> Counts:
    """The old counts, none larger than what was found."""
    return {kind: min(count, new.get(kind, 0)) for kind, count in old.items()}


def beyond(old: Counts, new: Counts) -> int:
    """How many findings the old counts do not cover."""
    return sum(max(0, count - old.get(kind, 0)) for kind, count in new.items())


def _kind(finding: Finding) -> tuple[str, str]:
    name = _REPEATED.sub("", finding.id)
    return finding.check.rule, name if finding.difference is None else f"{name}:{_mark(name, abs(finding.difference))}"


def _mark(name: str, difference: Fraction) -> str:
    """Eight bits of a hash of the difference, behind its power of ten: enough to tell another difference, too little to
    tell what it was."""
    text = decimal(difference)
    power = len(text.partition(".")[0].lstrip("0"))
    return f"{power}.{hashlib.sha256(f'{name} {text}'.encode()).hexdigest()[:2]}"
