import json

import pytest

from fakes.terminal import pipe
from manara.catalog.imports import Into, read_import
from manara.cli.arguments import parse
from manara.cli.exits import Refused
from manara.cli.imports import run_import
from manara.settings import SettingsNotWritten
from manara.wording import Translator

TR = Translator()
GATUS = """\
endpoints:
  - name: Shop
    group: Work
    url: https://shop.example/
    headers: {X-Key: abc}
    conditions: ["[STATUS] == 200", "[DOMAIN_EXPIRATION] > 720h"]
  - {name: Deploy, url: "ssh://build.example"}
"""


@pytest.fixture
def importing(file, catalogue):
    """Runs `manara services import …` on a text and returns what it printed."""

    def run(text, *typed, into=None):
        out = pipe()
        arguments = parse(["services", "import", "-", *typed])
        read = lambda: read_import(text, Into(settings=file.load(), catalogue=catalogue, tr=TR))  # noqa: E731
        assert run_import(arguments, read, into or file, tr=TR, out=out) == 0
        return out.file.getvalue()

    return run


def test_what_is_new_is_shown_with_what_does_not_come_over_and_written(importing, file):
    said = importing(GATUS)

    assert said.splitlines() == [
        "configuration of Gatus: 2 new, 1 of them paused",
        "  new     Shop    http https://shop.example/",
        "      “[STATUS] == 200” becomes accept 200.",
        "      Not translated: condition [DOMAIN_EXPIRATION] > 720h (when a domain ends is not looked up).",
        "      Set the environment variable MANARA_SHOP_X_KEY to its X-Key; settings hold no secrets.",
        "  paused  Deploy  tcp build.example:22",
        "      Manara has no check of the type “ssh”.",
        "",
        "Added 2 services.",
    ]
    assert [service.name for service in file.load().services] == ["Shop", "Deploy"]
    assert "abc" not in file.path.read_text()


def test_what_has_nothing_to_look_at_does_not_show_its_stand_in(importing):
    said = importing("external-endpoints:\n- name: Nightly\n", "--dry-run")

    assert said.splitlines()[1] == "  paused  Nightly  nothing yet"


def test_a_second_import_adds_nothing(importing, file):
    importing(GATUS)
    before = file.path.read_bytes()

    said = importing(GATUS)

    assert said.splitlines()[0] == "configuration of Gatus: 0 new, 2 already there"
    assert said.splitlines()[-1] == "Nothing is new, so nothing was written."
    assert file.path.read_bytes() == before


def test_a_try_writes_nothing(importing, file):
    said = importing(GATUS, "--dry-run")

    assert said.splitlines()[-1] == "Nothing was written, since this was a try."
    assert not file.path.exists()


def test_json_tells_the_same(importing, file):
    document = json.loads(importing(GATUS + "alerting: {slack: {}}\n", "--json"))

    assert document["kind"] == "gatus"
    assert document["counts"] == {"new": 2, "known": 0, "repeated": 0, "paused": 1, "left_out": 0}
    assert document["added"] == [service.id for service in file.load().services]
    assert document["services"][1]["service"]["paused"] is True
    assert document["services"][1]["notes"][0]["why"] == "unknown_type"
    assert [note["subject"] for note in document["notes"]] == ["alerting"]


def test_lines_that_are_no_address_and_repeats_are_told(importing, file):
    said = importing("https://a.example/\nhttps://a.example/\njavascript:alert(1)\n")

    assert said.splitlines()[:4] == [
        "list of addresses: 1 new, 1 twice in it, 1 left out",
        "  new               a.example  http https://a.example/",
        "  twice: a.example  a.example  http https://a.example/",
        "  line 3: javascript:alert(1): javascript: cannot be looked at.",
    ]
    assert len(file.load().services) == 1


def test_what_belongs_to_no_service_is_told(importing):
    said = importing(GATUS + 'maintenance: {start: "23:00"}\n', "--dry-run")

    assert "  Manara has no such setting: maintenance." in said.splitlines()


@pytest.mark.parametrize("text", ["", "a b c\n", "{"])
def test_a_file_without_a_service_is_refused_as_bad_input(importing, file, text):
    with pytest.raises(Refused) as refused:
        importing(text)

    assert refused.value.exit_code == 65
    assert not file.path.exists()


class _ReadOnly:
    def add_services(self, tables):
        raise SettingsNotWritten("The settings cannot be written: Read-only file system.")


def test_settings_that_cannot_be_written_are_told(importing):
    with pytest.raises(Refused) as refused:
        importing(GATUS, into=_ReadOnly())

    assert refused.value.exit_code == 78
    assert refused.value.lines == ("manara: The settings cannot be written: Read-only file system.",)


def test_what_became_a_problem_meanwhile_is_told(importing, file, catalogue):
    class Changed:
        def add_services(self, tables):
            # Somebody wrote the same service between the preview and now.
            file.add_services(tables)
            return file.add_services(tables)

    with pytest.raises(Refused) as refused:
        importing(GATUS, into=Changed())

    assert refused.value.exit_code == 65
    assert 'The id "shop" is already that of' in refused.value.lines[0]
    assert len(file.load().services) == 2
