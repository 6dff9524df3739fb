"""The configuration of apt (apt.conf(5)): whether a file says which proxy apt uses."""

import re

# Where apt reads it; each program of apt reads all files.
PATH, FOLDER = "/etc/apt/apt.conf", "/etc/apt/apt.conf.d"

_REMARK = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?|^[ \t]*(?://|#)[^\n]*", re.MULTILINE)


def names_proxy(text: str) -> bool:
    """Return whether a file configures a proxy, or a program that finds one, outside of its comments."""
    return "proxy" in _REMARK.sub("", text).lower()
