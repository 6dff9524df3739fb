"""The page of a rule as Markdown."""

import re

from wslgo.finding import Safety
from wslgo.message import Language, Message
from wslgo.rules import find

_FIX = {
    Safety.SAFE: Message(en="has a safe fix", zh="有安全的修复"),
    Safety.UNSAFE: Message(en="has a fix to decide about", zh="有需要您决定的修复"),
    None: Message(en="has no fix", zh="没有修复"),
}
_ABOUT = Message(en="*{severity}, {fix}*", zh="*{severity}，{fix}*")
_UNKNOWN = Message(en="wslgo has no rule {rule}", zh="wslgo 没有规则 {rule}")


def markdown(rule_id: str, language: Language = "en") -> str:
    """Headline, how loud it is, whether it can be fixed, and what the rule says about itself."""
    rule = find(rule_id)
    if rule is None:
        return _UNKNOWN(rule=re.sub(r"[^\w/-]", "", rule_id)).render(language)
    about = _ABOUT(severity=rule.severity.name.lower(), fix=_FIX[rule.fixable]()).render(language)
    return f"# {rule.id}\n\n{about}\n\n{_readable(rule.documentation)}\n"


def _readable(documentation: str) -> str:
    """A preview shows a fence by its language alone: the path that stands behind it goes above."""
    return re.sub(r"^```(\w*) [^\n]*?path=(\S+)[^\n]*$", r"`\2`\n\n```\1", documentation, flags=re.MULTILINE)
