"""The word of an operator in plain words, beside what was measured."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.clock import START
from manara.model import (
    Interval,
    OfficialComponent,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    ServiceState,
    Unreadable,
    Verdict,
)
from manara.wording import Translator, official_against_measured, official_sentence
from manara.wording.official import (
    STATES,
    UNREADABLE,
    component_line,
    disagree,
    incident_title,
    official_tone,
    post_line,
)

TR = Translator()
NOW = START + timedelta(hours=3)
PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.example/")


def ago(minutes):
    return NOW - timedelta(minutes=minutes)


def word(state=OfficialState.OPERATIONAL, **fields):
    return OfficialWord(PAGE, state, **{"read_at": ago(2), "tried_at": ago(2), **fields})


def incident(title="No mail", state=OfficialState.PARTIAL_OUTAGE, **fields):
    posts = (Post(ago(12), "We look into it.\nMore soon.", "investigating"),)
    return OfficialIncident("1", title, state, **{"began": ago(20), "posts": posts, **fields})


@pytest.mark.parametrize("words", [(STATES, OfficialState), (UNREADABLE, Unreadable)])
def test_every_state_and_every_failure_has_its_words(words):
    table, everything = words

    assert set(table) == set(everything)
    assert len(set(table.values())) == len(table)
    assert all(official_tone(state) for state in OfficialState)


@pytest.mark.parametrize(
    ("heard", "sentence"),
    [
        (word(), "officially: operational (checked 2 min ago)"),
        (word(OfficialState.DEGRADED), "officially: degraded (checked 2 min ago)"),
        (
            word(OfficialState.PARTIAL_OUTAGE, incidents=(incident(),)),
            "officially: partial outage: No mail (posted 12 min ago)",
        ),
        (
            word(OfficialState.PARTIAL_OUTAGE, incidents=(incident("Slow", OfficialState.DEGRADED), incident())),
            "officially: partial outage: No mail (posted 12 min ago)",
        ),
        (
            word(OfficialState.MAJOR_OUTAGE, incidents=(incident(posts=()),)),
            "officially: major outage: No mail (posted 20 min ago)",
        ),
        (
            word(OfficialState.MAJOR_OUTAGE, incidents=(incident(posts=(), began=None),)),
            "officially: major outage: No mail",
        ),
        (
            word(OfficialState.MAJOR_OUTAGE, incidents=(incident(ended=ago(1)), incident(""))),
            "officially: major outage (checked 2 min ago)",
        ),
        (word(incidents=(incident(),)), "officially: operational (checked 2 min ago)"),
        (
            word(OfficialState.UNKNOWN, missing=("Mail",)),
            "officially: cannot tell, the page has no part “Mail” (checked 2 min ago)",
        ),
        (
            word(OfficialState.UNKNOWN, missing=("Mail", "Maps")),
            "officially: cannot tell, the page has no parts “Mail”, “Maps” (checked 2 min ago)",
        ),
        (
            word(OfficialState.UNKNOWN, incidents=(incident(ended=ago(5)),)),
            "officially: cannot tell, its newest post is No mail [investigating] (checked 2 min ago)",
        ),
        (
            word(OfficialState.UNKNOWN, incidents=(incident(posts=()),)),
            "officially: cannot tell, its newest post is No mail (checked 2 min ago)",
        ),
        (
            replace(word(), page=OfficialPage(PageKind.META, "https://metastatus.com/")),
            "officially: its products for businesses: operational (checked 2 min ago)",
        ),
        (
            word(unreadable=Unreadable.NO_ANSWER, read_at=ago(120)),
            "official page cannot be read (no answer), last read 2 h ago: operational",
        ),
        (
            word(OfficialState.UNKNOWN, unreadable=Unreadable.TURNED_AWAY, read_at=None),
            "official page cannot be read (it turns programs away)",
        ),
        (
            word(OfficialState.UNKNOWN, unreadable=Unreadable.NOT_FOR_PROGRAMS, read_at=None),
            "publishes no status that programs can read",
        ),
        (word(OfficialState.UNKNOWN, read_at=None), "officially: cannot tell"),
    ],
)
def test_the_word_is_one_sentence(heard, sentence):
    assert official_sentence(TR, heard, NOW) == sentence


def state(verdict, heard, minutes=14):
    return ServiceState("shop", verdict, since=Interval(None, ago(minutes)), official=heard)


@pytest.mark.parametrize(
    ("believed", "end"),
    [
        (state(Verdict.DOWN, word()), " — measured: down for 14 min"),
        (state(Verdict.DEGRADED, word()), " — measured: degraded for 14 min"),
        (state(Verdict.UP, word(OfficialState.DEGRADED)), " — measured: up"),
        (replace(state(Verdict.DOWN, word()), since=None), " — measured: down for 0 s"),
        (state(Verdict.UP, word()), ""),
        (state(Verdict.DOWN, word(OfficialState.DEGRADED)), ""),
        (state(Verdict.UNKNOWN, word()), ""),
        (state(Verdict.DOWN, word(unreadable=Unreadable.ERROR)), ""),
    ],
)
def test_what_was_measured_stands_beside_it_where_they_disagree(believed, end):
    assert believed.official is not None
    sentence = official_against_measured(TR, believed, NOW)

    assert sentence == official_sentence(TR, believed.official, NOW) + end
    assert disagree(believed) is bool(end)


def test_without_a_word_there_is_nothing_to_say():
    assert official_against_measured(TR, state(Verdict.DOWN, None), NOW) == ""
    assert not disagree(state(Verdict.DOWN, None))


def test_remote_words_stay_on_one_line_and_are_cut():
    heard = word(OfficialState.DEGRADED, incidents=(incident("a\nb\x1b" + "x" * 1_000),))

    sentence = official_sentence(TR, heard, NOW)

    assert len(sentence) <= 300
    assert sentence.isprintable()


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (incident(), "No mail (partial outage)"),
        (incident(ended=ago(5)), "No mail (partial outage, over)"),
        (incident("", OfficialState.UNKNOWN, began=None), "An incident without a name"),
    ],
)
def test_an_incident_says_how_bad_it_is_and_whether_it_is_over(told, title):
    assert incident_title(TR, told) == title


@pytest.mark.parametrize(
    ("post", "told"),
    [
        (Post(NOW, "We look into it.\nMore soon.", "investigating"), "investigating: We look into it. More soon."),
        (Post(NOW, "Fixed."), "Fixed."),
        (Post(NOW, "", "resolved"), "resolved"),
    ],
)
def test_a_post_is_told_with_its_stage(post, told):
    assert post_line(post) == told


def test_a_part_is_told_with_its_group():
    assert component_line(TR, OfficialComponent("1", "Mail", OfficialState.DEGRADED)) == "Mail: degraded"
    assert component_line(TR, OfficialComponent("1", "Mail", OfficialState.DEGRADED, "EU")) == "Mail, EU: degraded"
