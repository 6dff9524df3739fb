"""The file that a fence shows: by its label, by the words before it, or by what it holds. If unsure, none."""

from collections.abc import Sequence
from enum import Enum

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.snippets import refuted
from wslgo.linter.snippets.file_names import path_of, paths_in
from wslgo.linter.snippets.prose import Prose
from wslgo.syntax.family import WSLCONF, WSLCONFIG, family_of
from wslgo.syntax.markdown import Block, Fence, Heading, MarkdownTree, Paragraph
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple


class Language(Enum):
    """The languages of fences that matter here."""

    COMMANDS = "commands"
    WINDOWS = "windows"  # commands of PowerShell and cmd
    SETTINGS = "settings"
    JSON = "json"
    DIFF = "diff"
    OTHER = "other"


_LANGUAGES = {
    **dict.fromkeys(("sh", "bash", "shell", "zsh", "console", "shellsession", "terminal"), Language.COMMANDS),
    **dict.fromkeys(("shell-session", "shellscript", "bash-session", "sh-session", "ksh"), Language.COMMANDS),
    **dict.fromkeys(("powershell", "ps1", "pwsh", "ps", "cmd", "bat", "batch", "dos", "posh"), Language.WINDOWS),
    **dict.fromkeys(("", "ini", "conf", "cfg", "config", "toml", "properties", "text", "txt"), Language.SETTINGS),
    **dict.fromkeys(("plaintext", "plain", "wslconfig", "wslconf", "none", "env", "dotenv"), Language.SETTINGS),
    **dict.fromkeys(("json", "jsonc", "json5", "js", "javascript"), Language.JSON),
    "diff": Language.DIFF,
    "patch": Language.DIFF,
}
# Languages whose fences are files of one kind, and the words without which they could be anything.
_KINDS = {
    "dockerfile": "Dockerfile",
    "docker": "Dockerfile",
    "go.mod": "go.mod",
    "gomod": "go.mod",
    "go-mod": "go.mod",
    "mod": "go.mod",
    "go.work": "go.work",
    "wslconfig": ".wslconfig",
    "wslconf": "etc/wsl.conf",
}
_FILES_OF = {
    **dict.fromkeys(("make", "makefile"), ("Makefile",)),
    "fish": (".config/fish/config.fish",),
}
_TITLE = pattern(r"(?:title|file_?name|file|path|name)\s{0,99}[=:]\s{0,99}[\"'{]?([^\"'}\s]{1,200})", 2)
_FIRST_COMMENT = pattern(r"(?:#|//|;|--|/\*|<!--|REM\s){1,9}\s*(\S.*)", 2)
_MANY_WORDS = 6
_SECTION = pattern(r"\[[^\]\n]{1,60}\]\s{0,99}(?:[#;].{0,2000})?\Z")
_SETTING = pattern(r"\s{0,99}[A-Za-z][\w.-]{0,60}\s{0,99}=")
_MODULE = pattern(r"module\s+\S+(?:\s+//.*)?")
_TYPED = pattern(
    r"\b(?:run|execut\w{1,40}|enter|type|reload|source|restart|then|open|check|verify|test)\b|运行|执行|输入|重新加载|重启|打开|验证",
    2,
)
_WRITTEN = pattern(
    r"\b(?:add\w{0,40}|put\w{0,40}|append\w{0,40}|writ\w{1,40}|edit\w{0,40}|in|into|contain\w{0,40}"
    r"|content\w{0,40}|paste|set|looks?|like|create\w{0,40}|with|sample"
    r"|example|use|my|our|your)\b|写入|添加|编辑|加入|加到|追加|内容|如下|配置|设置|创建|修改|例|：|:",
    2,
)
# Keys that tell the files of WSL from any other: those whose section has one of them.
_SECTIONS = {dialect: {key.section.lower() for key in KEYS[dialect]} for dialect in (WSLCONFIG, WSLCONF)}
_NAMES = {
    dialect: {(key.section.lower(), key.name.lower()) for key in KEYS[dialect]} for dialect in (WSLCONFIG, WSLCONF)
}


class Description(NamedTuple):
    """A file that a fence shows: its path, "" if there is none; `is_label`: the author names it there."""

    path: str
    language: Language
    is_label: bool = False


