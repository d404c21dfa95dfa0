import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from manara.settings.editing import text_with_tables
from manara.settings.rendering import text_of_services

_TEXT = """\
# My settings.

[network]  # mine
proxy = ""  # none

# The shop.
[[services]]
id = "shop"  # keep
tags = [
  "eu",  # first
  # and
  "us",
]

# The page.
[[services.checks]]
type = "lamp"  # bright
place = "cape"
marks = { N = "x", S = "y" }  # two
# still the page

[[services.checks]]
type = "buoy"

# The blog.
[[services]]
id = "blog"
checks = [
  { type = "lamp", place = "hill" },  # on it
  { type = "buoy" },
]
# the end
"""


def edited(text, *edits):
    """Return the text after the tables at these places became others, and read back what it must say then."""
    before = tomllib.loads(text)
    expected = tomllib.loads(text)
    services = before.get("services", [])
    changes = []
    for place, after in edits:
        if place[0] == "services":
            changes.append((place, services[place[1]], after))
            expected["services"][place[1]] = after
        else:
            changes.append((place, before.get(place[0], {}), after))
            expected[place[0]] = after
    found = text_with_tables(text, services, changes)
    assert tomllib.loads(found) == expected
    return found


def service(text, position=0, **changes):
    table = tomllib.loads(text)["services"][position] | changes
    return {name: value for name, value in table.items() if value is not None}


def check(text, position=0, number=0, **changes):
    """Return a service of which one check has other options."""
    table = service(text, position)
    own = table["checks"][number] | changes
    checks = [*table["checks"]]
    checks[number] = {name: value for name, value in own.items() if value is not None}
    return table | {"checks": checks}


@pytest.mark.parametrize(
    ("after", "old", "new"),
    [
        (service(_TEXT, id="store"), '"shop"  # keep', '"store"  # keep'),
        (service(_TEXT, name="Shop", paused=True), "]\n\n# The page", ']\nname = "Shop"\npaused = true\n\n# The page'),
        (service(_TEXT, tags=None), 'tags = [\n  "eu",  # first\n  # and\n  "us",\n]\n', ""),
        (service(_TEXT, tags=["eu", "us", "at"]), '  "us",\n', '  "us",\n  "at",\n'),
        (service(_TEXT, tags=["us"]), '  "eu",  # first\n', ""),
        (check(_TEXT, place="hill"), '"cape"', '"hill"'),
        (check(_TEXT, interval="5m"), "# two\n", '# two\ninterval = "5m"\n'),
        (check(_TEXT, marks={"N": "z", "S": "y"}), '"x"', '"z"'),
        (check(_TEXT, marks=None), 'marks = { N = "x", S = "y" }  # two\n', ""),
        (check(_TEXT, number=1, first=3), 'type = "buoy"\n\n# The blog', 'type = "buoy"\nfirst = 3\n\n# The blog'),
    ],
)
def test_an_option_changes_and_every_other_line_stays(after, old, new):
    assert edited(_TEXT, (("services", 0), after)) == _TEXT.replace(old, new, 1)


def test_a_check_is_added_behind_the_others():
    after = service(_TEXT) | {"checks": [*service(_TEXT)["checks"], {"type": "lamp", "place": "new"}]}

    assert edited(_TEXT, (("services", 0), after)) == _TEXT.replace(
        'type = "buoy"\n\n# The blog',
        'type = "buoy"\n\n[[services.checks]]\ntype = "lamp"\nplace = "new"\n\n# The blog',
    )


def test_a_check_is_added_between_others_and_before_them():
    lamp, buoy = service(_TEXT)["checks"]
    new = {"type": "lamp", "place": "new"}
    section = '[[services.checks]]\ntype = "lamp"\nplace = "new"\n'

    between = edited(_TEXT, (("services", 0), service(_TEXT, checks=[lamp, new, buoy])))
    before = edited(_TEXT, (("services", 0), service(_TEXT, checks=[new, lamp, buoy])))

    assert between == _TEXT.replace("# still the page\n", f"# still the page\n\n{section}")
    assert before == _TEXT.replace("]\n\n# The page", f"]\n\n{section}\n# The page")


def test_a_check_is_removed_with_its_own_comments_only():
    _, buoy = service(_TEXT)["checks"]

    fewer = edited(_TEXT, (("services", 0), service(_TEXT, checks=[buoy])))

    begin, end = _TEXT.index("# The page"), _TEXT.index('[[services.checks]]\ntype = "buoy"')
    assert fewer == _TEXT[:begin] + _TEXT[end:]


