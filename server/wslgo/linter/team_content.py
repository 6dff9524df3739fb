"""The content of a `wslgo.yaml` that is checked: its values with their places, or why it is not read."""

from wslgo.linter import team_yaml
from wslgo.linter.team_problems import Problem, problems
from wslgo.linter.team_yaml import Node, NotReadError
from wslgo.syntax.file import File
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

TOO_LARGE = Message(en="larger than 64 KiB", zh="超过 64 KiB")


class Content(NamedTuple):
    """The values of a file and its mistakes; `refusal` says why it is not read."""

    root: Node | None = None
    problems: tuple[Problem, ...] = ()
    refusal: NotReadError | None = None


def content_of(file: File) -> Content:
    """Return the content of a file, which is parsed once."""
    return file.ask(_content)


def _content(file: File) -> Content:
    text = file.source.text
    if len(text.encode("utf-8", "surrogatepass")) > team_yaml.LARGEST:
        return Content(refusal=NotReadError(TOO_LARGE(), Span(0, 0)))
    try:
        root = team_yaml.parse_nodes(text)
    except NotReadError as error:
        at = min(error.span.start, len(text))
        return Content(refusal=NotReadError(error.reason, Span(at, min(max(at, error.span.end), len(text)))))
    return Content(root, tuple(problems(root)))
