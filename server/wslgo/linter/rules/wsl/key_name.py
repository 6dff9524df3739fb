"""A key has characters that WSL does not allow.

A key starts with a letter and consists of letters and digits: no quotes, dots, hyphens or underscores. WSL skips a line
with another key in `.wslconfig` and stops reading `wsl.conf` there.

## Example

```ini path=.wslconfig
[wsl2]
wsl2.memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=wsl.conf
[interop]
append-windows-path=false
```

becomes

```ini path=wsl.conf
[interop]
appendWindowsPath=false
```

## Example

```ini path=.wslconfig
[wsl2]
"memory"=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

No known key is similar:

```ini path=.wslconfig
[wsl2]
max_open_files=1024
```

## No finding

```ini path=.wslconfig
[wsl2]
virtio9p=false
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
from wslgo.syntax.wsl.ini import BadLine
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

WRITTEN = pattern(r"([^\s=]+)(\s*=)?")

MESSAGE = Message(
    en="'{key}' is not a valid key: {consequence}. Use letters and digits only",
    zh="'{key}' 不是有效的键名：{consequence}。键名只能由字母和数字组成",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.KEY_NAME):
        if written := next((word for word in WRITTEN.finditer(file.text, *bad.span) if word[2]), None):
            span = Span(*written.span(1))
            message = MESSAGE(key=written[1], consequence=CONSEQUENCE[file.dialect])
            yield Finding(span, message, tuple(_fixes(file, bad, span)))


def _fixes(file: IniFile, bad: BadLine, span: Span) -> Iterator[Fix]:
    written = file.text[span.start : span.end].rpartition(".")[2]
    key = nearest(re.sub(r"[^A-Za-z0-9]", "", written), {key.name for key in KEYS[file.dialect]})
    if key and is_fixed_by(file, bad, Edit(span, key)):
        yield Fix(CHANGE_TO(value=key), (Edit(span, key),), Safety.SAFE)
