"""The files that the commands of a fence write, and the variables that they set.

Here-documents, `echo ... >> FILE` and PowerShell's here-strings hold lines of files. In a session only what follows a
prompt is typed; all else is output, about which nothing is said.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from wslgo.linter.snippets.file_names import path_of
from wslgo.syntax.excerpt import Excerpt
from wslgo.syntax.shell import run_lines
from wslgo.syntax.shell.script import ShellAssignment
from wslgo.syntax.shell.word import Quoting
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple

TERMINAL = ".bashrc"  # stands for what is exported in a terminal

_PROMPT = pattern(
    r"[ \t]{0,99}(?:\([\w.-]{1,30}\)[ \t]{0,99})?(?:[\w.-]{1,40}@[\w.-]{1,60}[:\s][^$#%>\n]{0,100}?[$#%][ \t]"
    r"|[$%❯➜][ \t]{1,99}"
    r"|PS(?:[ \t]{1,99}[A-Za-z]:[^>\n]{0,120})?>[ \t]{0,99}|[A-Z]:\\[^>\n]{0,120}>[ \t]{0,99})"
)
_HERE = pattern(r"<<(-?)[ \t]{0,99}([\"']?|\\)([A-Za-z_]\w{0,40})[\"']?")
_TARGET = pattern(
    r"(?:(?<![<>&\d])>>?|\btee\b(?:[ \t]{1,99}-a)?)[ \t]{0,99}((?:\"[^\"\n]{1,200}\")|(?:'[^'\n]{1,200}')"
    r"|[^\s<>|&;\"']{1,200})"
)
_ECHO = pattern(
    r"[ \t]*(?:sudo[ \t]+)?(?:echo|printf)[ \t]+(?:-e[ \t]+)?(?:'([^'\n]+)'|\"([^\"\\\n]+)\""
    r"|(?![$])([^\s'\"\\|<>&;`]+(?:[ \t]+[^\s'\"\\|<>&;`]+)*))[ \t]*(?=>>?|\|[ \t]*(?:sudo[ \t]+)?tee\b)"
)
_NOWHERE = frozenset(("/dev/null", "/dev/stdout", "/dev/stderr"))
_HERE_STRING = pattern(r"[^\n]{0,2000}@([\"'])[ \t]{0,99}\Z")
_WINDOWS_WRITER = pattern(r"Set-Content|Out-File|Add-Content|>>?", 2)
_PATH_OPTIONS = frozenset(("-path", "-filepath", "-literalpath"))
_WINDOWS_PATH = pattern(r"[\"']?[^\"'\s|;&]+[\"']?")
_CMD_ECHO = pattern(r"[ \t]*@?\(?echo[ \t]([^>&|\n]+)>>?[ \t]*([\"']?[^\"'\s|;&)]+)", 2)
_WINDOWS_SETTING = pattern(
    r"[ \t]*(?:\$env:(\w+)[ \t]*=[ \t]*|setx?[ \t]+\"?(\w+)(?:=|[ \t]+)"
    r"|\[(?:System\.)?Environment\]::SetEnvironmentVariable\([ \t]*[\"'](\w+)[\"'][ \t]*,[ \t]*)"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n]*)(?P=quote)|(?P<bare>[^\"'\n)]*))",
    2,
)
# Variables whose values mean the same on Windows; folders do not.
_EVERYWHERE = frozenset(
    (
        "GOPROXY",
        "GOSUMDB",
        "GOPRIVATE",
        "GONOPROXY",
        "GONOSUMDB",
        "GOINSECURE",
        "GOVCS",
        "GO111MODULE",
        "GOTOOLCHAIN",
        "GOAUTH",
    )
)


class Written(NamedTuple):
    """A file that commands write lines into; `is_rest` are the variables that they set themselves."""

    path: str
    excerpt: Excerpt
    is_rest: bool = False


class _Row(NamedTuple):
    """A line of the fence, or what of it is typed."""

    span: Span
    text: str


def typed(rows: Sequence[str], spans: Sequence[Span]) -> list[_Row]:
    """Return what is typed: all lines, or those behind a prompt with the lines that continue them."""
    prompts = [_PROMPT.match(row) for row in rows]
    if not any(prompts):
        return [_Row(span, row) for span, row in zip(spans, rows, strict=True)]
    found: list[_Row] = []
    closing = ""
    for row, span, prompt in zip(rows, spans, prompts, strict=True):
        if closing:
            closing = "" if row.strip() == closing else closing
            found.append(_Row(span, row))
        elif prompt:
            found.append(_Row(Span(span.start + prompt.end(), span.end), row[prompt.end() :]))
            here = _HERE.search(row)
            closing = here[3] if here else ""
        elif found and found[-1].text.endswith("\\"):
            found.append(_Row(span, row))
    return found


def written(
    rows: Sequence[str], spans: Sequence[Span], whole: Lines, end: int, *, is_windows: bool
) -> Iterator[Written]:
    """Yield the files that commands write, and the variables that they set."""
    files: dict[str, Excerpt] = {}
    left = typed(rows, spans)
    left = list(_without_strings(left, files, whole) if is_windows else _without_bodies(left, files, whole))
    for path, excerpt in files.items():
        yield Written(path, excerpt)
    settings = Excerpt(whole)
    _add_settings(left, settings, whole, is_windows=is_windows)
    if is_windows:
        _add_windows_settings(left, settings)
    if not settings.is_empty:
        yield Written(TERMINAL, settings.close(end), is_rest=True)


def _without_bodies(rows: list[_Row], files: dict[str, Excerpt], whole: Lines) -> Iterator[_Row]:
    """Yield the lines of commands without those that go into files."""
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        here = _HERE.search(row.text)
        if here is None or row.text.lstrip().startswith("#"):
            if not _add_echo(row, files, whole):
                yield row
            continue
        body = at
        while at < len(rows) and rows[at].text.strip() != here[3]:
            at += 1
        path = _target(row.text)
        if path:
            excerpt = files.setdefault(path, Excerpt(whole))
            for line in rows[body:at]:
                excerpt.add_line(line.span)
            if at < len(rows):
                excerpt.close(rows[at].span.start)
        at += 1


def _windows_target(command: str) -> str:
    """Return the file that a command of PowerShell writes, which options with a word of their own can come before."""
    writer = _WINDOWS_WRITER.search(command)
    words = command[writer.end() :].split() if writer else []
    at = 0
    while at < len(words) - 1 and words[at].startswith("-"):
        at += 1
        if words[at - 1].lower() in _PATH_OPTIONS:
            break
        if not words[at].startswith(("-", '"', "'", "$")) and at < len(words) - 1:
            at += 1  # the word of the option
    found = _WINDOWS_PATH.match(words[at]) if at < len(words) else None
    return path_of(found[0]) if found else ""


def _target(command: str) -> str:
    words = [match[1] for match in _TARGET.finditer(command)]
    return next((path for word in words if word not in _NOWHERE and (path := path_of(word))), "")


def _add_echo(row: _Row, files: dict[str, Excerpt], whole: Lines) -> bool:
    """Add the line that an `echo` appends to a file; return whether it does."""
    echo = _ECHO.match(row.text)
    path = _target(row.text[echo.end() :]) if echo else ""
    if echo is None or not path:
        return False
    number = next(group for group in (1, 2, 3) if echo[group] is not None)
    start, end = echo.span(number)
    if "\\n" not in echo[number]:
        files.setdefault(path, Excerpt(whole)).add_line(Span(row.span.start + start, row.span.start + end))
    return True


def _add_settings(rows: list[_Row], settings: Excerpt, whole: Lines, *, is_windows: bool) -> None:
    text = "".join(f"{row.text}\n" for row in rows)
    starts: list[int] = []
    size = 0
    for row in rows:
        starts.append(size)
        size += len(row.text) + 1

    def place(offset: int) -> int:
        number = max(bisect_right(starts, offset) - 1, 0)
        return rows[number].span.start + offset - starts[number]

    for found in sorted(run_lines.settings(text, place), key=lambda found: found.word.span):
        if (is_windows and found.name not in _EVERYWHERE) or (
            found.name == "GO111MODULE" and _is_in_front(found, rows)
        ):
            continue
        settings.add_own("export ").add(found.name_span).add_own("=")
        # A setting in quotes as a whole, as in `go env -w "NAME=value"`: the value has none of its own.
        is_bare = found.word.span == found.word.inner and found.word.quoting is not Quoting.BARE
        quote = ("'" if found.word.quoting is Quoting.FIXED else '"') if is_bare else ""
        settings.add_own(quote).add(found.word.span).add_own(f"{quote}\n")


def _is_in_front(found: ShellAssignment, rows: list[_Row]) -> bool:
    """Return whether a variable is set in front of a command, for its one run."""
    start = found.name_span.start
    return any(not row.text[: start - row.span.start].strip() for row in rows if row.span.start <= start < row.span.end)


def _add_windows_settings(rows: list[_Row], settings: Excerpt) -> None:
    for row in rows:
        match = _WINDOWS_SETTING.match(row.text)
        if match is None:
            continue
        number = next(group for group in (1, 2, 3) if match[group] is not None)
        group = "bare" if match["quoted"] is None else "quoted"
        text = match[group].rstrip()
        if match[number].upper() in _EVERYWHERE and "%" not in text and "$" not in text:
            at = row.span.start
            name = Span(at + match.start(number), at + match.end(number))
            value = Span(at + match.start(group), at + match.start(group) + len(text))
            settings.add_own("export ").add(name, match[number].upper()).add_own('="').add(value).add_own('"\n')


def _without_strings(rows: list[_Row], files: dict[str, Excerpt], whole: Lines) -> Iterator[_Row]:
    """Yield the lines of Windows commands without those that go into files."""
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        opening = _HERE_STRING.match(row.text)
        if opening is None:
            echo = _CMD_ECHO.match(row.text)
            path = path_of(echo[2]) if echo else ""
            if echo and path:
                first = echo.start(1) + len(echo[1]) - len(echo[1].lstrip())
                last = first + len(echo[1].strip().removesuffix(")").rstrip())
                files.setdefault(path, Excerpt(whole)).add_line(Span(row.span.start + first, row.span.start + last))
            else:
                yield row
            continue
        body = at
        while at < len(rows) and not rows[at].text.lstrip().startswith(f"{opening[1]}@"):
            at += 1
        around = row.text + " " + (rows[at].text if at < len(rows) else "")
        path = _windows_target(around)
        if path:
            excerpt = files.setdefault(path, Excerpt(whole))
            for line in rows[body:at]:
                excerpt.add_line(line.span)
        at += 1
