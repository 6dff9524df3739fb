"""GOSUMDB is `off`, or a name and, after a space, an address; `sum.golang.org+https://...` is an error.

## What people believe

"GOSUMDB joins the name and the address of the checksum database with a plus", and "with GOSUMDB=off nothing is
verified any more".

## What is true

The name of a known database, such as `sum.golang.org`, is enough. An address may follow after a space; then go asks
that address and no longer a proxy. `sum.golang.google.cn` alone works, too, for mainland China. In `name+hash+key`
the plus belongs to the key of another database. Anything else is `invalid GOSUMDB: malformed verifier id`, but only
when a module is not in go.sum yet: until then the mistake does not show.

`off` ends the lookups of new modules. What go.sum has is still compared, and toolchains are still verified.

## What to do

Unset it, or set one of these. For modules of your own, use GOPRIVATE instead of `off`.

```sh
go env -w GOSUMDB=sum.golang.org
go env -w 'GOSUMDB=sum.golang.org https://sum.golang.google.cn'
```

## Sources

- Go modules reference, checksum database: <https://go.dev/ref/mod#checksum-database>
- go 1.27.3, `src/cmd/go/internal/modfetch/sumdb.go`, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.syntax.go.gosumdb import error_of
from wslgo.text.message import Message, Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = GO_VARIABLES

REJECTED = Message(
    en="go rejects it as soon as it has to verify a new module: {words}", zh="一旦需要校验新模块，go 就会报错：{words}"
)


def here(host: Host) -> Iterator[Text]:
    """Yield the value, and what go says about it if it is malformed."""
    yield value_of(host, "GOSUMDB")
    variable = host.variable("GOSUMDB")
    words = error_of(variable.value) if variable else ""
    if words:
        yield REJECTED(words=words)
