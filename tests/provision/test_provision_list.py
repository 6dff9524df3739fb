"""`wslgo provision --list`: what was provisioned, and whether it still is as recorded."""

import getpass
import json
import os
from pathlib import Path
from typing import Any

import pytest

import smallgo
from commandline import wslgo
from smallmachine import BASHRC, Machine
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.toolchain.folder import content_hash
from wslgo.system.walk import place_of

SDK = f"/home/dev/sdk/{smallgo.NAME}"


def install(machine: Machine, *more: str) -> None:
    """Provision Go from a folder, and PATH."""
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off\nGOSUMDB=off\n")
    machine.install_tools()
    outcome = machine.wslgo("--yes", "--only", "toolchain,path", "--source", machine.source(), *more)
    assert outcome.code == 0, outcome.err


def listed(machine: Machine, *more: str) -> list[dict[str, Any]]:
    outcome = machine.wslgo("--list", "--format", "json", *more)
    assert outcome.code == 0, outcome.err
    found: list[dict[str, Any]] = json.loads(outcome.out)["items"]
    return found


def states(machine: Machine, *more: str) -> dict[str, str]:
    return {item["path"]: item["state"] for item in listed(machine, *more)}


def test_nothing_is_listed_where_nothing_was_provisioned(machine: Machine) -> None:
    outcome = machine.wslgo("--list")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "wslgo has provisioned nothing on this machine for this user\n"
    assert json.loads(machine.wslgo("--list", "--format", "json").out) == {"version": 1, "items": []}


def test_a_toolchain_is_listed_with_version_source_hashes_time_and_user(machine: Machine) -> None:
    install(machine)
    before = machine.snapshot()
    first, *others = listed(machine)
    assert [item["kind"] for item in others] == ["file", "link"]
    archive = smallgo.sha256((machine.folder / f"source/{smallgo.NAME}.linux-amd64.tar.gz").read_bytes())
    assert first == {
        "kind": "toolchain",
        "name": "go",
        "version": smallgo.NAME.removeprefix("go"),
        "path": SDK,
        "source": f"{machine.source()}/{smallgo.NAME}.linux-amd64.tar.gz",
        "hashes": {"archive": f"sha256:{archive}", "content": content_hash(place_of(machine.root / SDK.lstrip("/")))},
        "time": first["time"],
        "by": getpass.getuser(),
        "run": first["run"],
        "state": "as-recorded",
        "reason": None,
    }
    assert first["time"].endswith("Z")
    assert machine.snapshot() == before


def test_text_names_the_same_in_both_languages(machine: Machine) -> None:
    install(machine)
    english, chinese = (machine.wslgo("--list", "--lang", language).out for language in ("en", "zh-cn"))
    for item in listed(machine):
        for out in (english, chinese):
            assert item["path"] in out
            assert item["run"] in out
            assert all(value in out for value in item["hashes"].values())
    assert f"Go {smallgo.NAME[2:]}: as recorded" in english
    assert f"Go {smallgo.NAME[2:]}：与记录一致" in chinese


