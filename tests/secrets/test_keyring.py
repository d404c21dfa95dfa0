import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest

from fakes.clock import FakeClock
from fakes.fair_loop import let_pass
from fakes.keyring import FakeRing
from fakes.waiting import eventually
from manara.secrets import Keyring, KeyringTrouble, KeyringUnusable
from manara.secrets.keyring import KEPT_S, REMEMBERED_S

PATIENCE_S = 5


class Opened:
    """Opens a ring as often as it is asked, and counts."""

    def __init__(self) -> None:
        self.ring = FakeRing(shop="s3cret")
        self.times = 0
        self.error: Exception | None = None

    def __call__(self) -> FakeRing:
        self.times += 1
        if self.error is not None:
            raise self.error
        return self.ring


@pytest.fixture
def opened() -> Iterator[Opened]:
    made = Opened()
    yield made
    made.ring.open.set()
    eventually(lambda: threads() == 0)


@pytest.fixture
def keyring(opened: Opened, clock: FakeClock) -> Keyring:
    """A keyring with a clock that stands still."""
    return Keyring(opened, patience_s=PATIENCE_S, monotonic=clock.monotonic)


def threads() -> int:
    return sum(thread.name == "manara-keyring" for thread in threading.enumerate())


async def silence(keyring: Keyring, opened: Opened, *names: str) -> list[KeyringTrouble]:
    """What comes of reading these names, the first of which is asked for, when no answer comes for long enough."""
    reading = [asyncio.ensure_future(trouble_of_reading(keyring, name)) for name in names]
    await asyncio.to_thread(eventually, lambda: opened.ring.reads == 1)
    await let_pass(PATIENCE_S)
    return await asyncio.gather(*reading)


async def trouble_of_reading(keyring: Keyring, name: str = "shop", within_s: float = 10.0) -> KeyringTrouble:
    with pytest.raises(KeyringUnusable) as raised:
        await keyring.read(name, within_s)
    return raised.value.trouble


async def test_a_secret_is_read_and_a_name_that_nothing_has_is_none(keyring: Keyring) -> None:
    assert await keyring.read("shop", within_s=10) == "s3cret"
    assert await keyring.read("other", within_s=10) is None


async def test_the_library_is_not_touched_before_the_first_question(keyring: Keyring, opened: Opened) -> None:
    assert opened.times == 0

    await keyring.read("shop", within_s=10)
    await keyring.read("other", within_s=10)

    assert opened.times == 1


async def test_a_secret_is_used_again_for_a_while(keyring: Keyring, opened: Opened, clock: FakeClock) -> None:
    await keyring.read("shop", within_s=10)
    opened.ring.secrets["shop"] = "n3w"

    clock.pass_by(KEPT_S - 1)
    soon = await keyring.read("shop", within_s=10)
    clock.pass_by(2)
    later = await keyring.read("shop", within_s=10)

    assert (soon, later) == ("s3cret", "n3w")


async def test_a_secret_that_was_deleted_is_used_no_more(keyring: Keyring, opened: Opened) -> None:
    await keyring.read("shop", within_s=10)
    del opened.ring.secrets["shop"]

    keyring.drop("shop")
    keyring.drop("never read")

    assert await keyring.read("shop", within_s=10) is None


async def test_a_locked_keyring_holds_no_look_up_and_one_thread_at_most(
    keyring: Keyring, opened: Opened, clock: FakeClock
) -> None:
    opened.ring.open.clear()

    first = await silence(keyring, opened, *["shop"] * 20)
    clock.pass_by(PATIENCE_S + 1)
    later = [await trouble_of_reading(keyring) for _ in range(20)]

    assert {*first, *later} == {KeyringTrouble.SILENT}
    assert (opened.ring.reads, threads()) == (1, 1)


async def test_a_keyring_that_is_unlocked_at_last_answers_again(
    keyring: Keyring, opened: Opened, clock: FakeClock
) -> None:
    opened.ring.open.clear()
    await silence(keyring, opened, "shop")
    clock.pass_by(60)

    opened.ring.open.set()
    await asyncio.to_thread(eventually, lambda: threads() == 0)

    assert await keyring.read("shop", within_s=10) == "s3cret"


async def test_a_look_with_little_time_gives_up_in_time(opened: Opened) -> None:
    opened.ring.open.clear()
    keyring = Keyring(opened, patience_s=3600)

    assert await trouble_of_reading(keyring, within_s=0.05) is KeyringTrouble.SILENT


async def test_questions_that_were_given_up_are_not_put_any_more(keyring: Keyring, opened: Opened) -> None:
    opened.ring.open.clear()
    await silence(keyring, opened, "shop", "other")

    opened.ring.open.set()
    await asyncio.to_thread(eventually, lambda: threads() == 0)

    assert opened.ring.reads == 1


@pytest.mark.parametrize("trouble", [KeyringTrouble.LOCKED, KeyringTrouble.MISSING])
async def test_nobody_is_asked_again_at_every_look(
    keyring: Keyring, opened: Opened, clock: FakeClock, trouble: KeyringTrouble
) -> None:
    opened.ring.error = KeyringUnusable(trouble)
    told = [await trouble_of_reading(keyring) for _ in range(3)]

    opened.ring.error = None
    clock.pass_by(REMEMBERED_S[trouble] - 1)
    told.append(await trouble_of_reading(keyring))
    reads = opened.ring.reads
    clock.pass_by(2)

    assert (set(told), reads) == ({trouble}, 1)
    assert await keyring.read("shop", within_s=10) == "s3cret"


async def test_when_the_window_gets_an_answer_looks_ask_again_at_once(keyring: Keyring, opened: Opened) -> None:
    opened.ring.error = KeyringUnusable(KeyringTrouble.LOCKED)
    await trouble_of_reading(keyring)

    opened.ring.error = None
    keyring.ask(lambda ring: ring.name).result(10)

    assert await keyring.read("shop", within_s=10) == "s3cret"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (RuntimeError("s3cret is too long"), KeyringTrouble.FAILING),
        (KeyError("s3cret"), KeyringTrouble.FAILING),
        (ImportError("no library"), KeyringTrouble.MISSING),
        (KeyringUnusable(KeyringTrouble.LOCKED), KeyringTrouble.LOCKED),
    ],
)
def test_whatever_a_plugin_raises_is_a_trouble_that_does_not_quote_the_secret(
    keyring: Keyring, opened: Opened, error: Exception, trouble: KeyringTrouble
) -> None:
    opened.error = error

    raised = keyring.ask(lambda ring: ring.read("shop")).exception(10)

    assert isinstance(raised, KeyringUnusable)
    assert raised.trouble is trouble
    assert "s3cret" not in repr(raised)


def test_after_trouble_a_keyring_is_looked_for_anew(keyring: Keyring, opened: Opened) -> None:
    opened.ring.error = RuntimeError("gone")
    keyring.ask(lambda ring: ring.read("shop")).exception(10)
    opened.ring = FakeRing(shop="other")

    answer = keyring.ask(lambda ring: ring.read("shop")).result(10)

    assert (answer, opened.times) == ("other", 2)


def test_questions_are_answered_one_after_the_other(keyring: Keyring) -> None:
    at_once: list[int] = []

    def question(number: int) -> Callable[[object], int]:
        def put(_ring: object) -> int:
            at_once.append(threads())
            return number

        return put

    answers = [keyring.ask(question(number)) for number in range(20)]

    assert [answer.result(10) for answer in answers] == list(range(20))
    assert set(at_once) == {1}
