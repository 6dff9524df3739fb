"""A start-up file takes the name server in `/etc/resolv.conf` for the address of Windows.

That was so in the first years of WSL 2. Since WSL 2.2.1 DNS goes through a tunnel, and `resolv.conf` names
`10.255.255.254`, where no proxy and no X server listens. In NAT mode Windows is the default gateway; in mirrored mode
it is `127.0.0.1`.

## Example

```bash path=.bashrc
export HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
export http_proxy="http://$HOST_IP:7890"
```

becomes

```bash path=.bashrc
export HOST_IP=$(ip route show default | awk '{print $3; exit}')
export http_proxy="http://$HOST_IP:7890"
```

## Example

```bash path=.zshrc host=ubuntu-24.04-mirrored
windows=`cat /etc/resolv.conf | grep nameserver | cut -d' ' -f2`
```

becomes

```bash path=.zshrc
windows=127.0.0.1
```

## Example

Text in single quotes cannot hold the quotes of the usual command:

```bash path=.bashrc
alias proxy='export http_proxy=http://$(tail -1 /etc/resolv.conf | cut -d" " -f2):7890'
```

## No finding

```bash path=.bashrc
export HOST_IP=$(ip route show default | awk '{print $3; exit}')
dns() { cat /etc/resolv.conf; }
suffix=$(awk '/^search/ {print $2}' /etc/resolv.conf)
# HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
```

## No finding

Without the tunnel, it is the address of Windows:

```bash path=.bashrc
export HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
```

```ini path=.wslconfig
[wsl2]
dnsTunneling=false
```

## No finding

```bash path=.bashrc host=windows-10
export HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
```

## No finding

Another rule is about the display:

```bash path=.bashrc
export DISPLAY=$(grep nameserver /etc/resolv.conf | awk '{print $2}'):0
```
"""

from collections.abc import Iterator

from wslgo.linter.displays import ADDRESS_NEEDS, DISPLAY_NEEDS, TUNNEL, has_tunnel, has_wslg, is_mirrored
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import SHELL
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.script import Shell

MENTION = pattern(r"\bresolv\.conf\b")
# A command that takes the address out of the file, and one that takes something else.
ADDRESS = pattern(r"nameserver|\b(?:awk|cut|sed|tail)\b")
OTHER = pattern(r"\b(?:search|domain|options)\b")
GATEWAY = "$(ip route show default | awk '{print $3; exit}')"
LOOPBACK = "127.0.0.1"
SINGLE, QUOTE = "single", "'"

MESSAGE = Message(
    en="resolv.conf names the DNS tunnel ({tunnel}), not Windows. Use the default gateway",
    zh="resolv.conf 中是 DNS 隧道（{tunnel}），不是 Windows。请改用默认网关",
)
MIRRORED = Message(
    en="resolv.conf names the DNS tunnel ({tunnel}), not Windows. In mirrored mode use {loopback}",
    zh="resolv.conf 中是 DNS 隧道（{tunnel}），不是 Windows。镜像模式下请使用 {loopback}",
)


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    subject=RuleSubject.SOURCE,
    needs={SHELL: (*DISPLAY_NEEDS, *ADDRESS_NEEDS)},
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None or not has_tunnel(scene):
        return
    from wslgo.syntax.shell.substitutions import substitutions  # few shell files need it

    displays = [found.word.span for found in tree.assignments if found.name == "DISPLAY" and has_wslg(scene)]
    for span in substitutions(tree, text):
        is_read = MENTION.search(text, *span) and ADDRESS.search(text, *span)
        is_address = is_read and not OTHER.search(text, *span)
        if is_address and not _is_inside(span, displays):
            yield _finding(span, is_mirrored(scene), _is_single_quoted(span, tree))


def _finding(span: Span, is_mirrored: bool, is_quoted: bool) -> Finding:
    value = LOOPBACK if is_mirrored else GATEWAY
    message = MIRRORED(tunnel=TUNNEL, loopback=LOOPBACK) if is_mirrored else MESSAGE(tunnel=TUNNEL)
    fix = Fix(CHANGE_TO(value=value), (Edit(span, value),))
    return Finding(span, message, () if is_quoted and QUOTE in value else (fix,))


def _is_single_quoted(span: Span, tree: "Shell") -> bool:
    """Return whether a substitution is text in single quotes, as in an alias: it can have none of its own."""
    pieces = (piece for command in tree.commands for word in command.words for piece in word.pieces)
    return any(
        piece.start <= span.start < piece.end and piece.quoting.value == SINGLE and span.end <= piece.end
        for piece in pieces
    )


def _is_inside(span: Span, others: list[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)
