"""A setting has no `=`.

WSL needs `key=value`. It skips a line like YAML's `key: value` or the shell's `key value` in `.wslconfig`, and stops
reading `wsl.conf` there.

## Example

```ini path=wsl.conf
[interop]
enabled: true
```

becomes

```ini path=wsl.conf
[interop]
enabled=true
```

## Example

```ini path=.wslconfig
[wsl2]
memory 8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

Plain text, which wslgo cannot fix:

```ini path=.wslconfig
settings for work
```

## No finding

```ini path=.wslconfig
[wsl2]
kernelCommandLine = cgroup_no_v1=all
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

WRITTEN = pattern(r"([A-Za-z][A-Za-z0-9]*)(?:(\s*:\s*|\s+)([^\r\n]*))?")

MESSAGE = Message(
    en="'{key}' is not followed by =: {consequence}",
    zh="'{key}' 后面没有 =：{consequence}",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.EQUALS):
        if written := next((word for word in WRITTEN.finditer(file.text, *bad.span) if word[2]), None):
            message = MESSAGE(key=written[1], consequence=CONSEQUENCE[file.dialect])
            yield Finding(Span(*written.span(1)), message, tuple(_fixes(file, bad, written)))


def _fixes(file: IniFile, bad: BadLine, written: re.Match[str]) -> Iterator[Fix]:
    line = f"{written[1]}={written[3].rstrip()}"
    known = {key.name for key in KEYS[file.dialect]}
    edit = Edit(Span(*written.span(2)), "=")
    if nearest(written[1], known) and is_fixed_by(file, bad, edit):
        yield Fix(CHANGE_TO(value=line), (edit,), Safety.SAFE)
