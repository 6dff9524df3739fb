r"""A path has no drive letter.

WSL does not look next to `.wslconfig` or in the user profile. Write the whole path, with a drive letter or a server.

## Example

```ini
[wsl2]
kernel=bzImage
```

## Example

```ini
[wsl2]
swapFile=\\wsl\\swap.vhdx
```

## Example

The profile is known from the path of your own file:

```ini path=/mnt/d/Users/gopher/.wslconfig
[wsl2]
kernel=wsl\\bzImage
```

becomes

```ini path=/mnt/d/Users/gopher/.wslconfig
[wsl2]
kernel=D:\\Users\\gopher\\wsl\\bzImage
```

## No finding

```ini
[wsl2]
kernel="D:\\wsl\\bzImage"
swapFile=\\\\server\\share\\swap.vhdx
crashDumpFolder=D:/crashes
debugConsoleLogFile=
```

## No finding

A template is not a path yet:

```ini
[wsl2]
kernel={{ kernel_path }}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING, WHEN_MISSING
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.syntax.wsl.windows_path import PATH_KEYS, is_absolute, paths, profile_of
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

# Other rules report variables, `~` and Linux paths.
ELSEWHERE = pattern(r"[%$~/]")
PLAIN = pattern(r"[A-Za-z0-9_.-]+(?:[\\/][^:]*)?\Z")

MESSAGE = Message(
    en="'{path}' has no drive letter, so {consequence}. Write the whole path, starting with the drive",
    zh="'{path}' 缺少盘符，因此{consequence}。请从盘符开始写出完整路径",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=PATH_KEYS)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    for setting in paths(file):
        if setting.known and not is_absolute(setting.value) and not ELSEWHERE.match(setting.value):
            name = setting.known.name
            message = MESSAGE(path=setting.value, consequence=WHEN_MISSING[name]())
            severity = Severity.ERROR if name in FATAL_WHEN_MISSING else Severity.WARNING
            yield Finding(setting.value_span, message, tuple(_fixes(scene, setting)), severity=severity)


def _fixes(scene: Scene, setting: Setting) -> Iterator[Fix]:
    profile = profile_of(scene.file.place)
    if profile is not None and PLAIN.match(setting.value):
        path = f"{profile}\\{setting.value}".replace("/", "\\")
        yield Fix(CHANGE_TO(value=path), (Edit(setting.value_span, quoting.file_form(path)),))
