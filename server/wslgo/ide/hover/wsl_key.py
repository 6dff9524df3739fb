"""Hovers in WSL files about keys, values and sections, and about the rules of findings."""

from collections.abc import Iterable, Iterator

from wslgo.ide.hover.text import Hover, text_of
from wslgo.knowledge.wsl_key import WINDOWS_11, Key, Kind, Status
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.documentation import introduction
from wslgo.linter.finding import Reported
from wslgo.linter.rules import find
from wslgo.syntax.file import File
from wslgo.syntax.wsl.ini import Section
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.markdown import code, codes
from wslgo.text.message import Language, Markdown, Message, Text
from wslgo.topics import KEYS as TOPICS
from wslgo.topics import topic_of

TYPES = {
    Kind.BOOL: Message(en="switch", zh="开关"),
    Kind.INT: Message(en="integer", zh="整数"),
    Kind.SIZE: Message(en="size", zh="大小"),
    Kind.ENUM: Message(en="one of several words", zh="若干词之一"),
    Kind.PATH: Message(en="path", zh="路径"),
    Kind.STRING: Message(en="text", zh="文本"),
    Kind.IPV4: Message(en="IPv4 address", zh="IPv4 地址"),
    Kind.MAC: Message(en="MAC address", zh="MAC 地址"),
    Kind.PORTS: Message(en="list of ports", zh="端口列表"),
}
# `wslgo.syntax.wsl.value` parses each type.
ACCEPTED = {
    Kind.BOOL: Message(en="`true` or `1`, `false` or `0`", zh="`true` 或 `1`，`false` 或 `0`"),
    Kind.INT: Message(
        en="a decimal number; a leading `0` means octal, `0x` hexadecimal",
        zh="十进制数；以 `0` 开头表示八进制，`0x` 表示十六进制",
    ),
    Kind.SIZE: Message(
        en="a whole number of bytes, or with an upper-case `KB`, `MB`, `GB` or `TB` and no space: `8GB`",
        zh="整数字节数，或带大写的 `KB`、`MB`、`GB`、`TB`，中间无空格：`8GB`",
    ),
    Kind.PATH: Message(
        en="an absolute Windows path with every backslash doubled: `C:\\\\wsl\\\\kernel`",
        zh="Windows 绝对路径，每个反斜杠都要写两个：`C:\\\\wsl\\\\kernel`",
    ),
    Kind.IPV4: Message(en="four decimal numbers with dots: `10.0.0.1`", zh="用点分隔的四个十进制数：`10.0.0.1`"),
    Kind.MAC: Message(en="six hexadecimal pairs: `5C:BB:F6:9E:EE:55`", zh="六组十六进制数：`5C:BB:F6:9E:EE:55`"),
    Kind.PORTS: Message(en="port numbers with commas: `3000,9000`", zh="用逗号分隔的端口号：`3000,9000`"),
}
STATES = {
    Status.EXPERIMENTAL: Message(en="Experimental: it may change or be removed", zh="实验性：可能更改或移除"),
    Status.INTERNAL: Message(en="Internal: for the developers of WSL", zh="内部使用：供 WSL 开发者使用"),
    Status.DEPRECATED: Message(en="Deprecated: it no longer has a useful effect", zh="已弃用：不再起作用"),
}

_HEADLINE = Message(en="**{key}** · {type}", zh="**{key}** · {type}")
_DEFAULT = Message(en="- Default: {default}", zh="- 默认值：{default}")
_ACCEPTS = Message(en="- Accepts {values}", zh="- 可取：{values}")
_WORDS = Message(en="- Accepts {values} (case-insensitive)", zh="- 可取 {values}，不区分大小写")
_SINCE = Message(en="- Since {release}", zh="- 始于 {release}")
_WINDOWS_11 = Message(en="- Only on Windows 11", zh="- 仅限 Windows 11")
_INBOX = Message(
    en="- Microsoft's pages say Windows 11, but WSL from the Store does not check",
    zh="- 微软文档称仅限 Windows 11，但 Microsoft Store 版 WSL 并不检查",
)
_UNDOCUMENTED = Message(en="- Not in Microsoft's documentation", zh="- 微软文档中没有记载")
_ALIAS = Message(en="- Also works under `[experimental]`", zh="- 在 `[experimental]` 下也有效")
_NOTE = Message(en="- {note}", zh="- {note}")

_READ_AS = Message(en="WSL reads {raw} as {value}", zh="WSL 把 {raw} 读作 {value}")
_READ_BYTES = Message(en="WSL reads {raw} as {value} = {bytes} bytes", zh="WSL 把 {raw} 读作 {value} = {bytes} 字节")
_REJECTED = Message(en="WSL rejects {raw}: the default stays in effect", zh="WSL 拒绝 {raw}：默认值继续生效")
_LATER = Message(
    en="WSL ignores this line: the first occurrence of the key, {first}, wins",
    zh="WSL 忽略此行：该键首次出现处（{first}）起作用",
)
_UNKNOWN = Message(en="WSL does not know the key {key} and ignores it", zh="WSL 没有键 {key}，会忽略它")

_SECTION = Message(en="**[{section}]**", zh="**[{section}]**")
_SECTION_KEY = Message(en="- {key}: {about}", zh="- {key}：{about}")
_NO_SECTION = Message(
    en="WSL does not know the section {section}: it ignores every key in it",
    zh="WSL 没有节 {section}：其中所有键都会被忽略",
)

