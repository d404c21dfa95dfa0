"""The `dns` check against real name servers on loopback."""

import pytest

from manara.model import Failure, Reason, SystemClock, options_of
from manara.probes.border import LookFailed
from manara.probes.dns import DnsCheck, probe_dns
from manara.probes.hosts import Hosts
from manara.probes.name_servers import Patience
from manara.probes.network import Network
from manara.probes.resolver import Resolver
from manara.probes.sighting import Sighting
from manara.probes.trust import Trust
from servers.dns_server import Behaviour, DnsServer, code, first, for_type, garbage, silent

ZONE = {
    "shop.example": [
        "192.0.2.1",
        "2001:db8::1",
        "MX 10 Mail.shop.example.",
        "MX 20 mail.other.example.",
        'TXT "v=spf1 mx" " -all"',
        "NS ns1.shop.example.",
        'CAA 0 issue "ca.example"',
        "SOA ns1.shop.example. root.shop.example. 1 2 3 4 5",
    ],
    "www.shop.example": ["CNAME shop.example."],
    "_sip._tcp.shop.example": ["SRV 0 5 5060 sip.shop.example."],
    "a.example": ["CNAME b.example."],
    "b.example": ["CNAME a.example."],
    "1.2.0.192.in-addr.arpa": ["PTR shop.example."],
    "xn--bcher-kva.example": ["MX 10 xn--bcher-kva.example."],
}


def network(*servers: DnsServer, patience: Patience | None = None) -> Network:
    names = tuple(server.name_server for server in servers)
    return Network(Resolver(names, Hosts(), patience=patience or Patience(try_s=10)), Trust())


async def look(check: DnsCheck, where: Network) -> tuple[Failure | None, Sighting]:
    """Look once; what is raised for a known reason is a failure, too."""
    sighting = Sighting(SystemClock())
    try:
        return await probe_dns(check, where, sighting), sighting
    except LookFailed as failed:
        return failed.failure, sighting


async def reason(check: DnsCheck, *, behave: Behaviour | None = None) -> Reason | None:
    """Return why a look at the zone is not good."""
    async with DnsServer(ZONE, behave=behave) as server:
        failure, _ = await look(check, network(server))
    return failure.reason if failure else None


class TestGoodLooks:
    async def test_the_records_and_who_gave_them_are_noted(self) -> None:
        async with DnsServer(ZONE) as server:
            failure, sighting = await look(DnsCheck(name="shop.example", record_type="MX"), network(server))

            assert failure is None
            assert sighting.address == "127.0.0.1"
            assert sighting.facts.resolver == str(server.name_server)
            assert sighting.facts.records == ("10 Mail.shop.example.", "20 mail.other.example.")
            dns_ms = sighting.result(None).timings.dns_ms
            assert dns_ms is not None
            assert dns_ms > 0

    async def test_aliases_on_the_way_are_noted(self) -> None:
        async with DnsServer(ZONE) as server:
            _, sighting = await look(DnsCheck(name="www.shop.example"), network(server))

            assert sighting.facts.records == ("192.0.2.1",)
            assert sighting.facts.cname_chain == ("shop.example",)

    async def test_its_own_servers_are_asked_instead_of_the_network_s(self) -> None:
        async with DnsServer(ZONE) as own, DnsServer(ZONE) as shared:
            check = DnsCheck(name="shop.example", servers=(str(own.name_server),))

            failure, _ = await look(check, network(shared))

            assert failure is None
            assert len(own.asked) == 1
            assert not shared.asked

    async def test_many_records_are_noted_in_part(self) -> None:
        zone = {"many.example": [f'TXT "{n:04} {"x" * 200}" "{"y" * 250}" "{"z" * 250}"' for n in range(80)]}
        async with DnsServer(zone) as server:
            check = DnsCheck(name="many.example", record_type="TXT")

            failure, sighting = await look(check, network(server))

            assert failure is None
            assert len(sighting.facts.records) == 64
            assert {len(record) for record in sighting.facts.records} == {500}

    @pytest.mark.parametrize(
        ("name", "record_type", "expect"),
        [
            ("shop.example", "A", "192.0.2.1"),
            ("shop.example", "aaaa", "2001:0DB8:0::1"),
            ("SHOP.example.", "MX", "10 mail.SHOP.example"),
            ("shop.example", "NS", "NS1.shop.example"),
            ("shop.example", "TXT", "v=spf1 mx -all"),
            ("shop.example", "TXT", '"v=spf1 mx -all"'),
            ("shop.example", "CAA", '0 issue "ca.example"'),
            ("shop.example", "SOA", "ns1.shop.example. root.shop.example. 1 2 3 4 5"),
            ("www.shop.example", "CNAME", "shop.example"),
            ("www.shop.example", "A", "192.0.2.1"),
            ("_sip._tcp.shop.example", "SRV", "0 5 5060 sip.shop.example"),
            ("192.0.2.1", "PTR", "shop.example"),
            ("1.2.0.192.in-addr.arpa", "PTR", "shop.example"),
            ("bücher.example", "MX", "10 bücher.example"),
        ],
    )
    async def test_what_means_the_same_is_the_same(self, name: str, record_type: str, expect: str) -> None:
        assert await reason(DnsCheck(name=name, record_type=record_type, expect=(expect,))) is None

    @pytest.mark.parametrize("rcode", ["NXDOMAIN", "REFUSED", "SERVFAIL"])
    async def test_a_refusal_can_be_the_good_answer(self, rcode: str) -> None:
        check = DnsCheck(name="shop.example", expect_rcode=rcode.lower())

        assert await reason(check, behave=code(rcode)) is None

    async def test_a_lost_packet_is_no_failure(self) -> None:
        async with DnsServer(ZONE, behave=first(1, silent)) as server:
            where = network(server, patience=Patience(try_s=0.1, all_s=20))

            failure, _ = await look(DnsCheck(name="shop.example"), where)

            assert failure is None


