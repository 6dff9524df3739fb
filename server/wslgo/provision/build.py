"""Programs of developers, built with the Go in use: apart from their place first, then put there whole."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from wslgo.journal import content, digest
from wslgo.message import Message
from wslgo.process import run
from wslgo.provision.at import At
from wslgo.provision.ledger import WROTE
from wslgo.provision.packages import last_line
from wslgo.provision.step import USER, GoInstall
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.trouble import CancelledError, TroubleError
from wslgo.syntax import goproxy

FAILED = Message(en="go install {package}@{version} failed: {words}", zh="go install {package}@{version} 失败：{words}")
NO_GO = Message(en="{path} is not there to build {package}", zh="没有 {path}，无法构建 {package}")

_LONGEST = 1800.0  # seconds: gopls has a thousand packages, and lines are slow
_MODE = 0o755


def build(action: GoInstall, at: At) -> None:
    """Build a program and put it into its folder. Raises TroubleError where Go does not build it."""
    site = at.hand.site
    with _scratch(at) as scratch:
        program = _built(action, at, scratch)
        place = site.real(f"{action.folder}/{program.name}")
        data, now = program.read_bytes(), content(place)
        if now == data:
            return
        at.reach(action.folder)
        at.provide(place.parent)
        at.note(WROTE, path=str(place), was=None if now is None else digest(now))
        access = site.access(USER, _MODE) if now is None else None
        at.hand.journal.write(place, data, at.who, expected=now, access=access)


def _built(action: GoInstall, at: At, scratch: Path) -> Path:
    """The program, in a folder of its own; whatever the environment says, by this Go and into that folder."""
    bin_, go = Path(tempfile.mkdtemp(dir=scratch)), _command(action, at)
    words = (str(go), "install", f"{action.package}@{action.version}")
    environment = {**at.hand.environment, **_variables(action, at, scratch), **_root(go), "GOBIN": str(bin_)}
    done = run(words, _LONGEST, str(scratch), environment, at.watching())
    if at.hand.cancelled():
        raise CancelledError
    built = next(bin_.iterdir(), None)
    if done is None or done.code or built is None:
        raise TroubleError(FAILED(package=action.package, version=action.version, words=last_line(done)))
    return built


def _command(action: GoInstall, at: At) -> Path:
    """The go command: of a tree behind its links, here by its own name, since one that is a link to a program of many
    names (snap) is told by it which one to be. Raises TroubleError where it is not there, such as after a toolchain
    that could not be fetched."""
    real = at.hand.site.real(action.go)
    if not real.is_file():
        raise TroubleError(NO_GO(path=action.go, package=action.package))
    return real if at.hand.site.is_tree else Path(action.go)


def _variables(action: GoInstall, at: At, scratch: Path) -> dict[str, str]:
    """What holds for the build. An empty variable would leave the word to the go env file, where somebody keeps flags
    for other work (-mod=vendor) or another system (GOOS=windows)."""
    site, policy = at.hand.site, at.hand.policy
    ours = {"GOTOOLCHAIN": "local", "GOFLAGS": "-trimpath", "GOWORK": "off", "GO111MODULE": "on", "GOOS": "linux"}
    ours["CGO_ENABLED"] = "0"  # none of it needs C, so it does not need a compiler either
    if site.is_tree or os.geteuid() != site.number:  # what Go keeps besides belongs to nobody there
        ours |= {"HOME": str(scratch), "GOPATH": str(scratch / "go"), "GOCACHE": str(scratch / "cache"), "GOENV": "off"}
        ours |= {"GOMODCACHE": str(scratch / "go" / "pkg" / "mod")}
        ours |= {"GOPROXY": policy.goproxy or goproxy.DEFAULT, "GOSUMDB": policy.gosumdb or "sum.golang.org"}
        ours |= {"XDG_CONFIG_HOME": str(_without_telemetry(scratch / "config"))}
    return ours | ({"GOPROXY": action.proxy} if action.proxy else {})


def _root(go: Path) -> dict[str, str]:
    """Its own GOROOT: that of another Go, which somebody exports, would have it compile with that one's compiler."""
    root = go.resolve().parent.parent
    return {"GOROOT": str(root)} if (root / "src").is_dir() else {}


def _without_telemetry(configuration: Path) -> Path:
    """Go (since 1.23) leaves a process behind that counts its uses: it would write while the folder goes away."""
    mode = configuration / "go" / "telemetry" / "mode"
    mode.parent.mkdir(parents=True, exist_ok=True)
    mode.write_text("off", encoding="utf-8")
    return configuration


@contextlib.contextmanager
def _scratch(at: At) -> Iterator[Path]:
    """A folder of the run, whose tools share much of what they are made of. A build that was killed goes on with it; it
    goes away with the last of them, and what other runs have left goes at once."""
    above = at.hand.scratch
    path = above / f"build-{at.run.id}"
    for left in above.glob("build-*"):
        if left != path:
            folder.remove(left)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield path
    finally:
        if not _builds_more(at):
            folder.remove(path)


def _builds_more(at: At) -> bool:
    """Whether a later step of the run, too, has something to build."""
    run = at.run
    later = (step for number, step in enumerate(run.plan.steps) if number > at.step and number not in run.ends)
    return any(isinstance(action, GoInstall) for step in later for action in step.actions)
