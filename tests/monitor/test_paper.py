"""Whatever texts say, they stay texts: in Markdown as GitHub reads it, and in a browser."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from manara.monitor.paper import LONGEST, Paper, Table, html, markdown, text
from manara.wording import one_line

PAPER = Paper(
    "Facebook is down",
    (("Is it me?", "It is them."), ("Since when", "Began between 15:39:10 and 15:40:10 UTC.")),
    (Table("Timeline", ("UTC", "What happened"), (("2021-10-04 15:40:10", "Facebook: confirmed"),)),),
    "Written by Manara",
)
BAD = (
    "<script>alert(1)</script>",
    "</title></style></td><img src=x onerror=alert(1)>",
    "a|b || \\| c",
    "`code` *em* __strong__ ~~gone~~ [a](javascript:x) ![i](https://x/y.png) <https://x.example> &lt;b&gt; &amp;",
    "https://evil.example/ www.evil.example WWW.evil.example",
    "# heading\n- list\n\n    code\n> quote\n---\n|a|b|\n|-|-|",
    "\u202egnp.exe\u2066 \u2028new \u2029line \x00\x1b[31m",
    "end with a backslash \\",
    "\\*not\\* <!-- comment --> ]]> $x$ @who",
    "\ud800 half a character",
    "A" * 5000,
    "",
)
texts = st.one_of(st.sampled_from(BAD), st.text(max_size=60), st.text(alphabet="\\|`*_[]()<>#&!~$\n- a", max_size=40))
papers = st.builds(
    Paper,
    texts,
    st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    st.lists(
        st.builds(
            Table,
            texts.filter(lambda each: one_line(each) != ""),
            st.tuples(texts, texts),
            st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    texts,
)


def words(paper):
    """Every text of a paper as it is to be read, in order."""
    told = [paper.title]
    told += [each for pair in paper.answers for each in pair]
    for table in paper.tables:
        told += [table.heading, *table.columns, *(cell for row in table.rows for cell in row)]
    return [one_line(each, LONGEST) for each in [*told, paper.foot]]


def inner(tokens):
    """The inline parts of parsed Markdown."""
    return [child for token in tokens if token.type == "inline" for child in token.children]


def everything(count):
    """A paper in which every text is one of the bad ones."""
    return Paper(count, ((count, count),), (Table(f"x{count}", (count, count), ((count, count),)),), count)


class Reader(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.attributes = set()
        self.texts = []
        self._within = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._within.append(tag)

    def handle_endtag(self, tag):
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" not in self._within:
            self.texts.append(data)


@given(papers)
@example(everything(BAD[0]))
@example(everything(BAD[2]))
@example(everything(BAD[3]))
def test_no_text_becomes_markup_in_markdown(paper):
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown(paper))

    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds <= {
        *("heading", "inline", "bullet_list", "list_item", "paragraph"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert {child.type for child in inner(tokens)} <= {
        *("text", "text_special", "strong_open", "strong_close", "em_open", "em_close"),
    }
    assert [token.type for token in tokens].count("tr_open") == sum(len(table.rows) + 1 for table in paper.tables)


@given(papers)
@example(Paper(" ", ((" ", " "),), (), " "))
def test_all_that_is_told_can_be_read_in_markdown(paper):
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(paper))

    read = [
        "".join(child.content for child in token.children if child.type in ("text", "text_special"))
        for token in tokens
        if token.type == "inline"
    ]
    told = "".join(words(paper)).replace(" ", "").replace(":", "")
    assert "".join(read).replace(" ", "").replace(":", "") == told


@given(papers)
@example(everything(BAD[0]))
@example(everything(BAD[1]))
def test_no_text_becomes_markup_in_a_page_and_nothing_is_fetched(paper):
    page = html(paper)
    reader = Reader()
    reader.feed(page)

    assert page.isascii()
    assert set(reader.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "dl", "dt", "dd"),
        *("table", "thead", "tbody", "tr", "th", "td", "footer"),
    }
    assert reader.attributes <= {"lang", "dir", "charset", "http-equiv", "content", "name", "class"}
    assert reader.tags.count("tr") == sum(len(table.rows) + 1 for table in paper.tables)
    assert "url(" not in page
    assert "@import" not in page


@given(papers)
def test_all_that_is_told_can_be_read_in_a_page(paper):
    reader = Reader()
    reader.feed(html(paper))

    told = "".join([one_line(paper.title, LONGEST), *words(paper)])
    assert "".join("".join(reader.texts).split()) == "".join(told.split())


@given(papers)
def test_plain_text_has_a_line_for_each_answer_and_each_row(paper):
    told = text(paper)

    assert "\x1b" not in told
    assert told.splitlines() == told.split("\n")[:-1]
    assert told.count("\n") >= len(paper.answers) + sum(len(table.rows) for table in paper.tables)


def test_a_paper_in_markdown():
    assert markdown(PAPER) == (
        "# Facebook is down\n\n"
        "- **Is it me?** It is them.\n"
        "- **Since when:** Began between 15:39:10 and 15:40:10 UTC.\n\n"
        "## Timeline\n\n"
        "| UTC | What happened |\n| --- | --- |\n| 2021-10-04 15:40:10 | Facebook: confirmed |\n\n"
        "*Written by Manara*\n"
    )


def test_a_paper_as_text():
    assert text(PAPER) == (
        "Facebook is down\n\n"
        "Is it me? It is them.\nSince when: Began between 15:39:10 and 15:40:10 UTC.\n\n"
        "Timeline\n"
        "  UTC                  What happened\n"
        "  2021-10-04 15:40:10  Facebook: confirmed\n\n"
        "Written by Manara\n"
    )


@pytest.mark.parametrize(("language", "head"), [("ar", 'lang="ar" dir="rtl"'), ("pt_BR", 'lang="pt-BR" dir="ltr"')])
def test_a_page_is_written_in_the_direction_of_its_language(language, head):
    assert head in html(replace(PAPER, language=language))


def test_a_page_has_dark_colours_and_can_be_printed():
    page = html(PAPER)

    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert "default-src 'none'" in page
