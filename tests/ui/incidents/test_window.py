import gc
import threading
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fakes.clock import FakeClock
from fakes.desktop import PALETTES, different
from fakes.ears import undescribed, unnamed
from fakes.keeping import keeping
from fakes.outages import MINUTE
from manara.model import Happening, IncidentChanged, Reason, Stage
from manara.ui.incidents.window import IncidentsWindow
from manara.wording import Translator

TR = Translator()


class FakePast:
    """A history that answers when the test lets it."""

    def __init__(self):
        self.notes = []
        self.asked = 0
        self.flushed = self.done(None)
        self.answer = self.done(())
        self.noted = self.done(True)

    @staticmethod
    def done(value):
        future = Future()
        future.set_result(value)
        return future

    @staticmethod
    def failed(error):
        future = Future()
        future.set_exception(error)
        return future

    def flush(self):
        return self.flushed

    def incidents(self, *, most):
        self.asked += 1
        return self.answer

    def note(self, incident_id, at, note):
        self.notes.append((incident_id, at, note))
        return self.noted


@pytest.fixture
def past():
    return FakePast()


@pytest.fixture
def open_window(morning, qtbot):
    def open_one(past, incident_id="", world=morning):
        window = IncidentsWindow(TR, lambda: world.now, world.snapshot, past)
        qtbot.addWidget(window)
        window.resize(1024, 600)
        window.show_incident(incident_id)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        qtbot.waitUntil(lambda: not window.is_busy)
        return window

    return open_one


@pytest.fixture
def shown(open_window, past):
    """A window that shows an incident."""
    return open_window(past)


def plain(text):
    return text.replace("\u2068", "").replace("\u2069", "").replace("\u200b", "")


def rows(tree):
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [tuple(plain(item.text(column)) for column in range(tree.columnCount())) for item in items]


def answers(window):
    return dict(rows(window.page.answers))


def tell(world, window):
    """Tell the window the last that was told."""
    window.take([world.told[-1]])
    QApplication.processEvents()


def test_an_incident_is_told_in_full(open_window, past, morning):
    window = open_window(past, morning.last.id)

    assert plain(window.page.title.text()) == "Facebook, WhatsApp, Messenger and Instagram are down"
    assert plain(window.page.length.text()) == "It has gone on for 0 s."
    assert list(answers(window)) == [
        "What and why",
        "Is it me?",
        "Since when",
        "Official word",
        "Coming back",
        "Before",
    ]
    window.page.sections.setCurrentWidget(window.page.services)
    assert [row[0] for row in rows(window.page.services)] == ["Facebook", "WhatsApp", "Messenger", "Instagram"]
    assert window.list.selected == morning.last.id


def test_it_goes_on_while_it_is_looked_at(open_window, past, morning):
    window = open_window(past)
    before = len(rows(window.page.timeline))

    morning.at("21:20:10")
    morning.look("facebook", Reason.SERVER_ERROR, http_status=503)
    tell(morning, window)
    assert answers(window)["Coming back"] == "Recovering: names resolve again, 503 from the site."
    assert len(rows(window.page.timeline)) > before

    morning.at("22:46:10")
    morning.up(*(service.id for service in morning.services))
    tell(morning, window)
    assert plain(window.page.title.text()) == "Facebook, WhatsApp, Messenger and Instagram were down"
    assert plain(window.page.length.text()).startswith("Up ")


def test_its_age_grows(open_window, past, morning, qtbot):
    window = open_window(past)
    morning.wait(20 * MINUTE)

    qtbot.waitUntil(lambda: plain(window.page.length.text()) == "It has gone on for 20 min.")


def test_what_became_part_of_another_is_followed_there(open_window, past, morning):
    window = open_window(past)
    other = replace(morning.last, id="other", members=morning.last.members[:1])

    window.take([IncidentChanged(morning.now, other, merged=(morning.last.id,))])

    assert window.list.selected == "other"
    assert plain(window.page.title.text()) == "Facebook is down"


def test_a_hidden_window_is_up_to_date_when_it_is_shown(open_window, past, morning):
    window = open_window(past)
    window.close()
    morning.at("22:46:10")
    morning.up(*(service.id for service in morning.services))

    tell(morning, window)
    assert "are down" in window.page.title.text()
    window.show()

    assert "were down" in window.page.title.text()


def test_without_any_that_is_said(open_window, past, quiet):
    window = open_window(past, world=quiet)

    assert window._right.currentWidget() is not window.page
    assert "No incident so far." in [plain(label.text()) for label in window.findChildren(QLabel)]


def test_while_the_history_is_read_that_is_said(quiet, qtbot):
    past = FakePast()
    past.answer = Future()
    window = IncidentsWindow(TR, lambda: quiet.now, quiet.snapshot, past)
    qtbot.addWidget(window)
    window.show()

    qtbot.waitUntil(lambda: past.asked == 1)
    window.show_incident()
    assert plain(window._nothing.text()) == "The history is being read."
    past.answer.set_result(())
    qtbot.waitUntil(lambda: plain(window._nothing.text()) == "No incident so far.")


