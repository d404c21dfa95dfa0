from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manara.model import SettingsInvalid
from manara.settings import (
    AddServices,
    ChangedMeanwhile,
    ChangeServices,
    RemoveServices,
    ReplaceService,
    SetOptions,
    UnknownService,
)
from settings.lamps import settings_file

_TEXT = """\
# Mine.

[checks]
confirm = 4  # patient

# The first.
[[services]]
name = "A"  # one
[[services.checks]]
type = "lamp"
place = "cape"

# The second.
[[services]]
name = "B"
[[services.checks]]
type = "buoy"
# still b

# The third.
[[services]]
name = "C"
[[services.checks]]
type = "buoy"
"""
BUOY = {"type": "buoy"}
CHANGES = [
    AddServices(({"name": "New", "checks": [BUOY]},)),
    RemoveServices(("a",)),
    RemoveServices(("b",)),
    RemoveServices(("c",)),
    RemoveServices(("a", "c")),
    RemoveServices(("a", "b", "c")),
    ChangeServices(("a", "b"), {"group": "Sea", "checks.interval": "5m"}),
    ReplaceService("b", {"name": "B", "checks": [{"type": "lamp", "place": "x"}]}, {"name": "B", "checks": [BUOY]}),
    SetOptions("checks", {"confirm": None, "recover": 2}),
    SetOptions("network", {"proxy": "http://x.example:1"}),
]


@pytest.fixture
def file(tmp_path):
    return settings_file(tmp_path, _TEXT)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_back_leaves_no_trace(file, change):
    undo = file.apply(change)
    changed = file.path.read_text()

    file.undo(undo)

    assert changed != _TEXT
    assert file.path.read_text() == _TEXT


def test_a_change_of_a_file_that_was_not_there_is_taken_back(tmp_path):
    file = settings_file(tmp_path)

    file.undo(file.apply(CHANGES[0]))

    assert file.path.read_text() == ""
    assert not file.load().chosen


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_edited_elsewhere_since_stays(file, change):
    undo = file.apply(change)
    file.path.write_text(f"# Begun.\n{file.path.read_text()}\n[history]\nkeep_looks = 9  # days\n")

    file.undo(undo)

    assert file.path.read_text() == f"# Begun.\n{_TEXT}\n[history]\nkeep_looks = 9  # days\n"


def test_a_removed_service_comes_back_between_others_that_were_edited_since(file):
    undo = file.apply(RemoveServices(("b",)))
    edited = file.path.read_text().replace("# one", "# 1").replace('name = "C"', 'name = "C"\ngroup = "x"')
    file.path.write_text(edited)

    file.undo(undo)

    assert file.path.read_text() == _TEXT.replace("# one", "# 1").replace('name = "C"', 'name = "C"\ngroup = "x"')


def test_another_option_of_the_same_section_stays(file):
    undo = file.apply(SetOptions("checks", {"confirm": 5}))
    file.apply(SetOptions("checks", {"recover": 7}))

    file.undo(undo)

    assert file.path.read_text() == _TEXT.replace("# patient\n", "# patient\nrecover = 7\n")


@pytest.mark.parametrize(
    ("change", "by_hand"),
    [
        (ChangeServices(("a",), {"group": "Sea"}), ('"Sea"', '"Lake"')),
        (ChangeServices(("a",), {"group": "Sea"}), ('"cape"', '"dune"')),
        (
            ChangeServices(("b",), {"group": "Sea"}),
            ('[[services]]\nname = "B"\ngroup = "Sea"\n', '[[services]]\nname = "D"\n'),
        ),
        (SetOptions("checks", {"confirm": 5}), ("confirm = 5", "confirm = 6")),
        (AddServices(({"name": "New", "checks": [BUOY]},)), ('"New"', '"Newer"')),
        (RemoveServices(("a",)), ('name = "C"', 'name = "A"')),
    ],
)
def test_what_was_changed_again_since_is_not_undone(file, change, by_hand):
    undo = file.apply(change)
    edited = file.path.read_text().replace(*by_hand)
    file.path.write_text(edited)

    with pytest.raises(ChangedMeanwhile, match="cannot be undone"):
        file.undo(undo)

    assert file.path.read_text() == edited


def test_the_starter_set_does_not_come_back_over_what_was_added_since(tmp_path):
    file = settings_file(tmp_path, "# Mine.\n")
    undo = file.apply(CHANGES[0])
    file.apply(AddServices(({"name": "More", "checks": [BUOY]},)))

    with pytest.raises(ChangedMeanwhile):
        file.undo(undo)


def test_what_is_undone_twice_is_told(file):
    undo = file.apply(RemoveServices(("a",)))
    file.undo(undo)

    with pytest.raises(ChangedMeanwhile):
        file.undo(undo)

    assert file.path.read_text() == _TEXT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(CHANGES), max_size=5))
def test_changes_that_are_taken_back_one_by_one_leave_no_trace(tmp_path, changes):
    file = settings_file(tmp_path, _TEXT)
    undos = []
    for change in changes:
        # A service may be gone, or be there already.
        with suppress(UnknownService, ChangedMeanwhile, SettingsInvalid):
            undos.append(file.apply(change))

    for undo in reversed(undos):
        file.undo(undo)

    assert file.path.read_text() == _TEXT
