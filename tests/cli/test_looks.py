from dataclasses import replace

from fakes.recorded import (
    HOSTILE,
    NOW,
    bad_look,
    certificate_expired,
    check_state,
    dns_dead,
    good_look,
    hanging,
    hostile,
    not_looked_yet,
    service,
    state,
    up,
)
from manara.cli.looks import report_lines, service_line
from manara.model import (
    CheckState,
    Conclusion,
    Confidence,
    Diagnosis,
    Layer,
    Limit,
    Line,
    LineState,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Reason,
    Step,
    StepKind,
    Unreadable,
    Verdict,
    Witness,
    WitnessKind,
)
from manara.wording import Translator

TR = Translator()


def report(*pairs, line=None, with_ladders=True):
    services, states = zip(*pairs, strict=True)
    lines = report_lines(TR, line or Line(), services, states, NOW, with_ladders=with_ladders)
    return [line.plain for line in lines]


def test_a_good_service_with_its_ladder():
    assert report((service(), up())) == [
        "● Example  Up, 143 ms",
        "    ● DNS            4.2 ms  example.example is 203.0.113.7, 203.0.113.8, says 192.0.2.53",
        "    ● TCP             11 ms  203.0.113.7",
        "    ● TLS             23 ms  TLSv1.3, certificate ends in 43 days, on 2021-11-16",
        "    ● HTTP           101 ms  200, nginx",
        "    ● Content                12.3 kB",
    ]


def test_an_expired_certificate_marks_its_rung():
    assert report((service(), certificate_expired()))[-1] == (
        "    ✖ TLS             23 ms  the security certificate has expired (ended on 2021-10-01)"
    )


def test_a_hanging_service_names_the_address_tried_in_vain():
    assert report((service(), hanging()))[-2:] == [
        "    ✖ HTTP            9.9 s  it is connected, but the service does not respond (example.example)",
        "      tried in vain: 2001:db8::7: the address does not answer",
    ]


def test_many_services_are_one_line_each_in_columns():
    arabic = replace(service(), name="منارة")
    lighthouse = replace(service(), name="灯台 👩\u200d🚒")

    lines = report((service(), up()), (arabic, dns_dead()), (lighthouse, not_looked_yet()), with_ladders=False)

    assert len(lines) == 3
    assert lines[0] == "● Example  Up, 143 ms"
    assert lines[1].startswith("✖ منارة    Down for 12 min: ")
    assert lines[2].endswith("  Not looked at yet")


def test_a_service_with_several_checks_names_each():
    failed = check_state(bad_look(Reason.CONNECTION_REFUSED), Verdict.DOWN)
    believed = state(Verdict.DEGRADED, failed, CheckState(), cause=Reason.CONNECTION_REFUSED)

    lines = report((service("shop", "pay"), believed))

    assert lines[1] == "  ✖ fake shop"
    assert lines[3] == "    fake pay"


def test_our_own_line_is_told_when_it_was_asked():
    witnesses = (Witness("1.1.1.1", answered=False, detail=""), Witness("8.8.8.8", answered=False, detail=""))
    line = Line(LineState.OFFLINE, NOW, witnesses)

    assert report((service(), up()), line=line)[-1] == "Your own connection is down (0 of 2 places answered)"


def test_a_place_that_was_asked_in_several_ways_counts_once_and_what_is_near_does_not():
    page = Witness("http://good.example/", answered=True, detail="")
    near = Witness("192.168.1.1", answered=True, detail="", kind=WitnessKind.GATEWAY)
    line = Line(LineState.LIMITED, NOW, (near, page, replace(page, answered=False)), (Limit.IPV6,))

    assert report((service(), up()), line=line)[-1] == (
        "Your own connection works only in part: nothing answers by IPv6 (1 of 1 places answered)"
    )


def test_a_line_proven_by_a_service_needs_no_places():
    assert report((service(), up()), line=Line(LineState.ONLINE, NOW))[-1] == "Your own connection works"


def test_long_names_are_cut_and_hostile_ones_are_harmless():
    long = replace(service(), name="x" * 300)
    steering = replace(service(), name=HOSTILE)

    assert len(service_line(TR, long, up(), NOW).plain) < 100
    assert not set("\x1b\x07\n\x9b\u202e") & set(service_line(TR, steering, hostile(), NOW).plain)


def test_nobody_to_report_on_is_an_empty_report():
    assert list(report_lines(TR, Line(), (), (), NOW, with_ladders=False)) == []


def test_a_good_look_is_not_marked_bad():
    assert all("✖" not in line for line in report((service(), state(Verdict.UP, check_state(good_look(), Verdict.UP)))))


def test_what_was_found_out_about_a_failure_stands_below_it():
    steps = (
        Step(StepKind.LINE, Layer.LINK, "online"),
        Step(StepKind.WITNESS_RESOLVER, Layer.DNS, "1.1.1.1", Reason.SERVFAIL, "", 12.0),
    )
    named = ("a.ns.x.org",)
    found = Diagnosis("a", 0, NOW, Conclusion.NAME_SERVERS_SILENT, Confidence.CERTAIN, steps, named)

    assert report((service(), replace(dns_dead(), diagnosis=found)))[-3:] == [
        "  Why: The name servers of its operator (a.ns.x.org) do not answer. It is them: your connection is fine.",
        "    ● Network                Your own connection works",
        "    ✖ DNS             12 ms  1.1.1.1 · name server of somebody else: fails",
    ]


def said_officially(read_at=NOW, **fields):
    page = OfficialPage(PageKind.STATUSPAGE, "https://status.example/")
    return OfficialWord(page, OfficialState.OPERATIONAL, read_at=read_at, tried_at=NOW, **fields)


def test_what_the_operator_says_stands_below_a_service():
    down = replace(dns_dead(), official=said_officially())

    long, short = (report((service(), down), with_ladders=with_ladders)[-1] for with_ladders in (True, False))

    assert long == short
    assert long.startswith("  officially: operational (checked just now) — measured: down for ")


def test_of_many_services_only_those_whose_operators_say_something_are_told_so():
    dumb = replace(dns_dead(), official=said_officially(None, unreadable=Unreadable.NOT_FOR_PROGRAMS))

    assert report((service(), dumb))[-1] == "  publishes no status that programs can read"
    assert len(report((service(), dumb), with_ladders=False)) == 1
