"""A start-up file of the shell exports a variable that the go env file sets, too.

The environment wins over the go env file, so `go env -w` has no effect in terminals and in VS Code. It writes the file
all the same, with a warning that is easily missed. Keep one of both.

## Example

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
GOFLAGS=-mod=mod
```

```bash path=.bashrc
export GOPROXY=https://goproxy.io,direct
```

## No finding

Both say the same, or the line may not run:

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
GOFLAGS=-mod=mod
```

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
[ -n "$CI" ] && export GOFLAGS=-mod=readonly
GOFLAGS=-v
```

## No finding

An empty variable of the environment does not count:

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

```bash path=.bashrc
export GOFLAGS=
```
"""

from collections.abc import Iterator

from wslgo.goenv.readers import assignments, is_read_on
from wslgo.linter.finding import Finding, Related, Severity, Tag
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import ENVIRONMENT, FISH, SHELL
from wslgo.syntax.go.env_file import GoEnv, LineStatus
from wslgo.text.message import Message
from wslgo.text.source import Source
from wslgo.text.typing import cast

FAMILIES = (SHELL, FISH, ENVIRONMENT)

MESSAGE = Message(
    en="{path} exports {name}, which wins over this line. Keep one of them",
    zh="{path} 导出了 {name}，它优先于此行。请只保留其中一处",
)
HERE = Message(en="{name} is exported here", zh="{name} 在此处导出")


@rule(Severity.INFORMATION, subject=RuleSubject.SOURCE, needs=("home", "goenv_path"), dimension="reproducibility")
def check(_source: Source, scene: Scene) -> Iterator[Finding]:
    exports = {
        found.name: (file, found)
        for file in scene.others
        if file.family.name in FAMILIES and is_read_on(file, scene.host)
        for found in assignments(file)
        if found.is_certain and found.is_exported and found.value != "" and found.pipe is None
    }
    for line in cast("GoEnv", scene.file.tree).lines:
        if line.use is LineStatus.TAKEN and line.key in exports:
            file, found = exports[line.key]
            if found.value != line.value:
                related = (Related(found.value_span, HERE(name=line.key), file.path),)
                message = MESSAGE(path=file.path, name=line.key)
                yield Finding(line.key_span, message, related=related, tags=(Tag.UNNECESSARY,))
