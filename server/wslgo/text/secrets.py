"""Secrets that are written into a text: tokens by their form, and values of names such as `API_KEY`.

A value that only fills a place (`changeme`, `<token>`, `${env:TOKEN}`), a path and a short word are not secrets: files
for development are full of them.
"""

from collections.abc import Iterator

from wslgo.text.passwords import places
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

# Forms that their issuers document, so that scanners find them: GitHub, GitLab, OpenAI, Slack, AWS, Google, Hugging
# Face, NVIDIA, npm, Docker, Stripe; JSON web tokens; private keys (2026-11).
_TOKEN = pattern(
    r"(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,255}|sk-[\w-]{20,255}"
    r"|xox[abeoprs]-[\w-]{10,255}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{35}|hf_[A-Za-z0-9]{30,255}|nvapi-[\w-]{20,255}"
    r"|npm_[A-Za-z0-9]{36,255}|dckr_pat_[\w-]{20,255}|[sr]k_live_[A-Za-z0-9]{16,255}|eyJ[\w-]{8,255}\.eyJ[\w-]{8,4000}"
    r"|-----BEGIN [A-Z ]{0,30}PRIVATE KEY)"
)
# At least one of these is in each form; most lines have none, and the forms take a while to compile.
_SIGNS = ("_", "-", "AKIA", "ASIA", "AIza")
_KINDS = r"token|secret|password|passwd|passphrase|api[_-]?key|secret[_-]?key|access[_-]?key|private[_-]?key"
_NAMED = ("token", "secret", "pass", "key")  # one is in each name
_NAME = pattern(rf"(?i:(?:\w{{1,60}}[_-])?(?:{_KINDS}))")
_PLACEHOLDER = pattern(
    r"(?i:change|your|example|dummy|placeholder|secret|password|passwd|test|fake|sample|todo|insert|local|dev|xxx|abc|123)"
)
_WORDS = pattern(r"[A-Za-z]+(?:[-_. ][A-Za-z]+){0,20}[0-9]{0,3}")
_SETTING = pattern(r'"(\w{1,80})"[ \t]{0,4}:[ \t]{0,4}"([^"\\\n]{8,4000})"|(?<!\w)(\w{1,80})=["\']?([^"\'\s]{8,4000})')

_SHORTEST = 12
_LONG = 32


def has_token(value: str) -> bool:
    """Return whether a value has a token in it, by its form."""
    return _may_have_token(value) and _TOKEN.search(value) is not None


def _may_have_token(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) or text.count("eyJ") > 1


def is_secret(name: str, value: str) -> bool:
    """Return whether a value is a secret: by its form, or by the name and a value that is not an example."""
    if has_token(value):
        return True
    if not _NAME.fullmatch(name) or len(value) < _SHORTEST or any(mark in value for mark in "${}<>*\\ "):
        return False
    # Base64 has slashes, and so do paths, which are shorter or in words.
    if "/" in value and (len(value) < _LONG or value.startswith(("/", ".", "~")) or "://" in value):
        return False
    has_letter, has_digit = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    is_random = has_letter and has_digit and len(set(value)) >= _SHORTEST // 2
    return is_random and not _PLACEHOLDER.search(value) and not _WORDS.fullmatch(value)


def secret_spans(text: str) -> Iterator[Span]:
    """Yield the secrets of a text, in order of their kind."""
    for match in _TOKEN.finditer(text) if _may_have_token(text) else ():
        yield Span(*match.span())
    is_named = any(kind in text.casefold() for kind in _NAMED)
    for match in _SETTING.finditer(text) if is_named or _may_have_token(text) else ():
        name, number = (match[1], 2) if match[1] is not None else (match[3], 4)
        if is_secret(name, match[number]):
            yield Span(*match.span(number))


def without_secrets(text: str) -> str:
    """Return a text with the passwords in its URLs and its secrets masked, letter by letter, so that columns stay."""
    for start, end in (*((place.start, place.end) for place in places(text)), *secret_spans(text)):
        text = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    return text
