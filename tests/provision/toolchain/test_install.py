"""A toolchain installed from real servers: whole, right and once, or not at all."""

import io
import os
import stat
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

import smallgo
from database import Database
from mirror import Mirror
from smallgo import FILES, NAME, PREFIX, entry
from smallsdk import Machine
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.progress import Clock, Meter, Progress
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.policy import Policy

PROGRAMS = {
    *("bin/go", "bin/gofmt", "lib/wasm/go_js_wasm_exec", "pkg/tool/linux_amd64/compile", "src/all.bash"),
}


def signing(machine: Machine, mirror: Mirror, h1: str) -> None:
    """Let the machine trust a database, which this proxy serves and which has this hash of the module."""
    database = Database()
    database.fill(10)
    database.add(smallgo.MODULE_VERSION, h1)
    database.serve(mirror, smallgo.MODULE_VERSION)
    machine.policy = Policy(mirror.url, database.key)


def from_tarball(machine: Machine, mirror: Mirror, packed: bytes) -> str:
    """Return why a tarball with the right checksum is rejected."""
    return machine.problem(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}")


def from_module(machine: Machine, mirror: Mirror, packed: bytes) -> str:
    """Return why a module with the right signed checksum is rejected."""
    signing(machine, mirror, smallgo.h1(packed))
    return machine.problem(mirror.has_module(packed))


def check_tree(machine: Machine) -> None:
    assert machine.tree() == FILES
    assert machine.programs() == PROGRAMS
    assert (machine.go / "VERSION").stat().st_mtime == smallgo.CHANGED
    assert {stat.S_IMODE(path.stat().st_mode) for path in (machine.go, *machine.go.rglob("*"))} == {0o755, 0o644}
    assert [path.name for path in machine.sdk.iterdir()] == [NAME]
    assert machine.downloads() == []


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_a_tarball_becomes_a_toolchain(machine: Machine, mirror: Mirror, kind: int) -> None:
    folders = [entry("go/", tarfile.DIRTYPE), entry("go/empty", tarfile.DIRTYPE)]
    packed = smallgo.tarball(more=folders, kind=kind)
    digest = f"sha256:{smallgo.sha256(packed)}"
    outcome = machine.install(mirror.has_tarball(packed), digest, len(packed))
    assert (outcome.problem, outcome.digest) == (None, digest)
    assert (machine.go / "empty").is_dir()
    (machine.go / "empty").rmdir()
    check_tree(machine)


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o4777])
def test_a_module_becomes_the_same_toolchain_whatever_modes_it_claims(
    machine: Machine, mirror: Mirror, mode: int
) -> None:
    packed = smallgo.module(mode=mode)
    signing(machine, mirror, smallgo.h1(packed))
    outcome = machine.install(mirror.has_module(packed))
    assert (outcome.problem, outcome.digest) == (None, smallgo.h1(packed))
    check_tree(machine)


def test_umask_keeps_others_out(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.tarball()
    before = os.umask(0o077)
    try:
        assert not machine.install(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}").problem
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (machine.go, *machine.go.rglob("*"))} == {0o700, 0o600}


