"""A secret from the window's hand to a request: the whole monitor with the real keyring of GNOME."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from fakes.keyring import keyring_daemon, on_a_bus_without_keyring
from fakes.waiting import eventually
from manara.model import Event, Reason, ResultArrived, SystemClock
from manara.monitor.assembly import build_monitor
from servers.http_server import http_server, reply


class Results:
    """Why each look failed, None where it was good, in the order in which they ended."""

    def __init__(self) -> None:
        self.reasons: list[Reason | None] = []

    def __call__(self, events: Sequence[Event]) -> None:
        failures = [event.result.failure for event in events if isinstance(event, ResultArrived)]
        self.reasons += [None if failure is None else failure.reason for failure in failures]

    async def get_to(self, count: int) -> None:
        await asyncio.to_thread(eventually, lambda: len(self.reasons) >= count, within_s=30)


def with_service(url: str, reference: str) -> str:
    return f"""
        [network]
        witness_resolvers = []
        anchors = []
        [[services]]
        id = "shop"
        name = "Shop"
        checks = [{{ type = "http", url = "{url}", bearer = "{reference}" }}]
    """


async def test_what_the_window_keeps_is_sent_and_what_it_forgets_is_gone_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = Results()
    settings = tmp_path / "settings.toml"
    with on_a_bus_without_keyring(tmp_path, monkeypatch) as surroundings, keyring_daemon(surroundings, "password"):
        async with http_server(reply("hello")) as server:
            monitor = build_monitor(settings, tmp_path / "history", SystemClock())
            reference = await asyncio.wrap_future(monitor.secrets.store("shop", "s3cret"))
            settings.write_text(with_service(server.url(), reference))
            monitor.subscribe(results)
            await asyncio.wrap_future(monitor.start())
            try:
                await results.get_to(1)
                await asyncio.wrap_future(monitor.secrets.forget(reference))
                monitor.check_now(["shop"])
                await results.get_to(2)
            finally:
                await asyncio.to_thread(monitor.stop)

    assert reference == "keyring:shop"
    assert [request.headers["authorization"] for request in server.asked] == ["Bearer s3cret"]
    assert results.reasons[:2] == [None, Reason.SECRET_MISSING]
    assert monitor.secrets.folder == tmp_path / "config" / "manara" / "secrets"
