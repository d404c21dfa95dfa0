import pytest

from manara.model import OfficialState
from manara.official.dialects.feed import read_feed, stage_of
from manara.official.told import NotItsFormat
from official.samples import answer, atom, atom_entry, feed, item

EARLIER = "Mon, 04 Oct 2021 15:00:00 +0000"
LAST_MONTH = "Sat, 04 Sep 2021 15:00:00 +0000"


def state(*items):
    return read_feed(answer(feed(*items))).state


@pytest.mark.parametrize("stage", ["Investigating", "Identified", "Monitoring", "Update"])
def test_a_newest_entry_that_goes_on_is_trouble(stage):
    assert state(item(stage)) is OfficialState.DEGRADED
    assert read_feed(answer(atom(atom_entry(stage)))).state is OfficialState.DEGRADED


@pytest.mark.parametrize("stage", ["In progress", "Verifying"])
def test_planned_work_that_goes_on_is_maintenance(stage):
    assert state(item(stage)) is OfficialState.MAINTENANCE


@pytest.mark.parametrize(
    "items", [(), (item("Resolved"),), (item("Completed"),), (item("Scheduled"),), (item("Hello"),)]
)
def test_a_feed_never_says_that_all_is_well(items):
    assert state(*items) is OfficialState.UNKNOWN


def test_only_the_newest_incident_counts():
    assert state(item("Monitoring", "1", EARLIER), item("Resolved", "2")) is OfficialState.UNKNOWN
    assert state(item("Resolved", "1", EARLIER), item("Monitoring", "2")) is OfficialState.DEGRADED


def test_an_incident_that_nobody_closed_is_forgotten():
    assert state(item("Monitoring", "1", LAST_MONTH)) is OfficialState.UNKNOWN


def test_updates_under_one_id_are_one_incident_as_it_was_told_last():
    told = read_feed(answer(feed(item("Resolved", "1"), item("Investigating", "1", EARLIER))))

    assert [(incident.open, incident.posts[0].state) for incident in told.incidents] == [(False, "resolved")]


def test_an_entry_without_a_time_may_be_of_any_age():
    assert state(item("Monitoring", "1", "")) is OfficialState.UNKNOWN


def test_an_entry_with_nothing_but_a_time_is_passed_over_as_the_oldest():
    bare = "<item><guid>9</guid></item>"

    assert state(bare, item("Monitoring")) is OfficialState.DEGRADED


@pytest.mark.parametrize(
    ("title", "said", "stage"),
    [
        ("Errors", "Status: Resolved", "resolved"),
        ("Errors", "Monitoring - a fix", "monitoring"),
        ("Errors", "Oct 4, 15:00\\nIdentified\\nwords".replace("\\n", "\n"), "identified"),
        ("[Resolved] Errors", "", "resolved"),
        ("RESOLVED: Errors", "words", "resolved"),
        ("Errors", "This incident has been resolved.", "resolved"),
        ("Errors", "The issue is now resolved", "resolved"),
        ("Errors", "We are monitoring it", ""),
        ("Errors are resolved by restarting", "", ""),
    ],
)
def test_the_stage_is_read_where_pages_write_it(title, said, stage):
    assert stage_of(title, said) == stage


def test_links_of_both_kinds_lead_to_the_entry():
    of_rss = read_feed(answer(feed(item("Monitoring")))).incidents[0]
    of_atom = read_feed(answer(atom(atom_entry("Monitoring")))).incidents[0]

    assert of_rss.url == of_atom.url == "https://status.example/1"


def test_the_oldest_form_of_rss_has_its_entries_beside_the_channel():
    document = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>x</title></channel>" + item("Monitoring") + "</rdf:RDF>"
    )

    assert read_feed(answer(document)).state is OfficialState.DEGRADED


@pytest.mark.parametrize("document", ["<html/>", "<rss/>", "<opml><channel/></opml>", "<feed>"])
def test_other_documents_are_no_feeds(document):
    with pytest.raises(NotItsFormat):
        read_feed(answer(document))
