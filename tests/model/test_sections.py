import pytest

from manara.model import Sections, split_sections


def test_a_text_is_taken_apart_at_its_headers():
    text = 'starter = ["a"]\n\n[[services]]\nid = "a"\nname = "A"\n\n# The other one.\n[[services]]\nid = "b"\n'

    assert split_sections(text) == Sections(
        'starter = ["a"]\n\n', {"a": 'id = "a"\nname = "A"\n\n# The other one.\n', "b": 'id = "b"\n'}
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        'starter = ["a"]\n',
        '[[services]]\nname = "A"\nid = "a"\n',
        '[[services]]\nid = "a"\n[[services]]\nid = "a"\n',
        '[[services]]\nid = "a\\u0062"\n',
        '[[ services ]]\nid = "a"\n',
    ],
    ids=["empty", "no section", "another order", "an id twice", "an escaped id", "another header"],
)
def test_a_text_of_another_form_is_not_taken_apart(text):
    assert split_sections(text) is None
