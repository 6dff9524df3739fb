"""Edits of `.wslconfig` and `wsl.conf` that keep comments, order and line ends, for fixes and provisioning."""

from collections.abc import Iterable, Mapping

from wslgo.knowledge.wslconfig_keys import WITHOUT_EFFECT_WHEN_MIRRORED
from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl.effective import holder
from wslgo.syntax.wsl.ini import BLANKS, BadLine, Dialect, Node, Section, Trivia, Unread
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple


@of_last
def newline(text: str) -> str:
    """Return the line end that a file uses."""
    return "\r\n" if "\r\n" in text else "\n"


def removal(file: IniFile, setting: Setting) -> Edit:
    """Return the edit that removes a setting with its comments: that after it, and those directly above it."""
    return Edit(_with_blank_line(file.text, _with_comments(file, setting)), "")


def removals(file: IniFile, settings: Iterable[Setting]) -> tuple[Edit, ...]:
    """Return the edits that remove several settings with their comments."""
    settings = tuple(settings)
    if len(settings) == 1:
        return (removal(file, settings[0]),)
    # Two of them may not take the same empty line.
    return tuple(Edit(_with_comments(file, setting), "") for setting in settings)


def mirrored(file: IniFile) -> tuple[Edit, ...]:
    """Return the edits that set mirrored networking and remove what then has no effect."""
    found = (holder(file, "wsl2", name) for name in WITHOUT_EFFECT_WHEN_MIRRORED)
    useless = removals(file, [setting for setting in found if setting is not None])
    return (assignment(file, "wsl2", "networkingMode", "mirrored"), *useless)


def is_sure_removal(file: IniFile, setting: Setting) -> bool:
    """Return whether the comments above a setting are surely about it alone, and not about the next lines too."""
    if _with_comments(file, setting) == setting.written.span:
        return True
    following = file.text[setting.written.span.end :].partition("\n")[0].strip(f"{BLANKS}\r")
    return not following or following[0] in "#["


def move(file: IniFile, setting: Setting, section: str, into: IniFile | None = None) -> tuple[Edit, Edit]:
    """Return the edits that move a setting with its comments to the end of a section, of this or another file."""
    span = _with_comments(file, setting)
    lines = [line.strip(BLANKS) for line in file.text[span.start : span.end].rstrip("\r\n").splitlines()]
    above, line = lines[: -_line_count(file, setting)], file.text[setting.key_span.start : span.end].rstrip("\r\n")
    target = into or file
    cut = Edit(_with_blank_line(file.text, span), "")
    return cut, insertion(target, section, newline(target.text).join((*above, line)))


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


# Comments that say nothing about the next line: a setting or section that is turned off, the marks of programs.
_TURNED_OFF = pattern(r"[A-Za-z][A-Za-z0-9]*[ \t]*=|\[|!")
_MARK = pattern(r">>>|<<<|wslgo:")
_RULER = "-=#*_ \t"


def _with_comments(file: IniFile, setting: Setting) -> Span:
    """Return the lines of a setting and the comment lines that touch it from above."""
    start = setting.written.span.start
    above = _trivia_before(file, start)
    while above.start < start:
        line_start = file.text.rfind("\n", above.start, start - 1) + 1 or above.start
        line = file.text[line_start:start].strip(f"{BLANKS}\r\n")
        if not line.startswith("#") or _is_other_comment(line, setting):
            break
        start = line_start
    return Span(start, setting.written.span.end)


def _is_other_comment(line: str, setting: Setting) -> bool:
    words = line.lstrip("#").lstrip(" \t")
    if words.lower().startswith(setting.key.lower()):
        return False
    return not line.strip(_RULER) or bool(_TURNED_OFF.match(words) or _MARK.search(words))


def _trivia_before(file: IniFile, at: int) -> Span:
    """Return the empty and comment lines that end at an offset; an empty span if there are none."""
    spans = _trivia_spans(file)
    return spans.get(at, Span(at, at))


@of_last
def _trivia_spans(file: IniFile) -> dict[int, Span]:
    """Return the runs of empty and comment lines by their ends."""
    found: dict[int, Span] = {}
    for node in file.nodes:
        if isinstance(node, Trivia):
            before = found.pop(node.span.start, node.span)
            found[node.span.end] = Span(before.start, node.span.end)
    return found


def _with_blank_line(text: str, span: Span) -> Span:
    """Return the lines to remove with one of the empty lines around them, if there is one on both sides."""
    before = text[: span.start]
    line_end = "\r\n" if before.endswith("\r\n") else "\n"
    is_before_blank = text.startswith(("\n", "\r\n"), span.end)
    if before.endswith(line_end * 2) and (is_before_blank or span.end == len(text)):
        return Span(span.start - len(line_end), span.end)
    is_after_header = before.endswith(f"]{line_end}")
    return Span(span.start, span.end + len(line_end)) if is_after_header and is_before_blank else span


def _line_count(file: IniFile, setting: Setting) -> int:
    """Return the number of lines of a setting, more than one if it is continued."""
    span = setting.written.span
    return len(file.text[span.start : span.end].splitlines())
