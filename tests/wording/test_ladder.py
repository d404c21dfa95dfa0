import pytest

from fakes.checks import FakeCheck
from fakes.recorded import (
    HOSTILE,
    NOW,
    bad_look,
    certificate_expired,
    dns_dead,
    good_look,
    hanging,
    hostile,
)
from manara.model import Attempt, CheckResult, Facts, Failure, Layer, Outcome, Reason, Timings
from manara.wording import Translator, attempts_in_vain, ladder

CHECK = FakeCheck(name="example")
REACHED_HTTP = Timings(dns_ms=1.0, connect_ms=2.0, tls_ms=3.0, first_byte_ms=4.0, total_ms=10.0)


def climbed(look):
    return ladder(Translator(), CHECK, look, NOW)


def shape(look):
    return [(rung.layer, rung.outcome) for rung in climbed(look)]


def test_a_good_look_shows_every_rung_with_what_was_seen():
    rungs = climbed(good_look())

    assert [(rung.label, rung.text, rung.ms) for rung in rungs] == [
        ("DNS", "example.example is 203.0.113.7, 203.0.113.8, says 192.0.2.53", 4.2),
        ("TCP", "203.0.113.7", 11.0),
        ("TLS", "TLSv1.3, certificate ends in 43 days, on 2021-11-16", 23.4),
        ("HTTP", "200, nginx", 101.2),
        ("Content", "12.3 kB", None),
    ]
    assert {rung.outcome for rung in rungs} == {Outcome.OK}


def test_silent_name_servers_end_on_the_first_rung():
    (rung,) = climbed(dns_dead().checks[0].last)

    assert (rung.layer, rung.outcome, rung.ms) == (Layer.DNS, Outcome.FAILED, 6000.0)
    assert rung.text == "the name servers did not answer (example.example)"


def test_an_expired_certificate_ends_on_tls():
    look = certificate_expired().checks[0].last

    assert shape(look) == [(Layer.DNS, Outcome.OK), (Layer.TCP, Outcome.OK), (Layer.TLS, Outcome.FAILED)]
    assert climbed(look)[-1].text == "the security certificate has expired (ended on 2021-10-01)"


def test_a_server_that_says_nothing_ends_on_http_and_names_the_address_tried_in_vain():
    look = hanging().checks[0].last

    assert shape(look) == [(Layer.DNS, Outcome.OK), (Layer.TCP, Outcome.OK), (Layer.HTTP, Outcome.FAILED)]
    assert attempts_in_vain(Translator(), look) == ("2001:db8::7: the address does not answer",)


def test_a_reset_while_encryption_was_set_up_ends_there_and_not_on_tcp():
    look = bad_look(Reason.CONNECTION_RESET, timings=Timings(dns_ms=1.0, connect_ms=2.0, tls_ms=3.0))

    assert shape(look) == [(Layer.DNS, Outcome.OK), (Layer.TCP, Outcome.OK), (Layer.TLS, Outcome.FAILED)]


def test_wrong_content_stands_above_a_good_answer():
    look = bad_look(Reason.TEXT_MISSING, timings=REACHED_HTTP)

    assert shape(look)[-2:] == [(Layer.HTTP, Outcome.OK), (Layer.CONTENT, Outcome.FAILED)]


def test_wrong_content_takes_the_rung_of_the_body():
    look = bad_look(Reason.TEXT_MISSING, timings=REACHED_HTTP, body_bytes=12)

    assert shape(look)[-2:] == [(Layer.HTTP, Outcome.OK), (Layer.CONTENT, Outcome.FAILED)]


def test_a_look_that_could_not_be_made_has_one_rung():
    look = bad_look(Reason.NO_PERMISSION, timings=Timings(total_ms=0.1))

    assert shape(look) == [(Layer.LOCAL, Outcome.UNKNOWN)]


@pytest.mark.parametrize(
    ("reason", "layer"), [(Reason.REFUSES_AUTOMATION, Layer.HTTP), (Reason.CERTIFICATE_EXPIRES_SOON, Layer.TLS)]
)
def test_a_warning_marks_its_rung_and_leaves_the_others_good(reason, layer):
    look = bad_look(reason, timings=REACHED_HTTP)

    assert [rung for rung, outcome in shape(look) if outcome is Outcome.DEGRADED] == [layer]
    assert len(shape(look)) == 4


def test_slowness_is_a_rung_of_its_own():
    look = bad_look(Reason.SLOW, timings=REACHED_HTTP)

    assert shape(look)[-1] == (Layer.SPEED, Outcome.DEGRADED)
    assert climbed(look)[-1].text == "it answers, but slowly (10 ms)"


def test_an_excused_refusal_is_good_and_still_told():
    look = bad_look(Reason.REFUSES_AUTOMATION, timings=REACHED_HTTP, http_status=403, excused=True)

    assert shape(look)[-1] == (Layer.HTTP, Outcome.OK)
    assert climbed(look)[-1].text == "reachable; refuses automatic checks (HTTP 403)"


def test_redirects_and_a_cut_body_are_told():
    rungs = climbed(good_look(redirects=("https://a.example/", "https://b.example/"), body_cut=True))

    assert rungs[3].text == "200, nginx, sent on to https://b.example/"
    assert rungs[4].text == "first 12.3 kB"


def test_a_ping_tells_how_it_was_done():
    look = CheckResult(NOW, None, Timings(total_ms=7.0), "203.0.113.7", Facts(method="icmp"))

    assert [(rung.label, rung.text, rung.ms) for rung in climbed(look)] == [("Ping", "203.0.113.7, by icmp", 7.0)]


def test_a_dns_check_tells_the_records_and_long_lists_are_cut():
    facts = Facts(records=("10 a.", "20 b.", "30 c.", "40 d.", "50 e."))
    look = CheckResult(NOW, None, Timings(dns_ms=2.0), None, facts)

    assert climbed(look)[0].text == "example.example is 10 a., 20 b., 30 c. and 2 more"


def test_an_address_that_was_given_has_no_rung_for_its_name():
    look = CheckResult(NOW, None, Timings(dns_ms=0.1, connect_ms=1.0), "203.0.113.7", Facts(addresses=(CHECK.host,)))

    assert [rung.layer for rung in climbed(look)] == [Layer.TCP]


def test_the_address_that_the_ladder_blames_is_not_told_twice():
    tried = (Attempt("192.0.2.9", Failure(Reason.CONNECTION_REFUSED)),)
    look = bad_look(Reason.CONNECTION_REFUSED, address=None, attempts=tried)

    assert attempts_in_vain(Translator(), look) == ()


def test_a_look_that_saw_little_says_little():
    look = CheckResult(NOW, None, Timings(dns_ms=1.0, tls_ms=2.0, first_byte_ms=3.0))

    assert [rung.text for rung in climbed(look)] == ["example.example", "", ""]


def test_remote_text_cannot_steer_the_terminal():
    rungs = climbed(hostile().checks[0].last)

    assert HOSTILE not in "".join(rung.text for rung in rungs)
    assert "\x1b" not in "".join(rung.text for rung in rungs)
