import pytest
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import QApplication

from manara.ui.plain import addresses_isolated, bare, breakable, isolated, tooltip


def test_markup_in_a_tooltip_stays_text():
    shown = QTextDocument()

    shown.setHtml(tooltip("<b>bold</b> & <img src=x>", "", "second"))

    assert shown.toPlainText() == "<b>bold</b> & <img src=x>\nsecond"


def test_nothing_to_say_is_no_tooltip():
    assert tooltip("", "") == ""


def test_isolated_text_takes_no_room_of_its_own():
    metrics = QFontMetrics(QApplication.font())

    assert isolated("143 ms") == "\u2068143 ms\u2069"
    assert isolated("") == ""
    assert metrics.horizontalAdvance(isolated("143 ms")) == metrics.horizontalAdvance("143 ms")


def test_without_its_marks_text_is_as_it_was():
    assert bare(f"{isolated('Shop')}: {isolated('143 ms')}") == "Shop: 143 ms"


@pytest.mark.parametrize(
    "address",
    [
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "::1",
        "::ffff:203.0.113.7",
        "fe80::1%eth0",
        "[2001:db8::1]:443",
        "12:31:05",
    ],
)
def test_an_address_keeps_its_order_in_a_text_of_any_direction(address):
    assert addresses_isolated(f"متصل {address}, reached") == f"متصل {isolated(address)}, reached"
    assert addresses_isolated(address) == isolated(address)


@pytest.mark.parametrize(
    "text", ["203.0.113.7:443", "https://example.org:443/a", "std::vector", "dns:a", "AA:BB:" * 20]
)
def test_what_is_no_address_stays_as_it_is(text):
    assert addresses_isolated(text) == text


def test_a_long_word_goes_on_in_the_next_line_after_a_sign():
    assert breakable("at https://shop.example/a-long/path now") == (
        "at https://\u200bshop.\u200bexample/\u200ba-\u200blong/\u200bpath now"
    )
    assert breakable("short words: a.b/c") == "short words: a.b/c"


def test_a_word_without_signs_goes_on_where_it_must():
    assert breakable("f" * 60) == f"{'f' * 24}\u200b{'f' * 24}\u200b{'f' * 12}"


def test_nothing_of_it_is_left_on_the_clipboard():
    text = "[2001:0db8:85a3:0000:0000:8a2e:0370:7334]:443 and " + "f" * 60

    assert bare(isolated(breakable(addresses_isolated(text)))) == text
