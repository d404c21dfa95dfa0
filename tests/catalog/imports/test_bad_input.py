"""Files that nobody should have to fear: each is refused with one clear sentence, and nothing is written."""

import io
import json
import os
from pathlib import PosixPath

import pytest

from manara.catalog.imports import ImportRefused, Kind, Why
from manara.catalog.imports.kuma_database import drafts_of_database
from manara.catalog.imports.source import MAX_BYTES, text_of
from manara.catalog.imports.steps import Steps
from manara.catalog.imports.yaml_text import MAX_CHARACTERS, read_yaml


def refusal(read, source, **options):
    with pytest.raises(ImportRefused) as refused:
        read(source, **options)
    sentence = str(refused.value)
    assert sentence[0].isalpha() or sentence[0] == "."
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_file_of_200_mb_is_refused_before_it_is_read(read, tmp_path):
    path = tmp_path / "gatus.yaml"
    with path.open("wb") as file:
        file.write(b"endpoints:\n")
        file.truncate(200_000_000)

    assert refusal(read, path) == "gatus.yaml is larger than 32 MiB, so it is not read."


def test_a_text_that_is_too_long_is_refused(read):
    assert refusal(read, "#" * (MAX_BYTES + 1)) == "text is larger than 32 MiB, so it is not read."
    assert refusal(read, "endpoints: []\n#" + "x" * MAX_CHARACTERS) == (
        "text is larger than 8 MiB of YAML, so it is not read."
    )


@pytest.mark.parametrize("nested", ["[" * 100_000, "a: " + "[" * 60 + "]" * 60, "- " * 60 + "x"])
def test_deeply_nested_yaml_is_refused(read, nested):
    sentence = refusal(read, f"endpoints:\n  {nested}\n")

    assert "nested too deeply" in sentence or "not YAML" in sentence


def test_a_bomb_of_aliases_is_refused(read):
    layers = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))

    sentence = refusal(read, f"l0: &l0 [lol]\n{layers}\nendpoints: *l11\n")

    assert sentence == "text grows too large by its aliases, so it is not read."


def test_a_bomb_of_merges_is_refused(read):
    layers = "\n".join(f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 12))

    assert "aliases" in refusal(read, f"m0: &m0 {{a: b}}\n{layers}\nendpoints: []\n")


def test_an_alias_within_itself_is_refused(read):
    assert refusal(read, "endpoints: &a [*a]\n") == "text has an alias within itself, so it is not read."


def test_anchors_that_are_used_as_they_should_be_are_read():
    assert read_yaml("a: &x 1\nb: *x\nc: &y {d: *x}\ne: {<<: *y, f: off}\n", "x") == {
        "a": 1,
        "b": 1,
        "c": {"d": 1},
        "e": {"d": 1, "f": "off"},
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [("no", "no"), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"), ("010", "010"), ("true", True), ("~", None),
     ("1.5", 1.5), ("1e3", 1000.0), ("-7", -7), ("0x1F", "0x1F")],
)  # fmt: skip
def test_scalars_are_what_the_programs_of_these_files_take_them_for(text, value):
    assert read_yaml(f"a: {text}\n", "x") == {"a": value}


@pytest.mark.parametrize(
    "text",
    [
        "endpoints: [\n",
        "endpoints: *nowhere\n",
        "endpoints: []\n---\nendpoints: []\n",
        "endpoints: !!python/object/apply:os.system [true]\n",
        "endpoints: []\n? [a]\n: b\n? {c: d}\n: e\n",
        "endpoints: \x01\n",
        "endpoints: !!int x\n",
    ],
)
def test_broken_yaml_is_refused(read, text):
    assert "is not YAML" in refusal(read, text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"monitorList": [', "is not JSON: Expecting value, in line 1"),
        ('{"a":\n\n}', "in line 3"),
        ('{"a": ' + "[" * 200_000, "is nested too deeply"),
        ('{"a": ' + "9" * 5_000 + "}", "has a number with too many digits"),
        ('{"services": []}', "is none of the files that can be imported"),
        ('[{"a": 1}]', "is none of the files that can be imported"),
        ("[]", "is none of the files that can be imported"),
        ("[[services]]\nname = ", "is not TOML"),
        ("[[services]]\na = " + "[" * 100_000, "is nested too deeply"),
        ("[[services]]\na = " + "9" * 5_000, "has a number with too many digits"),
    ],
)
def test_broken_and_unknown_files_are_refused(read, text, part):
    assert part in refusal(read, text)


