"""Asks the go command what builds take, of a workspace that is trusted: its answer corrects what texts alone say.

Nothing is downloaded, compiled or written, and go starts no other program: neither one that a variable, a flag or the
go env file names (`-toolexec`, GOCACHEPROG, GOAUTH, a toolchain), nor `git` or `cc` from PATH. Where go fails, hangs or
is not there, the texts stand.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping

from wslgo.golang import go_list
from wslgo.golang.project import Module, Project, resolved
from wslgo.system.process import run
from wslgo.system.programs import GO_LIST, GO_TARGET, is_within
from wslgo.system.reader import KERNEL
from wslgo.system.repository import current_folder, workspaces

SECONDS = 30.0

# The flags of GOFLAGS that say what a build takes. All others are dropped: `-toolexec` and `-compiler` start programs,
# and a user's `-mod=mod` would let go write `go.mod`.
_TAKEN = re.compile(r"--?(?:tags=.*|mod=(?:vendor|readonly)|race|msan|asan)")
_ENV = ("env", "-json", "GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS", "GOROOT")
# What go reads of a folder, to list it: the files of modules (`vendor/modules.txt`), and the heads of all sources.
_READ = (
    *(".mod", ".work", ".sum", ".txt", ".go", ".s", ".S", ".sx", ".c", ".cc", ".cpp", ".cxx", ".m"),
    *(".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".swig", ".swigcxx"),
)
_LIST = ("list", "-e", "-find", "-buildvcs=false", f"-json={go_list.FIELDS}")


def corrected(
    project: Project,
    root: str,
    go: str,
    environment: Mapping[str, str],
    is_cancelled: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
    opened: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Let the go command correct a project that has been made from the texts below `root`.

    `go` is the absolute path of the command, `seconds` the limit for each call; one that is cancelled is ended. Besides
    `root`, the folders `opened` are workspaces. Returns the folders of the modules that were corrected; all others
    stand as their texts say.
    """
    root = os.path.realpath(root)
    if _has_pipe(root):
        return ()
    foreign = workspaces((root, *opened), environment.get("HOME", ""), here=current_folder())

    def said(folder: str, variables: Mapping[str, str], *words: str) -> str | None:
        ran = run(words, seconds, folder, variables, is_cancelled)
        return None if ran is None or ran.code else ran.out.decode("utf-8", "replace")

    asking = GO_TARGET.environment(environment, foreign, os.path.realpath)
    variables = go_list.told(said(go.rpartition("/")[0] or "/", asking, go, *_ENV) or "")
    target = go_list.target(variables)
    if target is None:
        return ()
    project.target = target
    # The go of a version manager chooses by files of the folder where it runs: `golang path:./evil` in .tool-versions.
    # So it was asked in its own folder, and what runs in the workspace is the go that it stands for.
    installed = variables.get("GOROOT", "")
    itself = f"{installed}/bin/go"
    if not installed or is_within(itself, foreign, os.path.realpath):
        return ()
    flags = " ".join(filter(_TAKEN.fullmatch, variables.get("GOFLAGS", "").split()))
    known = {name: variables[name] for name in ("GOOS", "GOARCH", "CGO_ENABLED") if variables.get(name)}
    listing = {**GO_LIST.environment(environment, foreign, os.path.realpath), **known, "GOFLAGS": flags}
    done = []
    for module in _modules(project):
        answer = None if is_cancelled() else said(f"{root}/{module.folder}", listing, itself, *_LIST, "./...")
        if answer is not None:
            go_list.correct(project, module.folder, go_list.read(answer, root))
            done.append(module.folder)
    return tuple(done)


def _has_pipe(folder: str) -> bool:
    """Return whether something that go would read is a pipe, which it would wait for, or a device, which never ends."""
    left = [folder]
    while left:
        try:
            with os.scandir(left.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    elif not entry.is_file(follow_symlinks=False) and entry.name.endswith(_READ) and _is_endless(entry):
                        return True
        except OSError:
            continue
    return False


def _is_endless(entry: "os.DirEntry[str]") -> bool:
    try:
        mode = entry.stat().st_mode
    except OSError:  # a link that leads nowhere or to itself, such as a lock of Emacs, is an error at once
        return False
    is_kernels = entry.is_symlink() and os.path.realpath(entry).startswith(KERNEL)
    return is_kernels or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISSOCK(mode))


def _modules(project: Project) -> Iterator[Module]:
    """The modules that go builds where they lie: of those under a `go.work` the ones that it uses."""
    for module in project.modules():
        work = project.work_of(module.folder)
        if work is None or module.folder in {resolved(work.folder, use.path) for use in work.file.use}:
            yield module
