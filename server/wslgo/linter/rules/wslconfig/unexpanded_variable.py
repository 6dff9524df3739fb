r"""A path has a variable or `~` in it.

WSL passes the path to Windows unchanged: nothing expands `%USERPROFILE%`, `$HOME` or `~`, so the file is not found.
Write the whole path.

## Example

```ini
[wsl2]
swapFile=%USERPROFILE%\\swap.vhdx
```

## Example

The profile is known from the path of your own file:

```ini path=/mnt/c/Users/gopher/.wslconfig
[wsl2]
kernel=%UserProfile%\\wsl\\bzImage
```

becomes

```ini path=/mnt/c/Users/gopher/.wslconfig
[wsl2]
kernel=C:\\Users\\gopher\\wsl\\bzImage
```

## Example

```ini
[wsl2]
kernel=~/bzImage
crashDumpFolder=${TEMP}/crashes
```

## No finding

```ini
[wsl2]
swapFile=C:\\Users\\gopher\\swap.vhdx
kernel=C:\\PROGRA~1\\bzImage
kernelCommandLine=foo=%d
```
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING, WHEN_MISSING
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.syntax.wsl.windows_path import paths, profile_of
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

NAMES = "HOME|USERPROFILE|USERNAME|USER|LOCALAPPDATA|APPDATA|TEMP|TMP"
VARIABLE = pattern(
    rf'%[A-Za-z_][\w()]*%|\$env:\w+|\$\{{[\w:]+\}}|\$(?:{NAMES})\b|(?<![^"])~(?=[\\/"]|\Z)', re.IGNORECASE | re.ASCII
)

# The folders inside the profile, unless an administrator has moved them.
BELOW_PROFILE = {
    "userprofile": "",
    "home": "",
    "~": "",
    "appdata": "\\AppData\\Roaming",
    "localappdata": "\\AppData\\Local",
    "temp": "\\AppData\\Local\\Temp",
    "tmp": "\\AppData\\Local\\Temp",
}

MESSAGE = Message(
    en="WSL does not expand {variable} in {key}, so {consequence}. Write the whole path",
    zh="WSL 不会展开 {key} 中的 {variable}，因此{consequence}。请写出完整路径",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    for setting in paths(file):
        variable = VARIABLE.search(setting.written.raw)
        if variable is None or setting.known is None:
            continue
        name = setting.known.name
        start = setting.value_span.start
        span = Span(start + variable.start(), start + variable.end())
        message = MESSAGE(variable=variable.group(), key=name, consequence=WHEN_MISSING[name]())
        severity = Severity.ERROR if name in FATAL_WHEN_MISSING else Severity.WARNING
        yield Finding(span, message, tuple(_fixes(scene, span, variable.group())), severity=severity)


def _fixes(scene: Scene, span: Span, variable: str) -> Iterator[Fix]:
    profile = profile_of(scene.file.place)
    below = BELOW_PROFILE.get(variable.lower().removeprefix("$env:").strip("%${}"))
    if profile is not None and below is not None:
        path = profile + below
        yield Fix(CHANGE_TO(value=path), (Edit(span, quoting.with_doubled_backslashes(path)),))
