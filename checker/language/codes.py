"""Every code of the rule language, explained: what it says, why it matters, a bad and a good example. `tieout explain
E109` prints one.

E1xx: a text that cannot be read as a rule file. E2xx: declarations that do not go together, and files. W4xx: worth a
second look. The sentences of a particular error are made where it is found; here stands what is true of all of them.
"""

from __future__ import annotations

from types import MappingProxyType

from checker.core.period import MONTHS
from checker.core.value import frozen


@frozen
class Code:
    """One kind of trouble. `bad` shows it and nothing else, `good` is the same text put right; empty where an example
    would not fit a page."""

    code: str
    what: str
    why: str
    bad: str = ""
    good: str = ""


_UNREAD = (
    Code(
        "E100",
        "something stands where the language has no place for it",
        "The line says what could have stood there. Captions with unusual signs go in quotes.",
        "A = B ; C",
        "A = max(B; C)",
    ),
    Code(
        "E101",
        "a quote is not closed",
        "Everything to the end of the line would belong to the name. A quote inside a quoted name is written "
        "twice, or the outer quotes are “ ”.",
        'Notes = "Notes payable - related parties + Other notes',
        'Notes = "Notes payable - related parties" + Other notes',
    ),
    Code(
        "E102",
        "an invisible character stands in the file",
        "Controls and marks that turn the direction of writing make a rule look other than it is read.",
        "Total assets = Total liabi\u200blities + Total equity",
        "Total assets = Total liabilities + Total equity",
    ),
    Code(
        "E103",
        "`==` is written for `=`",
        "A rule states that two sides are equal; one sign says so.",
        "Total assets == Total liabilities and equity",
        "Total assets = Total liabilities and equity",
    ),
    Code(
        "E104",
        "the first word of a line is nearly a key word",
        "Key words are lower case and spelled as listed; anything else begins a name.",
        "conept Revenues\n    aka Net sales",
        "concept Revenues\n    aka Net sales",
    ),
    Code(
        "E105",
        "a line begins with `each` and is none of the sentences of the language",
        "Sentences with `each` speak of the structure of statements and are a closed set: each total = sum of its"
        " lines; each row total = sum of its columns; each closing balance = opening balance + its movements; each long"
        " period = sum of its short periods; each short period <= its long period; each part <= its whole; each change"
        " column = current - prior; each percent column = change / prior; each share column = figure / base; each"
        " percent line = figure / base; each amount per share = income / shares; each formula agrees with its figures;"
        " each caption agrees wherever it is printed; each comparative agrees with last year's release; each figure"
        " agrees with the filing; each claim agrees with its figure; each tag agrees with its figure; each fact agrees"
        " wherever it is tagged; each calculation = sum of its facts.",
        "each total equals the sum of lines",
        "each total = sum of its lines",
    ),
    Code(
        "E106",
        "a rule has clauses and no relation",
        "Without a comparison there is nothing to judge.",
        'rule gross-profit "Gross profit"\n    severity warning',
        'rule gross-profit "Gross profit"\n    Gross profit = Revenues - Cost of revenues\n    severity warning',
    ),
    Code(
        "E107",
        "an indented line stands above every declaration",
        "Indented lines belong to the declaration above them.",
        "    Total assets = Total liabilities + Total equity",
        "Total assets = Total liabilities + Total equity",
    ),
    Code(
        "E108",
        "a line is longer than 1,000 characters",
        "The limit keeps reading fast on any input. A line that begins with an operator continues the one above.",
    ),
    Code(
        "E109",
        "alternatives stand beside another operator without parentheses",
        "`|` holds tighter than + - * /. People read `A - B | C` as `(A - B) | C`; tieout would read `A - (B | C)`. So"
        " it asks for parentheses, or for the alternatives on a line of their own.",
        "Free cash flow = Operating cash flow - Capital expenditures | Additions to property",
        "Free cash flow = Operating cash flow - (Capital expenditures | Additions to property)",
    ),
    Code(
        "E110",
        "a value is missing after an operator",
        "A line that ends in an operator is not continued; begin the next line with the operator instead.",
        "Gross profit = Revenues -\n    Cost of revenues",
        "Gross profit = Revenues\n    - Cost of revenues",
    ),
    Code(
        "E111",
        "two values stand side by side",
        "An operator (+ - * /) is missing between them, or both belong to one caption, which then goes in quotes.",
        'Gross profit = "Revenues" "Cost of revenues"',
        'Gross profit = "Revenues" - "Cost of revenues"',
    ),
    Code(
        "E112",
        "a line holds a value and compares it with nothing",
        "A rule compares two sides.",
        "Gross profit",
        "Gross profit = Revenues - Cost of revenues",
    ),
    Code(
        "E113",
        "a parenthesis is not closed",
        "Without it, it is open what belongs together.",
        "A = (B - C",
        "A = (B - C)",
    ),
    Code(
        "E114",
        "a parenthesis is closed that was never opened",
        "Without it, it is open what belongs together.",
        "A = B - C)",
        "A = (B - C)",
    ),
    Code(
        "E115",
        "a relation holds two comparisons",
        "Each is judged and reported alone, so each stands on a line of its own.",
        "Shares outstanding <= Shares issued <= Shares authorized",
        "rule shares\n    Shares outstanding <= Shares issued\n    Shares issued <= Shares authorized",
    ),
    Code(
        "E116",
        "`is` is followed by a word that is no test",
        "The tests are `is reported`, `is missing`, `is positive`, `is negative` and `is zero`, each also "
        "with `not`; they stand in `when`.",
        "rule x\n    A = B\n    when Net income is profitable",
        "rule x\n    A = B\n    when Net income is positive",
    ),
    Code(
        "E117",
        "a function has too few or too many items",
        "Items are separated by `;` because commas belong to names: `max(Revenues, net; Net sales)` has two.",
        "Total = max(Revenues, net, Net sales)",
        "Total = max(Revenues, net; Net sales)",
    ),
    Code(
        "E118",
        "something follows `?` that cannot",
        "`?` comes last and makes the whole alternative zero where none is reported.",
        "Total = Cash? | Bank",
        "Total = Cash | Bank?",
    ),
    Code(
        "E119",
        "a bracket is not closed",
        "A bracket narrows the name before it.",
        "Net income[cash flow = Profit",
        "Net income[cash flow] = Profit",
    ),
    Code(
        "E120",
        "a rule has no id",
        "Reports, waivers and overrides name a rule by its id: letters, digits, - . and _ without blanks.",
        'rule "Gross profit"\n    A = B - C',
        'rule gross-profit "Gross profit"\n    A = B - C',
    ),
    Code(
        "E121",
        "something follows the id of a rule that is no title",
        "The first line holds the id and perhaps a title in quotes; relations and clauses stand below, "
        "indented. An id has no blanks.",
        "rule gross-profit: Gross profit = Revenues - Cost of revenues",
        "rule gross-profit\n    Gross profit = Revenues - Cost of revenues",
    ),
    Code(
        "E122",
        "a severity that is none",
        "`severity` takes error, warning or note, then perhaps `; error above 250 thousand`.",
        "rule x\n    A = B\n    severity high",
        "rule x\n    A = B\n    severity warning; error above 250 thousand",
    ),
    Code(
        "E123",
        "a tolerance that is none",
        "`tolerance` takes rounding, exact, or an amount such as `2 units` (of the last place), `5 thousand`, `1%`.",
        "rule x\n    A = B\n    tolerance small",
        "rule x\n    A = B\n    tolerance 2 units",
    ),
    Code(
        "E124",
        "a reason stands without quotes",
        "Reasons are free text; quotes say where they end.",
        "A = B\n    because Regulation S-X",
        'A = B\n    because "Regulation S-X"',
    ),
    Code(
        "E125",
        "a declaration has no indented line",
        "A rule or an override says what it states on the lines below, indented.",
        "rule x",
        "rule x\n    A = B",
    ),
    Code(
        "E126",
        "a line of a concept that says nothing of one",
        "Possible are `aka`, `xbrl`, and the words duration or instant; currency, shares, per share, percent, ratio or"
        " number; debit or credit; segment, entity or heading.",
        "concept Revenues\n    duration, money, credit",
        "concept Revenues\n    duration, currency, credit",
    ),
    Code(
        "E127",
        "a definition is not `define Name = expression`",
        "A definition gives a name to a value.",
        "define Gross margin",
        "define Gross margin = Gross profit / Revenues   as percent",
    ),
    Code(
        "E128",
        "names in a list are not separated",
        "Names in a list are separated by `;`, quoted ones also by a comma.",
        'rule x\n    each total = sum of its lines\n    except "A" B',
        'rule x\n    each total = sum of its lines\n    except "A"; B',
    ),
    Code(
        "E129",
        "an amount is marked as optional",
        "An amount is written in the rule and never missing.",
        "A = B + 5?",
        "A = B? + 5",
    ),
    Code(
        "E130",
        "a sign stands in a name that needs quotes",
        "Operators stand between blanks, so a caption with a spaced dash, and one with other signs or a "
        "digit first, goes in quotes.",
        "concept Revenues\n    aka Net sales - gross",
        'concept Revenues\n    aka "Net sales - gross"',
    ),
    Code(
        "E131",
        "`effective` does not say from or to when",
        "It limits a rule to periods that end between two days; either half alone will do.",
        "A = B\n    effective since 2018-01-01",
        "A = B\n    effective from 2018-01-01 to 2020-12-31",
    ),
    Code(
        "E132",
        "a clause stands on the line of something else",
        "Clauses stand on lines of their own, indented.",
        'skip us-gaap/bank because "no bank"',
        'skip us-gaap/bank\n    because "no bank"',
    ),
    Code(
        "E133",
        "an expression nests too deeply or has too many terms",
        "The limit keeps every later step safe. `define` gives a part a name of its own.",
    ),
    Code(
        "E134",
        "a line in the first column begins with an operator",
        "A line in the first column begins a new declaration; a continued line is indented.",
        "Total = A\n+ B",
        "Total = A\n    + B",
    ),
    Code(
        "E135",
        "AND, OR, NOT, `!=` or a test stands outside of `when`",
        "A rule is one comparison, so that its difference can be judged and located. Conditions say where it "
        "applies; two relations stand on two lines.",
        "Net income = Revenues AND Costs",
        "Net income = Revenues\n    when Costs is missing",
    ),
    Code(
        "E136",
        "a declaration is indented",
        "Declarations begin in the first column; indented lines belong to the one above.",
        "A = B\n    rule x",
        "A = B\nrule x\n    C = D",
    ),
    Code(
        "E137",
        "a bracket is empty or begins with a sign",
        "A bracket holds words: a statement, a period, a section, a column.",
        "A[] = B",
        "A[balance sheet] = B",
    ),
    Code(
        "E138",
        "a date that is none",
        "Dates are year-month-day, the first not after the last.",
        "A = B\n    effective from 2018-02-30",
        "A = B\n    effective from 2018-02-28",
    ),
    Code(
        "E139",
        "`sum of` is followed by neither a new line nor a kind of part",
        "`sum of` ends its line and introduces signed lines; on one line write the operators alone. "
        "`sum of quarters of X` (segments, entities, lines) adds parts.",
        "A = sum of B + C",
        "A = sum of\n    + B\n    + C",
    ),
    Code(
        "E140",
        "a clause stands in the first column",
        "Clauses belong to the declaration above them and are indented.",
        'A = B\nbecause "so"',
        'A = B\n    because "so"',
    ),
    Code(
        "E141",
        "a clause is stated twice",
        "Which of the two counts would be a guess.",
        "A = B\n    severity note\n    severity error",
        "A = B\n    severity note; error above 5",
    ),
    Code(
        "E142",
        "a skip or an override has no reason",
        "Both stand in every report, where the reader asks why.",
        "skip us-gaap/bank",
        'skip us-gaap/bank\n    because "not a bank"',
    ),
    Code(
        "E143",
        "a clause says nothing of what it stands under",
        "A skip takes a reason; a concept takes other names, kinds and tags.",
        "concept A\n    severity note",
        "concept A\n    aka B",
    ),
    Code(
        "E144",
        "`use` is given an address or a pattern",
        "It takes packs and files below the rules folders, nothing from elsewhere.",
        "use ../other",
        "use us-gaap",
    ),
    Code(
        "E145",
        "a concept is of two kinds that exclude each other",
        "A line is a balance or a flow, a debit or a credit.",
        "concept A\n    debit, credit",
        "concept A\n    debit",
    ),
    Code(
        "E146",
        "a condition compares nothing and tests nothing",
        "Write a comparison or a test such as `is reported`.",
        "A = B\n    when Revenues",
        "A = B\n    when Revenues is reported",
    ),
    Code(
        "E147",
        "two conditions stand side by side",
        "Conditions are joined with AND or OR, in capitals.",
        "A = B\n    when A is reported, B is reported",
        "A = B\n    when A is reported AND B is reported",
    ),
    Code(
        "E148",
        "a function that does not exist",
        "The functions are abs( min( and max(; a definition can take a name: `Growth of Revenues`.",
        "A = round(B - C)",
        "A = abs(B - C)",
    ),
    Code(
        "E149",
        "an id, pack or pattern was expected",
        "Ids have no blanks and no quotes; `*` stands for any characters.",
        'skip "us-gaap/bank"\n    because "x"',
        'skip us-gaap/bank\n    because "x"',
    ),
    Code(
        "E150",
        "a tag of a taxonomy was expected",
        "Tags have a prefix: `us-gaap:Revenues`; several are separated by commas.",
        "concept A\n    xbrl Revenues",
        "concept A\n    xbrl us-gaap:Revenues",
    ),
)

