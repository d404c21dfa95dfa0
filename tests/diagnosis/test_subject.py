import pytest
from dns.rdatatype import RdataType

from fakes.checks import FakeCheck, make_result
from manara.diagnosis.subject import Subject, is_private, subject_of, watched_name
from manara.model import NameServer
from manara.probes import DnsCheck, Family, HttpCheck, PingCheck, TcpCheck, TlsCheck


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (HttpCheck(url="https://WWW.Shop.example/"), Subject("www.shop.example", 443)),
        (HttpCheck(url="http://shop.example:8080/", family=Family.IPV6), Subject("shop.example", 8080, RdataType.AAAA)),
        (HttpCheck(url="http://bücher.example/"), Subject("xn--bcher-kva.example", 80)),
        (HttpCheck(url="http://shop.example/", proxy="http://p:1"), Subject("shop.example", 80, proxied=True)),
        (HttpCheck(url="http://192.168.1.9/"), Subject("", 80, local=True)),
        (HttpCheck(url="http://203.0.113.7/"), Subject("", 80)),
        (HttpCheck(url="http://nas.local/"), Subject("", 80, local=True)),
        (HttpCheck(url="http://localhost/"), Subject("", 80, local=True)),
        (HttpCheck(url="http://app.localhost/"), Subject("", 80, local=True)),
        (TcpCheck(host="mail.example", port=25), Subject("mail.example", 25)),
        (TlsCheck(host="mail.example"), Subject("mail.example", 443)),
        (PingCheck(host="host.example"), Subject("host.example")),
        (PingCheck(host="fe80::1%eth0"), Subject(local=True)),
        (DnsCheck(name="shop.example", record_type="mx"), Subject("shop.example", None, RdataType.MX)),
        (DnsCheck(name="*.shop.example"), Subject()),
        (
            DnsCheck(name="shop.example", servers=("192.0.2.1",)),
            Subject("shop.example", servers=(NameServer("192.0.2.1"),)),
        ),
        (FakeCheck(name="a"), Subject("a.example")),
    ],
)
def test_a_check_says_what_the_ladder_can_ask(check, expected):
    assert subject_of(check, make_result(), "") == expected


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://login.example/", "login.example", 443),
        ("http://login.example:81/", "login.example", 81),
        ("http://login.example:99999…", "", 443),
    ],
)
def test_where_an_answer_led_on_the_last_place_is_meant(url, host, port):
    result = make_result(redirects=("https://first.example/", url))

    subject = subject_of(HttpCheck(url="https://shop.example/"), result, "")

    assert (subject.host, subject.port) == (host, port)


def test_the_proxy_of_all_checks_holds_unless_a_check_does_without():
    assert subject_of(HttpCheck(url="http://shop.example/"), make_result(), "http://p:1").proxied
    assert not subject_of(HttpCheck(url="http://shop.example/", proxy="none"), make_result(), "http://p:1").proxied


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (HttpCheck(url="https://shop.example/"), "shop.example"),
        (HttpCheck(url="https://nas.local/"), ""),
        (HttpCheck(url="https://192.0.2.1/"), ""),
        (DnsCheck(name="shop.example", servers=("192.0.2.1",)), ""),
    ],
)
def test_names_of_this_network_and_addresses_have_no_zone_to_learn(check, name):
    assert watched_name(check) == name


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("0.0.0.0", True),
        ("127.0.0.1", True),
        ("::", True),
        ("::1", True),
        ("10.1.2.3", True),
        ("fe80::1%eth0", True),
        ("::ffff:192.168.1.1", True),
        ("203.0.113.7", False),
        ("2001:db8::1", False),
        ("100.64.0.1", False),
        ("no address", False),
    ],
)
def test_addresses_that_no_public_name_has_are_known(address, private):
    assert is_private(address) is private
