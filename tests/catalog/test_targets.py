import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog import AddressRefused, check_of_address, service_of_address
from manara.model import Check, CheckDefaults, Service
from manara.probes import CHECK_TYPES
from manara.probes.dns import DnsCheck
from manara.probes.http import HttpCheck
from manara.probes.ping import PingCheck
from manara.probes.tcp import TcpCheck
from manara.probes.tls import TlsCheck
from manara.settings import Interpreter, table_of


@pytest.mark.parametrize(
    ("address", "check"),
    [
        ("https://example.org/x?y=1", HttpCheck(url="https://example.org/x?y=1")),
        ("HTTP://example.org:8080", HttpCheck(url="http://example.org:8080")),
        (" example.org\n", HttpCheck(url="https://example.org")),
        ("example.org/x", HttpCheck(url="https://example.org/x")),
        ("https://router", HttpCheck(url="https://router")),
        ("192.0.2.1/x", HttpCheck(url="https://192.0.2.1/x")),
        ("مثال.إختبار", HttpCheck(url="https://مثال.إختبار")),
        ("例え。jp", HttpCheck(url="https://例え。jp")),
        ("example.org:443", TlsCheck(host="example.org", port=443)),
        ("example.org:22", TcpCheck(host="example.org", port=22)),
        ("localhost:8080", TcpCheck(host="localhost", port=8080)),
        ("[::1]:80", TcpCheck(host="::1", port=80)),
        ("192.0.2.1:22", TcpCheck(host="192.0.2.1", port=22)),
        ("192.0.2.1", PingCheck(host="192.0.2.1")),
        ("2001:db8::1", PingCheck(host="2001:db8::1")),
        ("[2001:db8::1]", PingCheck(host="2001:db8::1")),
        ("ping://router", PingCheck(host="router")),
        ("tcp://mail.example:25/", TcpCheck(host="mail.example", port=25)),
        ("tls://mail.example:993", TlsCheck(host="mail.example", port=993)),
        ("tls://example.org", TlsCheck(host="example.org", port=443)),
        ("dns://example.org", DnsCheck(name="example.org")),
        ("dns://_dmarc.example.org/?type=txt", DnsCheck(name="_dmarc.example.org", record_type="TXT")),
    ],
)
def test_an_address_means_the_check_that_people_expect(address, check):
    assert check_of_address(address) == check


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "There is no address."),
        ("  ", "There is no address."),
        ("a b.example", "An address has no spaces and no invisible characters in it."),
        ("a\u202e.example", "An address has no spaces and no invisible characters in it."),
        ("https://example.org/" + "a" * 2000, "An address has at most 2000 characters."),
        ("javascript:alert(1)", "javascript: cannot be looked at."),
        ("mailto:a@example.org", "mailto: cannot be looked at."),
        (
            "file:///etc/passwd",
            "file:// cannot be looked at; these can: https://, http://, tcp://, tls://, dns://, ping://.",
        ),
        ("example.org:70000", "A port is a number from 1 to 65535."),
        ("example.org:0", "A port is a number from 1 to 65535."),
        ("example.org:", "A port is a number from 1 to 65535."),
        ("example.org:٨٠", "A port is a number from 1 to 65535."),
        ("https://example.org:70000/", "Its port must be from 1 to 65535, not 70000."),
        ("tcp://example.org", "A port is missing, like tcp://example.org:25."),
        ("tcp://example.org:25/x", "Only https:// and http:// can have anything behind the host, tcp:// cannot."),
        ("ping://example.org:80", "A ping has no port; tcp:// connects to one."),
        ("dns://example.org/MX", "A question to the DNS is written like dns://example.org?type=MX."),
        ("dns://example.org?typ=MX", "A question to the DNS has one type, like dns://example.org?type=MX."),
        ("dns://example.org?type=A&type=MX", "A question to the DNS has one type, like dns://example.org?type=MX."),
        ("localhost:80/x", "Write http:// or https:// before localhost:80/x to say how to ask for it."),
        ("facebok", "facebok is no address; write https://facebok if it is a machine nearby."),
        ("someone@example.org", "An address has no user name, no password and no @ in it."),
        ("https://me:secret@example.org/", "An address has no user name, no password and no @ in it."),
        ("https://", "The address has no host in it."),
        (":80", "The address has no host in it."),
        ("[::1", "[::1 is no address."),
        ("http://[", "http://[ is no address."),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(address, sentence):
    with pytest.raises(AddressRefused) as caught:
        check_of_address(address)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "address", ["x..example", "-x.example", "1.2.3", "https://a%20b.example/", "tls://" + "a" * 64]
)
def test_a_host_that_cannot_exist_is_refused(address):
    with pytest.raises(AddressRefused, match="cannot be a host name"):
        check_of_address(address)


def test_a_service_is_called_like_its_address():
    service = service_of_address(" https://www.example.org/x ")

    assert service == Service(
        "example.org-x", "https://www.example.org/x", (HttpCheck(url="https://www.example.org/x"),)
    )


def test_an_address_without_letters_and_digits_gets_an_id_too():
    assert service_of_address("::").id == "address"


def test_a_long_address_gets_a_name_that_settings_take():
    assert len(service_of_address("https://example.org/" + "a" * 1000).name) == 300


_TRICKY = st.text("abc.-_:/[]@?#%=&1290\u0660\u3002\u0627\ufeff \\") | st.text()
_SCHEMES = st.sampled_from(["", "https://", "http://", "tcp://", "tls://", "dns://", "ping://", "ftp://", "x:"])
_INTERPRETER = Interpreter(CHECK_TYPES, {})


@given(_SCHEMES, _TRICKY, st.sampled_from(["", ".example", ".example:25", ":443", "/x", "?type=MX"]))
def test_any_text_is_a_service_that_settings_take_or_refused_with_a_sentence(scheme, text, end):
    try:
        service = service_of_address(scheme + text + end)
    except AddressRefused as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - both endings are right
    else:
        settings, problems = _INTERPRETER.settings_of({"services": [table_of(service)]})
        assert problems == []
        assert settings.services == (service,)


def test_a_check_of_an_address_has_the_pace_of_all_checks():
    check: Check = check_of_address("example.org")

    assert check.interval == CheckDefaults().interval
