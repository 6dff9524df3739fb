"""The page of a rule as Markdown."""

import re

from wslgo.linter.dimensions import DIMENSIONS, OF_SCORE, dimension_of
from wslgo.linter.documentation import documentation
from wslgo.linter.finding import SEVERITY_WORDS, Safety
from wslgo.linter.rules import find
from wslgo.text.markdown import code, emphasis, heading, page, plain, sentence
from wslgo.text.message import Language, Markdown, Message
from wslgo.topics import topic_of

_FIX = {
    Safety.SAFE: Message(en="has a safe fix", zh="有安全的修复"),
    Safety.UNSAFE: Message(en="has a fix to review first", zh="有需要您决定的修复"),
    None: Message(en="has no fix", zh="没有修复"),
}
_ABOUT = Message(en="{severity}, {fix}, {score}", zh="{severity}，{fix}，{score}")
_SEE_ALSO = Message(en="See also: {command}", zh="另见：{command}")
_UNKNOWN = Message(en="unknown rule {rule}", zh="没有规则 {rule}")


def rule_page(rule_id: str, language: Language = "en") -> Markdown:
    """Return the page of a rule: headline, severity, kind of fix, and documentation."""
    rule = find(rule_id)
    if rule is None:
        return plain(_UNKNOWN(rule=re.sub(r"[^\w/-]", "", rule_id)), language)
    score = OF_SCORE(dimension=DIMENSIONS[dimension_of(rule)].title())
    about = _ABOUT(severity=SEVERITY_WORDS[rule.severity](), fix=_FIX[rule.fixable], score=score)
    # Our own documentation is Markdown.
    text = _readable(documentation(rule, language))
    topic = topic_of(rule.id)
    more = (sentence(_SEE_ALSO(command=code(f"wslgo explain {topic}")), language),) if topic else ()
    return page((heading(1, Markdown(rule.id)), emphasis(plain(about, language)), text, *more))


def _readable(text: str) -> Markdown:
    """Move the path after the language of a fence above it, since a preview shows only the language."""
    above = r"`\2`\n\n```\1"
    return Markdown(re.sub(r"^```(\w*) [^\n]*?path=(\S+)[^\n]*$", above, text, flags=re.MULTILINE))
