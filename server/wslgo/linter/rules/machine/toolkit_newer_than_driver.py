"""The CUDA toolkit is newer than the driver of Windows supports.

A program runs if the driver has the same major version of CUDA or a newer one; with an older one it ends with "CUDA
driver version is insufficient for CUDA runtime version" (error 35). With the same major version and an older minor one
it runs, by minor-version compatibility, except for what the driver compiles itself: PTX ends with "the provided PTX was
compiled with an unsupported toolchain" (error 222). Code for the card itself (`nvcc -arch=native`) needs no PTX.

## Example

```json host host=nvidia-gpu
{"gpu": {"driver": "576.02", "toolkit": {"path": "/usr/local/cuda", "version": "13.0.2"}}}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"driver": "576.02", "toolkit": {"path": "/usr/local/cuda", "version": "12.9.1"}}}
```

## No finding

An older toolkit:

```json host host=nvidia-gpu
{"gpu": {"driver": "595.71", "toolkit": {"path": "/usr/local/cuda", "version": "11.8.0"}}}
```

## No finding

A driver that is newer than this list:

```json host host=nvidia-gpu
{"gpu": {"driver": "650.10", "toolkit": {"path": "/usr/local/cuda", "version": "14.0.0"}}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge import nvidia
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="CUDA toolkit {toolkit} is too new for the Windows driver {driver} (CUDA {cuda}): programs end with error 35",
    zh="CUDA 工具包 {toolkit} 对 Windows 驱动 {driver}（CUDA {cuda}）来说太新：程序以错误 35 结束",
)
PARTLY = Message(
    en="CUDA toolkit {toolkit} is newer than the Windows driver {driver} (CUDA {cuda}): PTX fails (error 222)",
    zh="CUDA 工具包 {toolkit} 比 Windows 驱动 {driver}（CUDA {cuda}）新：PTX 会失败（错误 222）",
)
UPDATE = Message(
    en="update the NVIDIA driver in Windows, or install {package}",
    zh="在 Windows 中更新 NVIDIA 驱动，或安装 {package}",
)
UPDATE_ALONE = Message(en="update the NVIDIA driver in Windows", zh="在 Windows 中更新 NVIDIA 驱动")
COMPILE = Message(
    en="update the NVIDIA driver in Windows, or compile for the card itself: nvcc -arch=native",
    zh="在 Windows 中更新 NVIDIA 驱动，或针对该显卡本身编译：nvcc -arch=native",
)


@machine_rule(Severity.WARNING, "gpu.toolkit", needs=("gpu.has_library", "gpu.toolkit", "gpu.driver"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    gpu = host.gpu
    version, driver = (gpu.toolkit.version if gpu.toolkit else None) or "", gpu.driver or ""
    toolkit, cuda = nvidia.release_of(version), nvidia.cuda_of(driver)
    if not gpu.has_library or cuda is None or toolkit is None or toolkit <= cuda:
        return
    values = {"toolkit": version, "driver": driver, "cuda": f"{cuda[0]}.{cuda[1]}"}
    if toolkit[0] == cuda[0]:
        yield machine_finding(PARTLY(**values), COMPILE(), severity=Severity.INFORMATION)
    else:
        package = nvidia.toolkit_for(driver)
        yield machine_finding(MESSAGE(**values), UPDATE(package=package) if package else UPDATE_ALONE())
