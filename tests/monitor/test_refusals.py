import pytest

from manara.model import Problem, SettingsInvalid
from manara.monitor.refusals import Refusals


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text("wrong")
    return path


def invalid(path, *sentences):
    return SettingsInvalid(path, [Problem(("services", 0), sentence) for sentence in sentences])


def test_nothing_is_wrong_at_first():
    refusals = Refusals()

    assert refusals.problems == ()
    assert not refusals.other_changed()


def test_problems_of_the_other_file_say_where_it_is(own):
    refusals = Refusals(invalid(own, "It is wrong."))
    refusals.settings = invalid(own.with_name("settings.toml"), "This too.")

    assert refusals.problems == ("services[0]: This too.", f"{own}: services[0]: It is wrong.")


def test_the_other_file_is_read_again_once_after_each_edit_until_it_is_mended(own):
    answers = [invalid(own, "It is still wrong."), None]
    refusals = Refusals(invalid(own, "It is wrong."), lambda: answers.pop(0))

    assert not refusals.other_changed()
    own.write_text("still wrong")
    assert refusals.other_changed()
    assert refusals.problems == (f"{own}: services[0]: It is still wrong.",)
    assert not refusals.other_changed()
    own.unlink()
    assert refusals.other_changed()
    assert refusals.problems == ()
    assert not refusals.other_changed()


def test_a_file_that_nobody_can_read_again_stays_as_it_was_told(own):
    refusals = Refusals(invalid(own, "It is wrong."))
    own.unlink()

    assert not refusals.other_changed()
    assert refusals.problems != ()
