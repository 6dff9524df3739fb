"""`wslgo.lock`: written on request, obeyed when something is installed, and never believed over published checksums."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import smallgo
from authorities import authority
from commandline import wslgo
from mirror import serving
from smallmachine import Machine, Outcome, killed
from tree import HOSTS, SERVER
from upstream import Upstream, packed
from wslgo.mirror.pinned import Pinned
from wslgo.provision.model.facts import Certificate, Facts, File, User
from wslgo.provision.model.pins import Pins
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.net import pem
from wslgo.provision.plan.steps import certificates
from wslgo.provision.toolchain.module_content import module_hash
from wslgo.syntax.family import family_of
from wslgo.syntax.lock_file import Lock
from wslgo.system.walk import place_of
from wslgo.text.message import Text

VERSION = smallgo.NAME.removeprefix("go")
SDK = f"home/dev/sdk/{smallgo.NAME}"
ARM = smallgo.MODULE_VERSION.replace("amd64", "arm64")
WRONG_SHA = f"sha256:{'0' * 64}"
WRONG_H1 = f"h1:{'A' * 43}="


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """Return a module proxy with the toolchain and its checksum database, and a site with the tarball."""
    made = Upstream()
    with serving(made):
        mod = b"module golang.org/toolchain\n"
        made.put(Pinned("golang.org/toolchain", smallgo.MODULE_VERSION), mod, smallgo.module())
        other = packed(Pinned("golang.org/toolchain", ARM), {"VERSION": b"arm\n"})
        made.put(Pinned("golang.org/toolchain", ARM), mod, other)
        made.publish()
        made.has_tarball(smallgo.tarball())
        yield made


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository, which is the current folder."""
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def ready(machine: Machine, upstream: Upstream) -> Machine:
    """Let a machine ask the proxy on loopback, and no other server."""
    machine.write("/home/dev/.config/go/env", f"GOPROXY={upstream.url}\nGOSUMDB={upstream.database.key}\n".encode())
    machine.install_tools()
    return machine


def with_go(machine: Machine, upstream: Upstream, *more: str) -> Machine:
    """Install Go with wslgo."""
    outcome = ready(machine, upstream).wslgo("--yes", "--only", "toolchain", *more)
    assert outcome.code == 0, outcome.err
    return machine


def locked(machine: Machine, *more: str) -> Outcome:
    return machine.wslgo("--lock", "--yes", *more)


def read(shop: Path) -> Any:
    return json.loads((shop / "wslgo.lock").read_text())


def write(shop: Path, **go: Any) -> None:
    """Write a lock with a Go, whose hashes are right unless others are given."""
    (shop / "wslgo.lock").write_text(json.dumps({"version": 1, "go": {"version": VERSION, **go}}))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def installed(machine: Machine) -> list[str]:
    folder = machine.home / "sdk"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


# Writing


def test_a_lock_has_the_published_hashes_of_both_processors(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream)
    outcome = locked(machine)
    assert outcome.code == 0, outcome.err
    amd64, arm64 = (
        upstream.sums[Pinned("golang.org/toolchain", version)][0] for version in (smallgo.MODULE_VERSION, ARM)
    )
    assert read(shop) == {
        "version": 1,
        "go": {
            "version": VERSION,
            "linux-amd64": {"module": amd64},
            "linux-arm64": {"module": arm64},
        },
        "tools": {},
        "certificates": {},
    }


def test_a_site_gives_the_hash_of_the_tarball_too(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream, "--source", upstream.url)
    assert locked(machine, "--source", upstream.url).code == 0
    archive = smallgo.sha256(upstream.files[f"/dl/{smallgo.NAME}.linux-amd64.tar.gz"])
    assert read(shop)["go"]["linux-amd64"]["tarball"] == f"sha256:{archive}"