def test_what_is_no_file_is_refused(read, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").write_bytes(b"https://a.example/\0")
    (tmp_path / "latin").write_bytes("https://bücher.example/".encode("latin-1"))

    assert refusal(read, tmp_path / "missing") == "missing cannot be read: No such file or directory."
    assert refusal(read, tmp_path / "pipe") == "pipe is not a file."
    assert refusal(read, tmp_path / "zero") == "zero is not text."
    assert refusal(read, tmp_path / "latin") == "latin is not text in UTF-8; save it in this encoding."
    assert (
        refusal(read, tmp_path / "no\0name")
        == "no\N{REPLACEMENT CHARACTER}name cannot be read: no file can have this name."
    )


def test_a_file_that_cannot_be_opened_is_refused(read):
    # Its size is told, its content is not.
    assert "cannot be read" in refusal(read, _Unreadable())
    with pytest.raises(ImportRefused, match="mem cannot be read: Permission denied"):
        text_of(_Unreadable())
    with pytest.raises(ImportRefused, match="mem cannot be copied: Permission denied"):
        drafts_of_database(_Unreadable(), Steps())


def test_a_file_that_is_larger_than_it_says_is_refused(read):
    with pytest.raises(ImportRefused, match="is larger than 32 MiB"):
        text_of(_Growing())


class _Unreadable(PosixPath):
    def __new__(cls):
        return super().__new__(cls, "/proc/self/mem")

    def open(self, *arguments, **options):
        raise PermissionError(13, "Permission denied")


class _Growing(_Unreadable):
    def open(self, *arguments, **options):
        return io.BytesIO(b"#" * (MAX_BYTES + 1))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_the_byte_order_are_understood(read, tmp_path, encoding):
    path = tmp_path / "list"
    path.write_bytes("https://bücher.example/\r\n".encode(encoding))

    assert read(path).names == ["bücher.example"]


def test_a_kind_that_the_file_is_not_is_refused(read, tmp_path):
    assert "is none of the files" in refusal(read, '{"monitorList": []}', kind=Kind.GATUS)
    assert "is none of the files" in refusal(read, "hello\n", kind=Kind.UPTIME_KUMA)


def test_a_folder_with_too_many_files_is_refused(read, tmp_path):
    for number in range(501):
        (tmp_path / f"{number}.yml").write_text("endpoints: []\n")

    assert "has more than 500 YAML files" in refusal(read, tmp_path)


NAMES = ["bell\a and\nline", "\u202edlrow", "x" * 500, " ", "نادي", "e\u0301\U0001f600", "<b>bold</b>", "\0"]


def test_names_with_control_characters_are_made_showable_and_unique(read):
    monitors = [{"id": n, "name": name, "type": "ping", "hostname": f"h{n}.example"} for n, name in enumerate(NAMES)]

    found = read(json.dumps({"monitorList": monitors}))

    names = found.names
    assert all((name and name.isprintable()) or "\u0301" in name for name in names)
    assert names[:2] == ["bell\N{REPLACEMENT CHARACTER} and line", "dlrow"]
    assert (len(names[2]), names[3], names[4]) == (300, "h3.example", "نادي")
    changed = [candidate.source for candidate in found.preview.services if _is_changed(candidate)]
    assert changed == ["monitor 0", "monitor 1", "monitor 2", "monitor 7"]


def _is_changed(candidate):
    return any(note.why is Why.NAME_CHANGED for note in candidate.notes)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "https://a b.example/", "http://[broken", "", "ftp://a.example"],
)
def test_addresses_that_cannot_be_looked_at_come_over_paused(read, url):
    found = read(json.dumps({"monitorList": [{"id": 1, "name": "A", "type": "http", "url": url}]}))

    assert found.table("A")["paused"] is True
    assert found.table("A")["note"].startswith("Its address cannot be looked at: ")


@pytest.mark.parametrize("url", ["https://مثال.إختبار/", "https://bücher.example", "http://例え。jp/パス"])
def test_internationalised_names_come_over_as_they_are(read, url):
    found = read(json.dumps({"monitorList": [{"id": 1, "name": "A", "type": "http", "url": url}]}))

    assert found.check("A")["url"] == url
    assert "paused" not in found.table("A")
