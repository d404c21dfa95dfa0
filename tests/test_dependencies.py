"""What the code imports is what the package declares: a missing line would break only other people's machines."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]


def imported():
    names = set()
    for file in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"manara"}


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in project["dependencies"]}


def test_every_import_is_declared_as_a_dependency():
    distributions = packages_distributions()
    needed = {name: {each.lower().replace("_", "-") for each in distributions[name]} for name in imported()}

    assert {name: found for name, found in needed.items() if not found & declared()} == {}


def test_every_dependency_is_imported():
    distributions = packages_distributions()
    used = {each.lower().replace("_", "-") for name in imported() for each in distributions[name]}

    assert declared() - used == set()
