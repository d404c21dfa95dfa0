from datetime import UTC, timedelta

from manara.model import SystemClock


async def test_the_clock_of_this_machine_tells_aware_time_that_passes():
    clock = SystemClock()
    began, began_s = clock.now(), clock.monotonic()

    await clock.sleep(0.01)

    assert began.tzinfo is UTC
    assert clock.now() - began >= timedelta(seconds=0.005)
    assert clock.monotonic() - began_s >= 0.005
