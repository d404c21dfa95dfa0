"""Nothing of ours moves by itself: who cannot bear motion need not ask for it to stop."""

import ast
from pathlib import Path

import pytest

import manara.ui

MOVING = (
    *("QPropertyAnimation", "QVariantAnimation", "QAbstractAnimation", "QSequentialAnimationGroup"),
    *("QParallelAnimationGroup", "QTimeLine", "QMovie", "QScroller", "setAnimated"),
)
FILES = sorted(Path(manara.ui.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_file_of_the_desktop_program_uses_what_moves(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert used.isdisjoint(MOVING)