def test_a_checksum_that_no_plan_knows_is_asked_for(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.tarball()
    url = mirror.has_tarball(packed)
    assert "404" in machine.problem(url)
    mirror.files[f"/dl/{NAME}.linux-amd64.tar.gz.sha256"] = f"{smallgo.sha256(packed)}  x\n".encode()
    assert not machine.install(url).problem


def test_a_toolchain_that_is_there_is_kept_and_no_server_is_asked(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.tarball()
    url, digest = mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}"
    machine.install(url, digest)
    (machine.go / "mine").write_text("added")
    mirror.asked.clear()
    assert machine.install(url, digest).was_there
    assert (machine.go / "mine").exists()
    assert mirror.asked == []


@pytest.mark.parametrize("holds", [{}, {"VERSION": f"{NAME}\n"}, {"VERSION": "go1.98.0\n", "bin/go": ""}])
def test_anything_else_with_its_name_is_left_alone(machine: Machine, mirror: Mirror, holds: dict[str, str]) -> None:
    machine.go.mkdir(parents=True)
    for name, text in holds.items():
        (machine.go / name).parent.mkdir(exist_ok=True)
        (machine.go / name).write_text(text)
    outcome = machine.install(mirror.has_tarball(smallgo.tarball()))
    assert outcome.problem is not None
    assert "does not touch it" in outcome.problem.render()
    assert machine.tree() == {name: text.encode() for name, text in holds.items()}


def test_a_drive_of_windows_is_rejected(machine: Machine, mirror: Mirror) -> None:
    machine.place = machine.place._replace(is_on_windows=True)
    assert "on a Windows drive" in machine.problem(mirror.has_tarball(smallgo.tarball()))


@pytest.mark.parametrize("at", [100, 5000, -20])
def test_a_tampered_tarball_is_rejected_and_removed(machine: Machine, mirror: Mirror, at: int) -> None:
    packed = bytearray(smallgo.tarball())
    digest = f"sha256:{smallgo.sha256(packed)}"
    packed[at] ^= 1
    assert "Checksum mismatch" in machine.problem(mirror.has_tarball(bytes(packed)), digest)
    assert ".part" not in machine.downloads()


def test_a_tampered_module_is_rejected_and_removed(machine: Machine, mirror: Mirror) -> None:
    signing(machine, mirror, smallgo.h1(smallgo.module()))
    changed = smallgo.module({**FILES, "bin/go": b"#!/bin/sh\necho evil\n"})
    assert "the checksum database has" in machine.problem(mirror.has_module(changed))
    assert ".part" not in machine.downloads()


def test_gosumdb_off_is_rejected_in_the_words_of_go(machine: Machine, mirror: Mirror) -> None:
    machine.policy = Policy(mirror.url, "off")
    problem = machine.problem(mirror.has_module(smallgo.module()))
    assert "checksum database disabled by GOSUMDB=off" in problem
    assert not [path for path in mirror.paths() if path.endswith(".zip")]


def module_folder(tmp_path: Path, packed: bytes) -> str:
    base = tmp_path / "proxy" / "golang.org" / "toolchain" / "@v"
    base.mkdir(parents=True)
    (base / f"{smallgo.MODULE_VERSION}.zip").write_bytes(packed)
    return f"file://{tmp_path}/proxy"


@pytest.mark.parametrize("gosumdb", ["off", ""])
def test_one_folder_alone_needs_no_checksum_database(machine: Machine, tmp_path: Path, gosumdb: str) -> None:
    proxy = module_folder(tmp_path, smallgo.module())
    machine.policy = Policy(proxy, gosumdb)
    url = f"{proxy}/golang.org/toolchain/@v/{smallgo.MODULE_VERSION}.zip"
    assert machine.install(url).digest == smallgo.h1(smallgo.module())
    check_tree(machine)


def test_a_folder_among_others_does(machine: Machine, tmp_path: Path) -> None:
    proxy = module_folder(tmp_path, smallgo.module())
    machine.policy = Policy(f"{proxy},off", "off")
    url = f"{proxy}/golang.org/toolchain/@v/{smallgo.MODULE_VERSION}.zip"
    assert "GOSUMDB=off" in machine.problem(url)


@pytest.mark.parametrize(
    ("info", "words"),
    [
        (entry("/etc/evil"), "outside its folder"),
        (entry("go/../../evil"), "outside its folder"),
        (entry("go/.."), "outside its folder"),
        (entry("go/a\\..\\evil"), "outside its folder"),
        (entry("go//evil"), "outside its folder"),
        (entry("go/./evil"), "outside its folder"),
        (entry("go/evil\nname"), "outside its folder"),
        (entry("elsewhere/evil"), "must be under go/"),
        (entry("evil"), "must be under go/"),
        (entry("go/evil", tarfile.SYMTYPE, "/etc"), "symbolic link"),
        (entry("go/evil", tarfile.SYMTYPE, "bin"), "symbolic link"),
        (entry("go/evil", tarfile.LNKTYPE, "go/bin/go"), "hard link"),
        (entry("go/evil", tarfile.LNKTYPE, "../../etc/passwd"), "hard link"),
        (entry("go/evil", tarfile.CHRTYPE), "device"),
        (entry("go/evil", tarfile.FIFOTYPE), "device"),
        (entry("go/evil", b"S"), "damaged"),
        (entry("go/bin/go"), "twice"),
        (entry("go/bin/GO"), "twice"),
        (entry("go/BIN/other"), "twice"),
        (entry("go/bin/go/below"), "twice"),
        (entry("go/bin"), "twice"),
        (entry("go/../evil", tarfile.DIRTYPE), "outside its folder"),
        (entry("go/zeros", size=40 << 20), "would unpack to more than"),
    ],
    ids=lambda value: value.name if isinstance(value, tarfile.TarInfo) else "",
)
def test_a_tarball_with_such_an_entry_is_rejected(
    machine: Machine, mirror: Mirror, tmp_path: Path, info: tarfile.TarInfo, words: str
) -> None:
    assert words in from_tarball(machine, mirror, smallgo.tarball(more=[info]))
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path / "home" / "evil").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/etc/evil", "outside its folder"),
        (f"{PREFIX}../../evil", "outside its folder"),
        (f"{PREFIX}a\\..\\evil", "outside its folder"),
        ("golang.org/toolchain@v0.0.1-go1.98.0.linux-amd64/evil", "must be under"),
        (f"{PREFIX}bin/GO", "twice"),
        (f"{PREFIX}src/go.mod", "twice"),
    ],
)
def test_a_module_with_such_an_entry_is_rejected(machine: Machine, mirror: Mirror, name: str, words: str) -> None:
    assert words in from_module(machine, mirror, smallgo.module(more={name: b"evil"}))


