"""Root's part: one command with a real sudo, that does what was shown and nothing else."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rootless
import windowsline
from tree import SERVER
from wslgo.provision.apply import packages, root_script
from wslgo.provision.errors import ProvisionError
from wslgo.system import as_root

WHERE = "/etc/profile.d"  # in a namespace where it is ours

# What another program of the user can do to the notes before they undo: in the same words as wslgo itself.
FORGED = """
import json, os, sys
from pathlib import Path
from wslgo.system.files import Access
from wslgo.system.journal import Journal, folder_of
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.model.plan_json import plan_from, to_json

case, path = sys.argv[1:]
ledger, journal = Ledger(ledger_of(os.environ)), Journal(folder_of(os.environ))
run = ledger.runs()[-1]
lines = [json.loads(line) | {"check": ""} for line in journal.lines.read_text().splitlines()]
begun = [line for line in lines if line.get("path", "").endswith("there.sh") and not line["undoes"]][0]
evil = journal._keep(b"evil\\n", Access(0o4777, 0, 0))
version = {"sha256": evil.sha256, "mode": 0o4777, "owner": 0, "group": 0}
new = {"id": "20260101-000000-abcdef", "who": "wslgo provision " + run.id, "path": path}
if case == "entry":  # a file that the run never wrote
    now = journal._keep(Path(path).read_bytes(), Access(0o644, 0, 0))
    after = {"sha256": now.sha256, "mode": 0o644, "owner": 0, "group": 0}
    lines += [begun | new | {"before": version, "after": after}, {"id": new["id"], "end": "done"}]
    ledger.record(run.id, 1, "wrote", path=path)
elif case == "before":  # a file that it wrote, with other bytes from before
    lines = [line | {"before": version} if line is begun else line for line in lines]
elif case == "object":
    (journal._folder / "objects" / begun["before"]["sha256"]).write_bytes(b"evil\\n")
elif case == "access":
    lines = [
        line | {"before": line["before"] | {"mode": 0o4777}} if (line.get("path") or "").endswith("gone.sh") else line
        for line in lines
    ]
elif case == "plan":  # another plan, whose digest is right
    plan = plan_from(json.loads(json.dumps(to_json(run.plan)).replace("b2xkCg==", "ZXZpbAo=")))
    said = [json.loads(line) for line in ledger.lines.read_text().splitlines()]
    said[0] |= {"plan": to_json(plan), "digest": plan.digest}
    ledger.lines.write_text("".join(json.dumps(line) + chr(10) for line in said))
    for line in lines:
        if line.get("before") and line["before"]["sha256"] == begun["before"]["sha256"]:
            line["before"] |= {"sha256": evil.sha256}
elif case == "folder":
    ledger.record(run.id, 1, "made", path=path, by="root")
elif case == "command":
    ledger.record(run.id, 1, "ran", name="sysctl --system")
