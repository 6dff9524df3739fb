"""Writing as root: what the one command is made of, what it refuses, and that it works with a real sudo."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rootless
from wslgo import asroot
from wslgo.message import Text

SERVER = Path(__file__).resolve().parents[1] / "server"
OLD, NEW = b"[boot]\nsystemd=yes\n", b"[boot]\nsystemd=true\n"


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    path = tmp_path / "etc" / "wsl.conf"
    path.parent.mkdir(mode=0o755)
    path.write_bytes(OLD)
    path.chmod(0o644)
    return path


@pytest.fixture
def fake(tmp_path: Path) -> str:
    """A sudo that runs what stands behind its options."""
    path = tmp_path / "sudo"
    path.write_text('#!/bin/sh\n[ "$1 $3" = "-p --" ] && shift 3 && exec "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def order(conf: Path, fake: str, after: bytes = NEW) -> asroot.Order:
    found = asroot.order(str(conf), OLD, after, (fake,), lambda _: True)
    assert isinstance(found, asroot.Order)
    return found


def run(found: asroot.Order) -> int:
    return subprocess.run(found.words, check=False, capture_output=True, timeout=60).returncode


def test_the_command_names_programs_of_the_system_and_carries_the_bytes(conf: Path, fake: str) -> None:
    sudo, flag, _, end, shell, c, script, name, *words = order(conf, fake).words
    assert (sudo, flag, end, shell, c, name) == (fake, "-p", "--", "/bin/sh", "-c", "wslgo")
    assert script == asroot.SCRIPT
    assert words[0] == str(conf)
    assert base64.b64decode(words[3]) == NEW
    assert "wslgo" not in script, "nothing of ours is run"


def test_root_replaces_the_bytes_and_keeps_mode_and_owner(conf: Path, fake: str) -> None:
    conf.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(conf, 0, 4)
    before = conf.stat()
    assert run(order(conf, fake)) == 0
    after = conf.stat()
    assert conf.read_bytes() == NEW
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert [one.name for one in conf.parent.iterdir()] == ["wsl.conf"]


@pytest.mark.parametrize("after", [b"", b"\xff\xfe[\x00", b"'; touch /x; '$(id)`id`\n", b"a" * asroot.LARGEST])
def test_any_bytes_arrive_as_they_are(conf: Path, fake: str, after: bytes) -> None:
    assert run(order(conf, fake, after)) == 0
    assert conf.read_bytes() == after


def test_a_path_with_signs_of_the_shell_is_only_a_path(tmp_path: Path, fake: str) -> None:
    path = tmp_path / "a $(touch x) 'b\"\n;" / "wsl.conf"
    path.parent.mkdir()
    path.write_bytes(OLD)
    assert run(order(path, fake)) == 0
    assert path.read_bytes() == NEW
    assert not Path("x").exists()


def test_a_file_that_has_changed_since_the_diff_stays(conf: Path, fake: str) -> None:
    found = order(conf, fake)
    conf.write_bytes(b"# mine\n")
    assert run(found) == asroot.CHANGED
    assert conf.read_bytes() == b"# mine\n"
    assert [one.name for one in conf.parent.iterdir()] == ["wsl.conf"]


def test_bytes_that_are_not_those_of_the_diff_are_not_written(conf: Path, fake: str) -> None:
    found = order(conf, fake)
    exchanged = found._replace(words=(*found.words[:-1], base64.b64encode(b"command=evil").decode()))
    assert run(exchanged) == asroot.DAMAGED
    assert conf.read_bytes() == OLD


@pytest.mark.parametrize(("name", "size"), [("sudoers", 1), ("wsl.conf.bak", 1), ("wsl.conf", asroot.LARGEST + 1)])
def test_only_a_small_wsl_conf_is_written(name: str, size: int) -> None:
    assert isinstance(asroot.order(f"/etc/{name}", OLD, b"x" * size, ("/bin/sh",), lambda _: True), Text)


def test_a_link_that_is_called_wsl_conf_leads_to_no_other_file(tmp_path: Path) -> None:
    link = tmp_path / "wsl.conf"
    link.symlink_to("/etc/passwd")
    found = asroot.order(str(link), OLD, NEW, ("/bin/sh",), lambda _: True)
    assert isinstance(found, Text)
    assert "/etc/passwd" in found.render()
    assert not asroot.needs_root(str(link))


def test_without_a_sudo_it_says_so(conf: Path) -> None:
    assert isinstance(asroot.order(str(conf), OLD, NEW, ("/no/such/sudo",), asroot.belongs_to_root), Text)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of root")
def test_a_place_that_others_can_write_is_not_roots(conf: Path) -> None:
    assert asroot.belongs_to_root(str(conf))
    conf.parent.chmod(0o777)
    assert not asroot.belongs_to_root(str(conf))
    conf.parent.chmod(0o1777)
    assert not asroot.belongs_to_root(str(conf)), "somebody could lay a link for us"
    conf.parent.chmod(0o755)
    os.chown(conf.parent.parent, 1234, 0)
    assert not asroot.belongs_to_root(str(conf))
    os.chown(conf.parent.parent, 0, 0)
    conf.chmod(0o664)
    os.chown(conf, 0, 1234)
    assert not asroot.belongs_to_root(str(conf))


@pytest.mark.skipif(not rootless.is_possible(), reason="needs root to become somebody else")
class TestAsAnOrdinaryUser:
    """`wslgo fix --as-root` with the real sudo."""

    @pytest.fixture
    def user(self, tmp_path: Path) -> rootless.User:
        return rootless.User(tmp_path)

    def wslgo(self, user: rootless.User, *arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        environment = {"PYTHONPATH": str(SERVER), "LANG": "C"}
        done = user.run([sys.executable, "-m", "wslgo", *arguments], environment, stdin)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_the_file_is_fixed_and_comes_back(self, conf: Path, user: rootless.User) -> None:
        code, out, err = self.wslgo(user, "fix", "--as-root", "--yes", conf)
        assert (code, conf.read_bytes()) == (0, NEW), err
        assert "-systemd=yes\n+systemd=true\n" in out
        assert (conf.stat().st_uid, conf.stat().st_mode & 0o777) == (0, 0o644)
        assert "wslgo fix" in self.wslgo(user, "undo", "--list")[1]
        code, _, err = self.wslgo(user, "undo", "--yes")
        assert (code, conf.read_bytes()) == (0, OLD), err

    def test_without_the_word_for_it_nothing_is_done_as_root(self, conf: Path, user: rootless.User) -> None:
        code, _, err = self.wslgo(user, "fix", conf)
        assert (code, conf.read_bytes()) == (2, OLD)
        assert "belongs to root: wslgo fix --as-root" in err

    def test_without_a_yes_nothing_is_done_as_root(self, conf: Path, user: rootless.User) -> None:
        code, _, err = self.wslgo(user, "fix", "--as-root", conf, stdin=b"y\n")
        assert (code, conf.read_bytes()) == (2, OLD)
        assert "say so with --yes" in err
