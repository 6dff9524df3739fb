"""The probe of the go command: it asks as the user's own go, and knows each way in which go cannot be asked."""

import shutil
import subprocess
from pathlib import Path

import pytest

import machines
from goenvinputs import installation
from machines import Tree, tree_of
from wslgo.doctor.status import status_of
from wslgo.golang.toolchain import Lines, Obstacle, obstacle
from wslgo.linter.machine_check import machine_findings
from wslgo.linter.module_go import command_on
from wslgo.linter.rules import find
from wslgo.machine.host import Go, Host, Tool
from wslgo.machine.probe import executable, probe
from wslgo.machine.redaction import redacted_host
from wslgo.system.this_machine import ThisMachine

NAT = "ubuntu-24.04-nat"
FACTS = frozenset(("go", "go_variables", "goenv_path", "processor", "home", "search_path"))
GO = "/usr/local/go/bin/go"
REAL = shutil.which("go") or GO
# An ELF header of 64 bits with one segment: PT_INTERP at offset 120.
MUSL = (
    machines.elf("amd64")[:32]
    + (64).to_bytes(8, "little")
    + bytes(14)
    + (56).to_bytes(2, "little")
    + (1).to_bytes(2, "little")
    + bytes(6)
    + (3).to_bytes(4, "little")
    + bytes(4)
    + (120).to_bytes(8, "little")
    + bytes(16)
    + (24).to_bytes(8, "little")
    + bytes(16)
    + b"/lib/ld-musl-x86_64.so.1"
)


def nat_machine(changes: str, folder: Path, **environment: str) -> Tree:
    return tree_of(f"like: {NAT}\n{changes}", folder, **environment)


def rules(host: Host) -> list[str]:
    return [reported.rule for reported in machine_findings(host) if reported.finding.about == "go.go"]


def next_step(host: Host) -> str:
    found = next(reported for reported in machine_findings(host) if reported.rule == "machine/go-fails")
    assert found.finding.next
    return found.finding.next.render()


# On recorded machines


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "problem", "rule"),
    [
        (
            "-- complains: go version --\ngo: parsing $GOFLAGS: non-flag x\n",
            "go: parsing $GOFLAGS: non-flag x",
            "fails",
        ),
        (f"-- {GO} (elf arm64) --\n", "Exec format error", "of-another-processor"),
        (f"-- {GO} (elf amd64) --\n", "does not start, or does not answer within 10 seconds", "does-not-start"),
        ("-- hangs: go version --\n", "does not start, or does not answer within 10 seconds", "does-not-start"),
        ("-- says: go version --\n", "exit status 0, no output", "does-not-start"),
    ],
)
def test_what_fails_for_the_user_is_a_problem(changes: str, problem: str, rule: str, tmp_path: Path) -> None:
    tree = nat_machine(changes, tmp_path)
    host = probe(tree, FACTS)
    assert host.go
    assert host.go.problem == problem
    assert rules(host) == [f"machine/go-{rule}"]


def test_a_go_without_permission_to_run_does_not_start(tmp_path: Path) -> None:
    tree = nat_machine("", tmp_path)
    Path(tree.root + GO).chmod(0o644)
    host = probe(tree, FACTS)
    assert host.go == Go(GO, None, None, "Permission denied", starts=False)
    assert rules(host) == ["machine/go-does-not-start"]


def test_the_go_before_it_in_path_counts(tmp_path: Path) -> None:
    host = probe(nat_machine("-- /opt/bin/go --\n", tmp_path, PATH="/opt/bin:/usr/local/go/bin"), FACTS)
    assert (host.go and host.go.path, rules(host)) == (GO, [])


def test_a_toolchain_that_is_not_here_is_unknown_and_not_a_problem(tmp_path: Path) -> None:
    words = "go: downloading go1.27.9 (linux/amd64)\ngo: download go1.27.9 for linux/amd64: toolchain not available\n"
    host = probe(nat_machine(f"-- complains: go version --\n{words}", tmp_path), FACTS)
    assert host.go == Go(GO, None, "/usr/local/go", processor="amd64")
    assert rules(host) == []


def test_a_tree_of_files_has_no_problem_that_only_running_shows(tmp_path: Path) -> None:
    tree = nat_machine(f"-- {GO} (elf arm64) --\n-- without: /proc/self/exe --\n", tmp_path)
    host = probe(tree, FACTS)
    assert host.go == Go(GO)
    assert rules(host) == []


