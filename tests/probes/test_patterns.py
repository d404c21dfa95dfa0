import pytest

from manara.probes.patterns import usable_pattern


@pytest.mark.parametrize("pattern", ["", "a|b", r"(?i)\d{3}", r"\p{Arabic}"])
def test_patterns_are_accepted(pattern: str) -> None:
    usable_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(", "*", "[a", r"(?P<x>a)(?P<"])
def test_what_is_no_pattern_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not a regular expression"):
        usable_pattern(pattern)
