"""What the tags of a filing state: against print, against each other, and against what the filing says of how they add
up."""

from checker.bind.tags.calculations import calculation_checks
from checker.bind.tags.duplicates import duplicate_checks
from checker.bind.tags.printed import print_checks
from checker.bind.tags.told import tagged

__all__ = ["calculation_checks", "duplicate_checks", "print_checks", "tagged"]