def test_a_tampered_file_of_a_toolchain_is_seen_although_its_time_is_kept(machine: Machine) -> None:
    install(machine)
    program = machine.root / SDK.lstrip("/") / "bin/go"
    status = program.stat()
    data = bytearray(program.read_bytes())
    data[-1] ^= 1
    program.write_bytes(data)
    os.utime(program, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert states(machine)[SDK] == "changed"
    assert "changed since" in machine.wslgo("--list").out


@pytest.mark.parametrize("what", ["added", "renamed", "link"])
def test_any_other_change_in_a_toolchain_is_seen(machine: Machine, what: str) -> None:
    install(machine)
    folder = machine.root / SDK.lstrip("/")
    if what == "added":
        (folder / "bin/extra").write_bytes(b"")
    elif what == "renamed":
        (folder / "bin/go").rename(folder / "bin/og")
    else:
        (folder / "VERSION").rename(folder / "V")
        (folder / "VERSION").symlink_to("V")
    assert states(machine)[SDK] == "changed"


def test_what_is_gone_or_cannot_be_read_is_said(machine: Machine) -> None:
    install(machine)
    (machine.home / ".bashrc").unlink()
    (machine.home / "sdk/go").unlink()
    folder = machine.root / SDK.lstrip("/")
    folder.rename(folder.with_name("elsewhere"))
    assert set(states(machine).values()) == {"removed"}
    os.mkfifo(folder.with_name("elsewhere") / "pipe")
    folder.with_name("elsewhere").rename(folder)
    found = next(item for item in listed(machine) if item["path"] == SDK)
    assert (found["state"], bool(found["reason"])) == ("unknown", True)


def test_an_edited_file_and_a_link_that_points_elsewhere_have_changed(machine: Machine) -> None:
    install(machine)
    with (machine.home / ".bashrc").open("a") as file:
        file.write("alias ll='ls -l'\n")
    (machine.home / "sdk/go").unlink()
    (machine.home / "sdk/go").symlink_to("go1.2.3")
    assert states(machine) == {
        SDK: "as-recorded",
        "/home/dev/.bashrc": "changed",
        "/home/dev/sdk/go": "changed",
    }


def test_what_was_undone_is_listed_only_with_all(machine: Machine) -> None:
    install(machine)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert listed(machine) == []
    assert "--list --all" in machine.wslgo("--list").out
    assert set(states(machine, "--all").values()) == {"undone"}
    install(machine)
    assert set(states(machine).values()) == {"as-recorded"}
    assert [item["state"] for item in listed(machine, "--all")].count("undone") == 3


def test_a_toolchain_that_undo_keeps_is_still_listed(machine: Machine) -> None:
    install(machine)
    (machine.root / SDK.lstrip("/") / "bin/mine").write_bytes(b"x")
    assert machine.wslgo("--undo", "--yes").code == 1
    assert states(machine) == {SDK: "changed"}


def test_a_file_that_a_later_run_writes_again_is_listed_once(machine: Machine) -> None:
    install(machine)
    (machine.home / ".bashrc").write_bytes(BASHRC)
    assert machine.wslgo("--yes", "--only", "path").code == 0
    files = [item for item in listed(machine) if item["kind"] == "file"]
    assert [item["state"] for item in files] == ["as-recorded"]
    kept = [item["state"] for item in listed(machine, "--all") if item["kind"] == "file"]
    assert sorted(kept) == ["as-recorded", "replaced"]


def test_a_go_that_was_there_before_is_not_claimed(machine: Machine) -> None:
    machine.install_go()
    machine.install_tools()
    assert machine.wslgo("--yes").code == 0
    assert [item["kind"] for item in listed(machine)] == ["file", "file"]


@pytest.mark.slow
def test_a_run_that_was_killed_anywhere_leaves_a_list_that_claims_nothing_false(tmp_path: Path) -> None:
    for number in range(5, 400, 24):
        folder = tmp_path / str(number)
        folder.mkdir()
        machine = Machine(folder)
        machine.write("/home/dev/.config/go/env", b"GOPROXY=off\nGOSUMDB=off\n")
        machine.install_tools()
        arguments = ("--yes", "--only", "toolchain,path", "--source", machine.source())
        was_killed = machine.kill_at(number, *arguments)
        for item in listed(machine):
            path = machine.root / item["path"].lstrip("/")
            assert item["state"] in ("as-recorded", "unknown"), item
            assert os.path.lexists(path)
        if not was_killed:
            break
        assert machine.wslgo(*arguments).code == 0
        assert set(states(machine).values()) == {"as-recorded"}


def test_passwords_in_sources_are_masked(machine: Machine) -> None:
    install(machine)
    lines = Ledger(ledger_of(machine.environment)).lines
    source, secret = machine.source(), "https://me:s3cret@mirror.example.com/dl"
    assert source in lines.read_text()
    outcome = machine.wslgo("--list", "--format", "json")
    assert "s3cret" not in outcome.out
    from wslgo.provision.inventory.items import _source
    from wslgo.provision.model.step import GoInstall, InstallToolchain

    for action in (InstallToolchain("go1.2.3", secret, "/x"), GoInstall("a/b", "v1", "/go", "/x", secret)):
        assert "s3cret" not in _source(action)
        assert "mirror.example.com" in _source(action)


def test_a_damaged_ledger_is_reported(machine: Machine) -> None:
    install(machine)
    with Ledger(ledger_of(machine.environment)).lines.open("a") as file:
        file.write("{]\n")
    outcome = machine.wslgo("--list", "--format", "json")
    assert outcome.code == 1
    assert "unreadable" in outcome.err
    assert len(json.loads(outcome.out)["items"]) == 3


def test_a_lost_line_of_the_journal_makes_a_file_unknown(machine: Machine) -> None:
    install(machine)
    lines = Path(machine.environment["HOME"]) / ".local/state/wslgo/journal/journal.jsonl"
    lines.write_text(lines.read_text().replace('"who"', '"hwo"'))
    outcome = machine.wslgo("--list", "--format", "json")
    assert outcome.code == 1
    found = {item["kind"]: item["state"] for item in json.loads(outcome.out)["items"]}
    assert found == {"toolchain": "as-recorded", "file": "unknown", "link": "as-recorded"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--list", "--plan"), "--list and --plan exclude each other"),
        (("--list", "--undo"), "exclude each other"),
        (("--all",), "--all is for --list"),
        (("--format", "json"), "--list"),
    ],
)
def test_bad_usage_of_a_list_is_2(machine: Machine, arguments: tuple[str, ...], words: str) -> None:
    outcome = machine.wslgo(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


def test_this_machine_has_a_list_of_its_own(tmp_path: Path) -> None:
    outcome = wslgo("provision", "--list", "--lang=en", environment={"HOME": str(tmp_path)})
    assert outcome == (0, "wslgo has provisioned nothing on this machine for this user\n", "")
