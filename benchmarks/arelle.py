"""The verdicts of Arelle (Apache-2.0, https://arelle.org) on the calculations of a filing, as an oracle: Calculations
1.1, rounded, offline.

The taxonomies that a filing extends stand on the net and are not fetched. Every concept that its facts or its linkbase
name is declared in small schemas instead; what is compared is arithmetic and binding, for which their types and labels
do not matter.
"""

from __future__ import annotations

import copy
import random
import tempfile
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import quoteattr

from attrs import frozen
from lxml import etree

from checker.read.tagged.aspects import period, unit

LINK = "http://www.xbrl.org/2003/linkbase"
XLINK = "http://www.w3.org/1999/xlink"
XBRLI = "http://www.xbrl.org/2003/instance"
_ROUNDED = 4
"""Arelle's number for the mode of Calculations 1.1 that rounds to the nearest."""
Key = tuple[str, str, tuple[object, ...]]
"""Role, concept, and all that its facts are facts of besides."""


@frozen
class Verdicts:
    """What Arelle says: the calculations that facts bind, those that are inconsistent, and how long loading and judging
    took."""

    bound: frozenset[Key]
    inconsistent: frozenset[Key]
    seconds: float
    stopped: int
    """Sorts of facts whose duplicates disagree or that have digits in excess."""


