"""go asks a module proxy of the company through the HTTP proxy, because NO_PROXY does not name it.

A proxy for the internet often cannot reach the company's own hosts, and answers with 502 or 403. After a comma in
GOPROXY go then stops: it asks the next entry only if the module is not found (404, 410). NO_PROXY is read as go reads
it: an entry is a host with its subdomains, `.corp.internal` covers only the subdomains, and `10.*`, a semicolon or a
space cover nothing. The fix adds the host wherever the proxy is set.

## Example

```bash path=.bashrc
export HTTPS_PROXY=http://proxy.corp.internal:8080
export NO_PROXY=localhost,127.0.0.1
export GOPROXY=https://goproxy.corp.internal,direct
```

becomes

```bash path=.bashrc
export HTTPS_PROXY=http://proxy.corp.internal:8080
export NO_PROXY=localhost,127.0.0.1,goproxy.corp.internal
export GOPROXY=https://goproxy.corp.internal,direct
```

## Example

```yaml path=.github/workflows/test.yml
env:
  HTTPS_PROXY: http://proxy.shop.example:8080
  GOPROXY: https://modules.shop.example
jobs: {}
```

becomes

```yaml path=.github/workflows/test.yml
env:
  NO_PROXY: localhost,127.0.0.1,modules.shop.example
  HTTPS_PROXY: http://proxy.shop.example:8080
  GOPROXY: https://modules.shop.example
jobs: {}
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {
  "HTTPS_PROXY": "http://10.1.2.3:8080", "NO_PROXY": "10.*", "GOPROXY": "https://10.1.2.4:3000"
}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {
  "HTTPS_PROXY": "http://10.1.2.3:8080", "NO_PROXY": "10.*,10.1.2.4", "GOPROXY": "https://10.1.2.4:3000"
}}]}
```

## No finding

```bash path=.bashrc
export HTTPS_PROXY=http://proxy.corp.internal:8080
export NO_PROXY=localhost,.corp.internal
export GOPROXY=https://goproxy.corp.internal,direct
```

## No finding

The module proxy is not one of a company:

```bash path=.bashrc
export HTTPS_PROXY=http://proxy.corp.internal:8080
export NO_PROXY=localhost
export GOPROXY=https://goproxy.cn,direct
```

## No finding

The environment has the exception, which no file sets:

```bash path=.bashrc host=china-company
export HTTPS_PROXY=http://proxy.corp.example.cn:8080
export GOPROXY=https://goproxy.corp.example.cn,direct
```

## No finding

What NO_PROXY has is not known:

```bash path=.bashrc
export HTTPS_PROXY=http://proxy.corp.internal:8080
export NO_PROXY="$NO_PROXY,localhost"
export GOPROXY=https://goproxy.corp.internal,direct
```

## No finding

A program on this computer, which connects to any host itself:

```bash path=.bashrc
export HTTPS_PROXY=http://127.0.0.1:7890
export GOPROXY=https://goproxy.corp.internal,direct
```

## No finding

Another entry of the file has the proxy:

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "env": {"HTTPS_PROXY": "http://proxy.corp.internal:8080"}},
  {"type": "go", "request": "launch", "env": {"GOPROXY": "https://goproxy.corp.internal"}}
]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span
from wslgo.goenv.mention import mentions_proxy
from wslgo.goenv.proxy_chain import usable_proxies
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import IS_SET_HERE
from wslgo.syntax.file import File
from wslgo.text.message import Message

MESSAGE = Message(
    en="go asks {host} through the proxy {proxy}. If the proxy does not reach it, go stops. Add it to NO_PROXY",
    zh="go 通过代理 {proxy} 访问 {host}。如果该代理无法到达它，go 会就此停止。请将其加入 NO_PROXY",
)
TITLE = Message(en="Add {host} to NO_PROXY", zh="将 {host} 加入 NO_PROXY")


@assignment_rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=("home", "network.proxies"), dimension="network")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    entries = usable_proxies(assignment)
    if entries is None or not any(file.ask(_names_a_proxy) for file in (scene.file, *scene.others)):
        return
    from wslgo.goenv.http_proxies import (
        exclusion_edits,
        is_exception,
        reaching,
        variables_of,
    )  # few files have a proxy beside
    from wslgo.machine import proxies

    found = reaching(assignment, scene.file, scene.others, scene.host)
    variables = variables_of(each for each, _ in found)
    if variables and not assignment.is_elsewhere and not any(is_exception(each.name) for each in variables):
        variables = (*variables, *(each for each in scene.host.network.proxies if is_exception(each.name)))
    for entry in entries.entries if variables else ():
        used = proxies.proxy_for_module_proxy(entry, variables or ())
        if used is None or entry.target is None or not proxies.is_of_company(entry, used.value):
            continue
        host = proxies.host_of(entry.target.host)
        setting = [(each, file) for each, file in found if each.name == used.name]
        edits = tuple(
            edit if file is scene.file else edit._replace(path=each.path)
            for each, file in setting
            for edit in exclusion_edits(each, file, host)
        )
        fixes = (Fix(TITLE(host=host), edits),) if edits else ()
        related = tuple(Related(each.value_span, IS_SET_HERE(name=each.name), each.path) for each, _ in setting)
        message = MESSAGE(host=entry.target.host, proxy=used.value)
        yield Finding(part_span(assignment, entry.span), message, fixes, related)


def _names_a_proxy(file: File) -> bool:
    return mentions_proxy(file.source.text)
