"""The resolver against real name servers on loopback that behave well, badly, or not at all."""

import asyncio

import pytest

from manara.model import Failure, NameServer, Reason
from manara.probes.border import LookFailed
from manara.probes.hosts import Hosts
from manara.probes.name_servers import Patience
from manara.probes.resolver import Family, Resolved, Resolver, families_routed, has_route, source_of
from servers.dns_server import (
    Behaviour,
    DnsServer,
    before,
    code,
    first,
    for_type,
    garbage,
    silent,
    wrong_id,
    wrong_question,
)

PATIENT = Patience(try_s=10, all_s=20, grace_s=10)
IMPATIENT = Patience(try_s=0.1, all_s=0.2, grace_s=0.05)
NOBODY = NameServer("127.0.0.1", 9)


def resolver(
    *servers: DnsServer | NameServer,
    hosts: str = "",
    patience: Patience = PATIENT,
    ipv4: bool = True,
    ipv6: bool = True,
) -> Resolver:
    """Return a resolver on a machine that has, or has not, IPv4 and IPv6."""
    return Resolver(
        tuple(server.name_server if isinstance(server, DnsServer) else server for server in servers),
        Hosts.parse(hosts),
        patience=patience,
        routed=lambda address: ipv6 if ":" in address else ipv4,
    )


async def failure(asked: Resolver, host: str, family: Family = Family.ANY) -> Failure:
    """Return why a name cannot be resolved."""
    with pytest.raises(LookFailed) as caught:
        await asked.resolve(host, family)
    return caught.value.failure


async def reason(asked: Resolver, host: str, family: Family = Family.ANY) -> Reason:
    return (await failure(asked, host, family)).reason


class TestWithoutAQuestion:
    @pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7", "fe80::7%eth0"])
    async def test_an_address_is_its_own_answer(self, host: str) -> None:
        found = await resolver().resolve(host)

        assert found == Resolved((host,))

    async def test_an_address_in_long_form_is_shortened(self) -> None:
        found = await resolver().resolve("2001:0DB8:0:0:0:0:0:7")

        assert found.addresses == ("2001:db8::7",)

    async def test_an_address_of_the_other_family_is_no_address(self) -> None:
        found = await failure(resolver(), "192.0.2.7", Family.IPV6)

        assert found == Failure(Reason.NO_ADDRESSES, "192.0.2.7 is not an IPv6 address")

    @pytest.mark.parametrize(
        "host", ["127.1", "0x7f.1", "2130706433", "010.0.0.1", "1.2.3.4.5", "\uff11\uff12\uff17.0.0.\uff11"]
    )
    async def test_odd_forms_of_an_address_are_not_guessed(self, host: str) -> None:
        async with DnsServer({host: ["192.0.2.1"]} if host.isascii() else {}) as server:
            assert await reason(resolver(server), host) is Reason.UNUSABLE_NAME
            assert not server.asked

    @pytest.mark.parametrize("host", ["localhost", "LocalHost.", "shop.localhost"])
    async def test_localhost_is_this_machine(self, host: str) -> None:
        found = await resolver().resolve(host)

        assert found == Resolved(("::1", "127.0.0.1"))

    async def test_localhost_keeps_to_the_family(self) -> None:
        found = await resolver().resolve("localhost", Family.IPV4)

        assert found.addresses == ("127.0.0.1",)

    async def test_the_hosts_file_comes_before_name_servers(self) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1"]}) as server:
            found = await resolver(server, hosts="192.0.2.9 shop.example").resolve("Shop.Example")

            assert found == Resolved(("192.0.2.9",), source="/etc/hosts")
            assert not server.asked

    async def test_name_servers_are_asked_for_the_family_that_the_hosts_file_lacks(self) -> None:
        async with DnsServer({"shop.example": ["2001:db8::1"]}) as server:
            asked = resolver(server, hosts="192.0.2.9 shop.example")

            found = await asked.resolve("shop.example", Family.IPV6)

            assert found == Resolved(("2001:db8::1",), source=str(server.name_server))

    async def test_without_name_servers_it_cannot_be_told(self) -> None:
        assert await reason(resolver(), "shop.example") is Reason.NO_RESOLVER


