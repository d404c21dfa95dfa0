"""What a desktop gives to a program: palettes, pictures to compare; and a program's services for its window."""

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QColor, QImage, QPalette

from fakes.recorded import NOW, state
from manara.model import (
    CheckResult,
    CheckState,
    Circumstance,
    Failure,
    Reason,
    ResultArrived,
    ServicesChanged,
    ServiceState,
    Timings,
    Verdict,
)
from manara.ui.theme import contrast


def palette_of(window, text, base, highlight):
    """A palette that says so much and leaves the rest to Qt."""
    palette = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.Button), window),
        ((role.WindowText, role.Text, role.ButtonText), text),
        ((role.Base, role.AlternateBase), base),
        ((role.Highlight,), highlight),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    return palette


PALETTES = {
    "light": palette_of("#efefef", "#000000", "#ffffff", "#308cc6"),
    "dark": palette_of("#1e1e1e", "#eeeeee", "#272727", "#3d8bfd"),
    "grey": palette_of("#c8c8c8", "#202020", "#e4e4e4", "#b0b0b0"),
    "high-contrast-black": palette_of("#000000", "#ffff00", "#000000", "#1aebff"),
    "high-contrast-white": palette_of("#ffffff", "#000000", "#ffffff", "#37006e"),
    "blue": palette_of("#000080", "#ffffff", "#0000c0", "#000080"),
}


def pixels(image: QImage) -> np.ndarray:
    """Red, green, blue and opacity of every pixel, by row and column."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    return flat[:, : plain.width()].astype(int)


def different(one: QImage, other: QImage) -> int:
    """How many pixels differ clearly."""
    return int((abs(pixels(one) - pixels(other)).max(axis=2) > 64).sum())


def standing_out(image: QImage, ground: QColor) -> np.ndarray:
    """Which pixels are opaque and reach a contrast of 3 on this ground."""
    parts = pixels(image) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light = linear[:, :, :3] @ np.array([0.2126, 0.7152, 0.0722])
    own = contrast(ground, QColor("#000000")) * 0.05
    brighter, darker = np.maximum(light + 0.05, own), np.minimum(light + 0.05, own)
    return (brighter / darker >= 3) & (parts[:, :, 3] == 1)


def answered(service_id, believed: ServiceState, *, reason=None, at=NOW, ms=120.0, check=0):
    """A look that ended, and what is believed since."""
    result = CheckResult(at, Failure(reason) if reason else None, Timings(total_ms=ms), "203.0.113.7")
    return ResultArrived(service_id, check, at, result, replace(believed, service_id=service_id))


def looked_at(verdict=Verdict.UP, service_id="example", *, cause=None, at=NOW, ms=120.0):
    """What is believed of a service with one check after a look."""
    bad = verdict is Verdict.DOWN
    result = CheckResult(at, Failure(cause or Reason.CONNECT_TIMEOUT) if bad else None, Timings(total_ms=ms))
    return state(verdict, CheckState(verdict, cause, last=result), cause=cause, service_id=service_id)


def watched(*services, states=()):
    """The news that these are watched; each is up unless its state is given."""
    known = {each.service_id: each for each in states}
    return ServicesChanged(
        NOW, services, tuple(known.get(each.id) or looked_at(service_id=each.id) for each in services)
    )


def not_yet(service_id):
    """What is believed of a service before the first look."""
    return ServiceState(service_id, checks=(CheckState(),), cause=Circumstance.NOT_LOOKED_YET)
