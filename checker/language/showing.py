"""How a problem with a rule file is shown: file, line and column, the sentence, the line, a caret under the place, and
what helps."""

from __future__ import annotations

from checker.core.problem import Problem


def show(problem: Problem) -> str:
    """The problem as a compiler would print it, several lines without a line feed at the end."""
    place = problem.place
    where = ":".join(
        str(part) for part in (problem.path, *((place.line, place.column) if place else ())) if part is not None
    )
    lines = [f"{where}: {problem.code} {problem.message}" if where else f"{problem.code} {problem.message}"]
    if place is not None and problem.excerpt is not None:
        source = problem.excerpt.replace("\t", " ")
        marked = (
            source[place.column - 1 :]
            .encode("utf-8", "replace")[: place.span[1] - place.span[0]]
            .decode("utf-8", "ignore")
        )
        gutter = f"{place.line:>4} | "
        lines += [gutter + source, " " * (len(gutter) + place.column - 1) + "^" * max(1, len(marked))]
    if problem.help:
        lines.append(f"       {problem.help}")
    return "\n".join(lines)