class TestGoodAnswers:
    async def test_addresses_of_both_families_are_found_ipv6_first(self) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1", "192.0.2.2", "2001:db8::1"]}) as server:
            found = await resolver(server).resolve("shop.example")

            assert found.addresses[0] == "2001:db8::1"
            assert set(found.addresses[1:]) == {"192.0.2.1", "192.0.2.2"}
            assert found.source == f"127.0.0.1:{server.port}"

    @pytest.mark.parametrize(
        ("family", "addresses", "asked"),
        [(Family.IPV4, ("192.0.2.1",), ["A"]), (Family.IPV6, ("2001:db8::1",), ["AAAA"])],
    )
    async def test_only_the_wanted_family_is_asked_for(
        self, family: Family, addresses: tuple[str, ...], asked: list[str]
    ) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1", "2001:db8::1"]}) as server:
            found = await resolver(server).resolve("shop.example", family)

            assert found.addresses == addresses
            assert [question.rdtype for question in server.asked] == asked

    @pytest.mark.parametrize("host", ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "bücher。example."])
    async def test_names_in_any_letters_are_asked_for_in_ascii(self, host: str) -> None:
        async with DnsServer({"xn--bcher-kva.example": ["192.0.2.1"]}) as server:
            found = await resolver(server).resolve(host)

            assert found.addresses == ("192.0.2.1",)

    async def test_aliases_are_followed_and_told(self) -> None:
        zone = {
            "www.shop.example": ["CNAME Shop.Example."],
            "shop.example": ["CNAME edge.cdn.example."],
            "edge.cdn.example": ["192.0.2.1", "2001:db8::1"],
        }
        async with DnsServer(zone) as server:
            found = await resolver(server).resolve("www.shop.example")

            assert found.addresses == ("2001:db8::1", "192.0.2.1")
            assert found.cname_chain == ("shop.example", "edge.cdn.example")

    async def test_an_alias_without_its_addresses_is_asked_for(self) -> None:
        zone = {"www.shop.example": ["CNAME cdn.example."], "cdn.example": ["CNAME e.example."], "e.example": ["::1"]}
        async with DnsServer(zone, follow=False) as server:
            found = await resolver(server).resolve("www.shop.example")

            assert found.addresses == ("::1",)
            assert found.cname_chain == ("cdn.example", "e.example")
            assert {asked.name for asked in server.asked} == {"www.shop.example", "cdn.example", "e.example"}

    async def test_an_alias_to_one_family_does_not_cost_further_questions(self) -> None:
        async with DnsServer({"www.example": ["CNAME e.example."], "e.example": ["192.0.2.1"]}) as server:
            found = await resolver(server).resolve("www.example")

            assert found == Resolved(("192.0.2.1",), ("e.example",), str(server.name_server))
            assert len(server.asked) == 2

    async def test_an_answer_of_60_kilobytes_is_read_and_cut(self) -> None:
        many = [f"10.{n >> 8}.{n & 255}.1" for n in range(3_700)]
        async with DnsServer({"many.example": many}) as server:
            found = await resolver(server).resolve("many.example", Family.IPV4)

            assert len(found.addresses) == 32
            assert [asked.over_tcp for asked in server.asked] == [False, True]

    async def test_many_addresses_of_one_family_leave_room_for_the_other(self) -> None:
        many = [f"2001:db8::{n:x}" for n in range(1, 100)]
        async with DnsServer({"many.example": [*many, "192.0.2.1"]}) as server:
            found = await resolver(server).resolve("many.example")

            assert len(found.addresses) == 33
            assert found.addresses[-1] == "192.0.2.1"


class TestRoutes:
    async def test_addresses_without_a_way_to_them_come_last(self) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1", "2001:db8::1"]}) as server:
            found = await resolver(server, ipv6=False).resolve("shop.example")

            assert found.addresses == ("192.0.2.1", "2001:db8::1")

    async def test_a_name_with_ipv6_only_cannot_be_judged_without_ipv6(self) -> None:
        async with DnsServer({"shop.example": ["2001:db8::1"]}) as server:
            found = await failure(resolver(server, ipv6=False), "shop.example")

            assert found.reason is Reason.NO_IPV6
            assert "shop.example" in found.detail

    async def test_a_name_with_ipv4_only_cannot_be_judged_without_ipv4(self) -> None:
        assert await reason(resolver(ipv4=False), "192.0.2.1") is Reason.NO_IPV4

    async def test_without_any_way_out_the_network_is_unreachable(self) -> None:
        assert await reason(resolver(ipv4=False, ipv6=False), "192.0.2.1") is Reason.NETWORK_UNREACHABLE

    async def test_without_any_way_out_addresses_of_both_families_are_kept_for_the_connection_to_tell(self) -> None:
        found = await resolver(ipv4=False, ipv6=False).resolve("localhost")

        assert found.addresses == ("::1", "127.0.0.1")

    def test_this_machine_knows_the_way_to_itself(self) -> None:
        assert has_route("127.0.0.1")

    def test_the_connection_tells_what_is_wrong_with_an_interface_that_does_not_exist(self) -> None:
        assert has_route("fe80::1%nowhere")


