"""The generated tasks, run as VS Code runs them."""

from pathlib import Path

from debugsession import Debug
from generation import Entries
from gpumachine import Drivers
from places import line_of
from taskrunner import TasksOf


def test_nvcc_makes_the_library_that_go_links(tasks: TasksOf, gpu: Path) -> None:
    tasks(gpu).run("nvcc cmd/kernel")
    assert (gpu / "cmd" / "kernel" / "libadd.a").read_bytes().startswith(b"!<arch>")


def test_compute_sanitizer_starts_what_was_built(tasks: TasksOf, gpu: Path) -> None:
    done = tasks(gpu).attempt("compute-sanitizer cmd/kernel")
    assert done.stdout.startswith("========= COMPUTE-SANITIZER\n")
    # Without a GPU it gets as far as this.
    assert "Target application terminated before first instrumented API call" in done.stdout


def test_a_program_for_other_debuggers_is_built_as_delve_would(
    tasks: TasksOf, debug: Debug, gpu: Path, drivers: Drivers
) -> None:
    tasks(gpu).run("nvcc cmd/kernel")
    tasks(gpu).run("go build cmd/kernel")
    program = "${workspaceFolder}/cmd/kernel/__debug_bin.cuda"
    session = debug({"type": "go", "request": "launch", "mode": "exec", "program": program}, gpu)
    source = gpu / "cmd" / "kernel" / "main.go"
    session.run({source: [line_of(source, "kernel")]})
    assert session.stop().functions[0] == "main.main"


def test_a_headless_delve_accepts_a_client(tasks: TasksOf, debug: Debug, entries: Entries, plain: Path) -> None:
    # Another port than the one that is written, since that one may be in use on this machine.
    server = tasks(plain).begin("dlv --headless cmd/greet", **{"--listen=127.0.0.1:2345": "--listen=127.0.0.1:0"})
    port = int(server.wait_for("API server listening at: 127.0.0.1:"))
    session = debug(entries(plain)["remote"] | {"port": port}, plain)
    source = plain / "cmd" / "greet" / "main.go"
    session.run({source: [line_of(source, "greeting")]})
    assert session.stop().functions[0] == "main.greeting"
    session.resume()
    assert server.wait_for("args=").endswith(f"cwd={plain}")
