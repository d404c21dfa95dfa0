import pytest

from manara.login import AtLogin, Elsewhere, LoginState, LoginTrouble
from manara.wording import Translator, login_sentence, login_trouble_sentence

TR = Translator()

STATES = [
    AtLogin(LoginState.ENABLED),
    AtLogin(LoginState.DISABLED),
    *(AtLogin(LoginState.ELSEWHERE, elsewhere) for elsewhere in Elsewhere),
]


def test_every_state_has_a_sentence_of_its_own() -> None:
    assert len({login_sentence(TR, state) for state in STATES}) == len(STATES)
    assert all(login_sentence(TR, state).endswith(".") for state in STATES)


def test_the_other_program_is_named_on_one_line() -> None:
    other = AtLogin(LoginState.ELSEWHERE, Elsewhere.OTHER_PROGRAM, "/opt/other\n--tray")

    assert login_sentence(TR, other) == "Another program starts under this name. (/opt/other --tray)"


@pytest.mark.parametrize("trouble", LoginTrouble)
def test_every_trouble_has_a_sentence(trouble: LoginTrouble) -> None:
    sentence = login_trouble_sentence(TR, trouble, "")

    assert sentence.endswith(".")
    assert login_trouble_sentence(TR, trouble, "No space left") == f"{sentence} (No space left)"
