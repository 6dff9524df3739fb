"""`wslgo provision --check`: a machine compared with lock and settings; unknown is not equal, and nothing changes."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

import smallgo
from authorities import authority, der
from smallmachine import Machine
from wslgo.knowledge.go_tools import GOPLS
from wslgo.provision.net import pem
from wslgo.provision.toolchain.module_content import module_hash
from wslgo.system.walk import place_of

VERSION = smallgo.NAME.removeprefix("go")
SDK = f"home/dev/sdk/{smallgo.NAME}"
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
H1 = f"h1:{'A' * 43}="


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository, which is the current folder."""
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def provisioned(machine: Machine) -> Machine:
    """Return a machine with a Go of wslgo."""
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off\nGOSUMDB=off\n")
    machine.install_tools()
    outcome = machine.wslgo("--yes", "--only", "toolchain", "--source", machine.source())
    assert outcome.code == 0, outcome.err
    return machine


def pin(shop: Path, **parts: Any) -> None:
    (shop / "wslgo.lock").write_text(json.dumps({"version": 1, **parts}))


def pin_go(shop: Path, machine: Machine, *names: str, version: str = VERSION) -> None:
    """Pin Go with the hashes of the machine."""
    archive = (machine.folder / f"source/{smallgo.NAME}.linux-amd64.tar.gz").read_bytes()
    known = {
        "tarball": f"sha256:{smallgo.sha256(archive)}",
        "module": module_hash(place_of(machine.root / SDK).enter(), smallgo.NAME, "amd64"),
    }
    pin(shop, go={"version": version, "linux-amd64": {name: known[name] for name in names}})


def checked(machine: Machine, *more: str) -> tuple[int | None, Any]:
    """Check a machine, which must stay as it is."""
    before = machine.snapshot()
    outcome = machine.wslgo("--check", "--format", "json", *more)
    assert machine.snapshot() == before
    assert outcome.out.count("\n") == 1, outcome.err
    found = json.loads(outcome.out)
    assert {"matches": 0, "differs": 1, "unknown": 2}[found["result"]] == outcome.code
    return outcome.code, found


def states(machine: Machine) -> dict[str, str]:
    return {item["name"]: item["state"] for item in checked(machine)[1]["items"]}


@pytest.mark.parametrize("names", [("tarball",), ("module",), ("tarball", "module")])
def test_a_machine_that_is_as_pinned_matches(provisioned: Machine, shop: Path, names: tuple[str, ...]) -> None:
    pin_go(shop, provisioned, *names)
    code, found = checked(provisioned)
    assert code == 0
    assert found == {
        "version": 1,
        "label": None,
        "result": "matches",
        "problems": [],
        "items": [
            {
                "source": "wslgo.lock",
                "kind": "toolchain",
                "name": "go",
                "state": "matches",
                "expected": VERSION,
                "found": VERSION,
                "reason": None,
                "next": None,
            }
        ],
    }
    outcome = provisioned.wslgo("--check")
    assert (outcome.code, outcome.out) == (0, f"matches: go {VERSION} [wslgo.lock]\nThis machine matches\n")


def test_another_version_differs_with_what_to_run(provisioned: Machine, shop: Path) -> None:
    pin_go(shop, provisioned, "tarball", version="1.98.7")
    _, found = checked(provisioned)
    [item] = found["items"]
    assert (item["state"], item["expected"], item["found"]) == ("differs", "1.98.7", VERSION)
    assert item["next"] == "wslgo provision --trust-team --only toolchain"
    text = provisioned.wslgo("--check").out
    assert f"go {VERSION} instead of 1.98.7" in text
    assert "-> wslgo provision --trust-team --only toolchain" in text
    assert "此机器不一致" in provisioned.wslgo("--check", "--lang", "zh-cn").out


