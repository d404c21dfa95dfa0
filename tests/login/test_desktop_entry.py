import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.login.desktop_entry import entry_text, entry_values, exec_arguments, exec_value, hidden_text


@pytest.mark.parametrize(
    ("command", "value"),
    [
        (["manara", "--background"], "manara --background"),
        (["/opt/my programs/manara"], '"/opt/my programs/manara"'),
        (["a%b"], "a%%b"),
        (["a$b"], r'"a\\$b"'),  # as the specification has it: a dollar sign is \\$
        (["a\\b"], r'"a\\\\b"'),  # and a backslash is four of them
        (['a"b`c'], r'"a\\"b\\`c"'),
        (["a\nb"], r'"a\nb"'),
        (["", "~"], '"" "~"'),
    ],
)
def test_a_command_is_quoted_and_then_escaped(command: list[str], value: str) -> None:
    assert exec_value(command) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_whatever_the_command_is_it_is_read_as_it_was_written(command: list[str]) -> None:
    assert exec_arguments(exec_value(command)) == command
    assert "\n" not in exec_value(command)


def test_files_and_addresses_to_open_are_no_part_of_the_command() -> None:
    assert exec_arguments("manara --open=%u %F %%d  --x") == ["manara", "--open=", "%d", "--x"]


@given(st.text())
def test_whatever_a_file_holds_it_is_read(text: str) -> None:
    assert isinstance(exec_arguments(entry_values(text).get("Exec", "")), list)


def test_only_the_group_of_the_entry_itself_is_read() -> None:
    text = "# A remark\n[Other]\nExec=no\n[Desktop Entry]\n#Exec=no\nExec = yes\nbroken\n[Desktop Action x]\nExec=no\n"

    assert entry_values(text) == {"Exec": "yes"}


def test_texts_are_escaped() -> None:
    values = {"Name": "a\\b\nc", "Exec": "\\\\"}

    assert entry_text(values) == "[Desktop Entry]\nName=a\\\\b\\nc\nExec=\\\\\n"


def test_an_entry_is_switched_off_and_stays_otherwise_as_it_is() -> None:
    text = "# A remark\n[Desktop Entry]\nHidden=false\nExec=other %u\n[Desktop Action x]\nName=X"

    assert hidden_text(text) == "# A remark\n[Desktop Entry]\nHidden=true\nExec=other %u\n[Desktop Action x]\nName=X\n"
    assert entry_values(hidden_text("")) == {"Type": "Application", "Name": "Manara", "Hidden": "true"}
