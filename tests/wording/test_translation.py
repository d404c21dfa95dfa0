import struct

from manara.wording import Translator, translator


def compiled(texts):
    """A gettext catalogue in its compiled form, with the two plural forms of English."""
    texts = {
        "": "Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        **texts,
    }
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


def unmarked(text):
    """Without the marks that only keep the order."""
    return text.replace("\N{LEFT-TO-RIGHT MARK}", "")


def test_numbers_have_arabic_digits_where_that_is_wished():
    tr = Translator(arabic_digits=True)

    assert unmarked(tr("{n} s").format(n=45)) == "٤٥ s"
    assert unmarked(tr.plural("{n} day", "{n} days", 12).format(n=12)) == "١٢ days"
    assert unmarked(tr("{0}").format(0.5)) == "٠٫٥"
    assert unmarked(tr.number("1.25")) == "١٫٢٥"
    assert unmarked(tr.number("2021-10-04 15:39:10")) == "٢٠٢١-١٠-٠٤ ١٥:٣٩:١٠"


def test_texts_that_are_put_into_a_sentence_keep_their_digits():
    tr = Translator(arabic_digits=True)

    assert tr("{host} did not answer").format(host="192.0.2.1:443") == "192.0.2.1:443 did not answer"
    assert tr("HTTP/2") == "HTTP/2"


def test_other_digits_are_not_wished_by_themselves():
    tr = Translator()

    assert tr("{n} s").format(n=45) == "45 s"
    assert tr.number("1.25") == "1.25"
    assert type(tr("{n} s")) is str


def test_each_number_is_followed_by_a_mark_so_that_two_of_them_keep_their_order():
    tr = Translator(arabic_digits=True)

    assert tr.number("90 % 12") == "٩٠\N{LEFT-TO-RIGHT MARK} % ١٢\N{LEFT-TO-RIGHT MARK}"


def test_the_words_stay_with_other_digits(tmp_path):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "manara.mo").write_bytes(compiled({"{n} day": "{n} Tag"}))

    tr = translator(tmp_path, ["de"]).with_arabic_digits()

    assert unmarked(tr("{n} day").format(n=3)) == "٣ Tag"
    assert tr.language == "de"
    assert Translator().language == "en"
