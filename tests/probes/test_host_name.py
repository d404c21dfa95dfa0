"""Host names as people write them."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.host_name import ascii_host_name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Shop.Example", "shop.example"),
        ("shop.example.", "shop.example"),
        ("nas", "nas"),
        ("my_nas.lan", "my_nas.lan"),
        ("1.example", "1.example"),
        ("3com.example", "3com.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"),
        ("例え。example", "xn--r8jz45g.example"),
        ("a" * 63 + ".example", "a" * 63 + ".example"),
    ],
)
def test_names_are_brought_into_the_form_of_dns(written: str, expected: str) -> None:
    assert ascii_host_name(written) == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "it is empty"),
        (".", "it is empty"),
        ("a..b", "nothing between two of its dots"),
        ("a" * 64 + ".example", "more than 63 characters"),
        ("abcdefg." * 32, "more than 253 characters"),
        ("-a.example", "'-a' cannot be part"),
        ("a b", "'a b' cannot be part"),
        ("127.1", "like a number"),
        ("1.2.3.0x4", "like a number"),
        ("ü..example", "Empty Label"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(LookFailed) as caught:
        ascii_host_name(written)

    assert caught.value.failure.reason is Reason.UNUSABLE_NAME
    assert why in caught.value.failure.detail


@given(st.text() | st.from_regex(r"[a-zA-Z0-9._\-ü]{1,80}", fullmatch=True))
def test_any_text_is_a_plain_name_or_refused(text: str) -> None:
    with contextlib.suppress(LookFailed):
        name = ascii_host_name(text)

        assert re.fullmatch(r"[a-z0-9_.-]{1,253}", name)
        assert ascii_host_name(name) == name
