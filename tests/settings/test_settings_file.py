import stat
import threading
from pathlib import Path

import pytest

from fakes.keeping import make_writable, small_disk, use_up
from manara.model import SettingsInvalid
from manara.settings import (
    AddServices,
    ChangeServices,
    RemoveServices,
    Settings,
    SettingsFile,
    SettingsNotWritten,
    UnknownService,
    text_of_services,
)
from settings.lamps import CATALOGUE, CHECK_TYPES, settings_file

_GOOD = '# Mine.\n\n[checks]\nconfirm = 4  # patient\n\n[[services]]\ncatalogue = "pharos"\n'
_BAD = "[checks]\nconfirm = -1\n"


def _table(service_id: str = "tower") -> dict:
    return {"id": service_id, "name": "Tower", "checks": [{"type": "lamp", "place": "cape"}]}


def _ids(file: SettingsFile) -> list[str]:
    return [service.id for service in file.load().services]


def test_without_a_file_everything_is_as_by_default(tmp_path):
    file = settings_file(tmp_path)

    assert file.load() == Settings()


def test_a_file_that_exists_is_known_to(tmp_path):
    assert settings_file(tmp_path, "").path.is_file()


def test_the_first_service_makes_the_file_and_its_folder(tmp_path):
    file = SettingsFile(tmp_path / "new" / "settings.toml", CHECK_TYPES, CATALOGUE)

    added = file.add_service(_table())

    assert file.load().services == (added,)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.path.parent.iterdir()] == ["settings.toml"]


