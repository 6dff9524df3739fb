"""Dockerfiles: source folders in the build stage, ports and command of the last stage."""

from collections.abc import Callable, Iterator

from wslgo.golang.containers.container import DOCKERFILE, Container, SourceMapping, absolute, delve_in, port_of
from wslgo.golang.paths import LONGEST, ancestors, resolved_path
from wslgo.golang.project import GO_MOD, GO_WORK, Project
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


def is_dockerfile(name: str) -> bool:
    return _NAME.match(name) is not None


def read(project: Project, path: str, context: str | None = None, target: str = "") -> Container | None:
    """Return the container of a Dockerfile.

    `context` is the folder it is built from (None: find one that fits), `target` the stage to build ("" for the last).
    """
    stages = project.read(path, dockerfile.stages)
    if not stages:
        return None
    last = next((stage for stage in stages if target and stage.name == target), stages[-1])
    final = _instructions(stages, last)
    builder = _builder(stages)
    build = _instructions(stages, builder) if builder else []
    root = _context(project, path, build) if context is None else context
    runs, debug_port = delve_in(" ".join(instruction.text for instruction in _starts(final)))
    known = dockerfile.variables(final)
    exposes = (instruction for instruction in final if instruction.name == "EXPOSE")
    exposed = (dockerfile.expansion(word, known) for expose in exposes for word in expose.words)
    return Container(
        DOCKERFILE,
        path,
        Span(0, 0),
        image=_chain(stages, last)[0].image,
        dockerfile=path,
        ports=tuple(dict.fromkeys(port for word in exposed if word and (port := port_of(word)))),
        mappings=_mappings(project, root, build, _has_go_image(stages, builder))
        if builder and root is not None
        else (),
        is_trimmed=any(_TRIMS in step.text for step in build if step.name in ("RUN", "ENV", "ARG")),
        runs_delve=runs,
        debug_port=debug_port,
    )


def _chain(stages: tuple[Stage, ...], stage: Stage) -> list[Stage]:
    """Return a stage after the earlier stages that it builds on."""
    chain = [stage]
    earlier = stages[: stages.index(stage)]
    while base := next((stage for stage in reversed(earlier) if stage.name and stage.name == chain[0].image), None):
        chain.insert(0, base)
        earlier = earlier[: earlier.index(base)]
    return chain


def _instructions(stages: tuple[Stage, ...], stage: Stage) -> list[Instruction]:
    return [instruction for link in _chain(stages, stage) for instruction in link.instructions]


def _builder(stages: tuple[Stage, ...]) -> Stage | None:
    """Return the stage that builds Go by its commands, else the last one in a golang image that runs a build tool."""
    plain = (stage for stage in reversed(stages) if _runs(stage, _builds))
    made = (stage for stage in reversed(stages) if _has_go_image(stages, stage) and _runs(stage, _makes))
    return next(plain, None) or next(made, None)


def _has_go_image(stages: tuple[Stage, ...], stage: Stage) -> bool:
    return _GO_IMAGE.match(_chain(stages, stage)[0].image.rpartition("/")[2]) is not None


def _runs(stage: Stage, command: Callable[[str], bool]) -> bool:
    return any(command(step.text) for step in stage.instructions if step.name in ("RUN", "CMD", "ENTRYPOINT"))


def _builds(text: str) -> bool:
    """Return whether a command builds Go code; `go install x@latest` fetches a tool instead, mostly Delve."""
    return _BUILDS.search(text) is not None or any(
        _INSTALLS.search(command.rpartition("@")[2]) for command in _COMMAND.findall(text)
    )


def _makes(text: str) -> bool:
    return _MAKES.search(text) is not None


def _starts(final: list[Instruction]) -> Iterator[Instruction]:
    """Yield the last `ENTRYPOINT` and the last `CMD`."""
    for name in ("ENTRYPOINT", "CMD"):
        yield from [instruction for instruction in final if instruction.name == name][-1:]


# Source folders


