"""What lints call not judged yet is just what no run judges."""

from __future__ import annotations

from typing import get_args

import pytest

from checker.bind import bind
from checker.core.release import Release, Source
from checker.core.rule import UNJUDGED, Sentence
from checker.language import parse, resolve

NOTHING = Release(Source("release.txt", "0" * 64, "text", "utf-8"), ())


@pytest.mark.parametrize("sentence", get_args(Sentence))
def test_a_sentence_is_called_unjudged_exactly_where_binding_says_so(sentence: str) -> None:
    [check] = bind(NOTHING, resolve([parse(f"rule x\n    {sentence}\n", "own.rules", "own")]))
    assert (check.reason or "").startswith("not yet") == (sentence in UNJUDGED)
