"""`wslgo.lock`: the versions and hashes that a team pins, as JSON.

Reading is strict: a file with anything that this version does not know, or with any mistake, has no content, because a
pin that is read in another sense than it was meant does not protect. Writing is deterministic, with a line for each
value.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

from wslgo.knowledge.go_tools import TOOLS
from wslgo.knowledge.version import ABSENT, canonical, go_version, is_release, module_version
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.jsonc import Node
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

NAME = "wslgo.lock"
FORMAT = 1
LARGEST = 64 << 10  # bytes
MOST = 100  # certificates
PLATFORMS = ("linux-386", "linux-amd64", "linux-arm", "linux-arm64", "linux-riscv64")

TOO_LARGE = Message(en="it is larger than 64 KiB", zh="文件大于 64 KiB")
CONFLICT = Message(
    en="it has the marks of a merge conflict; keep one side, or write it again with wslgo provision --lock",
    zh="文件含有合并冲突标记；请保留其中一方，或用 wslgo provision --lock 重新写入",
)
NOT_JSON = Message(en="it is not JSON: {reason}", zh="文件不是 JSON：{reason}")
OTHER_FORMAT = Message(
    en="its format is {found}, and this wslgo reads format {known}; use the wslgo that wrote it",
    zh="其格式为 {found}，而此 wslgo 只能读取格式 {known}；请使用写入它的 wslgo 版本",
)
NOT_A_MAP = Message(en="'{name}' must be an object", zh="'{name}' 必须是对象")
MISSING = Message(en="'{name}' is missing", zh="缺少 '{name}'")
UNKNOWN = Message(en="unknown key '{name}'; known: {names}", zh="未知的键 '{name}'；可用：{names}")
NEAR = Message(en="unknown key '{name}'; did you mean {near}?", zh="未知的键 '{name}'；是否指 {near}？")
TWICE = Message(en="'{name}' is there twice, perhaps after a merge", zh="'{name}' 出现了两次，可能源于合并")
TOO_MANY = Message(en="'{name}' has more than {limit} entries", zh="'{name}' 的条目超过 {limit} 个")
NO_GO_VERSION = Message(
    en="'{value}' is not an exact Go version like 1.27.3", zh="'{value}' 不是像 1.27.3 这样确切的 Go 版本"
)
NO_VERSION = Message(
    en="'{value}' is not a release of a module like v0.23.0", zh="'{value}' 不是像 v0.23.0 这样的模块正式版本"
)
NO_SHA256 = Message(
    en="'{value}' is not sha256: with 64 lower-case hexadecimal digits",
    zh="'{value}' 不是 sha256: 加 64 位小写十六进制数字",
)
NO_H1 = Message(
    en="'{value}' is not a hash like in go.sum (h1:...=)", zh="'{value}' 不是 go.sum 中那样的校验和（h1:...=）"
)
NO_NAME = Message(en="the name of a certificate is not printable", zh="证书的名称含有不可打印的字符")
WRONG_MODULE = Message(en="the module of {package} is {module}", zh="{package} 的模块是 {module}")

_VERSION, _GO, _TOOLS, _CERTIFICATES = _PARTS = ("version", "go", "tools", "certificates")
_ARCHIVES = ("tarball", "module")
_SHA256 = pattern(r"sha256:[0-9a-f]{64}")
_H1 = pattern(r"h1:[A-Za-z0-9+/]{43}=")
_MARK = pattern(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
_LONGEST = 64  # characters of a value in a message, and of a name
_LONGEST_VALUE = 100  # characters


class Archives(NamedTuple):
    """The hashes of a Go toolchain for a platform, "" if unknown.

    `tarball` is that of the archive of go.dev, `module` that of golang.org/toolchain in the checksum database, which
    also tells whether installed files are those of the release.
    """

    tarball: str = ""
    module: str = ""


class PinnedGo(NamedTuple):
    """A Go version (1.27.3) with its archives by their platforms (linux-amd64)."""

    version: str
    archives: Mapping[str, Archives] = {}


class PinnedTool(NamedTuple):
    """A tool: its package and module, its version (v0.23.0), and the hash of the module in the checksum database."""

    package: str
    module: str
    version: str
    sum: str


class Lock(NamedTuple):
    """The pins; `certificates` are the names of CA certificates by their fingerprints."""

    go: PinnedGo | None = None
    tools: tuple[PinnedTool, ...] = ()
    certificates: Mapping[str, str] = {}

    def tool(self, package: str) -> PinnedTool | None:
        """Return the pin of a package."""
        return next((tool for tool in self.tools if tool.package == package), None)


class Problem(NamedTuple):
    """A mistake and its place."""

    span: Span
    text: Text


class Parsed(NamedTuple):
    """The pins, or the problems because of which there are none."""

    lock: Lock | None
    problems: tuple[Problem, ...] = ()


def parse(source: Source) -> Parsed:
    """Read the text of a lock; never raises."""
    reader = _Reader()
    lock = reader.read(source)
    return Parsed(None if reader.problems else lock, tuple(reader.problems))


def to_text(lock: Lock) -> str:
    """Return the text of a lock: sorted, a line for each value, ASCII."""
    parts: dict[str, object] = {_VERSION: FORMAT}
    if lock.go is not None:
        archives = {platform: _without_empty(found) for platform, found in sorted(lock.go.archives.items())}
        parts[_GO] = {"version": lock.go.version, **{name: found for name, found in archives.items() if found}}
    parts[_TOOLS] = {
        tool.package: {"module": tool.module, "version": tool.version, "sum": tool.sum} for tool in sorted(lock.tools)
    }
    parts[_CERTIFICATES] = dict(sorted(lock.certificates.items()))
    return json.dumps(parts, indent=2) + "\n"


def is_exact(version: str) -> bool:
    """Return whether a Go version names one release."""
    parsed = go_version(version)
    return parsed is not None and "." in version and (parsed.patch != ABSENT or bool(parsed.kind))


def _without_empty(archives: Archives) -> dict[str, str]:
    return {name: value for name, value in archives._asdict().items() if value}


class _Reader:
    """Reads one lock and collects its problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, source: Source) -> Lock:
        text = source.text
        mark = _MARK.search(text)
        if mark is not None:
            return self._without(Span(mark.start(), mark.end()), CONFLICT())
        try:
            json.loads(text)
        except json.JSONDecodeError as error:
            return self._without(Span(error.pos, min(error.pos + 1, len(text))), NOT_JSON(reason=error.msg))
        except (ValueError, RecursionError):
            return self._without(Span(0, min(1, len(text))), NOT_JSON(reason="nested too deeply, or a huge number"))
        root = jsonc.parse(source).root
        if root is None or root.kind != "object":
            return self._without(Span(0, min(1, len(text))), NOT_A_MAP(name=NAME))
        found = root.get(_VERSION)
        if found is None:
            return self._without(Span(root.span.start, root.span.start + 1), MISSING(name=_VERSION))
        if found.kind != "number" or found.number != FORMAT:
            shown = text[found.span.start : found.span.end][:_LONGEST]
            return self._without(found.span, OTHER_FORMAT(found=shown, known=FORMAT))
        parts = dict(self._members(root, NAME, _PARTS))
        return Lock(
            self._go(parts[_GO]) if _GO in parts else None,
            tuple(self._tools(parts[_TOOLS])) if _TOOLS in parts else (),
            self._certificates(parts[_CERTIFICATES]) if _CERTIFICATES in parts else {},
        )

    def _go(self, node: Node) -> PinnedGo:
        members = dict(self._members(node, _GO, ("version", *PLATFORMS), needed=("version",)))
        version = self._text(members.get("version"), is_exact, NO_GO_VERSION)
        archives = {name: self._archives(members[name], name) for name in PLATFORMS if name in members}
        return PinnedGo(version, archives)

    def _archives(self, node: Node, name: str) -> Archives:
        members = dict(self._members(node, name, _ARCHIVES))
        return Archives(
            self._text(members.get("tarball"), _is_sha256, NO_SHA256),
            self._text(members.get("module"), _is_h1, NO_H1),
        )

    def _tools(self, node: Node) -> Iterator[PinnedTool]:
        modules = {tool.package: tool.module for tool in TOOLS}
        for package, value in self._members(node, _TOOLS, tuple(modules)):
            needed = ("module", "version", "sum")
            members = dict(self._members(value, package, needed, needed=needed))
            module = modules[package]
            yield PinnedTool(
                package,
                self._text(members.get("module"), module.__eq__, WRONG_MODULE(package=package, module=module)),
                self._text(members.get("version"), is_published, NO_VERSION),
                self._text(members.get("sum"), _is_h1, NO_H1),
            )

    def _certificates(self, node: Node) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self._members(node, _CERTIFICATES, None):
            if not _is_sha256(name):
                self._report(value.span, NO_SHA256(value=name[:_LONGEST]))
            else:
                found[name] = self._text(value, _is_name, NO_NAME())
        if len(found) > MOST:
            self._report(node.span, TOO_MANY(name=_CERTIFICATES, limit=MOST))
        return found

    def _members(
        self, node: Node, name: str, known: tuple[str, ...] | None, needed: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Node]]:
        """Yield the known members of an object; report all others, and those that are missing or repeated."""
        if node.kind != "object":
            self._report(node.span, NOT_A_MAP(name=name))
            return
        seen: set[str] = set()
        for key, span, value in node.members:
            if key in seen:
                self._report(span, TWICE(name=key[:_LONGEST]))
            elif known is not None and key not in known:
                self._report(span, _unknown(key, known))
            elif value is not None:
                yield key, value
            seen.add(key)
        for key in needed:
            if key not in seen:
                self._report(Span(node.span.start, node.span.start + 1), MISSING(name=key))

    def _text(self, node: Node | None, fits: Callable[[str], bool], wrong: Message | Text) -> str:
        """Return the text of a value, "" without one; report another value."""
        if node is None:
            return ""
        text = node.string
        if text is not None and len(text) <= _LONGEST_VALUE and fits(text):
            return text
        shown = "" if text is None else text[:_LONGEST]
        self._report(node.span, wrong(value=shown) if isinstance(wrong, Message) else wrong)
        return ""

    def _without(self, span: Span, text: Text) -> Lock:
        self._report(span, text)
        return Lock()

    def _report(self, span: Span, text: Text) -> None:
        self.problems.append(Problem(span, text))


def _unknown(key: str, known: tuple[str, ...]) -> Text:
    near = nearest(key, known) if len(key) <= _LONGEST else None
    return NEAR(name=key, near=near) if near else UNKNOWN(name=key[:_LONGEST], names=known)


def _is_sha256(text: str) -> bool:
    return _SHA256.fullmatch(text) is not None


def _is_h1(text: str) -> bool:
    return _H1.fullmatch(text) is not None


def is_published(version: str) -> bool:
    """Return whether a version of a module is a release.

    A pseudo-version names a commit, at GitHub also one of a fork, so a lock could pin what the authors never published.
    """
    parsed = module_version(version)
    return parsed is not None and canonical(version) == version and is_release(parsed)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and text.isprintable()