class TestFailures:
    @pytest.mark.parametrize("missing", ["192.0.2.2", "not an address", ""])
    async def test_a_missing_record_is_named(self, missing: str) -> None:
        async with DnsServer(ZONE) as server:
            check = DnsCheck(name="shop.example", expect=("192.0.2.1", missing))

            failure, sighting = await look(check, network(server))

            assert failure == Failure(Reason.UNEXPECTED_RECORDS, f"{server.name_server} does not give {missing}")
            assert sighting.facts.records == ("192.0.2.1",)

    @pytest.mark.parametrize(
        ("name", "record_type", "expected"),
        [
            ("_sip._tcp.shop.example", "A", Reason.NO_ADDRESSES),
            ("_sip._tcp.shop.example", "AAAA", Reason.NO_ADDRESSES),
            ("www.shop.example", "SRV", Reason.UNEXPECTED_RECORDS),
            ("nothing.example", "A", Reason.NXDOMAIN),
            ("a.example", "A", Reason.CNAME_LOOP),
        ],
    )
    async def test_what_is_not_there_is_told_apart(self, name: str, record_type: str, expected: Reason) -> None:
        assert await reason(DnsCheck(name=name, record_type=record_type)) is expected

    @pytest.mark.parametrize(
        ("rcode", "expected"),
        [("SERVFAIL", Reason.SERVFAIL), ("REFUSED", Reason.DNS_REFUSED), ("NOTAUTH", Reason.DNS_ERROR)],
    )
    async def test_each_code_has_its_reason(self, rcode: str, expected: Reason) -> None:
        assert await reason(DnsCheck(name="shop.example"), behave=code(rcode)) is expected

    @pytest.mark.parametrize("rcode", ["NOERROR", "SERVFAIL"])
    async def test_another_code_than_the_chosen_one_is_a_failure(self, rcode: str) -> None:
        async with DnsServer(ZONE, behave=code(rcode)) as server:
            failure, _ = await look(DnsCheck(name="shop.example", expect_rcode="NXDOMAIN"), network(server))

            said = f"{server.name_server} answered {rcode}; NXDOMAIN was expected"
            assert failure == Failure(Reason.UNEXPECTED_RCODE, said)

    async def test_a_name_that_must_not_exist_but_does_is_a_failure(self) -> None:
        check = DnsCheck(name="shop.example", expect_rcode="NXDOMAIN")

        assert await reason(check) is Reason.UNEXPECTED_RCODE

    async def test_a_name_that_does_not_exist_where_a_refusal_was_expected_is_a_failure(self) -> None:
        check = DnsCheck(name="nothing.example", expect_rcode="REFUSED")

        assert await reason(check) is Reason.UNEXPECTED_RCODE

    async def test_a_silent_server_is_a_timeout(self) -> None:
        async with DnsServer(behave=silent) as server:
            where = network(server, patience=Patience(try_s=0.1, all_s=0.1))

            failure, sighting = await look(DnsCheck(name="shop.example"), where)

            assert failure is not None
            assert failure.reason is Reason.DNS_TIMEOUT
            assert sighting.address is None

    async def test_garbage_is_a_bad_answer(self) -> None:
        assert await reason(DnsCheck(name="shop.example"), behave=garbage) is Reason.DNS_BAD_ANSWER

    async def test_without_servers_it_cannot_be_told(self) -> None:
        failure, _ = await look(DnsCheck(name="shop.example"), network())

        assert failure is not None
        assert failure.reason is Reason.NO_RESOLVER

    async def test_a_name_that_cannot_be_is_not_asked_for(self) -> None:
        assert await reason(DnsCheck(name="a..b")) is Reason.UNUSABLE_NAME

    async def test_the_next_server_is_asked_when_one_speaks_only_of_itself(self) -> None:
        half = for_type("MX", code("SERVFAIL"))
        async with DnsServer(ZONE, behave=half) as broken, DnsServer(ZONE) as working:
            check = DnsCheck(name="shop.example", record_type="MX")

            failure, sighting = await look(check, network(broken, working))

            assert failure is None
            assert sighting.facts.resolver == str(working.name_server)


