"""A version of Go that a file chooses, compared with the go line of the module."""

from enum import Enum

from wslgo.knowledge.go_releases import SWITCHES_SINCE
from wslgo.knowledge.version import ABSENT, GoVersion, go_version, toolchain_version
from wslgo.linter.finding import Related
from wslgo.linter.scene import Scene
from wslgo.syntax.family import DEVCONTAINER, GOMOD, GOVERSION, MISE, TOOLVERSIONS
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

WANTED = Message(en="The toolchain line is here", zh="toolchain 行在此处")
NEEDED = Message(en="The go line is here", zh="go 行在此处")

_NUMBER = pattern(r"1\.[1-9]0")
_RELEASE = pattern(r"1\.(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3}))?")
# The folders in which a tool keeps a file that is about the folder around it.
_OWN_FOLDER = pattern(r"(?:^|/)(?:\.?mise|\.config)(?:/mise)?(?:/conf\.d)?$|(?:^|/)\.devcontainer(?:/[^/]+)?$")
_PLAIN_PATH = pattern(r"\w[\w./-]*")
_HOME = pattern(r"\A(?:/home/[^/]+|/root)\Z")
_OF_FOLDER = (MISE, TOOLVERSIONS, GOVERSION, DEVCONTAINER)


def loses_zero(version: str, text: str, start: int) -> bool:
    """Return whether a version is a number at its place, which YAML and JSON read as 1.2 if it is 1.20."""
    return bool(_NUMBER.fullmatch(version)) and text.startswith(version, start)


class Reader(Enum):
    """The program that reads a version and gets this Go."""

    SETUP_GO = "setup-go"
    JOB_IMAGE = "the image of a job"
    STAGE_IMAGE = "the image of a stage"
    CONTAINER_IMAGE = "the image of a dev container"
    FEATURE = "the feature of a dev container"
    MISE = "mise"
    ASDF_OR_MISE = "asdf or mise"
    GOENV = "goenv or setup-go"


class Pin(NamedTuple):
    """A version of Go that a file asks for, with its span in quotes, and without them.

    `keeps_go`: go does not download another version there, because GOTOOLCHAIN is `local`. `is_deliberate`: it is older
    on purpose, since its job may fail or is one that `include` adds to a matrix. `is_one_of_several`: other jobs get
    another version. `key_span` is the key of an input of an action. `tag_span` is what a fix replaces in the tag of
    an image for dev containers, which has tags of series only: the version of the image in front goes with it.
    """

    version: str
    span: Span
    inner: Span
    reader: Reader
    keeps_go: bool = False
    is_deliberate: bool = False
    is_one_of_several: bool = False
    key_span: Span | None = None
    tag_span: Span | None = None


class Wanted(NamedTuple):
    """The Go that a go.mod asks for, as written and parsed, and the line that does."""

    written: str
    version: GoVersion
    place: tuple[Related, ...]


def release_of(pin: Pin) -> GoVersion | None:
    """Return the release that a pin names, or the series; None for any other text."""
    return go_version(pin.version) if _RELEASE.fullmatch(pin.version) else None


def is_series(pin: Pin) -> bool:
    """Return whether a version has two numbers: 1.25 is the newest release of that series."""
    return pin.version.count(".") == 1


def older_than(pin: Pin, needed: GoVersion) -> bool:
    """Return whether every Go that a version stands for is older."""
    version = release_of(pin)
    if version is None:
        return False
    return version[:2] < needed[:2] if is_series(pin) else version < needed


def switches(pin: Pin) -> bool:
    """Return whether the Go of a pin downloads the one that a go.mod needs."""
    version = release_of(pin)
    return version is not None and version >= SWITCHES_SINCE and not pin.keeps_go


def replacement(pin: Pin, needed: str) -> str:
    """Return the text for the go line's version where a pin is.

    asdf knows no series, and images for dev containers have tags of them only.
    """
    if pin.tag_span is not None:
        return ".".join(needed.split(".")[:2])
    return f"{needed}.0" if pin.reader is Reader.ASDF_OR_MISE and needed.count(".") == 1 else needed


def needed_version(scene: Scene) -> tuple[File, str, GoVersion] | None:
    """Return the only module that a file is for with its go line, if that makes an older Go fail."""
    modules = [file for file in scene.others if file.family.name == GOMOD]
    tree = cast("GoMod", modules[0].tree) if len(modules) == 1 and _is_for(scene, modules[0]) else None
    written = tree.go.version if tree is not None and tree.go else ""
    version = go_version(written)
    if version is None or version < SWITCHES_SINCE or (version.kind and version.patch == ABSENT):
        return None
    return modules[0], written, version


def wanted_version(scene: Scene) -> Wanted | None:
    """Return the Go that go runs for the only module that a file is for: that of the toolchain line, if it is newer."""
    needs = needed_version(scene)
    if needs is None:
        return None
    module, written, version = needs
    line = cast("GoMod", module.tree).toolchain
    if line is None:
        return Wanted(written, version, go_line(module))
    suggested = toolchain_version(line.name)
    if suggested is None or not _RELEASE.fullmatch(line.name.removeprefix("go")):
        return None  # `default`, or a custom toolchain
    if suggested <= version or not line.line.arguments:
        return Wanted(written, version, go_line(module))
    place = Related(line.line.arguments[0].span, WANTED(), module.path)
    return Wanted(line.name.removeprefix("go"), suggested, (place,))


def file_for(workflow: File, module: File) -> str:
    """Return the path of a go.mod from the root of a repository, for an input of a workflow; "" if that is unknown."""
    has_places = bool(workflow.place and module.place)
    path, other = (workflow.place, module.place) if has_places else (workflow.path, module.path)
    root, found, _ = f"/{path}".replace("\\", "/").rpartition("/.github/workflows/")
    other = f"/{other}".replace("\\", "/")
    inside = other[len(root) + 1 :] if found and other.startswith(f"{root}/") else ""
    return inside if _PLAIN_PATH.fullmatch(inside) else ""


def go_line(module: File) -> tuple[Related, ...]:
    """Return the place of a module's go line."""
    tree = module.tree
    if not isinstance(tree, GoMod) or tree.go is None or not tree.go.line.arguments:
        return ()
    return (Related(tree.go.line.arguments[0].span, NEEDED(), module.path),)


def _is_for(scene: Scene, module: File) -> bool:
    """Return whether a module is in the folder that a file of a tool is about, or below it."""
    file = scene.file
    if file.family.name not in _OF_FOLDER:
        return True
    has_places = bool(file.place and module.place)
    path, other = (file.place, module.place) if has_places else (file.path, module.path)
    folder = _OWN_FOLDER.sub("", path.replace("\\", "/").rpartition("/")[0])
    if _HOME.search(folder):
        return False  # what is set for all folders yields to what is set in one
    return not folder or other.replace("\\", "/").startswith(f"{folder}/")
