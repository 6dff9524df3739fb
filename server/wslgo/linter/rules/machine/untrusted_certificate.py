"""A server of Go modules or toolchains has a certificate of a CA that is unknown here.

Companies that inspect TLS sign for every host with a CA of their own, which they install in Windows alone: go then
reports `x509: certificate signed by unknown authority`. `wslgo provision` trusts the certificate here if Windows trusts
it, or if `--certificate` names it. Do not set GOINSECURE: with it go accepts any server.

## Example

```json host
{"network": {"answers": [
  {
    "url": "https://goproxy.example",
    "problem": "certificate: unable to get local issuer certificate",
    "distrust": "unable to get local issuer certificate"
  }
]}}
```

becomes

```json host
{"network": {"answers": [{"url": "https://goproxy.example"}]}}
```

## No finding

It does not answer at all:

```json host
{"network": {"answers": [{"url": "https://goproxy.example", "problem": "no answer in time"}]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="{urls}: not trusted here ({words}), so go reports x509: certificate signed by unknown authority",
    zh="{urls}：此处不信任其证书（{words}）：go 会报告 x509: certificate signed by unknown authority",
)
TRUST = Message(
    en="if your company's network signs for it: save the company's certificate as FILE, then type: {command}",
    zh="如果由公司网络为其签名：将公司的证书保存为 FILE，然后输入：{command}",
)
TAKE_OVER = Message(
    en="if Windows trusts it, type: {first}; if not, save your company's certificate as FILE and type: {command}",
    zh="如果 Windows 信任它，输入：{first}；否则将公司的证书保存为 FILE，然后输入：{command}",
)
OF_WINDOWS, OF_FILE = "wslgo provision --only certificates", "wslgo provision --certificate FILE"


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers", "wsl.has_interop"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    distrusted = [answer for answer in host.network.answers or () if answer.distrust]
    if distrusted:
        urls = tuple(dict.fromkeys(answer.url for answer in distrusted))
        # Only a program of Windows knows what Windows trusts.
        step = TAKE_OVER(first=OF_WINDOWS, command=OF_FILE) if host.wsl.has_interop else TRUST(command=OF_FILE)
        yield machine_finding(MESSAGE(urls=urls, words=distrusted[0].distrust), step)
