import pytest

from fakes.recorded import NOW
from manara.model import NotObserved, ServicesChanged, SettingsRefused
from manara.ui.plain import bare
from manara.ui.refused_bar import RefusedBar, refused_text
from manara.wording import Translator

WELL = ServicesChanged(NOW, (), ())


@pytest.fixture
def bar(qtbot):
    shown = RefusedBar(Translator())
    qtbot.addWidget(shown)
    return shown


def refused(*problems):
    return SettingsRefused(NOW, problems)


def said(bar):
    return bare(bar.message.text.text())


def test_without_problems_there_is_no_bar(bar):
    bar.take([WELL, NotObserved(NOW, NOW)])

    assert not bar.isVisible()


def test_problems_are_told_until_the_settings_are_read_again(bar):
    bar.take([WELL, refused("line 3, services[0]: It is wrong.")])
    assert bar.isVisible()
    assert said(bar).endswith("\n• line 3, services[0]: It is wrong.")

    bar.take([refused("line 4, services[0]: This too.")])
    assert said(bar).endswith("\n• line 4, services[0]: This too.")

    bar.take([WELL])
    assert not bar.isVisible()
    assert bar.problems == ()


def test_what_is_told_once_more_is_not_announced_again(bar):
    bar.take([refused("It is wrong.")])
    bar.message.clear()

    bar.take([WELL, refused("It is wrong.")])

    assert not bar.message.isVisible()


def test_of_many_problems_the_first_are_told_and_the_number_of_the_others():
    lines = refused_text(Translator(), [f"problem {n}" for n in range(5)]).splitlines()

    assert lines[1:] == ["• problem 0", "• problem 1", "• problem 2", "and 2 more"]


def test_a_problem_is_plain_text_on_one_line(bar):
    bar.take([refused("<b>bold</b>\x1b[31m\nred\u202e")])

    assert said(bar).splitlines()[1] == "• <b>bold</b>\N{REPLACEMENT CHARACTER}[31m red"
