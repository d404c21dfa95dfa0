from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import (
    AppearanceOptions,
    CheckDefaults,
    ColourScheme,
    Counted,
    Digits,
    HistoryOptions,
    NetworkOptions,
    Service,
    TileSize,
)
from manara.settings import Interpreter, Settings
from settings.lamps import CATALOGUE, CHECK_TYPES, PHAROS, BuoyCheck, Colour, LampCheck, loaded, problems

_LAMP = '[[services.checks]]\ntype = "lamp"\nplace = "x"\n'


def test_an_empty_file_means_the_defaults(tmp_path):
    assert loaded(tmp_path, "") == Settings(NetworkOptions(), CheckDefaults(), HistoryOptions(), ())


def test_what_is_kept_and_what_counts_as_up_is_read(tmp_path):
    text = """
        [history]
        keep_looks = 30
        degraded = "down"
        maintenance = "up"
    """

    options = loaded(tmp_path, text).history

    assert options == HistoryOptions(keep_looks=30, degraded=Counted.DOWN, maintenance=Counted.UP)


def test_how_the_window_looks_is_read(tmp_path):
    text = """
        [appearance]
        theme = "dark"
        density = "list"
        language = "ar"
        digits = "western"
    """

    options = loaded(tmp_path, text).appearance

    assert options == AppearanceOptions(
        theme=ColourScheme.DARK, density=TileSize.LIST, language="ar", digits=Digits.WESTERN
    )


def test_every_kind_of_option_is_read(tmp_path):
    text = """
        [network]
        resolvers = ["9.9.9.9", "[::1]:5353"]
        [[services]]
        name = "Tower"
        group = "Coast"
        tags = ["eu"]
        paused = true
        [[services.checks]]
        type = "lamp"
        place = "cape"
        height = 3
        colour = "red"
        colours = ["red", "white"]
        marks = { N = "cliff", S = "sand" }
        turn = "1m30s"
        slow_after = 0.5
        limit = 5
    """

    settings = loaded(tmp_path, text)

    lamp = LampCheck(
        place="cape",
        height=3.0,
        colour=Colour.RED,
        colours=(Colour.RED, Colour.WHITE),
        marks=(("N", "cliff"), ("S", "sand")),
        turn=timedelta(seconds=90),
        slow_after=timedelta(seconds=0.5),
        limit=5,
    )
    assert settings.network.resolvers == ("9.9.9.9", "[::1]:5353")
    assert settings.services == (Service("tower", "Tower", (lamp,), group="Coast", tags=("eu",), paused=True),)


def test_checks_follow_the_section_of_checks_where_they_say_nothing(tmp_path):
    text = '[checks]\ninterval = "2m"\nconfirm = 5\n[[services]]\nname = "A"\n' + _LAMP + _LAMP + 'interval = "3m"\n'

    (service,) = loaded(tmp_path, text).services

    assert [check.interval for check in service.checks] == [timedelta(minutes=2), timedelta(minutes=3)]
    assert [check.confirm for check in service.checks] == [5, 5]


def test_a_check_type_keeps_its_own_default_until_the_section_of_checks_says_otherwise(tmp_path):
    buoy = '[[services]]\nname = "A"\n[[services.checks]]\ntype = "buoy"\n'

    own, chosen = (loaded(tmp_path, text).services[0] for text in (buoy, '[checks]\ninterval = "2m"\n' + buoy))

    assert own.checks[0].interval == timedelta(minutes=5)
    assert chosen.checks[0].interval == timedelta(minutes=2)


def test_an_inherited_timeout_is_never_longer_than_the_interval(tmp_path):
    (service,) = loaded(tmp_path, '[[services]]\nname = "A"\n' + _LAMP + 'interval = "5s"\n').services

    assert service.checks[0].timeout == timedelta(seconds=5)


def test_a_written_timeout_longer_than_the_interval_is_refused_with_both(tmp_path):
    text = '[checks]\ninterval = "5s"\ntimeout = "6s"\n[[services]]\nname = "A"\n' + _LAMP + 'timeout = "90s"\n'

    assert problems(tmp_path, text) == [
        (
            "line 3, checks.timeout: The timeout (6s) is longer than the interval (5s): "
            "a look would not be over when the next one is due."
        ),
        (
            "line 9, services[0].checks[0].timeout: The timeout (90s) is longer than the interval (5s): "
            "a look would not be over when the next one is due."
        ),
    ]


def test_a_catalogue_entry_gives_what_the_file_does_not_say(tmp_path):
    text = '[checks]\ninterval = "2m"\n[[services]]\ncatalogue = "pharos"\n'

    (service,) = loaded(tmp_path, text).services

    checks = (LampCheck(place="island", interval=timedelta(minutes=2)),)
    assert service == Service("pharos", "Pharos", checks, group="Alexandria", catalogue="pharos")


def test_what_the_file_says_goes_before_the_catalogue(tmp_path):
    text = '[[services]]\nid = "p"\nname = "Mine"\ngroup = ""\ncatalogue = "pharos"\n' + _LAMP

    (service,) = loaded(tmp_path, text).services

    assert service == Service("p", "Mine", (LampCheck(place="x"),), catalogue="pharos")