def test_the_past_is_listed_and_asked_for_what_went_before(open_window, past, morning):
    began = morning.last.began
    earlier = replace(
        morning.last,
        id="earlier",
        began=replace(began, after=began.after - 999 * MINUTE, by=began.by - 999 * MINUTE),
        ended=replace(began, by=began.by - 900 * MINUTE),
    )
    past.answer = past.done((morning.last, earlier))
    window = open_window(past)

    assert window.list.model.rowCount() == 2
    assert answers(window)["Before"].startswith("Second outage this year")
    window.show_incident("earlier")
    assert "were down" in window.page.title.text()
    window.show_incident()
    assert window.list.selected == "earlier"


def test_a_history_that_cannot_be_read_is_told(open_window, past, morning):
    past.flushed = past.failed(OSError("disk full"))
    past.answer = past.failed(OSError("disk on fire"))
    window = open_window(past)

    assert window.statusBar().currentMessage() == "The history cannot be read or written: disk on fire"
    assert window.statusBar().isVisible()
    assert "are down" in window.page.title.text()


def test_a_note_is_kept_in_the_timeline(open_window, past, morning, qtbot):
    window = open_window(past)
    field = window.page.note.field
    note = Happening(morning.now, Stage.NOTE, text="It is not the router.")
    past.answer = past.done((replace(morning.last, timeline=(*morning.last.timeline, note)),))

    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert past.notes == []
    field.setText("  It is not the router. ")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: rows(window.page.timeline)[-1][1] == "Note: It is not the router.")
    assert past.notes == [(morning.last.id, morning.now, "It is not the router.")]
    assert field.text() == ""
    assert window.page.note.isEnabled()


def test_a_note_that_cannot_be_kept_stays_in_its_field(open_window, past, qtbot):
    window = open_window(past)
    past.noted = past.done(False)
    window.page.note.field.setText("Why?")

    qtbot.mouseClick(window.page.note.button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: "keeps no note" in window.statusBar().currentMessage())
    assert window.page.note.field.text() == "Why?"
    past.flushed = past.failed(OSError("disk full"))
    qtbot.mouseClick(window.page.note.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "disk full" in window.statusBar().currentMessage())
    assert window.page.note.isEnabled()


def test_without_a_history_nothing_can_be_noted(open_window, morning):
    window = open_window(None, morning.last.id)

    assert not window.page.note.isEnabled()
    assert "Before" not in answers(window)
    window.close()


def test_all_of_it_can_be_copied(open_window, past, qtbot):
    window = open_window(past)

    qtbot.mouseClick(window.page.copy, Qt.MouseButton.LeftButton)

    text = QGuiApplication.clipboard().text()
    assert text.startswith("Facebook, WhatsApp, Messenger and Instagram are down\n\nWhat and why: ")
    assert "15:40:10  Facebook: confirmed" in text


@pytest.mark.parametrize(
    ("choice", "end", "begins"),
    [
        (0, "md", b"# Facebook, WhatsApp, Messenger and Instagram are down"),
        (1, "html", b"<!DOCTYPE html>"),
        (2, "json", b"{"),
    ],
)
def test_a_report_is_saved_where_the_user_wants_it(shown, tmp_path, choice, end, begins):
    window = shown
    name = f"incident-20211004-154010-1.{end}"

    window.page.export.menu().actions()[choice].trigger()
    dialog = window.saving.dialog
    assert Path(dialog.selectedFiles()[0]).name == name
    dialog.fileSelected.emit(str(tmp_path / name))
    dialog.close()

    assert (tmp_path / name).read_bytes().startswith(begins)
    assert "Saved as" in window.statusBar().currentMessage()


def test_a_report_that_cannot_be_saved_is_told(open_window, past, tmp_path):
    window = open_window(past)
    window.page.export_wished.emit("json")

    window.saving.dialog.fileSelected.emit(str(tmp_path / "none" / "x.json"))
    window.saving.dialog.close()
    window.page.export_wished.emit("json")
    window.saving.dialog.close()

    assert "could not be written" in window.statusBar().currentMessage()


def test_the_past_of_a_service_at_that_time_is_one_key_away(open_window, past, morning, qtbot):
    window = open_window(past)
    morning.at("16:00:10")
    window.page.sections.setCurrentWidget(window.page.services)
    window.page.services.setCurrentItem(window.page.services.topLevelItem(2))
    window.page.services.setFocus()
    qtbot.waitUntil(lambda: "20 min" in window.page.length.text())

    with qtbot.waitSignal(window.history_wished) as told:
        qtbot.keyClick(window.page.services, Qt.Key.Key_Return)

    service_id, stretch = told.args
    assert (service_id, stretch.begin, stretch.end) == ("messenger", morning.last.began.by, morning.now)
    morning.at("22:46:10")
    morning.up(*(service.id for service in morning.services))
    tell(morning, window)
    with qtbot.waitSignal(window.history_wished) as told:
        qtbot.mouseClick(window.page.history, Qt.MouseButton.LeftButton)
    assert told.args[1].end == morning.last.ended.by