journal.lines.write_text("".join(json.dumps(line) + chr(10) for line in lines))
"""

# An ordinary user applies a plan, or undoes it, and prints the result.
APPLIED = """
import json, os, subprocess, sys
from pathlib import Path
from wslgo.system.as_root import Wsl
from wslgo.system.journal import Journal, folder_of
from wslgo.text.message import Message
from wslgo.provision.apply import root_script
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import RunContext
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.target import this_machine
from wslgo.provision.model.step import InstallPackages, Plan, RunFixed, Step, WriteFile
from wslgo.provision.apply.undo import undo
from wslgo.provision.apply.undo_root import roots_part

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
    command = root_script.command(lambda: Wsl(wsl, "Debian"), sudo)
    done = subprocess.run(command.of(payload), input=payload, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout

target = this_machine(None, os.environ["HOME"])
context = RunContext(target, ledger, journal, os.environ, Path(os.environ["HOME"]) / "scratch", as_root=as_root)
if what == "apply":
    run = ledger.begin("/", target.user.name, Plan((own, step)))
    events = apply(run, context)
    ends = [[event.step.id, event.end, event.problem.render() if event.problem else None] for event in events]
elif what == "shown":
    part = roots_part(ledger.runs()[-1], context)
    writes = [write for step in part.plan(ledger.runs()[-1]).steps for write in step.writes]
    ends = [[write.path, (write.before or b"").decode(), (write.after or b"").decode()] for write in writes]
    ends += [reversal.problem.render() for reversal in part.blocked]
elif what == "again":
    ends = [event.end for event in apply(ledger.runs()[-1], context, is_resumed=True)]
elif what == "killed":
    ledger.begin("/", target.user.name, Plan((own, step)))
    ends = []
else:
    ends = [reversal.problem.render() for reversal in undo(ledger.runs()[-1], context) if reversal.problem]
print(json.dumps(ends))
"""

WHY = "the command as root failed (exit code 17)"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not rootless.is_possible(), reason="only root becomes another user"),
]


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    """Return the path in the namespace for WHERE."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    (tmp_path / "lib").mkdir(mode=0o755, exist_ok=True)
    for name, mode in (("there.sh", 0o755), ("gone.sh", 0o604)):
        (folder / name).write_bytes(b"old\n")
        (folder / name).chmod(mode)
    return folder


@pytest.fixture
def user(tmp_path: Path) -> rootless.User:
    return rootless.User(tmp_path)


def entered(etc: Path, words: list[str]) -> list[str]:
    """Return the command in a namespace with our folder, and with system programs that only record that they ran."""
    fake = etc.parent / "fake"
    fake.write_text(f'#!/bin/sh\necho "${{0##*/}} $*" >>{WHERE}/ran\n', encoding="utf-8")
    fake.chmod(0o755)
    script = (
        f'mount --bind "$1" {WHERE}; mount --bind "$2" /usr/sbin/ldconfig; mount --bind "$2" /usr/bin/apt-get; '
        'mount --bind "$2" /usr/bin/dpkg; mount --bind "$3" /var/lib; '
        'shift 3; exec "$@"'
    )
    return ["unshare", "--mount", "sh", "-ec", script, "sh", str(etc), str(fake), str(etc.parent / "lib"), *words]


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


def test_root_does_what_was_planned_and_undoes_it(user: rootless.User, etc: Path) -> None:
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
    """The replacement is run by root's own sudo, since an ordinary user's programs of Windows cannot be had here."""
    program = windowsline.write_program(tmp_path / "windows" / "wsl.exe", quoting)
    words = root_script.command(lambda: as_root.Wsl(str(program), "Debian"), sudo=())
    assert words is not None
    new = base64.b64encode(f"{WHERE}/new".encode()).decode()
    payload = f"plan x\nwrite {new} none {as_root.digest(b'')} \nrun ldconfig\n".encode()
    done = subprocess.run(entered(etc, list(words.of(payload))), input=payload, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"done 1\ndone 2\ndone 3\n"), done.stderr
    assert (etc / "new").read_bytes() == b""
    done = subprocess.run(
        entered(etc, list(words.of(payload))), input=payload + b"\n", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (as_root.DAMAGED, b"")


def test_another_programs_change_is_rejected_and_shown(user: rootless.User, etc: Path) -> None:
    (etc / "there.sh").write_bytes(b"theirs\n")
    before = kept(etc)
    [[name, end, problem], own] = wslgo(user, etc, "apply")  # type: ignore[misc]
    assert (name, end) == ("certificates", "refused")
    assert "has changed" in str(problem)
    assert own == ["path", "done", None]
    after = kept(etc)
    assert after["there.sh"] == before["there.sh"]


def forge(user: rootless.User, etc: Path, case: str, path: str = "") -> None:
    words = entered(etc, user.words([sys.executable, "-c", FORGED, case, path]))
    environment = {**os.environ, **user.environment, "PYTHONPATH": str(SERVER)}
    done = subprocess.run(words, capture_output=True, env=environment, cwd="/", timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_what_root_undoes_is_shown_with_its_diff(user: rootless.User, etc: Path) -> None:
    wslgo(user, etc, "apply")
    shown = wslgo(user, etc, "shown")
    assert sorted(shown) == [  # type: ignore[type-var]
        [f"{WHERE}/gone.sh", "", "old\n"],
        [f"{WHERE}/sub/new.sh", "new $(id)\n", ""],
        [f"{WHERE}/there.sh", "changed\n", "old\n"],
    ]


@pytest.mark.parametrize("case", ["entry", "before", "object", "access", "plan", "folder", "command"])
def test_forged_notes_let_root_write_nothing_that_it_did_not_note(user: rootless.User, etc: Path, case: str) -> None:
    victim, empty = etc / "victim.conf", etc / "empty"
    victim.write_bytes(b"theirs\n")
    empty.mkdir()
    before = kept(etc)
    wslgo(user, etc, "apply")
    ran = (etc / "ran").read_text()
    forge(user, etc, case, f"{WHERE}/{'empty' if case == 'folder' else 'victim.conf'}")
    shown = json.dumps(wslgo(user, etc, "shown"))
    problems = wslgo(user, etc, "undo")
    after = kept(etc)
    assert problems or case in ("object", "access"), "root has the mode in its notes, the plan has the bytes"
    assert not any(b"evil" in data or mode & 0o6000 for data, mode, _ in after.values())
    assert after["victim.conf"] == before["victim.conf"]
    assert empty.is_dir()
    assert (etc / "ran").read_text() in (ran, f"{ran}ldconfig \n")
    assert case == "plan" or "evil" not in shown
    restored = [name for name, what in before.items() if after.get(name) == what and name != "victim.conf"]
    told = [name for name in ("there.sh", "gone.sh") if any(name in str(problem) for problem in problems)]
    assert set(restored) | set(told) == {"there.sh", "gone.sh"}, "restored or named"


def test_a_run_from_before_root_noted_anything_is_left_to_a_person(user: rootless.User, etc: Path) -> None:
    wslgo(user, etc, "apply")
    after = kept(etc)
    shutil.rmtree(etc.parent / "lib/wsl-go")
    for _ in range(2):
        problems = wslgo(user, etc, "undo")
        assert sum("root has no record that this run wrote it" in str(problem) for problem in problems) == 3
        assert {name: what[0] for name, what in kept(etc).items()} == {name: what[0] for name, what in after.items()}
    for name in ("there.sh", "gone.sh"):
        (etc / name).write_bytes(b"old\n")
    (etc / "sub/new.sh").unlink()
    assert wslgo(user, etc, "undo") == []


def test_one_file_that_was_changed_since_costs_that_file_alone(user: rootless.User, etc: Path) -> None:
    wslgo(user, etc, "apply")
    (etc / "there.sh").write_bytes(b"changed\ntheirs\n")
    [problem] = wslgo(user, etc, "undo")
    assert "there.sh" in str(problem)
    assert kept(etc)["gone.sh"] == (b"old\n", 0o604, 0)
    assert kept(etc)["there.sh"][0] == b"changed\ntheirs\n"
    (etc / "there.sh").write_bytes(b"old\n")
    assert wslgo(user, etc, "undo") == []


def test_a_plan_of_the_ledger_that_root_has_not_begun_is_planned_again(user: rootless.User, etc: Path) -> None:
    """Another program of the user could have written it there; a run that root has begun continues."""
    before = kept(etc)
    wslgo(user, etc, "killed")
    assert wslgo(user, etc, "again") == ["refused", "done"]
    assert kept(etc) == before
    assert not (etc / "ran").exists()
    assert wslgo(user, etc, "again") == [], "the run is over"


def test_a_run_that_root_has_begun_is_resumed(user: rootless.User, etc: Path) -> None:
    wslgo(user, etc, "killed")
    lib = etc.parent / "lib/wsl-go"
    wslgo(user, etc, "apply")
    [notes] = lib.iterdir()
    notes.write_text("")
    for name in ("there.sh", "gone.sh"):
        (etc / name).write_bytes(b"old\n")
    (etc / "sub/new.sh").unlink()
    ledger = user.home / "state/wslgo/provision/ledger.jsonl"
    lines = ledger.read_text().splitlines()
    ledger.write_text("\n".join([line for line in lines if '"end"' not in line][:2]) + "\n")
    assert wslgo(user, etc, "again") == ["done", "done"]


def test_wslgo_undo_knows_what_provisioning_noted_as_root(user: rootless.User, etc: Path) -> None:
    (etc / "wsl.conf").write_bytes(b"new\n")
    line = f"{word(f'{WHERE}/wsl.conf')} {as_root.digest(b'old')} {as_root.digest(b'new')} 0:0 644 -\n"
    (etc.parent / "lib/wsl-go").mkdir()
    (etc.parent / "lib/wsl-go/plan").write_text(line.replace(as_root.digest(b"new"), as_root.digest(b"new\n")))
    found = as_root.order(f"{WHERE}/wsl.conf", b"new\n", b"old", is_trusted=lambda _: True, task=as_root.UNDO)
    assert isinstance(found, as_root.Order)
    assert subprocess.run(entered(etc, list(found.words)), check=False).returncode == 0
    assert (etc / "wsl.conf").read_bytes() == b"old"


def test_files_of_root_whose_lines_are_lost_are_undone_by_the_journal(user: rootless.User, etc: Path) -> None:
    before = kept(etc)
    wslgo(user, etc, "apply")
    ledger = user.home / "state/wslgo/provision/ledger.jsonl"
    lines = [line for line in ledger.read_text().splitlines() if '"wrote"' not in line]
    ledger.write_text("".join(f"{line}\n" for line in lines))
    assert wslgo(user, etc, "undo") == []
    assert kept(etc) == before


def test_what_root_notes_is_roots_alone(user: rootless.User, etc: Path) -> None:
    wslgo(user, etc, "apply")
    folder = etc.parent / "lib/wsl-go"
    [notes] = folder.iterdir()
    assert (folder.stat().st_uid, folder.stat().st_mode & 0o777) == (0, 0o700)
    assert (notes.stat().st_uid, notes.stat().st_mode & 0o777) == (0, 0o600)
    lines = [line.split() for line in notes.read_text().splitlines()]
    assert {line[-1] for line in lines if line[0] != "mkdir"} == {str(user.id)}, "who asked"
    assert len(notes.name) == 64, "for which plan"


@pytest.mark.parametrize("case", ["of a user", "a link"])
def test_notes_that_others_can_change_are_none_of_roots(user: rootless.User, etc: Path, case: str) -> None:
    folder = etc.parent / "lib/wsl-go"
    folder.mkdir()
    os.chown(folder, user.id, user.id)
    if case == "a link":
        folder.rename(user.home / "notes")
        folder.symlink_to(user.home / "notes")
    before = kept(etc)
    assert wslgo(user, etc, "apply") == [["certificates", "failed", WHY], ["path", "done", None]]
    assert kept(etc) == before
    assert list(folder.iterdir()) == []


def test_a_note_that_a_full_disk_has_cut_off_spoils_no_other(user: rootless.User, etc: Path) -> None:
    before = kept(etc)
    wslgo(user, etc, "apply")
    [notes] = (etc.parent / "lib/wsl-go").iterdir()
    lines = notes.read_text().splitlines(keepends=True)
    notes.write_text(lines[0] + lines[1][:-9])
    shutil.rmtree(etc / "sub")
    for name, (data, mode, _) in before.items():
        (etc / name).write_bytes(data)
        (etc / name).chmod(mode)
    wslgo(user, etc, "apply")
    assert wslgo(user, etc, "undo") == []
    assert kept(etc) == before


def test_the_file_of_the_answers_decides_nothing(user: rootless.User, etc: Path) -> None:
    """A false count only falsifies the report: the journal looks at the disk."""
    from wslgo.provision.apply.root_script import _DONE, _LEFT

    said = b"done 1\ndone 99999999999999999999\ndone x\nleft 2 16\nleft 3\n\xff done 4\n"
    assert (_DONE.findall(said), _LEFT.findall(said)) == ([b"1"], [(b"2", b"16")])


def run(payload: bytes, said: bytes | None = None) -> int:
    """Run the script itself, with orders that match, or do not match, the confirmed ones."""
    command = root_script.Command((as_root.SHELL, "-c", root_script.SCRIPT, "wslgo"), 0)
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
    assert run(f"plan x\n{order.format(word(path))}\n".encode()) in (root_script.OUTSIDE, 1)


@pytest.mark.parametrize(
    "order", ["rm /etc/passwd", "run reboot", "run", "sh -c id", "run ldconfig;id", "apt ./x.deb", "apt -y", "apt"]
)
def test_root_follows_few_orders_alone(order: str) -> None:
    assert run(f"{order}\n".encode()) == root_script.OUTSIDE


@pytest.mark.parametrize("said", [b"", b"plan x\n", b"plan y\nrun ldconfig\n"])
def test_orders_that_were_not_agreed_to_are_none(said: bytes) -> None:
    assert run(b"plan x\nrun ldconfig\n", said) == as_root.DAMAGED


@pytest.mark.parametrize("place", ["/tmp/x", "/etc/../tmp/x", "/etc/a\nb", "/home/x"])
def test_a_file_that_is_not_roots_alone_gets_no_order(place: str) -> None:
    with pytest.raises(ProvisionError):
        root_script.write_order(Path(place), None, b"x")


def test_the_script_refers_to_no_file_of_the_user() -> None:
    assert "python" not in root_script.SCRIPT
    assert len(base64.b64encode(root_script.SCRIPT.encode())) < 20000, "Windows takes 32767 characters"
    subprocess.run(["/bin/sh", "-n", "-c", root_script.SCRIPT], check=True)
