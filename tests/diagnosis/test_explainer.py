"""The ladder against real name servers, web servers and silence."""

import asyncio
import logging
import time
from datetime import timedelta

import pytest
from dns.rdatatype import RdataType

from fakes.checks import make_result
from fakes.clock import START
from fakes.ladder import FOUND, HOST, OWN, PARENTS, SERVERS, WITNESSES, ZONE, ZONE_RECORDS, Ladder
from manara.model import (
    Blame,
    Certificate,
    Conclusion,
    Confidence,
    Line,
    LineState,
    Reason,
    Service,
    StepKind,
    Witness,
    Zone,
    ZoneServer,
)
from manara.probes import DnsCheck, Family, HttpCheck, PingCheck, TcpCheck
from servers.dns_server import authoritative, before, code, garbage, referring, silent, wrong_id, wrong_question
from servers.tcp_server import say, tcp_server

CHECK = HttpCheck(url=f"https://{HOST}/", timeout=timedelta(seconds=5))
LAME = {"shop.example": ["SOA a. b. 1 2 3 4 5"]}


def result(reason, **facts):
    return make_result(reason, address=None, **facts)


def kinds(found):
    return [step.kind for step in found.steps]


class TestNames:
    async def test_name_servers_that_do_not_answer_are_found_out_as_on_4_october_2021(self):
        async with Ladder() as world:
            await world.at(*WITNESSES, behave=code("SERVFAIL", (22, "no reachable authority")))
            await world.healthy_parents()

            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        assert (found.conclusion, found.confidence) == (Conclusion.NAME_SERVERS_SILENT, Confidence.CERTAIN)
        assert found.conclusion.blame is Blame.THEM
        assert (found.named, found.zone) == (tuple(SERVERS), "shop.example")
        assert [(step.kind, step.reason) for step in found.steps] == [
            (StepKind.LINE, None),
            (StepKind.OWN_RESOLVER, Reason.DNS_TIMEOUT),
            *[(StepKind.WITNESS_RESOLVER, Reason.SERVFAIL)] * 2,
            *[(StepKind.UNCHECKED, Reason.SERVFAIL)] * 2,
            (StepKind.PARENT, None),
            *[(StepKind.NAME_SERVER, Reason.DNS_TIMEOUT)] * 2,
        ]

    async def test_the_owners_servers_are_asked_for_what_they_know_themselves(self):
        async with Ladder() as world:
            await world.healthy_parents()
            await world.healthy_servers()

            await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        alone = {*SERVERS.values(), *PARENTS}
        assert all(question.recursion is (address not in alone) for address, question in world.asked)

    async def test_a_really_silent_server_is_given_up_in_time(self):
        async with Ladder(witnesses=("1.1.1.1",)) as world:
            await world.at(*SERVERS.values(), behave=silent)
            await world.at(OWN, "1.1.1.1", behave=code("SERVFAIL"))
            await world.healthy_parents()

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert found.conclusion is Conclusion.NAME_SERVERS_SILENT
        assert 1_000 < found.ms < 10_000

    async def test_a_blocked_port_53_accuses_nobody(self):
        async with Ladder() as world:
            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        assert found.conclusion is Conclusion.CANNOT_TELL

    async def test_our_own_resolver_is_at_fault_where_others_know_the_name(self):
        async with Ladder() as world:
            await world.at(OWN, behave=code("SERVFAIL"))
            await world.at(*WITNESSES, records=FOUND)
            await world.healthy_parents()
            await world.healthy_servers()

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert (found.conclusion, found.confidence) == (Conclusion.OWN_RESOLVER, Confidence.CERTAIN)
        assert found.named == (OWN,)

    async def test_a_name_that_our_resolver_hides_is_filtered(self):
        async with Ladder() as world:
            await world.at(OWN, behave=code("NXDOMAIN", (17, "filtered")))
            await world.at(*WITNESSES, records=FOUND)

            found = await world.explain(CHECK, result(Reason.NXDOMAIN))

        assert found.conclusion is Conclusion.FILTERED

    async def test_broken_signatures_are_found_out_by_asking_without_checking(self):
        def refuses_unless_unchecked(reply):
            return (
                code("SERVFAIL", (9, ""))(reply) if not reply.asked.message.flags & 0x10 else [reply.message.to_wire()]
            )

        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, records=FOUND, behave=refuses_unless_unchecked)
            await world.healthy_parents()
            await world.healthy_servers()

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert (found.conclusion, found.confidence) == (Conclusion.DNSSEC_BROKEN, Confidence.CERTAIN)
        assert found.named == ("shop.example",)

    async def test_an_address_that_is_missing_everywhere_is_the_owners_mistake(self):
        bare = {"www.shop.example": ["TXT hello"], **LAME}
        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, records=bare)
            await world.at(*SERVERS.values(), records=bare, behave=authoritative)

            found = await world.explain(CHECK, result(Reason.NO_ADDRESSES))

        assert (found.conclusion, found.confidence) == (Conclusion.ADDRESS_MISSING, Confidence.CERTAIN)

    async def test_a_name_with_ipv6_alone_is_not_missing(self):
        async with Ladder() as world:
            await world.at(OWN, behave=code("SERVFAIL"))
            await world.at(*WITNESSES, records={HOST: ["2001:db8::7"]})
            await world.at(*SERVERS.values(), records={HOST: ["2001:db8::7"], **LAME}, behave=authoritative)

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert found.conclusion is Conclusion.OWN_RESOLVER

    async def test_a_domain_that_was_given_up_is_gone(self):
        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, behave=code("NXDOMAIN"))
            await world.at(*PARENTS, behave=lambda reply: authoritative(nxdomain(reply)))

            found = await world.explain(CHECK, result(Reason.NXDOMAIN))

        assert (found.conclusion, found.named) == (Conclusion.NAME_GONE, ("shop.example",))

    async def test_servers_that_do_not_know_their_zone_are_lame(self):
        def without_authority(reply):
            reply.message.flags &= ~0x0080
            return [reply.message.to_wire()]

        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, behave=code("SERVFAIL"))
            await world.healthy_parents()
            await world.at(*SERVERS.values(), records=ZONE_RECORDS, behave=without_authority)

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert (found.conclusion, found.confidence) == (Conclusion.NAME_SERVERS_FAIL, Confidence.CERTAIN)
        assert [step.detail for step in found.steps if step.kind is StepKind.NAME_SERVER] == ["not authoritative"] * 2

    async def test_a_network_that_answers_for_every_name_server_itself_is_seen_through(self):
        async with Ladder() as world:
            # The resolver of this network answers whoever is asked on port 53.
            await world.at(OWN, *WITNESSES, *PARENTS, *SERVERS.values(), behave=code("SERVFAIL"))
            hijacker = world.ports[OWN]
            hijacker.behave = lambda reply: [as_resolver(reply)]

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert found.conclusion is not Conclusion.NAME_SERVERS_FAIL
        assert found.confidence is not Confidence.CERTAIN

    @pytest.mark.parametrize("lie", [wrong_id, wrong_question, garbage])
    async def test_servers_that_lie_or_answer_others_questions_end_in_a_conclusion(self, lie):
        async with Ladder(witnesses=("1.1.1.1",)) as world:
            await world.at(OWN, "1.1.1.1", *PARENTS, *SERVERS.values(), behave=lie)

            found = await world.explain(CHECK, result(Reason.DNS_BAD_ANSWER), limit_s=0.5)

        assert found.conclusion in Conclusion

    async def test_forged_answers_before_the_true_ones_change_nothing(self):
        async with Ladder() as world:
            await world.at(OWN, behave=code("SERVFAIL"))
            await world.at(*WITNESSES, records=FOUND, behave=before(wrong_id))

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert found.conclusion is Conclusion.OWN_RESOLVER

    async def test_aliases_in_a_circle_are_the_owners_mistake(self):
        loop = {HOST: ["CNAME b.shop.example."], "b.shop.example": [f"CNAME {HOST}."], **LAME}
        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, records=loop)
            await world.at(*SERVERS.values(), records=loop, behave=authoritative)

            found = await world.explain(CHECK, result(Reason.CNAME_LOOP))

        assert found.conclusion is Conclusion.NAME_SERVERS_FAIL

    async def test_the_zone_behind_an_alias_is_asked_as_well(self):
        behind = Zone("cdn.example", (ZoneServer("ns.cdn.example", ("192.0.2.99",)),), START)

        async def zone_of(host):
            return behind if host == "edge.cdn.example" else ZONE

        alias = {HOST: ["CNAME edge.cdn.example."], **LAME}
        async with Ladder() as world:
            world.memory.take(CHECK, make_result(addresses=("203.0.113.7",), cname_chain=("edge.cdn.example",)))
            await world.at(OWN, *WITNESSES, behave=code("SERVFAIL"))
            await world.healthy_parents()
            await world.at(*SERVERS.values(), records=alias, behave=authoritative, follow=False)

            found = await world.explain(CHECK, result(Reason.SERVFAIL), zone_of=zone_of)

        assert (found.conclusion, found.zone) == (Conclusion.NAME_SERVERS_SILENT, "cdn.example")
        assert found.named == ("ns.cdn.example",)

    async def test_a_name_that_was_given_on_further_down_is_no_lame_server(self):
        deeper = referring("www.shop.example", "ns.elsewhere.example")

        def refers(reply):
            return authoritative(reply) if reply.asked.rdtype == "SOA" else deeper(reply)

        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, behave=code("SERVFAIL"))
            await world.at(*SERVERS.values(), records=ZONE_RECORDS, behave=refers)

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        told = [step.detail for step in found.steps if step.kind is StepKind.NAME_SERVER]
        assert told == ["ns.elsewhere.example"] * 2

    async def test_servers_by_ipv6_are_not_asked_without_a_way_to_them(self):
        zone = Zone("shop.example", (ZoneServer("a.ns.shop.example", ("2001:db8::1", "129.134.30.12")),), START)
        async with Ladder(zone=zone, ipv6=False) as world:
            await world.at(OWN, *WITNESSES, behave=code("SERVFAIL"))

            found = await world.explain(CHECK, result(Reason.SERVFAIL))

        assert "2001:db8::1" not in [address for address, _ in world.asked]
        assert found.conclusion is Conclusion.NAME_SERVERS_SILENT

    async def test_the_records_of_the_check_are_asked_for(self):
        check = DnsCheck(name=HOST, record_type="MX")
        async with Ladder() as world:
            await world.explain(check, result(Reason.DNS_TIMEOUT))

        assert {question.rdtype for address, question in world.asked if address == OWN} == {RdataType.MX}

    async def test_ipv6_alone_is_asked_for_where_the_check_uses_that(self):
        check = HttpCheck(url=f"https://{HOST}/", family=Family.IPV6)
        async with Ladder() as world:
            await world.explain(check, result(Reason.DNS_TIMEOUT))

        assert {question.rdtype for address, question in world.asked if address == OWN} == {RdataType.AAAA}


