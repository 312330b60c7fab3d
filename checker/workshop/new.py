"""The first lines of a rule file and of its page: a rule that works, to be written over."""

from __future__ import annotations

from pathlib import Path

from checker.core.problem import Problem

_RULES = """\
# What this file is about, in a sentence.

rule gross-profit "Gross profit is what revenues leave after their cost"
    Gross profit = Revenues - Cost of revenues
    because "say which standard or document asks for it"
"""

_PAGE = """\
# {title}

What the rules of this file have in common.

## gross-profit

Why it holds, and when it does not. Each specimen below is a small statement with the verdicts it must get:
`tieout rules test` runs them.

```statement rounded-to=0.1
                  2013  2012  2011
Revenues          20.4  16.2  11.5
Cost of revenues  14.1  11.7  10.0
Gross profit       6.3   4.4   1.9
```
```findings
gross-profit 2013 agrees
gross-profit 2012 rounding
gross-profit 2011 violation
```
"""


def create(path: Path) -> Problem | None:
    """Writes a rule file and the page beside it; what stands there already is never touched."""
    page = path.with_suffix(".md")
    for one in (path, page):
        if one.exists():
            return Problem("C201", "error", "exists already", str(one), help="name a file that does not")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_RULES, encoding="utf-8")
    page.write_text(_PAGE.format(title=path.stem.replace("-", " ").capitalize()), encoding="utf-8")
    return None
