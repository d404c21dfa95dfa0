from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject, Qt

from fakes.recorded import NOW, dns_dead, up
from manara.model import Conclusion, Confidence, Diagnosis, Layer, Reason, ServiceState, Step, StepKind
from manara.ui.why_page import Explaining, WhyPage
from manara.wording import Translator

TR = Translator()
STEPS = (
    Step(StepKind.LINE, Layer.LINK, "online"),
    Step(StepKind.NAME_SERVER, Layer.DNS, "a.ns.x.org (192.0.2.1)", Reason.DNS_TIMEOUT, "", 1_200.0),
)
FOUND = Diagnosis("a", 0, NOW, Conclusion.NAME_SERVERS_SILENT, Confidence.CERTAIN, STEPS, ("a.ns.x.org",))


@pytest.fixture
def why(qtbot):
    made = WhyPage(TR)
    qtbot.addWidget(made)
    made.show()
    return made


def rows(why):
    items = [why.rows.topLevelItem(row) for row in range(why.rows.topLevelItemCount())]
    clean = str.maketrans("", "", "\u2068\u2069\u200b\u2066")
    return [tuple(item.text(column).translate(clean) for column in range(3)) for item in items]


def test_the_conclusion_stands_above_its_evidence(why):
    why.show_state(ServiceState("a", diagnosis=FOUND), NOW)

    assert rows(why) == [
        ("", "", "The name servers of its operator (a.ns.x.org) do not answer"),
        ("", "", "It is them: your connection is fine"),
        ("", "", "found out at 15:52:10"),
        ("Network", "", "Your own connection works"),
        ("DNS", "1.2 s", "a.ns.x.org (192.0.2.1) · name server of its operator: no answer"),
    ]


def test_a_failed_step_is_told_to_screen_readers(why):
    why.show_state(ServiceState("a", diagnosis=FOUND), NOW)

    told = why.rows.topLevelItem(4).data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "DNS: Down, 1.2 s, a.ns.x.org (192.0.2.1) · name server of its operator: no answer"


def test_where_nothing_is_known_that_is_said(why):
    why.show_state(dns_dead(), NOW)

    assert rows(why) == [("", "", "There is nothing to explain, or it was not looked into yet.")]


def test_trouble_that_has_passed_blames_nobody(why):
    passed = Diagnosis("a", 0, NOW, Conclusion.PASSED, Confidence.LIKELY)

    why.show_state(ServiceState("a", diagnosis=passed), NOW)

    assert [text for _, _, text in rows(why)] == [
        "When it was looked into, all was well again",
        "found out at 15:52:10",
    ]


def test_where_all_is_well_there_is_nothing_to_find_out(why):
    why.show_state(up(), NOW)

    assert not why.button.isEnabled()
    why.show_state(dns_dead(), NOW)
    assert why.button.isEnabled()


class Monitor:
    """Explains when the test says so."""

    def __init__(self):
        self.asked = []

    def explain(self, service_id):
        future = Future()
        self.asked.append((service_id, future))
        return future


@pytest.fixture
def monitor():
    return Monitor()


@pytest.fixture
def shown():
    return ["shop"]


@pytest.fixture
def explaining(qtbot, why, monitor, shown):
    owner = QObject()
    made = Explaining(monitor.explain, why, lambda: shown[0], owner)
    yield made
    made.close()


@pytest.mark.usefixtures("explaining")
def test_the_button_asks_why_and_rests_until_the_answer_is_there(qtbot, why, monitor):
    why.button.click()

    ((service_id, future),) = monitor.asked
    assert (service_id, why.button.isEnabled(), why.button.text()) == ("shop", False, "Finding out …")
    future.set_result(FOUND)
    qtbot.waitUntil(why.button.isEnabled)
    assert why.button.text() == "Explain now"


@pytest.mark.usefixtures("explaining")
@pytest.mark.parametrize("how", ["failed", "cancelled"])
def test_an_answer_that_never_comes_gives_the_button_back(qtbot, why, monitor, how):
    why.button.click()

    future = monitor.asked[0][1]
    if how == "failed":
        future.set_exception(OSError("gone"))
    else:
        future.cancel()
    qtbot.waitUntil(why.button.isEnabled)


@pytest.mark.usefixtures("explaining")
def test_without_a_service_nothing_is_asked(why, monitor, shown):
    shown[0] = ""

    why.button.click()

    assert monitor.asked == []
