import pytest
from PySide6.QtGui import QFont, QFontMetrics

from manara.ui.tile_painting import _runs_of, _wrapped


def test_gaps_of_the_trend_are_gaps():
    assert _runs_of([None, 1.0, 2.0, None, None, 3.0, None]) == [[(1, 1.0), (2, 2.0)], [(5, 3.0)]]
    assert _runs_of([None]) == _runs_of([]) == []


@pytest.mark.parametrize("text", ["word " * 60, "x" * 300, "👩\u200d🚒 🚨 " * 40, "short", "", "منارة " * 40])
@pytest.mark.parametrize("width", [40, 300])
def test_a_text_on_two_lines_loses_nothing(text, width, program):
    lines = _wrapped(text, QFont(), width, 2)

    assert len(lines) <= 2
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if len(lines) == 2:
        assert QFontMetrics(QFont()).horizontalAdvance(lines[0]) <= width + 2
