"""WSL2 has no `/dev/nvidia0`: the GPU is `/dev/dxg`, and the driver is that of Windows in `/usr/lib/wsl/lib`.

## What people believe

"/dev/nvidia0 and /dev/nvidiactl come through 9P, and WSLg forwards their calls. If they are missing, install the
NVIDIA driver for Linux."

## What is true

WSL2 gives Linux one device for all GPUs, `/dev/dxg`. Through 9P come only files, read-only: the Windows driver's
libraries for Linux, in `/usr/lib/wsl/drivers` and `/usr/lib/wsl/lib`. WSL has no kernel module of NVIDIA either, so
`lsmod` and `lspci` show nothing. WSLg draws windows and has no part in CUDA.

LD_LIBRARY_PATH is not needed: WSL writes `/etc/ld.so.conf.d/ld.wsl.conf`. The words `libcuda.so.1 is not a symbolic
link` are harmless. A Linux driver does harm: its `libcuda.so.1` can come before the one of Windows, and then no GPU
is found.

## What to do

Update the driver in Windows. In Linux, install at most `cuda-toolkit-13-0` of NVIDIA's repository `wsl-ubuntu`:
`cuda`, `cuda-drivers` and `nvidia-driver-*` bring a Linux driver. This shows the device, the library and the GPU:

```sh
ls -l /dev/dxg /usr/lib/wsl/lib/libcuda.so.1
/usr/lib/wsl/lib/nvidia-smi
wslgo doctor
```

## Sources

- microsoft/WSL at 3e27a6a5, `src/shared/inc/lxfsshares.h` and `src/linux/init/config.cpp`, 2026-08
- NVIDIA, CUDA on WSL user guide: <https://docs.nvidia.com/cuda/wsl-user-guide/>
"""

from collections.abc import Iterator

from wslgo.machine.host import Gpu, Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2

NEEDS = ("wsl.generation", "gpu.has_device", "gpu.has_library", "gpu.linux_library", "gpu.cards", "gpu.driver")

DEVICE = Message(en="/dev/dxg is there", zh="/dev/dxg 存在")
NO_DEVICE = Message(en="/dev/dxg is missing", zh="缺少 /dev/dxg")
UNKNOWN = Message(en="It is unknown whether /dev/dxg is there", zh="/dev/dxg 是否存在未知")
LIBRARY = Message(en="/usr/lib/wsl/lib has libcuda.so.1 of Windows", zh="/usr/lib/wsl/lib 中有 Windows 的 libcuda.so.1")
NO_LIBRARY = Message(
    en="/usr/lib/wsl/lib has no libcuda.so.1: Windows has no NVIDIA driver for WSL",
    zh="/usr/lib/wsl/lib 中没有 libcuda.so.1：Windows 没有用于 WSL 的 NVIDIA 驱动",
)
OTHER = Message(en="There is another libcuda.so.1: {path}", zh="还有另一个 libcuda.so.1：{path}")
CARDS = Message(en="nvidia-smi lists {names}, driver {driver}", zh="nvidia-smi 列出 {names}，驱动 {driver}")


def here(host: Host) -> Iterator[Text]:
    """Yield the device, the libraries and the cards."""
    yield from other_than_wsl_2(host)
    if host.wsl.generation == 2:
        yield from _gpu(host.gpu)


def _gpu(gpu: Gpu) -> Iterator[Text]:
    if gpu.has_device is None:
        yield UNKNOWN()
        return
    yield DEVICE() if gpu.has_device else NO_DEVICE()
    if gpu.has_device and gpu.has_library is not None:
        yield LIBRARY() if gpu.has_library else NO_LIBRARY()
    if gpu.linux_library:
        yield OTHER(path=gpu.linux_library)
    if gpu.cards:
        yield CARDS(names=tuple(card.name for card in gpu.cards), driver=gpu.driver or "?")