class TestFailures:
    @pytest.mark.parametrize(
        ("rcode", "expected"),
        [
            ("NXDOMAIN", Reason.NXDOMAIN),
            ("SERVFAIL", Reason.SERVFAIL),
            ("REFUSED", Reason.DNS_REFUSED),
            ("NOTIMP", Reason.DNS_ERROR),
            ("FORMERR", Reason.DNS_ERROR),
            ("NOTAUTH", Reason.DNS_ERROR),
            ("NOERROR", Reason.NO_ADDRESSES),
        ],
    )
    @pytest.mark.parametrize("family", Family)
    async def test_each_code_has_its_reason(self, rcode: str, expected: Reason, family: Family) -> None:
        async with DnsServer(behave=code(rcode)) as server:
            assert await reason(resolver(server), "shop.example", family) is expected

    async def test_a_failure_names_the_server_and_its_extended_error(self) -> None:
        async with DnsServer(behave=code("SERVFAIL", (22, "no \x1b[31mauthority"))) as server:
            found = await failure(resolver(server), "shop.example")

            said = "extended error 22: no reachable authority: no [31mauthority"
            assert found.detail == f"127.0.0.1:{server.port} answered SERVFAIL ({said})"

    async def test_a_name_without_addresses_is_told_from_one_that_does_not_exist(self) -> None:
        async with DnsServer({"mail.example": ["MX 10 mx.example."]}) as server:
            assert await reason(resolver(server), "mail.example") is Reason.NO_ADDRESSES
            assert await reason(resolver(server), "nothing.example") is Reason.NXDOMAIN

    @pytest.mark.parametrize("follow", [True, False])
    async def test_an_alias_to_a_name_that_does_not_exist_is_nxdomain(self, follow: bool) -> None:
        async with DnsServer({"www.example": ["CNAME gone.example."]}, follow=follow) as server:
            assert await reason(resolver(server), "www.example") is Reason.NXDOMAIN

    @pytest.mark.parametrize("follow", [True, False])
    @pytest.mark.parametrize("length", [1, 2, 5])
    async def test_aliases_in_a_circle_are_noticed(self, follow: bool, length: int) -> None:
        zone = {f"a{n}.example": [f"CNAME a{(n + 1) % length}.example."] for n in range(length)}
        async with DnsServer(zone, follow=follow) as server:
            found = await failure(resolver(server), "a0.example")

            assert found.reason is Reason.CNAME_LOOP
            assert "a0.example" in found.detail
            assert len(server.asked) <= 2 * length

    @pytest.mark.parametrize("follow", [True, False])
    async def test_a_chain_of_aliases_without_end_is_given_up(self, follow: bool) -> None:
        zone = {f"a{n}.example": [f"CNAME a{n + 1}.example."] for n in range(60)}
        async with DnsServer(zone, follow=follow) as server:
            assert await reason(resolver(server), "a0.example") is Reason.CNAME_LOOP
            assert len(server.asked) <= 2 * 17

    async def test_a_silent_server_is_a_timeout_that_names_it(self) -> None:
        async with DnsServer(behave=silent) as server:
            found = await failure(resolver(server, patience=IMPATIENT), "shop.example")

            assert found.reason is Reason.DNS_TIMEOUT
            assert str(server.name_server) in found.detail

    async def test_a_machine_without_a_name_server_on_it_is_unreachable(self) -> None:
        found = await failure(resolver(NOBODY), "shop.example")

        assert found.reason is Reason.DNS_UNREACHABLE
        assert "127.0.0.1:9" in found.detail

    @pytest.mark.parametrize(
        "host",
        [
            "",
            ".",
            "a..b",
            ".example",
            "a b.example",
            "ex\0mple.org",
            "-a.example",
            "a/b",
            f"{'a' * 64}.example",
            ".".join(["abcdefg"] * 32),
            "\u200d.example",
            "[::1]",
            "*.example",
            "ü" * 100,
            "x" * 100_000,
        ],
    )
    async def test_what_cannot_be_a_name_is_not_asked_for(self, host: str) -> None:
        async with DnsServer() as server:
            found = await failure(resolver(server), host)

            assert found.reason is Reason.UNUSABLE_NAME
            assert len(found.detail) < 500
            assert not server.asked

    @pytest.mark.parametrize("behave", [garbage, lambda reply: [reply.message.to_wire()[:-3]]])
    async def test_bytes_that_make_no_answer_are_a_bad_answer(self, behave: Behaviour) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1"]}, behave=behave) as server:
            assert await reason(resolver(server), "shop.example", Family.IPV4) is Reason.DNS_BAD_ANSWER

    @pytest.mark.parametrize("forged", [wrong_id, wrong_question, lambda reply: [b"", b"x", bytes(12)]])
    async def test_forged_answers_are_passed_over(self, forged: Behaviour) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1"]}, behave=before(forged)) as server:
            found = await resolver(server).resolve("shop.example")

            assert found.addresses == ("192.0.2.1",)

    @pytest.mark.parametrize("forged", [wrong_id, wrong_question])
    async def test_forged_answers_alone_are_a_timeout(self, forged: Behaviour) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1"]}, behave=forged) as server:
            assert await reason(resolver(server, patience=IMPATIENT), "shop.example") is Reason.DNS_TIMEOUT


