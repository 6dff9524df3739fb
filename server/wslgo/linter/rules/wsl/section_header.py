"""A section header is written in a way that WSL refuses.

Between `[` and `]` WSL wants one word of letters and digits, without blanks. After a bad header the settings below
belong to no section or to one with a mangled name, so all of them are lost.

## Example

```ini path=.wslconfig
[ wsl2 ]
memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=wsl.conf
[boot
systemd=true
```

becomes

```ini path=wsl.conf
[boot]
systemd=true
```

## Example

```ini path=.wslconfig
[wsl 2]
memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

No section is near, so there is nothing to put in its place:

```ini path=.wslconfig
[my-section]
```

## No finding

```ini path=.wslconfig
  [wsl2] # comment
[experimental]
```
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Slip, is_cured, slips
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import BLANKS, BadLine
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

# With all that only looks like blanks: to WSL a form feed or U+0085 behind the header is text.
WRITTEN = pattern(r"\[[^\]#\r\n]*(?:\]|[^\S\r\n])*")

MESSAGE = Message(
    en="WSL takes no such section header: it wants [ and ] around one word of letters and digits; {consequence}",
    zh="WSL 不接受这样的节标题：方括号内只能是一个由字母和数字组成的单词；{consequence}",
)
TITLE = Message(en="Write [{section}]", zh="改为 [{section}]")


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in slips(file, Slip.HEADER):
        if match := WRITTEN.search(file.text, *bad.span):
            written = match.group().rstrip(BLANKS)
            span = Span(match.start(), match.start() + len(written))
            message = MESSAGE(consequence=CONSEQUENCE[file.dialect])
            yield Finding(span, message, tuple(_fixes(file, bad, span, written)))


def _fixes(file: IniFile, bad: BadLine, span: Span, written: str) -> Iterator[Fix]:
    word = re.sub(r"[^A-Za-z0-9]", "", written)
    section = nearest(word, {key.section for key in KEYS[file.dialect]})
    edit = Edit(span, f"[{section}]")
    if section and is_cured(file, bad, edit):
        yield Fix(TITLE(section=section), (edit,), Safety.SAFE)
