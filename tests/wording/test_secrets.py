import pytest

from manara.secrets import KeyringTrouble
from manara.wording import Translator, keyring_sentence, other_ways

TR = Translator()


def test_every_trouble_has_a_sentence_of_its_own() -> None:
    sentences = {keyring_sentence(TR, trouble) for trouble in KeyringTrouble}

    assert len(sentences) == len(KeyringTrouble)


@pytest.mark.parametrize("word", ["0600", "file:", "env:"])
def test_every_other_way_to_keep_a_secret_is_offered(word: str) -> None:
    assert any(word in sentence for sentence in other_ways(TR))
