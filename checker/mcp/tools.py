"""What programs may call, and what they are answered: check, extract, explain and compare, as the public door does
them.

An answer has two forms: a text for whoever reads along, and data in the shape of the schemas `tieout/1` and
`tieout-compare/1`. The data of a check holds what needs a look: findings that agree are counted, and figures stand
there where a finding names them; `extract` has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field

from checker.api.answers import Report
from checker.api.crash import describe
from checker.api.door import Document, Options, check, compare, explain, extract, load_rules
from checker.api.errors import Refused
from checker.api.inputs import STANDARD_INPUT
from checker.api.limits import Limits
from checker.compare import KINDS, apart
from checker.core.value import evolve, frozen
from checker.mcp.asked import Argument, read, refused, schema
from checker.report import EXTRACTS
from checker.report.style import PLAIN
from checker.report.trouble import trouble

_LIMITS = Limits()


@frozen
class Answer:
    """What a call is answered; `failed` where it was not carried out, with the reason as its text."""

    text: str
    data: Mapping[str, Any] | None = None
    failed: bool = False


@frozen
class Tool:
    """One thing that may be called. `work` takes the arguments, and whether amounts and text of documents are left out
    of the answer."""

    name: str
    about: str
    arguments: tuple[Argument, ...]
    work: Callable[[Mapping[str, Any], bool], Answer] = field(repr=False)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of its arguments."""
        return schema(self.arguments)


def call(name: str, given: Mapping[str, Any], redact: bool) -> Answer:
    """The answer of a tool; whatever goes wrong is an answer too."""
    tool = TOOLS.get(name)
    try:
        if tool is None:
            raise refused(f"there is no tool {name!r}; there are {', '.join(TOOLS)}")
        return tool.work(read(tool.arguments, given), redact)
    except Refused as no:
        return Answer("\n".join(trouble(one, PLAIN) for one in no.problems), failed=True)
    except Exception as error:
        return Answer(f"internal error: {describe(error)}", failed=True)


# ---- the tools -------------------------------------------------------------------------------------------------------


def _check(given: Mapping[str, Any], redact: bool) -> Answer:
    rules = load_rules(*given.get("rules", ()), shipped=not given.get("no_shipped", False))
    options = Options(
        select=tuple(given.get("select", ())),
        ignore=tuple(given.get("ignore", ())),
        require=tuple(given.get("require", ())),
        fail_on=given.get("fail_on", "error"),
        fail_on_rounding=given.get("fail_on_rounding", False),
        min_coverage=given.get("min_coverage", 50),
        timeout=_LIMITS.seconds,
    )
    report = _shown(check(_documents(given), rules, options), redact)
    whole = report.to_dict()
    return Answer(report.render("text"), {**whole, "documents": [_to_look_at(one) for one in whole["documents"]]})


def _extract(given: Mapping[str, Any], redact: bool) -> Answer:
    report = _shown(extract(_documents(given), Options(timeout=_LIMITS.seconds)), redact)
    return Answer(str(EXTRACTS["text"].render(report.run)), report.to_dict())


def _explain(given: Mapping[str, Any], _: bool) -> Answer:
    return Answer(explain(given["name"], load_rules(*given.get("rules", ()))))


def _compare(given: Mapping[str, Any], redact: bool) -> Answer:
    from checker.compare import shape, text

    comparison = compare(_one(given, "old"), _one(given, "new"), given.get("kind"), Options(timeout=_LIMITS.seconds))
    for checked in (comparison.old, comparison.new):
        if not any(figure.origin == "table" for figure in checked.figures):
            raise refused(
                f"{checked.source.path}: not compared: no figure in a table was found",
                *(one.message for one in checked.problems),
            )
    if redact:
        from checker.compare.redacted import redacted

        comparison = redacted(comparison)
    strange = apart(comparison, Options().min_coverage)
    said = f"not compared: {strange}: are these the right documents?\n" if strange else ""
    return Answer(said + text.render(comparison, PLAIN), shape.shape(comparison))