def nxdomain(reply):
    reply.message.set_rcode(3)
    return reply


def as_resolver(reply):
    """SERVFAIL with recursion on offer, whatever was asked."""
    reply.message.set_rcode(2)
    return reply.message.to_wire()


class TestWhatIsNotAsked:
    async def test_nobody_else_is_asked_where_the_settings_name_nobody(self):
        async with Ladder(witnesses=(), zone=None) as world:
            await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        assert {address for address, _ in world.asked} == {OWN}

    async def test_the_owners_servers_are_left_alone_where_the_user_wants_that(self):
        async with Ladder() as world:
            await world.at(OWN, *WITNESSES, behave=code("SERVFAIL"))

            await world.explain(CHECK, result(Reason.SERVFAIL), zone_of=None)

        assert {address for address, _ in world.asked} == {OWN, *WITNESSES}

    async def test_a_witness_that_is_our_own_resolver_is_none(self):
        async with Ladder(witnesses=(OWN,), zone=None) as world:
            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        assert StepKind.WITNESS_RESOLVER not in kinds(found)

    async def test_only_the_name_servers_that_a_check_names_are_asked(self):
        check = DnsCheck(name=HOST, servers=("192.0.2.9",))
        async with Ladder() as world:
            found = await world.explain(check, result(Reason.DNS_TIMEOUT))

        assert {address for address, _ in world.asked} == {"192.0.2.9"}
        assert (found.conclusion, found.named) == (Conclusion.NAME_SERVERS_SILENT, ("192.0.2.9",))

    @pytest.mark.parametrize(
        ("reason", "facts", "conclusion"),
        [
            (Reason.SERVER_ERROR, {"http_status": 503}, Conclusion.SERVER_ERRORS),
            (Reason.SECRET_MISSING, {}, Conclusion.CHECK_ITSELF),
            (Reason.PROXY_FAILED, {}, Conclusion.PROXY),
            (Reason.SLOW, {}, Conclusion.SLOW),
            (None, {}, Conclusion.PASSED),
        ],
    )
    async def test_failures_further_up_ask_no_name_server(self, reason, facts, conclusion):
        async with Ladder() as world:
            found = await world.explain(CHECK, result(reason, **facts))

        assert (found.conclusion, world.asked) == (conclusion, [])

    async def test_an_answer_with_proof_of_identity_proves_the_line_by_itself(self):
        shown = Certificate("a", "b", (), START, START, "00")
        facts = {"http_status": 503, "tls_version": "TLSv1.3", "certificate": shown}
        async with Ladder() as world:
            found = await world.explain(CHECK, result(Reason.SERVER_ERROR, **facts))

        assert (len(world.proved), found.confidence) == (0, Confidence.CERTAIN)

    @pytest.mark.parametrize("reason", [Reason.SLOW, Reason.CERTIFICATE_EXPIRES_SOON, Reason.PACKET_LOSS])
    async def test_what_was_reached_if_not_well_needs_no_proof_of_the_line(self, reason):
        async with Ladder() as world:
            await world.explain(CHECK, result(reason))

        assert world.proved == []

    async def test_behind_a_proxy_nothing_can_be_asked_from_here(self):
        async with Ladder(proxy="http://proxy.example:3128") as world:
            found = await world.explain(CHECK, result(Reason.CONNECT_TIMEOUT))

        assert (world.asked, kinds(found)) == ([], [StepKind.LINE, StepKind.ADDRESS])

    async def test_an_address_of_the_local_network_needs_no_line(self):
        async with Ladder() as world:
            found = await world.explain(
                PingCheck(host="192.168.1.9"), make_result(Reason.NO_ECHO, address="192.168.1.9")
            )

        assert (len(world.proved), found.conclusion) == (0, Conclusion.ADDRESSES_SILENT)

    async def test_a_host_that_was_always_on_the_local_network_is_local(self):
        async with Ladder() as world:
            world.memory.take(CHECK, make_result(addresses=("10.0.0.9",)))
            await world.explain(CHECK, make_result(Reason.CONNECT_TIMEOUT, address="10.0.0.9", addresses=("10.0.0.9",)))

        assert world.proved == []

    async def test_a_name_of_this_network_is_no_business_of_others(self):
        async with Ladder() as world:
            found = await world.explain(TcpCheck(host="nas.local", port=22), result(Reason.NXDOMAIN))

        assert (world.asked, found.conclusion) == ([], Conclusion.CANNOT_TELL)


