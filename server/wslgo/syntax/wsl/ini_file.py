"""A `.wslconfig` or `wsl.conf` as WSL reads it: every setting with its verdict, and WSL's own warnings.

The first occurrence of a key wins, even if its value is rejected; an alias shares the slot of its key; a bad
`macAddress` ends the reading of `.wslconfig` (microsoft/WSL, configfile.cpp, 2026-08).
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from wslgo.knowledge.wsl_key import Key, Kind
from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl import ini
from wslgo.syntax.wsl import value as wslvalue
from wslgo.syntax.wsl.ini import BadLine, Dialect, IniAssignment, Node, Section
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, UTF8, UTF16_LE, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# How a message of WSL names the file.
PLACES: dict[Dialect, str] = {"wslconfig": ".wslconfig", "wslconf": "/etc/wsl.conf"}

_COMMENT = pattern(r"#[^\r\n]*")

_READERS = {Kind.BOOL: wslvalue.boolean, Kind.SIZE: wslvalue.size, Kind.IPV4: wslvalue.ipv4, Kind.MAC: wslvalue.mac}


class Verdict(Enum):
    """The result of WSL for a setting."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"


class Warn(NamedTuple):
    """A warning of WSL: its line, its text with ` in FILE:LINE`, and the span to underline."""

    line: int
    message: str
    span: Span


class Setting(NamedTuple):
    """An assignment and its result.

    `converted` is the value after WSL's conversion (bytes, decimal, `true`), None if it is rejected or never read.
    """

    written: IniAssignment
    section: Section | None
    known: Key | None
    verdict: Verdict
    converted: str | None

    @property
    def key(self) -> str:
        return self.written.key

    @property
    def key_span(self) -> Span:
        return self.written.key_span

    @property
    def value(self) -> str:
        """The value as WSL keeps it: unquoted, unescaped, narrowed."""
        return self.written.value

    @property
    def value_span(self) -> Span:
        return self.written.value_span


class IniFile(NamedTuple):
    """A file as WSL reads it.

    `is_garbled` means that some bytes are not text in an encoding that WSL reads here; spans then count in
    `source.as_utf8()`. A byte order mark that Windows skips belongs to no node. `sections` and `bad_lines` are nodes,
    too; `holders` are the settings that hold the slot of a key, rejected or not, by its id.
    """

    source: Source
    dialect: Dialect
    nodes: tuple[Node, ...]
    sections: tuple[Section, ...]
    bad_lines: tuple[BadLine, ...]
    settings: tuple[Setting, ...]
    holders: Mapping[str, Setting]
    warnings: tuple[Warn, ...]
    is_fatal: bool = False
    is_garbled: bool = False

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def stopped_at_line(self) -> int | None:
        """The line (as WSL counts) after which nothing is read, None if the file is read to its end."""
        if self.is_fatal:
            return self.warnings[-1].line
        if self.dialect == "wslconf" and self.bad_lines:
            return self.bad_lines[0].line
        return None

    @property
    def unread(self) -> int:
        """The number of characters that WSL does not read: after a bad line of `wsl.conf` or a Ctrl-Z."""
        last = self.nodes[-1] if self.nodes else None
        return last.span.end - last.span.start if isinstance(last, ini.Unread) else 0

    def find(self, section: str, name: str) -> Setting | None:
        """Return the setting that decides a key, None if the key is not set or its value is rejected."""
        setting = self.holders.get(f"{section}.{name}")
        return setting if setting is not None and setting.verdict is Verdict.ACCEPTED else None

    def first_of(self, setting: Setting) -> Setting | None:
        """Return the occurrence that wins over a duplicate, None for any other setting."""
        if setting.verdict is not Verdict.DUPLICATE or setting.known is None:
            return None
        return self.holders[setting.known.id]

    def is_true(self, section: str, name: str) -> bool | None:
        """Return the value of a boolean key, None if it is not set."""
        setting = self.find(section, name)
        return None if setting is None else setting.converted == "true"

    def comments(self) -> Iterator[Span]:
        """Yield the comments that WSL skips, with their `#`."""
        for node in self.nodes:
            start = node.value_span.end if isinstance(node, IniAssignment) else node.span.start
            if not isinstance(node, (BadLine, ini.Unread)):
                for match in _COMMENT.finditer(self.text, start, node.span.end):
                    yield Span(*match.span())


def parse(source: Source, dialect: Dialect, keys: Iterable[Key], *, stops: bool = True) -> IniFile:
    """Return the file as WSL reads it with the keys of its kind; without `stops` as if it read on after bad lines."""
    is_readable = source.encoding == UTF8 or (dialect == "wslconfig" and source.encoding == UTF16_LE and source.has_bom)
    text = source.text if is_readable else source.as_utf8()
    start = len(BOM) if dialect == "wslconfig" and text.startswith(BOM) else 0
    nodes = tuple(ini.scan(text, dialect, start, stops=stops))
    reading = _Reading(dialect, keys)
    is_fatal = reading.read(nodes)
    return IniFile(
        source,
        dialect,
        nodes,
        tuple(node for node in nodes if isinstance(node, Section)),
        tuple(node for node in nodes if isinstance(node, BadLine)),
        tuple(reading.settings),
        reading.holders,
        tuple(reading.warnings),
        is_fatal,
        is_garbled=not is_readable or _is_mixed(source),
    )


