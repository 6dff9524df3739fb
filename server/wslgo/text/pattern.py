"""Regular expressions that are compiled when they are first used.

Compiling one takes as long as importing a module, and of a hundred that the rules define a usual file needs ten.
"""

import re
from typing import Any, cast


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` returns, later."""
    return cast("re.Pattern[str]", _Uncompiled(expression, flags))


class _Uncompiled:
    def __init__(self, expression: str, flags: int) -> None:
        self._uncompiled = expression, flags

    def __getattr__(self, name: str) -> Any:
        """Called once for each method, which is found beside the others from then on."""
        found = getattr(re.compile(*self._uncompiled), name)
        setattr(self, name, found)
        return found
