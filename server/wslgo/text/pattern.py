"""Regular expressions that are compiled on first use.

Compiling one takes as long as importing a module; of the hundred that the rules define, a typical file needs ten.
"""

import re

from wslgo.text.typing import Any, cast


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that calls `re.compile` on first use."""
    return cast("re.Pattern[str]", _Uncompiled(expression, flags))


class _Uncompiled:
    def __init__(self, expression: str, flags: int) -> None:
        self._uncompiled = expression, flags

    def __getattr__(self, name: str) -> Any:
        """Look up a method once; it is kept as an attribute for the next time."""
        found = getattr(re.compile(*self._uncompiled), name)
        setattr(self, name, found)
        return found
