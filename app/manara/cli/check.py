"""`manara check`: look once, print what was found. What is looked at and how is passed in."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from manara.cli.incident_lines import incident_lines
from manara.cli.looks import report_lines
from manara.cli.terminal import Terminal
from manara.engine import incidents_now
from manara.model import Event, Line, ResultArrived, Service, ServiceState
from manara.monitor import Snapshot
from manara.monitor.report import check_document, exit_code
from manara.wording import Translator

FEW = 3
"""So many services are shown with their ladders and looked at without a progress bar."""


class LookOnce(Protocol):
    """Looks at services until each has a verdict."""

    async def __call__(
        self, services: Sequence[Service], *, on_event: Callable[[Event], None]
    ) -> tuple[Line, tuple[ServiceState, ...]]:
        """Return what is known of our own line, and the state of each service in the same order."""


def run_check(
    services: Sequence[Service],
    look_once: LookOnce,
    *,
    tr: Translator,
    now: Callable[[], datetime],
    out: Terminal,
    err: Terminal,
    as_json: bool = False,
    verbose: bool = False,
) -> int:
    """Look at the services, print them and return the exit code; `now` tells the reader's local time."""
    with _progress(tr, services, err) as on_event:
        line, states = asyncio.run(look_once(services, on_event=on_event))
    at = now()
    incidents = incidents_now(tuple(services), states, at)
    if as_json:
        document = check_document(line, services, states, incidents, tr=tr, now=at)
        out.file.write(json.dumps(document, indent=2) + "\n")
    else:
        with_ladders = verbose or len(services) <= FEW
        believed = Snapshot(line, tuple(services), states, incidents=incidents)
        for text in report_lines(tr, line, services, states, at, with_ladders=with_ladders):
            out.print(text, soft_wrap=True)
        for text in incident_lines(tr, believed, at):
            out.print(text, soft_wrap=True)
    return exit_code(state.verdict for state in states)


def with_timeout(service: Service, timeout: timedelta) -> Service:
    """Return the service with another longest time for each look."""
    return replace(service, checks=tuple(replace(check, timeout=timeout) for check in service.checks))


@contextmanager
def _progress(tr: Translator, services: Sequence[Service], err: Terminal) -> Iterator[Callable[[Event], None]]:
    """Show how many services have been looked at, where somebody waits at a terminal for many of them."""
    if len(services) <= FEW or not err.can_redraw:
        yield lambda _event: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(tr("Looking"), total=len(services))
        seen: set[str] = set()

        def on_event(event: Event) -> None:
            if isinstance(event, ResultArrived):
                seen.add(event.service_id)
                # Some looks are repeated before a verdict is certain.
                description = tr("Making sure") if len(seen) == len(services) else tr("Looking")
                progress.update(task, completed=len(seen), description=description)

        yield on_event
