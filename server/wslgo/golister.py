"""Asks the go command what builds take, of a workspace that is trusted: its answer corrects what texts alone say.

Nothing is downloaded, compiled or written, no program of a repository (`git`, `cc`, a toolchain) is started, and where
go fails, hangs or is not there, the texts stand.
"""

import os
from collections.abc import Callable, Iterator, Mapping

from wslgo import golist
from wslgo.goproject import Module, Project, resolved
from wslgo.process import run

SECONDS = 30.0

# What a file of a repository, or a setting for private modules, could otherwise set off.
_OURS = {
    "GOTOOLCHAIN": "local",
    "GOPROXY": "off",
    "GONOPROXY": "none",
    "GOVCS": "*:off",
    "GIT_TERMINAL_PROMPT": "0",
}
_ENV = ("env", "-json", "GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS")
_LIST = ("list", "-e", "-find", "-buildvcs=false", f"-json={golist.FIELDS}")


def corrected(
    project: Project,
    root: str,
    go: str,
    environment: Mapping[str, str],
    is_cancelled: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
) -> tuple[str, ...]:
    """Let the go command correct a project that has been made from the texts below `root`.

    `go` is the absolute path of the command, `seconds` the limit for each call; one that is cancelled is ended. Returns
    the folders of the modules that were corrected; all others stand as their texts say.
    """
    root = os.path.realpath(root)
    environment = {**environment, **_OURS}

    def said(folder: str, *words: str) -> str | None:
        ran = run((go, *words), seconds, folder, environment, is_cancelled)
        return None if ran is None or ran.code else ran.out.decode("utf-8", "replace")

    variables = golist.told(said(root, *_ENV) or "")
    target = golist.target(variables)
    if target is None:
        return ()
    project.target = target
    # A user's `-mod=mod` would let go write `go.mod`.
    mod = ("-mod=readonly",) if "-mod=mod" in variables.get("GOFLAGS", "") else ()
    done = []
    for module in _modules(project):
        answer = None if is_cancelled() else said(f"{root}/{module.folder}", *_LIST, *mod, "./...")
        if answer is not None:
            golist.correct(project, module.folder, golist.read(answer, root))
            done.append(module.folder)
    return tuple(done)


def _modules(project: Project) -> Iterator[Module]:
    """The modules that go builds where they lie: of those under a `go.work` the ones that it uses."""
    for module in project.modules():
        work = project.work_of(module.folder)
        if work is None or module.folder in {resolved(work.folder, use.path) for use in work.file.use}:
            yield module
