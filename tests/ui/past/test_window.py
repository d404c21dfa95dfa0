import csv
import gc
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fakes.clock import FakeClock
from fakes.desktop import PALETTES, different
from fakes.keeping import keeping
from fakes.long_past import ARABIC, HOSTILE, NOW, write_empty
from manara.history import History
from manara.model import Verdict, Window
from manara.ui.past.export import Format
from manara.ui.past.lane import Kind
from manara.ui.past.menu import ChartMenu
from manara.ui.past.period_form import wall_time
from manara.ui.past.window import HistoryWindow
from manara.ui.plain import isolated
from manara.wording import Translator

HOUR = timedelta(hours=1)
MONTH = timedelta(days=30)


def actions(menu):
    return {action.text(): action for action in menu.actions()}


def choose_range(window, place):
    window.pane.tools.ranges.button(place).click()


def test_it_opens_with_the_last_day_of_a_service(open_window, history):
    window = open_window(history)

    assert window.windowTitle() == "History of Shop"
    assert window.view.shown == Window(NOW - 24 * HOUR, NOW)
    assert window.chart.window_shown == window.view.shown
    assert window.chart.lanes[0].series.buckets
    assert window.pane.summary.lines[0].startswith("Up ")
    assert len(window.pane.bar._days) == 90
    assert window.pane.tools.services.currentData() == "shop"


def test_without_a_service_it_shows_the_first_one(open_window, history, now, qtbot, settle):
    window = HistoryWindow(Translator(), now, history)
    qtbot.addWidget(window)
    window.show()
    settle(window)

    qtbot.waitUntil(lambda: window.view.service_ids == ("shop",))
    settle(window)
    assert window.windowTitle() == "History of Shop"


@pytest.mark.parametrize("place", range(6))
def test_every_range_is_shown_as_far_as_it_was_measured(open_window, history, settle, place):
    window = open_window(history)

    choose_range(window, place)
    settle(window)

    series = window.chart.lanes[0].series
    assert series.buckets
    assert len(series.buckets) <= 2000
    assert window.view.shown.end == NOW


def test_a_free_range_is_chosen_in_a_dialog(open_window, history, settle, now):
    window = open_window(history)
    window.pane.tools.free.click()
    begin = NOW - timedelta(days=3)

    window.dialogs.period.form.begin.setDateTime(wall_time(begin, now().tzinfo))
    window.dialogs.period.accept()
    settle(window)

    assert window.view.shown == Window(begin, NOW)
    assert window.pane.tools.free.isChecked()


def test_a_free_range_that_is_not_chosen_changes_nothing(open_window, history):
    window = open_window(history)
    window.pane.tools.free.click()
    window.dialogs.period.reject()

    assert window.dialogs.period is None
    assert window.pane.tools.ranges.button(1).isChecked()


def test_zooming_asks_anew_and_finer(open_window, history, settle):
    window = open_window(history)
    choose_range(window, 4)
    settle(window)
    window.hands.look_at(NOW - 48 * HOUR)
    coarse = window.chart.lanes[0].series.resolution_s

    for _ in range(12):
        QTest.keyClick(window.chart, Qt.Key.Key_Plus)
    settle(window)

    assert window.view.shown.length == pytest.approx(3 * MONTH / 1.5**12, abs=HOUR)
    assert window.chart.lanes[0].series.resolution_s < coarse
    QTest.keyClick(window.chart, Qt.Key.Key_0)
    settle(window)
    assert window.view.shown == window.view.base


def test_the_buttons_zoom_too(open_window, history, settle):
    window = open_window(history)

    window.pane.tools.zoom_wished.emit(0.5)
    settle(window)

    assert window.view.shown.length == 12 * HOUR


def test_panning_finds_what_was_measured_there(open_window, history, settle):
    window = open_window(history)
    for _ in range(4):
        QTest.keyClick(window.chart, Qt.Key.Key_PageUp)
    settle(window)

    assert window.view.shown == Window(NOW - 72 * HOUR, NOW - 48 * HOUR)
    buckets = window.chart.lanes[0].series.buckets
    assert buckets[0].begin < window.view.shown.begin
    assert buckets[-1].end > window.view.shown.end


