"""Unexpected errors: each fails one step with a message and does not stop the others."""

from collections.abc import Callable
from typing import Any

import pytest

from smallmachine import GOENV, Machine
from wslgo.provision.apply import toolchain_install
from wslgo.provision.model.facts import Facts
from wslgo.provision.plan import planner
from wslgo.provision.plan.steps import path as path_step
from wslgo.provision.survey import apt, files, network, survey, tools
from wslgo.system.journal import Journal

ERRORS: tuple[Exception, ...] = (
    ValueError("x"),
    MemoryError(),
    RecursionError("maximum recursion depth exceeded"),
    OverflowError("Python int too large to convert to C long"),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    KeyError("\x1b[2J"),
    AssertionError(),
)
BEGIN = "# >>> wslgo: Go in PATH >>>"


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_one_step_fails_and_the_others_are_done(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(toolchain_install, "install", raising(error))
    arguments = ("--yes", "--go", "1.99.3", "--source", machine.source())
    for _ in range(2):
        outcome = machine.wslgo(*arguments)
        assert outcome.code == 1
        assert f"internal error (WSLGO_DEBUG=1 shows more): {type(error).__name__}" in outcome.err
        assert "Traceback" not in outcome.err
        assert "\x1b" not in outcome.err
        assert BEGIN in (machine.home / ".bashrc").read_text()
    monkeypatch.undo()
    assert machine.wslgo(*arguments).code == 0, "the second failure was the last one: it is planned anew"
    assert (machine.home / "sdk/go/VERSION").read_text().startswith("go1.99.3\n")


def test_another_source_is_used_after_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fail(action: Any, *_: object, **__: object) -> None:
        asked.append(action.source)
        raise RuntimeError("no")

    monkeypatch.setattr(toolchain_install, "install", fail)
    first, other = machine.source(), machine.folder / "other"
    for _ in range(2):
        assert machine.wslgo("--yes", "--go", "1.99.3", "--source", first).code == 1
    (machine.folder / "source").rename(other)
    assert machine.wslgo("--yes", "--go", "1.99.3", "--source", other.as_uri()).code == 1
    assert [source.rpartition("/")[0] for source in asked] == [first, first, other.as_uri()]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interrupt_stops_the_whole_run(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(toolchain_install, "install", raising(error))
    arguments = ("--yes", "--go", "1.99.3", "--source", machine.source())
    if isinstance(error, SystemExit):
        with pytest.raises(SystemExit):
            machine.wslgo(*arguments)
    else:
        assert machine.wslgo(*arguments).code == 130
    assert BEGIN not in (machine.home / ".bashrc").read_text()


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_one_action_is_not_undone_and_the_others_are(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    really = Journal.undo

    def fails_once(journal: Journal, entry: Any, *others: Any) -> Any:
        if entry.path.endswith("/env"):
            raise error
        return really(journal, entry, *others)

    monkeypatch.setattr(Journal, "undo", fails_once)
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 1
    assert type(error).__name__ in outcome.err
    assert (machine.home / ".config/go/env").read_bytes() != GOENV
    assert BEGIN not in (machine.home / ".bashrc").read_text()
    monkeypatch.undo()
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_a_step_that_cannot_be_planned_is_reported_and_the_others_are_done(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(path_step, "steps", raising(IndexError("list index out of range")))
    outcome = machine.wslgo("--yes")
    assert outcome.code == 1
    assert "path: internal error (WSLGO_DEBUG=1 shows more): IndexError: list index out of range" in outcome.err
    assert (machine.home / ".config/go/env").read_bytes() != GOENV
    with pytest.raises(IndexError):
        planner.plan(Facts(), planner.Spec())


def test_a_user_with_an_impossible_group_is_skipped(machine: Machine) -> None:
    machine.write("/etc/passwd", b"dev:x:1000:99999999999999999999::/home/dev:/bin/bash\n", owner=0)
    outcome = machine.wslgo("--yes")
    assert outcome.code == 2
    assert "has no regular user" in outcome.err


@pytest.mark.parametrize(
    ("module", "look"),
    [
        (apt, "package_facts"),
        (apt, "apt_facts"),
        (files.FileObserver, "_see"),
        (network, "proxy_facts"),
        (network, "release_facts"),
        (survey, "workspace_facts"),
        (tools, "tool_facts"),
        (tools, "newest_facts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_look_that_fails_is_reported_and_the_rest_is_done(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, module: Any, look: str
) -> None:
    really = getattr(module, look)

    def fail(*arguments: Any, **options: Any) -> Any:
        if look != "_see" or arguments[1].endswith("/.bashrc"):
            raise RecursionError("maximum recursion depth exceeded")
        return really(*arguments, **options)

    monkeypatch.setattr(module, look, fail)
    outcome = machine.wslgo("--yes", "--only", "path,go-variables,packages,tools,toolchain")
    assert outcome.code == 1
    assert "RecursionError" in outcome.err
    assert "Traceback" not in outcome.err
    assert (machine.home / ".config/go/env").read_bytes() != GOENV