def test_a_lock_is_shown_and_confirmed_and_a_second_one_changes_nothing(
    machine: Machine, upstream: Upstream, shop: Path
) -> None:
    with_go(machine, upstream)
    shown = machine.wslgo("--lock", "--plan")
    assert (shown.code, (shop / "wslgo.lock").exists()) == (0, False)
    assert f'+    "version": "{VERSION}",' in shown.out
    assert machine.wslgo("--lock").code == 2
    assert machine.wslgo("--lock", stdin=b"n\n", is_interactive=True).code == 0
    assert not (shop / "wslgo.lock").exists()
    assert machine.wslgo("--lock", stdin=b"y\n", is_interactive=True).code == 0
    data = (shop / "wslgo.lock").read_bytes()
    again = locked(machine)
    assert (again.code, again.out) == (0, f"{shop}/wslgo.lock is up to date\n")
    assert (shop / "wslgo.lock").read_bytes() == data


def test_provisioning_never_writes_a_lock_by_itself(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream)
    machine.wslgo("--check")
    machine.wslgo("--plan")
    assert names(shop) == [".git"]


def test_a_lock_is_beside_the_settings_of_the_team(
    machine: Machine, upstream: Upstream, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_go(machine, upstream)
    inner = shop / "services" / "api"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert locked(machine).code == 0
    assert names(shop) == [".git", "services", "wslgo.lock"]
    (shop / "wslgo.lock").unlink()
    (shop / "services/wslgo.yaml").write_text("check: {}\n")
    assert locked(machine).code == 0
    assert names(shop / "services") == ["api", "wslgo.lock", "wslgo.yaml"]


def test_sources_that_contradict_each_other_pin_nothing(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream, "--source", upstream.url)
    listed = upstream.files["/dl/?mode=json"].decode()
    archive = smallgo.sha256(upstream.files[f"/dl/{smallgo.NAME}.linux-amd64.tar.gz"])
    upstream.files["/dl/?mode=json"] = listed.replace(archive, "0" * 64).encode()
    outcome = locked(machine, "--source", upstream.url)
    assert outcome.code == 1
    assert "disagree" in outcome.err
    assert archive in outcome.err
    assert not (shop / "wslgo.lock").exists()


def test_offline_the_verified_archive_is_pinned_and_the_rest_is_named(
    machine: Machine, upstream: Upstream, shop: Path
) -> None:
    with_go(machine, upstream)
    upstream.files.clear()
    outcome = locked(machine)
    assert outcome.code == 0
    assert "linux-arm64 is pinned" in outcome.err
    assert list(read(shop)["go"]) == ["version", "linux-amd64"]


@pytest.mark.parametrize("kind", ["tarball", "module"])
def test_installed_files_have_the_hash_of_the_module(
    machine: Machine, upstream: Upstream, shop: Path, kind: str
) -> None:
    """A tarball has folders that the module lacks, and go.mod has another name there."""
    more = {**smallgo.FILES, "api/go1.txt": b"x", "doc/go.html": b"x", "misc/a": b"x", "test/a.go": b"x"}
    upstream.has_tarball(smallgo.tarball(more))
    with_go(machine, upstream, *(("--source", upstream.url) if kind == "tarball" else ()))
    signed = upstream.sums[Pinned("golang.org/toolchain", smallgo.MODULE_VERSION)][0]
    folder = machine.root / SDK
    assert (folder / "api").exists() == (kind == "tarball")
    assert module_hash(place_of(folder).enter(), smallgo.NAME, "amd64") == signed
    (folder / "src/_go.mod").write_bytes((folder / "src/go.mod").read_bytes())  # as go leaves it in its cache
    assert module_hash(place_of(folder).enter(), smallgo.NAME, "amd64") == signed
    (folder / "src/go.mod").write_bytes(b"module evil\n")
    assert module_hash(place_of(folder).enter(), smallgo.NAME, "amd64") != signed


def test_nothing_to_pin_is_an_error(machine: Machine, shop: Path) -> None:
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off\n")
    outcome = locked(machine)
    assert outcome.code == 1
    assert "nothing to pin" in outcome.err
    assert not (shop / "wslgo.lock").exists()


def test_a_link_is_not_written_through(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream)
    outside = shop.parent / "outside"
    outside.write_text("mine\n")
    (shop / "wslgo.lock").symlink_to(outside)
    assert locked(machine).code == 2
    assert outside.read_text() == "mine\n"


def test_a_merge_conflict_is_written_again(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream)
    (shop / "wslgo.lock").write_text("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n")
    assert locked(machine).code == 0
    assert read(shop)["go"]["version"] == VERSION


@pytest.mark.slow
def test_a_killed_process_leaves_the_old_lock_or_the_new_one(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream)
    assert locked(machine).code == 0
    new = (shop / "wslgo.lock").read_bytes()
    for number in range(1, 80, 3):
        (shop / "wslgo.lock").write_text("{}\n")
        was_killed = killed(lambda: locked(machine), number)
        assert (shop / "wslgo.lock").read_bytes() in (b"{}\n", new)
        if not was_killed:
            break
    assert locked(machine).code == 0


# Obeying


def test_what_is_missing_is_installed_as_pinned(machine: Machine, upstream: Upstream, shop: Path) -> None:
    newer = smallgo.MODULE_VERSION.replace("1.99.3", "1.99.4")
    base = "/golang.org/toolchain/@v"
    upstream.files[f"{base}/list"] += f"{newer}\n".encode()
    upstream.files[f"{base}/{newer}.info"] = json.dumps({"Version": newer}).encode()
    write(shop)
    outcome = ready(machine, upstream).wslgo("--yes", "--only", "toolchain")
    assert outcome.code == 0, outcome.err
    assert installed(machine) == ["go", smallgo.NAME]
    assert f"pins Go {VERSION}" in outcome.err


def test_a_whole_lock_is_obeyed_on_another_machine(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream, "--source", upstream.url)
    assert locked(machine, "--source", upstream.url).code == 0
    for number, more in enumerate(((), ("--source", upstream.url))):
        folder = shop.parent / str(number)
        folder.mkdir()
        other = with_go(Machine(folder), upstream, *more)
        assert installed(other) == ["go", smallgo.NAME]


@pytest.mark.parametrize("kind", ["tarball", "module"])
def test_a_hash_that_is_not_the_published_one_is_rejected_before_the_download(
    machine: Machine, upstream: Upstream, shop: Path, kind: str
) -> None:
    wrong = WRONG_SHA if kind == "tarball" else WRONG_H1
    write(shop, **{"linux-amd64": {kind: wrong}})
    more = ("--source", upstream.url) if kind == "tarball" else ()
    outcome = ready(machine, upstream).wslgo("--yes", "--only", "toolchain", *more)
    assert outcome.code == 1
    assert wrong in outcome.err
    assert "wslgo.lock pins" in outcome.err
    assert installed(machine) == []
    assert not [path for path in upstream.paths() if path.endswith((".zip", ".tar.gz"))]


def test_a_pinned_hash_does_not_replace_the_published_one(machine: Machine, upstream: Upstream, shop: Path) -> None:
    """The archive is what a lock of an attacker pins; the site publishes another hash, and that one counts."""
    evil = smallgo.tarball({**smallgo.FILES, "bin/go": b"#!/bin/sh\necho evil\n"})
    upstream.files[f"/dl/{smallgo.NAME}.linux-amd64.tar.gz"] = evil
    write(shop, **{"linux-amd64": {"tarball": f"sha256:{smallgo.sha256(evil)}"}})
    outcome = ready(machine, upstream).wslgo("--yes", "--only", "toolchain", "--source", upstream.url, "--trust-team")
    assert outcome.code == 1
    assert installed(machine) == []


def test_a_false_source_is_caught_by_the_lock(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream, "--source", upstream.url)
    assert locked(machine, "--source", upstream.url).code == 0
    upstream.has_tarball(smallgo.tarball({**smallgo.FILES, "bin/go": b"#!/bin/sh\necho evil\n"}))
    folder = shop.parent / "other"
    folder.mkdir()
    other = ready(Machine(folder), upstream)
    outcome = other.wslgo("--yes", "--only", "toolchain", "--source", upstream.url)
    assert outcome.code == 1
    assert installed(other) == []


def test_a_tarball_is_compared_with_the_pinned_module(machine: Machine, upstream: Upstream, shop: Path) -> None:
    pinned = upstream.sums[Pinned("golang.org/toolchain", smallgo.MODULE_VERSION)][0]
    write(shop, **{"linux-amd64": {"module": pinned}})
    upstream.has_tarball(smallgo.tarball({**smallgo.FILES, "bin/go": b"#!/bin/sh\necho evil\n"}))
    ready(machine, upstream)
    outcome = machine.wslgo("--yes", "--only", "toolchain", "--source", upstream.url)
    assert outcome.code == 1
    assert "wslgo.lock pins" in outcome.err
    assert installed(machine) == []
    assert machine.wslgo("--undo", "--yes").code == 0
    upstream.has_tarball(smallgo.tarball({**smallgo.FILES, "doc/more": b"x"}))
    outcome = machine.wslgo("--yes", "--only", "toolchain", "--source", upstream.url)
    assert outcome.code == 0, outcome.err


def test_without_trust_a_lock_does_not_replace_what_works(machine: Machine, upstream: Upstream, shop: Path) -> None:
    machine.install_go()
    ready(machine, upstream)
    write(shop)
    assert json.loads(machine.wslgo("--plan", "--only", "toolchain", "--format", "json").out)["steps"] == []
    outcome = machine.wslgo("--yes", "--only", "toolchain", "--trust-team")
    assert outcome.code == 0, outcome.err
    assert f"but wslgo.lock pins {VERSION}" in outcome.out
    assert installed(machine) == ["go", smallgo.NAME]
    again = machine.wslgo("--plan", "--only", "toolchain", "--trust-team", "--format", "json")
    assert json.loads(again.out)["steps"] == []


def test_the_user_wins_over_the_lock(machine: Machine, upstream: Upstream, shop: Path) -> None:
    (shop / "wslgo.lock").write_text('{"version": 1, "go": {"version": "1.98.1"}}')
    outcome = ready(machine, upstream).wslgo("--yes", "--only", "toolchain", "--go", VERSION)
    assert outcome.code == 0, outcome.err
    assert installed(machine) == ["go", smallgo.NAME]
    outcome = machine.wslgo("--plan", "--only", "toolchain", "--go", "latest")
    assert "latest is not a Go version" in outcome.err


def test_a_language_version_of_the_user_means_the_pinned_release(
    machine: Machine, upstream: Upstream, shop: Path
) -> None:
    newer = smallgo.MODULE_VERSION.replace("1.99.3", "1.99.4")
    upstream.files["/golang.org/toolchain/@v/list"] += f"{newer}\n".encode()
    write(shop)
    outcome = ready(machine, upstream).wslgo("--yes", "--only", "toolchain", "--go", "1.99")
    assert outcome.code == 0, outcome.err
    assert installed(machine) == ["go", smallgo.NAME]


def test_a_lock_that_lags_behind_the_team_or_go_mod_is_named(machine: Machine, upstream: Upstream, shop: Path) -> None:
    ready(machine, upstream)
    (shop / "wslgo.lock").write_text('{"version": 1, "go": {"version": "1.98.1"}}')
    (shop / "wslgo.yaml").write_text('provision:\n  go: "1.99"\n')
    outcome = machine.wslgo("--yes", "--trust-team", "--only", "toolchain")
    assert (outcome.code, outcome.out) == (2, "")
    assert "wslgo.yaml asks for 1.99" in outcome.err
    (shop / "wslgo.yaml").unlink()
    (shop / "go.mod").write_text("module shop\n\ngo 1.99.3\n")
    outcome = machine.wslgo("--yes", "--only", "toolchain")
    assert outcome.code == 1
    assert "go.mod asks for 1.99.3" in outcome.err
    assert installed(machine) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{\n  "version": 1,\n  "goo": {}\n}\n', "wslgo.lock:3:3: unknown key 'goo'; did you mean go?"),
        ('{"version": 2}', "its format is 2, and this wslgo reads format 1"),
        ("<<<<<<< HEAD\n", "wslgo.lock:1:1: it has the marks of a merge conflict"),
        ("x" * 70_000, "larger than 64 KiB"),
    ],
)
def test_a_lock_with_a_mistake_stops_everything(
    machine: Machine, upstream: Upstream, shop: Path, text: str, words: str
) -> None:
    ready(machine, upstream)
    (shop / "wslgo.lock").write_text(text)
    before = machine.snapshot()
    for arguments in (("--yes",), ("--plan",), ("--plan", "--format", "json"), ("--check",)):
        outcome = machine.wslgo(*arguments)
        assert (outcome.code, outcome.out) == (2, ""), outcome
        assert words in outcome.err
    assert machine.snapshot() == before