def _is_mixed(source: Source) -> bool:
    """Return whether a part of the file is in another encoding."""
    if source.encoding == UTF8 and "\0" not in source.text:
        return False
    from wslgo.syntax.encoding import mixture  # hardly any file needs it

    return mixture(source) is not None


def report(file: IniFile) -> dict[str, object]:
    """Return the reading as `wslgo parse` prints it."""
    values = {
        setting.known.id: setting.converted
        for setting in file.settings
        if setting.known and setting.converted is not None
    }
    return {
        "warnings": [{"line": warning.line, "message": warning.message} for warning in file.warnings],
        "values": dict(sorted(values.items())),
        "stopped_at_line": file.stopped_at_line,
        "fatal": file.is_fatal,
    }


class _Fatal(Exception):  # noqa: N818 - WSL throws here: no virtual machine starts
    pass


class _Reading:
    """WSL's loop over the lines, with its state."""

    def __init__(self, dialect: Dialect, keys: Iterable[Key]) -> None:
        self.dialect = dialect
        self.place = PLACES[dialect]
        self.keys = _by_name(keys)
        self.holders: dict[str, Setting] = {}
        self.settings: list[Setting] = []
        self.warnings: list[Warn] = []

    def read(self, nodes: Iterable[Node]) -> bool:
        """Read all nodes, and return whether WSL stopped with an error."""
        section: Section | None = None
        try:
            for node in nodes:
                if isinstance(node, Section):
                    section = node
                elif isinstance(node, IniAssignment):
                    self.settings.append(self._setting(node, section))
                elif isinstance(node, BadLine):
                    self._warn(node.line, node.warning, node.culprit)
        except _Fatal:
            return True
        return False

    def _setting(self, written: IniAssignment, section: Section | None) -> Setting:
        known = self.keys.get(written.name.lower())
        if known is None:
            self._warn(written.line, f"Unknown key '{written.name}'", written.key_span)
            return Setting(written, section, None, Verdict.UNKNOWN, None)
        first = self.holders.get(known.id)
        if first is not None:
            self._warn_duplicate(written, first.written)
            return Setting(written, section, known, Verdict.DUPLICATE, None)
        converted, refusals = self._convert(known, written)
        verdict = Verdict.REJECTED if refusals and known.kind is not Kind.PORTS else Verdict.ACCEPTED
        setting = self.holders[known.id] = Setting(written, section, known, verdict, converted)
        if refusals:
            self._warn(written.line, _rejection_warning(known, written), written.value_span, _allowed(known))
            # One warning for every rejected port: the same one, because each quotes the whole value.
            self.warnings += [self.warnings[-1]] * (refusals - 1)
        if refusals and known.kind is Kind.MAC:
            self.settings.append(setting)
            raise _Fatal
        return setting

    def _convert(self, known: Key, written: IniAssignment) -> tuple[str | None, int]:
        """Return the value after WSL's conversion, and the number of warnings about it."""
        if known.kind is Kind.PORTS:
            return wslvalue.ports(written.value)
        converted = convert(known, written.value, self.dialect)
        return converted, int(converted is None)

    def _warn_duplicate(self, written: IniAssignment, first: IniAssignment) -> None:
        conflict = f" (Conflicting key: '{first.name}' in {self.place}:{first.line})"
        self._warn(written.line, f"Duplicated config key '{written.name}'", written.key_span, conflict)

    def _warn(self, line: int, words: str, span: Span, tail: str = "") -> None:
        self.warnings.append(Warn(line, f"{words} in {self.place}:{line}{tail}", span))


def convert(known: Key, value: str, dialect: Dialect) -> str | None:
    """Return the value of a key after WSL's conversion, None if WSL rejects it."""
    if known.kind is Kind.INT:
        return wslvalue.integer(value, dialect)
    if known.kind is Kind.ENUM:
        name = wslvalue.enumeration(value, known.values)
        return "Consomme" if name == "VirtioProxy" else name
    if known.kind is Kind.PORTS:
        return wslvalue.ports(value)[0]
    reader = _READERS.get(known.kind)
    return value if reader is None else reader(value)


def stops_wsl(known: Key, value: str) -> bool:
    """Return whether WSL does not start with this value: no fix may turn such a line into a setting."""
    return known.kind is Kind.MAC and wslvalue.mac(value) is None


def _rejection_warning(known: Key, written: IniAssignment) -> str:
    """Return WSL's warning about a rejected value (localization/strings/en-US/Resources.resw)."""
    value, name = written.value, written.name
    if known.kind is Kind.SIZE:
        return f"Invalid memory string '{value}' for .wslconfig entry '{name}'"
    if known.kind is Kind.ENUM:
        return f"Invalid value '{value}' for config key '{name}'"
    word = {Kind.BOOL: "boolean value", Kind.IPV4: "IP value", Kind.MAC: "mac address"}.get(known.kind, "integer value")
    return f"Invalid {word} '{value}' for key '{name}'"


def _allowed(known: Key) -> str:
    """Return the end of such a warning, with the names of an enumeration."""
    names = ", ".join(sorted(known.values, key=str.lower))
    return f" (Valid values: {names})" if names else ""


@of_last
def _by_name(keys: Iterable[Key]) -> dict[str, Key]:
    return {name: key for key in keys for name in key.ids}
