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

```ini path=/mnt/c/Users/gopher/.wslconfig
[wsl2]
swapFile="%HOMEDRIVE%%HOMEPATH%\\swap.vhdx"
```

## Example

```ini path=/mnt/d/profiles/gopher/.wslconfig
[wsl2]
swapFile=%USERPROFILE%\\swap.vhdx
```

```json host
{
  "wslconfig": {"path": "/mnt/d/profiles/gopher/.wslconfig"},
  "mounts": [{"target": "/", "kind": "ext4"}, {"target": "/mnt/d", "kind": "9p", "windows": "D:\\"}]
}
```

becomes

```ini path=/mnt/d/profiles/gopher/.wslconfig
[wsl2]
swapFile=D:\\profiles\\gopher\\swap.vhdx
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
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.syntax.wsl.windows_path import PATH_KEYS, paths, profile_of
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

NAMES = "HOME|USERPROFILE|USERNAME|USER|LOCALAPPDATA|APPDATA|TEMP|TMP"
VARIABLE = pattern(
    rf'%[A-Za-z_][\w()]*%|\$env:\w+|\$\{{[\w:]+\}}|\$(?:{NAMES})\b|(?<![^"])~(?=[\\/"]|\Z)', re.IGNORECASE | re.ASCII
)

# WSL finds the file through this variable, so its value is the folder of the file.
PROFILE = "userprofile"
# The folders inside the profile, unless an administrator has moved them.
BELOW_PROFILE = {
    PROFILE: "",
    "home": "",
    "~": "",
    "appdata": "\\AppData\\Roaming",
    "localappdata": "\\AppData\\Local",
    "temp": "\\AppData\\Local\\Temp",
    "tmp": "\\AppData\\Local\\Temp",
}
# The folders on the drive of Windows, which has the profiles as well unless an administrator has moved them.
BELOW_DRIVE = {
    "homedrive": "",
    "systemdrive": "",
    "systemroot": "\\Windows",
    "windir": "\\Windows",
    "programdata": "\\ProgramData",
    "programfiles": "\\Program Files",
    "public": "\\Users\\Public",
}

MESSAGE = Message(
    en="WSL does not expand {variable} in {key}, so {consequence}. Write the whole path",
    zh="WSL 不会展开 {key} 中的 {variable}，因此{consequence}。请写出完整路径",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs={WSLCONFIG: ("wslconfig", "mounts")}, only_with=PATH_KEYS)
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
        yield Finding(span, message, tuple(_fixes(scene, setting, variable.group())), severity=severity)


def _fixes(scene: Scene, setting: Setting, variable: str) -> Iterator[Fix]:
    profile = _profile(scene)
    name = variable.lower().removeprefix("$env:").strip("%${}")
    path = _value(name, profile) if profile is not None else None
    if path is not None:
        safety = Safety.SAFE if name == PROFILE else Safety.UNSAFE
        start = setting.value_span.start
        found = (match for match in VARIABLE.finditer(setting.written.raw) if match.group() == variable)
        spans = (Span(start + match.start(), start + match.end()) for match in found)
        edits = tuple(Edit(span, quoting.with_doubled_backslashes(path)) for span in spans)
        yield Fix(CHANGE_TO(value=path), edits, safety)


def _value(name: str, profile: str) -> str | None:
    """Return the usual value of a variable for a user with this profile."""
    drive, folder = profile[:2], profile[2:]
    if name == "homepath":
        return folder
    if name in BELOW_DRIVE:
        return drive + BELOW_DRIVE[name]
    below = BELOW_PROFILE.get(name)
    return None if below is None else profile + below


def _profile(scene: Scene) -> str | None:
    """Return the profile that the file is in, as Windows writes it: it can be on any drive."""
    folder = scene.file.place.rpartition("/")[0]
    mount = scene.host.mount_of(folder) if scene.snapshot is not None else None
    if mount is None or not mount.windows or not mount.windows[1:].startswith(":"):
        return profile_of(scene.file.place)
    return mount.windows.rstrip("\\") + folder.removeprefix(mount.target.rstrip("/")).replace("/", "\\")
