"""The settings file on the disk: read, watched, and changed without losing what people wrote in it."""

import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from manara.files import make_private_folder, write_whole
from manara.model import Check, Said, Service, SettingsInvalid
from manara.settings.applying import Applier, Basis, Edited
from manara.settings.changes import AddServices, Change, ChangedMeanwhile, SetOptions, SettingsNotWritten, Stored, Undo
from manara.settings.editing import text_with
from manara.settings.interpreter import Interpreter
from manara.settings.pieces import PieceReader
from manara.settings.settings import Settings
from manara.settings.statements import with_lines
from manara.settings.text_file import MAX_BYTES, Fingerprint, TomlText, fingerprint_of, read_toml
from manara.settings.undoing import is_undone, merged_text


class SettingsFile:
    """One settings file. Check types and catalogue entries are known only by what is passed in."""

    def __init__(
        self,
        path: Path,
        check_types: Mapping[str, type[Check]],
        catalogue: Mapping[str, Service],
        starter: Sequence[str] = (),
    ) -> None:
        self.path = path
        self._interpreter = Interpreter(check_types, catalogue)
        self._applier = Applier(check_types, catalogue)
        self._starter = [{"catalogue": entry_id} for entry_id in starter]
        """The tables of what is watched when nothing was chosen yet."""
        self._parse = PieceReader()
        self._meaning: tuple[Mapping[str, Any], Settings] | None = None
        """What was read last, and what it means."""
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
        file = self._read()
        return self._interpret(file.table, file.text)

    def changed(self) -> bool:
        """Return whether the file differs from what was last loaded, well or not.

        It is true once two calls in a row see the same version: editors empty or remove a file while they save it.
        """
        before, self._seen = self._seen, fingerprint_of(self.path)
        return self._seen == before and self._seen != self._loaded

    def stored(self) -> Stored:
        """Return what the file says, to begin an edit with; raise `SettingsInvalid` with every problem of it."""
        file = self._read()
        basis = self._basis(file, file.text)
        adopted = basis if basis.chosen else self._adopted(basis)
        return Stored(
            path=self.path,
            services=tuple(adopted.tables),
            ids=tuple(service.id for service in adopted.services),
            sections={name: table for name, table in file.table.items() if name != "services"},
            chosen=basis.chosen,
            writable=_is_writable(_target(self.path)),
        )

    def apply(self, change: Change) -> Undo:
        """Write the file with a change, or leave it as it is; return what takes the change back.

        Raise `SettingsInvalid` when the file, alone or with the change, has problems, `UnknownService`,
        `ChangedMeanwhile` or `SettingsNotWritten`.
        """

        def edit(basis: Basis) -> Edited:
            if not basis.chosen and _is_of_starter(change):
                # Who changes the starter set makes it their own.
                basis = self._adopted(basis)
            return self._applier.edited(basis, change)

        before, after = self._write(edit)
        return Undo(change, before, after)

    def undo(self, undo: Undo) -> None:
        """Take a change back; what was edited since stays. Raise what `apply` raises."""

        def edit(basis: Basis) -> Edited:
            before, after = (self._basis(self._parsed(text)) for text in (undo.before, undo.after))
            text = merged_text(undo.before, undo.after, basis.text)
            found = None
            # What does not fit together any more may be no settings, or not even TOML.
            with suppress(SettingsInvalid, SettingsNotWritten):
                found = None if text is None else self._basis(self._parsed(text))
            if found is None or not is_undone(before, after, basis, found):
                raise ChangedMeanwhile(Said("This cannot be undone any more: the same has been changed since."))
            return Edited(found.text, found.table)

        self._write(edit)

    def add_service(self, table: Mapping[str, Any]) -> Service:
        """Write one service more, given as a table of the file, in the place of the starter set, and return it."""
        return self.add_services([table])[-1]

    def add_services(self, tables: Sequence[Mapping[str, Any]]) -> tuple[Service, ...]:
        """Write all these services, in the place of the starter set, in one go or none of them, and return them."""
        if not tables:
            return ()
        undo = self.apply(AddServices(tuple(tables), instead_of_starter=True))
        return self._basis(self._parsed(undo.after)).services[-len(tables) :]

    def _read(self) -> TomlText:
        return read_toml(self.path, self._parse) or TomlText()

    def _parsed(self, text: str) -> TomlText:
        """Return a text as it would be read from the file; raise `SettingsNotWritten` where it would not be."""
        try:
            content = text.encode()
            table = self._parse(text)
        except (ValueError, RecursionError) as error:
            raise SettingsNotWritten(_NOT_PROVEN) from error
        if len(content) > MAX_BYTES:
            raise SettingsNotWritten(Said("The settings would be larger than {most} MiB.", most=MAX_BYTES // 1024**2))
        return TomlText(content, text, table)

    def _interpret(self, table: Mapping[str, Any], text: str = "") -> Settings:
        if self._meaning is None or self._meaning[0] is not table:
            settings, problems = self._interpreter.settings_of(table)
            if problems:
                raise SettingsInvalid(self.path, with_lines(problems, text))
            self._meaning = table, settings
        return self._meaning[1]

    def _basis(self, file: TomlText, text: str = "") -> Basis:
        """Return a file with what it means; problems of it have lines where its text is what stands in the file."""
        settings = self._interpret(file.table, text)
        return Basis(file.text, file.table, settings.services, settings.checks)

    def _adopted(self, basis: Basis) -> Basis:
        """Return the file with the starter set as services of the user."""
        text = text_with(basis.text, (), self._starter) if self._starter else basis.text
        return self._basis(TomlText(text=text, table={**basis.table, "services": self._starter}))

    def _write(self, edit: Callable[[Basis], Edited]) -> tuple[str, str]:
        """Read the file as it is now, edit it, prove the outcome, and only then write; return both texts.

        Nothing that was loaded before is used, and an edit by somebody else that comes in between makes it begin
        again: no edit is lost.
        """
        try:
            with _alone(self.path) as target:
                for _ in range(_MOST_TRIES):
                    before = fingerprint_of(target)
                    file = self._read()
                    edited = edit(self._basis(file, file.text))
                    new = self._parsed(edited.text)
                    if new.table != edited.table:
                        raise SettingsNotWritten(_NOT_PROVEN)
                    self._interpret(new.table)
                    if new.content == file.content:
                        return file.text, file.text
                    if fingerprint_of(target) != before or _target(self.path) != target:
                        continue
                    _refuse_read_only(target)
                    if before is not None:
                        write_whole(self.backup, file.content)
                    write_whole(target, new.content)
                    return file.text, new.text
        except OSError as error:
            raise SettingsNotWritten(Said("The settings cannot be written: {why}.", why=error.strerror)) from error
        raise SettingsNotWritten(Said("The settings are not written: another program changes them all the time."))


def _is_of_starter(change: Change) -> bool:
    """Tell whether a change is one of the starter set, where that is all that is watched."""
    match change:
        case SetOptions():
            return False
        case AddServices():
            return not change.instead_of_starter
        case _:
            return True


_NOT_PROVEN = Said("The settings would not read back as they are meant; please edit the file yourself.")
_MOST_TRIES = 5
_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """Keep other processes of this program from writing, and give the file that is meant where the path is a link."""
    target = _target(path)
    make_private_folder(target.parent)
    # The folder is locked since the file itself is replaced. The lock ends with the descriptor.
    descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield target
    finally:
        os.close(descriptor)


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _is_writable(target: Path) -> bool:
    """Tell whether a file could be replaced, or made where it is missing."""
    if target.exists():
        return not _is_read_only(target) and os.access(target.parent, os.W_OK)
    above = next(folder for folder in target.parents if folder.exists())
    return os.access(above, os.W_OK)


def _refuse_read_only(target: Path) -> None:
    # It could be replaced nevertheless, but who has made it read-only means it.
    if target.exists() and _is_read_only(target):
        raise SettingsNotWritten(Said("The settings cannot be written: the file is read-only."))


def _is_read_only(target: Path) -> bool:
    return not target.stat().st_mode & _MAY_WRITE or not os.access(target, os.W_OK)
