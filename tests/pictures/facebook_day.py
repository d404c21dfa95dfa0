"""The morning of 4 October 2021 as the engine groups and tells it, with invented outages before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from fakes.checks import make_service
from fakes.outages import Outages, moment
from manara.model import (
    Conclusion,
    Incident,
    Interval,
    Line,
    LineState,
    Member,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    Reason,
)
from manara.monitor import Snapshot

META = ("Facebook", "WhatsApp", "Messenger", "Instagram")
OTHERS = ("Telegram", "Signal", "Google", "Amazon", "TikTok", "Twitter", "GitHub", "Wikipedia", "Zoom", "Slack", "Bank")
NAME_SERVERS = tuple(f"{letter}.ns.facebook.com" for letter in "abcd")
POST = "We're aware that some people are having trouble accessing our apps and products."


def facebook_day() -> Outages:
    """Return the day until 16:20 UTC."""
    services = [replace(make_service(name.lower(), operator="Meta"), name=name) for name in META]
    services += [replace(make_service(name.lower()), name=name) for name in OTHERS]
    day = Outages(*services)
    day.at("15:39:10")
    day.up(*(service.id for service in services))
    day.at("15:40:10")
    day.down("facebook", "whatsapp", "messenger")
    day.look("instagram", Reason.SERVER_ERROR, http_status=503)
    day.at("15:40:12")
    day.explain(Conclusion.NAME_SERVERS_SILENT, "facebook", "whatsapp", "messenger", named=NAME_SERVERS)
    day.explain(Conclusion.SERVER_ERRORS, "instagram", named=["503"])
    day.at("15:54:10")
    day.look("telegram", Reason.SLOWER_THAN_USUAL)
    day.at("16:15:00")
    told = OfficialIncident(
        "1", "Apps", OfficialState.MAJOR_OUTAGE, moment("15:50:00"), posts=(Post(moment("16:14:10"), POST),)
    )
    page = OfficialPage(PageKind.META, "https://metastatus.com/")
    day.hear("facebook", OfficialWord(page, OfficialState.MAJOR_OUTAGE, "", (told,), read_at=day.now))
    day.at("16:20:10")
    return day


def seen_of(day: Outages) -> Snapshot:
    """Return what is believed at that moment."""
    return Snapshot(Line(LineState.ONLINE, day.now), day.services, tuple(day.states.values()), incidents=day.open)


def before(day: Outages) -> Sequence[Incident]:
    """Return invented incidents of earlier months, the newest first."""
    return (
        _ended(day, 40, 24, Conclusion.ORIGIN_FAILS, "GitHub"),
        _ended(day, 88, 47, Conclusion.DELIVERY_FAILS, "Amazon", "Zoom", "Twitter", named=("Fastly", "503")),
        _ended(day, 199, 64, Conclusion.SERVER_ERRORS, "WhatsApp", "Instagram", named=("503",)),
        _ended(day, 216, 9, Conclusion.CERTIFICATE_EXPIRED, "Bank"),
    )


def _ended(
    day: Outages, days: int, minutes: int, why: Conclusion, *names: str, named: tuple[str, ...] = ()
) -> Incident:
    began_by = day.now - timedelta(days=days, minutes=137)
    began = Interval(began_by - timedelta(minutes=1), began_by)
    over_by = began_by + timedelta(minutes=minutes)
    over = Interval(over_by - timedelta(minutes=1), over_by)
    members = tuple(Member(name.lower(), name, began, over, conclusion=why, named=named) for name in names)
    return Incident(f"{began_by:%Y%m%d-%H%M%S}-1", members, began, over)
