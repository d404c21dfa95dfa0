"""Many services at once, as an import brings them: all or none."""

import pytest

from manara.model import SettingsInvalid
from manara.settings import SettingsNotWritten
from settings.lamps import settings_file

_MINE = """\
# Mine.
[checks]
confirm = 1  # once

[[services]]
name = "First"
[[services.checks]]
type = "lamp"
place = "x"
"""


def lamp(number, **more):
    return {"id": f"lamp-{number}", "name": f"Lamp {number}", "checks": [{"type": "lamp", "place": "x", **more}]}


def test_they_are_written_behind_what_people_wrote(tmp_path):
    file = settings_file(tmp_path, _MINE)

    added = file.add_services([lamp(number) for number in range(300)])

    assert [service.id for service in added] == [f"lamp-{number}" for number in range(300)]
    assert file.path.read_text().startswith(_MINE)
    assert file.load().services[1:] == added
    assert file.backup.read_text() == _MINE


def test_one_that_cannot_be_stops_them_all(tmp_path):
    file = settings_file(tmp_path, _MINE)

    with pytest.raises(SettingsInvalid):
        file.add_services([lamp(1), lamp(2, port=0), lamp(1)])

    assert file.path.read_text() == _MINE


def test_none_are_written_where_there_are_none(tmp_path):
    file = settings_file(tmp_path, _MINE)

    assert file.add_services([]) == ()
    assert not file.backup.exists()


def test_more_than_would_be_read_again_are_not_written(tmp_path):
    file = settings_file(tmp_path, _MINE)
    tables = [lamp(number, key="x" * 4_000) for number in range(1_100)]

    with pytest.raises(SettingsNotWritten, match="larger than 4 MiB"):
        file.add_services(tables)

    assert file.path.read_text() == _MINE


def test_a_plain_list_of_services_takes_them_too(tmp_path):
    file = settings_file(tmp_path, "services = []  # none yet\n")

    added = file.add_services([lamp(1), lamp(2)])

    assert file.load().services == added
    assert "# none yet" in file.path.read_text()
