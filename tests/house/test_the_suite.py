"""The suite's own rules: what has to run in one worker does."""

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_of_tests_stays_in_one_worker(request):
    # The scheduler reads the group from the name; a pytest that keeps names elsewhere takes it away silently.
    grouped = request.config.getoption("loadgroup", False)
    assert request.node.nodeid.endswith("@together") == grouped


def test_a_test_without_a_database_is_run_on_one_database_only(request):
    assert request.node.get_closest_marker("one_database")


@pytest.mark.django_db
def test_a_test_with_a_database_is_run_on_both(request):
    assert not request.node.get_closest_marker("one_database")
