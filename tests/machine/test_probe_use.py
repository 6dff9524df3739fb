"""The session of the user, DNS servers, folders of Go and the library of the GPU, as the probe finds them."""

import os
from pathlib import Path

import pytest

from machines import unpack
from natmachine import nat_machine
from wslgo.machine.host import Host, LockedFolder
from wslgo.machine.probe import probe
from wslgo.machine.probe.sockets import addresses
from wslgo.system.this_machine import ThisMachine

HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
REST = "00000000:00000000 00:00000000 00000000     0        0 17231 2 0000000000000000 0\n"


def probed(more: str, folder: Path, *facts: str, **environment: str) -> Host:
    return probe(nat_machine(more, folder, **environment), frozenset(facts))


@pytest.mark.parametrize(
    ("more", "environment", "expected"),
    [
        ("", {}, True),
        ("-- without: /run/user/1000 --\n", {}, False),
        ("-- without: /run/user/1000/bus --\n-- without: /run/user/1000/systemd --\n", {}, False),
        ("-- without: /run/user/1000/bus --\n", {}, True),
        ("-- without: /run/user/1000 --\n", {"XDG_RUNTIME_DIR": ""}, None),
        ("-- without: /run/user/1000 --\n", {"XDG_RUNTIME_DIR": "/mnt/wslg/runtime-dir"}, None),
        ("-- without: /run/user/1000 --\n-- without: /run/systemd --\n", {}, None),
        ("-- without: /run/user/1000/bus --\n-- without: /run/user/1000/systemd --\n", {"HOME": "/home/other"}, None),
    ],
)
def test_a_session_of_the_user(more: str, environment: dict[str, str], expected: bool | None, tmp_path: Path) -> None:
    assert probed(more, tmp_path, "wsl.has_user_session", **environment).wsl.has_user_session is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("  1: 0100007F:0035 00000000:0000 07 ", ["127.0.0.1"]),
        ("  1: 00000000:0035 00000000:0000 07 ", ["0.0.0.0"]),  # noqa: S104 - read, not bound
        (f"  1: {'0' * 32}:0035 {'0' * 32}:0000 07 ", ["::"]),
        (f"  1: {'0' * 24}01000000:0035 {'0' * 32}:0000 07 ", ["::1"]),
        (f"  1: 0000000000000000FFFF00000100007F:0035 {'0' * 32}:0000 07 ", ["127.0.0.1"]),
        ("  1: B80D0120000000000000000001000000:0035 " + f"{'0' * 32}:0000 07 ", ["2001:db8:0:0:0:0:0:1"]),
        ("  1: 0100007F:0036 00000000:0000 07 ", []),
        ("  1: 0100007F:0035 0101A8C0:D431 01 ", []),
        ("  x: 0100007F:0035 00000000:0000 07 ", []),
        ("  1: 0100007F:35 00000000:0000 07 ", []),
        ("", []),
    ],
)
def test_who_listens_at_a_port(rows: str, expected: list[str]) -> None:
    assert [*addresses(f"{HEAD}{rows}{REST}", 53, "07")] == expected


def test_dns_servers_of_both_protocols(tmp_path: Path) -> None:
    more = f"-- /proc/net/tcp6 --\n{HEAD}   0: {'0' * 32}:0035 {'0' * 32}:0000 0A {REST}-- without: /proc/net/udp --\n"
    assert probed(more, tmp_path, "network").network.listeners == ("10.255.255.254", "127.0.0.53", "::")


def test_without_tables_of_sockets_nothing_is_known(tmp_path: Path) -> None:
    more = "-- without: /proc/net/udp --\n-- without: /proc/net/tcp --\n"
    assert probed(more, tmp_path, "network").network.listeners is None


LIBRARY = "/usr/local/cuda/lib64/stubs/libcuda.so.1"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ""),
        ("/usr/local/cuda/lib64", ""),
        ("/usr/local/cuda/lib64:/usr/local/cuda/lib64/stubs", LIBRARY),
        ("/usr/lib/wsl/lib:/usr/local/cuda/lib64/stubs", ""),
        ("/usr/local/cuda/lib64/stubs/:/usr/lib/wsl/lib", LIBRARY),
        ("local/cuda/lib64/stubs::", ""),
    ],
)
def test_a_library_that_hides_that_of_windows(path: str, expected: str, tmp_path: Path) -> None:
    tree = unpack("nvidia-gpu", tmp_path, LD_LIBRARY_PATH=path)
    stub = Path(tree.root + LIBRARY)
    stub.parent.mkdir(parents=True)
    stub.touch()
    assert probe(tree, frozenset(("gpu.hidden_by",))).gpu.hidden_by == expected


DRIVER = "/usr/lib/wsl/drivers/nv_dispi.inf_amd64_{}/libcuda.so.1.1"


