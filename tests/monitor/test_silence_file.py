import json
import threading
from datetime import UTC, datetime

import pytest

from manara.model import Silence
from manara.monitor.silence_file import NAME, SilenceFile

UNTIL = datetime(2021, 10, 5, 6, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    return SilenceFile(tmp_path / "data", lambda: True)


@pytest.mark.parametrize(
    "silence",
    [
        Silence(),
        Silence(frozenset({"shop", "مدونة"})),
        Silence(frozenset({"shop"}), paused=True),
        Silence(paused=True, paused_until=UNTIL),
    ],
)
def test_what_is_saved_is_loaded(file, silence):
    assert file.save(silence)

    assert file.load() == silence


def test_without_a_file_nothing_is_silent(file):
    assert file.load() == Silence()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        json.dumps({"acknowledged": 5, "paused": False, "paused_until": None}).encode(),
        json.dumps({"acknowledged": [[]], "paused": False, "paused_until": None}).encode(),
        json.dumps({"acknowledged": [], "paused": "yes", "paused_until": None}).encode(),
        json.dumps({"acknowledged": [], "paused": True, "paused_until": "soon"}).encode(),
        json.dumps({"acknowledged": [], "paused": True, "paused_until": "2021-10-05T06:00:00"}).encode(),
        json.dumps({"acknowledged": [], "paused": True, "paused_until": 7}).encode(),
    ],
)
def test_a_file_that_makes_no_sense_begins_anew(file, tmp_path, content):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / NAME).write_bytes(content)

    assert file.load() == Silence()
    assert file.save(Silence(paused=True))
    assert file.load() == Silence(paused=True)


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "data").write_text("not a folder")

    assert not SilenceFile(tmp_path / "data", lambda: True).save(Silence())


def test_a_folder_of_another_manara_is_left_alone(tmp_path):
    file = SilenceFile(tmp_path / "data", lambda: False)

    assert not file.save(Silence(paused=True))
    assert not (tmp_path / "data").exists()


def test_of_many_savers_at_once_each_leaves_a_whole_file(file):
    savers = [threading.Thread(target=file.save, args=(Silence(frozenset({f"s{number}"})),)) for number in range(8)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()

    assert len(file.load().acknowledged) == 1
