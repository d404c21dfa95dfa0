from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fakes.commands import SHOP
from fakes.hands import choose, type_into
from fakes.recorded import NOW
from manara.model import CheckDefaults, CheckResult, Problem, Timings
from manara.ui.editor.checks_pane import ChecksPane
from manara.ui.editor.draft import Known
from manara.ui.plain import bare
from manara.wording import Translator

HTTP, TCP = SHOP["checks"]


@pytest.fixture
def pane(qtbot, commands, understanding):
    made = ChecksPane(
        Translator(),
        lambda: NOW,
        commands,
        Known(defaults=CheckDefaults(confirm=7)),
        understanding.interpreter,
        make_editor=lambda *_: None,
        beside=QLabel(),
    )
    qtbot.addWidget(made)
    made.show_tables(SHOP["checks"])
    made.show()
    yield made
    made.trial.close_questions()


def fields(pane):
    return {name: field for form in pane.current.forms for name, field in form.fields.items()}


def listed(pane):
    return [bare(pane.list.list.item(row).text()) for row in range(pane.list.list.count())]


def test_checks_are_listed_by_kind_and_target(pane):
    assert listed(pane) == ["Web page (HTTP) · https://shop.example/", "Port (TCP) · db.example:5432"]
    assert pane.tables() == [HTTP, TCP]


def test_the_list_is_as_high_as_a_few_checks_and_leaves_the_rest_to_the_fields(pane):
    two = pane.list.list.height()
    rows = pane.list.list.sizeHintForRow(0)
    assert 2 * rows <= two < 3 * rows

    pane.show_tables([HTTP] * 4)
    four = pane.list.list.height()
    pane.show_tables([HTTP] * 40)
    many = pane.list.list.height()
    pane.show_tables([])

    assert 4 * rows <= four < 5 * rows
    assert 5 * rows <= many < 6 * rows
    assert 0 < pane.list.list.height() <= two


def test_a_form_begins_with_what_is_looked_at_and_ends_with_the_pace(pane):
    names = list(fields(pane))

    assert names[0] == "url"
    assert names[-6:] == ["interval", "timeout", "confirm", "recover", "required", "slow_after"]


def test_what_the_section_of_checks_says_holds_where_a_check_says_nothing(pane):
    assert fields(pane)["confirm"].editor.value() == 7
    assert "confirm" not in pane.tables()[0]


def test_a_check_is_added_and_filled_in(qtbot, pane):
    with qtbot.waitSignal(pane.changed):
        pane.list.add.menu().actions()[4].trigger()
    assert listed(pane)[2] == "Sign of life (ping)"

    type_into(fields(pane)["host"].editor, "192.0.2.1")

    assert listed(pane)[2] == "Sign of life (ping) · 192.0.2.1"
    assert pane.tables()[2] == {"type": "ping", "host": "192.0.2.1"}


def test_a_target_that_is_half_typed_is_listed_as_it_stands(pane):
    type_into(fields(pane)["url"].editor, "shop")

    assert listed(pane)[0] == "Web page (HTTP) · shop"


def test_checks_are_removed_down_to_none(qtbot, pane):
    pane.list.list.setFocus()
    with qtbot.waitSignal(pane.changed):
        qtbot.keyClick(pane.list.list, Qt.Key.Key_Delete)
    assert pane.tables() == [TCP]

    pane.list.remove.click()

    assert pane.tables() == []
    assert pane.current is None
    assert not pane.pages.isVisible()
    assert not pane.trial.isVisible()


def test_checks_are_put_into_another_order(qtbot, pane):
    type_into(fields(pane)["contains"].editor, "Basket")
    with qtbot.waitSignal(pane.changed):
        pane.list.later.click()
    assert pane.tables() == [TCP, {**HTTP, "contains": "Basket"}]
    assert not pane.list.later.isEnabled()

    pane.list.earlier.click()

    assert pane.tables() == [{**HTTP, "contains": "Basket"}, TCP]
    assert not pane.list.earlier.isEnabled()


def test_another_kind_of_look_keeps_what_both_have(qtbot, pane):
    pane.list.list.setCurrentRow(1)

    with qtbot.waitSignal(pane.changed):
        choose(pane.kind, "tls")

    assert pane.tables()[1] == {"type": "tls", "host": "db.example", "port": 5432}
    assert listed(pane)[1] == "Certificate (TLS) · db.example:5432"


def test_the_same_kind_of_look_changes_nothing(pane):
    page = pane.current

    choose(pane.kind, "http")

    assert pane.current is page


def test_what_is_in_the_form_is_tried(qtbot, pane, commands):
    commands.answers["try"] = CheckResult(NOW, None, Timings(total_ms=12.0))
    type_into(fields(pane)["url"].editor, "https://other.example/")

    pane.trial.button.click()

    qtbot.waitUntil(pane.trial.rows.isVisible)
    (tried,) = commands.tried
    assert tried.url == "https://other.example/"
    assert tried.confirm == 7


def test_what_cannot_be_tried_is_told_beside_its_field(pane, commands):
    type_into(fields(pane)["url"].editor, "shop")

    pane.trial.button.click()

    assert commands.tried == []
    assert fields(pane)["url"].problem
    assert bare(pane.trial.sentence.text()) == "This cannot be tried before it is filled in."
    assert listed(pane)[0].startswith("⚠ ")


def test_options_that_do_not_fit_together_cannot_be_tried(pane, commands):
    type_into(fields(pane)["timeout"].editor, "90s")

    pane.trial.button.click()

    assert commands.tried == []
    assert fields(pane)["timeout"].problem.startswith("The timeout")


def test_the_warning_goes_when_the_check_is_changed(pane):
    pane.show_problems({0: [Problem(("url",), "Nobody lives there.")]})
    assert listed(pane)[0].startswith("⚠ ")

    type_into(fields(pane)["url"].editor, "https://other.example/")

    assert listed(pane)[0] == "Web page (HTTP) · https://other.example/"


def test_looking_at_another_check_ends_the_trial_of_this_one(pane, commands):
    look = commands.answers["try"] = Future()
    pane.trial.button.click()

    pane.list.list.setCurrentRow(1)

    assert look.cancelled()
    assert not pane.trial.is_looking


def test_a_problem_of_a_check_as_a_whole_is_told_above_its_fields(pane):
    pane.show_problems({1: [Problem((), "These do not fit together.")]})

    assert pane.list.list.currentRow() == 1
    assert bare(pane.current._problem.text()) == "These do not fit together."
    assert pane.current._problem.isVisible()


def test_problems_of_a_check_that_was_not_looked_at_wait_for_it(pane):
    pane.show_problems({0: [Problem(("url",), "First.")], 1: [Problem(("port",), "Second.")]})
    assert fields(pane)["url"].problem == "First."

    pane.list.list.setCurrentRow(1)

    assert fields(pane)["port"].problem == "Second."


def test_a_locked_pane_can_be_read_and_tried_and_nothing_else(pane):
    pane.set_locked(locked=True)

    pane.list.list.setCurrentRow(1)

    assert not fields(pane)["host"].editor.isEnabled()
    assert not pane.kind.isEnabled()
    buttons = (pane.list.add, pane.list.remove, pane.list.earlier, pane.list.later)
    assert not any(button.isEnabled() for button in buttons)
    assert pane.trial.button.isEnabled()


def test_other_checks_replace_those_that_were_shown(pane):
    pane.list.list.setCurrentRow(1)

    pane.show_tables([TCP])

    assert pane.tables() == [TCP]
    assert pane.pages.count() == 1
