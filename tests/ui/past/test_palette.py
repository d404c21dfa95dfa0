from manara.ui.past.palette import chart_colours
from manara.ui.theme import READABLE, contrast, theme_of


def contrasts(colours):
    shown = (colours.near, colours.far, colours.grid, colours.text, *colours.phases[1:])
    return [contrast(colour, colours.ground) for colour in shown]


def test_line_and_words_can_be_read_in_every_palette(palette):
    colours = chart_colours(theme_of(palette))

    assert contrast(colours.line, colours.ground) >= READABLE
    assert contrast(colours.text, colours.ground) >= READABLE


def test_who_wants_more_contrast_gets_more_of_it_everywhere(palette):
    usual, strong = (chart_colours(theme_of(palette), strong=wanted) for wanted in (False, True))

    assert all(more > less for more, less in zip(contrasts(strong), contrasts(usual), strict=True))


def test_phases_go_from_strong_to_faint(palette):
    for strong in (False, True):
        colours = chart_colours(theme_of(palette), strong=strong)
        steps = [contrast(colour, colours.ground) for colour in colours.phases]

        assert steps == sorted(steps, reverse=True)
