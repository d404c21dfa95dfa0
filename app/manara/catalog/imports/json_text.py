"""JSON from strangers."""

import json
from typing import Any

from manara.catalog.imports.refusal import ImportRefused
from manara.wording.translation import mark


def read_json(text: str, name: str) -> Any:
    """Return what a JSON text holds; raise `ImportRefused` with one sentence when it is broken."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        sentence = mark("{file} is not JSON: {reason}, in line {line}.")
        raise ImportRefused(sentence, file=name, reason=error.msg, line=error.lineno) from error
    except RecursionError as error:
        raise ImportRefused(mark("{file} is nested too deeply, so it is not read."), file=name) from error
    except ValueError as error:
        raise ImportRefused(mark("{file} has a number with too many digits."), file=name) from error
