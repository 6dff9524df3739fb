"""A link in place of GOCACHE changes only where its files are: go follows it, and that disk sets the speed.

## What people believe

"A symbolic link from ~/.cache/go-build to a Windows drive saves space at no cost", or "go rejects a cache that is a
link".

## What is true

go opens GOCACHE like any folder, also through a link. `go clean -cache` empties the folder behind the link and keeps
the link. go itself writes only ordinary files there and makes no links, so links to single files save nothing.

Behind a link to `/mnt/c`, each look at a file is a message to Windows, as if GOCACHE were there. It only shows less:
`go env GOCACHE` prints the link and not the place. The same is true of a link in place of `~/go`.

The cache needs little care: go removes entries that were not used for about five days.

## What to do

The first command shows where the cache is, the second its size. If a link is there, `rm` removes it and nothing else,
and the next build makes a folder.

```sh
readlink -f "$(go env GOCACHE)"
du -sh "$(go env GOCACHE)/"
```

## Sources

- Builds and `go clean -cache` with a GOCACHE that is a link: go 1.26.8, 2026-11
- go 1.27.3, `src/cmd/go/internal/cache/cache.go`, `Trim`: <https://go.dev/src/cmd/go/internal/cache/cache.go>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = GO_VARIABLES


def here(host: Host) -> Iterator[Text]:
    """Yield the folder; a recorded machine does not say whether it is a link."""
    yield value_of(host, "GOCACHE")