@pytest.mark.parametrize("names", [("tarball",), ("module",)])
def test_a_tampered_program_differs_although_version_size_and_time_are_right(
    provisioned: Machine, shop: Path, names: tuple[str, ...]
) -> None:
    pin_go(shop, provisioned, *names)
    program = provisioned.root / SDK / "bin/go"
    status = program.stat()
    program.write_bytes(program.read_bytes().replace(b"echo", b"evil"))
    os.utime(program, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert states(provisioned) == {"go": "differs"}


def test_a_go_of_others_without_a_pinned_module_is_unknown(machine: Machine, shop: Path) -> None:
    machine.install_go()
    machine.install_tools()
    pin(shop, go={"version": "1.25.3", "linux-amd64": {"tarball": f"sha256:{'0' * 64}"}})
    code, found = checked(machine)
    assert (code, found["items"][0]["state"]) == (2, "unknown")
    assert "cannot be compared" in found["items"][0]["reason"]
    pin(shop, go={"version": "1.25.3"})
    assert checked(machine)[0] == 2


def test_a_go_of_others_is_compared_by_its_files(machine: Machine, shop: Path) -> None:
    machine.install_go()
    machine.install_tools()
    module = module_hash(place_of(machine.root / "usr/local/go").enter(), "go1.25.3", "amd64")
    pin(shop, go={"version": "1.25.3", "linux-amd64": {"module": module}})
    assert states(machine) == {"go": "matches"}
    (machine.root / "usr/local/go/src/more.go").write_bytes(b"package more\n")
    _, found = checked(machine)
    assert "move /usr/local/go away" in found["items"][0]["reason"]


def test_what_cannot_be_read_is_unknown(provisioned: Machine, shop: Path) -> None:
    pin_go(shop, provisioned, "module")
    os.mkfifo(provisioned.root / SDK / "pipe")
    assert states(provisioned) == {"go": "unknown"}


def test_a_difference_is_certain_whatever_else_is_unknown(machine: Machine, shop: Path) -> None:
    machine.install_go()
    pin(
        shop,
        go={"version": "1.25.3"},
        tools={GOPLS.package: {"module": GOPLS.module, "version": "v0.23.0", "sum": H1}},
    )
    assert states(machine) == {"go": "unknown", "gopls": "differs"}
    assert checked(machine)[0] == 1


def test_a_tool_without_build_information_is_unknown(machine: Machine, shop: Path) -> None:
    machine.install_go()
    machine.install_tools()
    pin(shop, tools={GOPLS.package: {"module": GOPLS.module, "version": "v0.23.0", "sum": H1}})
    assert states(machine) == {"gopls": "unknown"}


def test_a_machine_without_go_differs(machine: Machine, shop: Path) -> None:
    pin(shop, go={"version": VERSION})
    _, found = checked(machine)
    assert (found["items"][0]["state"], found["items"][0]["reason"]) == ("differs", "it is not installed")


def test_certificates_are_compared_by_their_fingerprints(machine: Machine, shop: Path) -> None:
    machine.install_go()
    mine = der(authority(machine.folder, "Corp Root CA"))
    pin(shop, certificates={pem.fingerprint(mine): "Corp Root CA"})
    _, found = checked(machine)
    assert found["items"][0]["state"] == "differs"
    assert found["items"][0]["next"] == "wslgo provision --only certificates --certificate FILE"
    machine.write(BUNDLE, pem.text(mine).encode(), owner=0)
    assert states(machine) == {"Corp Root CA": "matches"}
    (machine.root / BUNDLE.lstrip("/")).unlink()
    (machine.root / BUNDLE.lstrip("/")).mkdir()
    assert states(machine) == {"Corp Root CA": "unknown"}


# The settings of the team


def test_the_settings_of_the_team_are_compared_too(machine: Machine, shop: Path) -> None:
    machine.install_go()
    machine.install_tools()
    machine.write("/home/dev/.config/go/env", b"GOPRIVATE=git.example.com\nGOPROXY=off\n")
    (shop / "go.mod").write_text("module git.example.com/shop\n\ngo 1.25\n")
    (shop / "wslgo.yaml").write_text('provision:\n  go: "1.25"\n  variables: { GOPRIVATE: git.example.com }\n')
    assert states(machine) == {"go": "matches", "GOPRIVATE": "matches"}
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off\n")
    (shop / "wslgo.yaml").write_text('provision:\n  go: "1.26"\n  variables: { GOPRIVATE: git.example.com }\n')
    _, found = checked(machine)
    assert {item["name"]: item["next"] for item in found["items"]} == {
        "go": "wslgo provision --trust-team --only toolchain",
        "GOPRIVATE": "wslgo provision --trust-team --only go-variables",
    }


def test_findings_of_the_requested_steps_are_differences(machine: Machine, shop: Path) -> None:
    machine.install_go()
    machine.install_tools()
    (shop / "wslgo.yaml").write_text("provision:\n  steps: [go-variables, path]\n")
    _, found = checked(machine)
    differences = {item["name"]: item["next"] for item in found["items"] if item["state"] == "differs"}
    assert differences["goenv/unreachable-proxy"] == "wslgo provision --trust-team --only go-variables"
    assert machine.wslgo("--yes").code == 0
    assert "differs" not in states(machine).values()


def test_what_a_repository_may_not_ask_for_is_not_compared(machine: Machine, shop: Path) -> None:
    machine.install_go()
    (shop / "wslgo.yaml").write_text('provision:\n  go: "1.25"\n  variables: { GOSUMDB: "off" }\n')
    outcome = machine.wslgo("--check", "--format", "json")
    assert "GOSUMDB from a repository is ignored" in outcome.err
    assert [item["name"] for item in json.loads(outcome.out)["items"]] == ["go"]


# The contract


def test_without_lock_and_settings_there_is_nothing_to_compare_with(machine: Machine, shop: Path) -> None:
    outcome = machine.wslgo("--check")
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing to compare with" in outcome.err
    _, found = checked(machine)
    assert (found["result"], found["items"], len(found["problems"])) == ("unknown", [], 1)
    (shop / "wslgo.lock").write_text("broken")
    assert "wslgo.lock:1:1: it is not JSON" in checked(machine)[1]["problems"][0]
    (shop / "wslgo.lock").unlink()
    (shop / "wslgo.yaml").write_text("check: {}\n")
    assert machine.wslgo("--check").code == 2


def test_a_machine_has_a_name_only_on_request(provisioned: Machine, shop: Path) -> None:
    pin_go(shop, provisioned, "tarball")
    assert checked(provisioned, "--label", "box 7")[1]["label"] == "box 7"
    for label in ("", "a\nb", "x" * 65):
        assert provisioned.wslgo("--check", "--label", label).code == 2
    out = provisioned.wslgo("--check", "--format", "json").out
    assert os.uname().nodename not in out
    assert str(provisioned.folder) not in out


def test_home_folders_are_not_named(provisioned: Machine, shop: Path) -> None:
    pin_go(shop, provisioned, "module")
    (provisioned.root / SDK / "more").write_bytes(b"x")
    text, out = provisioned.wslgo("--check"), provisioned.wslgo("--check", "--format", "json")
    assert "/home/dev" not in text.out + out.out


def test_no_server_is_asked(provisioned: Machine, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin_go(shop, provisioned, "tarball", version="1.98.7")

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("wslgo.provision.net.http.get", fail)
    monkeypatch.setattr("socket.create_connection", fail)
    assert checked(provisioned)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--check", "--list"), "exclude each other"),
        (("--check", "--plan"), "exclude each other"),
        (("--label", "x"), "--label is for --check"),
        (("--lock", "--format", "json"), "--format json is for"),
    ],
)
def test_bad_usage_of_a_check_is_2(machine: Machine, arguments: tuple[str, ...], words: str) -> None:
    outcome = machine.wslgo(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


def test_a_go_that_is_not_a_release_is_unknown(machine: Machine, shop: Path) -> None:
    machine.install_go()
    machine.write("/usr/local/go/VERSION", b"devel go1.28-abcdef\n", owner=0)
    pin(shop, go={"version": "1.25.3"})
    (shop / "wslgo.yaml").write_text('provision:\n  go: "1.25"\n')
    assert states(machine) == {"go": "unknown"}


def test_a_folder_that_may_not_be_read_is_unknown(
    provisioned: Machine, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin_go(shop, provisioned, "module")
    closed, listed = str(provisioned.root / SDK / "src"), os.scandir

    def scandir(folder: Any) -> Any:
        # Not by a mode: root reads everything.
        name = str(Path(f"/proc/self/fd/{folder}").readlink()) if isinstance(folder, int) else os.fspath(folder)
        if name == closed:
            raise PermissionError(errno.EACCES, "Permission denied", closed)
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert states(provisioned) == {"go": "unknown"}


# The policy


def test_what_breaks_the_policy_is_a_difference(provisioned: Machine, shop: Path) -> None:
    pin_go(shop, provisioned, "tarball")
    assert checked(provisioned)[0] == 0
    (shop / "wslgo.yaml").write_text("policy:\n  checksums: required\n")
    code, found = checked(provisioned)
    assert code == 1
    [item] = [item for item in found["items"] if item["state"] == "differs"]
    assert (item["source"], item["kind"], item["name"]) == ("wslgo.yaml", "finding", "policy/checksums-off")
    provisioned.write("/home/dev/.config/go/env", b"GOPROXY=off\n")
    assert checked(provisioned)[0] == 0


def test_a_policy_alone_is_something_to_compare_with(machine: Machine, shop: Path) -> None:
    machine.install_go()
    (shop / "wslgo.yaml").write_text('policy:\n  versions: { go: "1.99" }\n')
    assert states(machine) == {"machine/older-than-policy": "differs"}
    (shop / "wslgo.yaml").write_text('policy:\n  versions: { go: "1.20" }\n')
    outcome = machine.wslgo("--check")
    assert (outcome.code, outcome.out) == (0, "matches: policy [wslgo.yaml]\nThis machine matches\n")


def test_a_policy_that_cannot_be_read_is_not_equal(provisioned: Machine, shop: Path) -> None:
    pin_go(shop, provisioned, "tarball")
    (shop / "wslgo.yaml").write_text("policy:\n  checksum: required\n")
    code, found = checked(provisioned)
    assert (code, found["result"], len(found["problems"])) == (2, "unknown", 1)
    assert provisioned.wslgo("--lock", "--yes").code == 2