class Surroundings(NamedTuple):
    """The words around a block: the headings above it, outermost first, and what comes right before and after."""

    headings: tuple[str, ...]
    before: str
    after: str

    @property
    def is_wrong(self) -> bool:
        """Return whether they say that the block shows what is wrong."""
        last = _last_sentence(self.before)
        return (
            any(refuted.is_about_mistakes(heading) for heading in self.headings)
            or refuted.is_bad_example(last)
            or (not self.after.rstrip().endswith((":", "：")) and refuted.is_bad_afterwards(self.after))
        )


def surroundings(tree: MarkdownTree, blocks: Sequence[Block], number: int, headings: tuple[str, ...]) -> Surroundings:
    """Return the words around the block with a number."""
    before = blocks[number - 1] if number else None
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    return Surroundings(headings, _words(tree, before), _words(tree, after))


def _words(tree: MarkdownTree, block: Block | None) -> str:
    return Prose(tree.source.text, block.lines).text if isinstance(block, (Paragraph, Heading)) else ""


def _is_of(path: str, word: str) -> bool:
    """Return whether a file can be in this language, of which most fences are something else."""
    return path in _FILES_OF.get(word, ()) or (word in ("yaml", "yml") and path.endswith((".yml", ".yaml")))


def language_of(fence: Fence) -> Language:
    """Return the language of a fence."""
    return _LANGUAGES.get(_word(fence), Language.OTHER)


def _word(fence: Fence) -> str:
    return fence.info.split(None, 1)[0].split(":")[0].split("{")[0].strip(".{}").lower() if fence.info else ""


def describe(fence: Fence, rows: Sequence[str], around: Surroundings) -> Description:
    """Return what a fence with these lines shows."""
    language = language_of(fence)
    path = _label(fence, rows)
    if path and _fits(path, rows, language):
        return Description(path, language, is_label=True)
    path = _KINDS.get(_word(fence), "") or _by_content(rows, language)
    named = _named(around)
    if language is Language.OTHER and not path and not _is_of(named, _word(fence)):
        return Description("", language)
    if named and _fits(named, rows, language) and (not path or _is_like(path, named)):
        return Description(named, language, is_label=path == named)
    return Description(path, language)


def _label(fence: Fence, rows: Sequence[str]) -> str:
    """Return the file that the fence itself names: in its info string, or alone in a comment on its first line."""
    match = _TITLE.search(fence.info)
    words = [match[1]] if match else []
    _, colon, rest = fence.info.partition(":")
    words += [rest] if colon and not match else []
    words += fence.info.split(None, 1)[:1]
    first = _FIRST_COMMENT.fullmatch(rows[0].strip()) if rows else None
    if first and len(first[1].split()) <= _MANY_WORDS:
        words += [*paths_in(first[1])] if len(paths_in(first[1])) == 1 else []
    return next((path for word in words if word and (path := path_of(word))), "")


def _named(around: Surroundings) -> str:
    """Return the one file that the sentence before a fence names, else its paragraph, else the nearest heading."""
    for text in (_last_sentence(around.before), around.before, *reversed(around.headings)):
        found = paths_in(text)
        if len(found) == 1:
            return found[0]
        if found:
            return ""
    return ""


def _last_sentence(text: str) -> str:
    found = ""
    start = 0
    for at, character in enumerate(text):
        if character in "。！？" or (character in ".!?" and text[at + 1 : at + 2] in (" ", "")):
            if text[start:at].strip():
                found = text[start : at + 1]
            start = at + 1
    return text[start:] if text[start:].strip() else found


def _is_like(path: str, named: str) -> bool:
    """Return whether a name from the words around fits what the content looks like; settings of WSL fit both files."""
    families = [family.name if family else "" for family in (family_of(path), family_of(named))]
    return families[0] == families[1] or set(families) == {WSLCONFIG, WSLCONF}