@pytest.mark.parametrize(("named", "age", "is_stale"), [("old", 100, True), ("old", -100, False), ("new", 100, False)])
def test_a_file_of_cdi_that_is_older_than_the_driver(named: str, age: int, is_stale: bool, tmp_path: Path) -> None:
    tree, path = unpack("nvidia-gpu", tmp_path), "/etc/cdi/nvidia.yaml"
    for place, text in (*((DRIVER.format(name), "") for name in ("old", "new")), (path, DRIVER.format(named))):
        file = Path(tree.root + place)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"  - hostPath: {text}\n" if text else "")
    written = Path(tree.root + path).stat().st_mtime - age
    os.utime(tree.root + path, (written, written))
    os.utime(Path(tree.root + DRIVER.format("old")).parent, (written - 1, written - 1))
    assert probe(tree, frozenset(("gpu.stale_devices",))).gpu.stale_devices == (path if is_stale else "")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("/etc/cdi/nvidia.yaml", f"  - hostPath: {DRIVER.format('old')}\n", "/etc/cdi/nvidia.yaml"),
        ("/etc/cdi/nvidia.yaml", f"  - hostPath: {DRIVER.format('new')}\n", ""),
        ("/var/run/cdi/nvidia.json", f'{{"hostPath": "{DRIVER.format("old")}"}}', "/var/run/cdi/nvidia.json"),
        ("/etc/cdi/other.yaml", "  - hostPath: /opt/gone\n", ""),
    ],
)
def test_a_file_of_cdi_that_names_a_driver_that_is_gone(path: str, text: str, expected: str, tmp_path: Path) -> None:
    tree = unpack("nvidia-gpu", tmp_path)
    for place, content in ((DRIVER.format("new"), ""), (path, text)):
        file = Path(tree.root + place)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    assert probe(tree, frozenset(("gpu.stale_devices",))).gpu.stale_devices == expected


@pytest.mark.parametrize("is_link", [False, True])
def test_copies_of_the_library(is_link: bool, tmp_path: Path) -> None:
    tree = unpack("nvidia-gpu", tmp_path)
    folder = Path(tree.root + "/usr/lib/wsl/lib")
    (folder / "libcuda.so.1.1").touch()
    if is_link:
        (folder / "libcuda.so.1").unlink()
        (folder / "libcuda.so.1").symlink_to("libcuda.so.1.1")
    assert probe(tree, frozenset(("gpu.has_copies",))).gpu.has_copies is not is_link


def locked(folder: Path, *places: str) -> tuple[tuple[str, str], ...]:
    """Return what the probe says of places that this user may not write; root may write everything."""
    tree = nat_machine("", folder)
    for place in places:
        Path(tree.root + place).mkdir(parents=True, exist_ok=True)
    tree.can_write = lambda path: path not in places  # type: ignore[method-assign]
    found = probe(tree, frozenset(("locked_folders",))).locked_folders or ()
    assert all(isinstance(closed, LockedFolder) and closed.owner is not None for closed in found)
    return tuple((closed.variable, closed.path) for closed in found)


def test_folders_that_cannot_be_written(tmp_path: Path) -> None:
    for number, (places, expected) in enumerate(
        (
            ((), ()),
            (("/home/user/go/pkg/mod/cache/download",), (("GOMODCACHE", "/home/user/go/pkg/mod/cache/download"),)),
            (("/home/user/go/pkg/mod",), (("GOMODCACHE", "/home/user/go/pkg/mod"),)),
            (("/home/user/go/pkg/mod/golang.org/x/text@v0.3.0",), ()),
            (("/home/user/.cache",), (("GOCACHE", "/home/user/.cache"),)),
            (("/home/user/go/bin",), (("GOPATH", "/home/user/go/bin"),)),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert locked(folder, *places) == expected


def test_what_a_machine_itself_says_counts(tmp_path: Path) -> None:
    place = tmp_path / "closed"
    place.mkdir(mode=0o555)
    is_root = os.geteuid() == 0
    assert ThisMachine().can_write(str(place)) is is_root
    assert ThisMachine().can_write("\0") is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", None),
        ("-- /usr/bin/go (program) --\n-- /usr/local/go/VERSION --\ngo1.27.3\n", "1.27.3"),
        ("-- /usr/bin/go (program) --\n", None),
        ("-- /usr/bin/go -> /usr/local/go/bin/go --\n-- /usr/local/go/VERSION --\ngo1.27.3\n", None),
    ],
)
def test_another_go_behind_the_one_in_use(more: str, expected: str | None, tmp_path: Path) -> None:
    tree = nat_machine(more, tmp_path, PATH="/usr/bin:/bin")
    (Path(tree.root) / "usr/local/go/src").mkdir()
    if Path(tree.root + "/usr/bin/go").exists():
        Path(tree.root + "/usr/bin/go").chmod(0o755)
    other = probe(tree, frozenset(("other_go",))).other_go
    assert (other and other.version) == expected
    assert not tree.ran


@pytest.mark.parametrize(
    ("path", "is_stray"),
    [
        ("/mnt/c/Users/user/.wslconfig", False),
        ("/mnt/c/Users/user/.WSLConfig", False),
        ("/mnt/c/Users/user/.wslconfig.txt", True),
        ("/mnt/c/Users/user/notes.txt", False),
        ("/home/user/.wslconfig", True),
        ("/home/user/etc/wsl.conf", True),
        ("/home/user/src/wsl.conf", False),
        ("/etc/wsl.config", True),
        ("/etc/wsl.conf", False),
    ],
)
def test_a_file_of_wsl_in_another_place(path: str, is_stray: bool, tmp_path: Path) -> None:
    host = probed(f"-- {path} --\n[wsl2]\nmemory=8GB\n", tmp_path, "stray_files")
    assert host.stray_files == ((path,) if is_stray else ())


def test_links_and_a_home_folder_that_is_a_repository_do_not_count(tmp_path: Path) -> None:
    link = "-- /home/user/dotfiles/wslconfig --\nx\n-- /home/user/.wslconfig -> /home/user/dotfiles/wslconfig --\n"
    (tmp_path / "other").mkdir()
    assert probed(link, tmp_path, "stray_files").stray_files == ()
    repository = "-- /home/user/.git/HEAD --\nx\n-- /home/user/.wslconfig --\n[wsl2]\n"
    assert probed(repository, tmp_path / "other", "stray_files").stray_files == ()
