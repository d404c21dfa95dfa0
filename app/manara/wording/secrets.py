"""What is said where a secret cannot be kept in the keyring, and what can be done instead."""

from manara.secrets import KeyringTrouble, KeyringUnusable
from manara.wording.plain import one_line
from manara.wording.translation import Translator, mark

TROUBLES = {
    KeyringTrouble.MISSING: mark("This computer has no keyring that keeps passwords, or it does not run."),
    KeyringTrouble.LOCKED: mark("The keyring is locked. Unlock it and try again."),
    KeyringTrouble.SILENT: mark(
        "The keyring does not answer. It may be waiting, in a window of its own, to be unlocked."
    ),
    KeyringTrouble.FAILING: mark("The keyring answered with an error and keeps nothing."),
}


def keyring_sentence(tr: Translator, trouble: KeyringTrouble) -> str:
    """Return why the keyring cannot be used."""
    return tr(TROUBLES[trouble])


def other_ways(tr: Translator) -> tuple[str, ...]:
    """Return where a secret can be kept without a keyring, a sentence for each; none of them is in the settings."""
    return (
        tr("Manara can keep it in a file that only you can read (mode 0600)."),
        tr("Or keep it in a file of your own that only you can read, and enter file: and its path here."),
        tr("Or set an environment variable before Manara starts, and enter env: and its name here."),
    )


def not_kept(tr: Translator, error: BaseException) -> str:
    """Return why a secret could not be kept, and where the keyring is the reason, what can be done instead."""
    if isinstance(error, KeyringUnusable):
        return " ".join((keyring_sentence(tr, error.trouble), *other_ways(tr)[:1]))
    return tr("It was not kept: {why}").format(why=one_line(str(error)))
