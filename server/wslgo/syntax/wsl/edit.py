"""Edits of `.wslconfig` and `wsl.conf` that keep comments, order and line ends: fixes and provisioning share them."""

from collections.abc import Mapping
from typing import NamedTuple

from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl.effective import holder
from wslgo.syntax.wsl.file import IniFile, Setting
from wslgo.syntax.wsl.ini import BLANKS, BadLine, Dialect, Node, Section, Trivia, Unread
from wslgo.text.span import Edit, Span


@of_last
def newline(text: str) -> str:
    """The line end that a file uses."""
    return "\r\n" if "\r\n" in text else "\n"


def removal(file: IniFile, setting: Setting) -> Edit:
    """Take a setting out; a comment behind it stays."""
    span = setting.written.span
    comment = _comment_behind(file, setting)
    return Edit(Span(span.start, comment.start), "") if comment else Edit(span, "")


def move(file: IniFile, setting: Setting, section: str, into: IniFile | None = None) -> tuple[Edit, Edit]:
    """Take a setting with the comment behind it to the end of a section, of the same file or of another one."""
    span = setting.written.span
    line = file.text[setting.key_span.start : span.end].rstrip("\r\n")
    return Edit(span, ""), insertion(into or file, section, line)


def insertion(file: IniFile, section: str, line: str) -> Edit:
    """Put `key=value` at the end of a section, which is made where reading ends when it is not there."""
    room = _room(file)
    end, at = room.newline, room.ends.get(section.lower())
    if at is None:
        return Edit(Span(room.end, room.end), f"{room.gap}[{section}]{end}{line}{end}")
    separator = "" if at == 0 or file.text[at - 1] in "\r\n" else end
    return Edit(Span(at, at), f"{separator}{line}{end}")


def assignment(file: IniFile, section: str, name: str, value: str) -> Edit:
    """Give a key a value, where it stands or in a new line; a refused value is replaced, it would hold the key."""
    held = holder(file, section, name)
    return Edit(held.value_span, value) if held else insertion(file, section, f"{name}={value}")


def comment_out(file: IniFile, span: Span) -> Edit:
    """Make a comment of the line that begins at `span`."""
    line = file.text[span.start : span.end]
    at = span.start + len(line) - len(line.lstrip(BLANKS))
    return Edit(Span(at, at), "# ")


class _Room(NamedTuple):
    """Where a file can be added to.

    `ends` is where each section ends, by its name in lower case; `end` is where the text begins that WSL does not read,
    mostly the end of the file, and `gap` what parts a new section from the text before it.
    """

    newline: str
    ends: Mapping[str, int]
    end: int
    gap: str


@of_last
def _room(file: IniFile) -> _Room:
    """A section ends behind its last line that WSL reads and that is not blank or comment."""
    ends: dict[str, int] = {}
    name = ""  # of the section to which lines are added; of several with one name it is the first
    end = len(file.text)
    for section in file.sections:
        ends.setdefault(section.name.lower(), section.span.end)
    seen: set[str] = set()
    for node in file.nodes:
        if _ends_reading(node, file.dialect):
            end = node.span.start
            break
        if isinstance(node, Section):
            name = "" if node.name.lower() in seen else node.name.lower()
            seen.add(name)
        elif _is_bad_header(file, node):
            name = ""
        elif name and not isinstance(node, Trivia):
            ends[name] = node.span.end
    return _Room(newline(file.text), ends, end, _gap(file.text[:end], newline(file.text)))


def _gap(text: str, end: str) -> str:
    """One blank line, as far as it is not there."""
    if not text.strip("\ufeff\r\n"):
        return ""
    if text.endswith(end * 2):
        return ""
    return end if text.endswith("\n") else end * 2


def _ends_reading(node: Node, dialect: Dialect) -> bool:
    return isinstance(node, Unread) or (isinstance(node, BadLine) and dialect == "wslconf")


def _is_bad_header(file: IniFile, node: Node) -> bool:
    """Whether it is a header that WSL refuses: the keys below it may get a mutilated section."""
    return isinstance(node, BadLine) and file.text[node.span.start : node.span.end].lstrip(BLANKS).startswith("[")


def _comment_behind(file: IniFile, setting: Setting) -> Span | None:
    at = file.text.find("#", setting.value_span.end, setting.written.span.end)
    return Span(at, setting.written.span.end) if at >= 0 else None
