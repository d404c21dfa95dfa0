import pytest

from manara.settings import Form
from settings.lamps import BuoyCheck, LampCheck, lamp_problems


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("port = 70000", "port: This must be at most 65535, but it is 70000."),
        ("port = 0", "port: This must be at least 1, but it is 0."),
        ('port = "80"', "port: This must be a whole number, but it is a text. Write it without quotation marks."),
        ("port = 80.0", "port: This must be a whole number, but it is a number with a decimal point."),
        ("port = true", "port: This must be a whole number, but it is true or false."),
        ("port = [80]", "port: This must be a whole number, but it is a list."),
        ("port = 2026-01-01", "port: This must be a whole number, but it is a date."),
        ("port = 2026-01-01T10:00:00Z", "port: This must be a whole number, but it is a date and time."),
        ("port = 10:00:00", "port: This must be a whole number, but it is a time of day."),
        ("height = 200.5", "height: This must be at most 200 m, but it is 200.5."),
        ("height = nan", "height: This must be a number with an end, but it is a number with a decimal point."),
        ('height = "1"', "height: This must be a number, but it is a text. Write it without quotation marks."),
        ("limit = 0", "limit: This must be at least 1 people, but it is 0."),
        ("burning = 1", "burning: This must be true or false, but it is a number."),
        ('burning = "yes"', "burning: This must be true or false, but it is a text. Write it without quotation marks."),
        ("oil = 3", "oil: This must be a text in quotation marks, but it is a number. Put it in quotation marks."),
        ("oil = {}", "oil: This must be a text in quotation marks, but it is a table."),
        ('oil = "water"', "oil: Water does not burn."),
        ('place = ""', "place: This must have at least 1 character, but it has 0."),
        ('place = "123456789012345678901"', "place: This must have at most 20 characters, but it has 21."),
        ('colour = "rde"', 'colour: This must be one of "white" or "red". Did you mean "red"?'),
        ("colour = 5", 'colour: This must be one of "white" or "red".'),
        ('colours = ["red", "blue"]', 'colours[1]: This must be one of "white" or "red".'),
        (
            'keepers = "Sostratus"',
            (
                "keepers: This must be a list in square brackets, but it is a text. "
                "Put the text in square brackets, even if it is the only one."
            ),
        ),
        ("keepers = {}", "keepers: This must be a list in square brackets, but it is a table."),
        ('keepers = ["a", "b", "c"]', "keepers: This must have at most 2 items, but it has 3."),
        (
            'keepers = ["a", 5]',
            "keepers[1]: This must be a text in quotation marks, but it is a number. Put it in quotation marks.",
        ),
        ('marks = ["a"]', "marks: This must be a table of names and texts, but it is a list."),
        (
            'marks = { "the north" = 1 }',
            'marks."the north": This must be a text in quotation marks, but it is a number. Put it in quotation marks.',
        ),
        ('turn = "100ms"', "turn: This must be at least 500ms, but it is 100ms."),
        ("interval = -60", "interval: This must be at least 1s, but it is -60s."),
        ('timeout = "1h"', "timeout: This must be at most 5m, but it is 1h."),
        ('interval = "60"', 'interval: A duration in quotation marks needs a unit, like "60s".'),
        ("prot = 80", 'prot: There is no such setting here. Did you mean "port"?'),
        ("zzzz = 80", "zzzz: There is no such setting here."),
    ],
)
def test_a_value_that_cannot_be_used_is_explained(tmp_path, line, sentence):
    found = lamp_problems(tmp_path, line)

    assert found == [f"line 5, services[0].checks[0].{sentence}"]


def test_a_secret_is_never_repeated(tmp_path):
    found = lamp_problems(tmp_path, "key = 48151623")

    assert len(found) == 1
    assert "48151623" not in found[0]


def test_good_values_are_returned_beside_the_problems_of_others():
    values, problems = Form(LampCheck).read({"place": "here", "port": "x", "marks": {"a": "b"}}, ())

    assert values == {"place": "here", "marks": (("a", "b"),)}
    assert [problem.path for problem in problems] == ["port"]


def test_what_must_be_set_is_named_with_its_meaning():
    _, problems = Form(LampCheck).read({}, ("services", 0))

    assert [str(problem) for problem in problems] == [
        'services[0]: The setting "place" is missing: Where it stands.',
    ]


def test_keys_that_others_read_are_left_to_them():
    assert Form(BuoyCheck, besides=("type",)).read({"type": "buoy"}, ()) == ({}, [])
