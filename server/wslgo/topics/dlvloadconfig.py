"""`dlvLoadConfig` has no effect today: `maxStringLen` and `maxArrayValues` of the entry are the limits.

## What people believe

"dlvLoadConfig keeps Delve from truncating strings, and pointers to CUDA memory."

## What is true

The attribute belongs to the `legacy` adapter. Today Delve itself is the adapter (`dlv-dap`): the Go extension warns
once, and Delve ignores it. With `maxStringLen` 5 and `maxArrayValues` 3 inside `dlvLoadConfig`, the view still showed
512 bytes and 64 elements.

Pointers are never truncated: only the depth to which Delve follows them by itself is limited, and what is below loads
when you open it. The debug console shows a string in full. Delve cannot read the GPU's own memory.

## What to do

Write the limits directly into the entry of `launch.json`. Delve 1.27 reads them; 1.20 ignores them and keeps 512 and
64.

```json
{
  "name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}",
  "maxStringLen": 4096, "maxArrayValues": 256
}
```

## Sources

- Delve 1.20.2 and 1.27.1 over DAP with each attribute, 2026-11; `service/dap/types.go`
- golang/vscode-go at 28e27ffd, `goDebugConfiguration.ts`:
  <https://github.com/golang/vscode-go/blob/28e27ffd/extension/src/goDebugConfiguration.ts>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.topics.here import delve

NEEDS = ("delve",)


def here(host: Host) -> Iterator[Text]:
    """Yield the version of Delve."""
    yield delve(host)
