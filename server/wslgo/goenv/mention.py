"""The first question about a file with variables: does its text name one of Go at all? Most texts do not."""

import re

from wslgo.text.pattern import pattern

_NAME = pattern(r"GO_?[A-Z0-9]|CGO_|\b(?:AR|CC|CXX|FC|PKG_CONFIG)\b|go\.go(?:path|root)\b")

_PROXY = pattern(r"(?:https?|all|no)_proxy", re.IGNORECASE)


def mentions_proxy(text: str) -> bool:
    """Return whether a text names a variable of proxies."""
    return _PROXY.search(text) is not None


def mentions_variable(text: str) -> bool:
    """Return whether a text mentions a name that only a Go variable, or a misspelt one, has."""
    return _NAME.search(text) is not None
