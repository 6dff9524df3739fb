"""`automount.cgroups=v1` contradicts `isolateDistroCgroup` in `.wslconfig`.

Isolated control groups need cgroup v2, and isolation is on unless `.wslconfig` turns it off: WSL warns that v1 is
incompatible. Use v2, or set `isolateDistroCgroup=false`.

## Example

```ini
[automount]
cgroups=v1
```

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini
[automount]
cgroups=v1
[boot]
systemd=true
```

```ini path=.wslconfig
[wsl2]
isolateDistroCgroup=true
```

## No finding

```ini
[automount]
cgroups=v1
```

```ini path=.wslconfig
[wsl2]
isolateDistroCgroup=false
```

## No finding

The other file is not known:

```ini
[automount]
cgroups=v1
```

## No finding

```ini
[automount]
cgroups=v2
```

```ini path=.wslconfig
[wsl2]
memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="cgroup v1 does not work with isolateDistroCgroup, which is on by default. Use v2, or turn it off in .wslconfig",
    zh="cgroup v1 与默认开启的 isolateDistroCgroup 不兼容。请改用 v2，或在 .wslconfig 中将其关闭",
)
SET_HERE = Message(en="Isolation is turned on here", zh="此处开启了隔离")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("cgroups",))
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    cgroups = file.find("automount", "cgroups")
    other = scene.other(WSLCONFIG)
    if cgroups is None or cgroups.converted != "v1" or other is None:
        return
    path, wslconfig = other
    if wslconfig.is_true("wsl2", "isolateDistroCgroup") is False:
        return
    isolation = wslconfig.find("wsl2", "isolateDistroCgroup")
    # Older releases, which have no isolation, read the same file: only a written key makes it certain.
    severity = Severity.WARNING if isolation else Severity.INFORMATION
    related = (Related(isolation.value_span, SET_HERE(), path),) if isolation else ()
    fix = Fix(CHANGE_TO(value="v2"), (Edit(cgroups.value_span, "v2"),))
    yield Finding(cgroups.value_span, MESSAGE(), (fix,), related, severity=severity)
