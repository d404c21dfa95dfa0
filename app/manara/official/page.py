"""Reading any official page, of whatever kind."""

from dataclasses import replace

from manara.model import Clock, OfficialPage, PageKind, Unreadable
from manara.official.asking import PATIENCE_S, Ask, read_known
from manara.official.detection import detect
from manara.official.parts import missing_parts
from manara.official.reading import Reading, Validators
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
    """Try to read a page; `known` is what the last reading of it left. Each endpoint may take `within_s`.

    The components of the page are those that somebody waits for: where a summary leaves them out, more is read.
    """
    known = known or Validators()
    ask = Ask(network, clock, within_s, known.by_url)
    if page.kind is not PageKind.AUTO:
        if page.kind not in DIALECTS:
            return Reading(clock.now(), None, Unreadable.NOT_FOR_PROGRAMS)
        return await read_known(page, ask)
    if known.found is not None:
        return await _read_found(page, known.found, ask)
    reading = await detect(page, ask)
    found = reading.validators.found
    if found is None or reading.told is None or not missing_parts(reading.told.components, page.components):
        return reading
    return await _read_found(page, found, replace(ask, known=reading.validators.by_url))


async def _read_found(page: OfficialPage, found: OfficialPage, ask: Ask) -> Reading:
    """Read a page as it was found out to speak."""
    reading = await read_known(replace(found, components=page.components), ask)
    # A page that moves to another maker is found out anew.
    lost = reading.unreadable in (Unreadable.NOT_ITS_FORMAT, Unreadable.ERROR)
    return replace(reading, validators=replace(reading.validators, found=None if lost else found))
