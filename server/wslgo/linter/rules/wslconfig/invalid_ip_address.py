"""An address is not a valid IPv4 address.

WSL needs four numbers with dots, without a port. An invalid `dnsTunnelingIpAddress` also turns DNS tunneling off.

## Example

```ini
[experimental]
dnsTunnelingIpAddress=10.255.255.1:53
```

becomes

```ini
[experimental]
dnsTunnelingIpAddress=10.255.255.1
```

## Example

```ini
[experimental]
dnsTunnelingIpAddress=fd00::53
```

## No finding

```ini
[experimental]
dnsTunnelingIpAddress=10.255.255.1
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import value
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

PORT_OR_END = pattern(r"[:/]\d+$|(?<![\s;,])[\s;,]+$")

MESSAGE = Message(
    en="'{value}' is not an IPv4 address, so WSL turns DNS tunneling off. Write an address like 10.255.255.254",
    zh="'{value}' 不是 IPv4 地址，WSL 会因此关闭 DNS 隧道。请写成 10.255.255.254 这样的地址",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=("dnstunnelingipaddress",), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.IPV4 and setting.verdict is Verdict.REJECTED:
            yield Finding(setting.value_span, MESSAGE(value=setting.value), tuple(_fixes(setting)))


def _fixes(setting: Setting) -> Iterator[Fix]:
    bare = PORT_OR_END.sub("", half_width(setting.value).strip(" \t'\""))
    octets = ".".join(octet.lstrip("0") or "0" for octet in bare.split("."))
    if value.ipv4(octets):
        yield Fix(CHANGE_TO(value=octets), (Edit(setting.value_span, octets),), Safety.SAFE)
