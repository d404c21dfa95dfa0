from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fakes.commands import SHOP, stored
from fakes.desktop import PALETTES
from fakes.pace import cost_ms
from fakes.recorded import NOW
from manara.model import CheckResult, Failure, Reason, Timings
from manara.ui.first_run.address_model import ADDRESS, ANSWER, HOW, Progress
from manara.ui.first_run.address_step import MOST_TRIED, AddressStep
from manara.ui.first_run.trials import AT_ONCE

KEY = Qt.Key
FLUID_MS = 200
NO_NAME = CheckResult(NOW, Failure(Reason.NXDOMAIN), Timings(total_ms=9.0))


@pytest.fixture
def step(qtbot, around):
    made = AddressStep(around, tuple)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.begin()
    made.set_stored(stored(SHOP))
    yield made
    made.close_step()


@pytest.fixture
def settle(qtbot, step):
    return lambda: qtbot.waitUntil(lambda: not step.is_busy)


def paste(step, text):
    QGuiApplication.clipboard().setText(text)
    step.field.paste()


def column(step, number):
    cells = (step.model.index(row, number).data() for row in range(step.model.rowCount()))
    return [cell.replace("\u2068", "").replace("\u2069", "") for cell in cells]


def targets(step):
    return [candidate.service.checks[0].target for candidate in step.wanted]


def test_lines_that_are_pasted_are_understood_and_tried_at_once(step, settle, commands):
    paste(step, "https://a.example/\nb.example:5432\nc.example\n192.0.2.1\n")
    settle()

    assert targets(step) == ["https://a.example/", "b.example:5432", "https://c.example", "192.0.2.1"]
    assert column(step, ANSWER) == ["Answers in 43 ms"] * 4
    assert column(step, HOW)[1:4] == ["Port (TCP)", "Web page (HTTP)", "Sign of life (ping)"]
    assert [check.target for check in commands.tried] == targets(step)
    assert step.field.toPlainText() == ""
    assert "4 answer" in step.told.text()


def test_what_does_not_answer_says_why_in_plain_words(step, settle, commands):
    commands.answers["try"] = NO_NAME

    paste(step, "nowhere.example")
    settle()

    assert column(step, ANSWER) == ["The name does not exist"]
    assert "1 does not answer" in step.told.text()


def test_each_line_that_is_no_address_is_told_with_its_number(step, settle):
    paste(step, "a.example\njavascript:alert(1)\nfile:///etc/passwd\nno address at all\n")
    settle()

    assert len(step.wanted) == 1
    assert [answer.partition(":")[0] for answer in column(step, ANSWER)[1:]] == ["line 2", "line 3", "line 4"]
    assert "3 were not understood" in step.told.text()
    assert step.strange == 3


def test_an_address_is_typed_and_taken_by_return(step, settle):
    QTest.keyClicks(step.field, "a.example")
    QTest.keyClick(step.field, KEY.Key_Return)
    settle()

    assert targets(step) == ["https://a.example"]


