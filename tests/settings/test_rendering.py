import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from manara.model import CheckDefaults, NetworkOptions
from manara.settings import table_of_options, text_of_section, text_of_services

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_scalars = _texts | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_tables = st.dictionaries(
    _texts, _scalars | st.lists(_scalars) | st.dictionaries(_texts, _scalars), max_size=5
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda table, checks: {**table, "checks": checks}, _tables, st.lists(_tables, min_size=1, max_size=2)
        ),
        max_size=3,
    )
)
def test_services_read_back_as_they_are(tables):
    assert tomllib.loads(text_of_services(tables)).get("services", []) == tables


def test_services_stand_as_people_write_them():
    table = {"id": "a", "tags": ["x"], "checks": [{"type": "lamp", "marks": {"N": 'q"'}, "empty": []}]}

    assert text_of_services([table, {"id": "b"}]) == (
        '[[services]]\nid = "a"\ntags = ["x"]\n\n[[services.checks]]\ntype = "lamp"\nmarks = {N = "q\\""}\nempty = []\n'
        '\n[[services]]\nid = "b"\n'
    )


def test_a_section_says_what_is_not_as_by_default():
    assert table_of_options(CheckDefaults()) == {}
    assert text_of_section("checks", table_of_options(CheckDefaults(confirm=0))) == "[checks]\nconfirm = 0\n"
    assert table_of_options(NetworkOptions(resolvers=("192.0.2.1",))) == {"resolvers": ["192.0.2.1"]}
