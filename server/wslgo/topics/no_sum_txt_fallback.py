"""go knows no `sum.txt`: if it cannot reach the checksum database, a module that is not in go.sum is an error.

## What people believe

"When sum.golang.org is blocked, go falls back to the sum.txt of the proxy, or trusts what it downloads."

## What is true

go neither reads nor writes a sum.txt. A module with a line in go.sum is compared with that line, without a network.
For any other module go asks the checksum database: through the first proxy in GOPROXY that passes it on, which
answers 200 at `/sumdb/sum.golang.org/supported`, and otherwise at the database itself. With an address in GOSUMDB it
asks only there. If that fails, the command fails; go never falls back to an unverified module.

A proxy that answers this question with another error than 404 and 410 stops go, too, unless a pipe follows it in
GOPROXY.

## What to do

Commit go.sum. In mainland China, `GOSUMDB=sum.golang.google.cn` reaches the same database. For private modules set
GOPRIVATE, and for machines without a network fill a folder with `wslgo mirror`. If the first command prints 200, that
proxy passes the database on; the second asks all servers of your settings.

```sh
curl -s -o /dev/null -w '%{http_code}\\n' https://goproxy.cn/sumdb/sum.golang.org/supported
wslgo doctor --network
```

## Sources

- Go modules reference, checksum database: <https://go.dev/ref/mod#checksum-database>
- go 1.27.3, `src/cmd/go/internal/modfetch/sumdb.go`; answers of 404, 500 and an unreachable database tried, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = GO_VARIABLES


def here(host: Host) -> Iterator[Text]:
    """Yield the database and the proxies through which go reaches it."""
    yield value_of(host, "GOSUMDB")
    yield value_of(host, "GOPROXY")