class TestAddresses:
    async def test_addresses_are_tried_each_by_itself(self):
        async with tcp_server(say()) as port, Ladder() as world:
            check = TcpCheck(host=HOST, port=port)
            addresses = ("127.0.0.1", "127.0.0.2", "127.0.0.3")

            world.memory.take(check, make_result(addresses=addresses))
            found = await world.explain(check, result(Reason.CONNECTION_REFUSED, addresses=addresses))

        knocked = [(step.subject, step.reason) for step in found.steps if step.kind is StepKind.ADDRESS]
        assert sorted(knocked) == [("127.0.0.1", None), ("127.0.0.2", Reason.CONNECTION_REFUSED)]
        assert (found.conclusion, found.named) == (Conclusion.ADDRESSES_PARTLY, ("127.0.0.2",))

    async def test_without_a_port_no_address_is_tried(self):
        async with Ladder() as world:
            found = await world.explain(PingCheck(host=HOST), result(Reason.CONNECT_TIMEOUT, addresses=("192.0.2.1",)))

        assert (kinds(found), found.conclusion) == ([StepKind.LINE, StepKind.ADDRESS], Conclusion.CANNOT_TELL)

    async def test_a_filter_that_leads_everything_to_one_address_is_found_out(self):
        async with Ladder() as world:
            await world.at(*WITNESSES, records=FOUND)
            facts = {"addresses": ("198.51.100.9",), "resolver": OWN}

            found = await world.explain(CHECK, result(Reason.CERTIFICATE_NAME_MISMATCH, **facts))

        assert (found.conclusion, found.named) == (Conclusion.FILTERED, (OWN,))
        assert StepKind.ANSWER in kinds(found)

    async def test_an_address_of_nowhere_is_compared_with_what_others_say(self):
        async with Ladder() as world:
            await world.at(*WITNESSES, records=FOUND)

            found = await world.explain(CHECK, result(Reason.CONNECTION_REFUSED, addresses=("0.0.0.0",)))

        assert (found.conclusion, found.confidence) == (Conclusion.FILTERED, Confidence.CERTAIN)

    async def test_what_changed_in_the_certificate_is_told(self):
        old, new = (Certificate(HOST, issuer, (), START, START, issuer) for issuer in ("Old", "New"))
        async with Ladder(zone=None, witnesses=()) as world:
            world.memory.take(CHECK, make_result(certificate=old))
            found = await world.explain(CHECK, result(Reason.CERTIFICATE_SELF_SIGNED, certificate=new))

        told = [step.detail for step in found.steps if step.kind is StepKind.CERTIFICATE]
        assert told == ["", "Old → New"]
        assert (found.conclusion, found.confidence) == (Conclusion.CERTIFICATE_WRONG, Confidence.CERTAIN)


