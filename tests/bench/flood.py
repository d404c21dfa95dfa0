"""Five hundred services that fail at once: how soon each is explained, and what is asked for it.

In the laboratory: the command `manara watch` over real name servers and resolvers. What it asks is counted on the wire.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.table import Table

from bench.wire import SOA, Traffic, Wire
from lab.laboratory import PUBLIC_RESOLVERS, Event, Laboratory, Site
from lab.networks import ROUTER

SERVICES = 500
ZONES = 5
INTERVAL_S = 10
TIMEOUT_S = 2
"""With longer ones, failing looks would wait for each other: so many may be under way at once."""
STEADY = 10
"""Services of somebody else that stay well."""
SERVERS = {
    "a.ns.bigzone.com": ("129.134.30.12", "2a03:2880:f0fc::35"),
    "b.ns.bigzone.com": ("129.134.31.12",),
    "c.ns.bigzone.com": ("185.89.218.12",),
    "d.ns.bigzone.com": ("185.89.219.12",),
}
ADDRESSES = tuple(f"157.240.{number}.35" for number in range(20))
LONGEST_S = 240


@dataclass(slots=True)
class Flood:
    """What was seen of services that fail at once."""

    failed_s: dict[str, float] = field(default_factory=dict)
    """The end of the first failing look at each, by the monotonic clock."""
    explained_s: dict[str, float] = field(default_factory=dict)
    conclusions: Counter[str] = field(default_factory=Counter)

    def take(self, at_s: float, event: Event) -> bool:
        """Take note of an event; return whether all have been explained."""
        name = event.get("service", "")
        if name.startswith("big"):
            if event["event"] == "result" and event["outcome"] != "ok":
                self.failed_s.setdefault(name, at_s)
            if event["event"] == "diagnosis" and event["diagnosis"] and name not in self.explained_s:
                self.explained_s[name] = at_s
                self.conclusions[event["diagnosis"]["conclusion"]] += 1
        return len(self.explained_s) == SERVICES


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far."""

    at_s: float
    cpu_s: float
    peak_mb: float

    def share_until(self, later: "Used") -> float:
        """Return the share of one core that it used until later."""
        return (later.cpu_s - self.cpu_s) / (later.at_s - self.at_s)


@dataclass(frozen=True, slots=True)
class Disaster:
    """What befalls all of them."""

    name: str
    begin: Callable[[Laboratory], None]
    end: Callable[[Laboratory], None]