_UNFIT = (
    Code(
        "E151",
        "a kind that is none",
        "`kind` takes identity, bound, covenant (a bound of a contract, which knows no trivial breach) or "
        "expectation (which accuses no figure).",
        "A >= B\n    kind promise",
        "A >= B\n    kind covenant",
    ),
    Code(
        "E152",
        "a condition that does not begin with `when`",
        "`if` is the word of spreadsheets. Read as part of a name the line would be one more relation, and "
        "the rule would run without its condition.",
        "rule x\n    A = B\n    if C > 0",
        "rule x\n    A = B\n    when C > 0",
    ),
    Code(
        "E201",
        "a name is nearly one that is known",
        "A misspelled name never binds, and a rule that never applies protects nobody.",
        "concept Cost of revenues\n    aka Cost of sales\nGross profit = Revenues - Cost of revenus",
        "concept Cost of revenues\n    aka Cost of sales\nGross profit = Revenues - Cost of revenues",
    ),
    Code(
        "E202",
        "a comma stands in an item of a function between two known names",
        "Commas belong to names: this is one name with a comma in it.",
        "concept Revenues\nconcept Net sales\nconcept Cash\nCash = max(Revenues, Net sales; Cash)",
        "concept Revenues\nconcept Net sales\nconcept Cash\nCash = max(Revenues; Net sales; Cash)",
    ),
    Code(
        "E203",
        "an id is given twice",
        "Reports, waivers and overrides could not tell the two apart.",
        "rule x\n    A = B\nrule x\n    C = D",
        "rule x\n    A = B\nrule y\n    C = D",
    ),
    Code(
        "E204",
        "units do not go together",
        "Amounts per share, in percent and in currency neither add up nor compare.",
        "concept Net income\n    duration, currency\nconcept Basic earnings per share\n    duration, per share\n"
        "Net income = Basic earnings per share + Net income",
        "concept Net income\n    duration, currency\nconcept Basic earnings per share\n    duration, per share\nconcept"
        " Basic shares\n    duration, shares\nBasic earnings per share = Net income / Basic shares",
    ),
    Code(
        "E205",
        "an instant and a duration are set equal without saying which instant",
        "A balance moves by flows: `closing X = opening X + flow`. A balance and a flow that are simply "
        "equal are nearly always a slip.",
        "concept Cash\n    instant, currency\nconcept Net change in cash\n    duration, currency\nCash = Net "
        "change in cash",
        "concept Cash\n    instant, currency\nconcept Net change in cash\n    duration, currency\nclosing "
        "Cash = opening Cash + Net change in cash",
    ),
    Code(
        "E206",
        "a pack or file that does not exist",
        "Without it, rules that were meant to run do not.",
        "use no-such-pack",
        "A = B",
    ),
    Code(
        "E207",
        "an override or a skip that fits no rule",
        "The rule was renamed or is gone; what was meant to be changed or switched off is not.",
        'skip gone/rule\n    because "x"',
        'A = B\nskip example/a\n    because "x"',
    ),
    Code(
        "E208",
        "an override replaces the relation of several rules",
        "A relation belongs to one rule.",
        'rule x\n    A = B\nrule y\n    C = D\noverride example/*\n    A = C\n    because "x"',
        'rule x\n    A = B\nrule y\n    C = D\noverride example/x\n    A = C\n    because "x"',
    ),
    Code(
        "E209",
        "a name is defined twice in one file",
        "Which of the two counts would be a guess.",
        "define A = B\ndefine A = C",
        "define A = B\ndefine D = C",
    ),
    Code(
        "E210",
        "a definition uses itself",
        "It would have no value.",
        "define A = B + 1\ndefine B = A / 2",
        "define A = B + 1\ndefine B = C / 2",
    ),
    Code(
        "E211",
        "a concept is declared otherwise than before",
        "The later declaration counts; rules written for the earlier one may now mean something else.",
        "concept A\n    instant\nconcept A\n    duration",
        "concept A\n    instant\nconcept A\n    aka B",
    ),
    Code(
        "E212", "a definition replaces that of another file", "The later one counts, in every rule that uses the name."
    ),
    Code(
        "E213",
        "two concepts claim one other name",
        "A caption would then mean either.",
        "concept A\n    aka Total\nconcept B\n    aka Total",
        "concept A\n    aka Total\nconcept B\n    aka Whole",
    ),
    Code(
        "E214",
        "a lower-case key word stands inside a name",
        "It was read as part of the name. AND, OR and NOT are upper case; clauses stand on lines of their own.",
        'concept Revenues\nconcept Turnover\nGross profit = Revenues or Turnover - Costs\n    because "x"',
        'concept Revenues\nconcept Turnover\nGross profit = (Revenues | Turnover) - Costs\n    because "x"',
    ),
    Code(
        "E215",
        "an expression grows too large when definitions are written out",
        "Definitions that use others several times multiply: a few lines can mean more terms than any computer holds. "
        "Rules stay safe to run because this is an error.",
    ),
    Code(
        "E216",
        "a known caption with a spaced dash is read as two names",
        "Operators stand between blanks, so a dash between blanks subtracts.",
        'concept Related notes\n    aka "Notes payable - related parties"\nTotal notes = Notes payable - related'
        " parties",
        'concept Related notes\n    aka "Notes payable - related parties"\nTotal notes = "Notes payable - related'
        ' parties"',
    ),
    Code(
        "E217",
        "an operator between two known names has no blanks around it",
        "Captions are full of dashes and slashes, so `A-B` is one name and `A - B` a difference.",
        'concept Revenues\nconcept Costs\nProfit = Revenues-Costs\n    because "x"',
        'concept Revenues\nconcept Costs\nProfit = Revenues - Costs\n    because "x"',
    ),
    Code(
        "E218",
        "a function of a spreadsheet is read as a name",
        "A sum is written with its operators, so that each term has a place of its own. The functions are "
        "abs( min( and max(, in lower case.",
        'Total = SUM(Cash, Bank)\n    because "x"',
        'Total = Cash + Bank\n    because "x"',
    ),
    Code(
        "E219",
        "a percentage is compared with a number that has no percent sign",
        "Percentages are shares of a whole: 25 is twenty-five times the whole, 25% a quarter of it.",
        "define Gross margin = Gross profit / Revenues   as percent\nGross margin >= 25",
        "define Gross margin = Gross profit / Revenues   as percent\nGross margin >= 25%",
    ),
    Code("E220", "a rule file cannot be read", "It does not exist, or its permissions do not let you."),
    Code("E221", "a rule file is too large", "The limit is four million bytes."),
    Code("E222", "a rule file is not UTF-8", "Read in another encoding, names would not compare."),
    Code("E223", "a folder holds too many rule files", "It is probably not the folder that was meant."),
    Code("E224", "a folder holds no rule file", "Rule files end in .rules."),
    Code(
        "E225",
        "a word about time is none that names a period",
        f"It is sought among the headings of the page and not found there. The lengths are {', '.join(MONTHS)}; then"
        " there are Q1 to Q4, a year, a day such as March 31, 2013, and current period. `prior X` ends a year earlier,"
        " `preceding X` where this period begins. A heading goes in quotes.",
        "Revenues = Revenues[H1] + Other",
        "Revenues = Revenues[six months] + Other",
    ),
    Code(
        "E226",
        "a relation that says nothing, or can never hold",
        "Both sides name the same, so that what the page prints has no say.",
        'rule x\n    A >= A + 1\n    because "x"',
        'rule x\n    A >= B + 1 as printed\n    because "x"',
    ),
    Code(
        "E227",
        "one relation twice",
        "Two rules of a file ask the same under the same conditions, turned round perhaps. Both would be "
        "judged, and one of them is maintained in vain.",
        'A = B + C   # one\n    because "x"\nB = A - C\n    because "y"',
        'A = B + C\n    because "x"\nB = A - D\n    because "y"',
    ),
    Code(
        "E228",
        "two bounds that leave nothing between them",
        "No page can keep both: one of them has its sign, its amount or its condition wrong.",
        'rule a\n    A / B >= 6\n    because "x"\nrule b\n    A / B <= 2\n    because "y"',
        'rule a\n    A / B >= 2\n    because "x"\nrule b\n    A / B <= 6\n    because "y"',
    ),
    Code(
        "E229",
        "a cell of a spreadsheet",
        "Names are captions: what the page prints before the amount.",
        'B5 = B3 - B4\n    because "x"',
        'Gross profit = Revenues - Cost of revenues\n    because "x"',
    ),
    Code(
        "E230",
        "a number beside money without a unit",
        "On a page in thousands `Cash >= 600` has two meanings, and decides nothing. Say `$600 thousand`, or "
        "`600 as printed`.",
        'concept Cash\n    instant, currency\nCash >= 600\n    because "x"',
        'concept Cash\n    instant, currency\nCash >= $600 thousand\n    because "x"',
    ),
    Code(
        "E153",
        "brackets of another kind around a part of a calculation",
        "Round brackets hold what belongs together; square ones narrow a name, and curly ones mean nothing.",
        "Net income = [Operating income - Taxes]",
        "Net income = (Operating income - Taxes)",
    ),
    Code(
        "E154",
        "a comment that begins as in programs",
        "A comment begins with `#` at the start of a line, or behind a blank.",
        "// gross profit\nGross profit = Revenues - Costs",
        "# gross profit\nGross profit = Revenues - Costs",
    ),
    Code(
        "E155",
        "a decimal comma",
        "Commas part thousands, and belong to names; decimals stand behind a point.",
        "Assets / Liabilities >= 1,25",
        "Assets / Liabilities >= 1.25",
    ),
    Code(
        "E156", "a power", "There are + - * / and no others.", "Revenues = Base * 1.1^2", "Revenues = Base * 1.1 * 1.1"
    ),
    Code(
        "E157",
        "a unit that is written otherwise",
        "Scales are words, because `m` and `M` are a thousand to some and a million to others; a currency is "
        "its sign or its code before the number.",
        "Cash >= $5m",
        "Cash >= $5 million",
    ),
    Code(
        "E231",
        "a letter for a sign of multiplication",
        "An x between blanks belongs to the name. The sign is `*`, or `×`.",
        'concept Shares\nEarnings = Earnings per share x Shares\n    because "x"',
        'concept Shares\nEarnings = Earnings per share * Shares\n    because "x"',
    ),
    Code(
        "E232",
        "words for another period that are read as part of a name",
        "`prior X` is a year earlier, `preceding X` the period before, `opening` and `closing` the balances "
        "at both ends; all in lower case.",
        "concept Revenues\n    duration, currency\nconcept Gross profit\n    duration, currency\nRevenues >= last year"
        ' Revenues\n    because "x"',
        "concept Revenues\n    duration, currency\nconcept Gross profit\n    duration, currency\nRevenues >= prior"
        ' Revenues\n    because "x"',
    ),
    Code(
        "E233",
        "a statement that is called otherwise, or in brackets of another kind",
        "Statements are called income statement, balance sheet, cash flow, equity, comprehensive income, segments,"
        " reconciliation and notes, in square brackets.",
        'Net income[P&L] = Income - Taxes\n    because "x"',
        'Net income[income statement] = Income - Taxes\n    because "x"',
    ),
    Code(
        "E234",
        "a share of a whole compared with what is probably none",
        "A share of revenues or of total assets is a number up to one, or a percentage: 35 is thirty-five "
        "times the whole, 0.35% hardly anything of it.",
        "concept Revenues\n    duration, currency\nconcept Gross profit\n    duration, currency\nGross profit /"
        ' Revenues >= 35\n    because "x"',
        "concept Revenues\n    duration, currency\nconcept Gross profit\n    duration, currency\nGross profit /"
        ' Revenues >= 35%\n    because "x"',
    ),
    Code(
        "E235",
        "a label that is read as part of a name",
        "Nothing in a rule file has a label with a colon: a relation stands on its line alone.",
        'relation: A = B\n    because "x"',
        'A = B\n    because "x"',
    ),
    Code(
        "E236",
        "a name that is nearly a caption of the release",
        "With `tieout rules lint --on RELEASE` names are held against what is printed there; a rule that "
        "speaks of a caption nobody prints is never judged.",
    ),
)

