"""The surroundings of `wslgo provision`: the tree and its shell, a recorded machine, the workspace and its team."""

import json
import os
from pathlib import Path

import pytest

from smallmachine import Machine
from wslgo.machine.host import Host, Mount, Variable
from wslgo.machine.host_json import to_json
from wslgo.provision.model.spec import Spec
from wslgo.provision.survey.network import policy_of

BEGIN = "# >>> wslgo: Go in PATH >>>"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.install_go()
    return machine


# The machine around a tree


def test_exports_of_a_trees_shell_are_its_policy(machine: Machine) -> None:
    bashrc = machine.home / ".bashrc"
    bashrc.write_bytes(bashrc.read_bytes() + b"export GOPROXY=off\nif x; then export GOPROXY=direct; fi\n")
    outcome = machine.wslgo("--plan", "--go", "1.99.3", "--only", "toolchain")
    assert outcome.code == 1
    assert "GOPROXY allows no toolchain downloads" in outcome.err


def test_a_malformed_checksum_database_is_ignored() -> None:
    said = {
        value: policy_of(Host(go_variables=(Variable("GOSUMDB", value, "environment"),)), Spec()).gosumdb
        for value in ("sum.golang.org+https://sum.golang.org", "off", "sum.golang.org https://sum.golang.org")
    }
    assert list(said.values()) == ["", "off", "sum.golang.org https://sum.golang.org"]


def test_only_planned_files_are_written_into_the_tree(machine: Machine) -> None:
    before = set(machine.snapshot())
    machine.wslgo("--yes", "--go", "1.99.3", "--source", machine.source())
    new = {path.split("/go1.99.3")[0] for path in set(machine.snapshot()) - before}
    assert new == {"home/dev/sdk", "home/dev/sdk/go"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_files_that_root_creates_in_a_tree_belong_to_its_user(machine: Machine) -> None:
    machine.wslgo("--yes", "--go", "1.99.3", "--source", machine.source())
    owners = {what[2] for path, what in machine.snapshot().items() if path.startswith("home/dev/")}
    assert owners == {1000}


def test_a_recorded_machine_tells_where_windows_is(machine: Machine) -> None:
    host = Host(mounts=(Mount("/", "ext4"), Mount("/usr/local/go", "9p", "C:\\go", "C:\\go")))
    record = machine.folder / "host.json"
    record.write_text(json.dumps(to_json(host)))
    outcome = machine.wslgo("--plan", "--host", str(record), "--source", machine.source(), "--only", "toolchain")
    assert outcome.code == 0
    assert "is on a Windows drive" in outcome.out


def test_the_module_of_the_folder_decides_the_go_version(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine.folder / "go.mod").write_text("module m\n\ngo 1.99.1\n")
    (machine.folder / "go.work").write_text("go 1.99.2\n")
    monkeypatch.chdir(machine.folder)
    folder = machine.folder / "source"
    outcome = machine.wslgo("--plan", "--only", "toolchain", "--source", machine.source())
    assert outcome.code == 1
    assert "Go 1.99.2" in outcome.err, "the highest that is asked for; the folder has 1.99.3 alone"
    assert folder.is_dir()


# The workspace on the machine


def test_launch_configurations_are_written_on_request_and_undone(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.write("/home/dev/src/go.mod", b"module example.com/hello\n\ngo 1.25\n")
    machine.write("/home/dev/src/main.go", b"package main\n\nfunc main() {}\n")
    own = machine.write("/home/dev/src/.vscode/launch.json", b'{"configurations": [{"name": "mine", "type": "go"}]}')
    monkeypatch.chdir(machine.home / "src")
    before = machine.snapshot()
    assert "[launch]" not in machine.wslgo("--plan").out
    assert machine.wslgo("--yes", "--only", "launch").code == 0
    text = own.read_text()
    assert text.startswith('{"configurations": [{"name": "mine", "type": "go"}')
    assert '"name": "Debug hello"' in text
    assert machine.wslgo("--plan", "--only", "launch").out.startswith("Nothing to do")
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


# The team


TEAM = """
provision:
  variables: {GOPRIVATE: git.corp.invalid, GOSUMDB: "off", GOPROXY: "https://evil.invalid,direct"}
"""


def test_a_repository_is_trusted_only_with_consent(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    (machine.folder / "go.mod").write_text("module git.corp.invalid/team/app\n")
    monkeypatch.chdir(machine.folder)
    env = machine.home / ".config/go/env"
    outcome = machine.wslgo("--yes")
    assert "GOPRIVATE=git.corp.invalid" in outcome.err
    assert "--trust-team" in outcome.err
    assert b"GOPRIVATE" not in env.read_bytes()
    outcome = machine.wslgo("--yes", "--trust-team")
    assert outcome.code == 0
    assert env.read_bytes().endswith(b"GOPRIVATE=git.corp.invalid\n")
    assert b"GOSUMDB" not in env.read_bytes()
    assert b"evil" not in env.read_bytes()
    assert "GOSUMDB from a repository is ignored" in outcome.err
