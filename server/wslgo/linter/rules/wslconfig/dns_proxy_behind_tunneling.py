"""`dnsProxy=false` has an effect only if DNS tunneling is off.

Tunneling has been the default since WSL 2.2.1 on Windows 11, and with it WSL ignores `dnsProxy`. Set
`dnsTunneling=false` as well.

## Example

```ini
[wsl2]
dnsProxy=false
```

becomes

```ini
[wsl2]
dnsProxy=false
dnsTunneling=false
```

## No finding

```ini
[wsl2]
dnsProxy=false
dnsTunneling=false
```

## No finding

```ini
[wsl2]
dnsProxy=true
```

## No finding

Another rule reports a mode that certainly overrides it:

```ini
[wsl2]
networkingMode=mirrored
dnsProxy=false
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import NAT, holder, networking_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="dnsProxy=false has no effect with DNS tunneling, the default since WSL 2.2.1. Set dnsTunneling=false as well",
    zh="启用 DNS 隧道时 dnsProxy=false 不起作用，而自 WSL 2.2.1 起默认启用 DNS 隧道。请同时设置 dnsTunneling=false",
)
TITLE = Message(en="Set dnsTunneling=false", zh="设置 dnsTunneling=false")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, only_with=("dnsproxy",), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "dnsProxy")
    if setting is None or setting.converted != "false":
        return
    if networking_mode(file) == NAT and holder(file, "wsl2", "dnsTunneling") is None:
        fix = Fix(TITLE(), (edit.assignment(file, "wsl2", "dnsTunneling", "false"),))
        yield Finding(setting.key_span, MESSAGE(), (fix,))
