"""What a screen reader knows of Manara, asked over AT-SPI: a line in, the tree of objects as JSON out.

After a line that says `shown`, what is in something that cannot be seen is left out: a form has hundreds of such parts.

Runs in the system's Python, which has the bindings, and knows nothing of the tests.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be chosen first


def told(thing, shown_only):
    states = thing.get_state_set()
    within = not shown_only or states.contains(Atspi.StateType.SHOWING)
    place = thing.get_extents(Atspi.CoordType.SCREEN)
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name(),
        "text": read(thing),
        "states": [state.value_nick for state in states.get_states()],
        "place": [place.x, place.y, place.width, place.height],
        "children": [told(child, shown_only) for child in children(thing)] if within else [],
    }


def read(thing):
    text = thing.get_text_iface()
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ""


def children(thing):
    return [child for place in range(thing.get_child_count()) if (child := thing.get_child_at_index(place))]


def windows(shown_only):
    desktop = Atspi.get_desktop(0)
    # What was known a moment ago may be wrong by now.
    desktop.set_cache_mask(Atspi.Cache.NONE)
    programs = [program for program in children(desktop) if program.get_name() == "manara"]
    for program in programs:
        program.set_cache_mask(Atspi.Cache.NONE)
    return [told(window, shown_only) for program in programs for window in children(program)]


for line in sys.stdin:
    # Programs that came and went are told of between two questions.
    while GLib.MainContext.default().iteration(False):
        pass
    try:
        seen = windows(shown_only=line.strip() == "shown")
    except GLib.Error:
        # A part was gone before it was asked; the next question will tell.
        seen = []
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()
