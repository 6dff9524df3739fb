"""All questions at once, with one time limit; the answers come in as they arrive."""

import queue
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from wslgo.machine.host import Answer
from wslgo.machine.outcomes import UNREACHABLE
from wslgo.network.exchange import Line
from wslgo.network.outcome import Outcome, late
from wslgo.network.questions import Question
from wslgo.provision.net.http import never
from wslgo.provision.net.tls import context
from wslgo.text.typing import NamedTuple

SECONDS = 10.0  # a server that takes longer is of no use, though go would wait

_POLL = 0.1  # seconds between two looks at the clock
_GRACE = 0.3  # seconds for threads to see their own time limit
_MOST = 64  # questions: a GOPROXY may name thousands


_Arrived = queue.SimpleQueue[tuple[int, Outcome, float]]


class Progress(NamedTuple):
    """An answer that has arrived, and how many of all there are."""

    answer: Answer
    done: int
    total: int


def answers_to(
    questions: Sequence[Question],
    environment: Mapping[str, str],
    seconds: float = SECONDS,
    listener: Callable[[Progress], None] = lambda _: None,
    is_cancelled: Callable[[], bool] = never,
) -> tuple[Answer, ...]:
    """Return the answers in the order of the questions; fewer only if it was cancelled."""
    questions = questions[:_MOST]
    started = time.monotonic()
    deadline = started + seconds
    trust = _trust(environment)
    lines = [Line(environment, trust, deadline) for _ in questions]
    arrived: _Arrived = queue.SimpleQueue()
    # Daemon threads: one that waits for a name server must not delay the end of the program.
    for number, question in enumerate(questions):
        words = (number, question, lines[number], arrived)
        threading.Thread(target=_work, args=words, name="wslgo-question", daemon=True).start()
    answers: dict[int, Answer] = {}

    def take(number: int, found: Outcome, now: float) -> None:
        asked = questions[number]
        answers[number] = found.answer(asked.url, asked.serves, now - started, asked.next_on, lines[number].via)
        listener(Progress(answers[number], len(answers), len(questions)))

    while len(answers) < len(questions) and not is_cancelled() and time.monotonic() < deadline + _GRACE:
        try:
            take(*arrived.get(timeout=_POLL))
        except queue.Empty:
            continue
    for number, line in enumerate(lines):
        if number not in answers and not is_cancelled():
            take(number, late(line.stage), deadline)
    return tuple(answers[number] for number in sorted(answers))


def _work(number: int, question: Question, line: Line, arrived: "_Arrived") -> None:
    try:
        found = question.ask(line)
    except Exception as error:  # noqa: BLE001 - the end of a thread: the error becomes an answer
        found = Outcome(UNREACHABLE, problem=f"{type(error).__name__}: {error}"[:200])
    arrived.put((number, found, time.monotonic()))


def _trust(environment: Mapping[str, str]) -> Callable[[], ssl.SSLContext]:
    """Return a function that reads the certificates at most once, whichever thread needs them first."""
    lock = threading.Lock()

    @cache
    def trusted() -> ssl.SSLContext:
        return context(environment)

    def trust() -> ssl.SSLContext:
        with lock:
            return trusted()

    return trust
