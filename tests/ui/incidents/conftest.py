"""The morning of 4 October 2021, as the engine tells it to the window."""

from dataclasses import replace

import pytest

from fakes.checks import make_service
from fakes.outages import Outages
from manara.model import Conclusion, Line, LineState, Reason
from manara.monitor import Snapshot

META = tuple(
    replace(make_service(name.lower(), operator="Meta"), name=name)
    for name in ("Facebook", "WhatsApp", "Messenger", "Instagram")
)
OTHERS = tuple(replace(make_service(name.lower()), name=name) for name in ("Telegram", "Signal", "Google", "Bank"))
NAME_SERVERS = tuple(f"{letter}.ns.facebook.com" for letter in "abcd")


class World(Outages):
    """Outages, and what a window is told of them."""

    def snapshot(self, line=LineState.ONLINE):
        """What is believed now."""
        return Snapshot(Line(line, self.now), self.services, tuple(self.states.values()), incidents=self.open)

    @property
    def last(self):
        """The incident of which was told last."""
        return self.told[-1].incident


@pytest.fixture
def quiet():
    """All that is watched, before the first look."""
    return World(*META, *OTHERS)


@pytest.fixture
def day():
    """All that is watched, and it is well."""
    world = World(*META, *OTHERS)
    world.at("15:39:10")
    world.up(*(service.id for service in world.services))
    world.at("15:40:10")
    return world


@pytest.fixture
def morning(day):
    """All of it is confirmed and explained."""
    day.down("facebook", "whatsapp", "messenger")
    day.down("instagram", reason=Reason.SERVER_ERROR, http_status=503)
    day.explain(Conclusion.NAME_SERVERS_SILENT, "facebook", "messenger", "whatsapp", named=NAME_SERVERS)
    day.explain(Conclusion.SERVER_ERRORS, "instagram", named=["503"])
    return day
