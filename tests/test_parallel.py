from __future__ import annotations

import os
import time
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

from compliance_digest.parallel import SHARES_MEMORY, mapped
from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.skipif(not SHARES_MEMORY, reason="functions of a test can't be sent to a process"),
    # What a worker of pytest-xdist forks has its threads' locks as they are; these functions take none.
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


def process_of(number: int) -> tuple[int, int]:
    time.sleep(0.002)
    return number, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert [number for number, _ in mapped(process_of, range(40), jobs)] == list(range(40))
    assert list(mapped(process_of, (), jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_no_more_processes_work_than_are_asked_for_and_this_one_is_among_them(jobs: int) -> None:
    processes = {process for _, process in mapped(process_of, range(60), jobs)}
    assert len(processes) <= jobs
    assert os.getpid() in processes


def test_while_a_worker_takes_long_this_process_does_the_rest() -> None:
    here = os.getpid()

    def slow_elsewhere(_: int) -> int:
        if os.getpid() != here:
            time.sleep(0.5)
        return os.getpid()

    assert list(mapped(slow_elsewhere, range(20), 2)).count(here) >= 15


def fails_here(here: int) -> Callable[[int], None]:
    def work(_: int) -> None:
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(60)

    return work


def test_when_this_process_stops_no_worker_goes_on() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(mapped(fails_here(os.getpid()), range(10), 2))
    assert not active_children()


def test_what_goes_wrong_in_a_worker_is_raised() -> None:
    here = os.getpid()

    def work(_: int) -> None:
        if os.getpid() != here:
            raise ZeroDivisionError
        time.sleep(0.05)

    with pytest.raises(ZeroDivisionError):
        list(mapped(work, range(10), 2))


def test_a_worker_that_is_killed_is_told() -> None:
    here = os.getpid()

    def work(_: int) -> None:
        if os.getpid() != here:
            os._exit(9)
        time.sleep(0.05)

    with pytest.raises(DigestError, match="a worker process was killed"):
        list(mapped(work, range(10), 2))
