"""Every threshold and weight by which relations are believed and broken ones may speak, in one table, each with its
reason.

Evidence is counted in bits over chance: 10 bits are one in 1,000. Published figures are nearly always right (about one
calculation in 400 is wrong), so a relation must be believed without the case that is judged before its break says
anything.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

# ---- is a sum meant? -------------------------------------------------------------------------------------------------

SUM_BELIEVED = 9
"""Net bits from which a sum down a column is believed: one in 500, after what captions and layout say for it."""
SUM_CONTENT = 16
"""Net bits beyond which no wilder shape is looked for when nothing is broken: 65,000 to one."""
SUM_BROKEN = 7
"""Bits that a broken case costs, down a column as along a line: published figures are nearly always right, so a break
speaks against the sum first."""
SUM_FORGIVEN = 6
"""The most of that cost that a keying slip takes back: a slip in ten digits is found for one coincidence in a
hundred."""
SUM_VOUCHED = 24
"""Bits of other sums that foot in the broken case, from which it was read right: then most of its cost is taken back
too."""
SUM_WITNESSED = 12
"""Bits that the other cases must bear witness to for that: layout alone does not make a sum of a coincidence."""
EXCHANGED_BELIEVED = 24
"""Net bits from which it is believed that two amounts of a line stand in each other's column: every line of every run
was tried for it."""
ROW_BELIEVED = 12
"""Net bits from which a sum along the lines is believed: more than down the columns, for words say less of it."""
ROW_LINES = 4
"""Fewer lines with two addends or more are no witness for a cross-footing."""
ROW_CARRIED = 7
"""Net bits from which it is believed that a balance is carried along a line, which the heads say already."""
MEMBERS_BELIEVED = 12
"""Net bits from which lines of one caption are believed to be the parts of another of them: no word says which is the
whole."""
COPIED = 4
"""The most bits that a case with a single addend other than zero is worth: it only repeats a number."""
SHOWN = 4
"""Bits from which a case alone shows that a sum holds in it."""

# ---- may a broken sum speak? -----------------------------------------------------------------------------------------

ROUNDED_TWICE = 3
"""Up to this many times the allowance, a second rounding explains a residual far better than a slip of the last digit
does; not where sums are forced to foot."""
REPAIRED = 1
"""Bits from which a keying repair licenses a broken sum."""
SURE = 5
"""Bits from which it does so even where the table copies its figures from elsewhere."""
LIKELY = 3
"""Bits from which it does so where a summary prints the sum, or where it is believed only without its broken case."""
STRIKING = 10
"""Bits from which it does so even where an addend is not printed."""
ABSENT = 6
"""Bits from which that is worth a warning."""
MISREAD = 12
"""Bits from which a broken sum is worth a warning though what it misses by stands in the table."""
SLIGHT = 100
"""Differences of fewer units of the last place are seldom a slip: one other case is not enough, unless the document
forces its sums to foot."""
UNREPAIRED = ((2, 34), (1, 38))
"""Without a keying repair: so many cases that hold, and so many net bits of the sum."""
ENOUGH = ((2, 24), (1, 30))
"""The same for a warning, where the residual is no matter of a few units."""
FOOTING = 12
"""Bits of other sums of the table that hold in the broken case, from which it was read right."""
FOOTING_ROUNDED = 30
"""The same where every figure is rounded on its own."""
TELLING = 3
"""Digits that a residual must have in common with an amount of another unit: fewer are alike by chance."""
PERCENTS = 1000
"""Whole numbers below this may be percentages without their sign, and their total an average."""
UNLIKE = 50
"""So many times another amount of the same line is seldom printed in it: the line that is blank here did not hold what
is missing."""

FORCED_UNITS = 2
"""Units of the last place by which a sum must miss, in a document that forces its sums, for rounding to explain nothing
where every other case of it foots exactly: of 31,000 sums of such documents 19 miss by one unit, and 3 by more in such
a way."""

IMPOSSIBLE = Fraction(1, 10_000)
"""The chance of a miss by rounding alone, of figures rounded twice, below which a broken sum is no rounding: of
2,945 columns of sums of nine large releases that hold, 13 miss by rounding, and none by so unlikely a difference."""

# ---- how likely is a broken sum an error? ----------------------------------------------------------------------------

LIKELIHOOD = {
    "always": -40,
    "slip explains it": 28,
    "bits of that slip": 4,
    "other cases": 2,
    "rest of column foots": 14,
    "more than a few units": 4,
    "sums forced": -6,
    "same miss elsewhere": 13,
    "looks misread": -44,
    "blank addend": -26,
    "without its case": -19,
    "copied": 4,
    "average": -12,
    "another objection": -10,
}
"""Tenths of a bit that each sign of `judge/likelihood` adds for an error, fitted by `benchmarks/judge --sums` where one
document in 20 has an error that a sum can see."""

# ---- slips of whole lines --------------------------------------------------------------------------------------------

LEFT_OUT = 14
"""Bits by which the lines that are left must add up to a total that leaves one of its block out in every column, beyond
the choice of the line."""
NEARLY = 50
"""One in so many of a line is the most by which its parts may miss it, where they come to it in another column."""
HEADED = 4
"""What it is worth that the lines of a total stand under the heading that it is called after."""
FARTHER = 3
"""What it costs in bits that a block begins at the second or third place where words and layout would let it begin."""
BLANKS = 2
"""Lines of a document that print nothing in one column whose total counts them: where there are more, they were not
read."""
BLANK_AMONG = 4
"""Lines with figures of a table in which a single blank cell is one that was lost: in fewer, one column may well lack
what the other has."""
FOOTED_REST = 3
"""Sums of a statement that must hold before a total that its lines do not come to is said to lack one: else it is the
statement that was misread."""
FOOTED_NAMED = 1
"""The same where the total is called after the heading of its lines: a statement that is printed in several tables has
few in each."""
NAMED_LINES = 5
"""Lines from which such a block is a section of a statement."""
LISTED = 4
"""Lines of one caption beyond which it names whose they are, as in a list of leases: several of these may be alike."""
UNFOOTED = 1
"""Totals of a statement that nothing foots: where there are more, its make-up is not understood."""

WHOLE_LINES = 10
"""Lines of a primary statement that is no excerpt: of those that print one of two lines that go together, 1 in 200 or
fewer lacks the other."""
CARRIED_LINES = 3
"""The same of any other table: what opens a balance, one movement and what closes it, of which one is gone."""

MATRIX_FOOTED = 9
"""Bits of the other columns of a matrix that must foot between two balances before a line is said to be missing there:
as for any sum down a column."""

# ---- may a broken relation of a shipped rule speak? ------------------------------------------------------------------

SLIP = 10
"""Bits of a keying slip over a misread structure, from which it is believed without any other column."""
CHOOSING = 2
"""Columns that must agree with a reading of the signs that nobody wrote down: one of them would choose among sixty
readings by itself."""
IN_COMMON = 6
"""How much narrower what two relations ask of one figure must be than the distance from what is printed: 64 times. Two
relations are no two coincidences where they share more figures than that one."""

TRANSPOSED = 4
"""Bits over chance by which two digits that changed places bring a figure into the room that two broken relations leave
it."""
MANY_LINES = 8
"""Lines in which a sum along them holds, from which two broken ones may each speak: a matrix with two slips is still a
matrix."""

MANY_COLUMNS = 5
"""The same for columns in which a balance is carried forward from one line to another that words call so."""

# ---- columns of changes ----------------------------------------------------------------------------------------------

CHANGE_ROWS = 5
"""Rows that must agree before another one is called wrong, where they have few digits."""
CHANGE_BITS = 24
"""Bits of agreement that do as well for two rows."""
CHANGE_SURE = 32
"""Bits of agreement from which even two rows may be wrong."""
CHANGE_LEAST = 8
"""Bits of agreement without which not even a slip of the fingers counts."""
CHANGE_UNITS = 10
"""Units of the last place by which a row must be off: less is another basis of computation, seldom an error of
keying."""

# ---- votes -----------------------------------------------------------------------------------------------------------

BALLOT_LINES = 2
"""Lines of a table of votes that must come to the same number of shares before another is held against them; one more
before it may be called wrong: counts of eight digits agree by no chance."""

# ---- equations that words state --------------------------------------------------------------------------------------

STATED_BITS = 8
"""Bits of rows that agree, from which columns are related as their heads say where the heads leave no other reading:
one row of three digits."""
STATED_SLIP = 6
"""Bits of a keying slip that explains the only row of such a table: what is related is said by words, only that the row
is misprinted is left to show."""
STATED_SLIPS = 3
"""The same where another row bears out what the heads say."""
STATED_FIRM = 12
"""The same where a head only says that its column is a total, and not of what; and what rows without a slip must bear
out for another to be wrong."""
STATED_LOST = 3
"""So many rows must agree for each that does not, where more than one does not: else the table is built otherwise than
its heads sound."""
STATED_ROWS = 2
"""Rows that must agree before another may be called wrong that no slip explains."""

STATED_UNITS = 5
"""Units of the last place by which a row must be off where the head says what its column compares and most rows bear it
out."""

# ---- amounts per share -----------------------------------------------------------------------------------------------

RATE_COLUMNS = 2
"""Columns in which an amount per share must be its income over its shares before another is called wrong."""
RATE_WRONG = 1
"""Columns that may be broken: where there are more, something else is compared."""
RATE_BITS = 6
"""What those columns must bear witness to over chance, less the bits of choosing among the lines."""
RATE_WORDED = 4
"""Bits of the columns that agree where captions name the income and the shares, so that nothing was chosen: an amount
per share of two digits."""
RATE_LOOK = 8
"""Bits from which one that is off by less than what other claims may take is worth a warning: three digits that came
out in another column without them."""
RATE_GROSS = Decimal("0.25")
"""The part of an amount per share by which it must be off there to be called wrong: preferred dividends of one period
may take much of its income."""
RATE_SLIGHT = Decimal("0.03")
"""What participating securities and assumed conversions may take from an amount per share where few other columns do
without them: 3 %."""
RATE_SLIGHTEST = Decimal("0.01")
"""What they may take from a basic amount where they take nothing visible in several other columns."""
RATE_SEVERAL = 3
"""Columns that show that they take nothing visible."""

# ---- percentages of lines and columns --------------------------------------------------------------------------------

PERCENT_COLUMNS = 2
"""Columns in which a line of percentages must agree with the two lines it relates."""
PERCENT_ROWS = 3
"""Rows in which a column of percentages must agree with its base."""
PERCENT_SEVERAL = 4
"""Rows that must agree before another may be called wrong."""
PERCENT_SPREAD = 2
"""Bits, beside those of its digits, by which chance seldom makes a quotient: quotients of two amounts spread over
several powers of ten."""
PERCENT_LINE_BITS = 8
"""What a line of percentages must bear out over chance, less the bits of choosing the two lines."""
PERCENT_COLUMN_BITS = 12
"""The same of a column of percentages, whose base may be any line."""
PERCENT_UNITS = 3
"""Units of the last place by which it must be off: parts of a whole are made to add up to 100, and ratios are computed
before amounts are rounded."""

# ---- amounts printed twice -------------------------------------------------------------------------------------------

REPEAT_DIGITS = 4
"""Fewer digits agree by chance, unless another amount of one digit less agrees too."""
REPEAT_KEYED = 4
"""Bits of the keying slip without which a difference seldom may speak: a diluted share count differs from one table to
another for good reasons."""
REPEAT_SETTLED = 3
"""Amounts in so many other periods, all different, settle that two lines of one basis are the same thing; of shares, if
any slip explains what differs."""
REPEAT_COUNTED = 4
"""The same without any slip for the shares of basic amounts per share: no basis of the income changes their number."""
REPEAT_ALIKE = 2
"""The same for lines of money of one basis: of 211 documents none printed such a line twice with another amount."""
REPEAT_ACROSS = 3
"""Periods in which lines of two bases must agree before a slip between them is believed."""
REPEAT_SAME = 24
"""Bits of a single amount of another period from which two lines of one caption and basis that agree in it are the same
beyond doubt: eight digits or more."""

REPEAT_SIGNED = 2
"""Other periods in which two printings of a line must agree about their signs before one that does not has lost its
own."""

# ---- claims of running text ------------------------------------------------------------------------------------------

CLAIM_SEVERAL = 3
"""Digits that a claim must have in common with its figure to show by itself that it means it, with a slip beside it."""
CLAIM_DIGITS = 4
"""Digits by which it shows it alone, where one slip of the fingers lies between the two."""
CLAIM_BESIDE = 2
"""Digits of a right claim of the same quantity in the same idiom, by which a wrong one beside it is wrong however it
reads."""
CLAIM_POINTS = 5
"""Points by which a change of a rate may be misstated; a rate that comes to more was read from other figures."""
CLAIM_APART = 50
"""Percentage points by which a change that nothing beside it bears out is misstated at most: beyond them the line is
another one."""
CLAIM_RATES = Fraction(1, 10)
"""Percentage points that may lie between two rates of one decimal and those of their amounts."""
CLAIM_UNIT = 10
"""A line that prints less than one in so many of the unit that its table is in is in another."""
CLAIM_WORDS = 16
"""Words of a sentence that says one thing of its subject: a longer one may turn to something else."""
CLAIM_MANY = 5
"""The same where no slip stands beside it: more digits than chance makes equal."""
CLAIM_NEAR = 2
"""Other claims between the same headings that must rightly mean the lines they name, for one among them to be wrong by
its words alone."""
CLAIM_NEAR_SHARE = 4
"""For each of them that does not, so many must."""
TWICE_BITS = 7
"""Bits that must speak for two amounts of a text being one that it states twice, its rarity and that of the words that
they share, beyond those by which one pair of its sentences is told from all others."""
TWICE_SHARE = Fraction(65, 100)
"""Of the bits of the words around one of them, so much must be shared."""
TWICE_APART = Fraction(37, 100)
"""Of the bits of the rarest word, so much may words of their own tell that stand right beside both,"""
TWICE_BEHIND = Fraction(35, 100)
"""and so much more those farther off."""
WITHIN_BITS = 9
"""Bits that the amounts of a sentence must tell, together, for one to be taken for the sum of others: by how little
chance makes them come out."""
WITHIN_BITS_OF_CAUSES = 5
"""The same where words say that what moved the amount follows,"""
WITHIN_BITS_OF_PARTS = 3
"""or that its parts do; and of an amount, the one it is compared with and the change between them."""
CLAIM_DEPENDABLE = 10
"""So many claims of a document must agree for each that speaks of something else than its words say."""