def test_the_mouse_pans_and_zooms(open_window, history, settle):
    window = open_window(history)
    before = window.view.shown
    middle = window.chart.viewport().rect().center()

    QTest.mousePress(window.chart.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(window.chart.viewport(), middle + QPoint(60, 0))
    QTest.mouseRelease(
        window.chart.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle + QPoint(60, 0)
    )
    settle(window)

    assert window.view.shown.length == before.length
    assert window.view.shown.begin < before.begin


def test_the_pointer_reads_one_moment(open_window, history):
    window = open_window(history)
    at = NOW - 6 * HOUR

    QTest.mouseMove(window.chart.viewport(), QPoint(round(window.chart.place_of(at)), 60))

    assert abs(window.hands.cursor - at) < HOUR / 10
    moment, words = window.pane.readout.lines
    assert moment.startswith("Mon 4 Oct 2021 11:5")
    assert words.startswith(("Up · answered in ", "Up · median ", "Down: "))


def test_the_arrow_keys_read_one_point_after_the_other(open_window, history):
    window = open_window(history)

    QTest.keyClick(window.chart, Qt.Key.Key_Right)
    first = window.pane.readout.lines
    QTest.keyClick(window.chart, Qt.Key.Key_Right)

    assert window.pane.readout.lines != first
    assert window.hands.cursor > NOW - 12 * HOUR


def test_choosing_an_outage_jumps_there_and_selects_it(open_window, history, settle):
    window = open_window(history)
    choose_range(window, 3)
    settle(window)
    model = window.pane.outages.outages
    assert model.rowCount() > 0
    assert window.pane.outages_title.text() == f"{model.rowCount()} outage{'s' if model.rowCount() > 1 else ''}"
    outage = model.outage(model.rowCount() - 1)

    window.pane.outages.selectRow(model.rowCount() - 1)
    QTest.keyClick(window.pane.outages, Qt.Key.Key_Return)
    settle(window)

    assert window.view.shown.begin < outage.began.by < window.view.shown.end
    assert window.hands.selected.begin == outage.began.by
    assert window.pane.readout.lines[1].startswith("Down: ")
    assert model.rowCount() > 0


def test_a_day_of_the_bar_is_shown_in_the_chart(open_window, history, settle):
    window = open_window(history)
    window.pane.bar.setFocus()
    QTest.keyClick(window.pane.bar, Qt.Key.Key_Left)
    QTest.keyClick(window.pane.bar, Qt.Key.Key_Return)
    settle(window)

    assert window.view.shown.length == 24 * HOUR
    assert window.view.shown.end.hour == 22


def test_services_are_compared_on_one_time_axis(open_window, history, settle):
    window = open_window(history)

    actions(window.pane.tools.compare.menu())["Bank"].trigger()
    settle(window)

    assert [lane.service_id for lane in window.chart.lanes] == ["shop", "bank"]
    assert all(len(lane.series.buckets) > 100 for lane in window.chart.lanes)
    assert window.chart.accessibleName() == "Latency of Shop, Bank"
    window.hands.look_at(NOW - HOUR)
    names = [line.split(":")[0] for line in window.pane.readout.lines[1:]]
    assert names == [isolated("Shop"), isolated("Bank")]

    actions(window.pane.tools.compare.menu())["Bank"].trigger()
    settle(window)
    assert [lane.service_id for lane in window.chart.lanes] == ["shop"]


def test_phases_are_shown_instead_of_latency(open_window, history, settle):
    window = open_window(history)
    before = window.chart.grab().toImage()

    window.pane.tools.kinds.button(1).click()
    window.hands.look_at(NOW - HOUR)

    assert "First byte" in window.pane.readout.lines[1]
    assert window.pane.legend.accessibleDescription().startswith("DNS")
    assert different(before, window.chart.grab().toImage()) > 500
    assert window.view.kind is Kind.PHASES


def test_another_service_is_chosen(open_window, history, settle):
    window = open_window(history)
    box = window.pane.tools.services

    box.setCurrentIndex(box.findData("bank"))
    settle(window)

    assert window.windowTitle() == "History of Bank"
    assert window.chart.lanes[0].service_id == "bank"


def test_a_time_is_labelled_and_the_label_taken_back(qtbot, open_window, written, settle):
    window = open_window(written)
    stretch = Window(NOW - 10 * HOUR, NOW - 8 * HOUR)
    window.hands.select(stretch)
    window.pane.tools.labels.click()
    dialog = window.dialogs.labels
    dialog.note.setText("moved")

    dialog.put.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    settle(window)

    window.hands.look_at(NOW - 9 * HOUR)
    assert window.pane.readout.lines[1].startswith("Under maintenance, as you labelled it: moved")
    assert "Under maintenance 2 h" in window.pane.summary.lines[2]

    dialog.take_back.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    settle(window)
    dialog.reject()
    window.hands.look_at(NOW - 9 * HOUR)

    assert "as you labelled it" not in window.pane.readout.lines[1]
    assert window.dialogs.labels is None


def test_a_label_survives_in_the_file(open_window, written, settle):
    window = open_window(written)
    window._label(Window(NOW - 2 * HOUR, NOW - HOUR), Verdict.DOWN, "")
    settle(window)

    (label,) = written.labels("shop").result()
    assert (label.verdict, label.window.length) == (Verdict.DOWN, HOUR)


@pytest.mark.parametrize("form", Format)
def test_what_is_shown_is_exported(open_window, history, tmp_path, form):
    window = open_window(history)
    window.pane.tools.export_wished.emit(form)
    path = tmp_path / f"export.{form}"

    window.saving.dialog.fileSelected.emit(str(path))
    window.saving.dialog.close()

    content = path.read_bytes()
    assert window.statusBar().currentMessage() == f"Saved as {path}"
    assert window.statusBar().isVisible()
    match form:
        case Format.PNG:
            image = QImage.fromData(content)
            assert image.width() == 2 * (window.chart.width() + 32)
        case Format.SVG:
            assert b"Shop" in content
        case Format.CSV:
            rows = list(csv.DictReader(StringIO(content.decode())))
            assert 100 < len(rows) <= len(window.chart.lanes[0].series.buckets)
            assert rows[0]["from_utc"].endswith("Z")


def test_an_export_that_cannot_be_written_is_told(open_window, history, tmp_path):
    window = open_window(history)

    window.pane.tools.export_wished.emit(Format.CSV)
    window.saving.dialog.fileSelected.emit(str(tmp_path / "missing" / "a.csv"))
    window.saving.dialog.close()

    assert window.statusBar().currentMessage() == "a.csv could not be written: No such file or directory"


def test_an_empty_history_says_so(qtbot, open_window, tmp_path):
    write_empty(tmp_path)
    history = History(tmp_path, FakeClock(NOW), lambda _kept: None)

    window = open_window(history)

    assert window.pane.nothing.text() == "no data: the history of Shop begins on 2021-10-04 17:52"
    assert window.pane.middle.currentWidget() is window.pane.nothing
    assert window.pane.no_outage.text() == "No outage was seen"
    window.close()
    history.stop()


def test_no_history_at_all_says_so(qtbot, tmp_path, now, settle):
    with keeping(tmp_path, clock=FakeClock(NOW)) as history:
        history.flush().result()
        window = HistoryWindow(Translator(), now, history)
        qtbot.addWidget(window)
        window.show()
        settle(window)

        assert window.pane.nothing.text() == "There is no history yet: it begins with the first look at a service."
        window.open_labels()
        assert window.dialogs.labels is None
        window.close()


def test_a_service_that_the_history_does_not_know_says_so(open_window, history):
    window = open_window(history, "new")

    assert window.pane.nothing.text() == "no data: the history of new has not begun yet"
    assert window.pane.summary.lines[0] == ""


def test_a_time_before_the_first_look_says_so(open_window, history, settle):
    window = open_window(history)
    window._choose_period(Window(NOW - 90 * 24 * HOUR, NOW - 80 * 24 * HOUR))
    settle(window)

    assert window.pane.nothing.text().startswith("no data: the history of Shop begins on 2021-09-13")


def test_a_history_that_cannot_be_read_is_told(qtbot, open_window, tmp_path):
    history = History(tmp_path / "nowhere", FakeClock(NOW), lambda _kept: None)

    window = open_window(history)

    assert window.statusBar().currentMessage().startswith("The history cannot be used now: ")
    window.close()
    history.stop()


@pytest.mark.parametrize(
    ("service_id", "title"), [("hostile", HOSTILE[:20]), ("arabic", ARABIC), ("long", "A service")]
)
def test_names_from_anywhere_stay_text_and_do_not_widen_the_window(open_window, history, settle, service_id, title):
    window = open_window(history, service_id)
    window._compare(["shop", "bank"])
    settle(window)

    assert title in window.windowTitle()
    assert window.minimumSizeHint().width() <= 1024
    texts = [label.textFormat() for label in window.findChildren(QLabel) if title in label.text()]
    assert all(each is Qt.TextFormat.PlainText for each in texts)
    assert not window.chart.grab().isNull()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_the_menu_of_the_chart_labels_zooms_and_copies(qtbot, open_window, history, settle):
    window = open_window(history)
    window.hands.look_at(NOW - HOUR)
    stretch = Window(NOW - 5 * HOUR, NOW - 4 * HOUR)
    window.hands.select(stretch)
    readout = "\n".join(window.pane.readout.lines)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(window.chart.viewport(), event)
    menu = window.findChild(ChartMenu)

    actions(menu)["Copy the read-out"].trigger()
    assert QGuiApplication.clipboard().text() == readout
    actions(menu)["Zoom to the selected time"].trigger()
    settle(window)
    assert window.view.shown == stretch
    assert window.hands.selected is None
    actions(menu)["Show the chosen range again"].trigger()
    assert window.view.shown == window.view.base
    menu.close()
    window._show_selected()

    QApplication.sendEvent(window.chart.viewport(), event)
    menu = window.findChildren(ChartMenu)[-1]
    actions(menu)["Label this time…"].trigger()
    assert window.dialogs.labels.form.window() == window.view.shown
    window.dialogs.labels.reject()
    menu.close()


def test_escape_drops_the_selection_and_then_closes(qtbot, open_window, history):
    window = open_window(history)
    window.hands.select(Window(NOW - HOUR, NOW))
    window.chart.setFocus()

    QTest.keyClick(window.chart, Qt.Key.Key_Escape)
    assert window.hands.selected is None
    assert window.isVisible()

    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window.chart, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_other_keys_go_their_way(open_window, history):
    window = open_window(history)

    QTest.keyClick(window.chart, Qt.Key.Key_A)

    assert window.isVisible()


def test_while_it_is_hidden_it_asks_nothing_and_shown_again_it_does(open_window, history, settle):
    window = open_window(history)
    window.close()
    assert not window.lookup.waiting

    window.show()
    assert window.lookup.waiting
    settle(window)


def test_a_range_up_to_now_goes_along(open_window, history, settle):
    window = open_window(history)
    window.view = window.view.ranged(HOUR, NOW - HOUR)

    window.refresh()
    settle(window)

    assert window.view.shown.end == NOW


def test_a_window_of_time_can_be_asked_for(open_window, history, settle):
    window = open_window(history)
    wished = Window(NOW - 50 * HOUR, NOW - 40 * HOUR)

    window.show_service("bank", wished)
    settle(window)

    assert window.view.shown == wished
    assert window.view.length is None


def test_everything_can_be_reached_by_the_keyboard_and_has_a_name(open_window, history):
    window = open_window(history)
    reached, at = [], window.pane.tools.services
    while at not in reached:
        reached.append(at)
        at = at.nextInFocusChain()
    focusable = [
        widget
        for widget in reached
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]

    wanted = (window.chart, window.pane.bar, window.pane.tools.free, window.pane.tools.labels)
    assert all(widget in focusable for widget in wanted)
    assert [type(widget) for widget in focusable if not _name(widget)] == []


def _name(widget):
    return widget.accessibleName() or getattr(widget, "text", str)()


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_the_keyboard_is_seen_on_the_chart_in_every_palette(open_window, history, name):
    window = open_window(history)
    QApplication.setPalette(PALETTES[name])
    QApplication.processEvents()
    window.activateWindow()
    window.pane.tools.services.setFocus()
    without = window.chart.grab().toImage()
    window.chart.setFocus()

    assert different(without, window.chart.grab().toImage()) > 300


def test_from_right_to_left_the_axis_changes_sides_and_time_does_not(open_window, history, settle):
    window = open_window(history)
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    window._compare(["bank"])
    settle(window)

    left, right = window.chart.place_of(window.view.shown.begin), window.chart.place_of(window.view.shown.end)
    assert left < right
    assert window.chart.width() - right > 30 > left


def test_the_chart_follows_the_font(open_window, history):
    window = open_window(history)
    before = window.chart.plot_width
    font = window.font()
    font.setPointSizeF(font.pointSizeF() * 2)

    QApplication.sendEvent(window.chart, QEvent(QEvent.Type.FontChange))
    window.chart.setFont(font)

    assert window.chart.plot_width < before


@pytest.mark.no_cover
@pytest.mark.timeout(240)
def test_two_hundred_openings_leave_nothing_behind(qtbot, history, now):
    def counts():
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(QApplication.allWidgets()), threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    def open_and_close(patiently):
        window = HistoryWindow(Translator(), now, history)
        window.show_service("shop")
        window.show()
        if patiently:
            qtbot.waitUntil(lambda: bool(window.chart.lanes[0].spans) and not window.is_busy)
        window.close()
        window.deleteLater()

    open_and_close(patiently=True)
    before = counts()
    for number in range(200):
        # Most are closed before their questions are answered.
        open_and_close(patiently=number % 10 == 0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    qtbot.waitUntil(lambda: counts() == before)


def test_children_are_the_windows_own(open_window, history):
    window = open_window(history)

    assert isinstance(window.chart.window(), QWidget)
    assert window.chart.window() is window
