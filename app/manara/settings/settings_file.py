"""The settings file on the disk: read, watched, and changed without losing what people wrote in it."""

import fcntl
import os
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from manara.files import make_private_folder, write_whole
from manara.model import Check, Service, SettingsInvalid
from manara.settings.changes import SettingsNotWritten, UnknownService
from manara.settings.editing import text_with, text_with_option, text_without
from manara.settings.interpreter import Interpreter
from manara.settings.nearest import did_you_mean
from manara.settings.settings import Settings
from manara.settings.statements import with_lines
from manara.settings.text_file import MAX_BYTES, Fingerprint, TomlText, fingerprint_of, read_toml


class SettingsFile:
    """One settings file. Check types and catalogue entries are known only by what is passed in."""

    def __init__(self, path: Path, check_types: Mapping[str, type[Check]], catalogue: Mapping[str, Service]) -> None:
        self.path = path
        self._interpreter = Interpreter(check_types, catalogue)
        self._loaded: Fingerprint = None
        self._seen: Fingerprint = None

    @property
    def backup(self) -> Path:
        """Where the last version is that loaded well before this program changed it."""
        return self.path.with_name(self.path.name + ".bak")

    def load(self) -> Settings:
        """Read the settings, as by default without a file; raise `SettingsInvalid` with every problem of it."""
        # Before reading: an edit that comes in between is seen as a change later, not missed.
        self._loaded = self._seen = fingerprint_of(self.path)
        file = read_toml(self.path) or TomlText()
        return self._interpret(file.table, file.text)

    def changed(self) -> bool:
        """Return whether the file differs from what was last loaded, well or not.

        It is true once two calls in a row see the same version: editors empty or remove a file while they save it.
        """
        before, self._seen = self._seen, fingerprint_of(self.path)
        return self._seen == before and self._seen != self._loaded

    def add_service(self, table: Mapping[str, Any]) -> Service:
        """Write one service more, given as a table of the file, and return it.

        Raise `SettingsInvalid` when the file, alone or with the new service, has problems.
        """
        return self.add_services([table])[-1]

    def add_services(self, tables: Sequence[Mapping[str, Any]]) -> tuple[Service, ...]:
        """Write all these services, given as tables of the file, in one go or none of them, and return them.

        Raise `SettingsInvalid` when the file, alone or with the new services, has problems.
        """
        if not tables:
            return ()

        def add(file: TomlText, settings: Settings) -> _Edit:  # noqa: ARG001 - the signature of an edit
            return [*file.table.get("services", []), *map(dict, tables)], text_with(file.text, *tables)

        return self._change(add).services[-len(tables) :]

    def remove_service(self, service_id: str) -> None:
        """Write the file without one service; raise `UnknownService` when there is none of this id."""

        def remove(file: TomlText, settings: Settings) -> _Edit:
            ids = [service.id for service in settings.services]
            _refuse_unknown(service_id, ids)
            position = ids.index(service_id)
            services = file.table["services"]
            return [*services[:position], *services[position + 1 :]], text_without(file.text, position)

        self._change(remove)

    def set_paused(self, service_ids: Collection[str], *, paused: bool) -> None:
        """Write that services are paused, or not any more; raise `UnknownService` when there is none of an id."""

        def edit(file: TomlText, settings: Settings) -> _Edit:
            ids = [service.id for service in settings.services]
            for service_id in service_ids:
                _refuse_unknown(service_id, ids)
            tables, text = [dict(table) for table in file.table.get("services", [])], file.text
            for position in (ids.index(service_id) for service_id in service_ids):
                tables[position].pop("paused", None)
                if paused:
                    tables[position]["paused"] = True
                text = text_with_option(text, position, "paused", True if paused else None)
            return tables, text

        self._change(edit)

    def _interpret(self, table: Mapping[str, Any], text: str = "") -> Settings:
        settings, problems = self._interpreter.settings_of(table)
        if problems:
            raise SettingsInvalid(self.path, with_lines(problems, text))
        return settings

    def _change(self, edit: Callable[[TomlText, Settings], "_Edit"]) -> Settings:
        """Read the file as it is now, edit it, prove the outcome, and only then write.

        Nothing that was loaded before is used, and an edit by somebody else that comes in between makes it begin
        again: no edit is lost.
        """
        try:
            with _alone(self.path) as target:
                for _ in range(_MOST_TRIES):
                    before = fingerprint_of(target)
                    file = read_toml(self.path) or TomlText()
                    services, text = edit(file, self._interpret(file.table, file.text))
                    content, table = _proven(text, file.table, services)
                    settings = self._interpret(table)
                    if fingerprint_of(target) == before:
                        if before is not None:
                            write_whole(self.backup, file.content)
                        write_whole(target, content)
                        return settings
        except OSError as error:
            raise SettingsNotWritten(f"The settings cannot be written: {error.strerror}.") from error
        raise SettingsNotWritten("The settings are not written: another program changes them all the time.")


def _refuse_unknown(service_id: str, ids: Sequence[str]) -> None:
    if service_id not in ids:
        hint = did_you_mean(service_id, ids)
        raise UnknownService(f'The settings have no service "{service_id}". {hint}'.rstrip())


_Edit: TypeAlias = tuple[Sequence[Mapping[str, Any]], str]
"""The services that there should be, and the text that should say so."""

_MOST_TRIES = 5


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """Keep other processes of this program from writing, and give the file that is meant where the path is a link."""
    target = Path(os.path.realpath(path))
    make_private_folder(target.parent)
    # The folder is locked since the file itself is replaced. The lock ends with the descriptor.
    descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield target
    finally:
        os.close(descriptor)


def _proven(
    text: str, before: Mapping[str, Any], services: Sequence[Mapping[str, Any]]
) -> tuple[bytes, dict[str, Any]]:
    """Return an edited text as bytes and as tables, if nothing except the services changed, and they as wished."""
    expected = {**before, "services": list(services)}
    if not services:
        del expected["services"]
    try:
        content = text.encode()
        found = tomllib.loads(text)
    except ValueError:
        content, found = b"", {}
    if {key: value for key, value in found.items() if value != []} != expected:
        raise SettingsNotWritten("The settings would not read back as they are meant; please edit the file yourself.")
    if len(content) > MAX_BYTES:
        # What is larger would not be read any more.
        raise SettingsNotWritten(f"The settings would be larger than {MAX_BYTES // 1024**2} MiB.")
    return content, found
