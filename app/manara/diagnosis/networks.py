"""Which networks (autonomous systems) addresses belong to: asked of Team Cymru by DNS, and only if the user wants it.

What is asked for is the prefix of an address, its first three numbers, so that hosts nearby share a question. What is
known of a prefix is good for days and forgotten with the program. One question is open at a time, with a pause after
each, so that a start with hundreds of services is no burst.
"""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address, ip_network
from random import Random
from typing import TypeAlias

from manara.diagnosis.traits import prefix_of
from manara.model import Clock, NetworkLearned

AGAIN_AFTER_S = 7 * 86_400.0
"""How long what is known of a prefix is good."""
RETRY_AFTER_S = 3_600.0
"""When nothing was learned of a prefix."""
JITTER = 0.2
"""So much sooner, at most: what was learned together is not learned again together."""
MOST_PREFIXES = 4_000
"""Delivery networks answer from other addresses with every look; a flood of them is not learned."""
PAUSE_S = 0.25
_LONGEST_NAME = 60

AskTexts: TypeAlias = Callable[[str], Awaitable[tuple[str, ...]]]
"""Returns the TXT records of a name; none where there are none, or nobody answers."""

_log = logging.getLogger(__name__)


class Networks:
    """What is known of networks, by prefix, and the work of learning it."""

    def __init__(self, clock: Clock, *, random: Random | None = None, most: int = MOST_PREFIXES) -> None:
        self._clock = clock
        self._most = most
        self._random = random or Random()  # noqa: S311 - spreads load; nothing depends on its being secret
        self._due_s: dict[str, float] = {}
        self._networks: dict[str, str] = {}
        self._names: dict[int, str] = {}
        self._waiting: deque[str] = deque()
        self._some = asyncio.Event()

    def saw_good(self, addresses: Iterable[str]) -> None:
        """A good look led to these addresses: learn about them if that is due."""
        for prefix in dict.fromkeys(prefix_of(address) for address in addresses if _is_public(address)):
            if prefix not in self._due_s and len(self._due_s) >= self._most:
                continue
            if self._due_s.get(prefix, 0.0) <= self._clock.monotonic():
                # Not again while it waits or is being learned.
                self._due_s[prefix] = self._clock.monotonic() + RETRY_AFTER_S
                self._waiting.append(prefix)
                self._some.set()

    def ask_no_more(self) -> None:
        """Ask nobody for what waits: the user wants that no more."""
        for prefix in self._waiting:
            del self._due_s[prefix]
        self._waiting.clear()

    async def run(self, ask: Callable[[], AskTexts], emit: Callable[[NetworkLearned], None]) -> None:
        """Learn what is waiting, until cancelled; what is new is told. `ask` gives who is asked at that moment."""
        while True:
            while not self._waiting:
                self._some.clear()
                await self._some.wait()
            await self._learn(self._waiting.popleft(), ask(), emit)
            await self._clock.sleep(PAUSE_S)

    async def _learn(self, prefix: str, ask: AskTexts, emit: Callable[[NetworkLearned], None]) -> None:
        number = origin_in(await ask(origin_question(prefix)))
        if number is None:
            _log.debug("Nobody told which network %s belongs to", prefix)
            return
        if number not in self._names:
            name = name_in(await ask(f"AS{number}.asn.cymru.com"))
            if name:
                self._names[number] = name
        self._due_s[prefix] = self._clock.monotonic() + AGAIN_AFTER_S * (1 - JITTER * self._random.random())
        network = f"AS{number} ({self._names[number]})" if number in self._names else f"AS{number}"
        if self._networks.get(prefix) != network:
            self._networks[prefix] = network
            emit(NetworkLearned(self._clock.now(), prefix, network))


def origin_question(prefix: str) -> str:
    """Return the name under which the origin of a prefix is asked for."""
    address = ip_network(prefix).network_address
    return address.reverse_pointer.replace(".in-addr.arpa", _ORIGIN).replace(".ip6.arpa", _ORIGIN_6)


_ORIGIN = ".origin.asn.cymru.com"
_ORIGIN_6 = ".origin6.asn.cymru.com"


def origin_in(texts: Iterable[str]) -> int | None:
    """Return the number of the network that announces a prefix; of several announcements, the narrowest counts.

    Each text is like `32934 | 129.134.30.0/24 | US | arin | 2015-05-13`, with several numbers where several networks
    announce the same; the first of them counts.
    """
    found = [(int(match["length"]), int(match["number"])) for text in texts if (match := _ORIGIN_TEXT.match(text))]
    return max(found, key=lambda each: each[0])[1] if found else None


def name_in(texts: Iterable[str]) -> str:
    """Return what a network is called; each text is like `32934 | US | arin | 2004-08-24 | FACEBOOK, US`."""
    for text in texts:
        *_, name = text.split("|")
        name = " ".join("".join(each if each.isprintable() else " " for each in name).split())
        if text.count("|") >= _BARS_BEFORE_NAME and name:
            return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    return ""


def _is_public(address: str) -> bool:
    try:
        return ip_address(address).is_global
    except ValueError:
        return False


_ORIGIN_TEXT = re.compile(r"\s*(?P<number>[0-9]{1,10})(?: [0-9 ]*)?\s*\|[^|/]*/(?P<length>[0-9]{1,3})\s*(?:\||$)")
_BARS_BEFORE_NAME = 4
