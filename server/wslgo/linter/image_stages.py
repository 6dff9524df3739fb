"""The instructions of a Dockerfile, each with what its stage and the stages before it have set up.

Source: Docker's Dockerfile reference (BuildKit 0.2x, as of 2026-11): a stage starts as the stage or image that its
`FROM` names, with its `ENV` and `USER`; an `ARG` above the first `FROM` counts only where a stage names it again.
"""

from collections.abc import Iterator, Mapping

from wslgo.syntax.dockerfile import Instruction, expansion, instructions
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_GOLANG = pattern(r"(?:docker\.io/(?:library/)?)?golang(?=[:@]|\Z)")
_SETTING = pattern(r"(?<![^\s])([A-Za-z_]\w*)=(\"[^\"\n]*\"|'[^'\n]*'|\S*)")
_MOST_VARIABLES = 200
_COMPILER = pattern(r"\b(?:gcc|g\+\+|build-base|alpine-sdk|clang|zig)|musl-cross")
# Commands of which the text does not tell what they install.
_UNKNOWN = pattern(r"\b(?:make|xargs|curl|wget)\b|\.sh\b")


class StageState(NamedTuple):
    """An instruction in a stage, and what holds for it: the image, the user, and the variables with known values.

    A variable whose value only a build knows is "". `has_compiler`: a command before it may have installed one for C.
    """

    instruction: Instruction
    image: str
    user: str
    variables: Mapping[str, str]
    stage: int
    has_compiler: bool = False

    @property
    def is_golang(self) -> bool:
        """Return whether the stage is made of an image called golang."""
        return _GOLANG.match(self.image) is not None

    @property
    def is_root(self) -> bool:
        """Return whether the commands are those of root, as in all images called golang."""
        return self.user in ("", "root", "0", "root:root", "0:0")


def stage_states(text: str) -> Iterator[StageState]:
    """Yield the instructions after the first `FROM`, in order."""
    above: dict[str, str] = {}
    named: dict[str, StageState] = {}
    state: StageState | None = None
    name, number = "", -1
    for instruction in instructions(text):
        if instruction.name == "FROM" and instruction.words:
            words = instruction.words
            number += 1
            base = named.get(words[0].lower())
            image = expansion(words[0], above) or words[0]
            state = base._replace(stage=number) if base else StageState(instruction, image, "", {}, number)
            name = words[2].lower() if len(words) > 2 and words[1].upper() == "AS" else ""
        elif state is None:
            above.update(_settings(instruction, above) if instruction.name == "ARG" else {})
            continue
        elif instruction.name == "USER" and instruction.words:
            state = state._replace(user=instruction.words[0])
        elif instruction.name == "RUN":
            state = state._replace(has_compiler=state.has_compiler or may_install_compiler(instruction.text))
        elif instruction.name in ("ENV", "ARG") and len(state.variables) < _MOST_VARIABLES:
            state = state._replace(variables={**state.variables, **_settings(instruction, state.variables)})
        if state is not None:
            state = state._replace(instruction=instruction)
            named[name] = state
            yield state


def may_install_compiler(command: str) -> bool:
    """Return whether a command installs a C compiler in an image of Alpine, or may."""
    is_computed = "apk" in command and "$" in command
    return is_computed or _COMPILER.search(command) is not None or _UNKNOWN.search(command) is not None


def _settings(instruction: Instruction, known: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that an instruction sets; the value of an `ARG` can be another one in a build."""
    found: dict[str, str] = {}
    for setting in _SETTING.finditer(instruction.text):
        found[setting[1]] = expansion(setting[2].strip("\"'"), known) or ""
    words = instruction.words
    if not found and instruction.name == "ENV" and len(words) > 1:
        found[words[0]] = expansion(words[1], known) or ""
    elif instruction.name == "ARG":
        found.update({word: "" for word in words if "=" not in word and word not in known})
    return found
