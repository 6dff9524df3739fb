"""Programs of developers, built with the Go in use: apart from their place first, then put there whole.

For a tree they are built by a Go that its users cannot change; see `step.GoInstall`.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from wslgo.provision.apply.context import Event
from wslgo.provision.apply.ledger import WROTE
from wslgo.provision.apply.packages import last_line
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.model.step import USER, GoInstall, InstallToolchain
from wslgo.provision.net.http import Web
from wslgo.provision.survey import trust
from wslgo.provision.survey.tools import go_of_this_machine, outside_of
from wslgo.provision.target import Target
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import Place, install
from wslgo.provision.toolchain.policy import Policy
from wslgo.syntax.go import goproxy
from wslgo.system.journal import content
from wslgo.system.journal_lines import digest
from wslgo.system.process import is_kept_from_others, may_start, run
from wslgo.system.programs import GO_INSTALL, GO_INSTALL_FOR_TREE, is_within
from wslgo.system.walk import place_of
from wslgo.text.message import Message

FAILED = Message(en="go install {package}@{version} failed: {words}", zh="go install {package}@{version} 失败：{words}")
NO_BUILDER = Message(
    en="no Go outside of the tree can build {package}, and no program of a tree is run here: add --only toolchain,tools"
    " --go VERSION to install a verified one in the same run",
    zh="目录树之外没有可以构建 {package} 的 Go，且此处不会运行目录树中的程序：请加 --only toolchain,tools --go VERSION"
    "，在同一次运行中安装经过校验的版本",
)
NOT_KEPT = Message(
    en="{path} is not run as root: other users can change it or a folder above it",
    zh="不会以 root 身份运行 {path}：其他用户可以更改它或其上级目录",
)
OF_TREE = Message(
    en="{path} is in the tree, and no program of a tree is run outside of it",
    zh="{path} 位于目录树中，目录树中的程序不会在其外部运行",
)
NO_GO = Message(en="{path} is not there to build {package}", zh="没有 {path}，无法构建 {package}")

_LONGEST = 1800.0  # seconds: gopls has a thousand packages, and lines are slow
_MODE = 0o755
_ROOTS = Path("/var/cache/wslgo")


def build(action: GoInstall, at: StepRun) -> None:
    """Build a program and put it into its folder. Raises ProvisionError where Go does not build it."""
    target = at.context.target
    with _scratch(at) as scratch:
        program = _built(action, at, scratch)
        place = target.open(f"{action.folder}/{program.name}")
        data, now = content(program), content(place)
        if now == data:
            return
        at.reach(place)
        place = at.provide(place)
        at.note(WROTE, path=place.path, was=None if now is None else digest(now))
        access = target.access(USER, _MODE) if now is None else None
        at.context.journal.write(place, data, at.who, expected=now, access=access)


def _built(action: GoInstall, at: StepRun, scratch: Path) -> Path:
    """The program, in a folder of its own; whatever the environment says, by this Go and into that folder."""
    go = _command(action, at, scratch)
    bin_ = Path(tempfile.mkdtemp(dir=scratch))
    words = (str(go), "install", f"{action.package}@{action.version}")
    environment = {**_variables(action, at, scratch), **_root(go), "GOBIN": str(bin_)}
    done = run(words, _LONGEST, str(scratch), environment, at.watching())
    if at.context.cancelled():
        raise CancelledError
    built = next(bin_.iterdir(), None)
    if done is None or done.code or built is None:
        raise ProvisionError(FAILED(package=action.package, version=action.version, words=last_line(done)))
    return built


def _command(action: GoInstall, at: StepRun, scratch: Path) -> Path:
    """The go command that builds: on this machine by its own name, since one that is a link to a program of many names
    (snap) is told by it which one to be; for a tree never one of the tree's. Raises ProvisionError where there is none,
    such as after a toolchain that could not be fetched."""
    target = at.context.target
    if target.open(action.go).stat() is None:
        raise ProvisionError(NO_GO(path=action.go, package=action.package))
    if not target.is_tree:
        return _checked(action.go, target)
    toolchain = action.toolchain or next(iter(_toolchains(at)), None)
    if toolchain is not None:
        return _copied(toolchain, at, scratch)
    own = None if action.builder else go_of_this_machine(target)
    builder = action.builder or (own.path if own else "")
    if not builder:
        raise ProvisionError(NO_BUILDER(package=action.package))
    return _checked(builder, target)


def _checked(go: str, target: Target) -> Path:
    """A go command that may be run. Raises ProvisionError for one in a tree, or that others can change."""
    if is_within(go, outside_of(target), os.path.realpath):
        raise ProvisionError(OF_TREE(path=go))
    if not may_start(go):
        raise ProvisionError(NOT_KEPT(path=go))
    return Path(go)


def _toolchains(at: StepRun) -> Iterator[InstallToolchain]:
    """What the run installs."""
    return (one for step in at.run.plan.steps for one in step.actions if isinstance(one, InstallToolchain))


def _copied(toolchain: InstallToolchain, at: StepRun, scratch: Path) -> Path:
    """The go command of a copy of our own. The settings of the tree's user choose where archives come from, but not
    what is believed of them: only a source that was named on the command line may vouch for its own archive."""
    context, place = at.context, scratch / "toolchain" / toolchain.version
    place.parent.mkdir(mode=0o700, exist_ok=True)
    is_named = any(toolchain.source.startswith(f"{one.rstrip('/')}/") for one in context.policy.sources)
    proxies = "" if context.policy.goproxy.startswith("file:") else context.policy.goproxy
    downloads = context.scratch if scratch.parent == context.scratch else scratch
    outcome = install(
        toolchain if is_named else toolchain._replace(digest=None),
        Place(place, downloads / "downloads", scratch / "heads"),
        Policy(proxies, "", context.policy.sources),
        Web(trust.without_tree(context.target, context.environment)),
        lambda progress: context.say(Event(at.run.plan.steps[at.step], progress=progress)),
        context.cancelled,
    )
    if outcome.is_cancelled:
        raise CancelledError
    if outcome.problem is not None:
        raise ProvisionError(outcome.problem)
    return place / "bin" / "go"


def needs_copy(at: StepRun) -> bool:
    """Whether a later step builds for a tree, with a copy of the toolchain that this one installs."""
    return at.context.target.is_tree and _builds_more(at)


def _variables(action: GoInstall, at: StepRun, scratch: Path) -> dict[str, str]:
    """The environment of the build: for a tree nothing of its user's, and of ours only the way to the network."""
    target, policy = at.context.target, at.context.policy
    if target.is_tree or os.geteuid() != target.number:
        ours = GO_INSTALL_FOR_TREE.environment(at.context.environment)
        ours |= {"HOME": str(scratch), "GOPATH": str(scratch / "go"), "GOCACHE": str(scratch / "cache")}
        ours |= {"GOMODCACHE": str(scratch / "go" / "pkg" / "mod")}
        ours |= {"GOPROXY": policy.goproxy or goproxy.DEFAULT, "GOSUMDB": policy.gosumdb or "sum.golang.org"}
        ours |= {"XDG_CONFIG_HOME": str(_without_telemetry(scratch / "config"))}
    else:
        ours = GO_INSTALL.environment(at.context.environment)
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
def _scratch(at: StepRun) -> Iterator[Path]:
    """A folder of the run, whose tools share much of what they are made of. A build that was killed goes on with it; it
    goes away with the last of them, and what other runs have left goes at once."""
    above = at.context.scratch
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    # HOME of the user who ran sudo, or one in the tree.
    is_open = os.geteuid() == 0 and not is_kept_from_others(str(above))
    if is_open or is_within(str(above), outside_of(at.context.target)):
        above = _ROOTS
        above.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = above / f"build-{at.run.id}"
    for left in above.glob("build-*"):
        if left != path:
            folder.remove(place_of(left, follows=False))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield path
    finally:
        if not _builds_more(at):
            folder.remove(place_of(path, follows=False))


def _builds_more(at: StepRun) -> bool:
    """Whether a later step of the run, too, has something to build."""
    run = at.run
    later = (step for number, step in enumerate(run.plan.steps) if number > at.step and number not in run.ends)
    return any(isinstance(action, GoInstall) for step in later for action in step.actions)
