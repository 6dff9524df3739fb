"""Writes as root: the command, what it rejects, and that it works with a real sudo."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rootless
import windowsline
from tree import SERVER
from wslgo.machine import wsl_exe
from wslgo.machine.host import Host, Mount, Wsl
from wslgo.system import as_root
from wslgo.text.message import Text

OLD, NEW = b"[boot]\nsystemd=yes\n", b"[boot]\nsystemd=true\n"


root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of root")


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    path = tmp_path / "etc" / "wsl.conf"
    path.parent.mkdir(mode=0o755)
    path.write_bytes(OLD)
    path.chmod(0o644)
    return path


@pytest.fixture
def fake(tmp_path: Path) -> str:
    """Return a sudo that runs the words after its options."""
    path = tmp_path / "sudo"
    path.write_text('#!/bin/sh\n[ "$1 $3" = "-p --" ] && shift 3 && exec "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def order(conf: Path, fake: str, after: bytes | None = NEW, before: bytes | None = OLD) -> as_root.Order:
    found = as_root.order(str(conf), before, after, sudo=(fake,), is_trusted=lambda _: True)
    assert isinstance(found, as_root.Order)
    return found


def run(found: as_root.Order) -> int:
    notes = Path(found.path).parent.parent / "notes"
    words = [elsewhere(word, str(notes)) for word in found.words]
    return subprocess.run(words, check=False, capture_output=True, timeout=60).returncode


def elsewhere(word: str, notes: str) -> str:
    """Return the script with another folder for root's notes, so that the tests write none on this machine."""
    if as_root.NOTES in word:
        return word.replace(as_root.NOTES, notes)
    try:
        script = base64.b64decode(word, validate=True).decode()
    except ValueError:
        return word
    return base64.b64encode(script.replace(as_root.NOTES, notes).encode()).decode() if as_root.NOTES in script else word


def test_the_command_names_programs_of_the_system_and_carries_the_bytes(conf: Path, fake: str) -> None:
    sudo, flag, _, end, shell, c, script, name, *words = order(conf, fake).words
    assert (sudo, flag, end, shell, c, name) == (fake, "-p", "--", "/bin/sh", "-c", "wslgo")
    assert script == as_root.SCRIPT
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
    assert [path.name for path in conf.parent.iterdir()] == ["wsl.conf"]


@pytest.mark.parametrize("after", [b"", b"\xff\xfe[\x00", b"'; touch /x; '$(id)`id`\n", b"a" * as_root.LARGEST])
def test_any_bytes_arrive_unchanged(conf: Path, fake: str, after: bytes) -> None:
    assert run(order(conf, fake, after)) == 0
    assert conf.read_bytes() == after


def test_shell_characters_in_a_path_have_no_effect(tmp_path: Path, fake: str) -> None:
    path = tmp_path / "a $(touch x) 'b\"\n;" / "wsl.conf"
    path.parent.mkdir()
    path.write_bytes(OLD)
    assert run(order(path, fake)) == 0
    assert path.read_bytes() == NEW
    assert not Path("x").exists()


def test_a_file_that_has_changed_since_the_diff_stays(conf: Path, fake: str) -> None:
    found = order(conf, fake)
    conf.write_bytes(b"# mine\n")
    assert run(found) == as_root.CHANGED
    assert conf.read_bytes() == b"# mine\n"
    assert [path.name for path in conf.parent.iterdir()] == ["wsl.conf"]


def test_bytes_that_are_not_those_of_the_diff_are_not_written(conf: Path, fake: str) -> None:
    found = order(conf, fake)
    exchanged = found._replace(words=(*found.words[:-1], base64.b64encode(b"command=evil").decode()))
    assert run(exchanged) == as_root.DAMAGED
    assert conf.read_bytes() == OLD


@pytest.mark.parametrize(("name", "size"), [("sudoers", 1), ("wsl.conf.bak", 1), ("wsl.conf", as_root.LARGEST + 1)])
def test_only_a_small_wsl_conf_is_written(name: str, size: int) -> None:
    assert isinstance(
        as_root.order(f"/etc/{name}", OLD, b"x" * size, sudo=("/bin/sh",), is_trusted=lambda _: True), Text
    )


