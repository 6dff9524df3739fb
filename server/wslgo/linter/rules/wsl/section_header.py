"""A section header is not valid.

WSL allows only one word of letters and digits between `[` and `]`, without spaces. It assigns the settings after an
invalid header to no section, or to one with a mangled name, so all of them are lost.

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

No known section is similar:

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
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, is_fixed_by, lines_with
from wslgo.syntax.wsl.ini import BLANKS, BadLine
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

# Includes everything that only looks like spaces: to WSL a form feed or U+0085 after the header is text.
WRITTEN = pattern(r"\[[^\]#\r\n]*(?:\]|[^\S\r\n])*")

MESSAGE = Message(
    en="The section header is not valid: {consequence}. Write [name] with letters and digits only",
    zh="节标题无效：{consequence}。请写成 [名称]，只能由字母和数字组成",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.HEADER):
        if match := WRITTEN.search(file.text, *bad.span):
            written = match.group().rstrip(BLANKS)
            span = Span(match.start(), match.start() + len(written))
            message = MESSAGE(consequence=CONSEQUENCE[file.dialect])
            yield Finding(span, message, tuple(_fixes(file, bad, span, written)))


def _fixes(file: IniFile, bad: BadLine, span: Span, written: str) -> Iterator[Fix]:
    word = re.sub(r"[^A-Za-z0-9]", "", written)
    section = nearest(word, {key.section for key in KEYS[file.dialect]})
    edit = Edit(span, f"[{section}]")
    if section and is_fixed_by(file, bad, edit):
        yield Fix(CHANGE_TO(value=f"[{section}]"), (edit,), Safety.SAFE)
