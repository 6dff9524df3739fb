"""GOPRIVATE keeps modules away from the proxy and the checksum database, by the beginning of their paths.

## What people believe

"GOPRIVATE takes the address of the server", "it needs `/*` at the end", and "a private module still goes through
GOPROXY".

## What is true

A pattern is the beginning of a module path: `git.company.example` matches the host and every module on it.
`git.company.example/*` is nearly the same; it misses only a module at the root of the host. `*.company.example`
matches every host of the company, because `*` matches all but a slash.

These match nothing, and go does not say so: a scheme (`https://`), a port, a capital letter in the host, a space
after the comma, a semicolon instead of it. The private path is then sent to the proxy and to the checksum database.

Private modules bypass GOPROXY completely, also `off` and a proxy that is down. GOPRIVATE is the default of GONOPROXY
and GONOSUMDB; set to `none` they undo it. It gives no login: git needs a key or a helper, HTTPS a line in `.netrc`.

## What to do

Name the hosts, with commas only:

```sh
go env -w GOPRIVATE=git.company.example,*.internal.example
go env GOPRIVATE GONOPROXY GONOSUMDB
wslgo check --machine
```

## Sources

- Go modules reference, private modules: <https://go.dev/ref/mod#private-modules>
- golang.org/x/mod, `module.MatchPrefixPatterns`; each pattern above tried with go 1.27.3, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = GO_VARIABLES


def here(host: Host) -> Iterator[Text]:
    """Yield the variables that decide."""
    for name in ("GOPRIVATE", "GONOPROXY", "GONOSUMDB"):
        yield value_of(host, name)
