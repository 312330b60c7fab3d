"""The words of the language in a sentence each: what an editor says of them, and where it offers them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DECLARATIONS: Mapping[str, str] = MappingProxyType(
    {
        "rule": "A rule: an id, perhaps a title in quotes, and below it, indented, relations and clauses.",
        "define": (
            "Gives a value a name: in rules the name means the value, and wherever it is printed the figure must agree."
        ),
        "concept": (
            "A name with the other names that it is printed under, what it measures and on which side it stands."
        ),
        "use": (
            "Brings in the rules and concepts of packs or files: below the folder of this file, shipped, or installed."
        ),
        "override": "Changes clauses, or the relation, of the rules that an id or a pattern fits. It needs `because`.",
        "skip": "Switches off the rules that an id or a pattern fits. It needs `because`.",
    }
)

CLAUSES: Mapping[str, str] = MappingProxyType(
    {
        "when": (
            "Where the rule applies: comparisons, `is reported`, `AND`, `OR`, `NOT`. Over a missing figure it is "
            "unknown, and the rule not applicable."
        ),
        "in": (
            "Narrows every name that has no bracket: a statement, a period, a heading; `in each segment` judges "
            "in each of them, `in text` in sentences."
        ),
        "except": "Lines that a sentence with `each` leaves out.",
        "severity": "`error`, `warning` or `note`; then perhaps `; error above 250 thousand`: the difference decides.",
        "required": "Where the rule does not apply to the latest period, that is a finding.",
        "tolerance": (
            "What difference passes: `rounding` (when nothing is said), `exact`, or an amount such as `2 units`, "
            "`5 thousand`, `1%`."
        ),
        "kind": (
            "What the rule is: `identity`, `bound`, `covenant` or `expectation`. It follows from the comparison "
            "when nothing is said."
        ),
        "these lines are meant": "The sum leaves out lines of its block on purpose.",
        "because": "The reason, in quotes.",
        "see": "Where to read more.",
        "tick": "Tick marks that its findings bear.",
        "tags": "Words by which the rule can be chosen.",
        "effective": (
            "Limits the rule to periods that end between two days: `from 2018-01-01`, `to 2020-12-31`, or both."
        ),
    }
)

OF_CONCEPTS: Mapping[str, str] = MappingProxyType(
    {
        "aka": "Other names under which it is printed; `aka minus`: unsigned under these it is the negative.",
        "xbrl": "Qualified names of an XBRL taxonomy.",
    }
)

PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "duration": "A flow: it belongs to a period.",
        "instant": "A balance: it belongs to a day.",
        "currency": "It is an amount of money.",
        "shares": "It counts shares.",
        "per share": "It is an amount for each share.",
        "percent": "It is a percentage.",
        "ratio": "It is a ratio.",
        "number": "It counts something else.",
        "debit": "It stands on the debit side.",
        "credit": "It stands on the credit side.",
        "segment": "The name is that of a segment.",
        "entity": "The name is that of an entity.",
        "heading": "The name is that of a heading.",
    }
)

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "prior": "The same length ending a year earlier.",
        "preceding": "The same length ending where this one begins.",
        "opening": "The balance at the beginning of the period.",
        "closing": "The balance at the end of the period.",
        "sum of quarters of": "Every quarter of the period; the table must have a column for each.",
        "sum of segments of": "The measure of every segment, with whatever stands between them and the total.",
        "sum of entities of": "The measure of every entity. It can be written and is not judged yet.",
        "sum of lines of": "The lines under that heading, less its subtotals.",
        "sum of lines after": "The lines from below that one to the line that the rule speaks of, less subtotals.",
    }
)

LEVELS: Mapping[str, str] = MappingProxyType(
    {"error": "It blocks.", "warning": "It is told, and blocks where `fail-on` says so.", "note": "It is told."}
)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "identity": "Both sides are the same thing.",
        "bound": "One side is at most, or at least, the other.",
        "covenant": "A bound of a contract: no breach of it is clearly trivial.",
        "expectation": "What an auditor expects: it accuses no figure.",
    }
)

TOLERANCES: Mapping[str, str] = MappingProxyType(
    {
        "rounding": "What the printing allows.",
        "exact": "No difference passes.",
        "2 units": "So many units of the last place printed.",
        "1%": "So much of it.",
    }
)

TESTS: Mapping[str, str] = MappingProxyType(
    {
        "reported": "The release prints it.",
        "missing": "The release does not print it.",
        "positive": "It is more than zero.",
        "negative": "It is less than zero.",
        "zero": "It is zero.",
        "not": "The opposite of the test behind it.",
    }
)

PRINTED_AS: Mapping[str, str] = MappingProxyType(
    {
        "percent": "It is printed as a percentage.",
        "ratio": "It is printed as a ratio.",
        "times": "It is printed as a multiple.",
        "days": "It is printed in days.",
        "points": "It is printed in percentage points.",
        "basis points": "It is printed in hundredths of a percentage point.",
        "currency": "It is printed as an amount of money.",
        "per share": "It is printed as an amount for each share.",
        "number": "It is printed as a number.",
    }
)

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "thousand": "Times 1,000.",
        "million": "Times 1,000,000.",
        "billion": "Times 1,000,000,000.",
        "trillion": "Times 1,000,000,000,000.",
        "%": "Percent.",
        "points": "Percentage points.",
        "basis points": "Hundredths of a percentage point.",
        "units": "Units of the last place printed.",
        "as printed": "In the scale of the page: 600,000 for `600 as printed` on one in thousands.",
    }
)

BRACKETS: Mapping[str, str] = MappingProxyType(
    {
        "income statement": "Statements of that kind.",
        "balance sheet": "Statements of that kind.",
        "cash flow": "Statements of that kind.",
        "equity": "Statements of that kind.",
        "comprehensive income": "Statements of that kind.",
        "segments": "Tables of segments.",
        "reconciliation": "Reconciliations.",
        "notes": "Notes.",
        "primary statements": "The five statements.",
        "full year": "Periods of twelve months.",
        "nine months": "Periods of that length.",
        "six months": "Periods of that length.",
        "three months": "Periods of that length.",
        "Q1": "That quarter of the calendar.",
        "Q2": "That quarter of the calendar.",
        "Q3": "That quarter of the calendar.",
        "Q4": "That quarter of the calendar.",
        "current period": "The period of the column judged.",
        "as printed": "The figure in the page, where the name is defined.",
        "percent columns": "Columns of percentages.",
        "text": "Quantities of running text.",
    }
)

LOGIC: Mapping[str, str] = MappingProxyType(
    {"AND": "Both hold.", "OR": "One of them holds.", "NOT": "It does not hold."}
)

SMALL: Mapping[str, str] = MappingProxyType(
    {
        "above": "The severity from a difference larger than this on.",
        "from": "The first day on which a period may end.",
        "to": "The last day on which a period may end.",
        "minus": "What is printed unsigned under these names is the negative of the concept.",
        "sum of": "At the end of a line: signed lines follow. It means nothing more.",
        "each": "Begins a sentence that speaks of structure; `tieout explain E105` lists all of them.",
    }
)
