from manara.ui.preferences.languages import offered_languages


def test_english_and_what_there_are_words_for_are_offered_as_they_call_themselves(tmp_path):
    for code in ("ar", "de"):
        words = tmp_path / code / "LC_MESSAGES" / "manara.mo"
        words.parent.mkdir(parents=True)
        words.write_bytes(b"")
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)

    found = offered_languages(tmp_path)

    assert list(found) == ["ar", "de", "en"]
    assert (found["ar"], found["de"]) == ("العربية", "Deutsch")
    assert "English" in found["en"]


def test_without_any_words_there_is_english(tmp_path):
    assert list(offered_languages(tmp_path / "none")) == ["en"]
