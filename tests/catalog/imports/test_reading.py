import json
from datetime import timedelta

import pytest

from manara.catalog.imports import ImportCancelled, ImportRefused, Kind, Standing, kind_words, read_import, reading
from manara.catalog.imports.detection import kind_of_document
from manara.catalog.imports.preview import Why
from manara.catalog.imports.sentences import _SENTENCES
from manara.model import CheckDefaults, Service
from manara.probes import CHECK_TYPES
from manara.probes.http import HttpCheck
from manara.probes.ping import PingCheck
from manara.settings import Settings, SettingsFile, SettingsNotWritten
from manara.wording import Translator


def kuma(*monitors):
    return json.dumps({"monitorList": list(monitors)})


def monitor(number, name, url="https://a.example/", **more):
    return {"id": number, "name": name, "type": "http", "url": url, **more}


@pytest.fixture
def file(tmp_path, catalogue):
    return SettingsFile(tmp_path / "settings.toml", CHECK_TYPES, catalogue)


def test_every_reason_and_every_kind_has_its_words():
    assert set(_SENTENCES) == set(Why)
    assert all(kind_words(Translator(), kind) for kind in Kind)


def test_an_import_is_written_at_once_and_a_second_one_adds_nothing(read, files, file):
    file.add_services(read(files / "kuma-1.23.json").preview.tables)
    first = file.path.read_bytes()

    again = read(files / "kuma-1.23.json", file.load()).preview

    assert {candidate.standing for candidate in again.services} == {Standing.KNOWN}
    file.add_services(again.tables)
    assert file.path.read_bytes() == first


@pytest.mark.parametrize("name", ["gatus.yaml", "upptimerc.yml", "prometheus/prometheus.yml", "services.csv"])
def test_every_format_is_imported_once(read, files, file, name):
    first = read(files / name).preview

    written = file.add_services(first.tables)
    again = read(files / name, file.load()).preview

    assert written == tuple(candidate.service for candidate in first.new)
    assert again.new == ()


def test_a_service_of_another_name_that_looks_at_the_same_is_known(read):
    mine = Settings(services=(Service("mine", "Mine", (HttpCheck(url="HTTPS://A.example"),)),))

    found = read(kuma(monitor(1, "Theirs")), mine)

    assert (found.preview.new, found.by_name["Theirs"].known_as) == ((), "mine")


def test_two_services_that_look_at_one_place_stay_two(read, file):
    text = kuma(monitor(1, "One"), monitor(2, "Two"), monitor(3, "Two"))

    first = read(text).preview
    file.add_services(first.tables)
    again = read(kuma(monitor(2, "Two"), monitor(1, "One"), monitor(4, "Three")), file.load()).preview

    assert [candidate.standing for candidate in first.services] == [Standing.NEW, Standing.NEW, Standing.REPEATED]
    assert [(each.standing, each.known_as) for each in again.services] == [
        (Standing.KNOWN, "two"),
        (Standing.KNOWN, "one"),
        (Standing.NEW, ""),
    ]


def test_ids_and_names_of_secrets_are_not_those_of_others(read):
    taken = HttpCheck(url="https://x.example/", bearer="env:MANARA_A_2_TOKEN", headers=(("X", "env:Y"),))
    mine = Settings(services=(Service("a", "A", (taken,)), Service("p", "P", (PingCheck(host="p.example"),))))
    headers = '{"Authorization": "Bearer x"}'

    found = read(
        kuma(monitor(1, "A", "https://b.example/", headers=headers), monitor(2, "!!", "https://c.example/")), mine
    )

    assert found.table("A")["id"] == "a-2"
    assert found.check("A")["bearer"] == "env:MANARA_A_2_TOKEN_2"
    assert found.table("!!")["id"] == "service"


def test_the_same_id_may_be_long(read):
    found = read(kuma(monitor(1, "x" * 200, "https://a.example/"), monitor(2, "x" * 200, "https://b.example/")))

    ids = [candidate.service.id for candidate in found.preview.services]
    assert [len(each) for each in ids] == [100, 100]
    assert ids[1].endswith("-2")


def test_what_a_file_does_not_say_is_as_the_settings_have_it(read):
    mine = Settings(checks=CheckDefaults(interval=timedelta(minutes=5)))

    found = read("https://a.example/\n", mine)

    assert found.preview.services[0].service.checks[0].interval == timedelta(minutes=5)
    assert found.check("a.example") == {"type": "http", "url": "https://a.example/"}


def test_basic_credentials_in_a_header_are_taken_apart(read):
    basic = "Basic " + "bWU6dmVyeXNlY3JldA=="
    odd = "Basic " + "bm9jb2xvbg=="
    headers = [json.dumps({"Authorization": value}) for value in (basic, odd, "Basic %", "$WHOLE", "env:MINE")]

    found = read(kuma(*(monitor(n, f"{n}", f"https://h{n}.example/", headers=h) for n, h in enumerate(headers))))

    assert (found.check("0")["username"], found.check("0")["password"]) == ("me", "env:MANARA_0_PASSWORD")
    assert found.check("1")["headers"] == {"Authorization": "env:MANARA_1_AUTHORIZATION"}
    assert found.check("2")["headers"] == {"Authorization": "env:MANARA_2_AUTHORIZATION"}
    assert found.check("3")["headers"] == {"Authorization": "env:WHOLE"}
    assert found.check("4")["headers"] == {"Authorization": "env:MINE"}


def test_headers_that_cannot_be_sent_are_left_out(read):
    headers = json.dumps({"Bad Name": "x", "Accept": "line\nbreak", "Host": "x.example", "Content-Length": "5"})

    found = read(kuma(monitor(1, "A", headers=headers)))

    assert found.check("A")["headers"] == {"Host": "x.example"}
    assert len([note for note in found.notes("A") if note.startswith("headers is left out")]) == 3


def test_progress_goes_from_nothing_to_all_and_can_be_stopped(into):
    text = kuma(*(monitor(n, f"S{n}", f"https://s{n}.example/") for n in range(200)))
    told = []

    read_import(text, into(), on_progress=lambda done, total: told.append((done, total)))

    assert told[0] == (0, 1)
    assert told[-1] == (200, 200)
    assert len(told) >= 5
    with pytest.raises(ImportCancelled):
        read_import(text, into(), cancelled=lambda: True)


def test_more_services_than_anybody_has_are_refused(into, monkeypatch):
    monkeypatch.setattr(reading, "MOST_SERVICES", 2)

    with pytest.raises(ImportRefused, match="more than 2 services"):
        read_import("a.example\nb.example\nc.example\n", into())


def test_settings_that_cannot_be_written_lose_nothing(read, catalogue):
    file = SettingsFile("/proc/nowhere/settings.toml", CHECK_TYPES, catalogue)
    preview = read("https://a.example/\n").preview

    with pytest.raises(SettingsNotWritten, match="cannot be written"):
        file.add_services(preview.tables)


def test_a_sentence_is_told_in_the_readers_language():
    class Shouting(Translator):
        def __call__(self, text):
            return text.upper().replace("{FILE}", "{file}")

    refused = ImportRefused("{file} is not text.", file="a\nb")

    assert (str(refused), refused.sentence(Shouting())) == ("a b is not text.", "a b IS NOT TEXT.")


@pytest.mark.parametrize("document", [None, "x", 5, {}, {"a": 1}, [], [1], [{"a": 1}]])
def test_what_is_no_known_document_has_no_kind(document):
    assert kind_of_document(document) is None
