import struct

from manara.wording import Translator, translator


def compiled(texts):
    """A gettext catalogue in its compiled form, with the two plural forms of English."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n", **texts}
    pairs = sorted((key.encode(), value.encode()) for key, value in texts.items())
    start = 28 + 16 * len(pairs)
    table, body = {0: b"", 1: b""}, b""
    for column in (0, 1):
        for pair in pairs:
            table[column] += struct.pack("<II", len(pair[column]), start + len(body))
            body += pair[column] + b"\0"
    header = struct.pack("<IIIIIII", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return header + table[0] + table[1] + body


def test_without_a_catalogue_a_text_is_itself(tmp_path):
    tr = translator(tmp_path, ["ar"])

    assert tr("Down") == "Down"
    assert tr.plural("{n} day", "{n} days", 1) == "{n} day"
    assert tr.plural("{n} day", "{n} days", 2) == "{n} days"


def test_a_catalogue_gives_the_words_and_the_plural_forms(tmp_path):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    texts = {"Down": "Ausgefallen", "{n} day\0{n} days": "{n} Tag\0{n} Tage"}
    (folder / "manara.mo").write_bytes(compiled(texts))

    tr = translator(tmp_path, ["de"])

    assert tr("Down") == "Ausgefallen"
    assert tr.plural("{n} day", "{n} days", 5) == "{n} Tage"
    assert tr("Up") == "Up"


def test_the_empty_text_is_not_the_header_of_the_catalogue():
    assert Translator()("") == ""