class TestSeveralServers:
    @pytest.mark.parametrize("bad", [silent, garbage, code("SERVFAIL"), code("REFUSED"), code("NOTIMP")])
    async def test_the_next_server_is_asked_when_one_does_not_know(self, bad: Behaviour) -> None:
        zone = {"shop.example": ["192.0.2.1"]}
        async with DnsServer(behave=bad) as broken, DnsServer(zone) as working:
            asked = resolver(broken, working, patience=Patience(try_s=0.2, all_s=20))

            found = await asked.resolve("shop.example")

            assert found == Resolved(("192.0.2.1",), source=str(working.name_server))

    async def test_nobody_else_is_asked_for_a_name_that_does_not_exist(self) -> None:
        async with DnsServer() as server, DnsServer({"shop.example": ["192.0.2.1"]}) as other:
            assert await reason(resolver(server, other), "shop.example") is Reason.NXDOMAIN
            assert not other.asked

    async def test_a_server_without_ipv6_answers_is_not_believed_before_the_next_one(self) -> None:
        half = for_type("AAAA", code("SERVFAIL"), code("NOERROR"))
        async with DnsServer(behave=half) as broken, DnsServer({"shop.example": ["2001:db8::1"]}) as working:
            found = await resolver(broken, working).resolve("shop.example")

            assert found.addresses == ("2001:db8::1",)

    async def test_words_tell_more_than_silence(self) -> None:
        async with DnsServer(behave=silent) as mute, DnsServer(behave=code("REFUSED")) as closed:
            asked = resolver(NOBODY, mute, closed, patience=Patience(try_s=0.2, all_s=0.6))

            found = await failure(asked, "shop.example")

            assert found.reason is Reason.DNS_REFUSED
            assert all(str(server) in found.detail for server in (NOBODY, mute.name_server, closed.name_server))

    async def test_a_lost_packet_is_no_failure(self) -> None:
        async with DnsServer({"shop.example": ["192.0.2.1"]}, behave=first(2, silent)) as server:
            asked = resolver(server, patience=Patience(try_s=0.1, all_s=20))

            found = await asked.resolve("shop.example")

            assert found.addresses == ("192.0.2.1",)

    async def test_many_silent_servers_do_not_take_longer_than_all_together_may(self) -> None:
        async with DnsServer(behave=silent) as server:
            loop = asyncio.get_running_loop()
            started_s = loop.time()

            found = await reason(resolver(*[server] * 200, patience=IMPATIENT), "shop.example")

            assert found is Reason.DNS_TIMEOUT
            assert loop.time() - started_s < 1


class TestHalfAnswers:
    @pytest.mark.parametrize("bad", [silent, garbage, code("SERVFAIL"), code("NXDOMAIN"), code("NOERROR")])
    @pytest.mark.parametrize(("broken", "left"), [("A", "2001:db8::1"), ("AAAA", "192.0.2.1")])
    async def test_one_family_suffices_when_the_other_fails(self, bad: Behaviour, broken: str, left: str) -> None:
        zone = {"shop.example": ["192.0.2.1", "2001:db8::1"]}
        async with DnsServer(zone, behave=for_type(broken, bad)) as server:
            asked = resolver(server, patience=Patience(try_s=10, grace_s=0.1 if bad is silent else 10))

            found = await asked.resolve("shop.example")

            assert found.addresses == (left,)


class TestCancelling:
    async def test_a_cancelled_question_leaves_nothing_running(self) -> None:
        async with DnsServer(behave=silent) as server:
            asked = resolver(server)

            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await asked.resolve("shop.example")

            assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize(
    ("ipv4", "ipv6", "families"),
    [
        ("192.168.1.5", "2001:db8::5", {Family.IPV4, Family.IPV6}),
        ("169.254.7.7", "fe80::5%eth0", set()),
        ("192.168.1.5", "fe80::5%eth0", {Family.IPV4}),
        ("", "2001:db8::5", {Family.IPV6}),
        ("", "", set()),
    ],
)
def test_a_way_out_begins_at_an_address_that_is_heard_beyond_the_link(
    ipv4: str, ipv6: str, families: set[Family]
) -> None:
    assert families_routed(lambda address: ipv6 if ":" in address else ipv4) == families


def test_this_machine_calls_itself_from_itself_and_nobody_from_nowhere() -> None:
    assert source_of("127.0.0.1") == "127.0.0.1"
    assert source_of("fe80::1%nowhere") == ""
