"""go reads the address of a proxy as another one, or as none.

In the user or the password some signs need a code: `CORP\\me` is written as `CORP%5Cme`, `#` as `%23`, `/` as `%2F`.
Without it go looks for a proxy called `http`, or connects without any proxy and reports nothing. It knows the schemes
`http`, `https`, `socks5` and `socks5h`, and reads no script (PAC).

## Example

```bash path=.bashrc
export HTTPS_PROXY='http://CORP\\me:pass#word@proxy.corp.example:8080'
```

becomes

```bash path=.bashrc
export HTTPS_PROXY='http://CORP%5Cme:pass%23word@proxy.corp.example:8080'
```

## Example

```properties path=/etc/environment
ALL_PROXY=socks://10.1.2.3:1080
```

becomes

```properties path=/etc/environment
ALL_PROXY=socks5://10.1.2.3:1080
```

## Example

```yaml path=.github/workflows/test.yml
env:
  HTTPS_PROXY: http:/proxy.corp.example:8080
```

becomes

```yaml path=.github/workflows/test.yml
env:
  HTTPS_PROXY: http://proxy.corp.example:8080
```

## Example

A script that names the proxy:

```bash path=.bashrc
export HTTPS_PROXY=http://wpad.corp.example/proxy.pac
```

## No finding

```bash path=.bashrc
export HTTPS_PROXY=http://me:pa%23ss@proxy.corp.example:8080
export http_proxy=10.1.2.3:8080 ALL_PROXY=socks5h://127.0.0.1:1080
export NO_PROXY='CORP\\me'
```

## No finding

Only a running shell knows the value:

```bash path=.bashrc
export HTTPS_PROXY="http://$USER:$PASSWORD@proxy.corp.example:8080"
```

## No finding

```yaml path=compose.yaml
services:
  api:
    environment:
      HTTPS_PROXY: "http://{{ proxy }}:8080"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.source import Source

OTHER = Message(
    en="go reads {name} as a proxy called '{host}', so every connection fails",
    zh="go 把 {name} 读作名为 '{host}' 的代理，所有连接都会失败",
)
NONE = Message(
    en="go cannot read {name} and uses no proxy, without an error",
    zh="go 无法读取 {name}，因此不使用代理，也不报告错误",
)
SCHEME = Message(
    en="go knows no proxy of the scheme {scheme} ({name}): write http, https, socks5 or socks5h",
    zh="go 不支持 {scheme} 类型的代理（{name}）：请使用 http、https、socks5 或 socks5h",
)
SCRIPT = Message(
    en="{name} names a script, which go does not read: name the proxy that it returns, or run a program such as px",
    zh="{name} 中是脚本，而 go 不读取脚本：请写它返回的代理，或者运行 px 之类的程序",
)
CODES = Message(en="Write it as go reads it", zh="改为 go 能读取的写法")

_SCHEMES = ("http", "https", "socks5", "socks5h")
_TEMPLATE = "{{"  # another program writes the value before go gets it
_WORDS = ("http", "https", "socks5", "socks")
_TORN = pattern(r"(https?|socks5h?)(?::/|//|:(?=[A-Za-z]))(?!/)")
_PARTS = pattern(r"([A-Za-z][A-Za-z0-9+.-]*://)?(?:(.*)@)?([^@/\s]+)(/?)\Z")
_ENCODED = pattern(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._:~!$&'()*+,;=%-]")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, by_entry=True, dimension="network")
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    from wslgo.goenv.mention import mentions_proxy

    if not mentions_proxy(source.text):
        return
    from wslgo.goenv.http_proxies import effective_proxies, is_exception  # few files set a proxy

    for assignment in effective_proxies(scene.file, scene.others):
        message = None if is_exception(assignment.name) else _message(assignment)
        if message is not None:
            yield Finding(assignment.value_span, message, tuple(_fixes(assignment)))


def _message(assignment: Assignment) -> Text | None:
    from wslgo.machine.proxies import host_of, is_script
    from wslgo.syntax.go import http_proxy

    value, name = assignment.value, assignment.name
    if not value or _TEMPLATE in value:
        return None
    if is_script(value):
        return SCRIPT(name=name)
    found = http_proxy.parse(value)
    if found is None:
        return NONE(name=name)
    host = host_of(found.host)
    if host.lower() in _WORDS:
        return OTHER(name=name, host=host)
    return None if found.scheme in _SCHEMES else SCHEME(scheme=found.scheme, name=name)


def _fixes(assignment: Assignment) -> Iterator[Fix]:
    """Yield the fix if go then reads the proxy that follows the last `@`."""
    value = assignment.value or ""
    meant = _meant(value.strip().strip("\"'"))
    edit = value_edit(assignment, meant) if meant is not None and meant != value else None
    if edit is not None:
        yield Fix(CODES(), (edit,))


def _meant(value: str) -> str | None:
    from wslgo.machine.proxies import is_script
    from wslgo.syntax.go import http_proxy

    torn = _TORN.match(value)
    text = f"{torn[1]}://{value[torn.end() :]}" if torn is not None and "://" not in value else value
    parts = _PARTS.match(text)
    if parts is None or is_script(value):
        return None
    scheme, user, host, slash = parts.groups()
    scheme = "socks5://" if scheme in ("socks://", "socks4://") else scheme or "http://"
    login = "" if user is None else _ENCODED.sub(lambda sign: _codes(sign[0]), user) + "@"
    meant = f"{scheme}{login}{host}{slash}"
    found = http_proxy.parse(meant)
    return meant if found is not None and found.host == host and found.scheme in _SCHEMES else None


def _codes(signs: str) -> str:
    return "".join(f"%{byte:02X}" for byte in signs.encode("utf-8", "surrogateescape"))