def test_a_link_that_is_called_wsl_conf_leads_to_no_other_file(tmp_path: Path) -> None:
    link = tmp_path / "wsl.conf"
    link.symlink_to("/etc/passwd")
    found = as_root.order(str(link), OLD, NEW, sudo=("/bin/sh",), is_trusted=lambda _: True)
    assert isinstance(found, Text)
    assert "/etc/passwd" in found.render()
    assert not as_root.needs_root(str(link))


def test_without_a_sudo_it_says_so(conf: Path) -> None:
    found = as_root.order(str(conf), OLD, NEW, sudo=("/no/such/sudo",), is_trusted=as_root.is_owned_by_root)
    assert isinstance(found, Text)
    assert "yourself" in found.render()


# A file that is not there


@root
def test_root_creates_a_missing_file_and_removes_it_again(conf: Path, fake: str) -> None:
    conf.unlink()
    assert run(order(conf, fake, NEW, None)) == 0
    assert (conf.read_bytes(), conf.stat().st_mode & 0o7777, conf.stat().st_uid) == (NEW, 0o644, 0)
    assert [path.name for path in conf.parent.iterdir()] == ["wsl.conf"]
    assert run(order(conf, fake, None, NEW)) == 0
    assert not any(conf.parent.iterdir())


@root
@pytest.mark.parametrize("after", [b"", b"a" * as_root.LARGEST])
def test_a_new_file_can_contain_any_bytes(conf: Path, fake: str, after: bytes) -> None:
    conf.unlink()
    assert run(order(conf, fake, after, None)) == 0
    assert conf.read_bytes() == after


def test_a_file_that_has_appeared_since_stays(conf: Path, fake: str) -> None:
    assert run(order(conf, fake, NEW, None)) == as_root.CHANGED
    assert conf.read_bytes() == OLD


@root
def test_what_appears_while_root_writes_stays(conf: Path, fake: str, tmp_path: Path) -> None:
    conf.unlink()
    found = order(conf, fake, NEW, None)
    script = found.words.index(as_root.SCRIPT)
    late = as_root.SCRIPT.replace("  ln -T", f"  echo mine >'{conf}'\n  ln -T")
    assert run(found._replace(words=(*found.words[:script], late, *found.words[script + 1 :]))) != 0
    assert conf.read_bytes() == b"mine\n"
    assert [path.name for path in conf.parent.iterdir()] == ["wsl.conf"]


def test_a_dangling_link_counts_as_a_file(conf: Path, fake: str) -> None:
    conf.unlink()
    found = order(conf, fake, NEW, None)
    conf.symlink_to("nowhere")
    assert run(found) != 0
    assert conf.is_symlink()


def test_a_file_that_has_changed_since_is_not_removed(conf: Path, fake: str) -> None:
    assert run(order(conf, fake, None, NEW)) == as_root.CHANGED
    assert conf.read_bytes() == OLD


