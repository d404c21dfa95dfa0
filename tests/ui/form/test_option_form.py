import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QToolButton

from fakes.things import Things
from manara.model import Problem
from manara.ui.form import OptionForm
from manara.ui.form.choice_editors import ChoiceEditor
from manara.wording import Translator

WRITTEN = {
    "address": "here",
    "title": "Lord",
    "often": "5m",
    "slow": "2s",
    "most": 4,
    "share": 0.25,
    "loud": True,
    "colour": "blue",
    "words": ["x", "y"],
    "headers": {"Accept": "text/plain", "X": "1"},
    "story": "once\nupon",
    "least": 2,
}


def control(form, name):
    return form.fields[name].editor.control


def type_into(qtbot, form, name, text):
    field = control(form, name)
    field.selectAll()
    for letter in text:
        # The clicks of Qt's tests know the letters of ASCII alone.
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_unknown
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter))
    if not text:
        qtbot.keyClick(field, Qt.Key.Key_Delete)


def commits(form):
    told = []
    form.committed.connect(told.append)
    return told


def reset_button(form, name):
    return next(each for each in form.fields[name].findChildren(QToolButton) if each.text().find("Reset") >= 0)


def test_every_label_belongs_to_its_form(qtbot):
    """One that nobody owns ends whenever Python looks for garbage, also while Qt goes through all windows."""
    before = QApplication.topLevelWidgets()

    form = OptionForm(Things, Translator())
    qtbot.addWidget(form)

    new = [each for each in QApplication.topLevelWidgets() if each not in before]
    assert [each for each in new if each.parent() is None] == [form]


def test_every_option_has_a_field_that_fits_its_type(form):
    kinds = {name: type(control(form, name)).__mro__[1] for name in ("title", "words", "headers", "story")}

    assert list(form.fields) == list(WRITTEN)
    assert kinds == {
        "title": QLineEdit,
        "words": QPlainTextEdit,
        "headers": QPlainTextEdit,
        "story": QPlainTextEdit,
    }
    assert isinstance(control(form, "loud"), QCheckBox)
    assert isinstance(control(form, "colour"), QComboBox)


def test_an_empty_table_shows_the_defaults_and_stands_for_nothing(form):
    assert form.values() == {}
    assert control(form, "title").text() == "Sir"
    assert control(form, "often").text() == "60s"
    assert control(form, "slow").text() == ""
    assert control(form, "most").text() == "3"
    assert control(form, "words").toPlainText() == "a\nb"
    assert control(form, "colour").currentText() == "red"


def test_a_table_is_shown_and_given_back_as_it_is(form):
    form.show_values({**WRITTEN, "unknown": 1})

    assert form.values() == WRITTEN
    assert form.problems() == []
    assert control(form, "headers").toPlainText() == "Accept: text/plain\nX: 1"


