"""What the operator of a service says of it, beside what was measured, each with its age.

The page's own words are remote: they come out on one line and cut.
"""

from datetime import datetime, timedelta

from manara.model import (
    OfficialComponent,
    OfficialIncident,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    ServiceState,
    Unreadable,
    Verdict,
)
from manara.wording.plain import one_line
from manara.wording.times import age, duration
from manara.wording.translation import Translator, mark
from manara.wording.verdicts import Tone

_LONGEST_TITLE = 120
_LONGEST_NAME = 60

STATES = {
    OfficialState.OPERATIONAL: mark("operational"),
    OfficialState.MAINTENANCE: mark("under maintenance"),
    OfficialState.DEGRADED: mark("degraded"),
    OfficialState.PARTIAL_OUTAGE: mark("partial outage"),
    OfficialState.MAJOR_OUTAGE: mark("major outage"),
    OfficialState.UNKNOWN: mark("cannot tell"),
}
UNREADABLE = {
    Unreadable.NOT_FOR_PROGRAMS: mark("publishes no status that programs can read"),
    Unreadable.NO_ANSWER: mark("no answer"),
    Unreadable.TURNED_AWAY: mark("it turns programs away"),
    Unreadable.ERROR: mark("it answers with an error"),
    Unreadable.TOO_LARGE: mark("it sends too much"),
    Unreadable.NOT_ITS_FORMAT: mark("what it answers is not what such a page says"),
}
_MEASURED = {
    Verdict.UP: mark("up"),
    Verdict.DEGRADED: mark("degraded for {duration}"),
    Verdict.DOWN: mark("down for {duration}"),
}
_TONES = {
    OfficialState.OPERATIONAL: Tone.GOOD,
    OfficialState.MAINTENANCE: Tone.PLANNED,
    OfficialState.DEGRADED: Tone.WARNING,
    OfficialState.PARTIAL_OUTAGE: Tone.WARNING,
    OfficialState.MAJOR_OUTAGE: Tone.BAD,
    OfficialState.UNKNOWN: Tone.UNSURE,
}


def official_state_word(tr: Translator, state: OfficialState) -> str:
    """Return the word for how an operator says that something is."""
    return tr(STATES[state])


def official_tone(state: OfficialState) -> Tone:
    """Return what the colour of such a word means."""
    return _TONES[state]


def official_sentence(tr: Translator, word: OfficialWord, now: datetime) -> str:
    """Return what the operator says: `officially: partial outage: No mail (posted 12 min ago)`."""
    if word.unreadable is not None:
        return one_line(_unreadable(tr, word, word.unreadable, now))
    return one_line(tr("officially: {state}").format(state=told_state(tr, word, now)))


def told_state(tr: Translator, word: OfficialWord, now: datetime) -> str:
    """Return how an operator whose page can be read says that it is: `operational (checked 2 min ago)`."""
    state = _state_and_title(tr, word, now)
    if state is None:
        checked = "" if word.read_at is None else tr("checked {age}").format(age=age(tr, word.read_at, now))
        state = f"{_bare_state(tr, word)} ({checked})" if checked else _bare_state(tr, word)
    return one_line(state)


def official_against_measured(tr: Translator, state: ServiceState, now: datetime) -> str:
    """Return what the operator says, and where that is not what was measured, this too; empty without a word."""
    word = state.official
    if word is None:
        return ""
    sentence = official_sentence(tr, word, now)
    measured = _measured(tr, state, now) if disagree(state) else ""
    return f"{sentence} — {tr('measured: {verdict}').format(verdict=measured)}" if measured else sentence


def disagree(state: ServiceState) -> bool:
    """Return whether an operator says that all is well with what is not, or the other way round."""
    word = state.official
    if word is None or word.unreadable is not None:
        return False
    if word.state is OfficialState.OPERATIONAL:
        return state.verdict in (Verdict.DOWN, Verdict.DEGRADED)
    return word.admits_trouble and state.verdict is Verdict.UP


def missing_parts(tr: Translator, word: OfficialWord) -> str:
    """Return which of the chosen parts the page does not have; empty where it has all."""
    if not word.missing:
        return ""
    names = ", ".join(f"“{one_line(name, _LONGEST_NAME)}”" for name in word.missing)
    return tr.plural("the page has no part {names}", "the page has no parts {names}", len(word.missing)).format(
        names=names
    )


def post_line(post: Post) -> str:
    """Return what a post says, and at which stage that was: `investigating: We look into it.`."""
    stage = one_line(post.state, _LONGEST_NAME)
    said = " ".join(one_line(line) for line in post.text.splitlines())
    return ": ".join(filter(None, (stage, said)))


def incident_title(tr: Translator, incident: OfficialIncident) -> str:
    """Return what an incident is called, how bad it is, and whether it is over: `No mail (partial outage, over)`."""
    title = one_line(incident.title, _LONGEST_TITLE) or tr("An incident without a name")
    how = [] if incident.state is OfficialState.UNKNOWN else [official_state_word(tr, incident.state)]
    if not incident.open:
        how.append(tr("over"))
    return f"{title} ({', '.join(how)})" if how else title


def component_line(tr: Translator, component: OfficialComponent) -> str:
    """Return how a part is: `Mail, Europe: degraded`."""
    names = (one_line(name, _LONGEST_NAME) for name in (component.name, component.group))
    return f"{', '.join(filter(None, names))}: {official_state_word(tr, component.state)}"


def _unreadable(tr: Translator, word: OfficialWord, why: Unreadable, now: datetime) -> str:
    if why is Unreadable.NOT_FOR_PROGRAMS and word.read_at is None:
        return tr(UNREADABLE[why])
    sentence = tr("official page cannot be read ({why})").format(why=tr(UNREADABLE[why]))
    if word.read_at is None:
        return sentence
    return tr("{sentence}, last read {age}: {state}").format(
        sentence=sentence, age=age(tr, word.read_at, now), state=_bare_state(tr, word)
    )


def _bare_state(tr: Translator, word: OfficialWord) -> str:
    state = official_state_word(tr, word.state)
    if missing := missing_parts(tr, word):
        return f"{state}, {missing}"
    if word.page.kind is PageKind.META and word.read_at is not None:
        return tr("its products for businesses: {state}").format(state=state)
    if word.state is OfficialState.UNKNOWN and word.incidents:
        newest = word.incidents[0]
        told = one_line(newest.title, _LONGEST_TITLE)
        stage = one_line(newest.posts[0].state, _LONGEST_NAME) if newest.posts else ""
        newest_word = f"{told} [{stage}]" if stage else told
        return tr("{state}, its newest post is {title}").format(state=state, title=newest_word)
    return state


def _state_and_title(tr: Translator, word: OfficialWord, now: datetime) -> str | None:
    """Return the state with what it is about and since when that is posted, where something goes on."""
    if word.state in (OfficialState.OPERATIONAL, OfficialState.UNKNOWN) or word.missing:
        return None
    told = next((each for each in word.incidents if each.open and each.title and each.state is word.state), None)
    told = told or next((each for each in word.incidents if each.open and each.title), None)
    if told is None:
        return None
    state = f"{official_state_word(tr, word.state)}: {one_line(told.title, _LONGEST_TITLE)}"
    posted = told.posts[0].at if told.posts else told.began
    return f"{state} ({tr('posted {age}').format(age=age(tr, posted, now))})" if posted is not None else state


def _measured(tr: Translator, state: ServiceState, now: datetime) -> str:
    since = timedelta(0) if state.since is None else now - state.since.by
    return tr(_MEASURED[state.verdict]).format(duration=duration(tr, since))