_DOUBTFUL = (
    Code(
        "W403",
        "a rule says neither because nor see",
        "Whoever reads a violation asks which standard or document asks for it.",
        "rule x\n    A = B",
        'rule x\n    A = B\n    because "ASC 210"',
    ),
    Code(
        "W404",
        "a relative tolerance",
        "At 1 % nearly half of all single-figure errors pass. What rounding explains is allowed without any tolerance.",
        'rule x\n    A = B\n    tolerance 1%\n    because "x"',
        'rule x\n    A = B\n    tolerance 2 units\n    because "x"',
    ),
    Code(
        "W405",
        "something that can be written is not judged yet",
        "A rule with it never applies, and tests nothing. The reference of the language lists what is meant.",
        'rule x\n    each figure agrees with the filing\n    because "x"',
        'rule x\n    each total = sum of its lines\n    because "x"',
    ),
    Code(
        "W406",
        "a definition takes the name of a line that statements print",
        "In rules the name then means what is computed, and every place that prints it is checked against "
        "it. That may be meant, or a rule was.",
        "concept Revenues\n    duration, currency\nconcept Gross profit\n    duration, currency\ndefine "
        "Gross profit = Revenues - Costs",
        "concept Revenues\n    duration, currency\nconcept Gross profit\n    duration, currency\nGross profit ="
        ' Revenues - Costs\n    because "x"',
    ),
    Code(
        "W407",
        "nothing in the release is called so",
        "With `tieout rules lint --on RELEASE`: the rule cannot be judged there. That is no mistake where "
        "other releases print it.",
    ),
)

CODES = MappingProxyType({code.code: code for code in (*_UNREAD, *_UNFIT, *_DOUBTFUL)})
"""Every code of the language, in order."""
