"""Root's part: one command with a real sudo, that does what was shown and nothing else."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rootless
import windowsline
from wslgo import asroot
from wslgo.provision import packages, rooted
from wslgo.provision.toolchain.trouble import TroubleError

SERVER = Path(__file__).resolve().parents[2] / "server"
WHERE = "/etc/profile.d"  # in a namespace where it is ours

# An ordinary user applies a plan, or takes it back, and says how that went.
APPLIED = """
import json, os, subprocess, sys
from pathlib import Path
from wslgo.asroot import Wsl
from wslgo.journal import Journal, folder_of
from wslgo.message import Message
from wslgo.provision import rooted
from wslgo.provision.apply import apply
from wslgo.provision.hand import Hand
from wslgo.provision.ledger import Ledger, ledger_of
from wslgo.provision.site import this_machine
from wslgo.provision.step import InstallPackages, Plan, RunFixed, Step, WriteFile
from wslgo.provision.undo import undo

what, wsl = sys.argv[1:]
text = Message(en="x", zh="x")()
old = b"old\\n"
step = Step("certificates", text, text, (
    WriteFile("/etc/profile.d/sub/new.sh", None, b"new $(id)\\n", owner="root"),
    WriteFile("/etc/profile.d/there.sh", old, b"changed\\n", owner="root"),
    WriteFile("/etc/profile.d/gone.sh", old, None, owner="root"),
    RunFixed(("ldconfig",)),
    InstallPackages(("gcc", "libc6-dev")),
), needs_root=True)
own = Step("path", text, text, (WriteFile(os.environ["HOME"] + "/own", None, b"mine\\n"),))
ledger, journal = Ledger(ledger_of(os.environ)), Journal(folder_of(os.environ))
ledger.folder.mkdir(parents=True, exist_ok=True)

