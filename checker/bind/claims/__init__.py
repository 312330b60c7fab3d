"""Claims of running text, bound: each is linked to the amounts of the tables that it speaks of, and compared with them
and with the rest of the text."""

from checker.bind.claims.checks import SENTENCE, bind_claims, claim_checks, linked
from checker.bind.claims.speaking import why_silent

__all__ = ["SENTENCE", "bind_claims", "claim_checks", "linked", "why_silent"]
