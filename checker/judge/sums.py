"""When a sum that is broken in one case may be called a violation.

Published figures are nearly always right, so the case against the document must outweigh the case against us. A sum must hold elsewhere to speak at all. The
repair loop comes first: a residual that a misreading explains is our own. Then the evidence is counted in bits: how many residuals a misreading could
have left, less the keying slips one could try, plus the slips that repair it, plus what the other cases bear witness to. Where the document forces its
sums, the layout of a table may stand for what the numbers of one other column alone do not prove. A column whose other sums hold was read right: there
a sum may speak without a slip that explains it (docs/decisions/0013).
"""

from __future__ import annotations

from checker.core.value import frozen
from checker.judge.table import FOOTING, FOOTING_ROUNDED, REPAIRED, STRIKING, SURE, UNREPAIRED


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
    """The document's habit: its sums foot to the last digit, its figures are rounded each on its own, or that is not known."""
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


def reason(seen: Broken) -> str | None:
    """What speaks for an error of the document beyond the cases that hold, as the end of a sentence; None where it may not be called one."""
    return _beyond(seen) if seen.held and _audible(seen) else None


def _audible(seen: Broken) -> bool:
    """Whether the evidence is strong enough for the table it stands in and for how little confirms it."""
    if seen.crowded and seen.keyed < STRIKING:
        return False
    if seen.apart and not seen.echoed and seen.keyed < SURE and (seen.held < 2 or seen.footing < FOOTING_ROUNDED):
        return False
    if seen.contradicted and seen.keyed < SURE:
        return False
    if seen.copied and seen.footing < FOOTING and seen.keyed < SURE:
        return False
    return seen.held > 1 or bool(seen.forced) or seen.plain or (seen.footing >= FOOTING and seen.keyed >= REPAIRED)


def _beyond(seen: Broken) -> str | None:
    if seen.keyed >= REPAIRED:
        return ", and one keying slip explains the difference"
    if seen.echoed:
        return ", and another sum misses by as much through the same figure"
    if seen.average:
        return None
    if seen.plain and seen.footing >= (FOOTING_ROUNDED if seen.forced is False else FOOTING):
        return ", and the other sums beside it foot"
    if seen.plain and seen.forced and seen.laid_out:
        return ", and the layout of the table says what its addends are"
    return "" if any(seen.held >= cases and seen.bits >= bits for cases, bits in UNREPAIRED) else None
