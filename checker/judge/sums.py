"""When a sum that is broken in one case may be called a violation.

Published figures are nearly always right, so the case against the document must outweigh the case against us. A sum
must hold elsewhere to speak at all. The repair loop comes first: a residual that a misreading explains is our own. Then
the evidence is counted in bits: how many residuals a misreading could have left, less the keying slips one could try,
plus the slips that repair it, plus what the other cases bear witness to. Where the document forces its sums, the layout
of a table may stand for what the numbers of one other column alone do not prove. A column whose other sums hold was
read right: there a sum may speak without a slip that explains it (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.core.problem import Severity
from checker.core.value import frozen
from checker.judge.table import (
    ABSENT,
    ENOUGH,
    FOOTING,
    FOOTING_ROUNDED,
    LIKELY,
    MISREAD,
    REPAIRED,
    STRIKING,
    SURE,
    UNREPAIRED,
)


@frozen
class Broken:
    """What is seen of a sum in its one broken case."""

    bits: int
    """Net bits of the sum."""
    held: int
    """Other cases in which it holds with two addends or more."""
    keyed: int
    """Bits by which a keying slip explains the residual."""
    footing: int
    """Bits of the other sums that foot in the same case."""
    plain: bool
    """The residual is no matter of a few units of the last place."""
    forced: bool | None
    """The document's habit: its sums foot to the last digit, its figures are rounded each on its own, or that is not
    known."""
    echoed: bool
    """Another sum misses by as much through the same figure."""
    average: bool
    """The total looks like an average of its addends, and nothing shows that its case foots."""
    laid_out: bool
    """Captions and layout alone name the sum."""
    crowded: bool
    """Another sum is broken in the same case by another figure."""
    copied: bool
    """The table copies its figures from elsewhere."""
    contradicted: bool
    """What the sum was inferred from is contradicted elsewhere in the table."""
    apart: bool = False
    """It is believed only without the case that is broken."""
    small: bool = False
    """A second rounding explains the residual better than a slip would."""
    near: bool = False
    """It is less than half as much again as what a first one explains."""
    nothing: bool = False
    """Its total is printed as nothing."""
    absent: bool = False
    """An addend that is printed where the sum holds is not printed here."""
    sparse: bool = False
    """Every other case in which it adds up several amounts has blanks too: so the table prints nothing."""
    misread: bool = False
    """The residual is an addend, twice one, or what is printed in lines that the sum could take in without breaking
    elsewhere."""
    bracketed: bool = False
    """The residual is twice an addend that is taken off and stands in brackets here."""
    alone: bool = False
    """The residual is what addends contribute that are printed in this case alone."""
    addend: bool = False
    """Its total is itself an addend of the next line that is called a total, beside its own addends."""
    as_printed: bool = False
    """Its numbers foot as they are printed, without the scales that heads state for some of them."""
    repeats: bool = False
    """Its total prints what the line next to it prints, beside other addends."""
    unsigned: bool = False
    """It carries a balance forward, and prints no sign in lines that take something off wherever it holds."""
    still: bool = False
    """It carries a balance forward, and no movement is printed in the broken case."""
    carried: bool = False
    """Words say that a balance is carried forward over all lines between its two ends."""
    nil: bool = False
    """It carries a balance forward, and prints in the broken case that every movement is none."""


@frozen
class Objection:
    """One thing that keeps a broken sum silent, or that leaves no more of it than a warning, and why."""

    name: str
    why: str
    silences: Callable[[Broken], bool]
    softens: Callable[[Broken], bool] = lambda seen: False


OBJECTIONS: tuple[Objection, ...] = (
    Objection(
        "rounded twice",
        "a second rounding explains so small a residual far better than a slip",
        lambda seen: seen.small and (seen.near or seen.keyed < SURE),
        lambda seen: seen.small,
    ),
    Objection(
        "nothing", "a total of nothing is a blank, a note or a heading", lambda seen: seen.nothing and not seen.nil
    ),
    Objection(
        "absent",
        "what is blank here and printed elsewhere was left out, or not read",
        lambda seen: seen.absent and seen.keyed < (LIKELY if seen.sparse else ABSENT),
        lambda seen: seen.absent and seen.keyed < STRIKING and not seen.sparse,
    ),
    Objection(
        "misread",
        "the residual stands in the table: a sign or a line was misread",
        lambda seen: seen.misread and seen.keyed < MISREAD and not (seen.nil and seen.nothing),
        lambda seen: seen.misread and not (seen.nil and seen.nothing),
    ),
    Objection(
        "bracketed",
        "what is taken off and stands in brackets lost no sign: a column of costs may be printed so",
        lambda seen: seen.bracketed,
    ),
    Objection(
        "alone",
        "addends of this case alone are words or numbers of a caption, read as amounts",
        lambda seen: seen.alone,
    ),
    Objection(
        "addend", "a later total counts its total as one line of several: it sums up nothing", lambda seen: seen.addend
    ),
    Objection(
        "as printed",
        "what foots but for the scale of some of its columns has a head that was misunderstood",
        lambda seen: seen.as_printed,
    ),
    Objection(
        "repeats",
        "a column whose total prints what its last line prints says what is left, and adds nothing up",
        lambda seen: seen.repeats,
    ),
    Objection(
        "unsigned",
        "a column without the signs of the others prints what one of them is worth, and carries nothing forward",
        lambda seen: seen.unsigned,
    ),
    Objection(
        "still",
        "a column that prints balances and no movements carries nothing forward",
        lambda seen: seen.still and seen.keyed < REPAIRED,
    ),
    Objection(
        "held",
        "a sum that holds nowhere else is no sum, unless layout makes it one and the rest of its column foots",
        lambda seen: not seen.held and not (seen.laid_out and seen.keyed >= SURE and seen.footing >= FOOTING),
    ),
    Objection(
        "crowded",
        "two sums that break in one case by different figures show a case misread",
        lambda seen: seen.crowded and seen.keyed < REPAIRED,
    ),
    Objection(
        "contradicted",
        "the heads that make it a sum are no parts of one another elsewhere",
        lambda seen: seen.contradicted and seen.keyed < SURE,
    ),
    Objection(
        "copied",
        "a summary copies from tables that say more",
        lambda seen: seen.copied and seen.held < 2 and seen.footing < FOOTING and seen.keyed < LIKELY,
    ),
    Objection(
        "apart",
        "without its case a sum is believed by less: a slip, an echo or the rest of its column must speak for it",
        lambda seen: (
            seen.apart and not seen.echoed and seen.keyed < LIKELY and (seen.held < 2 or seen.footing < FOOTING_ROUNDED)
        ),
    ),
    Objection(
        "one witness",
        "one other case and a residual of a few units are too little without a slip that explains it",
        lambda seen: not (seen.held > 1 or seen.forced or seen.plain or seen.keyed >= REPAIRED),
        lambda seen: (
            not (seen.held > 1 or seen.forced or seen.plain or (seen.footing >= FOOTING and seen.keyed >= REPAIRED))
        ),
    ),
)
"""What silences or softens, asked in this order; what each costs and saves is measured by `benchmarks/judge`."""


def silencing(seen: Broken, objections: Sequence[Objection] = OBJECTIONS) -> str | None:
    """The name of the first objection that keeps a broken sum silent; None where none does."""
    return next((one.name for one in objections if one.silences(seen)), None)


def reason(seen: Broken, objections: Sequence[Objection] = OBJECTIONS) -> str | None:
    """What speaks for an error of the document beyond the cases that hold, as the end of a sentence; None where it may
    not be called one."""
    return _beyond(seen, soft=True) if silencing(seen, objections) is None else None


def severity(seen: Broken, objections: Sequence[Objection] = OBJECTIONS) -> Severity:
    """How loud a broken sum that may speak is: a warning where an objection is left, or where the other cases alone
    speak for it, and not much."""
    softened = any(one.softens(seen) for one in objections) or _beyond(seen) is None
    return "warning" if softened else "error"


def _beyond(seen: Broken, soft: bool = False) -> str | None:
    """The same without the objections; `soft`: for a warning it may be."""
    if seen.keyed >= REPAIRED:
        return ", and one keying slip explains the difference"
    if seen.echoed:
        return ", and another sum misses by as much through the same figure"
    if seen.average:
        return None
    if seen.plain and seen.footing >= (FOOTING_ROUNDED if seen.forced is False else FOOTING):
        return ", and the other sums beside it foot"
    if seen.plain and seen.carried:
        return ", and the captions say that the balance is carried forward"
    if seen.plain and seen.forced and seen.laid_out:
        return ", and the layout of the table says what its addends are"
    enough = (*UNREPAIRED, *ENOUGH) if soft and seen.plain else UNREPAIRED
    return "" if any(seen.held >= cases and seen.bits >= bits for cases, bits in enough) else None
