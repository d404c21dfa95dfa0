import tomllib

from hypothesis import given
from hypothesis import strategies as st

from manara.settings.editing import NO_SERVICES, text_with_tables
from manara.settings.editing import text_with as text_with_more
from manara.settings.editing import text_without as text_without_some

_TWO = """\
# My settings.

[network]   # mine
proxy = ""

# The shop.
[[services]]
id = "shop"  # keep
# contains = "x"
[[services.checks]]
type = "lamp"
marks = {
  a = "b" } # end
# still the shop

# --- section ---

# The blog.
[[services]]
id = "blog"

# The pace.
[checks]
confirm = 3

[[services.checks]]
type = "buoy"
# the end
""".replace("{\n  a", "{ a")


def services_of(text):
    return tomllib.loads(text).get("services", [])


def text_with(text, *tables):
    return text_with_more(text, services_of(text), tables)


def text_without(text, *positions):
    return text_without_some(text, services_of(text), positions)


def text_with_option(text, position, name, value):
    before = services_of(text)[position]
    after = {key: old for key, old in before.items() if key != name} | ({} if value is None else {name: value})
    return text_with_tables(text, services_of(text), [(("services", position), before, after)])


def test_a_service_is_removed_with_its_own_comments_only():
    assert text_without(_TWO, 0) == (
        '# My settings.\n\n[network]   # mine\nproxy = ""\n\n# --- section ---\n\n'
        '# The blog.\n[[services]]\nid = "blog"\n\n# The pace.\n[checks]\nconfirm = 3\n\n'
        '[[services.checks]]\ntype = "buoy"\n# the end\n'
    )


def test_a_service_is_removed_wherever_its_parts_stand():
    text = text_without(_TWO, 1)

    assert text.endswith("# --- section ---\n\n# The pace.\n[checks]\nconfirm = 3\n\n")
    assert text.startswith(_TWO[: _TWO.index("# --- section")])


def test_a_comment_that_touches_the_next_service_stays_with_it():
    text = '[[services]]\nid = "a"\n# about b\n[[services]]\nid = "b"\n'

    assert text_without(text, 0) == '# about b\n[[services]]\nid = "b"\n'


def test_a_comment_that_begins_the_file_stays():
    assert text_without('# My settings.\n[[services]]\nid = "a"\n', 0) == f"# My settings.\n{NO_SERVICES}\n"


def test_a_service_is_added_behind_all_others():
    added = {"id": "new", "checks": [{"type": "lamp", "marks": {"N": "x"}, "keepers": ["a"], "empty": []}]}

    assert text_with(_TWO, added) == _TWO + (
        '\n[[services]]\nid = "new"\n\n[[services.checks]]\ntype = "lamp"\nmarks = {N = "x"}\n'
        'keepers = ["a"]\nempty = []\n'
    )


def test_a_file_without_a_last_line_end_gets_one():
    assert text_with("[network]", {"id": "a"}) == '[network]\n\n[[services]]\nid = "a"\n'


def test_line_ends_stay_as_they_are():
    assert text_with("[network]\r\n", {"id": "a"}) == '[network]\r\n\r\n[[services]]\r\nid = "a"\r\n'


def test_services_in_one_plain_list_stay_in_it():
    text = 'services = [{id = "a"}, {id = "b"}] # all\n[network]\n'

    assert tomllib.loads(text_with(text, {"id": "c"}))["services"] == [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    assert tomllib.loads(text_without(text, 0))["services"] == [{"id": "b"}]
    assert "# all\n[network]\n" in text_without(text, 0)


_TABLES = st.fixed_dictionaries(
    {
        "id": st.text(),
        "paused": st.booleans(),
        "tags": st.lists(st.text(), max_size=2),
        "checks": st.lists(
            st.dictionaries(
                st.text(min_size=1, max_size=4),
                st.text() | st.integers() | st.dictionaries(st.text(max_size=3), st.text(), max_size=2),
                max_size=3,
            ),
            min_size=1,
            max_size=2,
        ),
    }
)


@given(st.lists(_TABLES, max_size=4), st.data())
def test_any_services_can_be_added_and_each_can_be_removed(tables, data):
    text = "# first\n\n[network]\nproxy = ''\n"
    for table in tables:
        text = text_with(text, table)
    position = data.draw(st.integers(0, len(tables)))

    fewer = text_without(text, position) if position < len(tables) else text

    kept = [table for number, table in enumerate(tables) if number != position]
    assert tomllib.loads(text).get("services", []) == tables
    assert tomllib.loads(fewer).get("services", []) == kept
    assert fewer.replace(f"{NO_SERVICES}\n\n", "").startswith("# first\n\n[network]\nproxy = ''\n")


def test_an_option_is_added_to_the_service_and_not_to_its_checks():
    assert text_with_option(_TWO, 0, "paused", True) == _TWO.replace(
        'id = "shop"  # keep\n', 'id = "shop"  # keep\npaused = true\n'
    )


def test_an_option_of_a_service_without_others_stands_below_its_header():
    text = '[[services]]\n[[services.checks]]\ntype = "x"\n'

    assert text_with_option(text, 0, "paused", True) == text.replace("[[services]]\n", "[[services]]\npaused = true\n")


def test_an_option_is_replaced_where_it_stands_and_keeps_its_comment():
    text = '[[services]]\nid = "a"\npaused = false  # for now\n\n[checks]\nconfirm = 1\n'

    assert text_with_option(text, 0, "paused", True) == text.replace("false", "true")


def test_an_option_is_taken_out_with_its_line():
    text = '[[services]]\nid = "a"\npaused = true\n[checks]\n'

    assert text_with_option(text, 0, "paused", None) == '[[services]]\nid = "a"\n[checks]\n'


def test_an_option_that_is_not_there_need_not_be_taken_out():
    assert text_with_option(_TWO, 1, "paused", None) == _TWO


def test_an_option_of_a_plain_list_is_set_and_taken_out():
    text = 'services = [{ id = "a" }, { id = "b" }]\n'

    paused = text_with_option(text, 1, "paused", True)

    assert tomllib.loads(paused)["services"] == [{"id": "a"}, {"id": "b", "paused": True}]
    assert tomllib.loads(text_with_option(paused, 1, "paused", None)) == tomllib.loads(text)


def test_lines_of_another_system_stay_as_they_are():
    text = '[[services]]\r\nid = "a"\r\n'

    assert text_with_option(text, 0, "paused", True) == '[[services]]\r\nid = "a"\r\npaused = true\r\n'
