"""The loader finds libcuda.so.1 in a `stubs` folder of the CUDA toolkit.

The file there is for linking only and has no driver in it: each call fails with `CUDA driver is a stub library` (error
34). An RPATH or RUNPATH of the program, or LD_LIBRARY_PATH, leads to that folder.

## Example

```json binary
{"needed": [{"name": "libcuda.so.1", "found": "/usr/local/cuda/lib64/stubs/libcuda.so.1"}]}
```

becomes

```json binary
{"needed": [{"name": "libcuda.so.1", "found": "/usr/lib/wsl/lib/libcuda.so.1"}]}
```

## Example

CUDA's runtime opens it:

```json binary
{"cuda": {"sm": ["90"]}, "driver": {"name": "libcuda.so.1", "found": "/opt/cuda/lib64/stubs/libcuda.so.1"}}
```

## No finding

```json binary
{"needed": [{"name": "libcuda.so.1", "found": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"}]}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import FOLDER, LIBRARY
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="The loader finds {found}, which is for linking only: CUDA ends with 'driver is a stub library' (error 34)",
    zh="动态链接器找到的是 {found}，它仅供链接使用：CUDA 会报 driver is a stub library（错误 34）",
)
NEXT = Message(
    en="link without -rpath to that folder, and take it out of LD_LIBRARY_PATH: the driver is in {folder}",
    zh="链接时不要用 -rpath 指向该文件夹，并将其从 LD_LIBRARY_PATH 中去掉：驱动在 {folder}",
)


@binary_rule(Severity.WARNING, dimension="gpu")
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    opened = () if binary.driver is None else (binary.driver,)
    for library in dict.fromkeys((*binary.needed, *opened)):
        if library.name == LIBRARY and library.found is not None and "/stubs/" in library.found:
            yield machine_finding(MESSAGE(found=library.found), NEXT(folder=FOLDER))
