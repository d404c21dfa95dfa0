from manara.model import Failure, Layer, Outcome, Reason


def test_every_reason_has_its_own_word():
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert all(reason.value == reason.name.lower().replace("_", "-") for reason in Reason)


def test_what_could_not_be_looked_at_never_accuses():
    assert all(reason.outcome is Outcome.UNKNOWN for reason in Reason if reason.layer is Layer.LOCAL)


def test_a_failure_of_names_may_always_be_our_own():
    dns = [reason for reason in Reason if reason.layer is Layer.DNS and reason.outcome is Outcome.FAILED]

    assert {reason for reason in dns if not reason.silent} == {Reason.UNUSABLE_NAME, Reason.UNEXPECTED_RCODE}


def test_a_failure_counts_as_its_reason_does():
    failure = Failure(Reason.SERVER_ERROR, "HTTP 503")

    assert (failure.layer, failure.outcome) == (Layer.HTTP, Outcome.FAILED)


def test_an_excused_failure_is_noted_but_counts_as_good():
    assert Failure(Reason.REFUSES_AUTOMATION, excused=True).outcome is Outcome.OK
