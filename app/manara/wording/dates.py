"""Short dates for axes and bars: `4 Oct`, `Oct 2021`, `Mon 4 Oct 2021`. Numbers and names in the reader's language."""

from datetime import date

from manara.wording.translation import Translator, mark

MONTHS = (
    *(mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun")),
    *(mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec")),
)
WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))


def month_word(tr: Translator, day: date) -> str:
    """Return the short name of a day's month."""
    return tr(MONTHS[day.month - 1])


def day_of_month(tr: Translator, day: date) -> str:
    """Return a day without its year: `4 Oct`."""
    return tr("{day} {month}").format(day=day.day, month=month_word(tr, day))


def full_day(tr: Translator, day: date) -> str:
    """Return a day in full: `Mon 4 Oct 2021`."""
    text = tr("{weekday} {day} {month} {year}")
    weekday = tr(WEEKDAYS[day.weekday()])
    return text.format(weekday=weekday, day=day.day, month=month_word(tr, day), year=day.year)
