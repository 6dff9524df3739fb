"""Dockerfiles: where the sources lie in the stage that builds, what the last stage exposes and starts."""

from collections.abc import Callable, Iterator

from wslgo.golang.containers.container import DOCKERFILE, Container, Mapped, absolute, delve_in, port_of
from wslgo.golang.project import GO_MOD, GO_WORK, Project, resolved, upwards
from wslgo.syntax import dockerfile
from wslgo.syntax.dockerfile import Instruction, Stage
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_NAME = pattern(r"(?:Docker|Container)file(?:\..+)?\Z|.+\.(?:docker|container)file\Z|.+\.(?:Docker|Container)file\Z")
_BUILDS = pattern(r"\bgo[ \t]+(?:build|test)\b|\bdlv[ \t]+(?:debug|test)\b")
_COMMAND = pattern(r"[^&;|]+")
_INSTALLS = pattern(r"\bgo[ \t]+install\b")
_MAKES = pattern(r"\b(?:make|mage|task|just)\b")
_CHANGES = pattern(r"\bcd[ \t]+([\w.][\w./-]*)|[ \t](\./[\w./-]*\w)")
_MOUNT = pattern(r"--mount=(.*)\Z")
_TRIMS = "-trimpath"
_GO_IMAGE = pattern(r"golang(?:[:@]|\Z)")
_GO_PATH = "/go"  # GOPATH and the working directory of golang's images
_LONGEST_PATH = 4096  # PATH_MAX of Linux


def is_dockerfile(name: str) -> bool:
    return _NAME.match(name) is not None


def read(project: Project, path: str, context: str | None = None, target: str = "") -> Container | None:
    """The container of a Dockerfile; `context` is the folder it is built from (None: the one that fits), `target` the
    stage that is wanted, "" for the last."""
    stages = project.read(path, dockerfile.stages)
    if not stages:
        return None
    last = next((stage for stage in stages if target and stage.name == target), stages[-1])
    final = [one for stage in _chain(stages, last) for one in stage.instructions]
    builder = _builder(stages)
    line = [one for stage in _chain(stages, builder) for one in stage.instructions] if builder else []
    root = _context(project, path, line) if context is None else context
    runs, debug_port = delve_in(" ".join(one.text for one in _starts(final)))
    known = dockerfile.variables(final)
    exposed = (dockerfile.expanded(word, known) for one in final if one.name == "EXPOSE" for word in one.words)
    return Container(
        DOCKERFILE,
        path,
        Span(0, 0),
        image=_chain(stages, last)[0].image,
        dockerfile=path,
        ports=tuple(dict.fromkeys(port for word in exposed if word and (port := port_of(word)))),
        mapped=() if builder is None or root is None else _mapped(project, root, line, _is_go(stages, builder)),
        is_trimmed=any(_TRIMS in one.text for one in line if one.name in ("RUN", "ENV", "ARG")),
        runs_delve=runs,
        debug_port=debug_port,
    )


def _chain(stages: tuple[Stage, ...], stage: Stage) -> list[Stage]:
    """A stage behind those that it builds on, which stand before it."""
    chain = [stage]
    earlier = stages[: stages.index(stage)]
    while base := next((one for one in reversed(earlier) if one.name and one.name == chain[0].image), None):
        chain.insert(0, base)
        earlier = earlier[: earlier.index(base)]
    return chain


def _builder(stages: tuple[Stage, ...]) -> Stage | None:
    """The stage that builds Go: by its commands, else the last in an image of Go that has something made."""
    plain = (stage for stage in reversed(stages) if _runs(stage, _builds))
    made = (stage for stage in reversed(stages) if _is_go(stages, stage) and _runs(stage, _makes))
    return next(plain, None) or next(made, None)


def _is_go(stages: tuple[Stage, ...], stage: Stage) -> bool:
    return _GO_IMAGE.match(_chain(stages, stage)[0].image.rpartition("/")[2]) is not None


def _runs(stage: Stage, command: Callable[[str], bool]) -> bool:
    return any(command(one.text) for one in stage.instructions if one.name in ("RUN", "CMD", "ENTRYPOINT"))


def _builds(text: str) -> bool:
    """Whether a command builds Go here; `go install x@latest` fetches a tool, mostly Delve itself."""
    return _BUILDS.search(text) is not None or any(
        _INSTALLS.search(command.rpartition("@")[2]) for command in _COMMAND.findall(text)
    )


