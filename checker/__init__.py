"""tieout checks that the numbers of a financial release agree with each other."""

__version__ = "0.1.0"
