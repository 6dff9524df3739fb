"""Programs of developers, built with the Go in use: apart from their place first, then put there whole."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from wslgo.journal import content
from wslgo.message import Message
from wslgo.process import run
from wslgo.provision.at import At
from wslgo.provision.ledger import WROTE
from wslgo.provision.packages import last_line
from wslgo.provision.step import USER, GoInstall
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.trouble import CancelledError, TroubleError

FAILED = Message(en="go install {package}@{version} failed: {words}", zh="go install {package}@{version} 失败：{words}")

_LONGEST = 1800.0  # seconds: gopls has a thousand packages, and lines are slow
_MODE = 0o755


def build(action: GoInstall, at: At) -> None:
    """Build a program and put it into its folder. Raises TroubleError where Go does not build it."""
    site = at.hand.site
    with _scratch(at.hand.scratch) as scratch:
        program = _built(action, at, scratch)
        place = site.real(f"{action.folder}/{program.name}")
        data, now = program.read_bytes(), content(place)
        if now == data:
            return
        at.reach(action.folder)
        at.provide(place.parent)
        at.note(WROTE, path=str(place))
        access = site.access(USER, _MODE) if now is None else None
        at.hand.journal.write(place, data, at.who, expected=now, access=access)


def _built(action: GoInstall, at: At, scratch: Path) -> Path:
    """The program, in a folder of its own; whatever the environment says, by this Go and into that folder."""
    bin_ = scratch / "bin"
    ours = {"GOBIN": str(bin_), "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off", "GO111MODULE": "on"}
    site = at.hand.site
    if site.is_tree or os.geteuid() != site.number:  # what Go keeps besides belongs to nobody there
        ours |= {"HOME": str(scratch), "GOPATH": str(scratch / "go"), "GOCACHE": str(scratch / "cache"), "GOENV": "off"}
        ours |= {"GOPROXY": at.hand.policy.goproxy, "GOSUMDB": at.hand.policy.gosumdb}
        ours |= {"XDG_CONFIG_HOME": str(_without_telemetry(scratch / "config"))}
    words = (str(site.real(action.go)), "install", f"{action.package}@{action.version}")
    done = run(words, _LONGEST, str(scratch), {**at.hand.environment, **ours}, at.hand.cancelled)
    if at.hand.cancelled():
        raise CancelledError
    built = next(bin_.iterdir(), None) if bin_.is_dir() else None
    if done is None or done.code or built is None:
        raise TroubleError(FAILED(package=action.package, version=action.version, words=last_line(done)))
    return built


def _without_telemetry(configuration: Path) -> Path:
    """Go (since 1.23) leaves a process behind that counts its uses: it would write while the folder goes away."""
    mode = configuration / "go" / "telemetry" / "mode"
    mode.parent.mkdir(parents=True)
    mode.write_text("off", encoding="utf-8")
    return configuration


@contextlib.contextmanager
def _scratch(above: Path) -> Iterator[Path]:
    """A folder that goes away, with the read-only module cache in it."""
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="build-", dir=above))
    try:
        yield path
    finally:
        folder.remove(path)
