"""What is said of the start at login."""

from typing import assert_never

from manara.login import AtLogin, Elsewhere, LoginState, LoginTrouble
from manara.wording.plain import one_line
from manara.wording.translation import Translator, mark

ELSEWHERE = {
    Elsewhere.SWITCHED_OFF: mark("It was switched off in the settings of your desktop."),
    Elsewhere.OTHER_PROGRAM: mark("Another program starts under this name."),
    Elsewhere.UNREADABLE: mark("There is an entry for it that cannot be read."),
}
TROUBLES = {
    LoginTrouble.NOT_WRITTEN: mark("The entry for it cannot be written."),
    LoginTrouble.DECLINED: mark("The desktop did not allow it."),
    LoginTrouble.NO_ANSWER: mark("The desktop did not answer."),
}


def login_sentence(tr: Translator, at_login: AtLogin) -> str:
    """Return whether Manara starts at login."""
    match at_login.state:
        case LoginState.ENABLED:
            return tr("Manara starts at login, in the tray.")
        case LoginState.DISABLED:
            return tr("Manara does not start at login.")
        case LoginState.ELSEWHERE:
            text = "" if at_login.elsewhere is None else tr(ELSEWHERE[at_login.elsewhere])
            return one_line(f"{text} ({at_login.program})" if at_login.program else text)
        case never:
            assert_never(never)


def login_trouble_sentence(tr: Translator, trouble: LoginTrouble, detail: str) -> str:
    """Return why the start at login could not be changed, with the particulars in brackets."""
    text = tr(TROUBLES[trouble])
    return one_line(f"{text} ({detail})" if detail else text)
