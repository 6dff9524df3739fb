"""The outcome of a question, and what go does after it: pure, so that a test can compare it with the go command.

Go takes 404 and 410 for "not there" and asks the next proxy; after `|` it also does so after any other error. But it
waits for an answer without end, and a page that a server sends in place of a module archive is not an error to it.
"""

import json
import re
from collections.abc import Callable

from wslgo.machine.host import Answer
from wslgo.machine.outcomes import (
    ANSWERS,
    BAD_ANSWER,
    BAD_CERTIFICATE,
    LOGIN_PAGE,
    NOT_FOUND,
    REFUSES,
    TIMES_OUT,
    UNREACHABLE,
)
from wslgo.network.exchange import ANSWER, PROXY, Failure, Reply
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import UNTRUSTED, distrust
from wslgo.provision.toolchain.sumdb.note import Key, verified_text
from wslgo.text.message import redact
from wslgo.text.typing import NamedTuple

_NOT_THERE = (404, 410)
_PROXY_LOGIN = 407
_SIGN_IN = 511  # Network Authentication Required
_REDIRECTION = range(300, 400)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<script|<!--|<meta)", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^<>]*>", re.IGNORECASE)
_CONTENT = re.compile(rb"content=[\"']([^\"']*)[\"']", re.IGNORECASE)
_ADVERTISEMENT = b"# service=git-upload-pack"
_LARGEST = 64  # bytes of an advertisement that are looked at


class Outcome(NamedTuple):
    """The outcome, the HTTP status, the problem in a few words, and what go does after it.

    `fails`: go fails with an error, after which `|` asks the next entry.
    """

    outcome: str
    status: int | None = None
    problem: str = ""
    fails: bool = True
    is_endless: bool = False
    distrust: str = ""
    proxy_status: int = 0  # of an HTTP proxy that does not pass the request on
    place: str = ""  # where it was asked in the end, if that is not the URL of the question

    def falls_back(self, next_on: str) -> bool:
        """Return whether go asks the next entry of GOPROXY."""
        if self.outcome == ANSWERS or next_on == "never" or self.is_endless:
            return False
        return self.outcome == NOT_FOUND or (next_on == "any-error" and self.fails)

    def answer(self, url: str, serves: str, seconds: float, next_on: str = "never", via: str = "") -> Answer:
        """Return the fact about a machine."""
        return Answer(
            redact(self.place or url),
            serves,
            self.problem,
            self.distrust,
            self.proxy_status,
            outcome=self.outcome,
            status=self.status,
            seconds=round(seconds, 3),
            falls_back=self.falls_back(next_on),
            is_endless=self.is_endless,
            via=via,
        )


Expected = Callable[[Reply], str]  # what is wrong with an answer, "" if it is right


def outcome_of(answer: Reply | Failure, expected: Expected) -> Outcome:
    """Return the outcome of a question; `expected` looks at the body of an answer with status 200."""
    if isinstance(answer, Failure):
        return _failed(answer)
    if answer.status in _NOT_THERE:
        return Outcome(NOT_FOUND, answer.status, f"{answer.status}")
    if answer.status == _SIGN_IN:
        return Outcome(LOGIN_PAGE, answer.status, "the network asks for a login")
    if answer.status != 200:
        is_redirect = answer.status in _REDIRECTION
        login = answer.status if answer.status == _PROXY_LOGIN else 0
        words = f"status {answer.status}"
        return Outcome(BAD_ANSWER if is_redirect else REFUSES, answer.status, words, proxy_status=login)
    if not answer.is_whole:
        return Outcome(BAD_ANSWER, answer.status, answer.words)
    wrong = expected(answer)
    if not wrong:
        return Outcome(ANSWERS, answer.status, fails=False)
    is_page = answer.kind == "text/html" or _PAGE.match(answer.body) is not None
    # Go takes any archive that comes with status 200, and fails only when it unpacks it: too late to ask the next one.
    return Outcome(LOGIN_PAGE if is_page else BAD_ANSWER, answer.status, wrong, fails=False)


def late(stage: str) -> Outcome:
    """Return the outcome of a question that is still open when the time is up."""
    return _failed(Failure(stage, "no answer in time", is_late=True))


def _failed(failure: Failure) -> Outcome:
    if failure.is_certificate:
        words = distrust(f"{UNTRUSTED}{failure.distrust}")
        return Outcome(BAD_CERTIFICATE, None, failure.words, distrust=words)
    if failure.is_late:
        # In Go names, connections, handshakes and tunnels have a limit of 10 to 60 seconds, and an answer has none.
        return Outcome(TIMES_OUT, None, failure.words, is_endless=failure.stage == ANSWER)
    if failure.is_malformed or (failure.status is not None and failure.stage != PROXY):
        return Outcome(BAD_ANSWER, failure.status, failure.words)
    if failure.status is not None:
        return Outcome(REFUSES, failure.status, failure.words, proxy_status=failure.status)
    return Outcome(UNREACHABLE, None, failure.words)


def info_of(version: str) -> Expected:
    """Return what an `.info` of a version must be."""

    def check(reply: Reply) -> str:
        try:
            info = json.loads(reply.body)
        except (ValueError, RecursionError):
            return _strange(reply)
        found = info.get("Version") if isinstance(info, dict) else None
        return "" if found == version else f"it has {str(found)[:50]!r} instead of {version}"

    return check


def any_info(reply: Reply) -> str:
    """Return what is wrong with the answer to `@latest`."""
    try:
        info = json.loads(reply.body)
    except (ValueError, RecursionError):
        return _strange(reply)
    return "" if isinstance(info, dict) and info.get("Version") else "it names no version"


def signed_by(key: Key) -> Expected:
    """Return what the latest tree head of a checksum database must be: signed with this key."""

    def check(reply: Reply) -> str:
        try:
            verified_text(reply.body, key)
        except ProvisionError:
            return _strange(reply) if b"\n\n\xe2\x80\x94 " not in reply.body else "another key has signed it"
        return ""

    return check


def advertisement(reply: Reply) -> str:
    """Return what is wrong with the list of branches of a git repository."""
    return "" if _ADVERTISEMENT in reply.body[:_LARGEST] else _strange(reply)


def go_import(reply: Reply) -> str:
    """Return what is wrong with the page that names the repository of a module."""
    return "" if go_import_in(reply.body) else _strange(reply)


def go_import_in(page: bytes) -> tuple[str, ...]:
    """Return the words of the first `go-import` of a page: a prefix, a version control system, a repository."""
    for tag in _META.finditer(page):
        content = _CONTENT.search(tag.group())
        if b"go-import" in tag.group() and content is not None:
            return tuple(content[1].decode("utf-8", "replace").split())
    return ()


def banner(reply: Reply) -> str:
    """Return what is wrong with the first words of a server of ssh."""
    return "" if reply.body.startswith(b"SSH-") else "it does not speak ssh"


def file_outcome(error: OSError | None) -> Outcome:
    """Return the outcome of reading a folder of `file://`."""
    if error is None:
        return Outcome(ANSWERS, fails=False)
    is_missing = isinstance(error, FileNotFoundError)
    return Outcome(NOT_FOUND if is_missing else REFUSES, None, error.strerror or str(error))


def _strange(reply: Reply) -> str:
    return "an HTML page" if reply.kind == "text/html" or _PAGE.match(reply.body) else "not what go expects"
