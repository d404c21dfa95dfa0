from datetime import date

import pytest

from manara.wording import Translator
from manara.wording.dates import MONTHS, WEEKDAYS, day_of_month, full_day, month_word

TR = Translator()
DAY = date(2021, 10, 4)


def test_a_day_is_named_by_its_month():
    assert day_of_month(TR, DAY) == "4 Oct"
    assert month_word(TR, DAY) == "Oct"


def test_a_day_in_full_has_its_weekday_and_year():
    assert full_day(TR, DAY) == "Mon 4 Oct 2021"


@pytest.mark.parametrize(("names", "count"), [(MONTHS, 12), (WEEKDAYS, 7)])
def test_every_month_and_weekday_has_a_name_of_its_own(names, count):
    assert len(set(names)) == count
