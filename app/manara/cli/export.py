"""The history as a table for other programs: row by row, so that years of looks need no memory.

What a spreadsheet would take for a formula is made plain text: a name or an address may come from anywhere.
"""

import csv
from collections.abc import Iterable
from typing import IO

from manara.history import Measured
from manara.model import CheckResult, Span
from manara.monitor.json_values import milliseconds, reason_word, rfc3339
from manara.wording import spreadsheet_cell

LOOKS = (
    *("service", "type", "target", "at", "outcome", "layer", "reason", "excused"),
    *("dns_ms", "connect_ms", "tls_ms", "first_byte_ms", "total_ms"),
)
SPANS = ("service", "from", "to", "verdict", "reason", "started_after", "duration_s")


def write_looks(looks: Iterable[Measured], out: IO[str]) -> None:
    """Write a header and a row for each look."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(LOOKS)
    for look in looks:
        rows.writerow(
            (
                spreadsheet_cell(look.service_id),
                spreadsheet_cell(look.check_type),
                spreadsheet_cell(look.target),
                *_of_result(look.result),
            )
        )


def write_spans(spans: Iterable[tuple[str, Span]], out: IO[str]) -> None:
    """Write a header and a row for each span with the id of its service."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(SPANS)
    for service_id, span in spans:
        rows.writerow(
            (
                spreadsheet_cell(service_id),
                rfc3339(span.begin),
                rfc3339(span.end),
                span.verdict.value,
                reason_word(span.cause),
                rfc3339(span.after),
                span.length.total_seconds(),
            )
        )


def _of_result(result: CheckResult) -> tuple[object, ...]:
    failure, timings = result.failure, result.timings
    return (
        rfc3339(result.at),
        result.outcome.value,
        failure.layer.value if failure else None,
        failure.reason.value if failure else None,
        "true" if failure and failure.excused else "false",
        milliseconds(timings.dns_ms),
        milliseconds(timings.connect_ms),
        milliseconds(timings.tls_ms),
        milliseconds(timings.first_byte_ms),
        milliseconds(timings.total_ms),
    )