@pytest.mark.parametrize(
    ("said", "built_by"), [("/home/user/go/bin/dlv: go1.24.8\n", "1.24.8"), ("/x: not executable file\n", None)]
)
def test_the_go_that_built_a_tool_is_known(said: str, built_by: str | None, tmp_path: Path) -> None:
    tree = nat_machine(f"-- says: go version -m /home/user/go/bin/dlv --\n{said}", tmp_path)
    found = probe(tree, frozenset({"delve"})).delve
    assert found
    assert (found.version, found.built_by) == ("1.25.2", built_by)


def test_the_loader_of_a_program_is_read_from_its_header() -> None:
    assert executable.loader_of(MUSL) == "/lib/ld-musl-x86_64.so.1"
    assert executable.loader_of(b"#! /usr/bin/env python3\n") == "/usr/bin/env"
    assert [executable.loader_of(MUSL[:length]) for length in range(0, 120, 7)] == [None] * 18
    assert executable.loader_of(machines.elf("arm64")) is None


def test_no_program_of_a_module_cache_in_the_workspace_is_chosen(tmp_path: Path) -> None:
    """Ask with GOTOOLCHAIN=local if the workspace holds the toolchains."""
    given: list[str] = []

    class Watched(Tree):
        def run(self, words, seconds, folder=None, environment=None):  # type: ignore[no-untyped-def]
            if words[1:] == ("version",) and words[0].endswith("/go"):
                given.append((environment or {}).get("GOTOOLCHAIN", ""))
            return super().run(words, seconds, folder, environment)

    text = (machines.HOSTS / f"{NAT}.machine").read_text().partition("-- says: go env -json --\n")[2]
    there = text.replace("/home/user/go/pkg/mod", "/project/mod")
    for number, said in enumerate((text, there)):
        (tmp_path / str(number)).mkdir()
        tree = nat_machine(f"-- says: go env -json --\n{said}", tmp_path / str(number), GOTOOLCHAIN="go1.24.1")
        probe(Watched(Path(tree.root), tree.environment), FACTS, ("/project",))
    assert given == ["go1.24.1", "local"]


def test_a_shared_machine_keeps_the_words_that_name_the_cause() -> None:
    go = Go(GO, None, None, 'go: parsing $GOFLAGS: non-flag "carol"', starts=True, processor="arm64")
    host = redacted_host(machines.host(NAT)._replace(go=go)).host
    assert host.go
    assert host.go.processor == "arm64"
    assert "$GOFLAGS" in (host.go.problem or "")
    assert "carol" not in (host.go.problem or "")


# With the real go


