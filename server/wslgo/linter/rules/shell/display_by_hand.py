"""`DISPLAY` is set to an X server on Windows, although WSLg has its own.

WSLg sets `DISPLAY=:0` for every shell. With an address in front, windows go to an X server on Windows instead: if none
runs there, programs end with "cannot open display". The address is often wrong as well: `resolv.conf` names the DNS
tunnel, not Windows. Remove the line, or keep it if you use such a server and set `guiApplications=false`.

## Example

```bash path=.bashrc
export EDITOR=vim
export DISPLAY=$(grep nameserver /etc/resolv.conf | awk '{print $2}'):0
```

becomes

```bash path=.bashrc
export EDITOR=vim
```

## Example

```bash path=.bashrc
export DISPLAY="$(ip route show default | awk '{print $3}'):0.0"
```

## Example

```bash path=.profile
DISPLAY=172.20.112.1:0
export DISPLAY
```

## Example

```bash path=.zshrc
export DISPLAY=localhost:0.0
```

## No finding

This is what WSLg sets:

```bash path=.bashrc
export DISPLAY=:0
```

## No finding

```bash path=.bashrc
if [ ! -d /mnt/wslg ]; then
  export DISPLAY=$(grep nameserver /etc/resolv.conf | awk '{print $2}'):0
fi
[ -z "$DISPLAY" ] && export DISPLAY=172.20.112.1:0
```

## No finding

```bash path=.bashrc
export DISPLAY=172.20.112.1:0
```

```ini path=.wslconfig
[wsl2]
guiApplications=false
```

## No finding

Another machine, or an SSH connection:

```bash path=.bashrc
export DISPLAY=192.168.7.20:0
export DISPLAY=localhost:10.0
```

## No finding

```bash path=.bashrc host=wsl-1
export DISPLAY=localhost:0
```
"""

from collections.abc import Iterator

from wslgo.linter.displays import DISPLAY_NEEDS, has_wslg
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import removable_line, shell_of
from wslgo.linter.titles import REMOVE_LINE
from wslgo.syntax.family import SHELL
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit

MENTION = pattern(r"\bDISPLAY=")
# The address of Windows: where scripts look for it, and the addresses that it has on WSL.
SOURCE = pattern(r"resolv\.conf|\bip (?:-4 )?r(?:oute)?\b")
ADDRESS = pattern(r"172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9]{1,3}\.[0-9]{1,3}|localhost|127\.0\.0\.1|host\.docker\.internal")
FIRST_DISPLAY = ("0", "0.0")

MESSAGE = Message(
    en="WSLg sets DISPLAY=:0; {value} sends windows to an X server on Windows, if one runs there. Remove the line",
    zh="WSLg 会设置 DISPLAY=:0；{value} 会把窗口发往 Windows 上的 X 服务器（若有）。请删除此行",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, needs={SHELL: DISPLAY_NEEDS})
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None or not has_wslg(scene):
        return
    for assignment in tree.assignments:
        start, end = assignment.word.span
        if assignment.name == "DISPLAY" and assignment.is_certain and _is_on_windows(text[start:end]):
            line = removable_line(tree, assignment, text)
            fixes = (Fix(REMOVE_LINE(), (Edit(line, ""),)),) if line else ()
            severity = Severity.WARNING if scene.host.wslg.folder else None
            message = MESSAGE(value=text[start:end].strip('"'))
            yield Finding(assignment.word.span, message, fixes, severity=severity, about="wslg.display")


def _is_on_windows(value: str) -> bool:
    host, _, display = value.strip('"').rpartition(":")
    is_command = host.startswith(("$(", "`")) and SOURCE.search(host)
    return display in FIRST_DISPLAY and bool(is_command or ADDRESS.fullmatch(host))
