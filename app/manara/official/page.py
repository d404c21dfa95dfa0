"""Reading any official page, of whatever kind."""

from dataclasses import replace

from manara.model import Clock, OfficialPage, PageKind, Unreadable
from manara.official.detection import detect
from manara.official.reading import PATIENCE_S, Ask, Reading, Validators, read_known
from manara.official.table import DIALECTS
from manara.probes import Network


async def read_page(
    page: OfficialPage,
    network: Network,
    clock: Clock,
    *,
    known: Validators | None = None,
    within_s: float = PATIENCE_S,
) -> Reading:
    """Try to read a page; `known` is what the last reading of it left. Each endpoint may take `within_s`."""
    known = known or Validators()
    ask = Ask(network, clock, within_s, known.by_url)
    if page.kind is not PageKind.AUTO:
        if page.kind not in DIALECTS:
            return Reading(clock.now(), None, Unreadable.NOT_FOR_PROGRAMS)
        return await read_known(page, ask)
    if known.found is None:
        return await detect(page, ask)
    reading = await read_known(known.found, ask)
    # A page that moves to another maker is found out anew.
    found = None if reading.unreadable in (Unreadable.NOT_ITS_FORMAT, Unreadable.ERROR) else known.found
    return replace(reading, validators=replace(reading.validators, found=found))
