from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import make_result
from fakes.clock import START
from manara.engine.excuses import Proof, excuse, limits_left, only_family, proof_needed, proves_line
from manara.model import Certificate, Circumstance, Layer, Limit, Line, LineState, Outcome, Reason, Witness, WitnessKind

DISTANT, DISTANT_6 = "203.0.113.7", "2001:db8::7"
TLS = "TLSv1.3"
OWN_SERVER = "192.168.1.1"
ONLINE, OFFLINE, UNKNOWN = Line(LineState.ONLINE), Line(LineState.OFFLINE), Line()
CAPTIVE = Line(LineState.CAPTIVE)
OF_OUR_SERVER = Witness(OWN_SERVER, answered=False, detail="", kind=WitnessKind.OWN_RESOLVER)
DAY = timedelta(days=1)


def limited(*limits, clock_ahead=None):
    return Line(LineState.LIMITED, START, (OF_OUR_SERVER,), limits, clock_ahead=clock_ahead)


def valid(first_day, last_day):
    return Certificate("shop", "us", ("shop.example",), START + first_day * DAY, START + last_day * DAY, "00")


@pytest.mark.parametrize(
    ("result", "needed"),
    [
        (make_result(), Proof.NONE),
        (make_result(Reason.CONNECT_TIMEOUT), Proof.ALIVE),
        (make_result(Reason.CONNECTION_REFUSED), Proof.ALIVE),
        (make_result(Reason.NXDOMAIN, address=None), Proof.WHOLE),
        (make_result(Reason.UNUSABLE_NAME, address=None), Proof.ALIVE),
        (make_result(Reason.NO_IPV6, address=None), Proof.ALIVE),
        (make_result(Reason.CERTIFICATE_EXPIRED, tls_version=TLS), Proof.WHOLE),
        (make_result(Reason.CERTIFICATE_NOT_YET_VALID), Proof.WHOLE),
        (make_result(Reason.CERTIFICATE_SELF_SIGNED), Proof.ALIVE),
        (make_result(Reason.SERVER_ERROR), Proof.ALIVE),
        (make_result(Reason.SERVER_ERROR, tls_version=TLS), Proof.NONE),
        (make_result(Reason.SLOW), Proof.NONE),
        (make_result(Reason.NO_PERMISSION), Proof.NONE),
        (make_result(Reason.CONNECT_TIMEOUT, address="127.0.0.1"), Proof.NONE),
        (make_result(Reason.CONNECT_TIMEOUT, address="192.168.1.20"), Proof.NONE),
        (make_result(Reason.CONNECT_TIMEOUT, address="fe80::1%eth0"), Proof.NONE),
        (make_result(Reason.CONNECT_TIMEOUT, address="nowhere"), Proof.ALIVE),
        (make_result(Reason.NETWORK_UNREACHABLE, address=None, addresses=("10.0.0.9",)), Proof.NONE),
    ],
)
def test_only_what_our_own_side_may_explain_asks_for_a_proof_of_the_line(result, needed):
    assert proof_needed(result) is needed


def test_a_verified_answer_from_afar_proves_the_line():
    assert proves_line(make_result(address=DISTANT, tls_version=TLS))


@pytest.mark.parametrize(
    "result",
    [
        make_result(address=DISTANT),
        make_result(address="127.0.0.1", tls_version=TLS),
        make_result(Reason.SERVER_ERROR, address=DISTANT, tls_version=TLS),
    ],
)
def test_what_a_sign_in_page_could_answer_as_well_does_not_prove_the_line(result):
    assert not proves_line(result)


@pytest.mark.parametrize("line", [OFFLINE, UNKNOWN])
def test_silence_is_ours_where_the_line_is_not_proven(line):
    assert excuse(make_result(Reason.DNS_TIMEOUT, address=None), line) is Circumstance.OWN_LINE
    assert excuse(make_result(Reason.CONNECT_TIMEOUT), line) is Circumstance.OWN_LINE
    assert excuse(make_result(Reason.CONNECTION_REFUSED), line) is None
    assert excuse(make_result(), line) is None


@pytest.mark.parametrize(
    "result",
    [
        make_result(),
        make_result(Reason.CONNECT_TIMEOUT),
        make_result(Reason.CONNECTION_REFUSED),
        make_result(Reason.CERTIFICATE_NAME_MISMATCH, tls_version=TLS),
        make_result(Reason.CERTIFICATE_SELF_SIGNED, tls_version=TLS),
        make_result(Reason.TEXT_MISSING, http_status=200),
        make_result(Reason.UNEXPECTED_STATUS, http_status=302),
        make_result(Reason.NOT_FOUND, http_status=404),
    ],
)
def test_where_a_sign_in_is_wanted_nothing_counts_that_its_page_could_have_said(result):
    assert excuse(result, CAPTIVE) is Circumstance.SIGN_IN_WANTED


