import pytest

from manara import probes
from manara.model import Check, CheckDefaults, NetworkOptions, options_of
from manara.settings import ServiceOptions
from manara.settings.reference import reference_markdown
from settings.lamps import CHECK_TYPES

_ALL_TYPES = {**probes.CHECK_TYPES, **CHECK_TYPES}
_SECTIONS = (NetworkOptions, CheckDefaults, ServiceOptions, Check)


@pytest.mark.parametrize("cls", [*_SECTIONS, *_ALL_TYPES.values()])
def test_every_setting_is_in_the_reference_with_its_help(cls):
    reference = reference_markdown(_ALL_TYPES)

    for name, option in options_of(cls).items():
        assert option.help
        assert f"| `{name}` |" in reference
        assert option.help.replace("|", "\\|") in reference


def test_the_reference_gives_type_default_and_limits():
    lines = reference_markdown(CHECK_TYPES).splitlines()

    assert '#### `type = "lamp"`' in lines
    assert "Looks whether a lamp shines." in lines
    assert "| `place` | text | must be set | 1 to 20 characters | Where it stands |" in lines
    assert "| `height` | number | `1.5` | 0 m to 200 m | How high it stands |" in lines
    assert '| `colour` | `"white"`, `"red"` | `"white"` | - | The colour of its light |' in lines
    assert '| `colours` | list: `"white"`, `"red"` | - | - | More colours |' in lines
    assert "| `keepers` | list: text | - | at most 2 items | Who looks after it |" in lines
    assert "| `marks` | table of texts | - | - | Marks \\| on the map |" in lines
    assert "| `turn` | duration | - | at least 500ms | How long one turn takes |" in lines
    assert '| `interval` | duration | `"60s"` | 1s to 24h | Time from one look to the next |' in lines
