import pytest

from manara.catalog.secret_words import CleanUrl, clean_url, has_secret_word, is_plain_header, variable_name


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?y=1#z", CleanUrl("https://a.example/x?y=1#z")),
        ("https://a.example/?tokenised=1", CleanUrl("https://a.example/?tokenised=1")),
        ("https://me@a.example:8/", CleanUrl("https://a.example:8/", "me")),
        ("https://m%40e:p@a.example/", CleanUrl("https://a.example/", "m@e", has_password=True)),
        ("https://a.example/?a=1&API%5FKEY=x&b", CleanUrl("https://a.example/?a=1&b", secrets=("API_KEY",))),
    ],
)
def test_what_is_secret_is_taken_out_of_a_url(url, clean):
    assert clean_url(url) == clean


def test_what_is_no_url_is_told():
    with pytest.raises(ValueError, match="Invalid IPv6"):
        clean_url("http://[x")


@pytest.mark.parametrize("text", ['{"password": 1}', "access_token=x", "AUTH x", "client-secret", "sessionid=1"])
def test_names_of_secrets_are_seen(text):
    assert has_secret_word(text)


@pytest.mark.parametrize("text", ["monkey business", "author=x", "passage", "design", "compass"])
def test_words_that_only_look_like_them_are_not(text):
    assert not has_secret_word(text)


def test_headers_are_secret_unless_they_are_known_not_to_be():
    assert is_plain_header("Accept-Language")
    assert not is_plain_header("X-Anything")
    assert not is_plain_header("Cookie")


def test_a_variable_is_named_for_its_service_and_never_twice():
    assert variable_name("my-shop.eu", "X-Api-Key", set()) == "MANARA_MY_SHOP_EU_X_API_KEY"
    assert variable_name("نادي", "password", {"MANARA_PASSWORD", "MANARA_PASSWORD_2"}) == "MANARA_PASSWORD_3"
