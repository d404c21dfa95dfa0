"""Colours that the tests look for on the screen."""


def is_red(red: int, green: int, blue: int) -> bool:
    """As the mark of what is down."""
    return red > 160 and green < 90 and blue < 100


def is_green(red: int, green: int, blue: int) -> bool:
    """As the mark of what is up."""
    return green > red + 60 and green > blue + 40


def is_pale_yellow(red: int, green: int, blue: int) -> bool:
    """As a message at an icon that Qt draws itself."""
    return red > 250 and green > 250 and 200 < blue < 245