@root
def test_a_missing_file_is_roots_if_its_folder_is(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    assert isinstance(as_root.order(str(folder / "wsl.conf"), None, NEW, sudo=("/bin/sh",)), as_root.Order)
    folder.chmod(0o777)
    assert isinstance(as_root.order(str(folder / "wsl.conf"), None, NEW, sudo=("/bin/sh",)), Text)


# Through wsl.exe


@pytest.fixture(params=windowsline.QUOTINGS)
def wsl(request: pytest.FixtureRequest, tmp_path: Path) -> as_root.Wsl:
    """Return a wsl.exe that runs what a Windows command line leaves of its words."""
    program = windowsline.write_program(tmp_path / "c" / as_root.WSL, request.param)
    return as_root.Wsl(str(program), "Ubuntu-24.04")


def through(
    conf: Path, wsl: as_root.Wsl, after: bytes | None = NEW, before: bytes | None = OLD
) -> as_root.Order | Text:
    return as_root.order(str(conf), before, after, lambda: wsl, sudo=(), is_trusted=lambda _: True)


@pytest.mark.parametrize("after", [NEW, b"", b"\xff\xfe[\x00", b"'; touch /x; '$(id)`id`\\\"\n", b"a" * 20480])
def test_wsl_exe_is_used_if_sudo_is_missing(conf: Path, wsl: as_root.Wsl, after: bytes) -> None:
    found = through(conf, wsl, after)
    assert isinstance(found, as_root.Order)
    assert found.words[:6] == (wsl.program, "-d", "Ubuntu-24.04", "-u", "root", "--exec")
    assert (found.by, found.folder) == ("wsl.exe", str(Path(wsl.program).parent))
    assert run(found) == 0
    assert conf.read_bytes() == after


@root
def test_wsl_exe_creates_and_removes_a_file_too(conf: Path, wsl: as_root.Wsl) -> None:
    conf.unlink()
    made = through(conf, wsl, NEW, None)
    assert isinstance(made, as_root.Order)
    assert (run(made), conf.read_bytes()) == (0, NEW)
    gone = through(conf, wsl, None, NEW)
    assert isinstance(gone, as_root.Order)
    assert (run(gone), conf.exists()) == (0, False)


def test_the_exit_code_comes_through_wsl_exe(conf: Path, wsl: as_root.Wsl) -> None:
    found = through(conf, wsl)
    assert isinstance(found, as_root.Order)
    conf.write_bytes(b"# mine\n")
    assert run(found) == as_root.CHANGED
    assert conf.read_bytes() == b"# mine\n"


def test_no_word_for_windows_needs_more_than_quotes_around_it(conf: Path, wsl: as_root.Wsl) -> None:
    found = through(conf, wsl, b"x" * as_root.LARGEST_OF_WINDOWS)
    assert isinstance(found, as_root.Order)
    words = found.words[1:]
    assert not any(sign in word for word in words for sign in '"\\\n\t%^')
    assert [word for word in words if " " in word] == [as_root.LINE]
    assert len(windowsline.joined(found.words)) < 32767


def test_words_that_a_windows_command_line_could_change_are_not_sent(conf: Path, tmp_path: Path) -> None:
    way = as_root.Wsl("/mnt/c/Windows/System32/wsl.exe", "Ubuntu")
    place = tmp_path / "a b" / "wsl.conf"
    place.parent.mkdir()
    assert isinstance(through(place, way, NEW, None), Text)
    assert isinstance(through(conf, way, b"x" * (as_root.LARGEST_OF_WINDOWS + 1)), Text)


def test_sudo_comes_first(conf: Path, fake: str) -> None:
    def never() -> None:
        raise AssertionError("nobody asks for wsl.exe")

    found = as_root.order(str(conf), OLD, NEW, never, sudo=(fake,), is_trusted=lambda _: True)
    assert isinstance(found, as_root.Order)
    assert found.by == "sudo"


def test_wsl_exe_is_found_only_on_a_windows_drive(tmp_path: Path) -> None:
    program = windowsline.write_program(tmp_path / "c" / as_root.WSL)
    windowsline.write_program(tmp_path / "data" / as_root.WSL)
    drive, other = Mount(f"{tmp_path}/c", "9p", "C:\\", "C:\\"), Mount(f"{tmp_path}/data", "ext4", "/dev/sdb")
    wsl = Wsl(distribution="Ubuntu", has_interop=True)
    assert wsl_exe.wsl_of(Host(wsl, mounts=(other, drive))) == as_root.Wsl(str(program), "Ubuntu")
    for silent in (
        Host(wsl, mounts=(other,)),
        Host(wsl),
        Host(wsl._replace(has_interop=False), mounts=(drive,)),
        Host(wsl._replace(distribution=None), mounts=(drive,)),
        Host(wsl._replace(distribution="-u x"), mounts=(drive,)),
    ):
        assert wsl_exe.wsl_of(silent) is None


@root
def test_a_folder_that_others_can_write_is_not_roots(conf: Path) -> None:
    assert as_root.is_owned_by_root(str(conf))
    conf.parent.chmod(0o777)
    assert not as_root.is_owned_by_root(str(conf))
    conf.parent.chmod(0o1777)
    assert not as_root.is_owned_by_root(str(conf)), "somebody could lay a link for us"
    conf.parent.chmod(0o755)
    os.chown(conf.parent.parent, 1234, 0)
    assert not as_root.is_owned_by_root(str(conf))
    os.chown(conf.parent.parent, 0, 0)
    conf.chmod(0o664)
    os.chown(conf, 0, 1234)
    assert not as_root.is_owned_by_root(str(conf))


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

    def test_the_file_is_fixed_and_restored(self, conf: Path, user: rootless.User) -> None:
        code, out, err = self.wslgo(user, "fix", "--as-root", "--yes", conf)
        assert (code, conf.read_bytes()) == (0, NEW), err
        assert "-systemd=yes\n+systemd=true\n" in out
        assert (conf.stat().st_uid, conf.stat().st_mode & 0o777) == (0, 0o644)
        assert "wslgo fix" in self.wslgo(user, "undo", "--list")[1]
        code, _, err = self.wslgo(user, "undo", "--yes")
        assert (code, conf.read_bytes()) == (0, OLD), err

    def test_root_removes_a_file_that_root_has_created(self, conf: Path, user: rootless.User) -> None:
        conf.unlink()
        script = (
            "import io, os, sys\n"
            "from wslgo.cli import as_root, call, terminal\n"
            f"order = as_root.order({str(conf)!r}, None, {NEW!r})\n"
            "as_root.write(order, 'wslgo', call.Call(None, terminal.of_process()))\n"
        )
        made = user.run([sys.executable, "-c", script], {"PYTHONPATH": str(SERVER)})
        assert conf.read_bytes() == NEW, made.stderr.decode()
        assert (conf.stat().st_uid, conf.stat().st_mode & 0o777) == (0, 0o644)
        code, out, err = self.wslgo(user, "undo", "--yes")
        assert (code, conf.exists()) == (0, False), err
        assert "removed" in out
        newest = self.wslgo(user, "undo", "--list")[1].split()[0]
        code, _, err = self.wslgo(user, "undo", "--yes", newest)
        assert (code, conf.read_bytes()) == (0, NEW), err

    @pytest.mark.parametrize("case", ["before", "entry"])
    def test_root_undoes_only_what_it_recorded_itself(self, conf: Path, user: rootless.User, case: str) -> None:
        """Another program of the user writes into the journal what root is to write."""
        self.wslgo(user, "fix", "--as-root", "--yes", conf)
        journal = user.home / "state/wslgo/journal"
        evil = hashlib.sha256(b"[boot]\ncommand=evil\n").hexdigest()
        (journal / "objects" / evil).write_bytes(b"[boot]\ncommand=evil\n")
        os.chown(journal / "objects" / evil, user.id, user.id)
        said = [json.loads(line) for line in (journal / "journal.jsonl").read_text().splitlines()]
        forged = said[0] | {"before": said[0]["before"] | {"sha256": evil}, "check": ""}
        said = [forged, *said[1:]] if case == "before" else [*said, forged | {"id": "x"}, {"id": "x", "end": "done"}]
        (journal / "journal.jsonl").write_text("".join(json.dumps(line) + "\n" for line in said))
        code, out, err = self.wslgo(user, "undo", "--yes")
        assert (code, conf.read_bytes()) == (2, NEW)
        assert "+command=evil" in out, "it is shown before anything is done"
        assert "root has no record of this write" in err

    def test_without_the_option_nothing_is_done_as_root(self, conf: Path, user: rootless.User) -> None:
        code, _, err = self.wslgo(user, "fix", conf)
        assert (code, conf.read_bytes()) == (2, OLD)
        assert "owned by root: write it with wslgo fix --as-root" in err

    def test_without_a_yes_nothing_is_done_as_root(self, conf: Path, user: rootless.User) -> None:
        code, _, err = self.wslgo(user, "fix", "--as-root", conf, stdin=b"y\n")
        assert (code, conf.read_bytes()) == (2, OLD)
        assert "confirm with --yes" in err