def test_what_is_set_to_the_default_stays_set_until_it_is_changed(form, qtbot):
    form.show_values({"title": "Sir", "most": 3})

    type_into(qtbot, form, "most", "4")
    type_into(qtbot, form, "most", "3")

    assert form.values() == {"title": "Sir"}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("title", "Lady", "Lady"),
        ("often", "90", 90),
        ("often", "2 m", "2 m"),
        ("often", "٩٠", 90),
        ("most", "\N{ARABIC-INDIC DIGIT SEVEN}", 7),
        ("most", " 5 ", 5),
        ("share", "0.75", 0.75),
        ("share", "0\N{ARABIC DECIMAL SEPARATOR}75", 0.75),
        ("share", "1", 1),
        ("words", "x\n\n y ", ["x", "y"]),
        ("headers", "A: b:c\n\n", {"A": "b:c"}),
        ("story", "once\nupon", "once\nupon"),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_file(form, qtbot, name, typed, value):
    type_into(qtbot, form, name, typed)

    assert form.value(name) == value


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("title", "Doctor", "at most 5 characters"),
        ("often", "soon", "duration"),
        ("often", "2h", "at most 1h"),
        ("most", "12", "at most 9 pieces"),
        ("most", "x", "whole number"),
        ("most", "1_0", "whole number"),
        ("share", "x", "must be a number"),
        ("words", "a\n\nb c", "There must be no space in it."),
        ("words", "a\nb\nc\nd\ne", "at most 4 items"),
        ("headers", "no colon", "Line 1: write a name"),
        ("headers", "A: 1\nA: 2", "Line 2: this name"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_once_it_is_left(form, qtbot, name, typed, sentence):
    told = commits(form)
    type_into(qtbot, form, name, typed)
    assert form.fields[name].problem == ""

    form.commit()

    assert told == [name]
    assert sentence in form.fields[name].problem
    assert sentence in control(form, name).accessibleDescription()
    assert [problem.place[0] for problem in form.problems([name])] == [name]


def test_a_problem_that_is_shown_goes_with_the_key_that_mends_it(form, qtbot):
    type_into(qtbot, form, "most", "12")
    form.commit()

    type_into(qtbot, form, "most", "2")

    assert form.fields["most"].problem == ""


def test_what_must_be_set_is_missing(form):
    assert not form.check()

    assert form.fields["address"].problem == "This must be filled in."
    assert form.focusWidget() is control(form, "address")


def test_a_good_form_has_nothing_to_show(form):
    form.show_values({"address": "here"})

    assert form.check()


def test_what_is_emptied_is_as_by_default_again(form, qtbot):
    form.show_values({"often": "5m"})
    type_into(qtbot, form, "often", "")

    form.commit()

    assert form.values() == {}
    assert control(form, "often").text() == "60s"


def test_a_text_without_a_default_of_its_own_can_be_emptied(form, qtbot):
    form.show_values({"story": "long", "headers": {"A": "b"}})

    type_into(qtbot, form, "story", "")
    type_into(qtbot, form, "headers", "")

    assert form.values() == {}


def test_what_differs_can_be_reset(form, qtbot):
    told = commits(form)
    form.show_values({"most": 5})
    assert reset_button(form, "most").isVisible()
    assert control(form, "most").text() == "5"

    reset_button(form, "most").click()

    assert told == ["most"]
    assert form.values() == {}
    assert not reset_button(form, "most").isVisible()
    assert form.focusWidget() is control(form, "most")


def test_a_reset_tells_what_comes_back(form):
    hints = {name: reset_button(form, name).toolTip() for name in form.fields}

    assert hints["often"] == "Back to the default: 60s"
    assert hints["loud"] == "Back to the default: no"
    assert hints["colour"] == "Back to the default: red"
    assert hints["words"] == "Back to the default: a, b"


@pytest.mark.parametrize("name", ["address", "slow", "headers", "story"])
def test_what_has_no_default_has_no_way_back_to_it(form, name):
    plain = form.fields[name].findChild(QLabel).font().bold()

    form.show_values(WRITTEN)

    assert reset_button(form, name).isHidden()
    assert form.fields[name].findChild(QLabel).font().bold() is plain is False
    assert not reset_button(form, "title").isHidden()
    assert form.fields["title"].findChild(QLabel).font().bold()


def test_a_problem_elsewhere_is_returned_and_others_are_shown(form):
    here = Problem(("services", 1, "checks", 0, "most"), "Too many.", "Did you mean 3?")
    again = Problem(("services", 1, "checks", 0, "most"), "Never shown.")
    line = Problem(("services", 1, "checks", 0, "words", 1), "Not this.")
    elsewhere = Problem(("services", 2, "checks", 0, "most"), "Others.")
    whole = Problem(("services", 1, "checks", 0), "All of it.")

    left = form.show_problems([here, again, line, elsewhere, whole], ("services", 1, "checks", 0))

    assert left == [elsewhere, whole]
    assert form.fields["most"].problem == "Too many. Did you mean 3?"
    assert form.fields["words"].problem == "Line 2: Not this."
    form.show_problems([])
    assert form.fields["most"].problem == ""


def test_a_problem_of_a_header_tells_its_line(form):
    form.show_values({"headers": {"A": "b", "C": "d"}})

    form.show_problems([Problem(("headers", "C"), "Not this."), Problem(("words", "C"), "Nor this.")])
    assert form.fields["headers"].problem == "Line 2: Not this."
    assert form.fields["words"].problem == "Nor this."

    form.show_problems([Problem(("headers", "gone"), "Not this."), Problem(("words", 9), "Nor this.")])
    assert form.fields["headers"].problem == "Not this."
    assert form.fields["words"].problem == "Nor this."


def test_a_problem_of_a_plain_field_has_no_line(form):
    form.show_problems([Problem(("most", 0), "Not this.")])

    assert form.fields["most"].problem == "Not this."


def advanced(form):
    return next(each for each in form.findChildren(QToolButton) if "Advanced" in each.text())


def test_advanced_options_are_folded_until_one_matters(form):
    assert not control(form, "colour").isVisible()

    advanced(form).click()
    assert control(form, "colour").isVisible()
    advanced(form).click()
    assert not control(form, "colour").isVisible()

    form.show_problems([Problem(("story",), "Too dull.")])
    assert control(form, "colour").isVisible()


def test_an_advanced_option_that_is_set_is_seen(form):
    form.show_values({"colour": "blue"})

    assert control(form, "colour").isVisible()


def test_the_arrow_of_what_is_folded_points_to_where_reading_goes(form, qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    advanced(form).click()
    advanced(form).click()

    assert advanced(form).arrowType() is Qt.ArrowType.LeftArrow


def test_a_search_highlights_fields_by_label_help_and_name(form):
    assert form.search(lambda words: "happened" in words) == 1

    assert [name for name, field in form.fields.items() if field.highlighted] == ["story"]
    assert control(form, "story").isVisible()
    plain = form.fields["title"].grab().toImage()
    form.search(lambda words: "title" in words)
    assert form.fields["title"].grab().toImage() != plain
    assert form.search(lambda words: False) == 0


def test_what_is_being_typed_is_kept_when_other_values_come(form, qtbot):
    type_into(qtbot, form, "title", "La")

    form.show_values({"title": "Lord", "most": 5}, but=form.edited)

    assert form.edited == {"title"}
    assert control(form, "title").text() == "La"
    assert control(form, "most").text() == "5"
    form.show_values({"title": "Lord"})
    assert form.edited == frozenset()
    assert control(form, "title").text() == "Lord"


def test_a_locked_form_can_be_read_and_not_changed(form):
    form.set_locked(locked=True)
    assert not control(form, "title").isEnabled()
    assert form.fields["title"].isEnabled()

    form.set_locked(locked=False)
    assert control(form, "title").isEnabled()


def test_other_defaults_hold_in_the_place_of_the_own_ones(qtbot):
    form = OptionForm(Things, Translator(), names=("most", "often"), defaults={"most": 7})
    qtbot.addWidget(form)

    assert list(form.fields) == ["most", "often"]
    assert control(form, "most").text() == "7"
    form.show_values({"most": 3})
    assert form.values() == {"most": 3}


def test_an_editor_of_its_own_takes_the_place_of_the_usual_one(qtbot):
    special = ChoiceEditor([("Sir", "Mister"), ("Lady", "Madam")])
    form = OptionForm(
        Things, Translator(), make_editor=lambda name, _option, _kind: special if name == "title" else None
    )
    qtbot.addWidget(form)

    assert form.fields["title"].editor is special
    assert form.fields["most"].editor is not special
    assert control(form, "title").currentText() == "Mister"


def test_every_change_is_told(form, qtbot):
    with qtbot.waitSignal(form.changed):
        control(form, "loud").click()

    assert form.value("loud") is True


def test_limits_units_and_help_are_shown(form):
    about = {name: field.about for name, field in form.fields.items()}

    assert about["often"].limits == "from 1s to 1h"
    assert about["most"].limits == "from 1 to 9 pieces"
    assert about["most"].unit == "pieces"
    assert about["share"].limits == "at most 1"
    assert about["least"].limits == "at least 0"
    assert about["slow"].limits == ""
    assert about["words"].limits == "at most 4 lines"
    assert about["title"].limits == ""
    assert about["address"].help == "Where it is, like \u2068here\u2069"


def test_everything_that_can_be_used_has_a_name(form):
    form.show_values(WRITTEN)

    for kind in (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QToolButton):
        for each in form.findChildren(kind):
            if each.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                assert each.accessibleName(), each
