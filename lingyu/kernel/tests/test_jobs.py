"""Declaring jobs."""

from datetime import timedelta

import pytest

from lingyu.kernel.events import DeclarationError
from lingyu.kernel.jobs import JOBS, job


def test_a_job_is_found_by_its_code():
    @job("test.sweep", every=timedelta(minutes=5), zh="清扫", en="Sweep")
    def sweep(now):
        return 0

    try:
        assert JOBS["test.sweep"].run is sweep
        assert JOBS["test.sweep"].label("en") == "Sweep"
    finally:
        del JOBS["test.sweep"]


def test_a_job_without_a_pause_is_refused():
    with pytest.raises(DeclarationError, match="positive"):
        job("test.never_resting", every=timedelta(0), zh="不停", en="Never resting")