@pytest.mark.parametrize("kind", ["link out", "folder", "pipe", "broken link"])
def test_a_lock_that_is_not_a_file_of_the_repository_is_not_passed_over(
    machine: Machine, upstream: Upstream, shop: Path, kind: str
) -> None:
    ready(machine, upstream)
    place = shop / "wslgo.lock"
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        target = shop.parent / "elsewhere"
        if kind == "link out":
            target.write_text('{"version": 1}')
        place.symlink_to(target)
    outcome = machine.wslgo("--plan")
    assert (outcome.code, outcome.out) == (2, "")
    assert "wslgo.lock" in outcome.err


def test_a_lock_above_a_folder_without_a_repository_does_not_count(
    machine: Machine, upstream: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other users may write into /tmp."""
    ready(machine, upstream)
    (tmp_path / "shared/mine").mkdir(parents=True)
    (tmp_path / "shared/wslgo.lock").write_text("broken")
    monkeypatch.chdir(tmp_path / "shared/mine")
    assert machine.wslgo("--plan", "--only", "path").code == 0


def test_an_interrupted_run_keeps_its_pins(machine: Machine, upstream: Upstream, shop: Path) -> None:
    write(shop, **{"linux-amd64": {"module": WRONG_H1}})
    ready(machine, upstream)
    assert machine.wslgo("--yes", "--only", "toolchain").code == 1
    (shop / "wslgo.lock").unlink()
    outcome = machine.wslgo("--yes", "--only", "toolchain")
    assert WRONG_H1 in outcome.err
    assert installed(machine) == []


def test_a_pinned_plan_differs_from_one_without_a_pin(machine: Machine, upstream: Upstream, shop: Path) -> None:
    ready(machine, upstream)
    pinned = upstream.sums[Pinned("golang.org/toolchain", smallgo.MODULE_VERSION)][0]
    write(shop, **{"linux-amd64": {"module": pinned}})
    outcome = machine.wslgo("--yes", "--only", "toolchain")
    assert outcome.code == 0, outcome.err
    assert machine.wslgo("--undo", "--yes").code == 0
    assert installed(machine) == []


def test_a_lock_waits_for_a_run(machine: Machine, upstream: Upstream, shop: Path) -> None:
    """A half-installed toolchain must not be pinned."""
    with_go(machine, upstream)
    ledger = machine.context().ledger
    started = threading.Event()
    results: list[Outcome] = []

    def write_in_between() -> None:
        started.set()
        results.append(locked(machine))

    with ledger.lock(lambda: None):
        thread = threading.Thread(target=write_in_between)
        thread.start()
        started.wait(10)
        thread.join(0.3)
        assert not (shop / "wslgo.lock").exists()
    thread.join(60)
    assert results[0].code == 0
    assert "Waiting for another" in results[0].err


def test_a_lock_that_changes_during_the_question_is_not_overwritten(
    machine: Machine, upstream: Upstream, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_go(machine, upstream)

    def answer(_call: object) -> bool:
        (shop / "wslgo.lock").write_text("mine\n")
        return True

    monkeypatch.setattr("wslgo.cli.commands.provision_lock.is_agreed", answer)
    outcome = machine.wslgo("--lock", stdin=b"y\n", is_interactive=True)
    assert outcome.code == 1
    assert (shop / "wslgo.lock").read_text() == "mine\n"


# Certificates


def test_windows_certificates_that_are_not_pinned_are_not_trusted() -> None:
    pinned, other = (pem.text(b"\x30" + word) for word in (b"one", b"two"))
    fingerprint = pem.fingerprint(b"\x30one")
    files = {certificates.PROGRAM: File(b"#!/bin/sh\n"), certificates.BUNDLE: File(b"")}
    found = Facts(
        user=User("dev", "/home/dev"),
        files=files,
        certificates=(
            Certificate("Corp", pinned, host="go.dev"),
            Certificate("Other", other, host="go.dev"),
            Certificate("Mine", pem.text(b"\x30three"), file="mine.pem"),
        ),
    )
    for lock, expected in (
        (Lock(), {pinned, other, pem.text(b"\x30three")}),
        (Lock(certificates={fingerprint: "Corp"}), {pinned, pem.text(b"\x30three")}),
    ):
        steps = list(certificates.steps(found, Spec(pins=Pins(lock, "/shop/wslgo.lock"))))
        written = {write.after for step in steps if isinstance(step, Step) for write in step.writes}
        assert written == {text.encode() for text in expected}
        notes = [step.render() for step in steps if isinstance(step, Text)]
        assert [note.partition(":")[0] for note in notes] == (["Other"] if lock.certificates else [])


def test_an_installed_certificate_is_listed_locked_and_checked(machine: Machine, shop: Path) -> None:
    machine.install_go()
    path = f"{certificates.FOLDER}/wslgo-corp.crt"
    text = authority(machine.folder, "Corp Root CA").read_bytes()
    fingerprint = pem.fingerprint(pem.certificates(text)[0])
    title = certificates.TITLE(names=("Corp Root CA",))
    step = Step("certificates", title, title, (WriteFile(path, None, text, "root"),), needs_root=True)
    assert machine.apply(machine.begin(Plan((step,)))) == ["done"]
    [item] = json.loads(machine.wslgo("--list", "--format", "json").out)["items"]
    assert (item["kind"], item["name"], item["path"], item["state"]) == (
        "certificate",
        "Corp Root CA",
        path,
        "as-recorded",
    )
    assert item["hashes"]["fingerprint"] == fingerprint
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off\n")
    assert locked(machine).code == 0
    assert read(shop)["certificates"] == {fingerprint: "Corp Root CA"}
    checked = json.loads(machine.wslgo("--check", "--format", "json").out)["items"]
    assert next(item for item in checked if item["kind"] == "certificate")["state"] == "differs"
    machine.write(certificates.BUNDLE, text, owner=0)
    checked = json.loads(machine.wslgo("--check", "--format", "json").out)["items"]
    assert next(item for item in checked if item["kind"] == "certificate")["state"] == "matches"
    (machine.root / path.lstrip("/")).write_bytes(b"other")
    assert json.loads(machine.wslgo("--list", "--format", "json").out)["items"][0]["state"] == "changed"
    assert locked(machine).code == 0
    assert read(shop)["certificates"] == {}


# The editor and other commands


def test_a_lock_is_not_taken_for_another_file(shop: Path) -> None:
    write(shop)
    assert family_of("wslgo.lock") is None
    assert wslgo("check", "wslgo.lock").code == 2
    assert wslgo("check", ".").code == 0
    manifest = json.loads((SERVER.parent / "extension/package.json").read_text())
    assert {"id": "json", "filenames": ["wslgo.lock"]} in manifest["contributes"]["languages"]


@pytest.mark.slow
def test_a_killed_run_with_a_lock_is_finished_as_pinned(tmp_path: Path, upstream: Upstream, shop: Path) -> None:
    pinned = upstream.sums[Pinned("golang.org/toolchain", smallgo.MODULE_VERSION)][0]
    write(shop, **{"linux-amd64": {"module": pinned}})
    for number in range(4, 200, 28):
        folder = tmp_path / str(number)
        folder.mkdir()
        machine = ready(Machine(folder), upstream)
        was_killed = machine.kill_at(number, "--yes", "--only", "toolchain")
        (shop / "wslgo.lock").rename(shop / "away")  # a run follows the plan that was shown
        assert machine.wslgo("--yes", "--only", "toolchain").code == 0
        (shop / "away").rename(shop / "wslgo.lock")
        assert json.loads(machine.wslgo("--check", "--format", "json").out)["result"] == "matches"
        if not was_killed:
            break


def test_a_recorded_machine_is_checked_with_its_tree(machine: Machine, upstream: Upstream, shop: Path) -> None:
    with_go(machine, upstream)
    assert locked(machine).code == 0
    outcome = machine.wslgo("--check", "--host", str(HOSTS / "ubuntu-24.04-mirrored.json"))
    assert outcome.code == 0, outcome.out
    code, _, err = wslgo("provision", "--check", "--host", str(HOSTS / "ubuntu-24.04-mirrored.json"))
    assert (code, "add --root" in err) == (2, True)
