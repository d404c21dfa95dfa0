import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from manara.settings.pieces import PieceReader, pieces_of
from manara.settings.rendering import text_of_services

_TEXT = (
    '# mine\nx = 1\n[network]\nproxy = ""\n'
    '[[services]]\nid = "a"\n[[services.checks]]\ntype = "x"\n[[services]]\nid = "b"\n'
)


def test_a_text_is_cut_at_each_section_and_each_service():
    assert [piece.partition("\n")[0] for piece in pieces_of(_TEXT)] == [
        "# mine",
        "[network]",
        "[[services]]",
        "[[services]]",
    ]
    assert "".join(pieces_of(_TEXT)) == _TEXT
    assert pieces_of("") == [""]


def test_what_did_not_change_is_not_read_again():
    read = PieceReader()
    before = read(_TEXT)

    after = read(_TEXT.replace('"b"', '"c"'))

    assert after["services"][0] is before["services"][0]
    assert after["services"][1] == {"id": "c"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 1",
        _TEXT,
        _TEXT.replace("\n", "\r\n"),
        'services = [{id = "a"}]\n[network]\nproxy = ""\n',
        '[[services]]\nnote = """\n[[services]]\nid = "b"\n"""\n[[services]]\nid = "c"\n',
        "[[services]]\nid = '''\n[network]\n'''\n",
        '[[services]]\nid = "a"\n[checks]\nconfirm = 1\n[[services.checks]]\ntype = "x"\n[[services]]\nid = "b"\n',
        '[[services]]\nid = "a"\n["services".more]\nx = 1\n',
        "[a.b]\nx = 1\n[a.c]\nx = 2\n[a]\ny = 3\n",
        "network.proxy = 1\n[checks]\n",
        "x = [\n [1],\n [2]]\n[network]\n",
        "[services]\nx = 1\n",
        " [[ services ]] # first\n id = 1\n [[ services . checks ]]\n[[services]]\n",
    ],
)
def test_any_text_is_read_as_a_whole_would_be(text):
    read = PieceReader()

    assert read(text) == tomllib.loads(text)
    assert read(text + "\n# more\n") == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "[network]\n[network]\n",
        "network.proxy = 1\n[network]\nproxy = 2\n",
        "services = []\n[[services]]\n",
        "[services]\nx = 1\n[[services]]\n",
        "[[services]]\nx = 1\n[[services]]\nx = \n",
        '[[services]]\nx = """\n[[services]]\n',
        "[[services]]\n[services]\n",
    ],
)
def test_what_is_wrong_as_a_whole_is_wrong(text):
    with pytest.raises(tomllib.TOMLDecodeError) as whole:
        tomllib.loads(text)
    with pytest.raises(tomllib.TOMLDecodeError) as pieces:
        PieceReader()(text)

    assert str(pieces.value) == str(whole.value)


_PARTS = st.sampled_from(
    [
        "[[services]]\n",
        "[[services.checks]]\n",
        "[network]\n",
        "[network.more]\n",
        "[services]\n",
        'id = "a"\n',
        "x = [\n",
        "]\n",
        "[1],\n",
        '"""',
        "'''\n",
        "y = '''\n",
        "services = []\n",
        "# [[services]]\n",
        "\n",
    ]
)


@given(st.lists(_PARTS, max_size=8).map("".join))
def test_no_text_is_read_otherwise_than_as_a_whole(text):
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        expected = None
    try:
        found = PieceReader()(text)
    except tomllib.TOMLDecodeError:
        found = None

    assert found == expected


_NAMES = st.text(max_size=5)


@given(st.dictionaries(_NAMES, st.dictionaries(_NAMES, _NAMES, max_size=2), max_size=3), st.lists(_NAMES, max_size=3))
def test_any_sections_and_services_are_read_as_a_whole_would_be(sections, names):
    tables = [{"name": name} for name in names]
    text = tomlkit.dumps({key: value for key, value in sections.items() if key != "services"}) + text_of_services(
        tables
    )

    assert PieceReader()(text) == tomllib.loads(text)
