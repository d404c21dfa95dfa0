"""One desktop for all tests here, and for each of them a Manara with nothing left over from another."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bus import Notices, TrayOnTheBus, notices_on, tray_on
from desktop.desktop import Desktop
from desktop.program import Program
from desktop.site import Site
from fakes.waiting import eventually

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker have the one desktop; two of them would wait for each other's programs."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("desktop"))
            # The first one installs Manara and starts a whole desktop; every wait has a shorter deadline of its own.
            item.add_marker(pytest.mark.timeout(180))


@pytest.fixture(scope="session")
def whole_desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """A small screen with everything on it but the panel."""
    desktop = Desktop(tmp_path_factory.mktemp("desktop"))
    yield desktop
    desktop.end()


@pytest.fixture(scope="session")
def whole_tray(whole_desktop: Desktop) -> Iterator[TrayOnTheBus]:
    """The icons in the tray."""
    with tray_on(whole_desktop.bus) as tray:
        yield tray


@pytest.fixture(scope="session")
def whole_notices(whole_desktop: Desktop) -> Iterator[Notices]:
    """What is notified."""
    with notices_on(whole_desktop.bus) as notices:
        yield notices


@pytest.fixture
def notices(whole_desktop: Desktop, whole_notices: Notices) -> Notices:
    """What is notified in this test, with a server that shows it."""
    if not whole_notices.server_there:
        whole_desktop.start_notifications(whole_notices)
    whole_notices.forget()
    return whole_notices


@pytest.fixture
def quiet_desktop(desktop: Desktop, notices: Notices) -> Desktop:
    """The desktop with its panel and without a server that shows notifications."""
    desktop.stop_notifications(notices)
    return desktop


@pytest.fixture
def plain_desktop(bare_desktop: Desktop) -> Iterator[Desktop]:
    """The desktop with a panel that takes icons only as windows."""
    bare_desktop.start_tray_without_a_bus()
    yield bare_desktop
    bare_desktop.stop_panel()


@pytest.fixture
def bare_desktop(whole_desktop: Desktop, whole_tray: TrayOnTheBus, notices: Notices) -> Desktop:
    """The desktop without a panel."""
    whole_desktop.stop_panel()
    eventually(lambda: not whole_tray.host_there)
    # Away from what is to be seen: tiles under the pointer keep their place.
    whole_desktop.do("mousemove", 1000, 5)
    return whole_desktop


@pytest.fixture
def desktop(whole_desktop: Desktop, whole_tray: TrayOnTheBus, notices: Notices) -> Desktop:
    """The desktop with its panel."""
    if not whole_tray.host_there:
        whole_desktop.start_panel(whole_tray)
    whole_desktop.do("mousemove", 1000, 5)
    return whole_desktop


@pytest.fixture
def tray(whole_tray: TrayOnTheBus) -> TrayOnTheBus:
    """The icons in the tray."""
    return whole_tray


@pytest.fixture
def program(whole_desktop: Desktop, manara: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """The installed program, not started yet; what the screen shows at the end of the test is kept."""
    program = Program(whole_desktop, manara, tmp_path)
    yield program
    picture = whole_desktop.take_picture(request.node.name)
    said = program.complaints.read_text() if program.complaints.exists() else ""
    sys.stdout.write(f"The end of the test: {picture}\nThe program said: {said}\n")
    program.end()


@pytest.fixture
def shop() -> Iterator[Site]:
    """A web site that can go down."""
    site = Site()
    yield site
    site.go_down()