def test_lines_are_typed_with_shift_and_taken_by_the_button(step, settle):
    QTest.keyClicks(step.field, "a.example")
    QTest.keyClick(step.field, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(step.field, "b.example")
    QTest.keyClick(step.field, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert step.model.rowCount() == 0

    step.add.click()
    settle()

    assert len(step.wanted) == 2


def test_what_is_pasted_behind_something_typed_belongs_to_it(step):
    QTest.keyClicks(step.field, "https://")

    paste(step, "a.example/")

    assert step.field.toPlainText() == "https://a.example/"
    step.field.insertFromMimeData(QMimeData())


def test_nothing_is_taken_from_an_empty_field(step):
    QTest.keyClick(step.field, KEY.Key_Return)

    assert not step.is_busy
    assert step.wanted == ()
    assert not step.add.isEnabled()


def test_pastes_come_after_each_other_and_know_of_each_other(step, settle):
    paste(step, "a.example")
    paste(step, "https://a.example\nb.example")
    settle()

    assert targets(step) == ["https://a.example", "https://b.example"]
    assert "Is there already" in column(step, ANSWER)


def test_what_the_settings_have_already_is_marked_and_not_wanted(step, settle, commands):
    step.set_stored(
        stored({"id": "blog", "name": "Blog", "checks": [{"type": "http", "url": "https://blog.example/"}]})
    )
    paste(step, "https://blog.example/")
    settle()

    assert step.wanted == ()
    assert column(step, ANSWER) == ["Is there already"]
    index = step.model.index(0, ADDRESS)
    assert not step.model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert commands.tried == []


def test_an_address_is_unwanted_by_space_and_taken_out_by_delete(step, settle):
    paste(step, "a.example\nb.example\nc.example")
    settle()
    step.table.setFocus()
    step.table.setCurrentIndex(step.model.index(1, ADDRESS))

    QTest.keyClick(step.table, KEY.Key_Space)
    assert targets(step) == ["https://a.example", "https://c.example"]
    QTest.keyClick(step.table, KEY.Key_Delete)

    assert column(step, ADDRESS) == ["a.example", "c.example"]
    step.clear.click()
    assert step.model.rowCount() == 0
    QTest.keyClick(step.table, KEY.Key_Delete)


def test_selected_lines_are_taken_out_by_the_button(step, settle):
    paste(step, "a.example\nb.example")
    settle()
    assert not step.remove.isEnabled()
    step.table.selectAll()

    step.remove.click()

    assert step.wanted == ()


def test_only_some_are_tried_at_once(step, commands, qtbot):
    waiting = Future()
    commands.answers["try"] = waiting
    paste(step, "\n".join(f"a{number}.example" for number in range(20)))
    qtbot.waitUntil(lambda: len(commands.tried) > 0 and not step.is_reading)

    assert len(commands.tried) == AT_ONCE
    assert column(step, ANSWER)[AT_ONCE - 1 : AT_ONCE + 1] == ["Looking…", "Waits for its turn"]

    commands.answers.pop("try")
    commands.answers["try"] = NO_NAME
    waiting.set_result(NO_NAME)
    qtbot.waitUntil(lambda: not step.is_busy)
    assert len(commands.tried) == 20


def test_a_row_that_is_taken_out_while_it_is_tried_is_forgotten(step, commands, qtbot):
    waiting = Future()
    commands.answers["try"] = waiting
    paste(step, "a.example")
    qtbot.waitUntil(lambda: len(commands.tried) > 0)

    step.clear.click()
    waiting.set_result(NO_NAME)

    qtbot.waitUntil(lambda: not step.is_busy)
    assert step.model.rowCount() == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [(OSError("no sockets left"), "no sockets left"), ("cancelled", "Nothing is watched any more")],
)
def test_a_try_that_cannot_be_is_told(step, settle, commands, answer, said):
    if answer == "cancelled":
        answer = Future()
        answer.cancel()
    commands.answers["try"] = answer

    paste(step, "a.example")
    settle()

    assert said in column(step, ANSWER)[0]
    assert len(step.wanted) == 1


@pytest.mark.no_cover
def test_ten_thousand_lines_stay_fluid_and_only_the_first_are_tried(step, settle, commands):
    text = "\n".join(f"host{number}.example" for number in range(10_000))

    pasted_ms = cost_ms(lambda: paste(step, text))
    settle()

    assert pasted_ms < FLUID_MS
    assert len(step.wanted) == 10_000
    assert len(commands.tried) == MOST_TRIED
    assert f"only the first {MOST_TRIED} are tried" in step.told.text()
    assert "9900 are added without a try" in step.told.text()
    step.table.scrollToBottom()
    assert cost_ms(step.table.grab) < FLUID_MS


def test_files_of_other_programs_may_be_pasted_as_well(step, settle, commands):
    paste(
        step,
        "endpoints:\n- name: a\n  url: https://a.example/\n- name: b\n  url: ssh://b.example\nalerting:\n  slack: {}\n",
    )
    settle()

    answers = column(step, ANSWER)
    assert answers[0] == "Answers in 43 ms"
    assert "no check of the type" in answers[1]
    assert any("notify" in answer for answer in answers)
    assert column(step, ADDRESS)[0] == "a · https://a.example/"
    assert len(commands.tried) == 1


def test_a_text_that_is_refused_is_told_and_the_next_one_read(step, settle):
    paste(step, "{broken json")
    paste(step, "a.example")
    settle()

    assert step.problem.text()
    assert targets(step) == ["https://a.example"]
    assert step.strange == 1


def test_settings_that_mean_nothing_are_told(step, settle):
    step.set_stored(stored({"id": "bad", "name": "Bad", "checks": [{"type": "http"}]}))

    paste(step, "a.example")
    settle()

    assert "url" in step.problem.text()


def test_what_is_pasted_before_the_settings_are_known_is_read_then(qtbot, around):
    step = AddressStep(around, tuple)
    qtbot.addWidget(step)
    step.show()
    paste(step, "a.example")
    assert step.is_reading

    step.set_stored(replace(stored(), chosen=False))

    qtbot.waitUntil(lambda: not step.is_busy)
    assert len(step.wanted) == 1
    assert step.model.rows[0].progress is Progress.DONE


def test_answers_take_their_colours_from_the_palette(step, settle, commands):
    commands.answers["try"] = NO_NAME
    paste(step, "a.example\n???")
    settle()
    answer, strange = step.model.index(0, ANSWER), step.model.index(1, ADDRESS)
    light = answer.data(Qt.ItemDataRole.ForegroundRole)

    step.setPalette(PALETTES["dark"])

    assert answer.data(Qt.ItemDataRole.ForegroundRole) != light
    assert strange.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert step.model.index(0, ADDRESS).data(Qt.ItemDataRole.ForegroundRole) is None
    assert step.model.data(step.model.index(-1, 0)) is None
    assert step.model.headerData(0, Qt.Orientation.Vertical) is None
    assert step.model.rowCount(answer) == step.model.columnCount(answer) == 0


def test_remote_text_is_shown_as_text(step, settle):
    paste(step, "<b>bold</b>")
    settle()

    assert column(step, ADDRESS) == ["b>bold</b"]
    assert "&gt;" in step.model.index(0, ADDRESS).data(Qt.ItemDataRole.ToolTipRole)


def test_a_paste_without_a_line_changes_nothing(step, settle):
    paste(step, "# nothing but a comment")
    settle()

    assert step.model.rowCount() == 0
    assert step.strange == 0


def test_a_file_that_is_dropped_is_read(step, settle, tmp_path):
    (tmp_path / "hosts.txt").write_text("a.example\nb.example\n")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "hosts.txt"))])

    step.field.insertFromMimeData(dropped)
    settle()

    assert targets(step) == ["https://a.example", "https://b.example"]