def _makes(text: str) -> bool:
    return _MAKES.search(text) is not None


def _starts(final: list[Instruction]) -> Iterator[Instruction]:
    """The last `ENTRYPOINT` and the last `CMD`."""
    for name in ("ENTRYPOINT", "CMD"):
        yield from [one for one in final if one.name == name][-1:]


# Where the sources are


def _mapped(project: Project, context: str, line: list[Instruction], is_go: bool) -> tuple[Mapped, ...]:
    """What is copied or mounted from the context, the deepest folder first, since it counts more."""
    folder = _GO_PATH if is_go else "/"
    known = {"GOPATH": _GO_PATH} if is_go else {}
    found: dict[Mapped, None] = {}
    for one in line:
        if one.name == "WORKDIR":
            to = dockerfile.expanded(one.text.strip("\"'"), known)
            folder = "" if to is None else absolute(folder, to)
            if not 0 < len(folder) < _LONGEST_PATH:
                return ()  # nothing after it is known
        elif one.name in ("COPY", "ADD") and not any(flag.startswith("--from=") for flag in one.flags):
            found |= dict.fromkeys(_copied(project, context, one, folder, known))
        elif one.name == "RUN":
            found |= dict.fromkeys(_mounted(project, context, one, folder, known))
        dockerfile.learn(one, known)
    return tuple(sorted(found, key=lambda one: (-one.local.count("/") - bool(one.local), one)))


def _copied(project: Project, context: str, copy: Instruction, folder: str, known: dict[str, str]) -> Iterator[Mapped]:
    to = dockerfile.expanded(copy.words[-1], known) if copy.words else None
    if to is None:
        return
    inside = absolute(folder, to)
    for word in copy.words[:-1]:
        source = dockerfile.expanded(word, known)
        local = None if source is None else resolved(context, source.lstrip("/") or ".")
        if local is not None and project.has_go(local):
            yield Mapped(local, inside)


def _mounted(project: Project, context: str, run: Instruction, folder: str, known: dict[str, str]) -> Iterator[Mapped]:
    """`RUN --mount=type=bind,target=.`: the context itself, not a copy."""
    for flag in run.flags:
        match = _MOUNT.match(flag)
        parts = dict(part.partition("=")[::2] for part in match[1].strip('"').split(",")) if match else {}
        to = parts.get("target") or parts.get("dst") or parts.get("destination")
        if not to or parts.get("type", "bind") != "bind" or "from" in parts:
            continue
        local = resolved(context, (parts.get("source") or parts.get("src") or ".").lstrip("/") or ".")
        inside = dockerfile.expanded(to, known)
        if local is not None and inside is not None and project.has_go(local):
            yield Mapped(local, absolute(folder, inside))


def _context(project: Project, path: str, line: list[Instruction]) -> str | None:
    """The nearest folder that has a module or workspace of Go and all that is copied or entered; None: no such."""
    needed = [word for one in line if one.name in ("COPY", "ADD") and not one.flags for word in one.words[:-1]]
    for one in line:
        if one.name == "RUN" and _builds(one.text):
            needed += (changed or built for changed, built in _CHANGES.findall(one.text))
    plain = [word for word in needed if not any(sign in word for sign in "*?[$")]
    for folder in upwards(path.rpartition("/")[0]):
        names = project.entries(folder).files
        if (GO_MOD in names or GO_WORK in names) and all(_has(project, folder, word) for word in plain):
            return folder
    return None


def _has(project: Project, folder: str, path: str) -> bool:
    place = resolved(folder, path.lstrip("/") or ".")
    return place is not None and (project.has(place) or project.has_folder(place))


def place_of(folder: str, context: str, name: str) -> tuple[str, str] | None:
    """The context and the Dockerfile that a file in a folder names, as paths of the workspace."""
    root = resolved(folder, context)
    path = None if root is None else resolved(root, name)
    return None if root is None or path is None else (root, path)


def named(project: Project, place: tuple[str, str] | None, target: str = "") -> Container | None:
    """The container of a Dockerfile that another file names."""
    if place is None or not project.has(place[1]):
        return None
    return read(project, place[1], place[0], target)
