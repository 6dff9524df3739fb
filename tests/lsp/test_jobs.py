"""Jobs run in worker threads, and their results come back on the event loop."""

import asyncio
import threading
from typing import Any

import pytest

from wslgo.lsp.jobs import IsCancelled, Job, Queue, in_thread, result_of

Outcomes = list[object]


def finish(job: Job[Any]) -> None:
    """Run a job and deliver it, as a worker thread and the event loop do."""
    job.run()
    job.deliver()


class Lane:
    """A queue of numbers, whose jobs a test runs one by one; waiting numbers are added up."""

    def __init__(self) -> None:
        self.started: list[Job[Any]] = []
        self.outcomes: Outcomes = []
        self.queue = Queue(
            self.started.append, self.work_for, self.outcomes.append, self.outcomes.append, lambda a, b: a + b
        )

    def work_for(self, number: int) -> Any:
        def work(_: IsCancelled) -> str:
            return f"done {100 // number}"

        return work


# One job


def test_the_result_is_delivered_and_not_before_it_is_asked_for() -> None:
    outcomes: Outcomes = []
    job = Job(lambda _: 3, outcomes.append, pytest.fail)
    job.run()
    assert outcomes == []
    job.deliver()
    assert outcomes == [3]


def test_an_error_goes_to_the_function_for_errors() -> None:
    outcomes: Outcomes = []
    job = Job(lambda _: 1 // 0, pytest.fail, outcomes.append)
    finish(job)
    assert [type(error) for error in outcomes] == [ZeroDivisionError]


def test_a_cancelled_job_knows_it_while_it_runs() -> None:
    outcomes: Outcomes = []
    job = Job(lambda is_cancelled: is_cancelled(), outcomes.append, pytest.fail)
    job.cancel()
    finish(job)
    assert outcomes == [True]


# Threads


async def threads_of(delay: float = 0.0) -> tuple[threading.Thread, threading.Thread]:
    """Return the threads that ran and that delivered a job."""
    delivered: asyncio.Future[tuple[threading.Thread, threading.Thread]] = asyncio.get_running_loop().create_future()
    job = Job(
        lambda _: threading.current_thread(),
        lambda worker: delivered.set_result((worker, threading.current_thread())),
        delivered.set_exception,
    )
    in_thread(job, delay)
    return await delivered


@pytest.mark.parametrize("delay", [0.0, 0.001])
def test_work_runs_in_a_daemon_thread_and_is_delivered_on_the_event_loop(delay: float) -> None:
    worker, deliverer = asyncio.run(threads_of(delay))
    assert worker.daemon
    assert deliverer is threading.current_thread()


def test_a_job_that_ends_after_the_loop_is_dropped() -> None:
    ended = threading.Event()
    outcomes: Outcomes = []
    job = Job(lambda _: ended.wait(), outcomes.append, outcomes.append)

    async def leave() -> list[threading.Thread]:
        before = set(threading.enumerate())
        in_thread(job)
        while not (new := set(threading.enumerate()) - before):
            await asyncio.sleep(0)
        return list(new)

    [worker] = asyncio.run(leave())
    ended.set()
    worker.join()
    assert outcomes == []


# Waiting for a result


def test_a_request_gets_what_its_work_returns_or_raises() -> None:
    assert asyncio.run(result_of(in_thread, lambda _: 3)) == 3
    with pytest.raises(ZeroDivisionError):
        asyncio.run(result_of(in_thread, lambda _: 1 // 0))


def test_a_button_cancels_the_work() -> None:
    assert asyncio.run(result_of(in_thread, lambda is_cancelled: is_cancelled(), lambda: True)) is True


def test_the_work_of_a_cancelled_request_is_cancelled_and_its_result_dropped() -> None:
    started: list[Job[Any]] = []
    seen: Outcomes = []

    async def cancel() -> None:
        task = asyncio.ensure_future(result_of(started.append, lambda is_cancelled: seen.append(is_cancelled())))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        finish(started[0])

    asyncio.run(cancel())
    assert seen == [True]


# A queue


def test_one_job_runs_and_one_waits_with_everything_that_was_asked_for() -> None:
    lane = Lane()
    for number in (1, 2, 3):
        lane.queue.put(number)
    assert len(lane.started) == 1
    finish(lane.started[0])
    assert len(lane.started) == 2
    finish(lane.started[1])
    assert lane.outcomes == ["done 100", "done 20"]
    assert len(lane.started) == 2


def test_a_failed_job_does_not_block_the_next() -> None:
    lane = Lane()
    lane.queue.put(0)
    lane.queue.put(5)
    finish(lane.started[0])
    finish(lane.started[1])
    assert [type(outcome) for outcome in lane.outcomes] == [ZeroDivisionError, str]


def test_a_request_made_while_a_result_is_taken_is_served_once() -> None:
    lane = Lane()
    lane.queue = Queue(lane.started.append, lane.work_for, lambda _: lane.queue.put(1), pytest.fail, lambda a, b: a + b)
    lane.queue.put(2)
    finish(lane.started[0])
    assert len(lane.started) == 2


def test_an_error_while_a_result_is_taken_does_not_block_the_next() -> None:
    lane = Lane()
    lane.queue = Queue(lane.started.append, lane.work_for, lambda text: int(text), pytest.fail, lambda a, b: a + b)
    lane.queue.put(2)
    lane.queue.put(4)
    with pytest.raises(ValueError, match="done 50"):
        finish(lane.started[0])
    assert len(lane.started) == 2
