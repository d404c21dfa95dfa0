from typing import Any

import pytest

from fakes.keyring import FakeRing
from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.request import (
    USER_AGENT,
    Question,
    Safe,
    SignIn,
    usable_headers,
    usable_method,
    usable_user_name,
)
from manara.probes.request import request_of as request_with
from manara.secrets import Keyring

URL = "http://h/"


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "pässword")
    monkeypatch.setenv("TOKEN", "t0ken")


async def request_of(*arguments: Any, **named: Any) -> Question:
    return await request_with(*arguments, **named, safe=Safe(Keyring(lambda: FakeRing(shop="s3cret")), 10))


async def test_a_request_says_who_asks_and_that_it_asks_once() -> None:
    request = (await request_of("GET", URL)).request

    assert dict(request.headers) == {
        "host": "h",
        "user-agent": USER_AGENT,
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "connection": "close",
    }


async def test_own_headers_take_the_place_of_the_usual_ones() -> None:
    headers = (("user-agent", "Mine"), ("Host", "other"), ("X-One", "1"), ("X-One", "2"), ("X-Name", "منارة"))

    request = (await request_of("GET", URL, headers)).request

    assert request.headers.get_list("User-Agent") == ["Mine"]
    assert request.headers["Host"] == "other"
    assert request.headers.get_list("X-One") == ["1", "2"]
    assert (b"X-Name", "منارة".encode()) in request.headers.raw


async def test_a_body_is_sent_in_utf_8_with_its_length() -> None:
    request = (await request_of("POST", URL, body="é")).request

    assert request.content == "é".encode()
    assert request.headers["Content-Length"] == "2"


@pytest.mark.parametrize(
    ("sign_in", "header"),
    [
        (SignIn(), None),
        (SignIn(username="me"), "Basic bWU6"),
        (SignIn(username="me", password="env:PASSWORD"), "Basic bWU6cMOkc3N3b3Jk"),
        (SignIn(bearer="env:TOKEN"), "Bearer t0ken"),
        (SignIn(bearer="keyring:shop"), "Bearer s3cret"),
        (SignIn(username="me", bearer="env:TOKEN"), "Bearer t0ken"),
    ],
)
async def test_who_asks_is_told_in_one_header(sign_in: SignIn, header: str | None) -> None:
    request = (await request_of("GET", URL, sign_in=sign_in)).request

    assert request.headers.get("Authorization") == header


async def test_a_header_may_name_a_secret_and_is_remembered_as_such() -> None:
    question = await request_of("GET", URL, (("X-Key", "env:TOKEN"), ("X-Plain", "env")))

    assert question.request.headers["X-Key"] == "t0ken"
    assert question.secret_headers == {"X-Key"}


async def test_an_own_authorization_header_goes_before_the_sign_in() -> None:
    request = (await request_of("GET", URL, (("authorization", "env:TOKEN"),), sign_in=SignIn("me"))).request

    assert request.headers.get_list("Authorization") == ["t0ken"]


@pytest.mark.parametrize("sign_in", [SignIn("me", "env:NONE"), SignIn(bearer="env:NONE")])
async def test_a_missing_secret_is_named(sign_in: SignIn) -> None:
    with pytest.raises(LookFailed) as raised:
        await request_of("GET", URL, sign_in=sign_in)

    assert raised.value.failure.reason is Reason.SECRET_MISSING
    assert "env:NONE" in raised.value.failure.detail


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PROPFIND", "M-SEARCH"])
def test_methods_are_accepted(method: str) -> None:
    assert usable_method(method) == method


@pytest.mark.parametrize("method", ["", "get", "GET /", "CONNECT", "GÉT"])
def test_what_is_no_method_is_refused(method: str) -> None:
    with pytest.raises(ValueError, match=r"capitals|proxies"):
        usable_method(method)


@pytest.mark.parametrize(
    "headers", [(), (("X-Key", "file:/run/key"), ("Accept", "text/html; q=1")), (("Authorization", "env:T"),)]
)
def test_headers_are_accepted(headers: tuple[tuple[str, str], ...]) -> None:
    assert usable_headers(headers) == headers


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("", "x", "cannot be the name"),
        ("X Y", "x", "cannot be the name"),
        ("X:", "x", "cannot be the name"),
        ("Näme", "x", "cannot be the name"),
        ("Content-Length", "5", "set by Manara"),
        ("transfer-encoding", "chunked", "set by Manara"),
        ("X-Key", "a\r\nb: c", "line break"),
        ("Authorization", "Bearer hunter2", "must name a secret"),
    ],
)
def test_what_is_no_header_is_refused_without_showing_its_value(name: str, value: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as raised:
        usable_headers(((name, value),))

    assert "hunter2" not in str(raised.value)


def test_a_user_name_holds_no_colon() -> None:
    assert usable_user_name("me@example.org") == "me@example.org"
    for name in ("a:b", "a\n"):
        with pytest.raises(ValueError, match="colon"):
            usable_user_name(name)
