from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fakes.outages import moment
from manara.model import (
    CommonCause,
    Conclusion,
    Happening,
    Incident,
    Interval,
    Layer,
    Member,
    Stage,
    Trait,
    TraitKind,
)
from manara.wording import Translator
from manara.wording.incident_timeline import STAGES, happening_sentence, recurrence_sentence, timeline_lines

TR = Translator()
NOW = datetime(2021, 10, 4, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def outage(month, hours, *, service_id="facebook", conclusion=Conclusion.SERVER_ERRORS, year=2021):
    """An incident that began in this month and lasted so long; None: it goes on."""
    by = datetime(year, month, 3, 12, 0, tzinfo=UTC)
    ended = None if hours is None else Interval(by, by + hours * HOUR)
    member = Member(service_id, service_id.title(), Interval(None, by), ended, conclusion=conclusion)
    return Incident(f"{by:%Y%m%d}-1", (member,), Interval(None, by), ended)


CURRENT = outage(10, None)


def test_every_stage_has_a_sentence():
    assert set(STAGES) == set(Stage)
    for stage in Stage:
        told = Happening(NOW, stage, "facebook", Conclusion.SERVER_ERRORS, "We are aware\nof it")
        assert "{" not in happening_sentence(TR, told, {"facebook": "Facebook"})


def test_what_was_found_out_and_what_was_posted_are_told():
    names = {"facebook": "Facebook"}

    assert happening_sentence(TR, Happening(NOW, Stage.DIAGNOSED, "facebook", Conclusion.NAME_GONE), names) == (
        "Facebook: its name does not exist"
    )
    assert (
        happening_sentence(TR, Happening(NOW, Stage.OFFICIAL, text="We are\naware"), names)
        == "Officially: We are aware"
    )
    assert happening_sentence(TR, Happening(NOW, Stage.ANSWERS, "facebook", text="503"), names) == (
        "Facebook: it answers again, with 503"
    )
    assert happening_sentence(TR, Happening(NOW, Stage.ANSWERS, "gone"), names) == "gone: it answers again"


def test_the_timeline_is_told_by_the_clock():
    lines = (
        Happening(moment("15:40:10"), Stage.FIRST_BAD_LOOK, "facebook"),
        Happening(moment("16:00:00"), Stage.SLOWER, "telegram"),
    )

    assert timeline_lines(TR, replace(CURRENT, timeline=lines), {"telegram": "Telegram"}, NOW) == [
        "15:40:10  Facebook: the first look that failed",
        "16:00:00  Telegram is slower than usual since then",
    ]


def test_the_third_outage_of_a_year_is_told_with_the_earlier_ones():
    known = [outage(7, 2), outage(3, 1), CURRENT]

    assert recurrence_sentence(TR, CURRENT, known, NOW) == (
        "Third outage this year (Mar, Jul); the same layer; earlier ones lasted 1 h to 2 h."
    )


def test_of_an_outage_of_a_past_year_the_year_is_told():
    later = NOW.replace(year=2022)

    assert recurrence_sentence(TR, CURRENT, [outage(7, 2)], later).startswith("Second outage in 2021 (Jul); ")
    known = [outage(month, 1) for month in range(1, 10)]
    assert recurrence_sentence(TR, CURRENT, known, later).startswith("Outage number 10 in 2021 (Jan, ")


def test_another_layer_is_not_called_the_same():
    known = [outage(3, 1, conclusion=Conclusion.NAME_GONE)]

    assert recurrence_sentence(TR, CURRENT, known, NOW) == "Second outage this year (Mar); the earlier one lasted 1 h."


def test_a_layer_that_is_not_known_is_not_called_the_same():
    current = outage(10, None, conclusion=None)

    assert "layer" not in recurrence_sentence(TR, current, [outage(3, 1, conclusion=None)], NOW)


def test_many_outages_are_counted():
    known = [outage(month, 1) for month in range(1, 10)]

    assert recurrence_sentence(TR, CURRENT, known, NOW).startswith("Outage number 10 this year (Jan, Feb, ")
    assert recurrence_sentence(TR, CURRENT, known, NOW).endswith("earlier ones lasted 1 h.")


@pytest.mark.parametrize(
    "other",
    [outage(3, 1, service_id="shop"), outage(3, 1, year=2020), outage(3, None), outage(11, 1)],
    ids=["another service", "another year", "still open", "later"],
)
def test_what_has_nothing_to_do_with_it_does_not_count(other):
    assert recurrence_sentence(TR, CURRENT, [other], NOW) == ""


def test_an_earlier_outage_of_other_services_by_the_same_cause_counts():
    cause = CommonCause(Layer.DNS, Trait(TraitKind.NAME_SERVER_DOMAIN, "dynect.net"))
    earlier = replace(outage(3, 1, service_id="shop"), cause=cause)

    assert recurrence_sentence(TR, replace(CURRENT, cause=cause), [earlier], NOW).startswith("Second outage this year")
    assert recurrence_sentence(TR, CURRENT, [earlier], NOW) == ""
