import tomllib

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Problem
from manara.settings import with_lines
from manara.settings.statements import statements

_TEXT = (
    '''
# [[services]] in a comment
[network]
resolvers = [
  "1.1.1.1", # [comment]
  "x = 1",
]
"quoted key" . 'other' = 1
[[services]]
name = """
[checks]
a = 1
""""
  [[services.checks]]
  "esc\\u0061pe" = {a = 1, b = [1, 2]}
  [[services.checks]]
  [services.checks.marks]
  N = '''.strip()
    + """ \'\'\'
[[services]]
\'\'\'
[[services]]
[[services.checks]]
[a . b]
"c\\U0001F600" = 1"""
)


def test_every_statement_has_its_place_and_lines():
    found = [(each.place, each.is_header, each.first, each.last) for each in statements(_TEXT)]

    assert found == [
        (("network",), True, 2, 2),
        (("network", "resolvers"), False, 3, 6),
        (("network", "quoted key", "other"), False, 7, 7),
        (("services", 0), True, 8, 8),
        (("services", 0, "name"), False, 9, 12),
        (("services", 0, "checks", 0), True, 13, 13),
        (("services", 0, "checks", 0, "escape"), False, 14, 14),
        (("services", 0, "checks", 1), True, 15, 15),
        (("services", 0, "checks", 1, "marks"), True, 16, 16),
        (("services", 0, "checks", 1, "marks", "N"), False, 17, 19),
        (("services", 1), True, 20, 20),
        (("services", 1, "checks", 0), True, 21, 21),
        (("a", "b"), True, 22, 22),
        (("a", "b", '"c\\U0001F600"'), False, 23, 23),
    ]


def test_a_problem_without_a_line_of_its_own_gets_that_of_what_it_is_in():
    found = with_lines([Problem(("services", 0, "checks", 0, "escape", "b", 1), "No."), Problem((), "Whole.")], _TEXT)

    assert [(problem.sentence, problem.line) for problem in found] == [("Whole.", None), ("No.", 14)]


_VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=4), _VALUES, max_size=5))
def test_each_top_level_key_of_any_document_is_found_once(table):
    text = tomlkit.dumps(table)
    table = tomllib.loads(text)

    found = {statement.place[0] for statement in statements(text)}

    assert len(found) == len(table)
