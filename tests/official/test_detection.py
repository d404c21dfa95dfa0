"""Where a page for people says that programs can read it; what comes of that stands in test_page."""

import pytest

from manara.model import PageKind
from manara.official.answer import Answer
from manara.official.detection import named_in_html
from official.samples import AT

ID = "59db90dbcdeb2f04dadcf16d"


def named(html):
    return named_in_html(Answer(html.encode(), "text/html", AT, "https://status.example/page"))


@pytest.mark.parametrize(
    "html", [f'<script src="https://api.status.io/1.0/status/{ID}">', f'<a href="/pages/{ID}/rss">Feed</a>']
)
def test_a_page_of_status_io_names_its_number(html):
    assert named(html) == [(f"https://api.status.io/1.0/status/{ID}", PageKind.STATUS_IO)]


def test_feeds_are_named_in_links_whatever_the_order_of_their_attributes():
    html = """
        <link href="https://other.example/a.atom" type='application/atom+xml' rel=alternate>
        <link rel="alternate" type="application/rss+xml" title="x" href="feed.rss" />
    """

    assert named(html) == [
        ("https://other.example/a.atom", PageKind.ATOM),
        ("https://status.example/feed.rss", PageKind.RSS),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<link rel="alternate" href="/x">',
        '<link type="application/rss+xml" href="/x">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="http://[x">',
        "<link " * 50_000,
    ],
)
def test_other_links_are_passed_over(html):
    assert named(html) == []


def test_of_many_links_few_are_followed():
    assert len(named('<link rel="alternate" type="application/rss+xml" href="/x">' * 100)) == 4
