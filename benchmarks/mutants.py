"""How many small mistakes in the rules of the library its specimens notice: signs turned, terms and alternatives left
out, comparisons and conditions changed, one at a time (`tieout rules mutate rules`).

A change that is not noticed is listed: there a mistake would pass the tests, or the change says the same.
"""

from __future__ import annotations

from collections import defaultdict

from checker.resources import rules_folder
from checker.workshop.mutation import Tested, mutated


def main() -> None:
    """Prints a line a file, and the changes that nothing notices."""
    by_file: dict[str, list[Tested]] = defaultdict(list)
    for path in sorted(rules_folder().rglob("*.rules")):
        for one in mutated([path]):
            by_file[path.relative_to(rules_folder()).with_suffix("").as_posix()].append(one)
    print(f"{'':34}{'rules':>6}{'changes':>9}{'noticed':>9}")
    missed = []
    for name, rules in by_file.items():
        changes = [change for one in rules for change in one.changes]
        print(f"{name:34}{len(rules):6}{len(changes):9}{sum(change.noticed for change in changes):9}")
        missed += [
            f"{one.rule}: {change.what}: {change.reads}"
            for one in rules
            for change in one.changes
            if not change.noticed
        ]
    changes = [change for rules in by_file.values() for one in rules for change in one.changes]
    print(f"{'all':34}{sum(map(len, by_file.values())):6}{len(changes):9}{sum(change.noticed for change in changes):9}")
    print("\nnot noticed")
    print("\n".join(missed) or "nothing")


if __name__ == "__main__":
    main()
