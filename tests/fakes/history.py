"""A history on a temporary file, and an engine that tells it what a test wants, without a loop and at any speed."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings

from fakes.checks import make_result
from fakes.clock import START, FakeClock
from manara.engine import Engine, Limits
from manara.history.batch import Batch, CheckKey, Sample
from manara.history.file import open_for_reading, open_for_writing
from manara.history.housekeeping import Housekeeping
from manara.history.moments import ms_of
from manara.history.packing import packed_phases, tenths
from manara.history.reader import Reader
from manara.history.recorder import Recorder
from manara.history.rollup import UNITS_S, add_look, summary_of
from manara.history.store import Store
from manara.history.summary import Summary
from manara.history.words import Words
from manara.model import CheckResult, Event, Failure, Line, LineState, Reason, Service, Timings, Window

ONLINE = Line(LineState.ONLINE, START)
OFFLINE = Line(LineState.OFFLINE, START)


START_MS = ms_of(START)
SITE = CheckKey("shop", "fake", "site", 0)
ON_FILES = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""Properties of files: what one takes varies with the disk, and all together must end within seconds."""


def moment(seconds: float) -> datetime:
    """Return the moment so many seconds after the tests' clock started."""
    return START + timedelta(seconds=seconds)


def window(begin_s: float, end_s: float) -> Window:
    """Return a window in seconds after the tests' clock started."""
    return Window(moment(begin_s), moment(end_s))


def sample(at_ms: int, reason: Reason | None = None, total_ms: float | None = 12.0, **fields) -> Sample:
    """Return a look at the check "site" of the service "shop", so many milliseconds after the tests' clock started."""
    timings = Timings(**{"dns_ms": 2.0, "first_byte_ms": 9.5, **fields.pop("timings", {})})
    failure = Failure(reason, excused=fields.pop("excused", False)) if reason else None
    key = fields.pop("key", SITE)
    return Sample(key, START_MS + at_ms, failure, tenths(total_ms), packed_phases(timings))