@pytest.mark.parametrize(
    "result",
    [
        make_result(tls_version=TLS),
        make_result(Reason.SERVER_ERROR, tls_version=TLS),
        make_result(Reason.CONNECT_TIMEOUT, address="192.168.1.20"),
        make_result(Reason.NO_PERMISSION),
    ],
)
def test_a_sign_in_page_does_not_excuse_who_proved_its_identity_nor_the_local_network(result):
    assert excuse(result, CAPTIVE) is None


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (make_result(Reason.SERVFAIL, address=None), Circumstance.OWN_RESOLVER),
        (make_result(Reason.DNS_TIMEOUT, address=None, resolver=OWN_SERVER), Circumstance.OWN_RESOLVER),
        (make_result(Reason.NXDOMAIN, address=None, resolver="198.51.100.53"), None),
        (make_result(Reason.CONNECT_TIMEOUT, resolver=OWN_SERVER), Circumstance.OWN_RESOLVER),
        (
            make_result(Reason.CERTIFICATE_NAME_MISMATCH, tls_version=TLS, resolver=OWN_SERVER),
            Circumstance.OWN_RESOLVER,
        ),
        (make_result(Reason.CONNECT_TIMEOUT, resolver="/etc/hosts"), None),
        (make_result(Reason.CONNECT_TIMEOUT), None),
        (make_result(Reason.SERVER_ERROR, tls_version=TLS, resolver=OWN_SERVER), None),
        (make_result(Reason.UNUSABLE_NAME, address=None), None),
    ],
)
def test_our_own_name_servers_excuse_what_they_said_and_no_more(result, expected):
    assert excuse(result, limited(Limit.OWN_RESOLVER)) is expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (make_result(Reason.CONNECT_TIMEOUT, address=DISTANT_6), Circumstance.OWN_LINE),
        (make_result(Reason.CONNECT_TIMEOUT, address=DISTANT_6, addresses=(DISTANT_6, "2001:db8::8")), "own-line"),
        (make_result(Reason.CONNECT_TIMEOUT, address=DISTANT_6, addresses=(DISTANT_6, DISTANT)), None),
        (make_result(Reason.CONNECT_TIMEOUT, address=DISTANT), None),
        (make_result(Reason.CONNECTION_REFUSED, address=DISTANT_6), None),
        (make_result(Reason.DNS_TIMEOUT, address=None, resolver="[2001:db8::53]:5353"), Circumstance.OWN_LINE),
        (make_result(Reason.DNS_TIMEOUT, address=None), None),
    ],
)
def test_a_broken_family_excuses_silence_of_what_has_no_other_addresses(result, expected):
    assert excuse(result, limited(Limit.IPV6)) == expected


def test_the_other_family_is_told_apart():
    assert excuse(make_result(Reason.NO_ECHO, address=DISTANT), limited(Limit.IPV4)) is Circumstance.OWN_LINE
    assert excuse(make_result(Reason.NO_ECHO, address=DISTANT_6), limited(Limit.IPV4)) is None


@pytest.mark.parametrize(
    ("reason", "certificate", "ahead", "expected"),
    [
        (Reason.CERTIFICATE_EXPIRED, valid(-90, -1), 30 * DAY, Circumstance.OWN_CLOCK),
        (Reason.CERTIFICATE_EXPIRED, valid(-90, -60), 30 * DAY, None),
        (Reason.CERTIFICATE_NOT_YET_VALID, valid(5, 90), -30 * DAY, Circumstance.OWN_CLOCK),
        (Reason.CERTIFICATE_NOT_YET_VALID, valid(60, 90), -30 * DAY, None),
        (Reason.CERTIFICATE_EXPIRED, None, 30 * DAY, Circumstance.OWN_CLOCK),
        (Reason.CERTIFICATE_EXPIRED, valid(-90, -60), None, Circumstance.OWN_CLOCK),
        (Reason.CERTIFICATE_SELF_SIGNED, valid(-90, -1), 30 * DAY, None),
    ],
)
def test_a_wrong_clock_excuses_a_certificate_that_is_good_by_the_time_of_others(reason, certificate, ahead, expected):
    result = make_result(reason, tls_version=TLS, certificate=certificate)

    assert excuse(result, limited(Limit.CLOCK, clock_ahead=ahead)) is expected


def test_a_look_that_is_well_shows_which_limits_are_gone():
    every = limited(*Limit)

    assert limits_left(make_result(address=DISTANT), every) == (Limit.OWN_RESOLVER, Limit.IPV6, Limit.CLOCK)
    assert limits_left(make_result(address=DISTANT_6, resolver=OWN_SERVER), every) == (Limit.IPV4, Limit.CLOCK)
    assert limits_left(make_result(address=None), every) == tuple(Limit)


def test_a_place_without_an_address_is_of_no_family():
    assert only_family(make_result(address=None, resolver="the system")) is None


reasons = st.one_of(st.none(), st.sampled_from(Reason))
addresses = st.sampled_from([None, DISTANT, DISTANT_6, "192.168.1.20"])
lines = st.builds(
    lambda state, limits: Line(state, START, (OF_OUR_SERVER,), tuple(limits) if state is LineState.LIMITED else ()),
    st.sampled_from(LineState),
    st.sets(st.sampled_from(Limit)),
)
results = st.builds(
    lambda reason, address, tls, resolver: make_result(reason, address=address, tls_version=tls, resolver=resolver),
    reasons,
    addresses,
    st.sampled_from(["", TLS]),
    st.sampled_from(["", OWN_SERVER, "198.51.100.53"]),
)


@given(result=results, line=lines)
def test_nothing_is_excused_that_our_own_side_cannot_explain(result, line):
    excused_by = excuse(result, line)

    if line.state is LineState.ONLINE or result.address == "192.168.1.20":
        assert excused_by is None
    if result.failure is not None and result.failure.layer in (Layer.HTTP, Layer.CONTENT) and result.facts.tls_version:
        assert excused_by is None
    if line.state is LineState.LIMITED and not line.limits:
        assert excused_by is None


@given(result=results, line=lines)
def test_what_may_be_excused_asks_for_the_line_unless_it_accuses_nobody(result, line):
    if excuse(result, line) is not None and result.outcome is Outcome.FAILED:
        assert proof_needed(result) is not Proof.NONE
