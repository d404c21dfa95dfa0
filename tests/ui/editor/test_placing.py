from manara.model import Problem
from manara.ui.editor.placing import Placed, placed

FIELDS = ("name", "group")


def test_a_problem_of_a_field_goes_to_the_field_without_the_line_of_the_file():
    found = placed([Problem(("services", 3, "name"), "Too long.", line=7, column=2)], 3, FIELDS)

    assert found == Placed(service=[Problem(("name",), "Too long.")])


def test_a_problem_of_a_check_goes_to_the_check():
    at_field = Problem(("services", 0, "checks", 1, "port"), "Too large.")
    as_a_whole = Problem(("services", 0, "checks", 1), "Nothing fits.")

    found = placed([at_field, as_a_whole], 0, FIELDS)

    assert found.checks == {1: [Problem(("port",), "Too large."), Problem((), "Nothing fits.")]}


def test_what_no_field_shows_is_told_above_all():
    others = [
        Problem(("services", 1, "name"), "Of another service."),
        Problem(("services", 0, "id"), "Of a field that is not shown."),
        Problem(("services", 0, "checks"), "There are none."),
        Problem(("network",), "Of another section."),
    ]

    found = placed(others, 0, FIELDS)

    assert found.rest == [
        Problem(("services", 1, "name"), "Of another service."),
        Problem((), "Of a field that is not shown."),
        Problem((), "There are none."),
        Problem(("network",), "Of another section."),
    ]
    assert found
    assert not Placed()
