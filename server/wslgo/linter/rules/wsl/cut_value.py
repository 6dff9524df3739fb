r"""A `#` in a value starts a comment and cuts the value off.

WSL starts a comment at every `#` outside double quotes, even without a space before it and inside single quotes. It
silently drops the rest of the value. Put the whole value in double quotes.

## Example

```ini path=wsl.conf
[boot]
command=echo '# by WSL' > /etc/motd
```

becomes

```ini path=wsl.conf
[boot]
command="echo '# by WSL' > /etc/motd"
```

## Example

```ini path=wsl.conf
[boot]
command=test ${#HOSTNAME} -gt 1 # a comment
```

becomes

```ini path=wsl.conf
[boot]
command="test ${#HOSTNAME} -gt 1" # a comment
```

## Example

The second quote looks like an opening one, but to WSL it closes:

```ini path=wsl.conf
[boot]
command="echo "# by WSL" > /etc/motd"
```

becomes

```ini path=wsl.conf
[boot]
command="echo \"# by WSL\" > /etc/motd"
```

## Example

```ini path=.wslconfig
[wsl2]
swapFile=D:\\c#\\swap.vhdx # on the big disk
```

becomes

```ini path=.wslconfig
[wsl2]
swapFile="D:\\c#\\swap.vhdx" # on the big disk
```

## No finding

```ini path=wsl.conf
[boot]
command="echo '# by WSL' > /etc/motd"
[user]
default=gopher # that is me, isn't it
[automount]
options="metadata"# mode bits
```

## No finding

```ini path=.wslconfig
[wsl2]
kernel=C:\\wsl\\bzImage # my own
swapFile="D:\\c#\\swap.vhdx"#quoted
memory=8GB#enough
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import QUOTE_VALUE
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.ini import is_good_line
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.syntax.wsl.quoting import Cut
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="WSL starts a comment at this # and reads only '{value}'. Put the value in double quotes",
    zh="WSL 会把这个 # 当作注释的开头，只读到 '{value}'。请用双引号括住整个值",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("#",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind in (Kind.PATH, Kind.STRING) and setting.verdict is Verdict.ACCEPTED:
            cut = quoting.cut(file, setting)
            if cut is not None:
                # Of a path the rest is missing, and without some files WSL does not start.
                severity = Severity.ERROR if setting.known.name in FATAL_WHEN_MISSING else Severity.WARNING
                fixes = tuple(_fixes(file, setting, cut))
                yield Finding(cut.sign, MESSAGE(value=setting.value), fixes, severity=severity)


def _fixes(file: IniFile, setting: Setting, cut: Cut) -> Iterator[Fix]:
    quoted = quoting.with_quotes(cut.meant)
    if is_good_line(f"{setting.key}={quoted}", file.dialect):
        yield Fix(QUOTE_VALUE(), (Edit(cut.span, quoted),))