class TestTheLine:
    async def test_offline_blames_nobody_else(self):
        dead = Witness("http://anchor.example/", answered=False, detail="")
        async with Ladder(line=Line(LineState.OFFLINE, START, (dead, dead))) as world:
            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        assert (found.conclusion, found.confidence) == (Conclusion.OFFLINE, Confidence.CERTAIN)
        assert not found.steps[0].ok

    async def test_where_the_network_wants_a_sign_in_is_told(self):
        line = Line(LineState.CAPTIVE, START, sign_in_url="http://login.example/")
        async with Ladder(line=line) as world:
            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

        assert found.steps[0].detail == "http://login.example/"


class TestBounds:
    async def test_when_the_time_is_over_what_was_found_is_judged(self):
        async def slowly(question, server, *, timeout_s):
            await asyncio.sleep(60)

        async with Ladder() as world:
            world.ask = slowly
            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT), limit_s=0.1)

        assert (found.conclusion, kinds(found)) == (Conclusion.CANNOT_TELL, [StepKind.LINE, StepKind.OWN_RESOLVER])

    async def test_a_mistake_of_the_program_ends_in_a_conclusion(self, caplog):
        async def broken(_host):
            raise ZeroDivisionError

        async with Ladder() as world:
            found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT), zone_of=broken)

        assert found.conclusion is Conclusion.CANNOT_TELL
        assert [record.levelno for record in caplog.records] == [logging.ERROR]
        caplog.clear()

    async def test_five_hundred_failures_at_once_ask_the_owners_servers_once(self):
        checks = [HttpCheck(url=f"https://host{number}.shop.example/") for number in range(500)]
        services = [Service(f"s{number}", "S", (check,)) for number, check in enumerate(checks)]

        async with Ladder() as world:
            await world.at(*WITNESSES, behave=code("SERVFAIL"))
            await world.healthy_parents()
            explainer = world.explainer()
            found = await asyncio.gather(*(explainer.explain(each, 0, result(Reason.DNS_TIMEOUT)) for each in services))

        assert {each.conclusion for each in found} == {Conclusion.NAME_SERVERS_SILENT}
        # Twice each: a lost packet is no failure yet.
        assert sum(address in SERVERS.values() for address, _ in world.asked) == 2 * len(SERVERS)
        assert sum(address in PARENTS for address, _ in world.asked) == len(PARENTS)

    async def test_the_line_is_known_by_what_was_heard_since_the_look_began(self):
        async with Ladder() as world:
            now_s = time.monotonic()
            await world.explain(CHECK, make_result(Reason.DNS_TIMEOUT, total_ms=4_000))

        assert now_s - 4.0 <= world.proved[0] < now_s
