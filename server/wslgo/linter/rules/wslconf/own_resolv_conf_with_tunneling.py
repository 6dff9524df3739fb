"""`generateResolvConf=false` contradicts `dnsTunneling=true` in `.wslconfig`.

Programs use the tunnel through the name server that WSL writes into `/etc/resolv.conf`. Your own file bypasses the
tunnel, unless it names `10.255.255.254`.

## Example

```ini
[network]
generateResolvConf=false
```

```ini path=.wslconfig
[wsl2]
dnsTunneling=true
```

## No finding

Without `dnsTunneling=true`, your own file is a choice like any other:

```ini
[network]
generateResolvConf=false
```

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## No finding

```ini
[network]
generateResolvConf=true
```

```ini path=.wslconfig
[wsl2]
dnsTunneling=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="Your own resolv.conf bypasses the tunnel: dnsTunneling=true in .wslconfig needs the one that WSL generates",
    zh="自行编写的 resolv.conf 会绕过 DNS 隧道：.wslconfig 中的 dnsTunneling=true 依赖 WSL 生成的 resolv.conf",
)
SET_HERE = Message(en="Tunneling is turned on here", zh="此处开启了 DNS 隧道")
TITLE = Message(en="Let WSL generate resolv.conf", zh="让 WSL 生成 resolv.conf")


@rule(Severity.HINT, fixable=Safety.UNSAFE, only_with=("generateresolvconf",), dimension="network")
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    setting = file.find("network", "generateResolvConf")
    other = scene.other(WSLCONFIG)
    if setting is None or setting.converted != "false" or other is None:
        return
    path, wslconfig = other
    tunneling = wslconfig.find("wsl2", "dnsTunneling")
    if tunneling is not None and tunneling.converted == "true":
        fix = Fix(TITLE(), (Edit(setting.value_span, "true"),))
        related = (Related(tunneling.value_span, SET_HERE(), path),)
        yield Finding(setting.value_span, MESSAGE(), (fix,), related)
