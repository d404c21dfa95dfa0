"""Desktop entries as far as a start at login needs them: quoting and reading by the Desktop Entry Specification 1.5."""

import re
from collections.abc import Iterable, Mapping

GROUP = "[Desktop Entry]"


def entry_text(values: Mapping[str, str]) -> str:
    """Return a desktop entry; the values are texts, an `Exec` comes from `exec_value`."""
    lines = [f"{name}={value if name == 'Exec' else _escaped(value)}" for name, value in values.items()]
    return "\n".join([GROUP, *lines, ""])


def entry_values(text: str) -> dict[str, str]:
    """Return the values of a desktop entry, as they are written; empty if it is none."""
    values: dict[str, str] = {}
    in_group = False
    for line in text.splitlines():
        if line.startswith("["):
            in_group = line.strip() == GROUP
        elif in_group and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            values.setdefault(name.strip(), value.strip())
    return values


def hidden_text(text: str) -> str:
    """Return the same desktop entry, switched off; where there is none, one that is nothing but switched off."""
    lines = [line for line in text.splitlines() if not re.match(r"Hidden\s*=", line)]
    heads = [number for number, line in enumerate(lines) if line.strip() == GROUP]
    if not heads:
        return entry_text({"Type": "Application", "Name": "Manara", "Hidden": "true"})
    lines.insert(heads[0] + 1, "Hidden=true")
    return "\n".join([*lines, ""])


def exec_value(command: Iterable[str]) -> str:
    """Return the value of `Exec` that runs a command."""
    # Quoted first, then escaped as every text of an entry is; %% is a per cent sign, which else begins a field code.
    return _escaped(" ".join(map(_quoted, command))).replace("%", "%%")


def exec_arguments(value: str) -> list[str]:
    """Return the command that an `Exec` runs, without files and addresses to open; empty if it is none."""
    arguments: list[str] = []
    for quoted, plain in _ARGUMENT.findall(_unescaped(value)):
        text = re.sub(r"\\([\"`$\\])", r"\1", quoted[1:-1]) if quoted else plain
        if text and re.sub(r"%[a-zA-Z]", "", text) == "":
            continue
        arguments.append(re.sub(r"%%|%[a-zA-Z]", lambda code: "%" if code[0] == "%%" else "", text))
    return arguments


def _quoted(argument: str) -> str:
    if re.fullmatch(r"[\w@%+:,./=-]+", argument, re.ASCII):
        return argument
    return '"' + re.sub(r"([\"`$\\])", r"\\\1", argument) + '"'


_ARGUMENT = re.compile(r'("(?:[^"\\]|\\.)*")|([^\s"]+)', re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_MEANINGS = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def _escaped(text: str) -> str:
    return re.sub(r"[\\\n\t\r]", lambda sign: _ESCAPES[sign[0]], text)


def _unescaped(value: str) -> str:
    return re.sub(r"\\([sntr\\])", lambda escape: _MEANINGS[escape[1]], value)