def as_root(payload):
    sudo = () if wsl else ("/usr/bin/sudo",)
    command = rooted.command(lambda: Wsl(wsl, "Debian"), sudo)
    done = subprocess.run(command.of(payload), input=payload, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout

site = this_machine(None, os.environ["HOME"])
hand = Hand(site, ledger, journal, os.environ, Path(os.environ["HOME"]) / "scratch", as_root=as_root)
if what == "apply":
    run = ledger.run(ledger.begin("/", site.user.name, Plan((own, step))))
    ends = [[one.step.id, one.end, one.problem.render() if one.problem else None] for one in apply(run, hand)]
elif what == "again":
    ends = [one.end for one in apply(ledger.runs()[-1], hand)]
else:
    ends = [one.problem.render() for one in undo(ledger.runs()[-1], hand) if one.problem]
print(json.dumps(ends))
"""

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="only root becomes somebody else")


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    """What the namespace has for WHERE."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    for name, mode in (("there.sh", 0o755), ("gone.sh", 0o604)):
        (folder / name).write_bytes(b"old\n")
        (folder / name).chmod(mode)
    return folder


@pytest.fixture
def user(tmp_path: Path) -> rootless.User:
    return rootless.User(tmp_path)


def entered(etc: Path, words: list[str]) -> list[str]:
    """The words in a namespace with our folder, and with programs of the system that only say that they ran."""
    fake = etc.parent / "fake"
    fake.write_text(f'#!/bin/sh\necho "${{0##*/}} $*" >>{WHERE}/ran\n', encoding="utf-8")
    fake.chmod(0o755)
    script = (
        f'mount --bind "$1" {WHERE}; mount --bind "$2" /usr/sbin/ldconfig; mount --bind "$2" /usr/bin/apt-get; '
        'mount --bind "$2" /usr/bin/dpkg; '
        'shift 2; exec "$@"'
    )
    return ["unshare", "--mount", "sh", "-ec", script, "sh", str(etc), str(fake), *words]


def wslgo(user: rootless.User, etc: Path, what: str, wsl: str = "") -> list[object]:
    words = entered(etc, user.words([sys.executable, "-c", APPLIED, what, wsl]))
    environment = {**os.environ, **user.environment, "PYTHONPATH": str(SERVER)}
    done = subprocess.run(words, capture_output=True, env=environment, cwd="/", timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return list(json.loads(done.stdout))


def kept(etc: Path) -> dict[str, tuple[bytes, int, int]]:
    files = (path for path in sorted(etc.rglob("*")) if path.is_file() and path.name != "ran")
    return {
        str(path.relative_to(etc)): (path.read_bytes(), path.stat().st_mode & 0o7777, path.stat().st_uid)
        for path in files
    }


def test_root_does_what_was_planned_and_takes_it_back(user: rootless.User, etc: Path) -> None:
    before = kept(etc)
    assert wslgo(user, etc, "apply") == [["certificates", "done", None], ["path", "done", None]]
    assert kept(etc) == {"sub/new.sh": (b"new $(id)\n", 0o644, 0), "there.sh": (b"changed\n", 0o755, 0)}
    ran = (etc / "ran").read_text().splitlines()
    assert ran == [
        "ldconfig ",
        " ".join(("dpkg", *packages.HEAL[1:])),
        " ".join(("apt-get", *packages.APT[1:], "gcc", "libc6-dev")),
    ]
    assert (user.home / "own").stat().st_uid == user.id
    assert wslgo(user, etc, "again") == []
    assert wslgo(user, etc, "undo") == []
    assert kept(etc) == before
    assert not (etc / "sub").exists()
    assert not (user.home / "own").exists()
    assert (etc / "ran").read_text().splitlines()[3:] == ["ldconfig "]


@pytest.mark.parametrize("quoting", windowsline.QUOTINGS)
def test_through_wsl_exe_it_is_the_same(user: rootless.User, etc: Path, quoting: str, tmp_path: Path) -> None:
    """The stand-in is run by root's own sudo, since an ordinary user's programs of Windows cannot be had here."""
    program = windowsline.stand_in(tmp_path / "windows" / "wsl.exe", quoting)
    words = rooted.command(lambda: asroot.Wsl(str(program), "Debian"), sudo=())
    assert words is not None
    new = base64.b64encode(f"{WHERE}/new".encode()).decode()
    payload = f"plan x\nwrite {new} none {asroot.digest(b'')} \nrun ldconfig\n".encode()
    done = subprocess.run(entered(etc, list(words.of(payload))), input=payload, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"done 1\ndone 2\ndone 3\n"), done.stderr
    assert (etc / "new").read_bytes() == b""
    done = subprocess.run(
        entered(etc, list(words.of(payload))), input=payload + b"\n", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (asroot.DAMAGED, b"")


def test_somebody_elses_change_is_refused_and_shown(user: rootless.User, etc: Path) -> None:
    (etc / "there.sh").write_bytes(b"theirs\n")
    before = kept(etc)
    [[name, end, problem], own] = wslgo(user, etc, "apply")  # type: ignore[misc]
    assert (name, end) == ("certificates", "refused")
    assert "has changed" in str(problem)
    assert own == ["path", "done", None]
    after = kept(etc)
    assert after["there.sh"] == before["there.sh"]


def run(payload: bytes, said: bytes | None = None) -> int:
    """The script itself, with orders that were, or were not, what was agreed to."""
    command = rooted.Command((asroot.SHELL, "-c", rooted.SCRIPT, "wslgo"), 0)
    words = command.of(payload if said is None else said)
    return subprocess.run(words, input=payload, capture_output=True, check=False, timeout=60).returncode


def word(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "path",
    [
        "/tmp/x",
        "/etc/../tmp/x",
        "/etcetera/x",
        "/etc",
        "/etc/",
        "/etc/./x/../../tmp/x",
        "/usr/local/bin/x",
        "x",
        "",
        "/",
    ],
)
@pytest.mark.parametrize("order", ["write {} none none", "mkdir {}", "rmdir {}"])
def test_root_writes_in_few_places_alone(path: str, order: str) -> None:
    assert run(f"plan x\n{order.format(word(path))}\n".encode()) in (rooted.OUTSIDE, 1)


@pytest.mark.parametrize(
    "order", ["rm /etc/passwd", "run reboot", "run", "sh -c id", "run ldconfig;id", "apt ./x.deb", "apt -y", "apt"]
)
def test_root_follows_few_orders_alone(order: str) -> None:
    assert run(f"{order}\n".encode()) == rooted.OUTSIDE


@pytest.mark.parametrize("said", [b"", b"plan x\n", b"plan y\nrun ldconfig\n"])
def test_orders_that_were_not_agreed_to_are_none(said: bytes) -> None:
    assert run(b"plan x\nrun ldconfig\n", said) == asroot.DAMAGED


@pytest.mark.parametrize("place", ["/tmp/x", "/etc/../tmp/x", "/etc/a\nb", "/home/x"])
def test_a_file_that_is_not_roots_alone_is_no_order(place: str) -> None:
    with pytest.raises(TroubleError):
        rooted.write_order(Path(place), None, b"x")


def test_the_script_names_nothing_of_ours() -> None:
    assert "python" not in rooted.SCRIPT
    assert len(base64.b64encode(rooted.SCRIPT.encode())) < 20000, "Windows takes 32767 characters"
    subprocess.run(["/bin/sh", "-n", "-c", rooted.SCRIPT], check=True)
