"""Running Go programs and leftovers of debuggers: real programs of the go command, and the real Delve."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commandline import wslgo
from frontdoor import dev
from wslgo.launch.attach import obstacle
from wslgo.machine.probe.processes import is_leftover, processes
from wslgo.machine.process import GoProcess, Leftover, Processes
from wslgo.system.ending import end_process, started_of
from wslgo.system.this_machine import ThisMachine

SERVER = """package main

import (
	"net"
	"time"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	println(listener.Addr().String())
	time.Sleep(time.Hour)
}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what builds a program that listens, with these flags of the compiler."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "go.mod").write_text("module example.com/server\n\ngo 1.24\n", encoding="utf-8")
    (folder / "main.go").write_text(SERVER, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME")}
    own = {"GOCACHE": str(dev.CACHE / "go-build"), "CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOENV": "off"}

    def build(flags: str) -> Path:
        out = folder / f"server{len(list(folder.iterdir()))}"
        words = ["go", "build", "-buildvcs=false", *filter(None, (flags,)), "-o", out, "."]
        subprocess.run(words, cwd=folder, env=kept | own, check=True)
        return out

    return build


@contextlib.contextmanager
def running(path: Path) -> Iterator[tuple[int, int]]:
    """Run a program; yield its id and its port."""
    with subprocess.Popen([path], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield process.pid, int(process.stderr.readline().rpartition(":")[2])
        finally:
            process.kill()


@contextlib.contextmanager
def orphan(*words: str | Path) -> Iterator[int]:
    """Run a program whose parent has ended; yield its id."""
    started = subprocess.run(
        ["setsid", "sh", "-c", '"$@" >/dev/null 2>&1 </dev/null & echo $!', "sh", *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    pid = int(started.stdout)
    time.sleep(0.5)  # for its new parent, and for exec
    try:
        yield pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def of(pid: int) -> GoProcess:
    return next(process for process in processes(ThisMachine()).go if process.pid == pid)


@pytest.mark.slow
def test_a_running_program_is_listed_with_what_a_person_recognises(server: Callable[[str], Path]) -> None:
    path = server("-gcflags=-N -l")
    with running(path) as (pid, port):
        found = of(pid)
        assert found.path == str(path)
        assert found.package == "example.com/server"
        assert found.module == "example.com/server (devel)"
        assert found.ports == (port,)
        assert (found.dwarf, found.is_for_debugging, found.tracer, found.user) == (True, True, 0, os.getuid())
        assert found.age < 60
        assert found.started == started_of(pid)
        path.unlink()  # as a rebuild does
        assert of(pid).path == str(path)
    assert all(process.pid != pid for process in processes(ThisMachine()).go)


@pytest.mark.slow
def test_a_stripped_program_is_rejected_and_an_optimized_one_is_not(server: Callable[[str], Path]) -> None:
    known = Processes(os.getuid())
    with running(server("-ldflags=-s -w")) as (pid, _):
        found = obstacle(of(pid), known)
        assert found is not None
        assert "no debug information" in found.render()
    with running(server("")) as (pid, _):
        assert of(pid).is_for_debugging is False
        assert obstacle(of(pid), known) is None


@pytest.mark.slow
def test_a_program_that_a_debugger_left_is_ended_by_its_id(server: Callable[[str], Path], tmp_path: Path) -> None:
    path = shutil.copy(server(""), tmp_path / "__debug_bin1234")
    with orphan(path) as pid:
        leftovers = processes(ThisMachine()).leftovers
        [found] = [leftover for leftover in leftovers if leftover.pid == pid]
        assert (found.kind, found.started) == ("debugged", started_of(pid))
        out = wslgo("attach", environment={"LANG": "C"}).out
        assert f"{pid}  {path}" in out
        assert wslgo("attach", "--end", str(pid), stdin=b"n\n").code == 0
        assert started_of(pid) is not None
        code, out, _ = wslgo("attach", "--end", str(pid), "--yes")
        assert (code, out) == (0, f"process {pid} has ended\n")
        assert not is_leftover(pid, found.started, ThisMachine())


@pytest.mark.slow
def test_a_program_that_runs_on_its_own_is_never_ended(server: Callable[[str], Path], tmp_path: Path) -> None:
    named = shutil.copy(server(""), tmp_path / "__debug_bin77")
    with running(named) as (pid, _):  # its parent lives
        assert wslgo("attach", "--end", str(pid), "--yes").code == 2
    with orphan(server("")) as pid:  # a service
        assert wslgo("attach", "--end", str(pid), "--yes").code == 2
        assert started_of(pid) is not None


@pytest.mark.delve
@pytest.mark.slow
def test_a_delve_without_its_editor_is_a_leftover_unless_it_waits_for_others(server: Callable[[str], Path]) -> None:
    dlv = dev.delve()
    with orphan(dlv, "dap", "--listen=127.0.0.1:0") as lonely, running(server("-gcflags=all=-N -l")) as (pid, _):
        serving = (dlv, "attach", str(pid), "--headless", "--accept-multiclient", "--listen=127.0.0.1:0")
        with orphan(*serving) as shared:
            deadline = time.monotonic() + 20
            while not of(pid).tracer and time.monotonic() < deadline:
                time.sleep(0.2)
            known = processes(ThisMachine())
            left = {leftover.pid: leftover.kind for leftover in known.leftovers}
            assert left.get(lonely) == "debugger"
            assert shared not in left
            assert all(process.pid not in (lonely, shared) for process in known.go)
            reason = obstacle(of(pid), Processes(os.getuid()))
            assert reason is not None
            assert reason.render() == f"process {shared} debugs it already, and Linux allows one debugger"
        assert end_process(lonely, started_of(lonely) or 0) is None


# Without programs

PROCESS = GoProcess(10, 100, 1000, "me", ("app",), dwarf=True, optimized="none")


@pytest.mark.parametrize(
    ("process", "known", "words"),
    [
        (PROCESS, Processes(1000), None),
        (PROCESS, Processes(1000, 0), None),
        (PROCESS, Processes(1000, 1), "ptrace_scope is 1"),
        (PROCESS, Processes(1000, 2), "ptrace_scope is 2"),
        (PROCESS, Processes(0, 1), None),
        (PROCESS, Processes(0, 3), "until the next start of WSL"),
        (PROCESS, Processes(1001, 0), "it belongs to me"),
        (PROCESS, Processes(0, 0), None),
        (PROCESS._replace(tracer=5), Processes(1000), "process 5 debugs it already"),
        (PROCESS._replace(dwarf=False), Processes(1000), "no debug information"),
        (PROCESS._replace(dwarf=None), Processes(1000), None),
    ],
)
def test_why_attaching_cannot_work(process: GoProcess, known: Processes, words: str | None) -> None:
    found = obstacle(process, known)
    assert (found is None) == (words is None)
    assert words is None or (found is not None and words in found.render())


def test_an_id_that_means_another_process_by_now_is_not_ended() -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        started = started_of(process.pid)
        assert started is not None
        other = end_process(process.pid, started + 1)
        assert other is not None
        assert process.poll() is None
        assert end_process(process.pid, started) is None
        process.wait()
    gone = end_process(process.pid, started)
    assert gone is not None
    assert "another process" in gone.render()


@pytest.mark.parametrize("words", [("--end", "x"), ("--end", "1", "--yes"), ("--end", "--yes"), ("more",)])
def test_what_is_not_a_leftover_is_rejected(words: tuple[str, ...]) -> None:
    assert wslgo("attach", *words).code == 2


def test_is_for_debugging_is_unknown_where_a_fact_is() -> None:
    assert PROCESS.is_for_debugging is True
    assert PROCESS._replace(optimized="dependencies").is_for_debugging is True
    assert PROCESS._replace(optimized="all").is_for_debugging is False
    assert PROCESS._replace(dwarf=False).is_for_debugging is False
    assert PROCESS._replace(dwarf=None).is_for_debugging is None
    assert PROCESS._replace(optimized=None).is_for_debugging is None


def test_a_leftover_has_its_kind() -> None:
    assert Leftover(1, 2, "debugger", ("dlv", "dap")).age == 0