class Here(ThisMachine):
    """This machine with other variables."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    @property
    def environment(self) -> dict[str, str]:
        return self._environment


def real(folder: Path, line: str = "", **environment: str) -> Host:
    """Probe the real go in an empty home with a line in the go env file."""
    place = folder / ".config/go/env"
    place.parent.mkdir(parents=True)
    place.write_text(line)
    path = f"{Path(REAL).parent}:/usr/bin:/bin"
    return probe(Here({"HOME": str(folder), "PATH": path, **environment}), FACTS)


@pytest.mark.parametrize(
    ("line", "words", "step"),
    [
        ("GOFLAGS=-tags integration", "non-flag", "type: go env -u GOFLAGS"),
        ("GOTOOLCHAIN=1.22.5", "GOTOOLCHAIN", "type: GOTOOLCHAIN=local go env -u GOTOOLCHAIN"),
        ("GOTOOLCHAIN=go1.22.5+path", "in PATH", "type: GOTOOLCHAIN=local go env -u GOTOOLCHAIN"),
        ("GOEXPERIMENT=rangefunk", "unknown GOEXPERIMENT", "type: go env -u GOEXPERIMENT"),
        ("GOROOT=/nonexistent/go", "cannot find GOROOT", "correct GOROOT in {file}"),
        ("GOPATH=relative", "GOPATH entry is relative", "correct GOPATH in {file}"),
    ],
)
def test_a_line_that_breaks_the_real_go_is_quoted_with_a_command_that_works(
    line: str, words: str, step: str, tmp_path: Path
) -> None:
    host = real(tmp_path, f"{line}\n")
    assert host.go
    assert words in (host.go.problem or "")
    assert next_step(host) == step.format(file=tmp_path / ".config/go/env")
    if step.startswith("type: "):  # what is to be typed does work
        path = f"{Path(host.go.path).parent}:/usr/bin:/bin"
        program, *rest = step.removeprefix("type: ").split()
        variables = {"HOME": str(tmp_path), "PATH": path}
        if "=" in program:
            name, _, value = program.partition("=")
            variables[name], rest = value, rest[1:]
        ran = ThisMachine().run([host.go.path, *rest], 20, "/", variables)
        assert ran
        assert ran.code == 0
        assert (tmp_path / ".config/go/env").read_text() == ""


@pytest.mark.parametrize("line", ["", "GOFLAGS=-tags=integration -mod=mod\n", "GOTOOLCHAIN=local\n", "GOPROXY=off\n"])
def test_a_go_that_works_has_no_problem(line: str, tmp_path: Path) -> None:
    host = real(tmp_path, line)
    assert host.go
    assert (host.go.problem, rules(host)) == (None, [])
    assert host.go.version


@pytest.mark.slow
@pytest.mark.parametrize("user", ["", "GOTOOLCHAIN=\n", "GOTOOLCHAIN=auto\n"])
@pytest.mark.parametrize("shipped", [None, "", "GOPROXY=direct\n", "GOTOOLCHAIN=local\n", "GOTOOLCHAIN=auto\n"])
def test_a_toolchain_is_chosen_as_the_real_go_does_without_the_line_of_go_env(
    shipped: str | None, user: str, tmp_path: Path
) -> None:
    root = installation(tmp_path).root
    if shipped is not None:
        (root / "go.env").write_text(shipped)
    (tmp_path / "module").mkdir()
    (tmp_path / "module/go.mod").write_text("module example.com/m\n\ngo 1.99\n")
    host = real(tmp_path / "home", user, GOROOT=str(root))
    command = command_on(host)
    environment = {"HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin", "GOROOT": str(root), "GOPROXY": "off"}

    def go(*words: str) -> str:
        done = subprocess.run(
            [REAL, *words], cwd=tmp_path / "module", env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    assert command is not None
    environment["GOTOOLCHAIN"] = ""  # the real go takes it from the files
    stays = obstacle(Lines("1.99"), command) is Obstacle.LOCAL
    assert stays == ("requires go >= 1.99" in go("list", "-m"))
    # Outside of the module, which asks for another toolchain.
    (tmp_path / "module/go.mod").unlink()
    assert host.go_values()["GOTOOLCHAIN"] == go("env", "GOTOOLCHAIN").strip()


def test_without_the_folder_of_go_its_toolchain_is_unknown(tmp_path: Path) -> None:
    tree = nat_machine("-- says: go env -json --\n{}", tmp_path)
    assert probe(tree, FACTS).variable("GOTOOLCHAIN") is None


def test_an_exported_value_is_to_be_unset(tmp_path: Path) -> None:
    host = real(tmp_path, GOFLAGS="-tags integration")
    assert next_step(host) == "type: unset GOFLAGS, and remove it where it is exported"


def test_the_toolchain_of_a_server_is_not_asked_for(tmp_path: Path) -> None:
    host = real(tmp_path, "GOTOOLCHAIN=go1.99.7\nGOPROXY=http://127.0.0.1:1\n")
    assert host.go
    assert (host.go.version, host.go.problem) == (None, None)


def test_a_go_of_another_processor_is_named(tmp_path: Path) -> None:
    here = executable.processor_of(Path("/proc/self/exe").read_bytes())
    data = bytearray(Path(REAL).resolve().read_bytes()[: 1 << 16])
    number = next(number for number, name in executable.PROCESSORS.items() if name == "s390x")
    data[18:20] = number.to_bytes(2, "little")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/go").write_bytes(data)
    (tmp_path / "bin/go").chmod(0o755)
    host = probe(Here({"HOME": str(tmp_path), "PATH": f"{tmp_path}/bin:/usr/bin:/bin"}), FACTS)
    assert host.go
    assert (host.go.problem, host.go.processor, host.processor) == ("Exec format error", "s390x", here)
    assert rules(host) == ["machine/go-of-another-processor"]


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("#!/bin/sh\nkill -SEGV $$\n", "ended by SIGSEGV"),
        ("#!/bin/sh\nexit 0\n", "exit status 0, no output"),
        ("#!/nonexistent/loader\n", "/nonexistent/loader: No such file or directory"),
        ("", "Exec format error"),
        ("<html>", "Exec format error"),
    ],
)
def test_a_go_that_does_not_start_says_why(script: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "go").write_text(script)
    (tmp_path / "go").chmod(0o755)
    host = probe(Here({"HOME": str(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin"}), FACTS)
    assert host.go
    assert (host.go.problem, host.go.starts) == (problem, False)
    assert rules(host) == ["machine/go-does-not-start"]


def test_the_rules_about_go_are_there() -> None:
    for name in ("go-fails", "go-does-not-start", "go-of-another-processor", "go-too-old", "go-not-in-path"):
        assert find(f"machine/{name}")


def test_a_tool_that_says_no_version_is_unknown_and_has_no_tick() -> None:
    host = machines.host(NAT)._replace(delve=Tool("/usr/bin/dlv"))
    status = status_of(host, machine_findings(host))
    assert [fact.id for fact in status.unknown] == ["editors.delve"]
    assert not status.is_healthy
