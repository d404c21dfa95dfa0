import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QTextDocument
from PySide6.QtWidgets import QApplication

from fakes.desktop import PALETTES, different
from fakes.ears import reachable, undescribed, unnamed
from fakes.outages import MINUTE
from manara.model import Reason, Verdict
from manara.ui.incidents.banner import MORE, OWN_LINE, Banner
from manara.ui.incidents.strip import Strip, Told
from manara.ui.marks import Look
from manara.ui.overview import Overview
from manara.wording import Translator

TR = Translator()


@pytest.fixture
def banner(morning, qtbot):
    made = Banner(TR, lambda: morning.now)
    qtbot.addWidget(made)
    made.resize(1024, 100)
    made.show_all = lambda: (made.take(morning.told), made.show(), QApplication.processEvents())
    return made


def own_line(sentence, mark=Look.OFFLINE):
    return Overview(mark, 0, "", "", "", sentence)


def said(banner):
    order = sorted(banner.strips.values(), key=lambda strip: strip.y())
    return [strip.accessibleName() for strip in order]


def test_while_all_is_well_there_is_no_banner(qtbot, day):
    banner = Banner(TR, lambda: day.now)
    qtbot.addWidget(banner)

    banner.take(day.told)
    banner.show_overview(own_line(""))

    assert banner.isHidden()
    assert banner.strips == {}


def test_an_incident_has_a_line_with_its_title_its_age_and_why(banner, morning):
    morning.wait(14 * MINUTE)
    banner.show_all()

    (line,) = said(banner)
    assert line == (
        "Facebook, WhatsApp, Messenger and Instagram are down, 14 min, "
        "Most of them: the name servers of their operator (Meta: a–\N{WORD JOINER}d.ns.facebook.com) do not answer."
    )


def test_two_are_told_and_how_many_more(banner, morning):
    for n, service_id in enumerate(("telegram", "signal", "bank")):
        morning.at(f"16:{n * 20}:10" if n else "16:00:10")
        morning.down(service_id, reason=Reason.CONNECT_TIMEOUT)
    banner.show_all()

    assert [text.split(",")[0] for text in said(banner)] == ["Facebook", "Telegram is down", "and 2 more incidents"]
    assert banner.strips[MORE].told.mark is Verdict.DOWN


def test_its_age_grows(banner, morning, qtbot):
    banner.show_all()
    morning.wait(20 * MINUTE)

    qtbot.waitUntil(lambda: "20 min" in said(banner)[0])


def test_that_it_is_over_is_said_for_a_minute(banner, morning, qtbot):
    banner.show_all()
    morning.at("22:46:10")
    morning.up(*(service.id for service in morning.services))
    banner.take(morning.told)

    assert said(banner) == ["Facebook, WhatsApp, Messenger and Instagram are up again after 7 h 6 min"]
    morning.wait(MINUTE)
    qtbot.waitUntil(banner.isHidden)
    assert banner.strips == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_line_leads_to_its_incident_by_the_keyboard(banner, morning, qtbot, key):
    banner.show_all()

    with qtbot.waitSignal(banner.incident_wished) as told:
        qtbot.keyClick(banner.strips[morning.last.id], key)

    assert told.args == [morning.last.id]


def test_a_line_leads_to_its_incident_by_a_click(banner, morning, qtbot):
    banner.show_all()

    with qtbot.waitSignal(banner.incident_wished) as told:
        qtbot.mouseClick(banner.strips[morning.last.id], Qt.MouseButton.LeftButton)

    assert told.args == [morning.last.id]


def test_the_number_of_the_rest_leads_to_all(banner, morning, qtbot):
    for service_id in ("telegram", "bank"):
        morning.wait(20 * MINUTE)
        morning.down(service_id, reason=Reason.CONNECT_TIMEOUT)
    banner.show_all()

    with qtbot.waitSignal(banner.incident_wished) as told:
        banner.strips[MORE].click()

    assert told.args == [""]


def test_our_own_connection_comes_first_and_leads_nowhere(banner):
    banner.show_all()
    banner.show_overview(own_line("Your own connection is down"))
    QApplication.processEvents()

    assert said(banner)[0] == "Your own connection is down"
    assert banner.strips[OWN_LINE] not in reachable(banner)
    banner.show_overview(own_line("Nothing answers by IPv6", Verdict.DOWN))
    assert banner.strips[OWN_LINE].told == Told(Verdict.DEGRADED, "Nothing answers by IPv6")
    banner.show_overview(own_line(""))
    assert OWN_LINE not in banner.strips


def test_what_went_on_before_the_start_is_told(banner, morning):
    banner.meet(morning.open)

    assert not banner.isHidden()


def test_every_line_has_a_name_and_says_what_it_is_for(banner):
    banner.show_all()
    banner.show_overview(own_line("Your own connection is down"))

    assert unnamed(banner) == []
    assert undescribed(banner) == []


def strip(qtbot, told, *, hint="More", width=700):
    made = Strip(told, hint)
    qtbot.addWidget(made)
    made.resize(width, made.sizeHint().height())
    made.show()
    return made


def test_nothing_remote_is_markup(qtbot):
    made = strip(qtbot, Told(Verdict.DOWN, "<b>Shop</b>", "<b>Shop</b>"))
    shown = QTextDocument()
    shown.setHtml(made.toolTip())

    assert shown.toPlainText().splitlines()[-1] == "More"
    assert shown.toPlainText().count("<b>Shop</b>") == 2


def test_a_line_is_painted_from_right_to_left_too(qtbot, palette):
    made = strip(qtbot, Told(Verdict.DOWN, "Shop is down", "Its addresses do not answer.", "3 min"))
    made.setPalette(palette)
    plain = made.grab().toImage()

    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = made.grab().toImage()

    assert different(plain, mirrored) > 100
    assert mirrored.pixelColor(made.width() - 2, 5) == plain.pixelColor(1, 5)


def test_where_there_is_little_room_it_is_not_said_why(qtbot):
    told = Told(Verdict.DOWN, "Facebook and WhatsApp are down", "Their name servers do not answer.", "3 min")
    wide, narrow = strip(qtbot, told), strip(qtbot, told, width=180)
    silent = Told(told.mark, told.title, "", told.age)

    assert different(wide.grab().toImage(), strip(qtbot, silent).grab().toImage()) > 100
    assert different(narrow.grab().toImage(), strip(qtbot, silent, width=180).grab().toImage()) == 0


def test_what_can_be_pressed_shows_it(qtbot):
    made = strip(qtbot, Told(Verdict.DOWN, "Shop is down"))
    at_rest = made.grab().toImage()

    qtbot.mouseMove(made, QPoint(50, 5))
    qtbot.waitUntil(made.underMouse)
    pointed_at = made.grab().toImage()
    assert pointed_at.pixelColor(300, 3) != at_rest.pixelColor(300, 3)
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    assert made.grab().toImage().pixelColor(300, 1) != QColor(at_rest.pixelColor(300, 1))


def test_other_keys_do_nothing(qtbot):
    made = strip(qtbot, Told(Verdict.DOWN, "Shop is down"))

    with qtbot.assertNotEmitted(made.clicked):
        qtbot.keyClick(made, Qt.Key.Key_A)


def test_another_palette_is_taken_over(qtbot, program):
    made = strip(qtbot, Told(Verdict.DOWN, "Shop is down"))
    light = made.grab().toImage()

    program.setPalette(PALETTES["dark"])
    QApplication.processEvents()

    assert different(light, made.grab().toImage()) > 1000
