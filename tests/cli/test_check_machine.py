"""`wslgo check` and the machine: what it asks, whose files it reads, and what a recorded machine says."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import machines
from commandline import SERVER, process, write, wslgo
from wslgo.cli.arguments import Namespace
from wslgo.cli.call import Call
from wslgo.cli.machine import Machine
from wslgo.cli.terminal import Terminal
from wslgo.linter.scene import Scene
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

HOSTS = machines.HOSTS
NAT = str(HOSTS / "ubuntu-24.04-nat.json")
OWN = "/mnt/c/Users/user/.wslconfig"
WSL_1 = str(HOSTS / "wsl-1.json")
MANY = b"[wsl2]\nprocessors=64\n"
REDUNDANT = "goenv/redundant-module-mode"
# The recorded machines with findings.
FAULTY = {"article", "custom-kernel", "not-wsl", "two-gpus", "windows-10", "wsl-1"}


def rules(*arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> list[str]:
    printed = json.loads(wslgo("check", "--format", "json", *arguments, stdin=stdin, environment=environment).out)
    return [finding["rule"] for finding in printed["findings"]]


def test_a_recorded_machine_judges_its_own_file(folder: Path) -> None:
    assert rules("--host", NAT, "--stdin-filename", OWN, stdin=MANY) == ["wslconfig/processors-above-host"]


def test_a_recorded_machine_says_nothing_of_another_file(folder: Path) -> None:
    write(folder / ".wslconfig", MANY)
    assert rules("--host", NAT) == []
    assert rules("--host", NAT, "--stdin-filename", "/home/user/dotfiles/.wslconfig", stdin=MANY) == []


def test_without_a_machine_nothing_is_compared(folder: Path) -> None:
    write(folder / ".wslconfig", MANY)
    assert rules() == []


def test_a_recorded_machine_brings_its_files(folder: Path) -> None:
    recorded = json.loads((HOSTS / "ubuntu-24.04-nat.json").read_text(encoding="utf-8"))
    recorded["wslconfig"]["text"] = "[wsl2]\nprocessors=64\n"
    write(folder / "host.json", json.dumps(recorded))
    code, out, _ = wslgo("check", "--host", "host.json", "--machine")
    assert (code, out.splitlines()[0].split(": ")[:2]) == (1, [f"{OWN}:2:12", "warning"])
    assert wslgo("check", "--host", "host.json").out == ""


def test_a_recorded_machine_tells_what_is_missing(folder: Path) -> None:
    assert rules("--host", str(HOSTS / "custom-kernel.json"), "--machine") == ["wslconfig/missing-file"] * 2


@pytest.mark.parametrize("name", sorted({*machines.NAMES} - FAULTY))
def test_a_healthy_recorded_machine_shows_nothing(folder: Path, name: str) -> None:
    code, out, _ = wslgo("check", "--host", str(HOSTS / f"{name}.json"), "--machine", "--fail-on", "hint")
    assert (code, out) == (0, ""), out


# The machine itself


def test_a_finding_about_the_machine_has_its_next_step(folder: Path) -> None:
    code, out, _ = wslgo("check", "--host", WSL_1, "--machine")
    finding, step, blank, summary = out.splitlines()
    assert (code, blank, summary) == (1, "", "1 problem (1 warning)")
    assert finding.startswith("this machine: warning: WSL 1: Delve hangs at the first breakpoint, ")
    assert finding.endswith(" [machine/wsl-1]")
    assert step == "      = next: in Windows, type: wsl --set-version Ubuntu-22.04 2"
    assert wslgo("check", "--host", WSL_1)[:2] == (0, "")
    assert wslgo("check", "--host", WSL_1, "--machine", "--fail-on", "error").code == 0


def test_in_json_it_has_no_range_but_a_fact(folder: Path) -> None:
    printed = json.loads(wslgo("check", "--host", WSL_1, "--machine", "--format", "json").out)
    [finding] = printed["findings"]
    assert {*finding} == {"rule", "severity", "message", "about", "next", "related", "fixes", "fingerprint"}
    assert (finding["rule"], finding["about"]) == ("machine/wsl-1", "wsl.version")


def test_an_annotation_of_it_has_no_file(folder: Path) -> None:
    out = wslgo("check", "--host", WSL_1, "--machine", "--format", "github").out
    assert out.startswith("::warning title=machine/wsl-1::WSL 1: ")


def test_it_can_be_ignored_like_any_other(folder: Path) -> None:
    assert rules("--host", WSL_1, "--machine", "--ignore", "machine") == []
    assert rules("--host", WSL_1, "--machine", "--ignore", "machine/wsl-1") == []
    write(folder / "wslgo.yaml", "check:\n  ignore: [machine/wsl-1]\n")
    assert rules("--host", WSL_1, "--machine") == []
    assert rules("--host", WSL_1, "--machine", "--isolated") == ["machine/wsl-1"]


def test_a_value_is_reported_where_it_is_set_if_that_file_is_checked(folder: Path) -> None:
    recorded = json.loads((HOSTS / "article.json").read_text(encoding="utf-8"))
    write(folder / "home/.bashrc", (machines.HOSTS.parent / "article/home/.bashrc").read_bytes())
    write(folder / "host.json", json.dumps(recorded | {"home": str(folder / "home")}))
    values = [*("goenv/malformed-checksum-database", *["goenv/folder-on-windows-drive"] * 2), REDUNDANT]
    assert rules("--host", "host.json", "--machine", "host.json") == values
    assert sorted(rules("--host", "host.json", "--machine", "home/.bashrc")) == sorted(values)
    printed = json.loads(wslgo("check", "--host", "host.json", "--machine", "--format", "json", "home/.bashrc").out)
    assert {finding["path"] for finding in printed["findings"]} == {"home/.bashrc"}


@pytest.mark.parametrize("content", [None, "{", "[]", '{"colour": "red"}', "[" * 99999])
def test_a_machine_that_cannot_be_read_is_said_at_once(folder: Path, content: str | None) -> None:
    if content is not None:
        write(folder / "host.json", content)
    code, out, err = wslgo("check", "--host", "host.json")
    assert (code, out) == (2, "")
    assert err.startswith("wslgo: host.json cannot be read: ")
    assert len(err.splitlines()) == 1


def test_the_files_of_this_machine_are_read_when_it_is_wanted(folder: Path) -> None:
    write(folder / "home/.config/go/env", "GOPROXY=direct,https://goproxy.cn\n")
    home = {"HOME": str(folder / "home"), "XDG_CONFIG_HOME": "", "GOENV": "", "XDG_CACHE_HOME": str(folder / "cache")}
    (folder / "empty").mkdir()
    wanted = process("check", "empty", "--machine", "--format", "json", cwd=folder, **home, CI="1")
    paths = {finding["path"] for finding in json.loads(wanted.stdout)["findings"] if "range" in finding}
    assert paths == {str(folder / "home/.config/go/env")}
    for more in ({}, {"CI": "1"}):
        unwanted = process("check", "empty", "--format", "json", cwd=folder, **home, **more)
        assert json.loads(unwanted.stdout)["findings"] == []


def test_its_start_up_files_count_as_they_do_for_doctor(folder: Path) -> None:
    tree = machines.unpack("ubuntu-24.04-mirrored", folder, PATH="/usr/bin:/bin")
    write(Path(f"{tree.root}/home/user/.profile"), 'PATH="/usr/local/go/bin:$PATH"\n')
    options = Namespace(paths=[str(folder)], machine=True, host=None, stdin_filename=None)
    terminal = Terminal(io.BytesIO(), io.BytesIO(), io.BytesIO(), {})
    found = Machine(Call(options, terminal), tree).findings(Settings, ())
    assert [reported.severity.name for reported in found if reported.rule == "machine/go-not-in-path"] == [
        "INFORMATION"
    ]


@pytest.mark.parametrize("name", [".wslconfig", "wsl.conf", "go.mod"])
def test_a_file_of_no_machine_asks_nothing(folder: Path, name: str) -> None:
    write(folder / name, "module example.com/m\n" if name == "go.mod" else "")
    code = "from wslgo.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    words = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(SERVER)!r}); {code}", "check", name]
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder, timeout=60, check=True)
    assert not {"wslgo.machine.probe", "wslgo.system.files", "subprocess"} & set(done.stdout.split())


# What is asked of this machine


class Mounted(machines.Tree):
    """A machine whose drives are disks of their own."""

    def stat(self, path: str) -> os.stat_result | None:
        found = super().stat(path)
        if found is None or not path.startswith("/mnt/c/"):
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:10]))


class Asked(NamedTuple):
    """A host, and the programs that were started for it."""

    host: Host
    programs: list[str]


def asked(folder: Path, place: str, *select: str, text: str = "", machine: bool = False, **environment: str) -> Asked:
    """Return what is known of a machine after a look at a file, and the programs that were started for it."""
    tree = machines.unpack("ubuntu-24.04-mirrored", folder, HOME="/home/user")
    world = Mounted(Path(tree.root), tree.environment)
    options = Namespace(paths=[str(folder)], machine=machine, host=None, stdin_filename=None)
    terminal = Terminal(io.BytesIO(), io.BytesIO(), io.BytesIO(), environment)
    if not tree.exists(place):
        write(Path(tree.root + place), text)
    family = family_of(place)
    assert family is not None
    scene = Scene(read(place, family, Source(text), place))
    host = Machine(Call(options, terminal), world).host(scene, Settings(select=select or ("all",)))
    return Asked(host, [words.split()[0] for words in world.ran])


def test_of_its_own_file_the_machine_tells_what_the_rules_need(folder: Path) -> None:
    host, programs = asked(folder, OWN, "processors-above-host")
    assert (host.windows.processors, host.windows.memory, programs) == (16, None, ["cmd.exe"])
    assert host.wslconfig
    assert host.wslconfig.path == OWN


def test_a_rule_that_needs_nothing_starts_nothing(folder: Path) -> None:
    assert asked(folder, OWN, "unknown-key").programs == []


def test_wsl_conf_starts_no_program_for_what_is_in_effect(folder: Path) -> None:
    host, programs = asked(folder, "/etc/wsl.conf", "not-in-force")
    assert host.wslconf
    assert (host.wsl.distribution, programs) == ("Ubuntu-24.04", [])


@pytest.mark.parametrize(
    "place", ["/home/user/dotfiles/.wslconfig", "/home/user/wsl.conf", "/mnt/c/x/wslconfig.txt", "/home/user/go.mod"]
)
def test_files_of_no_machine_start_nothing(folder: Path, place: str) -> None:
    assert asked(folder, place) == (UNKNOWN, [])


def test_of_another_wslconfig_on_windows_only_its_owner_is_asked(folder: Path) -> None:
    assert asked(folder, "/mnt/c/Windows/.wslconfig") == (UNKNOWN, ["cmd.exe"])


def test_in_ci_nothing_is_asked_unless_it_is_wanted(folder: Path) -> None:
    assert asked(folder, OWN, "processors-above-host", CI="true") == (UNKNOWN, [])
    (folder / "again").mkdir()
    wanted = asked(folder / "again", OWN, "processors-above-host", machine=True, CI="true")
    assert wanted.host.windows.processors == 16


def test_for_a_line_that_sets_a_variable_only_what_is_cheap_is_asked(folder: Path) -> None:
    host, programs = asked(folder, "/home/user/.config/go/env", text="GOCACHE=/mnt/c/cache\n")
    assert host.mounts
    assert (host.home, host.go_variables, programs) == ("/home/user", None, [])
