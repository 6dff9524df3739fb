"""Developer tools, built by `go install` in a scratch folder and then installed atomically.

For a tree they are built by a Go that its users cannot change; see `step.GoInstall`.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from wslgo.provision.apply.ledger import WROTE
from wslgo.provision.apply.packages import last_line
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.apply.toolchain_install import unpack_toolchain
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.model.pins import BY_GO, NOT_AS_PINNED
from wslgo.provision.model.step import USER, GoInstall, InstallToolchain
from wslgo.provision.net.http import Web
from wslgo.provision.survey import build_info, trust
from wslgo.provision.survey.tools import go_of_this_machine, outside_of
from wslgo.provision.target import Target
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import Place
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
    en="No Go outside the tree can build {package}, and wslgo does not run programs of the tree here. Add --only"
    " toolchain,tools --go VERSION to install a verified one",
    zh="目录树之外没有可以构建 {package} 的 Go，且 wslgo 不会在此运行目录树中的程序。请加 --only toolchain,tools"
    " --go VERSION，以安装经过校验的版本",
)
NOT_KEPT = Message(
    en="wslgo does not run {path} as root: other users can change it or a folder above it",
    zh="wslgo 不会以 root 身份运行 {path}：其他用户可以更改它或其上级文件夹",
)
OF_TREE = Message(
    en="{path} is in the tree, and wslgo does not run programs of a tree outside it",
    zh="{path} 位于目录树中，wslgo 不会在目录树之外运行其中的程序",
)
NO_HASH = Message(en="no hash", zh="（无校验和）")
NO_GO = Message(en="{path} does not exist, so {package} cannot be built", zh="{path} 不存在，无法构建 {package}")

_LONGEST = 1800.0  # seconds: gopls has a thousand packages, and lines are slow
_MODE = 0o755
_ROOTS = Path("/var/cache/wslgo")


def build(action: GoInstall, step_run: StepRun) -> None:
    """Build a program and install it in its folder. Raises ProvisionError if the build fails."""
    target = step_run.context.target
    with _scratch(step_run) as scratch:
        program = _build(action, step_run, scratch)
        place = target.open(f"{action.folder}/{program.name}")
        data, now = content(program), content(place)
        if now == data:
            return
        place = step_run.make_folders(place)
        built = build_info.read(program)
        hashes = {"module": built.sum} if built is not None and built.sum else {}
        step_run.note(WROTE, path=place.path, was=None if now is None else digest(now), **hashes)
        access = target.access(USER, _MODE) if now is None else None
        step_run.context.journal.write(place, data, step_run.who, expected=now, access=access)


def _build(action: GoInstall, step_run: StepRun, scratch: Path) -> Path:
    """Build the program with this Go into a new folder, whatever the environment says; return its path."""
    go = _command(action, step_run, scratch)
    bin_ = Path(tempfile.mkdtemp(dir=scratch))
    words = (str(go), "install", f"{action.package}@{action.version}")
    environment = {**_variables(action, step_run, scratch), **_goroot(go), "GOBIN": str(bin_)}
    done = run(words, _LONGEST, str(scratch), environment, step_run.cancel_check())
    if step_run.context.cancelled():
        raise CancelledError
    built = next(bin_.iterdir(), None)
    if done is None or done.code or built is None:
        raise ProvisionError(FAILED(package=action.package, version=action.version, words=last_line(done)))
    _check_pin(action, built)
    return built


def _check_pin(action: GoInstall, program: Path) -> None:
    """Raise ProvisionError if the program was built from another module than the one that a lock pins."""
    found = build_info.read(program) if action.pinned else None
    if action.pinned and (found is None or found.sum != action.pinned):
        name, words = f"{action.package}@{action.version}", "" if found is None else found.sum
        raise ProvisionError(NOT_AS_PINNED(name=name, pinned=action.pinned, source=BY_GO(), found=words or NO_HASH()))


def _command(action: GoInstall, step_run: StepRun, scratch: Path) -> Path:
    """Return the go command that builds; for a tree never one in the tree.

    On this machine its links are not resolved, because a program with many names (snap) needs the name it is called by.
    Raises ProvisionError if there is none, for example after a toolchain that could not be downloaded.
    """
    target = step_run.context.target
    if target.open(action.go).stat() is None:
        raise ProvisionError(NO_GO(path=action.go, package=action.package))
    if not target.is_tree:
        return _runnable(action.go, target)
    toolchain = action.toolchain or next(iter(_toolchains(step_run)), None)
    if toolchain is not None:
        return _copy_of_go(toolchain, step_run, scratch)
    own = None if action.builder else go_of_this_machine(target)
    builder = action.builder or (own.path if own else "")
    if not builder:
        raise ProvisionError(NO_BUILDER(package=action.package))
    return _runnable(builder, target)


def _runnable(go: str, target: Target) -> Path:
    """Return a go command that may be run. Raises ProvisionError if it is in a tree, or other users can change it."""
    if is_within(go, outside_of(target), os.path.realpath):
        raise ProvisionError(OF_TREE(path=go))
    if not may_start(go):
        raise ProvisionError(NOT_KEPT(path=go))
    return Path(go)


def _toolchains(step_run: StepRun) -> Iterator[InstallToolchain]:
    """Yield the toolchains that the run installs."""
    actions = (action for step in step_run.run.plan.steps for action in step.actions)
    return (action for action in actions if isinstance(action, InstallToolchain))


def _copy_of_go(toolchain: InstallToolchain, step_run: StepRun, scratch: Path) -> Path:
    """Install a copy of the toolchain outside the tree, and return its go command.

    The settings of the tree's user choose the source, but not whether it is trusted: only a source from the command
    line may vouch for its own archive.
    """
    context, place = step_run.context, scratch / "toolchain" / toolchain.version
    place.parent.mkdir(mode=0o700, exist_ok=True)
    is_named = any(toolchain.source.startswith(f"{source.rstrip('/')}/") for source in context.policy.sources)
    proxies = "" if context.policy.goproxy.startswith("file:") else context.policy.goproxy
    downloads = context.scratch if scratch.parent == context.scratch else scratch
    unpack_toolchain(
        toolchain if is_named else toolchain._replace(digest=None),
        Place(place, downloads / "downloads", scratch / "heads"),
        Policy(proxies, "", context.policy.sources),
        Web(trust.without_tree(context.target, context.environment)),
        step_run,
    )
    return place / "bin" / "go"


def _variables(action: GoInstall, step_run: StepRun, scratch: Path) -> dict[str, str]:
    """Return the environment of the build: for a tree only our own network settings, and none of its user's."""
    target, policy = step_run.context.target, step_run.context.policy
    if target.is_tree or os.geteuid() != target.number:
        ours = GO_INSTALL_FOR_TREE.environment(step_run.context.environment)
        ours |= {"HOME": str(scratch), "GOPATH": str(scratch / "go"), "GOCACHE": str(scratch / "cache")}
        ours |= {"GOMODCACHE": str(scratch / "go" / "pkg" / "mod")}
        ours |= {"GOPROXY": policy.goproxy or goproxy.DEFAULT, "GOSUMDB": policy.gosumdb or "sum.golang.org"}
        ours |= {"XDG_CONFIG_HOME": str(_without_telemetry(scratch / "config"))}
    else:
        ours = GO_INSTALL.environment(step_run.context.environment)
    return ours | ({"GOPROXY": action.proxy} if action.proxy else {})


