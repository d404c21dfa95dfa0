import os

import pytest


@pytest.mark.xdist_group("proof")
def test_tests_that_belong_together_run_on_one_worker(request):
    """A new version of the runner may forget the groups without a word."""
    on_a_worker = "PYTEST_XDIST_WORKER" in os.environ

    assert request.node.nodeid.endswith("@proof") is on_a_worker
