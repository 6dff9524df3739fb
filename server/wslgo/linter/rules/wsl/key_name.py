"""A key has characters that WSL does not allow.

A key is letters and digits and begins with a letter: no quotes, dots, hyphens or underscores.

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

Nothing is near:

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
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Slip, is_cured, slips
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import BadLine
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

WRITTEN = pattern(r"([^\s=]+)(\s*=)?")

MESSAGE = Message(
    en="'{key}' is no key for WSL, which allows only letters and digits there; {consequence}",
    zh="'{key}' 不是合法的键名，WSL 只允许字母和数字；{consequence}",
)
TITLE = Message(en="Write {key}", zh="改为 {key}")


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in slips(file, Slip.KEY_NAME):
        if written := next((word for word in WRITTEN.finditer(file.text, *bad.span) if word[2]), None):
            span = Span(*written.span(1))
            message = MESSAGE(key=written[1], consequence=CONSEQUENCE[file.dialect])
            yield Finding(span, message, tuple(_fixes(file, bad, span)))


def _fixes(file: IniFile, bad: BadLine, span: Span) -> Iterator[Fix]:
    written = file.text[span.start : span.end].rpartition(".")[2]
    key = nearest(re.sub(r"[^A-Za-z0-9]", "", written), {key.name for key in KEYS[file.dialect]})
    if key and is_cured(file, bad, Edit(span, key)):
        yield Fix(TITLE(key=key), (Edit(span, key),), Safety.SAFE)
