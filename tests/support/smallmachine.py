"""A machine to provision: a temporary tree with a user, the wslgo that provisions it, and processes that are killed."""

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import smallgo
from dying import die_at
from treechanges import What, what
from wslgo.cli import main
from wslgo.cli.terminal import Terminal
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import Event, RunContext
from wslgo.provision.apply.ledger import Ledger, Run, ledger_of
from wslgo.provision.model.step import Plan
from wslgo.provision.target import tree
from wslgo.system.journal import Journal, folder_of

USER = 1000
PASSWD = "root:x:0:0:root:/root:/bin/bash\ndev:x:1000:1000::/home/dev:{shell}\n"
BASHRC = (
    Path("/etc/skel/.bashrc").read_bytes()
    if Path("/etc/skel/.bashrc").exists()
    else b"case $- in\n *i*) ;;\n *) return;;\nesac\n"
)
PROFILE = b'if [ -f "$HOME/.bashrc" ]; then\n  . "$HOME/.bashrc"\nfi\n'
# A closed port, which answers at once.
GOENV = b"GOPROXY=off,http://127.0.0.1:9\nGOFLAGS=-mod=mod\n"


class Outcome(NamedTuple):
    """The output at the terminal; the code is None if the process was killed."""

    code: int | None
    out: str = ""
    err: str = ""


class Machine:
    """A tree in a folder, and beside it the home of the user of wslgo."""

    def __init__(self, folder: Path, shell: str = "/bin/bash") -> None:
        self.folder = folder
        self.root = folder / "machine"
        self.environment = {"HOME": str(folder / "runner"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        (folder / "runner").mkdir()
        self.furnish(shell)

    def furnish(self, shell: str) -> None:
        """Write the initial files of the tree."""
        self.write("/etc/passwd", PASSWD.format(shell=shell).encode(), owner=0)
        self.write("/etc/ssl/certs/ca-certificates.crt", b"", owner=0)
        self.write("/home/dev/.bashrc", BASHRC)
        self.write("/home/dev/.profile", PROFILE, mode=0o600)
        self.write("/home/dev/.config/go/env", GOENV, mode=0o640)
        (self.root / "home/dev").chmod(0o750)

    @property
    def home(self) -> Path:
        return self.root / "home/dev"

    def write(self, path: str, data: bytes, mode: int = 0o644, owner: int = USER) -> Path:
        """Write a file of the tree, with the folders it needs."""
        place = self.root / path.lstrip("/")
        missing = [parent for parent in place.parents if not parent.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        place.chmod(mode)
        if os.geteuid() == 0:
            for path in (*missing, place):
                if owner and path.is_relative_to(self.root / "home") and path != self.root / "home":
                    os.chown(path, owner, owner)
        return place

    def source(self) -> str:
        """Return the URL of a folder with a toolchain."""
        folder = self.folder / "source"
        if folder.exists():  # packing it again would give other bytes
            return folder.as_uri()
        folder.mkdir()
        name = f"{smallgo.NAME}.linux-amd64.tar.gz"
        data = smallgo.tarball()
        (folder / name).write_bytes(data)
        (folder / f"{name}.sha256").write_text(smallgo.sha256(data))
        return folder.as_uri()

    def install_go(self) -> None:
        """Install Go as its instructions do."""
        for name, data in {"VERSION": b"go1.25.3\n", "bin/go": b"#!/bin/sh\n", "src/go.mod": b"module std\n"}.items():
            self.write(f"/usr/local/go/{name}", data, mode=0o755, owner=0)

    def install_tools(self) -> None:
        """Put gopls and Delve where go install does, so that no server is asked about them."""
        for name in ("gopls", "dlv"):
            self.write(f"/home/dev/go/bin/{name}", b"#!/bin/sh\n", mode=0o755)

    # Running

    def wslgo(self, *arguments: str, stdin: bytes = b"", is_interactive: bool = False) -> Outcome:
        """Run `wslgo provision --root TREE ...` in this process."""
        out, err = io.BytesIO(), io.BytesIO()
        terminal = Terminal(out, err, io.BytesIO(stdin), self.environment, is_interactive=is_interactive)
        code = main(["provision", "--root", str(self.root), *arguments], terminal)
        return Outcome(code, *(stream.getvalue().decode(errors="surrogateescape") for stream in (out, err)))

    def kill_at(self, number: int, *arguments: str) -> bool:
        """Run it in another process that is killed before an action; return whether it came to that."""
        return killed(lambda: self.wslgo(*arguments), number)

    def context(self, say: Callable[[Event], None] = lambda _: None) -> RunContext:
        """Return the context of `apply` and `undo`, for plans that no step makes."""
        target = tree(self.root, None)
        ledger, journal = Ledger(ledger_of(self.environment)), Journal(folder_of(self.environment))
        ledger.folder.mkdir(parents=True, exist_ok=True)
        return RunContext(target, ledger, journal, self.environment, self.folder / "scratch", report=say)

    def begin(self, plan: Plan) -> Run:
        ledger = self.context().ledger
        return ledger.begin(str(self.root), "dev", plan)

    def apply(self, run: Run) -> list[str]:
        """Apply the rest of a run, and return how its steps ended."""
        context = self.context()
        return [event.end for event in apply(context.ledger.run(run.id), context)]

    def snapshot(self) -> dict[str, What]:
        """Return everything in the tree: kind, bytes or target, mode, owner."""
        return snapshot(self.root)


def snapshot(root: Path) -> dict[str, What]:
    """Return everything in a folder but times."""
    return {str(path.relative_to(root)): what(path) for path in sorted(root.rglob("*"))}


def killed(run: Callable[[], object], number: int) -> bool:
    """Call `run` in another process that is killed, as by `kill -9`, before its action of that number."""
    child = os.fork()
    if child == 0:
        die_at(number)
        try:
            run()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL
