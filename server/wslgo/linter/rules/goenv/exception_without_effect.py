"""An entry of NO_PROXY excludes no host for go.

Only a comma separates entries: with a semicolon or a space between them, several are one. An entry is a host, which
covers its subdomains, an address, or a network such as `10.0.0.0/8`. It has no scheme, no `10.*` and no `<local>`, as
in the settings of Windows. go then uses the proxy for the hosts that it seems to exclude.

## Example

```bash path=.bashrc
export NO_PROXY="localhost;.corp.internal;10.*"
```

becomes

```bash path=.bashrc
export NO_PROXY="localhost,.corp.internal,10.0.0.0/8"
```

## Example

```yaml path=.github/workflows/test.yml
env:
  NO_PROXY: 'https://goproxy.corp.internal,192.168.*'
```

becomes

```yaml path=.github/workflows/test.yml
env:
  NO_PROXY: 'goproxy.corp.internal,192.168.0.0/16'
```

## Example

```properties path=/etc/environment
no_proxy="localhost,*corp.internal,<local>"
```

becomes

```properties path=/etc/environment
no_proxy="localhost,.corp.internal"
```

## No finding

```bash path=.bashrc
export NO_PROXY=" localhost , .corp.internal,*.corp.example, 10.0.0.0/8,[fd00::1]:443,"
export no_proxy=*
```

## No finding

Only a running shell knows the value:

```bash path=.bashrc
export NO_PROXY="$OTHERS;localhost"
```
"""

from collections.abc import Iterator

from wslgo.goenv.edit import part_span, value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source

MESSAGE = Message(
    en="go excludes no host for '{entry}' in {name}: write hosts, addresses and networks, separated by commas",
    zh="{name} 中的 '{entry}' 对 go 不排除任何主机：请写主机、地址和网络，并用逗号分隔",
)
TITLE = Message(en="Write {name} as go reads it", zh="将 {name} 改为 go 能读取的写法")

_SEPARATOR = pattern(r"[\s;|，；、｜]+")
_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*://")
_GLOB = pattern(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}(?:\.\*)+")
_WORD = "<local>"
_NETWORK = pattern(r"[0-9A-Fa-f.:]+/[0-9]{1,3}")
_DOMAIN = pattern(r"\*(?=[A-Za-z0-9])")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, by_entry=True, dimension="network")
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    from wslgo.goenv.mention import mentions_proxy

    if not mentions_proxy(source.text):
        return
    from wslgo.goenv.http_proxies import effective_proxies, is_exception  # few files set a proxy
    from wslgo.syntax.go.no_proxy import exclusions

    for assignment in effective_proxies(scene.file, scene.others):
        if not is_exception(assignment.name) or not assignment.value:
            continue
        entries = tuple(exclusions(assignment.value))
        dead = next((entry for entry in entries if _meant(entry.text) != (entry.text,)), None)
        if dead is None:
            continue
        meant = ",".join(dict.fromkeys(part for entry in entries for part in _meant(entry.text)))
        edit = value_edit(assignment, meant) if meant else None
        fixes = (Fix(TITLE(name=assignment.name), (edit,)),) if edit is not None else ()
        span = part_span(assignment, dead.span)
        yield Finding(span, MESSAGE(entry=dead.text, name=assignment.name), fixes)


def _meant(entry: str) -> tuple[str, ...]:
    """Return what an entry must mean, itself if go can use it."""
    return tuple(meant for part in _SEPARATOR.split(entry) if (meant := _host(part)))


def _host(part: str) -> str:
    if part == _WORD:
        return ""
    scheme = _SCHEME.match(part)
    if scheme is not None:
        part = part[scheme.end() :]
    if "/" in part and not _NETWORK.fullmatch(part):
        part = part.partition("/")[0]
    if _GLOB.fullmatch(part):
        numbers = [number for number in part.split(".") if number != "*"]
        return f"{'.'.join([*numbers, '0', '0', '0'][:4])}/{8 * len(numbers)}"
    return _DOMAIN.sub(".", part, count=1) if _DOMAIN.match(part) else part
