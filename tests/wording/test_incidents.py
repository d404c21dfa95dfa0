"""The morning of 4 October 2021, and other incidents, as people read them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.outages import MINUTE, Outages, moment
from manara.model import (
    Circumstance,
    CommonCause,
    Conclusion,
    Confidence,
    Incident,
    Interval,
    Layer,
    Line,
    LineState,
    Member,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    Reason,
    Stage,
    Trait,
    TraitKind,
    Unreadable,
    Verdict,
)
from manara.monitor import Snapshot
from manara.wording import Translator
from manara.wording.incident_causes import SEVERAL, SHARED, shared_words
from manara.wording.incident_official import said_officially
from manara.wording.incidents import (
    again_sentence,
    cause_sentence,
    end_sentence,
    end_title,
    incident_sentences,
    incident_text,
    incident_title,
    listed,
    recovery_sentence,
    shared_sentences,
    short_cause,
    whose_sentence,
)

TR = Translator()
META = (
    replace(make_service("facebook", operator="Meta"), name="Facebook"),
    replace(make_service("whatsapp", operator="Meta"), name="WhatsApp"),
    replace(make_service("messenger", operator="Meta"), name="Messenger"),
    replace(make_service("instagram", operator="Meta"), name="Instagram"),
)
NAME_SERVERS = [f"{letter}.ns.facebook.com" for letter in "abcd"]
OTHERS = tuple(make_service(f"other-{n}") for n in range(14))
BEGAN = Interval(moment("15:39:10"), moment("15:40:10"))


def believed(world, line=LineState.ONLINE):
    return Snapshot(Line(line), world.services, tuple(world.states.values()))


@pytest.fixture
def morning():
    """The morning of 4 October 2021 until all of it is confirmed and explained."""
    world = Outages(*META, *OTHERS)
    world.at("15:39:10")
    world.up(*(service.id for service in world.services))
    world.at("15:40:10")
    world.down("facebook", "whatsapp", "messenger")
    world.down("instagram", reason=Reason.SERVER_ERROR, http_status=503)
    world.explain(Conclusion.NAME_SERVERS_SILENT, "facebook", "messenger", "whatsapp", named=NAME_SERVERS)
    world.explain(Conclusion.SERVER_ERRORS, "instagram", named=["503"])
    return world


def test_the_morning_of_the_fourth_of_october_is_told(morning):
    (incident,) = morning.open

    assert incident_title(TR, incident) == "Facebook, WhatsApp, Messenger and Instagram are down"
    assert incident_text(TR, incident, believed(morning), morning.now) == (
        "Facebook, WhatsApp and Messenger are down: "
        "the name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer. "
        "Instagram is down too: its names resolve, its servers answer 503. "
        "It is them: your connection is fine (14 of 18 services reachable). "
        "Began between 15:39:10 and 15:40:10 UTC. "
        "No official word found."
    )


def test_the_evening_of_the_fourth_of_october_is_told(morning):
    morning.at("21:20:00")
    for service_id in ("facebook", "whatsapp", "messenger"):
        morning.look(service_id, Reason.SERVER_ERROR, http_status=503)
    assert recovery_sentence(TR, morning.open[0]) == "Recovering: names resolve again, 503 from the site."

    morning.at("22:45:10")
    morning.down(*(service.id for service in META), reason=Reason.SERVER_ERROR, http_status=503)
    morning.at("22:46:10")
    morning.up(*(service.id for service in META))

    ended = morning.told[-1].incident
    assert incident_title(TR, ended) == "Facebook, WhatsApp, Messenger and Instagram were down"
    assert end_sentence(TR, ended) == "Up after 7 h 6 min."
    assert end_title(TR, ended) == "Facebook, WhatsApp, Messenger and Instagram are up again after 7 h 6 min"
    assert incident_text(TR, ended, believed(morning), morning.now) == (
        "Facebook, WhatsApp and Messenger were down; found at the time: "
        "the name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer. "
        "Instagram was down too; found at the time: its names resolve, its servers answer 503. "
        "Up after 7 h 6 min. Began between 15:39:10 and 15:40:10 UTC."
    )


def test_what_others_suffer_meanwhile_is_never_called_a_cause(morning):
    morning.look("other-0", Reason.SLOWER_THAN_USUAL)

    sentences = incident_sentences(TR, morning.open[0], believed(morning), morning.now)

    assert sentences[-1] == "Slower than usual since it began: Other-0."


def test_an_end_that_nobody_saw_is_told_as_exactly_as_it_is_known(morning):
    morning.sleep(timedelta(hours=6))
    morning.up(*(service.id for service in META), began=Interval(None, morning.now))

    ended = morning.told[-1].incident
    assert end_sentence(TR, ended) == ("Up again; it lasted between 0 s and 6 h, since nobody looked when it ended.")


def test_that_it_is_not_watched_any_more_is_no_recovery(morning):
    morning.wait(5 * MINUTE)
    morning.circumstance(Circumstance.PAUSED_BY_USER, *(service.id for service in META), verdict=Verdict.PAUSED)

    ended = morning.told[-1].incident
    assert end_sentence(TR, ended) == "Not watched any more after 5 min."
    assert end_title(TR, ended) == "Facebook, WhatsApp, Messenger and Instagram are not watched any more"


def test_that_nobody_can_tell_now_is_told(morning):
    morning.circumstance(Circumstance.OWN_LINE, "facebook")
    assert "cannot be told" not in incident_text(TR, morning.open[0], believed(morning), morning.now)

    morning.circumstance(Circumstance.OWN_LINE, *morning.states)

    text = incident_text(TR, morning.open[0], believed(morning, LineState.OFFLINE), morning.now)
    assert text.endswith("How it is now cannot be told.")
    assert "your connection is fine" not in text


def test_only_those_that_still_fail_are_told_as_failing(morning):
    morning.at("21:20:10")
    morning.up("facebook", "whatsapp", "messenger")
    (incident,) = morning.open

    assert incident_title(TR, incident) == "Instagram is down"
    assert short_cause(TR, incident) == "It is reachable, but its servers answer with errors (503)."
    assert incident_sentences(TR, incident, believed(morning), morning.now) == [
        "Instagram is down: it is reachable, but its servers answer with errors (503).",
        "It is them: your connection is fine (17 of 18 services reachable).",
        "Began between 15:39:10 and 15:40:10 UTC.",
        "No official word found.",
        "Facebook, WhatsApp and Messenger are up again.",
    ]


def test_what_is_not_watched_any_more_is_not_called_up_again(morning):
    morning.circumstance(Circumstance.PAUSED_BY_USER, "facebook", verdict=Verdict.PAUSED)
    assert again_sentence(TR, morning.open[0]) == ""

    morning.at("21:20:10")
    morning.up("whatsapp")
    assert again_sentence(TR, morning.open[0]) == "WhatsApp is up again."

    morning.up(*morning.states)
    assert again_sentence(TR, morning.told[-1].incident) == ""


def test_one_alone_has_nothing_in_common(morning):
    cause = CommonCause(Layer.HTTP, Trait(TraitKind.NETWORK, "AS32934"))
    failing = [member(name, Conclusion.PORT_CLOSED) for name in ("Shop", "Blog")]
    well = replace(failing[0], ended=BEGAN)

    assert shared_sentences(TR, incident(*failing, cause=cause), {}) != []
    assert shared_sentences(TR, incident(well, failing[1], cause=cause), {}) == []


def test_what_the_operator_says_is_told_with_its_delay(morning):
    post = Post(moment("16:14:10"), "We're aware that some people\nare having trouble.")
    told = OfficialIncident("1", "Trouble", OfficialState.MAJOR_OUTAGE, None, posts=(post,))
    page = OfficialPage(PageKind.STATUSPAGE, "https://status.example")

    morning.hear("facebook", OfficialWord(page, OfficialState.MAJOR_OUTAGE, incidents=(told,)))

    sentence = said_officially(TR, morning.open[0], (), morning.now)
    assert sentence == "Officially: We're aware that some people are having trouble, first after 34 min."


def incident(*members, cause=None, **fields):
    return Incident("20211004-154010-1", members, BEGAN, cause=cause, **fields)


def member(name, conclusion=None, *named, worst=Verdict.DOWN):
    return Member(name.lower(), name, BEGAN, worst=worst, conclusion=conclusion, named=named)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (None, "No official word found."),
        (timedelta(0), "Officially: trouble is admitted."),
        (timedelta(minutes=34), "Officially: trouble is admitted, first after 34 min."),
    ],
)
def test_an_admission_without_words_is_told(after, sentence):
    assert said_officially(TR, incident(member("Shop"), official_after=after), (), BEGAN.by) == sentence


def test_a_page_that_lies_is_told_with_its_age(morning):
    page = OfficialPage(PageKind.STATUSPAGE, "https://status.example")
    lost = OfficialWord(page, unreadable=Unreadable.NO_ANSWER)
    lying = OfficialWord(page, OfficialState.OPERATIONAL, read_at=morning.now)
    morning.hear("facebook", lost)
    assert "No official word found." in incident_sentences(TR, morning.open[0], believed(morning), morning.now)

    morning.hear("whatsapp", lying)
    morning.wait(2 * MINUTE)

    sentences = incident_sentences(TR, morning.open[0], believed(morning), morning.now)
    assert "Officially: operational (checked 2 min ago)." in sentences


def test_one_service_of_which_nothing_was_found_out():
    alone = incident(member("Shop"))

    assert incident_title(TR, alone) == "Shop is down"
    assert cause_sentence(TR, alone) == "Shop is down."


def test_one_service_is_told_as_its_diagnosis_is():
    alone = incident(member("Shop", Conclusion.ADDRESSES_SILENT, "203.0.113.7"))

    assert cause_sentence(TR, alone) == "Shop is down: its address (203.0.113.7) does not answer."


@pytest.mark.parametrize(
    ("confidences", "clause"),
    [
        ((Confidence.POSSIBLE, Confidence.CERTAIN), "their names do not exist"),
        ((Confidence.POSSIBLE, Confidence.LIKELY), "probably their names do not exist"),
        ((Confidence.POSSIBLE, Confidence.POSSIBLE), "perhaps their names do not exist"),
        ((Confidence.LIKELY,), "probably its name does not exist"),
    ],
)
def test_it_is_as_sure_as_what_is_known_best(confidences, clause):
    members = [replace(member("Shop", Conclusion.NAME_GONE), confidence=each) for each in confidences]

    assert cause_sentence(TR, incident(*members)).endswith(f" down: {clause}.")


def test_services_that_are_degraded_are_told_so():
    members = [member(name, worst=Verdict.DEGRADED) for name in ("Shop", "Blog")]

    assert incident_title(TR, incident(*members)) == "Shop and Blog are degraded"
    assert incident_title(TR, incident(members[0])) == "Shop is degraded"


def test_of_many_services_some_are_named():
    assert listed(TR, list("abcde")) == "a, b, c and 2 more"
    assert listed(TR, list("abcd")) == "a, b, c and d"
    assert listed(TR, []) == ""


def test_those_of_which_nothing_is_known_come_last():
    members = (member("Shop"), member("Blog"), member("Mail", Conclusion.DELIVERY_FAILS, "Fastly", "503"))

    assert cause_sentence(TR, incident(*members)) == (
        "Mail is down: its delivery network Fastly answers with errors (503). Shop and Blog are down too."
    )


def test_a_delivery_network_is_named_once():
    members = [member(name, Conclusion.DELIVERY_FAILS, "Fastly", "503") for name in ("Shop", "Blog")]
    told = incident(*members, cause=CommonCause(Layer.HTTP, Trait(TraitKind.DELIVERY, "Fastly")))

    sentences = incident_sentences(TR, told, Snapshot(), moment("15:41:00"))

    assert sentences[0] == "Shop and Blog are down: their delivery network Fastly answers with errors (503)."
    assert not any("in common" in sentence for sentence in sentences)


def test_a_delivery_network_without_a_status_is_not_half_told():
    members = [member(name, Conclusion.DELIVERY_FAILS, "Fastly") for name in ("Shop", "Blog")]

    assert cause_sentence(TR, incident(*members)) == (
        "Shop and Blog are down: their delivery network answers with errors."
    )


def test_what_they_have_in_common_is_told_where_the_reason_does_not_say_it():
    members = [member(name, Conclusion.CERTIFICATE_EXPIRED, "R3") for name in ("Shop", "Blog")]
    told = incident(*members, cause=CommonCause(Layer.TLS, Trait(TraitKind.ISSUER, "R3")))

    sentences = incident_sentences(TR, told, Snapshot(), moment("15:41:00"))

    assert sentences[:2] == [
        "Shop and Blog are down: their security certificates have expired.",
        "What they have in common: certificates by R3.",
    ]


def test_name_servers_are_not_told_twice():
    members = [member(name, Conclusion.NAME_SERVERS_FAIL, *NAME_SERVERS) for name in ("Shop", "Blog")]
    told = incident(*members, cause=CommonCause(Layer.DNS, Trait(TraitKind.NAME_SERVERS, ", ".join(NAME_SERVERS))))

    sentences = incident_sentences(TR, told, Snapshot(), moment("15:41:00"))

    assert (
        sentences[0]
        == "Shop and Blog are down: their name servers (a–\N{WORD JOINER}d.ns.facebook.com) answer with errors."
    )
    assert not any("in common" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("well", "sentence"),
    [
        (("mail",), "Mail has it too and is up."),
        (("mail", "news"), "Mail and News have it too and are up."),
        (("gone",), None),
    ],
)
def test_services_that_speak_against_it_are_told(well, sentence):
    members = [member(name, Conclusion.DELIVERY_FAILS, "Fastly", "503") for name in ("Shop", "Blog")]
    told = incident(*members, cause=CommonCause(Layer.HTTP, Trait(TraitKind.DELIVERY, "Fastly"), well))
    watched = Snapshot(services=(make_service("mail"), make_service("news")))

    sentences = incident_sentences(TR, told, watched, moment("15:41:00"))

    assert (sentence in sentences) if sentence else not any("too and" in each for each in sentences)


@pytest.mark.parametrize(
    ("line", "conclusion", "sentence"),
    [
        (LineState.ONLINE, None, "Your connection is fine (2 of 3 services reachable)."),
        (LineState.UNKNOWN, None, ""),
        (LineState.ONLINE, Conclusion.PORT_CLOSED, "It is them: your connection is fine (2 of 3 services reachable)."),
        (LineState.LIMITED, Conclusion.PORT_CLOSED, "It is them (2 of 3 services reachable)."),
        (LineState.ONLINE, Conclusion.FILTERED, "It is on your side (2 of 3 services reachable)."),
        (LineState.ONLINE, Conclusion.CANNOT_TELL, "Whose fault it is cannot be told (2 of 3 services reachable)."),
    ],
)
def test_whose_side_it_is(line, conclusion, sentence):
    world = Outages("shop", "blog", "mail")
    world.up("blog", "mail")
    world.down("shop")

    assert whose_sentence(TR, incident(member("Shop", conclusion)), believed(world, line)) == sentence


@pytest.mark.parametrize(
    ("conclusion", "sentence"),
    [
        (None, "Your connection is fine."),
        (Conclusion.PORT_CLOSED, "It is them: your connection is fine."),
        (Conclusion.FILTERED, "It is on your side."),
    ],
)
def test_few_services_are_not_counted(conclusion, sentence):
    world = Outages("shop", "blog", "mail")
    world.up("blog")
    world.down("shop")
    world.circumstance(Circumstance.PAUSED_BY_USER, "mail", verdict=Verdict.PAUSED)

    assert whose_sentence(TR, incident(member("Shop", conclusion)), believed(world)) == sentence


@pytest.mark.parametrize(
    ("look", "sentence"),
    [
        ({"reason": Reason.CONNECT_TIMEOUT}, "Recovering: names resolve again."),
        ({"reason": Reason.TLS_TIMEOUT}, "Recovering: it takes connections again."),
        ({"reason": None, "total_ms": 900.0, "confirmed": False}, "Recovering: it answers again."),
        ({"reason": None, "confirmed": False}, "Recovering: it is as fast as usual again."),
    ],
)
def test_how_far_it_has_come_back(look, sentence):
    world = Outages("shop")
    world.up("shop")
    world.wait(MINUTE)
    world.down("shop")
    assert recovery_sentence(TR, world.open[0]) == ""

    world.look("shop", **look)

    assert recovery_sentence(TR, world.open[0]) == sentence


def test_a_relapse_is_no_recovery():
    world = Outages("shop")
    world.down("shop")
    world.down("shop", reason=Reason.SERVER_ERROR, http_status=500)
    world.down("shop")
    world.down("shop")

    assert world.open[0].timeline[-1].stage is Stage.RELAPSED
    assert recovery_sentence(TR, world.open[0]) == ""


def test_an_answer_after_silence_is_told_with_its_status():
    world = Outages("shop")
    world.down("shop", reason=Reason.CONNECT_TIMEOUT)
    world.explain(Conclusion.ADDRESSES_SILENT, "shop")

    world.look("shop", Reason.SERVER_ERROR, http_status=502)

    assert recovery_sentence(TR, world.open[0]) == "Recovering: it answers again, with 502."


def test_the_end_of_what_nobody_saw_begin():
    began, ended = Interval(None, moment("15:00:00")), Interval(None, moment("16:00:00"))
    over = replace(incident(member("Shop")), began=began, ended=ended)

    assert end_sentence(TR, over) == "Up after at least 1 h."
    assert end_title(TR, over) == "Shop is up again after at least 1 h"
    assert end_sentence(TR, incident(member("Shop"))) == ""


def test_one_that_fails_otherwise_than_most_is_told_as_its_own_diagnosis_is():
    silent = [member(name, Conclusion.NAME_SERVERS_SILENT, *NAME_SERVERS) for name in ("Shop", "Blog")]

    assert cause_sentence(TR, incident(*silent, member("Mail", Conclusion.NAME_GONE), member("News"))) == (
        "Shop and Blog are down: their name servers (a–\N{WORD JOINER}d.ns.facebook.com) do not answer. "
        "Mail is down too: its name does not exist. News is down too."
    )


@pytest.mark.parametrize("conclusion", list(Conclusion))
def test_every_conclusion_has_words_for_several_services(conclusion):
    members = [member(name, conclusion) for name in ("Shop", "Blog")]

    sentence = cause_sentence(TR, incident(*members))

    assert sentence.startswith("Shop and Blog are down: ")
    assert " its " not in sentence or conclusion in SEVERAL
    assert "{" not in sentence


def test_all_that_can_be_shared_has_words():
    assert set(SHARED) == set(TraitKind)
    assert shared_words(TR, Trait(TraitKind.NETWORK, "AS32934")) == "addresses of the network AS32934"


def test_what_is_only_of_itself_has_nothing_in_common():
    world = Outages("shop")
    world.down("shop")

    sentences = incident_sentences(TR, world.open[0], believed(world), world.now)

    assert sentences[0] == "Shop is down."
    assert not any("in common" in sentence for sentence in sentences)


def test_why_stands_in_one_sentence_behind_the_title_where_all_fail_alike(morning):
    (incident,) = morning.open
    alike = replace(incident, members=incident.members[:3])

    assert short_cause(TR, alike) == (
        "The name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer."
    )


def test_where_not_all_fail_alike_the_sentence_says_of_which_it_speaks(morning):
    (incident,) = morning.open

    assert short_cause(TR, incident) == (
        "Most of them: the name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer."
    )
    half = replace(incident, members=incident.members[2:])
    assert (
        short_cause(TR, half)
        == "Messenger is down: the name servers of its operator (a–\N{WORD JOINER}d.ns.facebook.com) do not answer."
    )


def test_before_anything_is_found_out_there_is_no_sentence_why(morning):
    (incident,) = morning.open
    new = replace(incident, members=tuple(replace(each, conclusion=None) for each in incident.members))

    assert short_cause(TR, new) == ""
