"""Make a file of the newest version, and write down beside it what it answers.

Run once for each version of the schema, when its step is written: `PYTHONPATH=app:tests .venv-dev/bin/python
tests/history/made_by/make.py`. A file that has been released is never made again.
"""

import json
import sys
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes.checks import FakeCheck, make_service
from fakes.clock import START
from fakes.history import OFFLINE, ONLINE, HistoryFile, Watcher, window
from fakes.recorded import bad_look, good_look, hanging
from manara.history.file import open_for_reading
from manara.history.found_out import found_out, incidents, open_incidents, posts, zones
from manara.history.latest import latest
from manara.history.moments import ms_of
from manara.history.reader import Reader
from manara.history.schema import VERSION
from manara.history.series import looks, series
from manara.model import (
    CommonCause,
    Conclusion,
    Confidence,
    Diagnosed,
    Diagnosis,
    Event,
    Happening,
    Incident,
    IncidentChanged,
    Interval,
    Layer,
    LineChanged,
    Member,
    OfficialHeard,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Post,
    Reason,
    ServiceState,
    Stage,
    Step,
    StepKind,
    Trait,
    TraitKind,
    Verdict,
    Witness,
    Zone,
    ZoneLearned,
    ZoneServer,
)

PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.bank.example/")
FOLDER = Path(__file__).parent
SHOP = make_service("shop", FakeCheck(name="site"), FakeCheck(name="api", required=False))
BANK = make_service("bank", FakeCheck(name="site", confirm=1, recover=2))
PARK = make_service("park", paused=True)
SERVICES = (SHOP, BANK, PARK, make_service("gone"))
WINDOWS = (window(-86_400, 172_800), window(0, 3600), window(500, 501), window(40_000, 90_000))


def answers(path: Path) -> dict:
    """Return what a file answers, as JSON has it."""
    with closing(open_for_reading(path)) as connection:
        reader = Reader(connection)
        asked = {
            "services": reader.services(),
            "latest": latest(reader, SERVICES, reader.heard()),
            "uptimes": [reader.uptimes(each) for each in WINDOWS],
            "spans": {known.service_id: reader.spans(known.service_id, WINDOWS[0]) for known in reader.services()},
            "outages": {known.service_id: reader.outages(known.service_id, WINDOWS[0]) for known in reader.services()},
            "labels": reader.labels("shop"),
            "series": [series(reader, "shop", each, points) for each in WINDOWS for points in (5, 200)],
            "looks": list(looks(reader, "bank", WINDOWS[0])),
            **(_found_out(reader) if reader.has_found_out else {}),
        }
        return json.loads(json.dumps(asked, default=_plain))


def _found_out(reader: Reader) -> dict:
    return {
        "incidents": incidents(reader, None, None, 100),
        "open_incidents": open_incidents(reader),
        "zones": zones(reader),
        "found_out": [found_out(reader, known.service_id) for known in reader.services()],
        "posts": posts(reader, PAGE.url, WINDOWS[0]),
    }


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case _:
            return asdict(value)