def _by_content(rows: Sequence[str], language: Language) -> str:
    """Return the path of a file that the content cannot be mistaken for."""
    texts = [row.strip() for row in rows if row.strip() and not row.strip().startswith(("#", ";", "//"))]
    if not texts:
        return ""
    if language in (Language.SETTINGS, Language.COMMANDS, Language.DIFF) and _is_ini(texts):
        return _by_sections(texts)
    joined = "\n".join(texts)
    if language in (Language.JSON, Language.SETTINGS) and texts[0][:1] in '{["':
        if '"request"' in joined and '"type"' in joined and '"program"' in joined and '"go"' in joined:
            return ".vscode/launch.json"
        if '"configurations"' in joined and '"version"' in joined and '"0.2.0"' in joined:
            return ".vscode/launch.json"
        if '"go.' in joined:
            return ".vscode/settings.json"
    is_module = language in (Language.SETTINGS, Language.OTHER) and _MODULE.fullmatch(texts[0].strip())
    return "go.mod" if is_module and len(texts) > 1 and texts[1].startswith(("go ", "require", "toolchain ")) else ""


def _is_ini(texts: Sequence[str]) -> bool:
    return any(map(_SECTION.match, texts)) and all(_SECTION.match(text) or _SETTING.match(text) for text in texts)


def _by_sections(texts: Sequence[str]) -> str:
    found: set[tuple[str, str]] = set()
    section = ""
    for text in texts:
        if text.startswith("["):
            section = text[1:].partition("]")[0].strip().lower()
            found.add((section, ""))
        else:
            found.add((section, text.partition("=")[0].strip().lower()))
    fits = [dialect for dialect in (WSLCONFIG, WSLCONF) if found & _NAMES[dialect]]
    if ("wsl2", "") in found and WSLCONF not in fits:
        return ".wslconfig"
    return {WSLCONFIG: ".wslconfig", WSLCONF: "etc/wsl.conf"}[fits[0]] if len(fits) == 1 else ""


_IN_JSON = (".vscode/launch.json", ".vscode/tasks.json", ".vscode/settings.json", ".devcontainer/devcontainer.json")
_PROMPT = pattern(
    r"\s{0,99}(?:\$|#|>|PS |[A-Z]:\\[^>\n]{0,200}>|sudo\b|wsl(?:\.exe)?\s|cat\b|echo\b|nano\b|vim?\b|code\b"
    r"|notepad|tee\b|mkdir\b|cd\b|cp\b)"
)


def _fits(path: str, rows: Sequence[str], language: Language) -> bool:
    """Return whether a fence can be the file of this path."""
    texts = [row.strip() for row in rows if row.strip()]
    code = [text for text in texts if not text.startswith(("#", ";", "//"))]
    if not code or language is Language.WINDOWS:
        return False
    if path in _IN_JSON:
        return code[0][:1] in '{["' and language is not Language.COMMANDS
    if path in (".wslconfig", "etc/wsl.conf"):
        settings = [text for text in code if _SECTION.match(text) or _SETTING.match(text)]
        is_like = len(settings) * 2 > len(code) and not any(map(_PROMPT.match, code))
        return is_like and language is not Language.JSON
    if path == "etc/resolv.conf":
        return not any(map(_PROMPT.match, code)) and any(
            text.startswith(("nameserver", "search", "options", "generate", "[network]")) for text in code
        )
    if path in ("go.mod", "go.work"):
        return code[0].split()[0] in ("module", "go", "require", "replace", "use", "toolchain", "exclude", "retract")
    if path.endswith((".yml", ".yaml")):
        return any(":" in text for text in code) and language is Language.OTHER
    if path in ("Dockerfile", "Containerfile"):
        return any(text.split()[0].upper() in ("FROM", "ENV", "ARG", "RUN") for text in code)
    if path == ".config/go/env":
        return all("=" in text for text in code) and not any(text.startswith(("export", "go ", "$")) for text in code)
    if path in ("etc/fstab", "Makefile", ".tool-versions"):
        return language is not Language.COMMANDS and not any(map(_PROMPT.match, code))
    return language in (Language.COMMANDS, Language.SETTINGS, Language.OTHER)


def is_typed(around: Surroundings) -> bool:
    """Return whether the words before a fence say that its lines are typed, not written into a file."""
    last = _last_sentence(around.before)
    return _TYPED.search(last) is not None or _WRITTEN.search(last) is None
