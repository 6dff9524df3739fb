"""What users and teams choose: read from the editor's JSON and from `wslgo.yaml` alike."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wslgo.linter.finding import Severity
from wslgo.text.message import Message, Text

EVERYTHING = "all"
OFF = "off"

_UNKNOWN = Message(en="wslgo has no setting '{name}'", zh="wslgo 没有设置项 '{name}'")
_NOT_A_LIST = Message(en="'{name}' must be a list of rules", zh="'{name}' 必须是规则列表")
_NOT_A_MAP = Message(en="'{name}' must map names to values", zh="'{name}' 必须是名称到值的映射")
_NOT_A_SEVERITY = Message(
    en="'{value}' is no severity; use error, warning, information, hint or off",
    zh="'{value}' 不是严重级别；可用 error、warning、information、hint 或 off",
)

_LONGEST_SHOWN = 80

SEVERITIES = {severity.name.lower(): severity for severity in Severity}


class Settings(NamedTuple):
    """Which rules run and how loud. Rules are named by id, by the part behind the `/`, or by family."""

    select: tuple[str, ...] = (EVERYTHING,)
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity | None], ...] = ()

    def severity_of(self, rule: str, otherwise: Severity) -> Severity | None:
        """The severity of a finding of `rule`, or None when nobody wants to see it."""
        if not names(self.select, rule) or names(self.ignore, rule):
            return None
        return next((chosen for name, chosen in self.severity if names((name,), rule)), otherwise)


class Read(NamedTuple):
    """Settings, and what could not be understood."""

    settings: Settings
    problems: tuple[Text, ...] = ()


def names(patterns: Iterable[str], rule: str) -> bool:
    """Whether a list of rule names means `rule`."""
    family, _, short = rule.partition("/")
    return any(pattern.strip().lower() in (rule, family, short, EVERYTHING) for pattern in patterns)


def read(check: object) -> Read:
    """The `check:` part of `wslgo.yaml`, or `wslgo.linter.check` of the editor."""
    if check is None:
        return Read(Settings())
    if not isinstance(check, Mapping):
        return Read(Settings(), (_NOT_A_MAP(name="check"),))
    problems = [_UNKNOWN(name=f"check.{shown(name)}") for name in check if name not in Settings._fields]
    select = _rules(check, "select", problems) or (EVERYTHING,)
    ignore = _rules(check, "ignore", problems)
    return Read(Settings(select, ignore, _severities(check.get("severity"), problems)), tuple(problems))


def _rules(check: Mapping[str, object], name: str, problems: list[Text]) -> tuple[str, ...]:
    value = check.get(name)
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(rule, str) for rule in value):
        problems.append(_NOT_A_LIST(name=f"check.{name}"))
        return ()
    return tuple(value)


def _severities(value: object, problems: list[Text]) -> tuple[tuple[str, Severity | None], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        problems.append(_NOT_A_MAP(name="check.severity"))
        return ()
    chosen = []
    for rule, word in value.items():
        name = OFF if word is False else word.lower() if isinstance(word, str) else ""  # YAML: a bare `off` is false
        if isinstance(rule, str) and (name in SEVERITIES or name == OFF):
            chosen.append((rule, SEVERITIES.get(name)))
        else:
            problems.append(_NOT_A_SEVERITY(value=shown(word)))
    return tuple(chosen)


def shown(value: object) -> str:
    """Return a value that was not understood as a message quotes it: it may be of any size."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}..."
    if isinstance(value, Mapping):
        return "{...}"
    return "[...]" if isinstance(value, (list, tuple)) else str(value)
