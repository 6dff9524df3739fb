"""Delve has no build tag `cuda`: `-tags=cuda` selects files of your own program, and changes no debugger.

## What people believe

"Delve must be installed with `-tags cuda` to debug CUDA programs."

## What is true

The source of Delve names neither CUDA nor NVIDIA, and no file of it has this tag. `go install -tags cuda` builds a
Delve that does the same as without.

In `buildFlags` of an entry, `-tags=cuda` selects the files of your program that begin with `//go:build cuda`. If
there are none it does nothing; if the main package is behind the tag, nothing builds without it. The setting
`go.buildTags` of the editor is for gopls and tests, and does not reach `launch.json`: the entry needs the flag
itself.

## What to do

The first command lists the files with the tag. If there are any, write `"buildFlags": "-tags=cuda"` into the entry,
and `"go.buildTags": "cuda"` into the settings. Install Delve without tags.

```sh
grep -rlE --include='*.go' '^//go:build .*cuda' .
go install github.com/go-delve/delve/cmd/dlv@latest
```

## Sources

- go-delve/delve at 3b775986, no match for cuda, nvidia, nvcc: <https://github.com/go-delve/delve/tree/3b775986>
- Builds with and without the tag through Delve 1.27.1, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.topics.here import delve

NEEDS = ("delve",)


def here(host: Host) -> Iterator[Text]:
    """Yield the version of Delve."""
    yield delve(host)