def verdicts(instance: bytes, linkbase: bytes) -> Verdicts:
    """The verdicts on one instance with one linkbase."""
    tree = etree.fromstring(instance, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    with tempfile.TemporaryDirectory() as folder:
        spaces = _schemas(tree, linkbase, Path(folder))
        bad, stopped, seconds = _judged(_written(tree, spaces, Path(folder), "as-it-is.xml"))
        _scramble(tree)
        bound, _, _ = _judged(_written(tree, spaces, Path(folder), "scrambled.xml"))
    return Verdicts(frozenset(bound), frozenset(bad), seconds, stopped)


def _schemas(tree: etree._Element, linkbase: bytes, folder: Path) -> list[str]:
    """Writes a schema for each namespace and the linkbase with its places in them; the names of the schemas."""
    links = etree.fromstring(linkbase, etree.XMLParser(resolve_entities=False, no_network=True))
    prefixes = {str(space): prefix for prefix, space in tree.nsmap.items() if prefix}
    concepts: dict[str, dict[str, bool]] = {}
    for fact in tree.iterchildren(tag=etree.Element):
        name = etree.QName(fact)
        if name.namespace and "contextRef" in fact.attrib:
            concepts.setdefault(name.namespace, {})[name.localname] = "unitRef" in fact.attrib
    known = {f"{prefixes.get(space, 'x')}_{name}": space for space, names in concepts.items() for name in names}
    by_prefix = {prefix: space for space, prefix in prefixes.items()}
    for place in links.iter(f"{{{LINK}}}loc"):
        fragment = place.get(f"{{{XLINK}}}href", "").rpartition("#")[2]
        prefix, _, name = fragment.partition("_")
        space = known.get(fragment) or by_prefix.get(prefix) or f"http://unknown/{prefix}"
        concepts.setdefault(space, {}).setdefault(name if fragment not in known else fragment.partition("_")[2], True)
        known.setdefault(fragment, space)
    files = {space: f"schema{number}.xsd" for number, space in enumerate(concepts)}
    for space, names in concepts.items():
        prefix = prefixes.get(space) or next(
            (fragment.partition("_")[0] for fragment, one in known.items() if one == space), "x"
        )
        (folder / files[space]).write_text(_schema(space, prefix, names), encoding="utf-8")
    for place in links.iter(f"{{{LINK}}}loc"):
        fragment = place.get(f"{{{XLINK}}}href", "").rpartition("#")[2]
        place.set(f"{{{XLINK}}}href", f"{files[known[fragment]]}#{fragment}")
    for reference in [*links.iter(f"{{{LINK}}}roleRef"), *links.iter(f"{{{LINK}}}arcroleRef")]:
        reference.getparent().remove(reference)
    (folder / "calculation.xml").write_bytes(etree.tostring(links))
    return list(files.values())


def _schema(space: str, prefix: str, names: Mapping[str, bool]) -> str:
    lines = "".join(
        f'<element name="{name}" id="{prefix}_{name}" type="xbrli:{"decimal" if number else "string"}ItemType"'
        ' substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>\n'
        for name, number in names.items()
    )
    head = (
        f'<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="{XBRLI}" targetNamespace={quoteattr(space)}'
        ' elementFormDefault="qualified">\n'
    )
    return (
        f'{head}<import namespace="{XBRLI}"'
        f' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>\n{lines}</schema>'
    )


def _written(tree: etree._Element, schemas: list[str], folder: Path, name: str) -> Path:
    for reference in [
        *tree.iter(f"{{{LINK}}}schemaRef"),
        *tree.iter(f"{{{LINK}}}linkbaseRef"),
        *tree.iter(f"{{{LINK}}}footnoteLink"),
    ]:
        reference.getparent().remove(reference)
    wanted = [("schemaRef", one, "") for one in schemas] + [
        ("linkbaseRef", "calculation.xml", "http://www.w3.org/1999/xlink/properties/linkbase")
    ]
    for at, (kind, href, arcrole) in enumerate(wanted):
        reference = etree.Element(f"{{{LINK}}}{kind}")
        reference.set(f"{{{XLINK}}}type", "simple")
        reference.set(f"{{{XLINK}}}href", href)
        if arcrole:
            reference.set(f"{{{XLINK}}}arcrole", arcrole)
        tree.insert(at, reference)
    (folder / name).write_bytes(etree.tostring(tree))
    return folder / name


def _scramble(tree: etree._Element) -> None:
    """Gives every sort of facts another amount, exact: then each calculation that is bound is broken, and shows
    itself."""
    contexts, units = _contexts(tree), _units(tree)
    drawn: dict[tuple[object, ...], int] = {}
    source = random.Random("calculations")
    for fact in tree.iterchildren(tag=etree.Element):
        if "unitRef" in fact.attrib and fact.get("{http://www.w3.org/2001/XMLSchema-instance}nil") not in ("true", "1"):
            sort = fact.tag, contexts.get(fact.get("contextRef", "")), units.get(fact.get("unitRef", ""))
            fact.text = str(drawn.setdefault(sort, source.randrange(10**11, 10**12)))
            fact.attrib.pop("precision", None)
            fact.set("decimals", "INF")


def _judged(path: Path) -> tuple[set[Key], int, float]:
    from arelle import Cntlr, ValidateXbrlCalcs

    begun = time.process_time()
    controller = Cntlr.Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
    controller.webCache.workOffline = True
    model = controller.modelManager.load(str(path))
    found: set[Key] = set()
    stopped = 0
    contexts, units = {}, {}
    for said in ValidateXbrlCalcs.validate(model, _ROUNDED):
        if said.codes != "calc11e:inconsistentCalculationUsingRounding" and "inconsistentCalculation" not in str(
            said.codes
        ):
            stopped += 1
            continue
        if not contexts:
            tree = etree.parse(str(path)).getroot()
            contexts, units = _contexts(tree), _units(tree)
        found.add(
            (
                str(said.args["linkrole"]),
                str(said.args["concept"]),
                (*contexts[said.args["contextID"]], units[said.args["unitID"]]),
            )
        )
    seconds = time.process_time() - begun
    controller.close()
    return found, stopped, seconds


def _contexts(tree: etree._Element) -> dict[str, tuple[object, ...]]:
    """Of each context what facts are facts of: entity, period, dimensions."""
    found = {}
    for context in tree.iter(f"{{{XBRLI}}}context"):
        said = {etree.QName(one).localname: (one.text or "").strip() for one in context.iter(tag=etree.Element)}
        when = period({name: said[name] for name in ("instant", "startDate", "endDate") if name in said})
        members = [one for one in context.iter(tag=etree.Element) if one.get("dimension")]
        dimensions = tuple(
            sorted({(one.get("dimension"), " ".join("".join(one.itertext()).split())) for one in members})
        )
        found[context.get("id", "")] = (
            said.get("identifier", ""),
            None if when is None else (when.start, when.end),
            dimensions,
        )
    return found


def _units(tree: etree._Element) -> dict[str, object]:
    found = {}
    for one in tree.iter(f"{{{XBRLI}}}unit"):
        measures = [
            (
                measure.text or "",
                any(etree.QName(outer).localname == "unitDenominator" for outer in measure.iterancestors()),
            )
            for measure in one.iter(f"{{{XBRLI}}}measure")
        ]
        found[one.get("id", "")] = unit(
            [name for name, under in measures if not under], [name for name, under in measures if under]
        )
    return found


# ---- variants --------------------------------------------------------------------------------------------------------


def nudged(instance: bytes, seed: str) -> bytes:
    """The instance with a third of its sorts of facts moved by one or two units of the last place: calculations at the
    edge of rounding."""
    tree = etree.fromstring(instance, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    contexts, units = _contexts(tree), _units(tree)
    source = random.Random(seed)
    moves: dict[tuple[object, ...], int] = {}
    for fact in _numbers(tree):
        decimals = fact.get("decimals", "")
        move = moves.setdefault(_sort(fact, contexts, units), source.choice((0, 0, 0, 0, 1, -1, 2, -2)))
        if move and decimals.lstrip("-").isdigit():
            fact.text = f"{Decimal((fact.text or '0').strip()) + move * Decimal(1).scaleb(-int(decimals)):f}"
    return bytes(etree.tostring(tree))


def doubled(instance: bytes, seed: str) -> bytes:
    """The instance with every fifth fact stated once more, rounded to one digit less."""
    tree = etree.fromstring(instance, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    source = random.Random(seed)
    for fact in list(_numbers(tree)):
        decimals = fact.get("decimals", "")
        if source.random() < 0.2 and decimals.lstrip("-").isdigit():
            step = Decimal(1).scaleb(1 - int(decimals))
            again = copy.deepcopy(fact)
            again.attrib.pop("id", None)
            again.set("decimals", str(int(decimals) - 1))
            again.text = f"{(Decimal((fact.text or '0').strip()) / step).quantize(Decimal(1)) * step:f}"
            fact.addnext(again)
    return bytes(etree.tostring(tree))


def _numbers(tree: etree._Element) -> list[etree._Element]:
    return [one for one in tree.iterchildren(tag=etree.Element) if "unitRef" in one.attrib and (one.text or "").strip()]


def _sort(fact: etree._Element, contexts: Mapping[str, object], units: Mapping[str, object]) -> tuple[object, ...]:
    return fact.tag, contexts.get(fact.get("contextRef", "")), units.get(fact.get("unitRef", ""))
