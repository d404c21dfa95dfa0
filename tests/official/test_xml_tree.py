"""XML from anybody."""

import time

import pytest

from manara.official.told import NotItsFormat
from manara.official.xml_tree import DEEPEST, MOST_ELEMENTS, text_of, xml_tree

BOMB = (
    b'<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>'
)
FILE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
FEED = (
    '<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<title>Mine</title><media:title>Other</media:title><content:encoded><![CDATA[<b>x</b>]]></content:encoded></rss>"
)


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        FILE,
        b"<!DOCTYPE html><html></html>",
        b"",
        b"<a>",
        b"<a></b>",
        b"\x00",
        b"<a>&nbsp;</a>",
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
        b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1),
        b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>",
    ],
)
def test_what_is_dangerous_or_broken_is_refused_at_once(content):
    began = time.process_time()

    with pytest.raises(NotItsFormat):
        xml_tree(content)
    assert time.process_time() - began < 5


def test_names_of_extensions_are_told_apart():
    root = xml_tree(FEED.encode())

    assert [child.tag for child in root] == ["title", "other:title", "encoded"]
    assert text_of(root, "missing", "encoded") == "<b>x</b>"
    assert text_of(root, "missing") == ""


def test_other_encodings_are_read():
    assert xml_tree("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode("latin-1")).text == "é"
    assert xml_tree("<a>é</a>".encode("utf-16")).text == "é"