DISASTERS = (
    Disaster(
        "their name servers fall silent",
        lambda lab: lab.owners["big"].fall_silent(),
        lambda lab: lab.owners["big"].come_back(),
    ),
    Disaster(
        "their addresses fall silent",
        lambda lab: lab.networks.cut(*ADDRESSES),
        lambda lab: lab.networks.reach(*ADDRESSES),
    ),
    Disaster("our own name server hangs", lambda lab: lab.own_resolver.freeze(), lambda lab: lab.own_resolver.thaw()),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a disaster was like."""

    name: str
    flood: Flood
    asked: Traffic
    before: Used
    after: Used
    """When all had been explained."""
    lasting: Used
    """A while later."""

    @property
    def diagnosis_ms(self) -> float:
        """The CPU of one diagnosis, with all that is told of it: what remains when all are explained are the looks."""
        share = self.before.share_until(self.after) - self.after.share_until(self.lasting)
        return share * (self.after.at_s - self.before.at_s) / SERVICES * 1000


def flood_table() -> Table:
    """Let one disaster after the other happen, and measure each."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_floods(Path(folder)))


async def _floods(folder: Path) -> Table:
    steady = [Site(f"www.steady{number}.com", "plain", (f"88.{number}.7.1",)) for number in range(1, STEADY + 1)]
    many = [
        Site(f"www{number}.bigzone{number % ZONES}.com", "big", (ADDRESSES[number % len(ADDRESSES)],))
        for number in range(SERVICES)
    ]
    lab = await asyncio.to_thread(Laboratory, folder, [*steady, *many], {"big": SERVERS})
    try:
        await lab.start("".join(map(_service, [*steady, *many])))
        wire = Wire(lab)
        await _until_learned(wire)
        return _flood_table([await _flood(lab, wire, disaster) for disaster in DISASTERS])
    finally:
        await lab.close()


async def _flood(lab: Laboratory, wire: Wire, disaster: Disaster) -> Measured:
    await _until_well(lab)
    disaster.begin(lab)
    flood, before, began = Flood(), used_by(lab.manara_pid), wire.traffic()
    what = f"why they fail when {disaster.name}"
    await lab.until(lambda event: flood.take(time.monotonic(), event), LONGEST_S, what, since=len(lab.events))
    after, asked = used_by(lab.manara_pid), wire.traffic() - began
    await asyncio.sleep(INTERVAL_S * 2)
    lasting = used_by(lab.manara_pid)
    disaster.end(lab)
    return Measured(disaster.name, flood, asked, before, after, lasting)


async def _until_well(lab: Laboratory) -> None:
    """Wait until each was found well from now on, and the last disaster is so long ago that the next one is new."""
    well: Counter[str] = Counter()

    def all_are(event: Event) -> bool:
        if event["event"] == "result":
            well[event["service"]] = well[event["service"]] + 1 if event["outcome"] == "ok" else 0
        return sum(times > 2 for times in well.values()) >= SERVICES + STEADY

    await lab.until(all_are, LONGEST_S, "all are well", since=len(lab.events))


def _service(site: Site) -> str:
    name = site.host.replace("www.", "").replace("www", "big").replace(".", "-")
    return (
        f'[[services]]\nid = "{name}"\nname = "{name}"\n'
        f'[[services.checks]]\ntype = "http"\nurl = "https://{site.host}/"\ninterval = "{INTERVAL_S}s"\n'
        f'timeout = "{TIMEOUT_S}s"\n'
    )


async def _until_learned(wire: Wire) -> None:
    """Wait until it was asked of each host which zone it is in."""
    deadline_s = time.monotonic() + LONGEST_S
    while True:
        asked = {
            question.name for question in (await asyncio.to_thread(wire.traffic)).questions if question.kind == SOA
        }
        if sum(".bigzone" in name for name in asked) >= SERVICES:
            return
        assert time.monotonic() < deadline_s, f"asked of {len(asked)} hosts only"
        await asyncio.sleep(1)


def used_by(pid: int) -> Used:
    """Return what a process of Linux has used."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    peak = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    cpu_s = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return Used(time.monotonic(), cpu_s, int(peak.split()[1]) / 1024)


def _flood_table(measured: Sequence[Measured]) -> Table:
    title = f"{SERVICES} services in {ZONES} zones fail at once, looked at every {INTERVAL_S} s"
    table = Table("what", *(each.name for each in measured), "goal", title=title)
    for what, cell, goal in _ROWS:
        table.add_row(what, *map(cell, measured), goal)
    return table


def _last_explained(each: Measured) -> str:
    return f"{max(each.flood.explained_s.values()) - min(each.flood.failed_s.values()):.1f} s"


def _last_failed(each: Measured) -> str:
    return f"{max(each.flood.failed_s.values()) - min(each.flood.failed_s.values()):.1f} s"


def _explained(each: Measured) -> str:
    waits_s = [at_s - each.flood.failed_s[name] for name, at_s in each.flood.explained_s.items()]
    return f"{median(waits_s):.1f} s, {max(waits_s):.1f} s"


def _conclusions(each: Measured) -> str:
    return ", ".join(f"{times} {conclusion}" for conclusion, times in each.flood.conclusions.most_common())


def _questions(*servers: str) -> Callable[[Measured], str]:
    def cell(each: Measured) -> str:
        times = [times for question, times in each.asked.questions.items() if question.server in servers]
        return f"{sum(times)}, {len(times)}"

    return cell


_THEIRS = [address for addresses in SERVERS.values() for address in addresses]
_ROWS: tuple[tuple[str, Callable[[Measured], str], str], ...] = (
    ("the last one is explained, after the first failing look", _last_explained, "≤ 15 s"),
    ("… and has failed for the first time", _last_failed, ""),
    ("from a failing look until it is explained: median, longest", _explained, ""),
    ("explained as", _conclusions, ""),
    ("questions to the zones' servers: put, different", _questions(*_THEIRS), ""),
    (f"… to {len(PUBLIC_RESOLVERS)} public resolvers", _questions(*PUBLIC_RESOLVERS), ""),
    ("… to our own, with those of the looks", _questions(ROUTER), ""),
    ("CPU of a diagnosis, and of telling it", lambda each: f"{each.diagnosis_ms:.1f} ms", ""),
    (
        "memory at its peak before, after",
        lambda each: f"{each.before.peak_mb:.0f} MB, {each.lasting.peak_mb:.0f} MB",
        "",
    ),
)