def _goroot(go: Path) -> dict[str, str]:
    """Return this Go's own GOROOT: an exported GOROOT of another Go would select that one's compiler."""
    root = go.resolve().parent.parent
    return {"GOROOT": str(root)} if (root / "src").is_dir() else {}


def _without_telemetry(configuration: Path) -> Path:
    """Turn telemetry off: Go (since 1.23) would leave a process that writes while the folder is being removed."""
    mode = configuration / "go" / "telemetry" / "mode"
    mode.parent.mkdir(parents=True, exist_ok=True)
    mode.write_text("off", encoding="utf-8")
    return configuration


@contextlib.contextmanager
def _scratch(step_run: StepRun) -> Iterator[Path]:
    """Yield the scratch folder of the run, which its tools share, so that they compile common packages once.

    An interrupted build continues with it; the last tool removes it. Leftovers of other runs are removed at once.
    """
    above = step_run.context.scratch
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The scratch folder is in the HOME of the user who ran sudo, or in the tree.
    is_open = os.geteuid() == 0 and not is_kept_from_others(str(above))
    if is_open or is_within(str(above), outside_of(step_run.context.target)):
        above = _ROOTS
        above.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = above / f"build-{step_run.run.id}"
    for left in above.glob("build-*"):
        if left != path:
            folder.remove(place_of(left, follows=False))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield path
    finally:
        if not step_run.builds_later:
            folder.remove(place_of(path, follows=False))