def _mappings(project: Project, context: str, build: list[Instruction], is_go: bool) -> tuple[SourceMapping, ...]:
    """Return what is copied or mounted from the context, the deepest folder first, since it takes precedence."""
    folder = _GO_PATH if is_go else "/"
    known = {"GOPATH": _GO_PATH} if is_go else {}
    found: dict[SourceMapping, None] = {}
    for instruction in build:
        if instruction.name == "WORKDIR":
            to = dockerfile.expansion(instruction.text.strip("\"'"), known)
            folder = "" if to is None else absolute(folder, to)
            if not 0 < len(folder) < LONGEST:
                return ()  # no folder after it is known
        elif instruction.name in ("COPY", "ADD") and not any(flag.startswith("--from=") for flag in instruction.flags):
            found |= dict.fromkeys(_copies(project, context, instruction, folder, known))
        elif instruction.name == "RUN":
            found |= dict.fromkeys(_mounts(project, context, instruction, folder, known))
        dockerfile.add_variables(instruction, known)
    return tuple(sorted(found, key=lambda one: (-one.local.count("/") - bool(one.local), one)))


def _copies(
    project: Project, context: str, copy: Instruction, folder: str, known: dict[str, str]
) -> Iterator[SourceMapping]:
    to = dockerfile.expansion(copy.words[-1], known) if copy.words else None
    if to is None:
        return
    inside = absolute(folder, to)
    for word in copy.words[:-1]:
        source = dockerfile.expansion(word, known)
        local = None if source is None else resolved_path(context, source.lstrip("/") or ".")
        if local is not None and project.has_go(local):
            yield SourceMapping(local, inside)


def _mounts(
    project: Project, context: str, run: Instruction, folder: str, known: dict[str, str]
) -> Iterator[SourceMapping]:
    """Yield bind mounts of the context: `RUN --mount=type=bind,target=.`."""
    for flag in run.flags:
        match = _MOUNT.match(flag)
        parts = dict(part.partition("=")[::2] for part in match[1].strip('"').split(",")) if match else {}
        to = parts.get("target") or parts.get("dst") or parts.get("destination")
        if not to or parts.get("type", "bind") != "bind" or "from" in parts:
            continue
        local = resolved_path(context, (parts.get("source") or parts.get("src") or ".").lstrip("/") or ".")
        inside = dockerfile.expansion(to, known)
        if local is not None and inside is not None and project.has_go(local):
            yield SourceMapping(local, absolute(folder, inside))


def _context(project: Project, path: str, build: list[Instruction]) -> str | None:
    """Return the nearest folder with a `go.mod` or `go.work` and all files that the stage copies or enters."""
    copies = [instruction for instruction in build if instruction.name in ("COPY", "ADD") and not instruction.flags]
    needed = [word for copy in copies for word in copy.words[:-1]]
    for instruction in build:
        if instruction.name == "RUN" and _builds(instruction.text):
            needed += (changed or built for changed, built in _CHANGES.findall(instruction.text))
    plain = [word for word in needed if not any(sign in word for sign in "*?[$")]
    for folder in ancestors(path.rpartition("/")[0]):
        names = project.entries(folder).files
        if (GO_MOD in names or GO_WORK in names) and all(_exists(project, folder, word) for word in plain):
            return folder
    return None


def _exists(project: Project, folder: str, path: str) -> bool:
    place = resolved_path(folder, path.lstrip("/") or ".")
    return place is not None and (project.has(place) or project.has_folder(place))


def place_of(folder: str, context: str, name: str) -> tuple[str, str] | None:
    """Return the context and the Dockerfile that a file in a folder names, as paths of the workspace."""
    root = resolved_path(folder, context)
    path = None if root is None else resolved_path(root, name)
    return None if root is None or path is None else (root, path)


def container_at(project: Project, place: tuple[str, str] | None, target: str = "") -> Container | None:
    """Return the container of a Dockerfile that another file names."""
    if place is None or not project.has(place[1]):
        return None
    return read(project, place[1], place[0], target)
