import pytest

from manara.official.dialects.azure import read_azure
from manara.official.told import NotItsFormat
from official.samples import answer, feed, item


def test_an_entry_is_an_incident_that_goes_on():
    (incident,) = read_azure(answer(feed(item("x")))).incidents

    assert (incident.title, incident.open, incident.url) == ("Errors at checkout", True, "https://status.example/1")
    assert [post.text for post in incident.posts] == ["Oct 4\nx - words"]


@pytest.mark.parametrize("document", ["<rss/>", "<rss><channel/></rss>", "<feed/>"])
def test_what_has_no_channel_with_a_name_is_no_feed(document):
    with pytest.raises(NotItsFormat):
        read_azure(answer(document))