def test_a_module_with_a_link_is_rejected(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.module().replace((0o100644 << 16).to_bytes(4, "little"), (0o120777 << 16).to_bytes(4, "little"))
    assert "symbolic link" in from_module(machine, mirror, packed)


def test_a_module_that_grows_beyond_measure_is_rejected(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.module(more={f"{PREFIX}zeros": bytes(40 << 20)})
    assert "would unpack to more than" in from_module(machine, mirror, packed)


def test_a_module_whose_list_has_false_sizes_is_rejected(machine: Machine, mirror: Mirror) -> None:
    honest = smallgo.module(more={f"{PREFIX}zeros": bytes(1_000_003)})
    lying = honest.replace((1_000_003).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    signing(machine, mirror, smallgo.h1(honest))
    assert "differs from the list" in machine.problem(mirror.has_module(lying))


@pytest.mark.parametrize("packed", [b"", b"<html>Log in</html>", smallgo.module()[:-30], smallgo.module()[400:]])
def test_an_incomplete_zip_is_rejected(machine: Machine, mirror: Mirror, packed: bytes) -> None:
    signing(machine, mirror, smallgo.h1(smallgo.module()))
    assert "damaged" in machine.problem(mirror.has_module(packed))


@pytest.mark.parametrize("packed", [b"", b"<html>Log in</html>", smallgo.tarball()[:-9], smallgo.tarball() + b"more"])
def test_an_incomplete_tarball_is_rejected(machine: Machine, mirror: Mirror, packed: bytes) -> None:
    assert "damaged" in from_tarball(machine, mirror, packed)


def test_an_archive_of_another_version_is_rejected(machine: Machine, mirror: Mirror) -> None:
    other = {**FILES, "VERSION": b"go1.98.0\n"}
    assert f"contains go1.98.0, not {NAME}" in from_tarball(machine, mirror, smallgo.tarball(other))
    without = {name: data for name, data in FILES.items() if name != "bin/go"}
    assert "there is no toolchain in it" in from_tarball(machine, mirror, smallgo.tarball(without))


def ticking(seconds: float) -> Clock:
    """Return a clock that advances by so many seconds each time it is read."""
    now = count()
    return lambda: next(now) * seconds


def test_progress_has_bytes_and_rate_of_each_stage(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.module()
    signing(machine, mirror, smallgo.h1(packed))
    reports: list[Progress] = []
    machine.clock = ticking(0.001)
    machine.install(mirror.has_module(packed), listener=reports.append)
    assert [report.stage for report in reports] == ["download", "verify", "unpack"]
    assert reports[0].done == reports[0].total == len(packed)
    assert all(report.rate > 0 for report in reports)


def test_progress_is_reported_at_most_ten_times_a_second() -> None:
    reports: list[Progress] = []
    meter = Meter(reports.append, "download", 100, there=10, clock=ticking(0.04))
    for done in range(20, 100, 10):
        meter.at(done)
    meter.end(100)
    assert [report.done for report in reports] == [40, 70, 100]
    assert [round(report.rate) for report in reports] == [250, 250, 250]


@pytest.mark.parametrize("stage", ["download", "verify", "unpack"])
def test_cancelled_at_any_stage_nothing_is_installed(machine: Machine, mirror: Mirror, stage: str) -> None:
    packed = smallgo.module()
    signing(machine, mirror, smallgo.h1(packed))
    reached: list[str] = []
    url = mirror.has_module(packed)
    before = {"download": [], "verify": ["download"], "unpack": ["download", "verify"]}[stage]
    outcome = machine.install(url, None, None, lambda told: reached.append(told.stage), lambda: reached == before)
    assert outcome.is_cancelled
    assert machine.is_untouched()
    assert not machine.install(url).problem
    check_tree(machine)


def test_a_disk_that_is_full_while_unpacking_leaves_nothing(machine: Machine, mirror: Mirror) -> None:
    packed = smallgo.tarball({**FILES, "big": os.urandom(3 << 20)})
    machine.sdk.mkdir(parents=True)
    with small_disk(machine.sdk):
        problem = machine.problem(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}")
        assert "No space left" in problem
    assert not machine.install(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}").problem


@contextmanager
def small_disk(at: Path) -> Iterator[None]:
    """Mount a file system of one MiB."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "small", str(at)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        yield
    finally:
        subprocess.run(["umount", at], check=True)


def test_what_a_killed_run_left_is_removed_and_what_lives_is_not(machine: Machine, mirror: Mirror) -> None:
    machine.sdk.mkdir(parents=True)
    dead = machine.sdk / f".{NAME}.0123456789ab.wslgo"
    (dead / "read-only").mkdir(parents=True)
    (dead / "read-only" / "file").touch()
    (dead / "read-only").chmod(0o500)
    other = machine.sdk / ".go1.98.0.0123456789ab.wslgo"
    other.mkdir()
    packed = smallgo.tarball()
    with folder.growing(machine.go) as alive:
        assert not machine.install(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}").problem
        assert sorted(machine.sdk.iterdir()) == sorted([Path(alive.path), other, machine.go])
    assert sorted(machine.sdk.iterdir()) == sorted([other, machine.go])


def test_a_link_is_switched_and_switched_back(tmp_path: Path) -> None:
    link = tmp_path / "go"
    assert folder.switch(link, "go1.99.3") is None
    assert folder.switch(link, "go1.99.4") == "go1.99.3"
    assert folder.switch(link, "go1.99.4") == "go1.99.4"
    assert str(link.readlink()) == "go1.99.4"
    assert list(tmp_path.iterdir()) == [link]


def test_a_file_that_is_not_a_link_is_not_switched(tmp_path: Path) -> None:
    (tmp_path / "go").mkdir()
    with pytest.raises(ProvisionError, match="not a symbolic link"):
        folder.switch(tmp_path / "go", "go1.99.3")
    assert (tmp_path / "go").is_dir()


def test_a_folder_is_discarded_whole(tmp_path: Path) -> None:
    (tmp_path / "go" / "bin").mkdir(parents=True)
    folder.discard(tmp_path / "go")
    assert not list(tmp_path.iterdir())


def test_the_small_tarball_is_one_that_others_read_alike(tmp_path: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(smallgo.tarball())) as archive:
        assert {name.removeprefix("go/") for name in archive.getnames()} == set(FILES)
