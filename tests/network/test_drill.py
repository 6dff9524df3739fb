"""The drill: the real go command, with each entry of GOPROXY failing in each way."""

import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

import pytest

from wslgo.network.drill.replay import Trial, trials_of
from wslgo.network.drill.report import by_entry, leaks, summary
from wslgo.network.drill.substitute import PRIVATE

GO = os.path.realpath(shutil.which("go") or "go")
SECONDS = 4.0  # a go command on a busy machine takes a second

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("go"), reason="needs go")]

ERRORS = ("403", "500", "closed-port", "no-address", "closes", "bad-certificate")
PAGES = ("login-page", "garbage")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def outcomes(trials: tuple[Trial, ...], number: int) -> dict[str, str]:
    return {trial.failure: trial.outcome for trial in trials if trial.number == number}


def test_a_comma_survives_a_missing_module_alone_and_a_pipe_all_errors(temporary: Path) -> None:
    trials = trials_of("https://goproxy.io,https://goproxy.cn|direct", GO, SECONDS)
    assert trials[0].outcome == "served"
    expected = {"404": "falls-back", "hangs": "waits"}
    assert outcomes(trials, 0) == expected | dict.fromkeys((*ERRORS, *PAGES), "stops")
    assert outcomes(trials, 1) == expected | dict.fromkeys(ERRORS, "falls-back") | dict.fromkeys(PAGES, "stops")
    assert outcomes(trials, 2) == {"closed-port": "stops"}
    rows = dict(zip(("first", "second", "direct"), by_entry(trials), strict=True))
    words = [row.action.render() for row in rows["first"][1] if not row.is_survived]
    assert "go waits without end" in words
    stop = "go stops: public.example/lib@v1.0.0: reading https://goproxy.io/public.example/lib/@v/v1.0.0.info: "
    assert f"{stop}403 Forbidden" in words
    assert any(text.endswith("x509: certificate signed by unknown authority") for text in words)
    assert "127.0.0.1" not in "".join(row.action.render() for _, ways in rows.values() for row in ways)
    first = next(summary(trials, "go")).render()
    assert first == "Drill: if one entry of GOPROXY fails, go still gets a public module in 8 of 21 ways"
    assert [path.name for path in temporary.iterdir()] == []


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("http://go.corp.example,http://goproxy.cn", {"404"}),
        ("http://go.corp.example|http://goproxy.cn", {"404", *ERRORS, *PAGES} - {"bad-certificate"}),
    ],
)
def test_private_paths_leak_to_a_public_proxy_where_go_asks_the_next_one(value: str, when: set[str]) -> None:
    trials = trials_of(value, GO, SECONDS)
    assert trials[0].leaks == ()
    assert {trial.failure for trial in trials if trial.number == 0 and trial.leaks} == when
    assert all(trial.leaks == ("http://goproxy.cn",) for trial in trials if trial.leaks)
    words = [text.render() for text in leaks(trials, "git.corp.example")]
    assert words[0].startswith("If http://go.corp.example ")
    assert words[-1] == "Modules that GOPRIVATE covers (git.corp.example) are never sent to a proxy"


def test_a_public_proxy_first_always_learns_private_paths() -> None:
    trials = trials_of("https://goproxy.cn,off", GO, SECONDS)
    (leak,) = [text.render() for text in leaks(trials, "")]
    assert leak.endswith("its path is sent to https://goproxy.cn, even if all entries work")
    told = [(told.url, told.is_public) for told in trials[0].told if PRIVATE in told.modules]
    assert told == [("https://goproxy.cn", True)]


def test_a_folder_and_off() -> None:
    trials = trials_of("file:///srv/modules,off", GO, SECONDS)
    assert [(trial.failure, trial.outcome) for trial in trials] == [("", "served"), ("missing-folder", "stops")]
    assert trials[1].words == "go: public.example/lib@v1.0.0: module lookup disabled by GOPROXY=off"
    (kept,) = leaks(trials, "")
    assert kept.render().endswith("no public server learns its path")


def test_a_list_without_servers() -> None:
    trials = trials_of("off", GO, SECONDS)
    assert [text.render() for text in summary(trials, "go")] == ["Drill: GOPROXY names no server that could fail"]


def test_it_can_be_cancelled(temporary: Path) -> None:
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    started = time.monotonic()
    trials = trials_of("http://a.example|http://b.example", GO, 60, is_cancelled=cancelled.is_set)
    assert len(trials) < 19
    assert time.monotonic() - started < 30
    assert list(temporary.iterdir()) == []