def test_a_check_that_is_written_on_one_line_changes_there():
    lamp, buoy = service(_TEXT, 1)["checks"]

    other = edited(_TEXT, (("services", 1), check(_TEXT, 1, place="dune")))
    more = edited(_TEXT, (("services", 1), service(_TEXT, 1, checks=[lamp, buoy, {"type": "buoy", "first": 2}])))
    fewer = edited(_TEXT, (("services", 1), service(_TEXT, 1, checks=[lamp])))

    assert other == _TEXT.replace('"hill"', '"dune"')
    assert more == _TEXT.replace('{ type = "buoy" },\n', '{ type = "buoy" },\n  {type = "buoy", first = 2},\n')
    assert fewer == _TEXT.replace('  { type = "buoy" },\n', "")


def test_several_services_and_a_section_change_at_once():
    found = edited(
        _TEXT,
        (("services", 0), service(_TEXT, paused=True)),
        (("services", 1), service(_TEXT, 1, paused=True)),
        (("network",), {"proxy": "http://x", "ca_file": "/y"}),
    )

    assert '\nproxy = "http://x"  # none\nca_file = "/y"\n' in found
    assert found.count("paused = true") == 2


def test_checks_of_the_catalogue_are_written_down_when_they_differ():
    text = '[[services]]\ncatalogue = "pharos"\n[checks]\nconfirm = 1\n'

    after = edited(text, (("services", 0), {"catalogue": "pharos", "checks": [{"type": "lamp"}]}))

    assert after == text.replace('"pharos"\n', '"pharos"\n\n[[services.checks]]\ntype = "lamp"\n')


@pytest.mark.parametrize(
    "text",
    [
        '[[services]]\nid = "a"\n\n[[services.checks]]\ntype = "x"\n[services.checks.marks]\nN = "1"  # one\n',
        '[[services]]\nid = "a"\n[[services.checks]]\ntype = "x"\nmarks.N = "1"  # one\n',
        '[[services]]\nid = "a"\nchecks = [{ type = "x", marks = { N = "1" } }]  # one\n',
        'services = [{ id = "a", checks = [{ type = "x", marks = { N = "1" } }] }]  # one\n',
        '[[services]]\nid = "a"\n[checks]\n[[services.checks]]\ntype = "x"\nmarks = { N = "1" }  # one\n',
        '[[services]]\nid = """\na"""\n[[services.checks]]\ntype = "x"\nmarks = { N = "1" }  # one\n',
        '[[services]]\r\nid = "a"\r\n[[services.checks]]\r\ntype = "x"\r\nmarks = { N = "1" }  # one\r\n',
    ],
)
@pytest.mark.parametrize("marks", [{"N": "2"}, {"N": "1", "S": "3"}, {"S": "3"}, {}, None])
def test_a_table_within_a_check_changes_however_it_is_written(text, marks):
    found = edited(text, (("services", 0), check(text, marks=marks)))

    assert "# one" in found or marks is None or "N" not in marks
    assert found.count("\n") == found.count("\r\n") or "\r" not in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", '\n[network]\nproxy = "x"\n'),
        ("# mine\n[checks]\nconfirm = 1", '# mine\n[checks]\nconfirm = 1\n\n[network]\nproxy = "x"\n'),
        ('[network]\nca_file = "a"\n[checks]\n', '[network]\nca_file = "a"\nproxy = "x"\n[checks]\n'),
        ('network.ca_file = "a"\n[checks]\n', 'network.ca_file = "a"\nnetwork.proxy = "x"\n[checks]\n'),
        ('network = { ca_file = "a" } # b\n', 'network = { ca_file = "a" , proxy = "x"} # b\n'),
        ('["network"]\n', '["network"]\nproxy = "x"\n'),
    ],
)
def test_an_option_of_a_section_is_set_wherever_the_section_is(text, expected):
    after = tomllib.loads(text).get("network", {}) | {"proxy": "x"}

    assert edited(text, (("network",), after)).replace('a" , p', 'a", p') == expected.replace('a" , p', 'a", p')


_TEXTS = st.text(max_size=4)
_VALUES = st.booleans() | _TEXTS | st.lists(_TEXTS, max_size=3) | st.dictionaries(_TEXTS, _TEXTS, max_size=2)
_TABLES = st.fixed_dictionaries(
    {"id": _TEXTS},
    optional={
        "name": _TEXTS,
        "tags": st.lists(_TEXTS, max_size=3),
        "checks": st.lists(
            st.dictionaries(st.sampled_from(["type", "a", "b c", "ä"]), _VALUES, max_size=3), min_size=1, max_size=3
        ),
    },
)


@given(st.lists(st.tuples(_TABLES, _TABLES), min_size=1, max_size=3), st.sampled_from([text_of_services, "tomlkit"]))
def test_any_services_become_any_others(pairs, style):
    before = [old for old, _ in pairs]
    written = tomlkit.dumps({"services": before}) if style == "tomlkit" else text_of_services(before)
    text = f"# first\n[network]  # here\nproxy = ''\n\n# above\n{written}"

    found = edited(text, *((("services", position), new) for position, (_, new) in enumerate(pairs)))

    assert found.startswith("# first\n[network]  # here\nproxy = ''\n\n# above\n")
