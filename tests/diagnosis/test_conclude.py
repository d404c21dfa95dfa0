"""From evidence to a conclusion: the tables, and what must hold for every evidence there can be."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import make_result
from fakes.clock import START
from fakes.ladder import HOST, ONLINE, SERVERS, ZONE
from manara.diagnosis.conclude import conclude
from manara.diagnosis.delivery import Delivery, Fault
from manara.diagnosis.evidence import Evidence, Heard, Knock, Remembered, in_question
from manara.diagnosis.steps import steps_of
from manara.model import (
    Attempt,
    Blame,
    Certificate,
    Conclusion,
    Confidence,
    Facts,
    Failure,
    Layer,
    Limit,
    Line,
    LineState,
    Reason,
    StepKind,
    Witness,
    WitnessKind,
)

CERTAIN, LIKELY, POSSIBLE = Confidence.CERTAIN, Confidence.LIKELY, Confidence.POSSIBLE
OFFLINE = Line(
    LineState.OFFLINE, START, (Witness("a", answered=False, detail=""), Witness("b", answered=False, detail=""))
)
UNPROVEN = Line(LineState.UNKNOWN, START)
RESOLVER_LIVES = replace(ONLINE, witnesses=(Witness("1.1.1.1", answered=True, detail="", kind=WitnessKind.RESOLVER),))
CERTIFICATE = Certificate(
    HOST, "An Issuer", (HOST,), START - timedelta(days=90), START + timedelta(days=90), sha256="aa" * 32
)
OVER = replace(CERTIFICATE, not_after=START - timedelta(days=1))
PUBLIC, OTHER, PRIVATE = "203.0.113.7", "198.51.100.9", "10.0.0.1"

ANSWERS = {
    "ok": None,
    "gone": Reason.NXDOMAIN,
    "empty": Reason.NO_ADDRESSES,
    "fails": Reason.SERVFAIL,
    "refuses": Reason.DNS_REFUSED,
    "silent": Reason.DNS_TIMEOUT,
    "no way": Reason.NETWORK_UNREACHABLE,
}


def own(word, *extended):
    return Heard(StepKind.OWN_RESOLVER, "192.168.1.1", "192.168.1.1", ANSWERS[word], extended=extended)


def witness(word, *extended, at="1.1.1.1", addresses=()):
    return Heard(StepKind.WITNESS_RESOLVER, at, at, ANSWERS[word], addresses, extended=extended)


def unchecked(word):
    return Heard(StepKind.UNCHECKED, "1.1.1.1", "1.1.1.1", ANSWERS[word])


def parent(word, at="192.0.2.53", **fields):
    return Heard(StepKind.PARENT, f"parent {at}", at, ANSWERS[word], zone="shop.example", **fields)


def server(word, number=1, at=None, **fields):
    address = at or f"192.0.2.{number}"
    name = f"ns{number}.shop.example"
    return Heard(StepKind.NAME_SERVER, name, address, ANSWERS[word], **{"zone": "shop.example", **fields})


def dns(*heard, line=ONLINE, zones=(ZONE,), reason=Reason.SERVFAIL, **fields):
    kinds = {kind: tuple(each for each in heard if each.kind is kind) for kind in StepKind}
    return Evidence(
        make_result(reason, address=None),
        HOST,
        line=line,
        own=kinds[StepKind.OWN_RESOLVER],
        witnesses=kinds[StepKind.WITNESS_RESOLVER],
        unchecked=kinds[StepKind.UNCHECKED],
        parents=kinds[StepKind.PARENT],
        servers=kinds[StepKind.NAME_SERVER],
        zones=zones,
        **fields,
    )


def told(evidence, **options):
    found = conclude(evidence, **options)
    return found.conclusion, found.confidence


def two(word, *extended):
    return witness(word, *extended), witness(word, *extended, at="8.8.8.8")


def servers(*words):
    return tuple(server(word, number) for number, word in enumerate(words, 1))


class TestNames:
    @pytest.mark.parametrize(
        ("heard", "conclusion", "confidence"),
        [
            # 4 October 2021.
            ((own("silent"), *two("fails", 22), parent("ok"), *servers("silent", "silent")),
             "NAME_SERVERS_SILENT", CERTAIN),
            ((own("fails"), *two("fails"), *servers("silent", "silent")), "NAME_SERVERS_SILENT", CERTAIN),
            ((own("fails"), witness("fails"), *servers("silent")), "NAME_SERVERS_SILENT", LIKELY),
            ((own("fails"), parent("ok"), *servers("silent")), "NAME_SERVERS_SILENT", CERTAIN),
            # Others still know it by what they remember.
            ((own("fails"), *two("ok"), parent("ok"), *servers("silent")), "NAME_SERVERS_SILENT", LIKELY),
            ((own("fails", 22), *servers("silent")), "NAME_SERVERS_SILENT", LIKELY),
            # Port 53 is blocked here, or open to the resolvers only.
            ((own("silent"), witness("silent"), parent("silent"), *servers("silent", "silent")),
             "CANNOT_TELL", POSSIBLE),
            ((own("fails"), *two("ok"), parent("silent"), *servers("silent", "silent")), "OWN_RESOLVER", CERTAIN),
            # Ours.
            ((own("silent"), witness("ok")), "OWN_RESOLVER", LIKELY),
            ((own("fails"), *two("ok"), *servers("ok")), "OWN_RESOLVER", CERTAIN),
            ((own("fails"), *servers("ok", "ok")), "OWN_RESOLVER", CERTAIN),
            ((own("refuses"), witness("ok"), witness("silent", at="8.8.8.8")), "OWN_RESOLVER", LIKELY),
            ((own("gone"), *two("ok")), "FILTERED", CERTAIN),
            ((own("empty"), witness("ok")), "FILTERED", LIKELY),
            ((own("fails", 15), *two("ok")), "FILTERED", CERTAIN),
            ((own("refuses", 17),), "FILTERED", LIKELY),
            # Dyn 2016: partly.
            ((own("fails"), *two("fails"), *servers("ok", "silent")), "NAME_SERVERS_PARTLY", LIKELY),
            ((own("fails"), witness("ok"), witness("fails", at="8.8.8.8"), *servers("ok", "silent", "fails")),
             "NAME_SERVERS_PARTLY", CERTAIN),
            ((own("fails"), *two("ok"), *servers("ok", "silent")), "OWN_RESOLVER", CERTAIN),
            # They say something, and it is of no use.
            ((own("fails"), *two("fails"), *servers("refuses", "fails")), "NAME_SERVERS_FAIL", CERTAIN),
            ((own("fails"), *two("fails"), *servers("refuses", "silent")), "NAME_SERVERS_FAIL", LIKELY),
            ((own("fails"), *two("fails"), *servers("ok", "gone")), "NAME_SERVERS_DISAGREE", CERTAIN),
            ((own("gone"), *two("gone"), *servers("gone", "gone")), "NAME_GONE", CERTAIN),
            ((own("gone"), *servers("gone")), "NAME_GONE", LIKELY),
            # A witness has it in memory; the owner says that it is gone.
            ((own("gone"), witness("ok"), *servers("gone", "gone")), "NAME_GONE", CERTAIN),
            # 20 October 2025.
            ((own("empty"), *two("empty"), *servers("empty")), "ADDRESS_MISSING", CERTAIN),
            # The zone above has given it up.
            ((own("gone"), witness("gone"), parent("gone"), *servers("silent")), "NAME_GONE", CERTAIN),
            ((own("fails"), parent("gone"), parent("ok", at="192.0.2.54"), *servers("silent")),
             "NAME_SERVERS_SILENT", CERTAIN),
            # Slack, 30 September 2021.
            ((own("fails"), *two("fails", 9), unchecked("ok"), *servers("ok", "ok")), "DNSSEC_BROKEN", CERTAIN),
            ((own("fails"), *two("fails"), unchecked("ok"), *servers("ok")), "DNSSEC_BROKEN", LIKELY),
            ((own("fails", 6), *two("ok"), *servers("ok")), "OWN_RESOLVER", CERTAIN),
            # All is well with them, and nobody finds it.
            ((own("fails"), *two("fails"), *servers("ok", "ok")), "CANNOT_TELL", POSSIBLE),
            # Nothing is known of the owner's servers.
            ((own("gone"), *two("gone")), "NAME_GONE", CERTAIN),
            ((own("empty"), witness("empty")), "ADDRESS_MISSING", LIKELY),
            ((own("fails"), *two("fails", 22)), "NAME_SERVERS_SILENT", CERTAIN),
            ((own("fails"), *two("fails")), "NAME_SERVERS_FAIL", LIKELY),
            ((own("fails"), witness("fails"), witness("gone", at="8.8.8.8")), "CANNOT_TELL", POSSIBLE),
            ((own("gone"),), "NAME_GONE", POSSIBLE),
            ((own("empty"),), "ADDRESS_MISSING", POSSIBLE),
            ((own("fails"),), "CANNOT_TELL", POSSIBLE),
            ((own("fails", 23),), "NAME_SERVERS_SILENT", LIKELY),
            ((own("gone"), witness("silent")), "CANNOT_TELL", POSSIBLE),
            ((), "CANNOT_TELL", POSSIBLE),
            # It is found again.
            ((own("ok"), *two("ok")), "PASSED", LIKELY),
            ((own("ok"), *servers("silent")), "PASSED", LIKELY),
            ((own("ok"), parent("ok"), *servers("silent", "silent")), "NAME_SERVERS_SILENT", LIKELY),
            ((own("ok"), parent("ok"), *servers("silent", "ok")), "NAME_SERVERS_PARTLY", LIKELY),
            ((own("ok"), parent("ok"), *servers("ok", "ok")), "PASSED", LIKELY),
        ],
    )  # fmt: skip
    def test_the_table(self, heard, conclusion, confidence):
        assert told(dns(*heard)) == (Conclusion[conclusion], confidence)

    def test_silent_witnesses_that_live_wait_in_vain_for_the_name(self):
        heard = (own("silent"), own("fails"), *two("silent"))

        assert told(dns(*heard, line=RESOLVER_LIVES)) == (Conclusion.NAME_SERVERS_SILENT, POSSIBLE)
        assert told(dns(*heard)) == (Conclusion.CANNOT_TELL, POSSIBLE)

    def test_a_resolver_that_is_heard_before_the_line_is_proven_accuses_nobody(self):
        assert told(dns(own("fails", 22), line=UNPROVEN)) == (Conclusion.CANNOT_TELL, POSSIBLE)

    def test_what_could_not_be_asked_counts_neither_way(self):
        heard = (own("fails"), *two("fails"), parent("ok"), server("no way", at="2001:db8::1"), *servers("silent"))

        assert told(dns(*heard)) == (Conclusion.NAME_SERVERS_SILENT, CERTAIN)

    def test_silence_by_ipv6_alone_may_be_our_own(self):
        by_ipv6 = (server("silent", 1, "2001:db8::1"), server("silent", 2, "2001:db8::2"))

        found = dns(own("gone"), *two("gone"), *servers("gone", "gone"), *by_ipv6)

        assert told(found) == (Conclusion.NAME_GONE, CERTAIN)

    def test_silence_of_servers_that_have_ipv6_alone_may_be_our_own(self):
        mute = (server("silent", 1, "2001:db8::1"), server("silent", 2, "2001:db8::2"))
        by_ipv6 = parent("ok", at="2001:db8::53")

        assert told(dns(own("fails"), *two("fails"), parent("ok"), *mute))[0] is Conclusion.CANNOT_TELL
        assert told(dns(own("fails"), *two("fails"), by_ipv6, *mute)) == (Conclusion.NAME_SERVERS_SILENT, CERTAIN)

    def test_answers_by_somebody_on_the_way_are_not_those_of_the_owner(self):
        # A network that leads every question on port 53 to its own resolver.
        hijacked = [replace(each, borrowed=True) for each in (parent("gone"), *servers("gone", "gone"))]

        assert told(dns(own("gone"), *hijacked)) == (Conclusion.NAME_GONE, POSSIBLE)

    def test_lame_servers_are_named(self):
        lame = (replace(server("ok", 1), reason=Reason.DNS_ERROR, lame=True), server("refuses", 2))

        found = conclude(dns(own("fails"), *two("fails"), *lame))

        assert (found.conclusion, found.named) == (
            Conclusion.NAME_SERVERS_FAIL,
            ("ns1.shop.example", "ns2.shop.example"),
        )

    def test_of_two_zones_on_the_way_the_one_in_trouble_is_meant(self):
        behind = replace(ZONE, name="cdn.example")
        dead = tuple(replace(each, zone="cdn.example") for each in servers("silent", "silent"))
        evidence = dns(
            own("fails"), *two("fails"), parent("ok"), replace(parent("ok"), zone="cdn.example"),
            server("ok", 3), *dead, zones=(ZONE, behind),
        )  # fmt: skip

        asked = in_question(evidence)

        assert asked.zone == behind
        assert told(asked) == (Conclusion.NAME_SERVERS_SILENT, CERTAIN)
        assert in_question(dns(*servers("ok"), zones=(ZONE, behind))).zone == ZONE

    @pytest.mark.parametrize(
        ("heard", "line", "conclusion", "confidence"),
        [
            ((own("silent"),), ONLINE, Conclusion.NAME_SERVERS_SILENT, LIKELY),
            ((own("silent"),), UNPROVEN, Conclusion.CANNOT_TELL, POSSIBLE),
            ((own("refuses"),), ONLINE, Conclusion.NAME_SERVERS_FAIL, LIKELY),
            ((own("gone"),), ONLINE, Conclusion.NAME_GONE, LIKELY),
            ((own("ok"),), ONLINE, Conclusion.PASSED, LIKELY),
            ((own("no way"),), ONLINE, Conclusion.CANNOT_TELL, POSSIBLE),
        ],
    )
    def test_name_servers_that_the_check_names_are_judged_by_themselves(self, heard, line, conclusion, confidence):
        assert told(dns(*heard, line=line), chosen_servers=True) == (conclusion, confidence)

    def test_an_unexpected_code_is_an_unexpected_answer(self):
        assert told(dns(own("ok"), reason=Reason.UNEXPECTED_RCODE)) == (Conclusion.WRONG_CONTENT, LIKELY)


def tcp(*knocks, reason=Reason.CONNECT_TIMEOUT, line=ONLINE, facts=None, address=None, **fields):
    result = replace(make_result(reason, address=address), facts=facts or Facts())
    return Evidence(result, HOST, line=line, knocks=knocks, **fields)


def knock(address, reason=None):
    return Knock(address, reason)


MUTE, SHUT = Reason.CONNECT_TIMEOUT, Reason.CONNECTION_REFUSED


class TestAddresses:
    @pytest.mark.parametrize(
        ("knocks", "line", "conclusion", "confidence"),
        [
            ((knock("192.0.2.1", MUTE), knock("192.0.2.2", MUTE)), ONLINE, "ADDRESSES_SILENT", CERTAIN),
            ((knock("192.0.2.1", MUTE),), ONLINE, "ADDRESSES_SILENT", LIKELY),
            ((knock("192.0.2.1", MUTE), knock("192.0.2.2", SHUT)), ONLINE, "ADDRESSES_SILENT", LIKELY),
            ((knock("192.0.2.1", MUTE),), UNPROVEN, "CANNOT_TELL", POSSIBLE),
            ((knock("192.0.2.1", SHUT), knock("192.0.2.2", SHUT)), ONLINE, "PORT_CLOSED", CERTAIN),
            ((knock("192.0.2.1", SHUT),), ONLINE, "PORT_CLOSED", CERTAIN),
            ((knock("192.0.2.1", SHUT),), UNPROVEN, "PORT_CLOSED", LIKELY),
            ((knock("192.0.2.1"), knock("192.0.2.2", MUTE)), ONLINE, "ADDRESSES_PARTLY", CERTAIN),
            ((knock("192.0.2.1"), knock("2001:db8::1", MUTE)), ONLINE, "FAMILY_SILENT", LIKELY),
            ((knock("192.0.2.1", MUTE), knock("2001:db8::1")), UNPROVEN, "FAMILY_SILENT", POSSIBLE),
            ((knock("192.0.2.1"), knock("192.0.2.2", MUTE), knock("2001:db8::1", MUTE)), ONLINE,
             "ADDRESSES_PARTLY", CERTAIN),
            ((knock("192.0.2.1"),), ONLINE, "PASSED", LIKELY),
            ((knock("2001:db8::1", Reason.NETWORK_UNREACHABLE),), ONLINE, "CANNOT_TELL", POSSIBLE),
        ],
    )  # fmt: skip
    def test_the_table(self, knocks, line, conclusion, confidence):
        assert told(tcp(*knocks, line=line)) == (Conclusion[conclusion], confidence)

    @pytest.mark.parametrize("others", [(), (knock("192.0.2.1"),)])
    def test_our_own_ipv6_is_at_fault_where_the_line_says_so(self, others):
        line = replace(ONLINE, state=LineState.LIMITED, limits=(Limit.IPV6,))

        found = conclude(tcp(*others, knock("2001:db8::1", MUTE), line=line))

        assert (found.conclusion, found.named) == (Conclusion.OWN_FAMILY, ("IPv6",))

    def test_without_knocks_the_attempts_of_the_look_are_judged(self):
        attempts = (Attempt("192.0.2.1", Failure(MUTE)), Attempt("192.0.2.2", Failure(MUTE)))

        assert told(tcp(facts=Facts(attempts=attempts))) == (Conclusion.ADDRESSES_SILENT, CERTAIN)
        assert told(tcp(address="192.0.2.1")) == (Conclusion.ADDRESSES_SILENT, LIKELY)

    @pytest.mark.parametrize("reason", [Reason.REPLY_TIMEOUT, Reason.CONNECTION_CLOSED])
    def test_a_connection_that_is_taken_and_not_answered_is_no_response(self, reason):
        assert told(tcp(knock("192.0.2.1"), reason=reason)) == (Conclusion.NO_RESPONSE, LIKELY)

    def test_where_packets_are_lost_cannot_be_told(self):
        assert told(tcp(reason=Reason.PACKET_LOSS, address="192.0.2.1")) == (Conclusion.CANNOT_TELL, POSSIBLE)

    def test_a_silent_ping_is_a_silent_address(self):
        assert told(tcp(reason=Reason.NO_ECHO, address="192.0.2.1")) == (Conclusion.ADDRESSES_SILENT, LIKELY)

    def test_on_the_local_network_the_line_does_not_matter(self):
        found = tcp(knock("192.168.1.9", MUTE), line=OFFLINE, local=True)

        assert told(found) == (Conclusion.ADDRESSES_SILENT, LIKELY)

    @pytest.mark.parametrize(
        ("reason", "limits", "conclusion"),
        [
            (Reason.NO_IPV6, (), Conclusion.OWN_FAMILY),
            (Reason.NO_IPV4, (), Conclusion.OWN_FAMILY),
            (Reason.NETWORK_UNREACHABLE, (Limit.IPV4,), Conclusion.OWN_FAMILY),
            (Reason.NETWORK_UNREACHABLE, (), Conclusion.CANNOT_TELL),
        ],
    )
    def test_without_a_way_to_it_our_own_side_is_looked_at(self, reason, limits, conclusion):
        line = replace(ONLINE, state=LineState.LIMITED, limits=limits)

        assert told(tcp(reason=reason, line=line, facts=Facts(addresses=(PUBLIC,))))[0] is conclusion


def seen(*addresses, before=(), reason=MUTE, **fields):
    good = Remembered(START, None, Facts(addresses=before)) if before else None
    facts = Facts(addresses=addresses, resolver="192.168.1.1")
    return tcp(*(knock(address, MUTE) for address in addresses), facts=facts, good=good, reason=reason, **fields)


def honest(*addresses):
    return tuple(witness("ok", at=at, addresses=addresses) for at in ("1.1.1.1", "8.8.8.8"))


class TestStrangeAnswers:
    @pytest.mark.parametrize(
        ("evidence", "conclusion", "confidence"),
        [
            (seen("0.0.0.0", witnesses=honest(PUBLIC)), Conclusion.FILTERED, CERTAIN),
            (seen(PRIVATE, before=(PUBLIC,)), Conclusion.FILTERED, LIKELY),
            (seen("::ffff:10.0.0.1", before=(PUBLIC,)), Conclusion.FILTERED, LIKELY),
            # A name that only this network knows, perhaps.
            (seen(PRIVATE), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(PRIVATE, witnesses=(witness("gone"),)), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(PRIVATE, witnesses=honest(PRIVATE)), Conclusion.ADDRESS_MISSING, CERTAIN),
            (seen(PRIVATE, before=(PRIVATE,)), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(OTHER, before=(PUBLIC,), witnesses=honest("203.0.99.1")), Conclusion.FILTERED, CERTAIN),
            # It has moved, and everybody says so.
            (seen(OTHER, before=(PUBLIC,), witnesses=honest(OTHER)), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(OTHER, before=(PUBLIC,), witnesses=honest("8.8.1.1")), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(OTHER, before=(PUBLIC,)), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(OTHER, witnesses=honest(PUBLIC)), Conclusion.ADDRESSES_SILENT, LIKELY),
            (seen(PRIVATE, local=True, witnesses=honest(PUBLIC)), Conclusion.ADDRESSES_SILENT, LIKELY),
        ],
    )
    def test_addresses_are_compared_with_those_of_before_and_of_others(self, evidence, conclusion, confidence):
        assert told(evidence) == (conclusion, confidence)

    def test_a_resolver_that_gives_everything_one_address_is_found_out_by_a_strange_certificate(self):
        found = seen(OTHER, reason=Reason.CERTIFICATE_NAME_MISMATCH, witnesses=honest(PUBLIC))

        assert told(found) == (Conclusion.FILTERED, CERTAIN)

    def test_the_owners_own_servers_speak_against_that(self):
        own_word = replace(server("ok"), addresses=(OTHER,))

        found = seen(OTHER, reason=Reason.CERTIFICATE_NAME_MISMATCH, witnesses=honest(PUBLIC), servers=(own_word,))

        assert told(found)[0] is Conclusion.CERTIFICATE_WRONG

    def test_strange_content_may_come_from_a_filter(self):
        found = seen(PRIVATE, before=(PUBLIC,), reason=Reason.TEXT_MISSING, witnesses=honest(PUBLIC))

        assert told(found) == (Conclusion.FILTERED, CERTAIN)


def tls(reason, certificate=CERTIFICATE, line=ONLINE, **fields):
    result = replace(make_result(reason), facts=Facts(certificate=certificate))
    return Evidence(result, HOST, line=line, **fields)


CLOCK_KNOWN = replace(ONLINE, clock_ahead=timedelta())
BEFORE = Remembered(START, PUBLIC, Facts(certificate=replace(CERTIFICATE, issuer="Another", sha256="bb" * 32)))


class TestCertificates:
    @pytest.mark.parametrize(
        ("evidence", "conclusion", "confidence"),
        [
            (tls(Reason.CERTIFICATE_EXPIRED, OVER, CLOCK_KNOWN), "CERTIFICATE_EXPIRED", CERTAIN),
            (tls(Reason.CERTIFICATE_EXPIRED, OVER), "CERTIFICATE_EXPIRED", LIKELY),
            (tls(Reason.CERTIFICATE_EXPIRED, None), "CERTIFICATE_EXPIRED", POSSIBLE),
            # 30 September 2021: not the certificate itself, and everywhere.
            (tls(Reason.CERTIFICATE_EXPIRED, refused_alike=("a.example", "b.example")), "OWN_TRUST", LIKELY),
            (tls(Reason.CERTIFICATE_EXPIRED, OVER, refused_alike=("a.example", "b.example")),
             "CERTIFICATE_EXPIRED", LIKELY),
            (tls(Reason.CERTIFICATE_EXPIRED, OVER, replace(ONLINE, limits=(Limit.CLOCK,))), "OWN_CLOCK", LIKELY),
            (tls(Reason.CERTIFICATE_NOT_YET_VALID), "CERTIFICATE_WRONG", LIKELY),
            (tls(Reason.CERTIFICATE_NAME_MISMATCH), "CERTIFICATE_WRONG", LIKELY),
            (tls(Reason.CERTIFICATE_SELF_SIGNED, good=BEFORE), "CERTIFICATE_WRONG", CERTAIN),
            (tls(Reason.CERTIFICATE_UNKNOWN_ISSUER, line=UNPROVEN), "CERTIFICATE_WRONG", POSSIBLE),
            (tls(Reason.CERTIFICATE_EXPIRES_SOON), "CANNOT_TELL", POSSIBLE),
            (tls(Reason.TLS_ALERT, None), "ENCRYPTION_FAILS", LIKELY),
        ],
    )  # fmt: skip
    def test_the_table(self, evidence, conclusion, confidence):
        assert told(evidence) == (Conclusion[conclusion], confidence)


def http(reason, status=None, delivery=None, *, proven=True, **facts):
    proof = {"tls_version": "TLSv1.3", "certificate": CERTIFICATE} if proven else {}
    result = replace(make_result(reason), facts=Facts(http_status=status, **proof, **facts))
    return Evidence(result, HOST, delivery=delivery)


class TestAnswers:
    @pytest.mark.parametrize(
        ("evidence", "conclusion", "confidence"),
        [
            (http(Reason.SERVER_ERROR, 503), "SERVER_ERRORS", CERTAIN),
            (http(Reason.SERVER_ERROR, 503, proven=False), "SERVER_ERRORS", LIKELY),
            (http(Reason.SERVER_ERROR, 503, retry_after_s=600.0), "MAINTENANCE_TOLD", CERTAIN),
            (http(Reason.SERVER_ERROR, 500, retry_after_s=600.0), "SERVER_ERRORS", CERTAIN),
            (http(Reason.SERVER_ERROR, 503, Delivery("Fastly", Fault.EDGE)), "DELIVERY_FAILS", LIKELY),
            (http(Reason.SERVER_ERROR, 522, Delivery("Cloudflare", Fault.ORIGIN)), "ORIGIN_FAILS", LIKELY),
            (http(Reason.SERVER_ERROR, 500, Delivery("Google")), "SERVER_ERRORS", CERTAIN),
            (http(Reason.REFUSES_AUTOMATION, 429), "TOO_MANY_CHECKS", CERTAIN),
            (http(Reason.REFUSES_AUTOMATION, 403), "TURNS_US_AWAY", CERTAIN),
            (http(Reason.CLIENT_ERROR, 405), "TURNS_US_AWAY", CERTAIN),
            (http(Reason.NOT_FOUND, 404), "PAGE_GONE", CERTAIN),
            (http(Reason.RESPONSE_TIMEOUT), "NO_RESPONSE", CERTAIN),
            (http(Reason.REDIRECT_LOOP, 302), "WRONG_CONTENT", CERTAIN),
            (http(Reason.TEXT_MISSING, 200), "WRONG_CONTENT", LIKELY),
            (http(Reason.SLOW, 200), "SLOW", LIKELY),
            (http(Reason.SECRET_MISSING), "CHECK_ITSELF", LIKELY),
            (http(Reason.UNUSABLE_NAME), "CHECK_ITSELF", LIKELY),
            (http(Reason.PROXY_FAILED), "PROXY", LIKELY),
            (http(None, 200), "PASSED", LIKELY),
        ],
    )  # fmt: skip
    def test_the_table(self, evidence, conclusion, confidence):
        assert told(evidence) == (Conclusion[conclusion], confidence)

    def test_the_network_and_the_status_are_named(self):
        found = conclude(http(Reason.SERVER_ERROR, 503, Delivery("Fastly", Fault.EDGE)))

        assert found.named == ("Fastly", "HTTP 503")


class TestTheLine:
    def test_offline_is_told_before_anything_else(self):
        assert told(dns(own("silent"), line=OFFLINE)) == (Conclusion.OFFLINE, CERTAIN)

    def test_a_network_that_wants_a_sign_in_is_named(self):
        line = Line(LineState.CAPTIVE, START, sign_in_url="http://login.example/")

        found = conclude(tls(Reason.CERTIFICATE_NAME_MISMATCH, line=line))

        assert (found.conclusion, found.named) == (Conclusion.SIGN_IN_WANTED, ("http://login.example/",))


REASONS = st.sampled_from(list(Reason))
ADDRESSES = st.sampled_from([PUBLIC, OTHER, PRIVATE, "0.0.0.0", "2001:db8::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
CODES = st.lists(st.sampled_from([0, 3, 6, 9, 15, 17, 22, 23]), max_size=2).map(tuple)


def heards(kind, most):
    return st.lists(
        st.builds(
            Heard,
            st.just(kind),
            st.sampled_from(list(SERVERS)),
            st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1"]),
            st.sampled_from(list(ANSWERS.values())),
            st.lists(ADDRESSES, max_size=2).map(tuple),
            extended=CODES,
            borrowed=st.booleans(),
        ),
        max_size=most,
    ).map(tuple)


LINES = st.none() | st.builds(
    Line,
    st.sampled_from(list(LineState)),
    st.just(START),
    st.lists(
        st.builds(Witness, st.just("a"), st.booleans(), st.just(""), kind=st.sampled_from(list(WitnessKind))),
        max_size=2,
    ).map(tuple),
    st.lists(st.sampled_from(list(Limit)), max_size=2).map(tuple),
)
FACTS = st.builds(
    Facts,
    addresses=st.lists(ADDRESSES, max_size=2).map(tuple),
    certificate=st.none() | st.sampled_from([CERTIFICATE, OVER]),
    tls_version=st.sampled_from(["", "TLSv1.3"]),
    http_status=st.none() | st.sampled_from([200, 404, 429, 500, 503, 522]),
    retry_after_s=st.none() | st.just(60.0),
)
EVIDENCE = st.builds(
    lambda reason, facts, **fields: Evidence(replace(make_result(reason), facts=facts), HOST, **fields),
    st.none() | REASONS,
    FACTS,
    local=st.booleans(),
    line=LINES,
    own=heards(StepKind.OWN_RESOLVER, 2),
    witnesses=heards(StepKind.WITNESS_RESOLVER, 3),
    unchecked=heards(StepKind.UNCHECKED, 1),
    parents=heards(StepKind.PARENT, 2),
    servers=heards(StepKind.NAME_SERVER, 4),
    knocks=st.lists(st.builds(Knock, ADDRESSES, st.none() | st.sampled_from([MUTE, SHUT])), max_size=3).map(tuple),
    zones=st.sampled_from([(), (ZONE,)]),
    good=st.none() | st.builds(Remembered, st.just(START), st.none(), FACTS),
    delivery=st.none() | st.builds(Delivery, st.just("Fastly"), st.none() | st.sampled_from(list(Fault))),
    refused_alike=st.sampled_from([(), ("a.example", "b.example")]),
)


class TestWhateverTheEvidence:
    @given(EVIDENCE, st.booleans())
    def test_there_is_a_conclusion(self, evidence, chosen):
        found = conclude(evidence, chosen_servers=chosen)

        assert found.conclusion in Conclusion
        assert all(found.named)

    @given(EVIDENCE)
    def test_nobody_is_accused_while_our_own_line_is_down(self, evidence):
        found = conclude(evidence)

        if evidence.line_state in (LineState.OFFLINE, LineState.CAPTIVE) and not evidence.local:
            assert found.conclusion.blame is not Blame.THEM

    @given(EVIDENCE)
    def test_nothing_is_certain_by_one_piece_of_evidence(self, evidence):
        found = conclude(evidence)

        pieces = {(step.kind, step.subject) for step in steps_of(evidence)}
        facts = evidence.result.facts
        proof = sum((facts.certificate is not None, evidence.line is not None, evidence.good is not None))
        witnesses = 0 if evidence.line is None else len(evidence.line.witnesses)
        if found.confidence is CERTAIN:
            assert len(pieces) + proof + witnesses >= 2

    @given(EVIDENCE)
    def test_silent_name_servers_are_certain_only_where_others_were_heard(self, evidence):
        found = conclude(evidence)

        if (found.conclusion, found.confidence) == (Conclusion.NAME_SERVERS_SILENT, CERTAIN):
            assert any(heard.heard for heard in (*evidence.witnesses, *evidence.parents))

    @given(EVIDENCE)
    def test_where_port_53_is_blocked_silence_accuses_nobody(self, evidence):
        mute = tuple(
            replace(heard, reason=Reason.DNS_TIMEOUT, extended=()) for heard in (server("ok", 1), server("ok", 2))
        )
        blocked = replace(
            evidence,
            result=make_result(Reason.DNS_TIMEOUT, address=None),
            local=False,
            own=(own("silent"),),
            witnesses=(witness("silent"),),
            unchecked=(),
            parents=(parent("silent"),),
            servers=mute,
        )

        assert conclude(blocked).conclusion.blame is not Blame.THEM

    @given(EVIDENCE)
    def test_every_step_can_be_told(self, evidence):
        assert all(step.layer in Layer for step in steps_of(evidence))
