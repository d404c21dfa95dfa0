from pathlib import Path

import pytest

from manara.login.program import Program


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """An installed program under a name that every system would have to quote."""
    folder = tmp_path / 'it\'s 100% $HOME `x` "y" \\ z; منارة'
    folder.mkdir()
    script = folder / "manara"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
    script.chmod(0o755)
    return script


@pytest.fixture
def program(script: Path) -> Program:
    """This Manara."""
    return Program((str(script),))
