"""The ladder against real name servers, web servers and silence."""

from datetime import timedelta

from fakes.checks import make_result
from fakes.ladder import FOUND, HOST, OWN, SERVERS, WITNESSES, Ladder
from manara.model import Blame, Conclusion, Confidence, Reason, StepKind
from manara.probes import HttpCheck
from servers.dns_server import code

CHECK = HttpCheck(url=f"https://{HOST}/", timeout=timedelta(seconds=5))


def result(reason, **facts):
    return make_result(reason, address=None, **facts)


async def test_name_servers_that_do_not_answer_are_found_out_as_on_4_october_2021():
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


async def test_a_blocked_port_53_accuses_nobody():
    async with Ladder() as world:
        found = await world.explain(CHECK, result(Reason.DNS_TIMEOUT))

    assert found.conclusion is Conclusion.CANNOT_TELL


async def test_our_own_resolver_is_at_fault_where_others_know_the_name():
    async with Ladder() as world:
        await world.at(OWN, behave=code("SERVFAIL"))
        await world.at(*WITNESSES, records=FOUND)
        await world.healthy_parents()
        await world.healthy_servers()

        found = await world.explain(CHECK, result(Reason.SERVFAIL))

    assert (found.conclusion, found.confidence) == (Conclusion.OWN_RESOLVER, Confidence.CERTAIN)
    assert found.named == (OWN,)
