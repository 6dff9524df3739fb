"""The go env file has Windows line endings.

go takes all after the `=` up to the line feed, with the carriage return. GOPROXY and GOFLAGS survive it; the last
pattern of GOPRIVATE matches nothing, a folder has a name that ends with it, and of GOTOOLCHAIN and GO111MODULE go says
that they are not valid. Use Linux line endings.

## Example

```properties path=.config/go/env crlf
GOPRIVATE=git.corp.example
```

becomes

```properties path=.config/go/env
GOPRIVATE=git.corp.example
```

## Example

```properties path=.config/go/env crlf
# of the company
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
# of the company
GOPROXY=https://goproxy.cn,direct
```

## No finding

```properties path=.config/go/env
GOPRIVATE=git.corp.example
```

## No finding

```properties path=.config/go/env crlf
# nothing is set
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import LINUX_LINE_ENDINGS
from wslgo.syntax.go.env_file import GoEnv, LineStatus
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import cast

_END = pattern(r"\r(?=\n|\Z)")
# What go trims or splits at spaces.
HARDY = ("GOFLAGS", "GOPROXY", "GOAUTH", "GOSUMDB", "CC", "CXX", "CGO_CFLAGS", "CGO_LDFLAGS")

MESSAGE = Message(
    en="With Windows line endings (CRLF) a carriage return is part of each value: {name} does not work",
    zh="使用 Windows 换行符（CRLF）时，回车符会成为每个值的一部分：{name} 无法正常工作",
)
HARMLESS = Message(
    en="With Windows line endings (CRLF) a carriage return is part of each value; most variables do not work with it",
    zh="使用 Windows 换行符（CRLF）时，回车符会成为每个值的一部分；大多数变量会因此失效",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    lines = cast("GoEnv", scene.file.tree).lines
    hurt = [line for line in lines if line.use is LineStatus.TAKEN and line.value.endswith("\r")]
    if not hurt:
        return
    edits = tuple(Edit(Span(*end.span()), "") for end in _END.finditer(source.text))
    line = next((line for line in hurt if line.key not in HARDY), None)
    message = HARMLESS() if line is None else MESSAGE(name=line.key)
    end = (line or hurt[0]).span.end
    fix = Fix(LINUX_LINE_ENDINGS(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
    severity = Severity.INFORMATION if line is None else None
    yield Finding(Span(end - 1, end), message, (fix,), severity=severity)