def test_a_page_without_an_incident_wishes_for_nothing(open_window, past, quiet, qtbot):
    window = open_window(past, world=quiet)

    with qtbot.assertNotEmitted(window.history_wished):
        window.page.history.click()
        window.page.copy.click()
        window.page.export_wished.emit("md")
        window.page.note.kept.emit("nothing")
    assert past.notes == []


def test_escape_drops_the_search_and_then_closes(open_window, past, qtbot):
    window = open_window(past)
    window.list.search.setText("face")

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.list.search.text() == ""
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_other_keys_go_on(open_window, past, qtbot):
    window = open_window(past)

    qtbot.keyClick(window, Qt.Key.Key_A)

    assert window.isVisible()


def test_return_in_the_list_leads_to_the_answers(open_window, past, qtbot):
    window = open_window(past)
    window.list.view.setFocus()

    qtbot.keyClick(window.list.view, Qt.Key.Key_Return)

    assert window.page.answers.hasFocus()
    assert window.page.answers.currentIndex().row() == 0
    qtbot.keyClick(window.page.answers, Qt.Key.Key_Down)
    window.list.entered.emit()
    assert window.page.answers.currentIndex().row() == 1


def test_nothing_remote_is_markup(open_window, past, morning):
    name = "<b>Shop</b> & <img src=x>"
    hostile = replace(morning.last, members=(replace(morning.last.members[0], name=name, named=(name,)),))
    window = open_window(past)

    window.take([IncidentChanged(morning.now, hostile)])

    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert any(name in label.text() for label in labels)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_everything_has_a_name_and_says_what_it_is_for(open_window, past):
    window = open_window(past)

    assert unnamed(window) == []
    assert undescribed(window) == []


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_all_of_it_has_room_on_a_small_screen(open_window, past, direction):
    QApplication.setLayoutDirection(direction)
    window = open_window(past)

    assert (window.width(), window.height()) == (1024, 600)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 600
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    assert (window.list.mapTo(window, window.list.rect().center()).x() > 512) is mirrored


def test_another_palette_is_taken_over(open_window, past, program):
    window = open_window(past)
    light = window.grab().toImage()

    program.setPalette(PALETTES["dark"])
    QApplication.processEvents()

    assert different(light, window.grab().toImage()) > 10_000


def test_a_real_history_is_read_and_keeps_a_note(morning, tmp_path, qtbot):
    with keeping(tmp_path, clock=FakeClock(morning.now)) as history:
        history.record([IncidentChanged(morning.now, morning.last)])
        window = IncidentsWindow(TR, lambda: morning.now, morning.snapshot, history)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: not window.is_busy)

        window.page.note.kept.emit("It is not the router.")

        qtbot.waitUntil(lambda: rows(window.page.timeline)[-1][1] == "Note: It is not the router.")
        window.close()


def test_two_hundred_openings_and_changes_leave_nothing_behind(open_window, past, morning):
    window = open_window(past)
    changes = [morning.last, replace(morning.last, members=morning.last.members[:2])]

    def go_on(n):
        window.take([IncidentChanged(morning.now, changes[n % 2])])
        if n % 10 == 0:
            window.close()
            window.show()
        QApplication.processEvents()

    def counted():
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(QApplication.allWidgets()), len(window.findChildren(QWidget)), threading.active_count()

    for n in range(20):
        go_on(n)
    before = counted()

    for n in range(200):
        go_on(n)

    assert counted() == before


def test_a_closed_window_is_gone(morning, past, qtbot):
    before = len(QApplication.allWidgets())
    window = IncidentsWindow(TR, lambda: morning.now, morning.snapshot, past)
    window.show()
    qtbot.waitUntil(lambda: not window.is_busy)
    assert len(QApplication.allWidgets()) > before

    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()

    qtbot.waitUntil(lambda: len(QApplication.allWidgets()) <= before)


def test_each_section_is_filled_when_it_is_looked_at(open_window, past):
    window = open_window(past)
    sections = window.page.sections

    filled = []
    for place in range(sections.count()):
        sections.setCurrentIndex(place)
        filled.append(bool(rows(sections.widget(place))))

    assert [sections.tabText(place) for place in range(4)] == [
        "Timeline",
        "Services",
        "Official posts",
        "At the same time",
    ]
    assert filled == [True, True, False, True]


def test_a_section_without_an_incident_stays_empty(open_window, past, quiet):
    window = open_window(past, world=quiet)

    window.page.sections.setCurrentIndex(3)

    assert rows(window.page.beside) == []
