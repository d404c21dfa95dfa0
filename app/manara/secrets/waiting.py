"""Waiting for the keyring within a look. Loaded by looks: whoever has no loop needs no asyncio for its secrets."""

import asyncio
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")


async def answered(answer: Future[Answer], within_s: float) -> Answer:
    """Return what was answered; raise `TimeoutError` when that takes longer."""
    async with asyncio.timeout(within_s):
        return await asyncio.wrap_future(answer)
