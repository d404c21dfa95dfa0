from datetime import UTC, datetime, timedelta

import pytest

from fakes.long_past import HOSTILE, LONG
from manara.model import Label, Verdict, Window
from manara.ui.past.labels import LONGEST_NOTE, LabelsDialog
from manara.ui.past.period_form import wall_time
from manara.ui.plain import bare
from manara.wording import Translator

NOW = datetime(2021, 10, 4, 15, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(hours=3), NOW - timedelta(hours=1))


@pytest.fixture
def dialog(qtbot):
    dialog = LabelsDialog(Translator(), HOSTILE, WINDOW, NOW)
    qtbot.addWidget(dialog)
    return dialog


def test_a_stretch_is_labelled_with_a_verdict_and_a_note(qtbot, dialog):
    dialog.verdict.setCurrentIndex(dialog.verdict.findData(Verdict.UP))
    dialog.note.setText("  was fine  ")

    with qtbot.waitSignal(dialog.label_wished) as wished:
        dialog.put.click()

    assert wished.args == [WINDOW, Verdict.UP, "was fine"]
    assert wished.args[1] is Verdict.UP
    assert dialog.note.text() == ""


def test_a_note_is_bounded(dialog):
    dialog.note.setText(LONG * 3)

    assert len(dialog.note.text()) == LONGEST_NOTE


def test_a_stretch_that_ends_before_it_begins_cannot_be_labelled(qtbot, dialog):
    dialog.form.end.setDateTime(wall_time(WINDOW.begin - timedelta(hours=1), UTC))

    assert not dialog.put.isEnabled()
    with qtbot.assertNotEmitted(dialog.label_wished):
        dialog._wish_label()


def test_labels_are_listed_the_newest_first_and_taken_back(qtbot, dialog):
    one = Label(1, "shop", WINDOW, Verdict.MAINTENANCE, "<i>moved</i>")
    other = Label(2, "shop", WINDOW, Verdict.UP, "")
    dialog.show_labels((one, other))

    assert [bare(dialog.list.item(row).text()) for row in range(2)] == [
        "2021-10-04 12:00 to 2021-10-04 14:00 (2 h) · Up",
        "2021-10-04 12:00 to 2021-10-04 14:00 (2 h) · Under maintenance: <i>moved</i>",
    ]

    dialog.list.setCurrentRow(1)
    with qtbot.waitSignal(dialog.unlabel_wished) as wished:
        dialog.take_back.click()

    assert wished.args == [1]


def test_without_labels_there_is_nothing_to_take_back(qtbot, dialog):
    dialog.show_labels(())

    assert dialog.list.isHidden()
    with qtbot.assertNotEmitted(dialog.unlabel_wished):
        dialog._wish_unlabel()


def test_every_field_has_a_name(dialog):
    fields = (dialog.form.begin, dialog.form.end, dialog.verdict, dialog.note, dialog.list)

    assert [field.accessibleName() for field in fields] == ["From", "To", "It was", "Note", "Labels of this service"]
