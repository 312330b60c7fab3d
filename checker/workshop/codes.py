"""Every code that a message can bear, explained: those of the rule language, and those of reading, configuration and
the run, which stand here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import fill
from types import MappingProxyType

from checker.language.codes import CODES, Code

_RUN = (
    Code(
        "A101",
        "a file to hold against has no amounts",
        "Neither accounts with their balances nor a table of figures was found in it: nothing would be tied, "
        "and nobody would see it.",
    ),
    Code(
        "A102",
        "a trial balance does not balance",
        "Its debits differ from its credits. Figures are tied to it all the same; an account may be missing.",
    ),
    Code(
        "A103",
        "figures were held against a file",
        "How many were tied to it, and why the others were not. What differs is a finding of `against/`.",
    ),
    Code("C001", "a configuration file cannot be opened", "Nothing runs with settings that nobody has read."),
    Code(
        "C002",
        "a configuration file is no TOML",
        "Texts stand in quotes, lists in brackets; a table [tool.tieout] counts in pyproject.toml only.",
        "fail-on = warning",
        'fail-on = "warning"',
    ),
    Code(
        "C003",
        "a setting has an unknown name or the wrong kind of value",
        "Settings are the long options of `tieout check` without their dashes.",
        'fail_on = "error"',
        'fail-on = "error"',
    ),
    Code(
        "C101",
        "a rule that was asked for does not exist",
        "A gate that selects or requires a rule by a wrong name would check nothing and say nothing.",
    ),
    Code(
        "C102",
        "the end of an id fits several rules",
        "Which of them is meant decides what is checked, so nothing runs.",
        "--ignore net-income",
        "--ignore cash-flow/net-income",
    ),
    Code("C201", "a file that was to be made exists", "What someone wrote is never written over."),
    Code("C305", "a file to hold against cannot be opened", "The run would hold its figures against nothing."),
    Code(
        "G101",
        "a file of waivers cannot be opened",
        "A gate whose exceptions nobody has read lets through too much or too little.",
    ),
    Code(
        "G102",
        "a file of waivers is no TOML",
        "Every waiver is a table [[waiver]]; texts stand in quotes, a day does not.",
    ),
    Code(
        "G103",
        "a waiver lacks something, or says something nobody knows",
        "A waiver names the rule, the document, the reason, who approved it and the last day on which it "
        "holds; the difference binds it to what was approved.",
        '[[waiver]]\nrule = "gross-profit"\ndocument = "draft.md"',
        '[[waiver]]\nrule = "gross-profit"\ndocument = "draft.md"\nreason = "restated in the filing"\napprover = "J.'
        ' Doe"\nexpires = 2026-12-31\ndifference = "9000"',
    ),
    Code(
        "G104",
        "a waiver lasts too long",
        "What was accepted for good is never looked at again. --waiver-horizon says how many days are allowed.",
    ),
    Code("G105", "a waiver has expired", "Its finding counts again. Correct the figure, or have it approved anew."),
    Code(
        "G106",
        "a waiver waives nothing",
        "The finding is gone, or the waiver names it wrongly. Remove it: it would cover the next error in that place.",
    ),
    Code(
        "G108",
        "a waiver is pending",
        "Someone accepted a finding and nobody said until when. The finding counts until the waiver has a last day.",
    ),
    Code(
        "G109",
        "a dismissal is disputed",
        "One accepts the finding, another says that it is an error. It counts until they agree.",
    ),
    Code(
        "G110",
        "a decision of a review lacks something, or says something nobody knows",
        "It names the document, the finding or the figure, who decided it and why; tieout review writes it so.",
    ),
    Code(
        "G107",
        "a waiver was written for another difference",
        "Someone approved one difference, not any. The finding counts until the new one is approved.",
    ),
    Code(
        "G201",
        "a baseline cannot be opened",
        "Without it everything that is old would block. tieout baseline makes one.",
    ),
    Code(
        "G202",
        "a file is no baseline",
        "It is not what `tieout baseline` wrote, or was changed by hand. Make it anew, or take it from "
        "version control.",
    ),
    Code(
        "G203",
        "findings that the baseline counts are fixed",
        "What is left of the count would hide new errors. `tieout baseline --prune` lets it shrink.",
    ),
    Code(
        "G204",
        "a baseline exists already",
        "It only shrinks: --prune takes out what is fixed; --grow, said aloud, counts what there is now.",
    ),
    Code("G301", "a file is no receipt", "It is not what `tieout check --receipt` wrote."),
    Code(
        "W402",
        "no specimen tests a rule",
        "A specimen on the page beside the rule file is a small statement with the verdicts that the rule must get."
        " Without one nobody knows whether the rule binds to what its author had in mind, and nobody notices when it"
        " stops doing so.",
    ),
    Code(
        "W411",
        "a rule never applies",
        "Its condition contradicts itself, or its days or figures rule each other out: no page can ever be "
        "judged by it.",
        "rule x\n    A = B\n    when A > 5% AND A < 3%",
        "rule x\n    A = B\n    when A > 3% AND A < 5%",
    ),
    Code(
        "W412",
        "a relation that no page can keep",
        "Whatever is printed, the rule is violated wherever it applies.",
        "rule x\n    abs(A) <= -5%",
        "rule x\n    abs(A) <= 5%",
    ),
    Code(
        "W413",
        "a relation that every page keeps",
        "Whatever is printed, the rule agrees: it tests nothing.",
        "rule x\n    abs(A) >= -5%",
        "rule x\n    A >= -5%",
    ),
    Code(
        "W414",
        "rules that no page can keep together",
        "One of those named has its sign, its amount or its condition wrong. None of them can be left out of the"
        " contradiction; the page that is shown keeps all of them but one.",
        "A >= B + 1%\nB >= C\nC >= A",
        "A >= B + 1%\nB >= C\nA >= C",
    ),
    Code(
        "W415",
        "one rule twice",
        "Two rules apply to the same pages and say the same of them, turned round or multiplied perhaps. One "
        "of them is maintained in vain.",
        "A = 2 * B\nB = A / 2",
        "A = 2 * B",
    ),
    Code(
        "W416",
        "a rule that others imply",
        "Wherever it applies, the others apply too, and a page that keeps them keeps it. It may be there for "
        "its reason or its severity.",
        "A >= B + 5%\nA >= B",
        "A >= B + 5%",
    ),
    Code(
        "W417",
        "rules that leave a figure one amount",
        "Together they can be kept only by pages that print this very amount. Two sums that differ in a sign "
        "leave their common term nothing but zero.",
        "A = B + C\nA = B - C",
        "A = B + C\nA = D - C",
    ),
    Code(
        "W418",
        "it could not be decided whether a rule says something",
        "Products and quotients of figures can make the question too hard for the work that is allowed.",
    ),
    Code(
        "C005",
        "settings lie beside a document and are not used",
        "tieout.toml counts from the folder in which the command runs, and from those above it: a document that comes"
        " in a stranger's folder must not bring along what is asked of it. --config names a file to use.",
    ),
    Code(
        "C301",
        "there is no such kind of comparison",
        "Two documents are drafts, a release and a filing of its period, or a release and the next one.",
    ),
    Code(
        "C302",
        "there is no rule, definition or concept of that name",
        "`tieout rules list` names them all; the end of an id will do.",
    ),
    Code("C303", "there is no document to read", "A path leads nowhere, or a folder holds nothing that is read."),
    Code(
        "C304",
        "the call of a tool is wrong",
        "A program that calls `tieout mcp` names no tool that there is, or gives it wrong arguments.",
    ),
    Code(
        "P101",
        "no relationship of the document could be decided",
        "It holds figures, but no sum, rule or repeat stands on them. It has not been checked, whatever else "
        "is said of it.",
    ),
    Code(
        "P104",
        "no rule of the run applied",
        "The document was read, and the few rules that were chosen found nothing to judge in it: it has not "
        "been checked.",
    ),
    Code(
        "P102",
        "a rule holds and leaves out a line of its block",
        "An auditor's sum holds, and a line that stands among its lines is named by no term. Either the rule forgot it,"
        " or the total did: the figures count as untested. Name the line in the rule or, where leaving it out is"
        " intended, add the clause `these lines are meant`.",
    ),
    Code(
        "P105",
        "a bound holds only because a line is printed in brackets",
        "A bound compares numbers as they are printed: a cost of (188.0) is below every limit, whatever its size. Write"
        " `abs(Rent)` for the size, or `Rent[as printed]` where the sign is meant.",
        bad="Rent / Total revenue <= 18%",
        good="abs(Rent) / Total revenue <= 18%",
    ),
    Code(
        "P201",
        "two neighbouring lines print the same",
        "One caption and the same amounts twice in a row is a line copied once too often, far oftener than two things.",
    ),
    Code(
        "P202",
        "a formula and the cells beside it do not agree, and no number is changed by it",
        "A formula leaves out an empty or zero line, or a number stands among formulas and is what they "
        "give. The next change of the numbers may break it.",
    ),
    Code(
        "P203",
        "an amount is missing in a table that prints all others",
        "Every other line prints something in this column, this line prints an amount in every other column, and no sum"
        " holds without it. Where nothing is meant, print a dash.",
    ),
    Code(
        "P204",
        "a column stands one line off",
        "A cell was lost, and what stood below it moved up by a line: the total of the column prints nothing, and the "
        "line above it prints what all others before it come to. In the other columns the sum holds where it stands.",
    ),
    Code(
        "P206",
        "a statement lacks a line that goes with one it prints",
        "Total assets stand beside total liabilities and equity, a balance at the end beside one at the beginning: "
        "where one of them was deleted, the lines before it still come to the total after it, and no sum tells.",
    ),
    Code(
        "P110",
        "printed figures were read otherwise than their tags state",
        "All tags of a line differ from what was read in the same way. It may be the scale or the unit that was read"
        " wrong, or the tags are wrong: look once. A tag that alone departs from its line is a finding of the rule"
        " tags/facts/printed.",
    ),
    Code(
        "P111",
        "printed figures were read for another period than their tags state",
        "All tags of a column have one period, and its head was read as another. Look once; what is said of "
        "the column rests on it.",
    ),
    Code(
        "P113",
        "tags claim to be more exact than print",
        "Their decimals say that they are rounded to less than the last printed digit shows.",
    ),
    Code(
        "P112",
        "amounts are tagged and shown nowhere",
        "They stand in the hidden part of a page. Programs that read the filing take them for reported.",
    ),
    Code(
        "P103",
        "a house rule speaks of a name that is nearly a caption",
        "The rule was never judged, and one of its names is a caption of the document but for a slip of the hand.",
        bad="Gross proffit = Revenues - Cost of revenues",
        good="Gross profit = Revenues - Cost of revenues",
    ),
    Code(
        "R101",
        "the encoding is not the one declared, or none is declared",
        "Which encoding a file was read in is part of the report, because a wrong one changes captions and "
        "currency signs.",
    ),
    Code(
        "R102",
        "characters could not be decoded",
        "They were replaced; captions that held them compare with nothing. Save the file as UTF-8.",
    ),
    Code("R103", "the file is empty", "An empty file is never clean; it was probably not written completely."),
    Code(
        "R104",
        "a file was read only in part",
        "It is far larger than any release; what lies beyond the limit was not looked at. Split it.",
    ),
    Code(
        "R110",
        "a kind of file that cannot be read",
        "What a file is, its content says. Save its text, or give the HTML or text version of the release.",
    ),
    Code("R111", "the file was unpacked", "Places count bytes of the unpacked file, not of the one given."),
    Code("R112", "a packed file cannot be unpacked", "It counts as not read. Unpack it first, or fetch it again."),
    Code(
        "R113",
        "a packed file is too large when unpacked",
        "The limit keeps a small file from filling the machine. Unpack it, if it is what you expect.",
    ),
    Code("R114", "a packed file was cut short", "Only what could be unpacked was read."),
    Code("R115", "an XML file that holds no statements to read", "Data files go with a page for people: give that."),
    Code(
        "R116",
        "a file ends in the middle",
        "It opens what it never closes: a part of it is missing. Fetch or save it again; half a release is "
        "never clean.",
    ),
    Code(
        "R117",
        "a kind of file whose reader is not installed",
        "The line beside it installs what reads it; or give the HTML or text version.",
    ),
    Code("R120", "no table with figures was found", "Statements must be given as text or HTML, not as pictures."),
    Code(
        "R121",
        "a submission holds documents that are not checked",
        "A full submission text holds many documents; only those that can hold a statement are read.",
    ),
    Code(
        "R131",
        "a statement is flattened into running text",
        "Its columns cannot be told apart. Give the release as HTML, or with one row a line.",
    ),
    Code(
        "R132",
        "a Word file has tracked changes",
        "It is read as if all were accepted. Accept or reject them before you publish.",
    ),
    Code(
        "R133",
        "a Word file has text that is not shown",
        "What is hidden or struck through is no part of the release, and was not read.",
    ),
    Code(
        "R134",
        "a Word file holds or refers to other files",
        "Embedded files, macros and files outside are never opened, run or fetched.",
    ),
    Code(
        "R135",
        "an Office file declares a document type or entities",
        "No Office program writes them; they attack readers. Save it again from Word.",
    ),
    Code(
        "R136",
        "a message cannot be taken apart, or not wholly",
        "It is damaged, cut short, encrypted or nested too deep: something was not checked.",
    ),
    Code(
        "R137",
        "parts of a message are not read",
        "Pictures, signatures and a few words to go with an attachment hold no release.",
    ),
    Code(
        "R138",
        "an archive cannot be unpacked, or not wholly",
        "It is damaged, encrypted, holds two files of one name, or more than any filing: something was not checked.",
    ),
    Code(
        "R139",
        "a line of a table whose cells stand below each other has a figure too few or too many",
        "Every other line has one for each column. Nothing tells which of them was lost or printed twice, so none of "
        "its figures was checked. Where nothing is meant, print a dash.",
    ),
    Code(
        "R150",
        "extracted figures cannot be read back",
        "The file is not what `tieout extract` prints, or a correction by hand broke it.",
    ),
    Code("R151", "only the first document is read back", "One file of figures stands for one release."),
    Code(
        "R152",
        "figures of the running text are not checked",
        "Extracted figures come without the sentences they stand in.",
    ),
    Code(
        "R160",
        "a PDF file is damaged",
        "What of it cannot be opened was not checked, and half a release is never clean. Fetch or save it again.",
    ),
    Code(
        "R161",
        "pages of a PDF hold no text",
        "A scan is a picture of a page. Give the file that was scanned, or the release as HTML or text.",
    ),
    Code(
        "R162",
        "the text of a PDF cannot be read",
        "Its fonts show characters and do not say which. Give the HTML or text version.",
    ),
    Code(
        "R163",
        "the text of a PDF was read off pictures",
        "A program recognised it, and may have taken an 8 for a 3. Hold what is found against the page.",
    ),
    Code(
        "R164",
        "text of a PDF that is never shown was left out",
        "What no reader of the page sees is no part of a release.",
    ),
    Code("R165", "files embedded in a PDF were not looked into", "Check each by itself, if it belongs to the release."),
    Code("R166", "a PDF asks for a password", "Nothing of it was read. Save it without a password, and check that."),
    Code(
        "R167",
        "the library that reads PDF files failed",
        "It reads in a process of its own, which ended or took more than it may. Nothing of the file was checked.",
    ),
    Code(
        "R180",
        "a workbook, or one sheet of it, cannot be read",
        "It is damaged, cut short or locked. Open it in a spreadsheet program and save it again.",
    ),
    Code(
        "R181",
        "a workbook is too large when unpacked",
        "The limit keeps a small file from filling the machine. Split it, if it is what you expect.",
    ),
    Code(
        "R182",
        "rows, columns or sheets are hidden",
        "Nobody who looks at the sheet sees them, so they are not checked. Show them to have them checked.",
    ),
    Code(
        "R183",
        "formulas have no stored value",
        "A program wrote them and none has calculated them. Open the workbook in a spreadsheet program and save it.",
    ),
    Code(
        "R184",
        "a workbook holds macros or links to other workbooks",
        "They are never run and never followed: the values stored are what is checked.",
    ),
    Code(
        "R190",
        "tags of amounts name a context that is not there",
        "Without it nothing says which period, entity and dimensions they speak of: they are compared with nothing.",
    ),
    Code(
        "R191",
        "an instance, a linkbase or a schema could not be read",
        "Files that go with a filing are XML without document types and entities. Whatever else they hold is "
        "refused, and nothing they name is fetched.",
    ),
    Code(
        "R192",
        "linkbases were read with a filing",
        "They lie in its folder and belong to the schema that it names: its calculations are judged by them.",
    ),
    Code(
        "R199",
        "the reader failed on a file",
        "This is an error of the program; the other documents of the run are not touched by it.",
    ),
    Code(
        "T001",
        "the program failed on a document",
        "This is an error of the program, never of the release: status 70. The message names the place in "
        "the program and nothing of the document.",
    ),
    Code(
        "T002",
        "a document was not finished in time",
        "It counts as not read. Raise --timeout if the document is large and the machine slow.",
    ),
    Code("T003", "a document is larger than allowed", "It was not read. Raise --max-size."),
    Code(
        "T004",
        "a document or a folder cannot be opened",
        "The system said why; it counts as not read: a folder that is closed may hold anything.",
    ),
    Code(
        "T005",
        "a folder holds files that were not read",
        "A release may come in a kind of file that is not taken out of a folder. Name the file itself, or "
        "give its text or HTML.",
    ),
    Code(
        "T007",
        "a copy with comments was not written",
        "The file cannot be copied, or it has changed while it was checked. Run it again.",
    ),
    Code(
        "T006",
        "a folder holds files that are no documents",
        "Reports of earlier runs, hidden files and such are passed over.",
    ),
    Code(
        "X101",
        "no table with figures was found",
        "The release may be an image, or its tables may be set as running text. A document without a figure "
        "in a table is never clean.",
    ),
    Code(
        "X102",
        "a table was passed over",
        "Its numbers make no columns, so that nothing is known of their periods; what it prints was not checked.",
    ),
    Code(
        "X103",
        "an amount in a table cannot be read",
        "It stands in a column of figures and means an amount, but a digit is lost or a letter stands in its place."
        " Nothing is tested of it, and no comparison sees it change. The report lists every such cell.",
        "| Revenue | 1,498,9O5 |",
        "| Revenue | 1,498,905 |",
    ),
    Code(
        "X104",
        "an amount in a table is still to come",
        "A sign such as [●], TBD or X,XXX keeps its place. Nothing is tested of it. The report lists every such cell.",
        "| Revenue | [●] |",
        "| Revenue | 1,498,905 |",
    ),
    Code(
        "X110",
        "a picture stands where a statement should",
        "What a picture prints is never read. Give the statement as text or HTML.",
    ),
    Code(
        "X111",
        "the text ends inside a table",
        "Its last figure is the last character of the file: rows, or the rest of that figure, may be "
        "missing. End a complete text with a line break.",
    ),
    Code(
        "X112",
        "the text ends below the title of a statement",
        "The statement that is announced is not there. Fetch or save the text again.",
    ),
)

EXPLAINED: Mapping[str, Code] = MappingProxyType({**CODES, **{code.code: code for code in _RUN}})
"""Every code by its name."""

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "against/figure": "A figure of the release is what the file it is held against says of the same line, period "
        "and unit, within the rounding of the coarser of the two. It speaks with --against FILE only. What is not "
        "tied is counted with why (A103), and never a finding.",
        "against/sentence": "An amount that a sentence states plainly, of what and when it is, is what the file it is "
        "held against says. It speaks with --against FILE only.",
        "against/side": "The account of a line of the balance sheet has its balance on the side, debit or credit, that "
        "the name of the line and its printed sign say. It speaks with --against FILE only, where that is a list of "
        "accounts.",
    }
)
"""What findings that no rule file states are checks of, by the id that they bear."""

_CODE = re.compile(r"[A-Z]\d{3}")


def is_code(text: str) -> bool:
    """Whether a text has the shape of a code."""
    return _CODE.fullmatch(text.upper()) is not None


def check_explained(name: str) -> str | None:
    """The checks that no rule file states, by their id, or all of a group by its name; None where there are none."""
    told = {one: text for one, text in CHECKS.items() if name in (one, one.partition("/")[0])}
    return "\n".join(f"{one}\n\n{fill(text, 80)}\n" for one, text in told.items()) or None


def explanation(code: Code) -> str:
    """A code as a page: what it says, why it matters, a bad and a good example."""
    lines = [f"{code.code}: {code.what}", "", fill(code.why, 80)]
    for word, example in (("bad", code.bad), ("good", code.good)):
        if example:
            lines += ["", f"{word}:", *(f"    {line}" for line in example.splitlines())]
    return "\n".join(lines) + "\n"