class TestOptions:
    def test_the_target_is_the_name_and_the_type(self) -> None:
        assert DnsCheck(name="shop.example", record_type="mx").target == "shop.example MX"

    def test_the_load_is_on_the_first_server_or_counted_by_name(self) -> None:
        assert DnsCheck(name="shop.example", servers=("192.0.2.53", "192.0.2.54")).host == "192.0.2.53"
        assert DnsCheck(name="shop.example").host == "shop.example"

    @pytest.mark.parametrize(
        ("option", "value"),
        [
            ("name", "_dmarc.bücher.example"),
            ("name", "*.shop.example"),
            ("name", "2001:db8::1"),
            ("record_type", "caa"),
            ("record_type", "TYPE65280"),
            ("servers", ("192.0.2.53", "[::1]:5353")),
            ("expect_rcode", "nxdomain"),
        ],
    )
    def test_usable_values_are_accepted(self, option: str, value: object) -> None:
        accepts = options_of(DnsCheck)[option].accepts
        assert accepts is not None

        assert accepts(value) is None

    @pytest.mark.parametrize(
        ("option", "value", "sentence"),
        [
            ("name", "", "the name is empty"),
            ("name", "a\nb", "cannot be seen"),
            ("name", "a..b", "'a..b' cannot be a name"),
            ("name", "\u200d.example", "cannot be"),
            ("name", "x" * 64, "cannot be a name"),
            ("record_type", "NONSENSE", "'NONSENSE' is not a type of record"),
            ("record_type", "ANY", "'ANY' is not a type of record"),
            ("record_type", "AXFR", "'AXFR' is not a type of record"),
            ("record_type", "NONE", "'NONE' is not a type of record"),
            ("record_type", "TYPE99999", "'TYPE99999' is not a type of record"),
            ("servers", ("192.0.2.53", "dns.example"), "“dns.example” is not the address"),
            ("expect_rcode", "OOPS", "'OOPS' is not a code"),
        ],
    )
    def test_unusable_values_are_refused_with_a_sentence(self, option: str, value: object, sentence: str) -> None:
        accepts = options_of(DnsCheck)[option].accepts
        assert accepts is not None

        with pytest.raises(ValueError, match=sentence):
            accepts(value)