def recounted(file: "HistoryFile") -> dict[tuple[int, int, int], Summary]:
    """Return what the roll-ups must hold, counted from the single looks in the file: check, unit, beginning."""
    words = Words(file.connection)
    summaries: dict[tuple[int, int, int], Summary] = {}
    for check_id, *look in file.rows("SELECT check_id, at, reason, total, phases FROM samples"):
        for unit_s in UNITS_S:
            add_look(summaries.setdefault((check_id, unit_s, look[0] // (unit_s * 1000)), Summary()), words, look)
    return summaries


def rolled_up(file: "HistoryFile") -> dict[tuple[int, int, int], Summary]:
    """Return what the roll-ups hold; fail the test where their quantiles are not those of their bins."""
    words = Words(file.connection)
    summaries = {}
    for *place, p50, p90, p99, looks, failures, longest, bins, phases in file.rows(
        "SELECT check_id, unit, begin, p50, p90, p99, looks, failures, longest, bins, phases FROM rollups"
    ):
        summary = summary_of(words, (looks, failures, longest, bins, phases))
        assert [p50, p90, p99] == (summary.quantiles(0.5, 0.9, 0.99) or [None] * 3)
        summaries[tuple(place)] = summary
    return summaries


class HistoryFile:
    """A file with a store for writing; readers have connections of their own, as in the program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open()

    def open(self) -> None:
        self.connection = open_for_writing(self.path)
        # The tests need not survive a power cut.
        self.connection.execute("PRAGMA synchronous = OFF")
        self.store = Store(self.connection)

    def close(self) -> None:
        self.connection.close()

    def reopen(self) -> None:
        self.close()
        self.open()

    def write(self, *samples: Sample, **fields) -> None:
        """Write a batch with these looks."""
        self.store.write(Batch(samples=list(samples), **fields))

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        with closing(open_for_reading(self.path)) as connection:
            yield Reader(connection)

    def ask(self, question):
        """Return the answer to a question asked of a reader, which is the same after the file was opened again."""
        with self.reader() as reader:
            answer = question(reader)
        self.reopen()
        with self.reader() as reader:
            assert question(reader) == answer
        return answer

    def rows(self, statement: str, *parameters: object) -> list[tuple]:
        return self.connection.execute(statement, parameters).fetchall()

    def all_of(self, table: str) -> list[tuple]:
        return self.rows(f"SELECT * FROM {table}")  # noqa: S608 - a name of our schema

    def keep_house(self, now_ms: int, keep_looks_days: float = 14) -> int:
        """Do all there is to do now; return in how many steps."""
        housekeeping = Housekeeping(self.store)
        steps = 1
        while housekeeping.step(now_ms, round(keep_looks_days * 86_400_000)):
            steps += 1
        return steps


@contextmanager
def history_file() -> Iterator[HistoryFile]:
    """A new history for one example of a property."""
    with TemporaryDirectory() as folder:
        file = HistoryFile(Path(folder) / "history.sqlite3")
        try:
            yield file
        finally:
            file.close()


@dataclass
class Watcher:
    """An engine that looks when the test says so, with the recorder and the file behind it."""

    file: HistoryFile
    clock: FakeClock = field(default_factory=FakeClock)
    events: list[Event] = field(default_factory=list)
    observed: list[tuple[datetime, datetime]] = field(default_factory=list)
    """Whatever stretch of time anybody was watching."""

    def __post_init__(self) -> None:
        self.start(())

    def start(self, services: Sequence[Service]) -> None:
        self.recorder = Recorder()
        self.engine = Engine(look=_never, prove_line=_never, clock=self.clock, emit=self._take, limits=Limits())
        self.watch(*services)
        self.hear(self.clock.now())

    def _take(self, events: Sequence[Event]) -> None:
        self.events += events
        for event in events:
            self.recorder.take(event)

    def watch(self, *services: Service) -> None:
        self.engine.watch(services)

    def pass_by(self, seconds: float) -> None:
        """Let time pass while the engine is awake."""
        before = self.clock.now()
        self.clock.pass_by(seconds)
        self.hear(before)

    def hear(self, since: datetime) -> None:
        self._seen = self.clock.now()
        self.observed.append((since, self._seen))
        self.recorder.hear(self._seen)

    def look(
        self,
        service_id: str,
        reason: Reason | None = None,
        *,
        position: int = 0,
        line: Line = ONLINE,
        result: CheckResult | None = None,
    ) -> None:
        """Let a look at a check end now."""
        found = replace(result or make_result(reason), at=self.clock.now())
        watches = self.engine._rounds.watches
        watch = next(each for each in watches if each.service.id == service_id and each.position == position)
        self.engine._judge(watch, found.at, found, line)

    def looks(self, service_id: str, *reasons: Reason | None, every_s: float = 1.0) -> None:
        """Let looks end one after the other, time passing after each."""
        for reason in reasons:
            self.look(service_id, reason)
            self.pass_by(every_s)

    def sleep(self, seconds: float) -> None:
        """Let the computer sleep: the time of day goes on alone. Negative: the clock is set back."""
        self.clock.jump(seconds)
        now = self.clock.now()
        self.engine.forget(min(self._seen, now), now)
        self.hear(now)

    def flush(self) -> None:
        self.file.store.write(self.recorder.batch)
        self.recorder.taken()

    def end(self) -> None:
        self.recorder.end()
        self.flush()

    def crash(self, seconds: float = 0.0) -> None:
        """Lose what was not flushed, and start again after some seconds with the same services."""
        services = self.engine.services
        self.file.reopen()
        self.file.store.close_what_a_crash_left_open()
        self.clock.pass_by(seconds)
        self.start(services)

    def restart(self, seconds: float = 0.0) -> None:
        """Quit, and start again after some seconds with the same services."""
        self.end()
        self.crash(seconds)

    def told(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]


async def _never(*_: object) -> None:
    raise AssertionError("the test looks by itself")