def told_of_an_outage(watcher: Watcher) -> list[Event]:
    """Return what is found out about an outage of two services, and about an earlier one that is over."""
    now = watcher.clock.now()
    began, long_ago = Interval(now - timedelta(minutes=1), now), now - timedelta(days=3)
    servers = (ZoneServer("a.ns.bank.example", ("192.0.2.1", "2001:db8::1")),)
    step = Step(StepKind.NAME_SERVER, Layer.DNS, "a.ns.bank.example", Reason.DNS_TIMEOUT, "no answer", 1000.5)
    diagnosis = Diagnosis(
        "bank",
        0,
        now,
        Conclusion.NAME_SERVERS_SILENT,
        Confidence.CERTAIN,
        (step,),
        ("a.ns.bank.example",),
        "bank.example",
    )
    told = OfficialIncident("i1", "Trouble", OfficialState.PARTIAL_OUTAGE, now, None, (Post(now, "We look", "open"),))
    word = OfficialWord(PAGE, OfficialState.PARTIAL_OUTAGE, "Partial outage", (told,), (), now, now)
    members = tuple(
        Member(name, name.title(), began, None, Verdict.DOWN, diagnosis.conclusion, diagnosis.named)
        for name in ("bank", "shop")
    )
    cause = CommonCause(Layer.DNS, Trait(TraitKind.OPERATOR, "Money"), ("park",))
    first = Happening(now, Stage.FIRST_BAD_LOOK, "bank")
    going_on = Incident("20211004-153910-1", members, began, None, cause, (first,), timedelta(minutes=34), ("park",))
    over = Incident(
        "20211001-000000-1", members[:1], Interval(None, long_ago), Interval(long_ago, long_ago + timedelta(minutes=9))
    )
    state = ServiceState("bank", Verdict.DOWN, Reason.DNS_TIMEOUT, began, (), diagnosis, word)
    return [
        ZoneLearned(("bank.example", "www.bank.example"), Zone("bank.example", servers, now, servers)),
        Diagnosed(now, state),
        OfficialHeard(now, state),
        IncidentChanged(now, over),
        IncidentChanged(now, replace(going_on, id="20211004-153911-2")),
        IncidentChanged(now, going_on, ("20211004-153911-2",)),
        Diagnosed(now, replace(state, service_id="shop", official=None)),
    ]


def make(path: Path) -> None:
    """Write a file with something in every table that this version fills."""
    file = HistoryFile(path)
    watcher = Watcher(file)
    watcher.watch(*SERVICES)
    watcher.recorder.take(LineChanged(ONLINE))
    for _ in range(3):
        watcher.look("shop", result=good_look())
        watcher.look("shop", position=1)
        watcher.look("gone")
        watcher.looks("bank", None, every_s=60)
    watcher.looks("bank", *[Reason.SERVER_ERROR] * 4, Reason.CONNECT_TIMEOUT, None, None, every_s=30)
    watcher.flush()
    watcher.watch(*SERVICES[:3])
    watcher.looks("bank", None, Reason.SLOW, Reason.SLOW, Reason.SLOW, every_s=60)
    watcher.sleep(3600)
    watcher.looks("bank", Reason.DNS_TIMEOUT, Reason.DNS_TIMEOUT, every_s=60)
    watcher.restart(30_000)
    witnesses = (Witness("1.1.1.1", False, "no answer"), Witness("captive.apple.com", True, "204", 31.5))
    watcher.recorder.take(LineChanged(type(OFFLINE)(OFFLINE.state, watcher.clock.now(), witnesses)))
    for _ in range(3):
        watcher.look("bank", Reason.CONNECT_TIMEOUT, line=OFFLINE)
        watcher.pass_by(60)
    watcher.sleep(-900)
    watcher.looks("bank", *[Reason.CONNECTION_REFUSED] * 3, every_s=20)
    watcher.look("shop", result=hanging().checks[0].last)
    watcher.look("shop", result=bad_look(Reason.CLIENT_ERROR, "403", excused=True), position=1)
    watcher.pass_by(5)
    watcher.flush()
    for event in told_of_an_outage(watcher):
        watcher.recorder.take(event)
    watcher.flush()
    file.store.note("20211004-153910-1", watcher.clock.now(), "called the bank: \u0645\u0646\u0627\u0631\u0629")
    file.store.label("bank", window(180, 210), Verdict.MAINTENANCE, "")
    taken_back = file.store.label("shop", window(0, 60), Verdict.DOWN, "said in error")
    file.store.label("shop", window(60, 120), Verdict.DOWN, "nobody could log in: \u0645\u0646\u0627\u0631\u0629")
    file.store.unlabel(taken_back)
    file.keep_house(ms_of(START) + 34_500_000)
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.connection.execute("PRAGMA journal_mode = DELETE")
    file.close()


def main() -> None:
    made = FOLDER / f"version-{VERSION}.sqlite3"
    if made.exists():
        sys.exit(f"{made} is there already.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.sqlite3"
        make(path)
        path.replace(made)
    made.with_suffix(".json").write_text(json.dumps(answers(made), indent=1) + "\n")


if __name__ == "__main__":
    main()