def test_comments_and_order_survive_a_change(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    file.add_service(_table())
    longer = file.path.read_text()
    file.apply(RemoveServices(("pharos",)))

    assert longer.startswith(_GOOD)
    assert file.path.read_text().startswith("# Mine.\n\n[checks]\nconfirm = 4  # patient\n\n[[services]]\nid = ")
    assert _ids(file) == ["tower"]


def test_the_version_before_a_change_is_kept(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    file.add_service(_table())

    assert file.backup == tmp_path / "settings.toml.bak"
    assert file.backup.read_text() == _GOOD
    assert stat.S_IMODE(file.backup.stat().st_mode) == 0o600


def test_the_last_service_can_be_removed(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    file.apply(RemoveServices(("pharos",)))

    assert _ids(file) == []


def test_a_file_with_problems_is_never_changed(tmp_path):
    file = settings_file(tmp_path, _BAD)

    for change in (file.load, lambda: file.add_service(_table()), lambda: file.apply(RemoveServices(("tower",)))):
        with pytest.raises(SettingsInvalid, match=r"line 2, checks\.confirm"):
            change()

    assert file.path.read_text() == _BAD
    assert not file.backup.exists()


def test_a_service_with_problems_is_never_written(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(SettingsInvalid) as caught:
        file.add_service({**_table("pharos"), "tags": "eu"})

    # There are no lines: what has problems is not in the file.
    assert [str(problem).partition(":")[0] for problem in caught.value.problems] == ["services[1].tags", "services[1]"]
    assert file.path.read_text() == _GOOD


def test_a_text_that_no_file_can_hold_is_never_written(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(SettingsNotWritten, match="would not read back"):
        file.add_service({**_table(), "checks": [{"type": "lamp", "place": "\udcff"}]})

    assert file.path.read_text() == _GOOD


def test_a_value_that_reads_back_as_another_is_never_written(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(SettingsNotWritten, match="would not read back"):
        file.apply(ChangeServices(("pharos",), {"checks.height": float("nan")}))

    assert file.path.read_text() == _GOOD


def test_an_unknown_service_is_not_removed_but_the_nearest_named(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(UnknownService) as caught:
        file.apply(RemoveServices(("faros",)))

    assert str(caught.value) == 'The settings have no service "faros". Did you mean "pharos"?'
    assert file.path.read_text() == _GOOD


def test_a_linked_file_stays_a_link(tmp_path):
    real = tmp_path / "dotfiles" / "manara.toml"
    real.parent.mkdir()
    real.write_text(_GOOD)
    file = settings_file(tmp_path)
    file.path.symlink_to(real)

    file.add_service(_table())

    assert file.path.readlink() == real
    assert _ids(file) == ["pharos", "tower"]
    assert file.backup.parent == tmp_path
    assert list(real.parent.iterdir()) == [real]


def test_where_nothing_can_be_written_the_reason_is_told():
    file = SettingsFile(Path("/proc/manara/settings.toml"), CHECK_TYPES, CATALOGUE)

    with pytest.raises(SettingsNotWritten, match=r"The settings cannot be written: No such file or directory\."):
        file.add_service(_table())


class _Meddling(dict):
    """A table during whose writing somebody else edits the file."""

    def __init__(self, path: Path, times: int) -> None:
        super().__init__(_table())
        self._path = path
        self._times = times

    def items(self):
        if self._times:
            self._times -= 1
            self._path.write_text(self._path.read_text() + f"# edit {self._times}\n")
        return super().items()


def test_an_edit_that_comes_in_between_is_not_lost(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    file.add_service(_Meddling(file.path, times=2))

    assert _ids(file) == ["pharos", "tower"]
    assert file.path.read_text().startswith(_GOOD + "# edit 1\n# edit 0\n")


def test_a_file_that_is_edited_all_the_time_is_left_alone(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(SettingsNotWritten, match="another program changes them all the time"):
        file.add_service(_Meddling(file.path, times=100))

    assert _ids(file) == ["pharos"]


def test_services_added_at_the_same_time_are_all_kept(tmp_path):
    def add(first: int) -> None:
        file = settings_file(tmp_path)
        for number in range(first, first + 5):
            file.add_service(_table(f"tower-{number}"))

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 5, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(_ids(settings_file(tmp_path))) == sorted(f"tower-{number}" for number in range(15))


def test_a_file_that_nobody_touched_has_not_changed(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    file.load()

    assert [file.changed(), file.changed()] == [False, False]


@pytest.mark.parametrize("edited", [_GOOD + "# more\n", _BAD, None])
def test_an_edit_is_seen_once_it_has_settled(tmp_path, edited):
    file = settings_file(tmp_path, _GOOD)
    file.load()

    if edited is None:
        file.path.unlink()
    else:
        file.path.write_text(edited)

    assert [file.changed(), file.changed(), file.changed()] == [False, True, True]


def test_an_editor_that_empties_the_file_for_a_moment_is_waited_for(tmp_path):
    file = settings_file(tmp_path, _GOOD)
    file.load()

    file.path.write_text("")
    while_saving = file.changed()
    file.path.write_text(_GOOD + "# more\n")

    assert [while_saving, file.changed(), file.changed()] == [False, False, True]


def test_a_bad_edit_is_reported_once(tmp_path):
    file = settings_file(tmp_path, _BAD)

    with pytest.raises(SettingsInvalid):
        file.load()

    assert [file.changed(), file.changed()] == [False, False]


def test_services_are_paused_and_resumed_and_nothing_else_changes(tmp_path):
    file = settings_file(tmp_path, _GOOD)
    file.add_service(_table())
    before = file.path.read_text()

    file.apply(
        ChangeServices(
            (
                "pharos",
                "tower",
            ),
            {"paused": True},
        )
    )
    paused = [service.paused for service in file.load().services]
    file.apply(
        ChangeServices(
            (
                "pharos",
                "tower",
            ),
            {"paused": None},
        )
    )

    assert paused == [True, True]
    assert file.path.read_text() == before


def test_a_service_that_is_not_in_the_settings_cannot_be_paused(tmp_path):
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(UnknownService, match="pharos"):
        file.apply(ChangeServices(("faros",), {"paused": True}))


_PAUSE = ChangeServices(("pharos",), {"paused": True})


def test_a_read_only_file_is_told_and_stays_as_it_is(tmp_path):
    file = settings_file(tmp_path, _GOOD)
    file.path.chmod(0o400)

    with pytest.raises(SettingsNotWritten, match=r"The settings cannot be written: the file is read-only\."):
        file.apply(_PAUSE)

    assert file.path.read_text() == _GOOD
    assert not file.stored().writable
    assert not file.backup.exists()


def test_a_read_only_folder_is_told_and_nothing_is_lost(tmp_path):
    folder = tmp_path / "disk"
    with small_disk(folder, "1m"):
        file = settings_file(folder, _GOOD)
        make_writable(folder, writable=False)

        with pytest.raises(SettingsNotWritten, match=r"The settings cannot be written: .*"):
            file.apply(_PAUSE)

        assert file.path.read_text() == _GOOD
        assert not file.stored().writable
        make_writable(folder, writable=True)
        file.apply(_PAUSE)
        assert file.stored().writable


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path):
    with small_disk(tmp_path / "disk", "1m") as folder:
        file = settings_file(folder, _GOOD)
        use_up(folder)

        with pytest.raises(SettingsNotWritten, match=r"The settings cannot be written: No space left on device\."):
            file.apply(AddServices((_table(),)))

        assert file.path.read_text() == _GOOD
        assert sorted(path.name for path in folder.iterdir() if path.stat().st_size < 10_000) == ["settings.toml"]


class _Relinking(dict):
    """A table during whose writing somebody makes a link of the file."""

    def __init__(self, path: Path, other: Path) -> None:
        super().__init__(_table())
        self._path = path
        self._other = other

    def items(self):
        if not self._path.is_symlink():
            self._path.unlink()
            self._path.symlink_to(self._other)
        return super().items()


def test_a_file_that_becomes_a_link_meanwhile_is_not_written_over(tmp_path):
    other = tmp_path / "dotfiles.toml"
    other.write_text("# Elsewhere.\n" + _GOOD)
    file = settings_file(tmp_path, _GOOD)

    with pytest.raises(SettingsNotWritten):
        file.apply(AddServices((_Relinking(file.path, other),)))

    assert file.path.is_symlink()
    assert other.read_text() == "# Elsewhere.\n" + _GOOD


def test_where_there_is_no_file_yet_one_could_be_written(tmp_path):
    assert settings_file(tmp_path / "new" / "folder").stored().writable


def test_settings_that_would_be_larger_than_what_is_read_are_not_written(tmp_path):
    file = settings_file(tmp_path, _GOOD)
    note = "x" * 2000

    with pytest.raises(SettingsNotWritten, match="larger than 4 MiB"):
        file.apply(AddServices(tuple({**_table(f"tower-{number}"), "note": note} for number in range(2100))))

    assert file.path.read_text() == _GOOD


def test_a_file_of_thousands_of_services_is_read_once(tmp_path):
    file = settings_file(tmp_path, text_of_services([_table(f"tower-{number}") for number in range(500)]))
    before = file.load().services

    file.apply(ChangeServices(("tower-7",), {"paused": True}))
    after = file.load().services

    assert [new is old for new, old in zip(after, before, strict=True)].count(False) == 1
    assert after[7].paused
