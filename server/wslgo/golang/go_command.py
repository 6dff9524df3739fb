"""`go list` in a trusted workspace: go's own answer corrects what wslgo parsed from source.

Nothing is downloaded, compiled or written, and go starts no other program: neither one that a variable, a flag or the
go env file names (`-toolexec`, GOCACHEPROG, GOAUTH, a toolchain), nor `git` or `cc` from PATH. If go fails, hangs or
is not installed, the parsed source remains the answer.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping

from wslgo.golang import go_list
from wslgo.golang.paths import resolved_path
from wslgo.golang.project import Module, Project
from wslgo.syntax.go.flag_words import go_words
from wslgo.system.process import run
from wslgo.system.programs import GO_LIST, GO_TARGET, is_within
from wslgo.system.reader import KERNEL
from wslgo.system.repository import current_folder, workspaces

SECONDS = 30.0

# The flags of GOFLAGS that decide which files a build includes. All others are dropped: `-toolexec` and `-compiler`
# start programs, and a user's `-mod=mod` would let go write `go.mod`.
_TAKEN = re.compile(r"--?(?:tags=.*|mod=(?:vendor|readonly)|race|msan|asan)")
_ENV = ("env", "-json", "GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS", "GOROOT")
# The files that go reads in a folder to list it: those of modules (`vendor/modules.txt`), and the heads of all sources.
_READ = (
    *(".mod", ".work", ".sum", ".txt", ".go", ".s", ".S", ".sx", ".c", ".cc", ".cpp", ".cxx", ".m"),
    *(".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".swig", ".swigcxx"),
)
_LIST = ("list", "-e", "-find", "-buildvcs=false", f"-json={go_list.FIELDS}")


def correct_with_go(
    project: Project,
    root: str,
    go: str,
    environment: Mapping[str, str],
    is_cancelled: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
    opened: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Correct a project that was parsed from the files under `root` with the output of `go list`.

    `go` is the absolute path of the command, `seconds` the limit for each call; a cancelled call is ended. Besides
    `root`, the folders `opened` are workspaces. Returns the folders of corrected modules; the others stay as parsed.
    """
    root = os.path.realpath(root)
    if _has_pipe(root):
        return ()
    foreign = workspaces((root, *opened), environment.get("HOME", ""), here=current_folder())

    def output_of(folder: str, variables: Mapping[str, str], *words: str) -> str | None:
        ran = run(words, seconds, folder, variables, is_cancelled)
        return None if ran is None or ran.code else ran.out.decode("utf-8", "replace")

    own = GO_TARGET.environment(environment, foreign, os.path.realpath)
    variables = go_list.go_env_variables(output_of(go.rpartition("/")[0] or "/", own, go, *_ENV) or "")
    target = go_list.target(variables)
    if target is None:
        return ()
    project.target = target
    # A version manager chooses the go by files in the current folder: `golang path:./evil` in .tool-versions.
    # So it ran in its own folder, and the go that runs in the workspace is the one in the GOROOT it reported.
    installed = variables.get("GOROOT", "")
    itself = f"{installed}/bin/go"
    if not installed or is_within(itself, foreign, os.path.realpath):
        return ()
    flags = _taken_flags(variables.get("GOFLAGS", ""))
    known = {name: variables[name] for name in ("GOOS", "GOARCH", "CGO_ENABLED") if variables.get(name)}
    listing = {**GO_LIST.environment(environment, foreign, os.path.realpath), **known, "GOFLAGS": flags}
    corrected = []
    for module in _modules(project):
        output = None if is_cancelled() else output_of(f"{root}/{module.folder}", listing, itself, *_LIST, "./...")
        if output is not None:
            go_list.correct(project, module.folder, go_list.read(output, root))
            corrected.append(module.folder)
    return tuple(corrected)


def _taken_flags(goflags: str) -> str:
    """Return the entries of GOFLAGS that are taken, with the quotes that they need."""
    taken = [word.text for word in go_words(goflags) if word.is_closed and _TAKEN.fullmatch(word.text)]
    return " ".join(f"'{text}'" if " " in text else text for text in taken if "'" not in text)


def _has_pipe(folder: str) -> bool:
    """Return whether go would read a pipe, which makes it wait, or a device, which never ends."""
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
    except OSError:  # a broken link or one to itself, such as a lock of Emacs: go fails at once, without waiting
        return False
    is_kernels = entry.is_symlink() and os.path.realpath(entry).startswith(KERNEL)
    return is_kernels or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISSOCK(mode))


def _modules(project: Project) -> Iterator[Module]:
    """Yield the modules that go can list in their own folder: under a `go.work` only those that it uses."""
    for module in project.modules():
        work = project.work_of(module.folder)
        if work is None or module.folder in {resolved_path(work.folder, use.path) for use in work.file.use}:
            yield module
