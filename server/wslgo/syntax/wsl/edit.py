"""Edits of `.wslconfig` and `wsl.conf` that keep comments, order and line ends, for fixes and provisioning."""

from collections.abc import Mapping
from typing import NamedTuple

from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl.effective import holder
from wslgo.syntax.wsl.ini import BLANKS, BadLine, Dialect, Node, Section, Trivia, Unread
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.span import Edit, Span


@of_last
def newline(text: str) -> str:
    """Return the line end that a file uses."""
    return "\r\n" if "\r\n" in text else "\n"


def removal(file: IniFile, setting: Setting) -> Edit:
    """Return the edit that removes a setting; a comment after it stays."""
    span = setting.written.span
    comment = _comment_behind(file, setting)
    return Edit(Span(span.start, comment.start), "") if comment else Edit(span, "")


def move(file: IniFile, setting: Setting, section: str, into: IniFile | None = None) -> tuple[Edit, Edit]:
    """Return the edits that move a setting with its comment to the end of a section, of this or another file."""
    span = setting.written.span
    line = file.text[setting.key_span.start : span.end].rstrip("\r\n")
    return Edit(span, ""), insertion(into or file, section, line)


def insertion(file: IniFile, section: str, line: str) -> Edit:
    """Return the edit that adds a line at the end of a section, which is created where reading ends if missing."""
    room = _room(file)
    end, at = room.newline, room.ends.get(section.lower())
    if at is None:
        return Edit(Span(room.end, room.end), f"{room.gap}[{section}]{end}{line}{end}")
    separator = "" if at == 0 or file.text[at - 1] in "\r\n" else end
    return Edit(Span(at, at), f"{separator}{line}{end}")


def assignment(file: IniFile, section: str, name: str, value: str) -> Edit:
    """Return the edit that sets a key, in place or in a new line; a rejected value is replaced, as it holds the key."""
    held = holder(file, section, name)
    return Edit(held.value_span, value) if held else insertion(file, section, f"{name}={value}")


def comment_out(file: IniFile, span: Span) -> Edit:
    """Return the edit that makes a comment of the line at `span`."""
    line = file.text[span.start : span.end]
    at = span.start + len(line) - len(line.lstrip(BLANKS))
    return Edit(Span(at, at), "# ")


class _Room(NamedTuple):
    """The places where a file can be extended.

    `ends` is the end of each section, by its name in lower case; `end` is where the text begins that WSL does not read,
    usually the end of the file, and `gap` the text between a new section and the text before it.
    """

    newline: str
    ends: Mapping[str, int]
    end: int
    gap: str


@of_last
def _room(file: IniFile) -> _Room:
    """Return these places; a section ends after its last line that WSL reads and that is not empty or a comment."""
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
    """Return the missing part of one empty line."""
    if not text.strip("\ufeff\r\n"):
        return ""
    if text.endswith(end * 2):
        return ""
    return end if text.endswith("\n") else end * 2


def _ends_reading(node: Node, dialect: Dialect) -> bool:
    return isinstance(node, Unread) or (isinstance(node, BadLine) and dialect == "wslconf")


def _is_bad_header(file: IniFile, node: Node) -> bool:
    """Return whether WSL rejects a header: the keys after it may get a mutilated section."""
    return isinstance(node, BadLine) and file.text[node.span.start : node.span.end].lstrip(BLANKS).startswith("[")


def _comment_behind(file: IniFile, setting: Setting) -> Span | None:
    at = file.text.find("#", setting.value_span.end, setting.written.span.end)
    return Span(at, setting.written.span.end) if at >= 0 else None
