from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck
from fakes.recorded import (
    BEGAN,
    HOSTILE,
    NOW,
    bad_look,
    certificate,
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
from manara.model import (
    Attempt,
    CheckResult,
    Circumstance,
    Claim,
    Failure,
    Interval,
    Reason,
    ServiceState,
    Timings,
    Transition,
    Verdict,
)
from manara.wording import Translator, check_sentence, counted, service_sentence, transition_sentence
from manara.wording.particulars import failure_clause, particulars

TR = Translator()
AT = NOW - timedelta(seconds=10)
DOWN, UP, DEGRADED, UNKNOWN = Verdict.DOWN, Verdict.UP, Verdict.DEGRADED, Verdict.UNKNOWN


def told(believed, *names):
    return service_sentence(TR, service(*names), believed, NOW)


def down_by(reason, detail="", **facts):
    return told(state(DOWN, check_state(bad_look(reason, detail, **facts), DOWN)))


def test_a_good_service_tells_its_latency():
    assert told(up()) == "Up, 143 ms"


def test_a_good_service_without_timings_is_up():
    assert told(state(UP, check_state(CheckResult(AT), UP))) == "Up"


def test_a_service_is_as_slow_as_its_slowest_check():
    slow = CheckResult(AT, None, Timings(total_ms=1500.0))

    assert told(state(UP, check_state(good_look(), UP), check_state(slow, UP)), "a", "b") == "Up, 1.5 s"


def test_a_refusal_that_is_excused_is_up_and_told():
    look = bad_look(Reason.REFUSES_AUTOMATION, http_status=403, excused=True)

    assert told(state(UP, check_state(look, UP))) == "Up, 900 ms; reachable; refuses automatic checks"


def test_the_fourth_of_october():
    assert told(dns_dead()) == "Down for 12 min: the name servers did not answer (example.example)"


def test_an_expired_certificate_tells_the_date():
    assert told(certificate_expired()) == "Down for 12 min: the security certificate has expired (ended on 2021-10-01)"


def test_a_service_that_hangs():
    assert told(hanging()) == ("Down for 12 min: it is connected, but the service does not respond (example.example)")


def test_not_looked_at_yet():
    assert told(not_looked_yet()) == "Not looked at yet"


def test_paused_and_maintenance():
    assert told(state(Verdict.PAUSED, cause=Circumstance.PAUSED_BY_USER)) == "Paused"
    assert told(state(Verdict.MAINTENANCE)) == "Under maintenance for 12 min"
    assert told(state(Verdict.MAINTENANCE, since=None)) == "Under maintenance"


@pytest.mark.parametrize(
    ("reason", "facts", "words"),
    [
        (Reason.SERVER_ERROR, {"http_status": 503}, "it is reachable, but fails inside (HTTP 503)"),
        (Reason.CONNECT_TIMEOUT, {}, "the address does not answer (203.0.113.7)"),
        (
            Reason.CONNECT_TIMEOUT,
            {"address": None, "attempts": (Attempt("192.0.2.9", Failure(Reason.CONNECT_TIMEOUT)),)},
            "the address does not answer (192.0.2.9)",
        ),
        (Reason.CONNECT_TIMEOUT, {"address": None}, "the address does not answer (example.example)"),
        (Reason.NO_ECHO, {}, "the address does not answer to a ping (203.0.113.7)"),
        (
            Reason.CERTIFICATE_NAME_MISMATCH,
            {"certificate": certificate()},
            "the security certificate is for another name (it is for example.org, www.example.org)",
        ),
        (
            Reason.CERTIFICATE_NAME_MISMATCH,
            {"certificate": certificate(names=())},
            "the security certificate is for another name (it is for example.org)",
        ),
        (
            Reason.CERTIFICATE_NOT_YET_VALID,
            {"certificate": certificate(not_before=NOW + timedelta(days=1))},
            "the security certificate is not valid yet (begins on 2021-10-05)",
        ),
        (
            Reason.CERTIFICATE_UNKNOWN_ISSUER,
            {"certificate": certificate()},
            "the security certificate comes from an issuer that is not trusted here (issued by Example CA)",
        ),
        (
            Reason.CERTIFICATE_SELF_SIGNED,
            {"certificate": certificate()},
            "the security certificate is signed by nobody but itself",
        ),
        (
            Reason.TLS_ALERT,
            {"detail": "handshake failure"},
            "it turned the encrypted connection down (handshake failure)",
        ),
        (Reason.JSON_MISMATCH, {"detail": "$.a is 1"}, "a value in its answer is not as expected ($.a is 1)"),
        (Reason.TEXT_MISSING, {}, "the expected text is missing (example)"),
    ],
)
def test_a_reason_comes_with_what_makes_it_concrete(reason, facts, words):
    assert down_by(reason, **facts) == f"Down for 12 min: {words}"


def test_a_certificate_that_ends_soon_counts_the_days():
    look = bad_look(Reason.CERTIFICATE_EXPIRES_SOON, certificate=certificate(timedelta(days=1, hours=2)))

    assert told(state(DEGRADED, check_state(look, DEGRADED))) == (
        "Degraded for 12 min: the security certificate expires soon (ends in 1 day, on 2021-10-05)"
    )


def test_slow_tells_how_slow_it_is():
    slow, unmeasured = bad_look(Reason.SLOW), bad_look(Reason.SLOW, timings=Timings())

    assert told(state(DEGRADED, check_state(slow, DEGRADED))).endswith("it answers, but slowly (900 ms)")
    assert told(state(DEGRADED, check_state(unmeasured, DEGRADED))).endswith("it answers, but slowly")


def test_an_outage_whose_beginning_nobody_saw_lasts_at_least_so_long():
    believed = replace(dns_dead(), since=Interval(None, BEGAN.by))

    assert told(believed).startswith("Down for at least 12 min: ")


def test_an_outage_found_just_now_has_no_duration():
    believed = replace(dns_dead(), since=Interval(None, AT))

    assert told(believed).startswith("Down: the name servers")


def test_several_checks_say_how_many_fail_and_which():
    failed, fine = check_state(bad_look(Reason.CONNECTION_REFUSED), DOWN), check_state(good_look(), UP)

    assert told(state(DEGRADED, failed, fine, cause=Reason.CONNECTION_REFUSED), "shop", "pay") == (
        "Degraded for 12 min: 1 of 2 checks fails: "
        "the computer is there, but the service on it is off (shop: 203.0.113.7)"
    )


def test_a_particular_that_names_the_check_is_not_told_twice():
    failed = check_state(bad_look(Reason.TEXT_MISSING), DOWN)

    assert told(state(DOWN, failed, failed), "shop", "pay").endswith("the expected text is missing (shop)")


def test_a_check_without_particulars_is_named():
    failed = check_state(bad_look(Reason.TLS_CLOSED), DOWN)

    assert told(state(DOWN, failed, failed), "shop", "pay").endswith("(shop)")


def test_one_failed_look_of_a_good_service_is_told_as_doubt():
    look = bad_look(Reason.CONNECT_TIMEOUT)
    believed = state(UP, check_state(look, UP, Claim(AT, DOWN, Reason.CONNECT_TIMEOUT)))

    assert told(believed) == "Up, but the last look was not good: the address does not answer (203.0.113.7)"


def test_a_doubt_that_is_our_own_line_says_so():
    look = bad_look(Reason.CONNECT_TIMEOUT)
    believed = state(UP, check_state(look, UP, Claim(AT, UNKNOWN, Circumstance.OWN_LINE)))

    assert told(believed) == "Up, but the last look was not good: your own connection could not be shown to work"


def test_one_good_look_of_a_dead_service_is_told():
    believed = state(DOWN, check_state(good_look(), DOWN, Claim(AT, UP, None), cause=Reason.DNS_TIMEOUT))

    assert told(believed) == "Down for 12 min: the name servers did not answer; the last look was good"


def test_the_first_failed_look_is_no_verdict():
    look = bad_look(Reason.DNS_TIMEOUT)
    claim = Claim(AT, DOWN, Reason.DNS_TIMEOUT)
    believed = replace(not_looked_yet(), checks=(check_state(look, UNKNOWN, claim, cause=Circumstance.NOT_LOOKED_YET),))

    assert told(believed) == "Not sure yet, looking again: the name servers did not answer (example.example)"


def test_a_good_look_that_does_not_yet_count_needs_no_reason():
    claim = Claim(AT, UP, None)
    checks = (check_state(good_look(), UNKNOWN, claim, cause=Circumstance.NOT_LOOKED_YET),)

    assert told(replace(not_looked_yet(), checks=checks)) == "Not sure yet, looking again"


def test_our_own_dead_line_accuses_nobody():
    look = bad_look(Reason.DNS_TIMEOUT)
    believed = state(UNKNOWN, check_state(look, UNKNOWN, cause=Circumstance.OWN_LINE))

    assert told(believed) == "Cannot tell: your own connection could not be shown to work"


def test_a_check_that_is_not_permitted_says_nothing_of_the_service():
    look = bad_look(Reason.NO_PERMISSION, "ICMP needs CAP_NET_RAW")

    assert told(state(UNKNOWN, check_state(look, UNKNOWN))) == (
        "Cannot tell: this check is not permitted on this computer, so nothing is known (ICMP needs CAP_NET_RAW)"
    )


def test_time_that_nobody_observed_is_told_with_its_interval():
    believed = state(UNKNOWN, check_state(good_look(), UNKNOWN), cause=Circumstance.NOT_OBSERVED)

    assert told(believed) == "Cannot tell: nobody was looking between 15:39:10 and 15:40:10"


def test_an_unknown_without_a_cause_is_still_a_sentence():
    assert told(ServiceState("example", cause=None)) == "Cannot tell"


def test_remote_text_is_one_harmless_line():
    sentence = told(hostile())

    assert sentence.startswith("Down for 12 min: a value in its answer is not as expected (\ufffd[31mred")
    assert not set("\x1b\x07\n\x9b\u202e") & set(sentence)
    assert HOSTILE not in sentence


def test_a_good_look_has_nothing_to_explain():
    check = FakeCheck(name="example")

    assert particulars(TR, check, good_look(), NOW) == ""
    assert failure_clause(TR, check, good_look(), NOW) == ""


def test_one_look_on_its_own():
    check = FakeCheck(name="example")

    assert check_sentence(TR, check, good_look(), NOW) == "143 ms"
    assert check_sentence(TR, check, CheckResult(AT), NOW) == ""
    assert check_sentence(TR, check, bad_look(Reason.NXDOMAIN), NOW) == "The name does not exist (example.example)"


def test_a_transition_tells_both_verdicts_and_the_interval():
    down = Transition("example", UP, DOWN, Reason.DNS_TIMEOUT, BEGAN)
    back = Transition("example", DOWN, UP, None, BEGAN)

    assert transition_sentence(TR, down, NOW) == (
        "Down (was: Up), between 15:39:10 and 15:40:10: the name servers did not answer"
    )
    assert transition_sentence(TR, back, NOW) == "Up (was: Down), between 15:39:10 and 15:40:10"


def test_verdicts_are_counted_worst_first():
    assert counted(TR, [UP, DOWN, UP, DEGRADED, DOWN]) == "2 down, 1 degraded, 2 up"
    assert counted(TR, []) == "no services"


def test_a_sentence_has_the_readers_digits_but_addresses_stay():
    tr = Translator(arabic_digits=True)
    failed = bad_look(Reason.CONNECT_TIMEOUT, address="192.0.2.1")
    believed = state(DOWN, check_state(failed, DOWN))

    told = service_sentence(tr, service(), believed, NOW).replace("\N{LEFT-TO-RIGHT MARK}", "")

    assert told.startswith("Down for ١٢ min: ")
    assert "192.0.2.1" in told