_RULE = Message(en="**{rule}**: {summary}", zh="**{rule}**：{summary}")
_TEXT = Message(en="{text}", zh="{text}")


def hover(file: File, offset: int, found: Iterable[Reported] = (), language: Language = "en") -> Hover | None:
    """Return the hover at an offset, or None; `language` is that of the documentation of rules."""
    here = [reported for reported in found if reported.finding.span.touches(offset)]
    about = _about(file.tree, offset) if isinstance(file.tree, IniFile) else None
    ids = dict.fromkeys(reported.rule for reported in here)
    rules = tuple(paragraph for rule in ids for paragraph in _rule(rule, language))
    topics = tuple(topic for topic in map(topic_of, ids) if topic)
    if about is None:
        return Hover(here[0].finding.span, rules, topics) if rules else None
    return Hover(about.span, about.paragraphs + rules, about.topics + topics)


def _about(file: IniFile, offset: int) -> Hover | None:
    for setting in file.settings:
        for span in (setting.key_span, setting.value_span):
            if span.touches(offset):
                topics = (TOPICS[setting.known.id],) if setting.known and setting.known.id in TOPICS else ()
                return Hover(span, tuple(_setting(setting, file)), topics)
    for section in file.sections:
        if section.header_span.touches(offset):
            return Hover(section.header_span, tuple(_section(section, file)))
    return None


# Settings


def _setting(setting: Setting, file: IniFile) -> Iterator[tuple[Text, ...]]:
    if setting.known is not None:
        yield from key_paragraphs(setting.known)
    verdict = _verdict(setting, file)
    if verdict is not None:
        yield (verdict,)


def key_paragraphs(known: Key) -> Iterator[tuple[Text, ...]]:
    """Yield headline, description and facts of a key."""
    yield (_HEADLINE(key=known.id, type=TYPES[known.kind]()),)
    yield (text_of(known.about),)
    yield tuple(_facts(known))


def _facts(known: Key) -> Iterator[Text]:
    if known.default:
        yield _DEFAULT(default=known.default)
    if known.values:
        yield _WORDS(values=codes(known.values))
    elif known.kind in ACCEPTED:
        yield _ACCEPTS(values=ACCEPTED[known.kind]())
    if known.since:
        yield _SINCE(release=known.since)
    yield from _windows(known)
    if known.status in STATES:
        yield _NOTE(note=STATES[known.status]())
    if not known.is_documented:
        yield _UNDOCUMENTED()
    if known.has_experimental_alias:
        yield _ALIAS()
    for note in known.notes:
        yield _NOTE(note=text_of(note))


def _windows(known: Key) -> Iterator[Text]:
    """Yield what is known of Windows 11; a note of Microsoft's pages is not a limit of WSL."""
    if known.since_windows >= WINDOWS_11 and not known.newer_values:
        yield _WINDOWS_11()
    if known.inbox_windows >= WINDOWS_11:
        yield _INBOX()


def _verdict(setting: Setting, file: IniFile) -> Text | None:
    """Return how WSL reads a value if that differs from the text."""
    if setting.verdict is Verdict.UNKNOWN:
        return _UNKNOWN(key=code(setting.written.name))
    first = file.first_of(setting)
    if first is not None:
        return _LATER(first=code(_written_text(first, file)))
    raw, converted = code(setting.written.raw), setting.converted
    if converted is None:
        return _REJECTED(raw=raw)
    if setting.known is not None and setting.known.kind is Kind.SIZE:
        return _READ_BYTES(raw=raw, value=_binary(int(converted)), bytes=f"{int(converted):,}")
    return _READ_AS(raw=raw, value=code(converted)) if converted != setting.written.raw else None


def _written_text(setting: Setting, file: IniFile) -> str:
    return file.text[setting.key_span.start : setting.value_span.end]


def _binary(number: int) -> str:
    """Return a number of bytes in the largest unit that divides it."""
    for power, unit in ((40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")):
        if number and number % (1 << power) == 0:
            return f"{number >> power:,} {unit}"
    return f"{number:,} B"


# Sections and rules


def _section(section: Section, file: IniFile) -> Iterator[tuple[Text, ...]]:
    known = keys_of(file, section.name)
    if not known:
        yield (_NO_SECTION(section=code(section.name)),)
        return
    yield (_SECTION(section=known[0].section),)
    yield tuple(
        _SECTION_KEY(key=code(key.name), about=text_of(key.about))
        for key in known
        if key.status in (Status.STABLE, Status.EXPERIMENTAL)
    )


def keys_of(file: IniFile, section: str) -> tuple[Key, ...]:
    """Return the keys of a section; like WSL, ignore the case of its name."""
    return tuple(key for key in KEYS[file.dialect] if key.section.lower() == section.lower())


def _rule(rule_id: str, language: Language) -> Iterator[tuple[Text, ...]]:
    """Yield the documentation of a rule before its examples: the summary, then the reason."""
    rule = find(rule_id)
    if rule is None:
        return
    # Our own documentation is Markdown.
    summary, *reasons = (Markdown(" ".join(paragraph.split())) for paragraph in introduction(rule, language))
    yield (_RULE(rule=rule_id, summary=summary),)
    yield from ((_TEXT(text=reason),) for reason in reasons)
