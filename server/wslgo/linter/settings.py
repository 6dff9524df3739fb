"""Settings of the linter, from the editor's JSON and from `wslgo.yaml`."""

from collections.abc import Iterator, Mapping

from wslgo.linter.finding import SEVERITY_WORDS, Severity
from wslgo.linter.named import EVERYTHING, is_named
from wslgo.text.message import Message, Text
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few runs have a policy
    from wslgo.linter.policy import Policy

OFF = "off"

_UNKNOWN = Message(en="wslgo has no setting '{name}'", zh="wslgo 没有设置项 '{name}'")
_NEAREST = Message(
    en="wslgo has no setting '{name}'; did you mean {near}?", zh="wslgo 没有设置项 '{name}'；是否指 {near}？"
)
_NOT_A_LIST = Message(en="'{name}' must be a list of rules", zh="'{name}' 必须是规则列表")
_NOT_PATTERNS = Message(en="'{name}' must be a list of module paths", zh="'{name}' 必须是模块路径列表")
_NO_PATTERN = Message(
    en="'{value}' in check.private is not a host or organization of a team, such as git.example.com",
    zh="check.private 中的 '{value}' 不是团队的主机或组织，应如 git.example.com",
)
_NOT_A_MAP = Message(en="'{name}' must map names to values", zh="'{name}' 必须是名称到值的映射")
_NOT_A_SEVERITY = Message(
    en="'{value}' is not a severity. Use error, warning, info, hint or off",
    zh="'{value}' 不是严重级别。可用 error、warning、info、hint 或 off",
)

_LONGEST_SHOWN = 80

SEVERITIES = {words.en: severity for severity, words in SEVERITY_WORDS.items()}
# LSP's own name, which the JSON output has, too.
SYNONYMS = {"information": "info"}


class Settings(NamedTuple):
    """The rules that run, and their severities; a rule is named by id, by the part after `/`, or by family.

    `private` are patterns of modules, as in GOPRIVATE. What the `policy` keeps, nothing here turns off or lowers.
    """

    select: tuple[str, ...] = (EVERYTHING,)
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity | None], ...] = ()
    private: tuple[str, ...] = ()
    policy: "Policy | None" = None

    def severity_of(self, rule: str, otherwise: Severity) -> Severity | None:
        """Return the severity of a finding of `rule`, or None if the settings turn the rule off."""
        if self.policy is not None and self.policy.keeps(rule):
            chosen = next((chosen for name, chosen in self.severity if is_named(rule, (name,))), None)
            return otherwise if chosen is None else min(chosen, otherwise)
        if not is_named(rule, self.select) or is_named(rule, self.ignore):
            return None
        return next((chosen for name, chosen in self.severity if is_named(rule, (name,))), otherwise)


# The keys of `wslgo.yaml`, and those of each of its parts.
PARTS = {
    "check": ("select", "ignore", "severity", "private"),
    "provision": ("go", "steps", "variables"),
    "policy": ("proxies", "registries", "checksums", "private", "versions", "caches", "wslconfig", "never-ignore"),
    "doctor": ("fail-under", "dimensions"),
}


class ParsedSettings(NamedTuple):
    """Settings, and the problems of the text or JSON that they come from."""

    settings: Settings
    problems: tuple[Text, ...] = ()


def parse(check: object) -> ParsedSettings:
    """Parse the `check:` part of `wslgo.yaml`, or `wslgo.linter.check` of the editor."""
    if check is None:
        return ParsedSettings(Settings())
    if not isinstance(check, Mapping):
        return ParsedSettings(Settings(), (_NOT_A_MAP(name="check"),))
    problems = list(unknown_keys("check", check))
    select = _rules(check, "select", problems) or (EVERYTHING,)
    ignore = _rules(check, "ignore", problems)
    severity = _severities(check.get("severity"), problems)
    private = _patterns(check.get("private"), problems)
    return ParsedSettings(Settings(select, ignore, severity, private), tuple(problems))


def unknown_keys(part: str, values: Mapping[str, object]) -> Iterator[Text]:
    """Yield a problem for each key of a part of the settings that wslgo does not know, with the nearest known one."""
    known = PARTS[part]
    for name in values:
        if name not in known:
            from wslgo.text.nearest import nearest  # only for a typo

            near = nearest(str(name), known)
            full = f"{part}.{short_value(name)}"
            yield _NEAREST(name=full, near=f"{part}.{near}") if near else _UNKNOWN(name=full)


def _rules(check: Mapping[str, object], name: str, problems: list[Text]) -> tuple[str, ...]:
    value = check.get(name)
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(rule, str) for rule in value):
        problems.append(_NOT_A_LIST(name=f"check.{name}"))
        return ()
    return tuple(value)


def _patterns(value: object, problems: list[Text]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(pattern, str) for pattern in value):
        problems.append(_NOT_PATTERNS(name="check.private"))
        return ()
    from wslgo.goenv.team_patterns import is_of_a_team  # few teams name any

    problems += (_NO_PATTERN(value=short_value(pattern)) for pattern in value if not is_of_a_team(pattern))
    return tuple(filter(is_of_a_team, value))


def _severities(value: object, problems: list[Text]) -> tuple[tuple[str, Severity | None], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        problems.append(_NOT_A_MAP(name="check.severity"))
        return ()
    chosen = []
    for rule, word in value.items():
        name = OFF if word is False else word.lower() if isinstance(word, str) else ""  # YAML: a bare `off` is false
        name = SYNONYMS.get(name, name)
        if isinstance(rule, str) and (name in SEVERITIES or name == OFF):
            chosen.append((rule, SEVERITIES.get(name)))
        else:
            problems.append(_NOT_A_SEVERITY(value=short_value(word)))
    return tuple(chosen)


def short_value(value: object) -> str:
    """Return a value of any size, short enough for a message."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}..."
    if isinstance(value, Mapping):
        return "{...}"
    return "[...]" if isinstance(value, (list, tuple)) else str(value)
