"""What CI may not leave out: there, a test that is skipped for want of a component fails.

The exception are tests on real data sets, which lie beside the checkout or nowhere.
"""

import os

import pytest

IN_CI = bool(os.environ.get("CI"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure when running in CI, unless the test needs real data."""
    report = yield
    excused = hasattr(report, "wasxfail") or item.get_closest_marker("shared_data")
    if IN_CI and report.skipped and not excused:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI, where every component must be there: {reason}"
    return report
