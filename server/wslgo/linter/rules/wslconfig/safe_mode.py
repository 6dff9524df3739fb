"""`safeMode=true` starts WSL with nearly everything turned off.

It is meant for repairing a distribution that no longer starts: no network, no Windows drives, no swap, no GPU, no
GUI windows, no systemd, no Windows programs. Turn it off when you are done.

## Example

```ini
[wsl2]
safeMode=true
```

becomes

```ini
[wsl2]
safeMode=false
```

## No finding

```ini
[wsl2]
safeMode=false
```

## No finding

```ini
[wsl2]
# safeMode=true
memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="Safe mode is on: WSL starts without network, Windows drives, swap, GPU and systemd. Turn it off when done",
    zh="安全模式已开启：WSL 启动后没有网络、Windows 驱动器、交换空间、GPU 和 systemd。修复完成后请将其关闭",
)
TITLE = Message(en="Turn safe mode off", zh="关闭安全模式")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("safemode",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "safeMode")
    if setting is not None and setting.converted == "true":
        yield Finding(setting.value_span, MESSAGE(), (Fix(TITLE(), (Edit(setting.value_span, "false"),)),))