# ---- arguments and answers -------------------------------------------------------------------------------------------


def _documents(given: Mapping[str, Any]) -> list[Document]:
    """The documents of a call: paths, or one text."""
    paths, text = given.get("paths", []), given.get("text")
    if bool(paths) == (text is not None):
        raise refused("one of the arguments 'paths' and 'text' is needed, and not both")
    return [text.encode("utf-8", "replace")] if text is not None else [_path(one) for one in paths]


def _one(given: Mapping[str, Any], which: str) -> Document:
    path, text = given.get(which), given.get(f"{which}_text")
    if (path is None) == (text is None):
        raise refused(f"one of the arguments {which!r} and '{which}_text' is needed, and not both")
    return text.encode("utf-8", "replace") if text is not None else _path(path)


def _path(path: Any) -> str:
    if path == STANDARD_INPUT:
        raise refused("standard input carries the calls: no document can be read from it")
    return str(path)


def _shown(report: Report, redact: bool) -> Report:
    if not redact:
        return report
    from checker.report.redacted import redacted

    return evolve(report, run=redacted(report.run))


def _to_look_at(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document without what agrees."""
    findings = [one for one in document["findings"] if one["verdict"] != "agrees"]
    named = {figure["id"] for one in findings for figure in one["figures"]}
    return {**document, "findings": findings, "figures": [one for one in document["figures"] if one["id"] in named]}


_PATHS = Argument(
    "paths", "texts", "Files and folders to read; relative ones count from the folder in which the server runs."
)
_TEXT = Argument("text", "text", "The document itself, in place of paths: plain text, Markdown, HTML or CSV.")
_RULES = Argument("rules", "texts", "Rule files and folders, beside the shipped rules.")

_ALL = (
    Tool(
        "check",
        "Checks that the numbers of financial releases agree with each other: sums, ratios, periods, claims of the"
        " text. Says which figure is probably wrong. `outcome.status`: 0 nothing blocks, 1 findings do, 3 a document"
        " could not be read or too little of it was tested: that is no success.",
        (
            _PATHS,
            _TEXT,
            _RULES,
            Argument("no_shipped", "yes or no", "Leave the shipped rules out."),
            Argument("select", "texts", "Only these rules: ids, ends of them, or globs."),
            Argument("ignore", "texts", "Leave these rules out."),
            Argument("require", "texts", "These rules must apply: not applicable is then a finding."),
            Argument(
                "fail_on",
                "text",
                "From which severity on a finding blocks; error where nothing is said.",
                ("error", "warning", "note"),
            ),
            Argument("fail_on_rounding", "yes or no", "Rounding differences block too."),
            Argument(
                "min_coverage", "percent", "Percent of the table figures that must be tested; 50 where nothing is said."
            ),
        ),
        _check,
    ),
    Tool(
        "extract",
        "The figures of financial releases with their units, scales, periods and places, without judging them.",
        (_PATHS, _TEXT),
        _extract,
    ),
    Tool(
        "explain",
        "What a code of a message, a rule, a definition or a concept means.",
        (
            Argument(
                "name",
                "text",
                "A code (P101), the id of a rule or its end (gross-profit), or a concept (Gross margin).",
                needed=True,
            ),
            _RULES,
        ),
        _explain,
    ),
    Tool(
        "compare",
        "Two documents figure by figure: two drafts, a release and the filing of the same period, or a "
        "release and the next one.",
        (
            Argument("old", "text", "The path of the first document."),
            Argument("new", "text", "The path of the second document."),
            Argument("old_text", "text", "The first document itself, in place of its path."),
            Argument("new_text", "text", "The second document itself, in place of its path."),
            Argument(
                "kind",
                "text",
                "What they are to each other; where nothing is said, what periods and captions tell.",
                tuple(KINDS),
            ),
        ),
        _compare,
    ),
)
TOOLS: Mapping[str, Tool] = {one.name: one for one in _ALL}
"""Everything that may be called, by name."""