@pytest.mark.parametrize(
    ("name", "service_id"),
    [
        ("Shop", "shop"),
        ("My Shop (EU)", "my-shop-eu"),
        ("متجر الكتب", "متجر-الكتب"),
        ("a" * 300, "a" * 100),
        ("..a_b.", "a_b"),
    ],
)
def test_an_id_is_made_from_the_name(tmp_path, name, service_id):
    (service,) = loaded(tmp_path, f'[[services]]\nname = "{name}"\n' + _LAMP).services

    assert service.id == service_id


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('name = "!!!"', "services[0]: No id can be made from this name; set one."),
        ('id = "a"', 'services[0]: The setting "name" is missing: what to call the service.'),
        ('name = ""', "services[0].name: This must have at least 1 character, but it has 0."),
        ('name = "a\\nb"', "services[0].name: This must not have control characters or line breaks."),
        ('name = " a"', "services[0].name: This must not begin or end with a space."),
        (f'name = "{"a" * 301}"', "services[0].name: This must have at most 300 characters, but it has 301."),
        ('name = "a"\ntags = [""]', "services[0].tags: A tag has from 1 to 100 characters."),
        (
            'name = "a"\nid = "a b"',
            "services[0].id: An id begins with a letter or a digit and has only letters, digits, - _ and . in it.",
        ),
        ('catalogue = "faros"', 'services[0].catalogue: The catalogue has no such entry. Did you mean "pharos"?'),
        ('name = "a"\ncheck = []', 'services[0].check: There is no such setting here. Did you mean "checks"?'),
    ],
)
def test_a_service_that_cannot_be_watched_is_explained(tmp_path, lines, sentence):
    (problem,) = problems(tmp_path, f"[[services]]\n{lines}\n{_LAMP}")

    assert problem.partition(", ")[2] == sentence


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("[netwrok]", ['line 1, netwrok: There is no such section. Did you mean "network"?']),
        ("network = 1", ["line 1, network: This must be a section that begins with [network]."]),
        ("[services]", ["line 1, services: These must be sections that each begin with [[services]]."]),
        (
            '[[services]]\nname = "A"',
            ["line 1, services[0]: There is nothing to look at: a service needs checks or a catalogue entry."],
        ),
        (
            '[[services]]\nname = "A"\nchecks = []',
            [
                (
                    "line 3, services[0].checks: "
                    "These must be one or more sections that each begin with [[services.checks]]."
                )
            ],
        ),
        (
            '[[services]]\nname = "A"\n[[services.checks]]\nplace = "x"',
            ['line 3, services[0].checks[0]: The setting "type" is missing: how to look, one of "lamp", "buoy".'],
        ),
        (
            '[[services]]\nname = "A"\nchecks = [{ type = "lmap" }, { type = 5 }]',
            [
                (
                    'line 3, services[0].checks[0].type: There is no such type of check; there are "lamp", "buoy". '
                    'Did you mean "lamp"?'
                ),
                'line 3, services[0].checks[1].type: There is no such type of check; there are "lamp", "buoy".',
            ],
        ),
        (
            '[[services]]\nname = "A"\n[[services.checks]]\ntype = "buoy"\nlast = 0',
            ["line 3, services[0].checks[0]: The last number is smaller than the first."],
        ),
        (
            '[network]\nresolvers = ["dns.example"]\nproxy = "socks://p"',
            [
                (
                    "line 2, network.resolvers: “dns.example” is not the address of a name server, "
                    "like 1.1.1.1 or [::1]:53."
                ),
                "line 3, network.proxy: A proxy is written like http://proxy.example:3128.",
            ],
        ),
    ],
)
def test_a_wrong_shape_is_explained(tmp_path, text, sentences):
    assert problems(tmp_path, text) == sentences


def test_an_id_belongs_to_one_service(tmp_path):
    text = f'[[services]]\nname = "A"\n{_LAMP}[[services]]\nid = "a"\nname = "B"\n{_LAMP}'

    assert problems(tmp_path, text) == [
        'line 6, services[1]: The id "a" is already that of services[0]; give this one an id of its own.'
    ]


def test_an_id_that_cannot_be_read_is_reported_once(tmp_path):
    text = f'[[services]]\nname = "A"\n{_LAMP}[[services]]\nid = 5\nname = "A"\n{_LAMP}'

    assert len(problems(tmp_path, text)) == 1


def test_all_problems_are_reported_at_once_in_the_order_of_the_file(tmp_path):
    text = '[checks]\nconfirm = -1\n[[services]]\nname = 5\n[[services.checks]]\ntype = "lamp"\n[network]\nproxi = ""\n'

    assert [problem.partition(":")[0] for problem in problems(tmp_path, text)] == [
        "line 2, checks.confirm",
        "line 4, services[0].name",
        "line 5, services[0].checks[0]",
        "line 8, network.proxi",
    ]


_INTERPRETER = Interpreter(CHECK_TYPES, CATALOGUE)
_VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes() | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    ["network", "checks", "services", "name", "id", "catalogue", "type", "lamp", "tags", "colour", "marks", "turn"]
)


@given(st.dictionaries(_KEYS | st.text(max_size=3), _VALUES | st.lists(st.dictionaries(_KEYS, _VALUES), max_size=2)))
def test_any_tables_give_settings_or_whole_sentences(table):
    settings, problems = _INTERPRETER.settings_of(table)

    assert isinstance(settings, Settings)
    assert all(str(problem).strip() for problem in problems)


_LAMP_KEYS = st.sampled_from([*LampCheck.__dataclass_fields__])


@given(st.dictionaries(_LAMP_KEYS, _VALUES))
def test_any_values_of_options_give_a_check_or_whole_sentences(table):
    check, problems = _INTERPRETER.check_of({**table, "type": "lamp"}, (), CheckDefaults())

    assert (check is None) == bool(problems)
    assert all(problem.sentence.endswith((".", "!", "?")) for problem in problems)
    assert "something else" not in "".join(problem.sentence for problem in problems)


def test_the_catalogue_entry_itself_is_not_changed(tmp_path):
    loaded(tmp_path, '[checks]\ninterval = "2m"\n[[services]]\ncatalogue = "pharos"\n')

    assert PHAROS.checks == (LampCheck(place="island"),)
    assert BuoyCheck().interval == timedelta(minutes=5)
