"""A copy of the PDF with what was found in it: a tick at every figure that agrees, a highlight and a note at those in
question.

The copy is the file as given with annotations added behind it, which any viewer shows and can take away again. Needs
pypdf, which the extra `pdf` brings along. Nothing of the file is run or followed, and nothing that stood in it is
changed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from checker.core.figure import Figure, Status
from checker.core.finding import Finding, Story
from checker.core.place import Box
from checker.core.report import Checked
from checker.core.value import frozen
from checker.report.marks import STATUSES, TICKS
from checker.report.places import Places
from checker.report.stories import grouped, told
from checker.report.terminal import visible
from checker.report.words import answered, at_fault, sentence, shown, title

AUTHOR = "tieout"
"""Who signs the annotations."""
_MOST_NOTES = 2_000
"""Notes of a copy; nobody reads more, and the rest is counted on the first page."""
_MOST_TICKS = 100_000
_SIZE, _GAP = 5.5, 0.8
"""Points: of a tick, and between it and its figure."""
_PRINTED = 4
"""The flag of an annotation that is printed too."""
_GREEN, _AMBER = (0.10, 0.55, 0.25), (0.80, 0.55, 0.05)
_COLOURS: Mapping[str, tuple[float, float, float]] = {
    "error": (0.98, 0.45, 0.42),
    "warning": (1.0, 0.72, 0.35),
    "note": (1.0, 0.93, 0.45),
}
"""Of highlights, the most severe first."""
_SIGNS: Mapping[Status, tuple[tuple[float, float, float], Sequence[tuple[float, float]]]] = {
    "agreed": (_GREEN, ((0.08, 0.50), (0.38, 0.12), (0.94, 0.92))),
    "rounding": (_AMBER, ((0.05, 0.40), (0.25, 0.62), (0.45, 0.58), (0.60, 0.42), (0.78, 0.38), (0.96, 0.62))),
}
"""What is drawn at figures of a status, in a square of one: a tick, a wave."""

_Rect = tuple[float, float, float, float]


@frozen
class _Mark:
    """What stands at one place of a page."""

    page: int
    box: Box
    text: str
    severity: str


def copy(checked: Checked, content: bytes) -> bytes:
    """The file with its annotations. ValueError: none can be made, and why."""
    try:
        return _annotated(checked, content)
    except ValueError:
        raise
    except Exception as error:  # a damaged file fails in as many ways as it can be damaged
        raise ValueError(
            f"the file is built in a way that nothing can be added to it ({type(error).__name__})"
        ) from error


def _annotated(checked: Checked, content: bytes) -> bytes:
    at = content.find(b"%PDF-")
    content = content[max(at, 0) :]  # foreign bytes before a PDF are counted by nobody
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        if not reader.decrypt(""):
            raise ValueError("the file asks for a password")
        writer = PdfWriter(clone_from=reader)
    else:
        writer = PdfWriter(io.BytesIO(content), incremental=True)
    signs = {status: _sign(writer, colour, points) for status, (colour, points) in _SIGNS.items()}
    pages = list(writer.pages)
    added: dict[int, list[IndirectObject]] = {}
    for figure in checked.figures[:_MOST_TICKS]:
        status = checked.coverage[figure.id].status
        if (
            figure.place.page is not None
            and figure.place.box is not None
            and status in signs
            and figure.place.page <= len(pages)
        ):
            tick = _tick(
                pages[figure.place.page - 1], figure, (status, _meaning(checked, figure, status)), signs[status]
            )
            added.setdefault(figure.place.page - 1, []).append(writer._add_object(tick))
    marks, said = _marks(checked)
    for mark in marks:
        if mark.page <= len(pages):
            added.setdefault(mark.page - 1, []).append(
                writer._add_object(_highlight(writer, pages[mark.page - 1], mark))
            )
    if pages:
        added.setdefault(0, []).append(writer._add_object(_summary(pages[0], said)))
    for number, there in added.items():
        _put(writer, pages[number], there)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _put(writer: PdfWriter, page: PageObject, annotations: Sequence[IndirectObject]) -> None:
    """Adds annotations to those that a page has."""
    there = page.get("/Annots")
    there = there.get_object() if there is not None else None
    page[NameObject("/Annots")] = ArrayObject([*(there if isinstance(there, ArrayObject) else ()), *annotations])


# ---- what is said ----------------------------------------------------------------------------------------------------


def _marks(checked: Checked) -> tuple[list[_Mark], str]:
    """The marks of a document, and what its first page says of it as a whole."""
    places = Places(checked)
    marks: list[_Mark] = []
    without: list[str] = []
    touched: dict[str, str] = {}
    for story, findings in grouped(list(shown(checked))):
        severity = next(one for one in _COLOURS if any(finding.severity == one for finding in findings))
        figure = at_fault(story, findings, places)
        text = "\n".join(_lines(story, findings, places))
        if figure is None or figure.place.page is None or figure.place.box is None:
            without.append(text)
            continue
        marks.append(_Mark(figure.place.page, figure.place.box, text, severity))
        for finding in findings:
            if finding.verdict == "violation":
                touched.update(
                    {
                        one.id: title(finding)
                        for one in finding.check.figures
                        if one.id != figure.id and one.id not in touched
                    }
                )
    for figure in checked.figures:
        if figure.id in touched and figure.place.page is not None and figure.place.box is not None:
            marks.append(
                _Mark(
                    figure.place.page,
                    figure.place.box,
                    f"{AUTHOR}: stands in what does not agree: {touched[figure.id]}",
                    "note",
                )
            )
    marks = _together(marks)
    more = len(marks) - _MOST_NOTES
    signs = "; ".join(f"{STATUSES[status][0]} {STATUSES[status][1]}" for status in _SIGNS)
    count = checked.summary
    counted = f"{count.figures - count.untested} of {count.figures} table figures tested, {count.violations} violations"
    lines = [
        f"{AUTHOR}: {counted}",
        answered(checked.outcome),
        f"Marks: {signs}. A figure without a mark was not tested.",
        *without[:_MOST_NOTES],
    ]
    lines += [f"{more} more notes are left out: see another report"] if more > 0 else []
    return marks[:_MOST_NOTES], "\n".join(line for line in lines if line)


def _together(marks: Sequence[_Mark]) -> list[_Mark]:
    """One mark for each place: the most severe, with all that is said there."""
    found: dict[tuple[int, Box], _Mark] = {}
    for mark in marks:
        before = found.get((mark.page, mark.box))
        if before is not None and mark.text != before.text:
            severity = next(one for one in _COLOURS if one in (before.severity, mark.severity))
            found[mark.page, mark.box] = _Mark(mark.page, mark.box, f"{before.text}\n\n{mark.text}", severity)
        else:
            found.setdefault((mark.page, mark.box), mark)
    return list(found.values())


def _lines(story: Story | None, findings: Sequence[Finding], places: Places) -> Iterator[str]:
    """One cause in words, and every relation that it breaks."""
    if story is not None:
        said = told(story, places)
        yield said.headline
        yield from said.candidates
        if said.decides:
            yield said.decides
    for finding in findings:
        yield f"{AUTHOR} {finding.severity}: {title(finding)}: {sentence(finding, places.checked)}"


def _meaning(checked: Checked, figure: Figure, status: Status) -> str:
    ticks = ", ".join(TICKS.get(mark, mark) for mark in checked.coverage[figure.id].ticks)
    return (
        f"{AUTHOR}: "
        f"{'agreed within rounding' if status == 'rounding' else 'agreed'}{f' ({visible(ticks)})' if ticks else ''}"
    )


# ---- how it is drawn -------------------------------------------------------------------------------------------------


def _sign(
    writer: PdfWriter, colour: tuple[float, float, float], points: Sequence[tuple[float, float]]
) -> IndirectObject:
    """The appearance that all ticks of one kind share."""
    path = " ".join(f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points))
    return _form(writer, "{:.2f} {:.2f} {:.2f} RG 0.16 w 1 J 1 j ".format(*colour) + f"{path} S", (0.0, 0.0, 1.0, 1.0))


def _form(writer: PdfWriter, operators: str, box: _Rect, multiplied: bool = False) -> IndirectObject:
    form = DecodedStreamObject()
    form.set_data(operators.encode("ascii"))
    states = {"/M": {"/BM": NameObject("/Multiply")}} if multiplied else {}
    resources = DictionaryObject(
        {NameObject("/ExtGState"): DictionaryObject({NameObject(k): _dictionary(v) for k, v in states.items()})}
    )
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers(box),
            NameObject("/Resources"): resources,
        }
    )
    return writer._add_object(form)


def _tick(page: PageObject, figure: Figure, said: tuple[Status, str], sign: IndirectObject) -> DictionaryObject:
    """A tick behind a figure, no higher than it."""
    box = figure.place.box or (0, 0, 0, 0)
    size = min(_SIZE, max(2.0, (box[3] - box[1]) / 12))
    left, top = box[2] / 10 + _GAP, box[1] / 10 + ((box[3] - box[1]) / 10 - size) / 2
    rect = _on_page(page, (left, top, left + size, top + size))
    colour, points = _SIGNS[said[0]]
    path = [part for x, y in points for part in (rect[0] + x * (rect[2] - rect[0]), rect[1] + y * (rect[3] - rect[1]))]
    return _dictionary(
        {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject("/Ink"),
            "/Rect": _numbers(rect),
            "/InkList": ArrayObject([_numbers(path)]),
            "/C": _numbers(colour),
            "/F": NumberObject(_PRINTED),
            "/T": TextStringObject(AUTHOR),
            "/Contents": TextStringObject(said[1]),
            "/AP": _dictionary({"/N": sign}),
        }
    )


def _highlight(writer: PdfWriter, page: PageObject, mark: _Mark) -> DictionaryObject:
    """A highlight over a figure, with its note."""
    left, top, right, bottom = (value / 10 for value in mark.box)
    rect = _on_page(page, (left - 1, top - 1, right + 1, bottom + 1))
    x0, y0, x1, y1 = rect
    colour = _COLOURS[mark.severity]
    operators = "/M gs {:.2f} {:.2f} {:.2f} rg ".format(*colour) + f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f"
    return _dictionary(
        {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject("/Highlight"),
            "/Rect": _numbers(rect),
            "/QuadPoints": _numbers((x0, y1, x1, y1, x0, y0, x1, y0)),
            "/C": _numbers(colour),
            "/F": NumberObject(_PRINTED),
            "/T": TextStringObject(AUTHOR),
            "/Contents": TextStringObject(mark.text),
            "/AP": _dictionary({"/N": _form(writer, operators, rect, multiplied=True)}),
        }
    )


def _summary(page: PageObject, said: str) -> DictionaryObject:
    """A note in the corner of the first page."""
    return _dictionary(
        {
            "/Type": NameObject("/Annot"),
            "/Subtype": NameObject("/Text"),
            "/Rect": _numbers(_on_page(page, (8, 8, 26, 26))),
            "/Name": NameObject("/Note"),
            "/C": _numbers((0.55, 0.75, 0.95)),
            "/F": NumberObject(_PRINTED | 24),
            "/T": TextStringObject(AUTHOR),
            "/Contents": TextStringObject(said),
        }
    )


def _on_page(page: PageObject, shown: _Rect) -> _Rect:
    """A box in points from the upper left corner of a page as it is shown, in the measure of the file."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(float(media.left), float(crop.left)), max(float(media.bottom), float(crop.bottom))
    right, top = min(float(media.right), float(crop.right)), min(float(media.top), float(crop.top))
    x0, y0, x1, y1 = shown
    turned = (page.rotation or 0) // 90 % 4
    if turned == 0:
        return left + x0, top - y1, left + x1, top - y0
    if turned == 1:
        return left + y0, bottom + x0, left + y1, bottom + x1
    if turned == 2:
        return right - x1, bottom + y0, right - x0, bottom + y1
    return right - y1, top - x1, right - y0, top - x0


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 3)) for value in values])


def _dictionary(entries: Mapping[str, object]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
