from itertools import product

import pytest
from PySide6.QtGui import QColor

from fakes.desktop import PALETTES, palette_of
from manara.ui.theme import contrast, is_dark, mixed, readable, theme_of
from manara.wording import Tone


def test_every_tone_can_be_read_on_paper_and_on_cards(palette):
    theme = theme_of(palette)

    found = {(tone, ground): contrast(theme.tones[tone], getattr(theme, ground)) for tone in Tone for ground in GROUNDS}

    assert [pair for pair, reached in found.items() if reached < 4.5] == []


GROUNDS = ("paper", "card")


def test_text_can_be_read_on_cards_also_when_they_are_selected(palette):
    theme = theme_of(palette)

    found = [contrast(ink, ground) for ink, ground in product((theme.text,), (theme.card, theme.selected))]

    assert min(found) >= 4.5
    assert contrast(theme.faint, theme.card) >= 4.5


def test_signs_can_be_seen_on_a_ground_of_every_tone(palette):
    theme = theme_of(palette)

    assert [tone for tone in Tone if contrast(theme.on(tone), theme.tones[tone]) < 4.5] == []


def test_the_line_around_what_has_the_focus_can_be_seen(palette):
    theme = theme_of(palette)

    assert min(contrast(theme.focus, theme.card), contrast(theme.focus, theme.paper)) >= 3


@pytest.mark.parametrize(
    ("name", "dark"), [("light", False), ("dark", True), ("high-contrast-black", True), ("blue", True)]
)
def test_dark_is_what_has_light_text(name, dark):
    assert is_dark(PALETTES[name]) is dark
    assert theme_of(PALETTES[name]).dark is dark


def test_dark_is_told_by_brightness_as_people_see_it():
    # Yellow on blue: a formula that weighs all three colours alike takes them to be equally light.
    assert is_dark(palette_of("#0000ff", "#ffff00", "#0000ff", "#ffffff"))


def test_a_colour_that_can_be_read_stays_as_it_is():
    white = QColor("#ffffff")

    assert readable(QColor("#1a7f37"), (white,)).name() == "#1a7f37"
    assert readable(QColor("#ffff00"), (QColor("#000000"),)).name() == "#ffff00"


def test_on_a_ground_between_black_and_white_the_best_ink_is_taken():
    grey = QColor("#777777")

    assert contrast(readable(QColor("#808080"), (grey,)), grey) > 4.5


def test_contrast_reaches_from_one_to_twenty_one():
    black, white = QColor("#000000"), QColor("#ffffff")

    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)


def test_mixing_goes_from_the_one_to_the_other():
    black, white = QColor("#000000"), QColor("#ffffff")

    assert [mixed(black, white, share).name() for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


def test_who_asks_for_more_contrast_gets_as_much_as_the_ground_allows(palette):
    usual, strong = theme_of(palette), theme_of(palette, strong=True)

    grounds = (strong.paper, strong.card)
    most = max(min(contrast(QColor(ink), ground) for ground in grounds) for ink in ("#000000", "#ffffff"))
    for tone in Tone:
        reached = min(contrast(strong.tones[tone], ground) for ground in grounds)
        assert reached >= min(7, most) - 0.01
    assert contrast(strong.edge, strong.card) >= 4.5 > contrast(usual.edge, usual.card)
    assert contrast(strong.faint, strong.card) >= contrast(usual.faint, usual.card)
