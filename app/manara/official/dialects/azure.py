"""Azure: a feed that has an entry only while something goes on, in prose alone. An empty channel is all well."""

from manara.model import OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.told import NotItsFormat, Told, of_open
from manara.official.values import line
from manara.official.xml_tree import text_of, xml_tree


def read_azure(answer: Answer) -> Told:
    """Return what the feed says; raise `NotItsFormat`."""
    channel = xml_tree(answer.content).find("channel")
    if channel is None or not text_of(channel, "title").strip():
        raise NotItsFormat("It is not a feed")
    told = tuple(
        incident(
            answer.at,
            key=text_of(item, "guid", "title"),
            title=text_of(item, "title"),
            state=OfficialState.DEGRADED,
            began=text_of(item, "pubDate"),
            posts=[post(answer.at, text_of(item, "pubDate"), text_of(item, "description"))],
            url=text_of(item, "link").strip(),
        )
        for item in channel.findall("item")
    )
    return Told(of_open(told), line(text_of(channel, "title")), told)
