"""A program has CUDA code, and the loader does not find the driver that it asks for when it runs.

CUDA's runtime is usually linked into the program and opens `libcuda.so.1` with its first call, so the library is not
among those that the program names. Without it each call fails with `CUDA driver version is insufficient` (error 35).

## Example

The driver of Windows is there, but not on the path of the loader:

```json binary
{"cuda": {"sm": ["90"]}, "driver": {"name": "libcuda.so.1", "found": null}}
```

```json host
{"gpu": {"has_library": true}}
```

becomes

```json binary
{"cuda": {"sm": ["90"]}, "driver": {"name": "libcuda.so.1", "found": "/usr/lib/wsl/lib/libcuda.so.1"}}
```

## Example

```json binary
{"cuda": {"sm": ["90"]}, "driver": {"name": "libcuda.so.1", "found": null}}
```

```json host
{"gpu": {"has_library": false}}
```

## No finding

The program names the library itself, which another rule reports:

```json binary
{
  "cuda": {"sm": ["90"]}, "driver": {"name": "libcuda.so.1", "found": null},
  "needed": [{"name": "libcuda.so.1", "found": null}]
}
```

## No finding

Nothing is known of a GPU, so the program may be for another machine:

```json binary
{"cuda": {"sm": ["90"]}, "driver": {"name": "libcuda.so.1", "found": null}}
```

```json host
{"gpu": {"has_library": null}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import FOLDER
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="The loader does not find {name}, which CUDA opens with its first call: it fails with error 35",
    zh="CUDA 在首次调用时会打开 {name}，而动态链接器找不到它：调用会失败（错误 35）",
)
INSTALL = Message(
    en="install or update the NVIDIA driver in Windows, then type there: wsl --shutdown",
    zh="在 Windows 中安装或更新 NVIDIA 驱动，然后在那里输入：wsl --shutdown",
)


@binary_rule(Severity.WARNING, needs=("processor", "gpu.has_library"), dimension="gpu")
def check(binary: Binary, host: Host) -> Iterator[Finding]:
    driver, has_library = binary.driver, host.gpu.has_library
    is_for_here = binary.system == "linux" and host.processor in (None, binary.processor)
    is_named = driver is not None and any(library.name == driver.name for library in binary.needed)
    if driver is None or driver.found is not None or is_named or has_library is None or not is_for_here:
        return
    words = f"echo {FOLDER} | sudo tee /etc/ld.so.conf.d/ld.wsl.conf && sudo ldconfig"
    yield machine_finding(MESSAGE(name=driver.name), command(words) if has_library else INSTALL())
