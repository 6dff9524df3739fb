"""The GPU that Windows shares, as a ladder: device, driver libraries, loader, card, nvidia-smi, toolkit.

Where a rung is broken the page does not show those above it, which follow from it.
"""

from collections.abc import Iterator

from wslgo.doctor.fact import Area, Fact, plain, unknown
from wslgo.knowledge.nvidia import cuda_of
from wslgo.machine.host import Gpu, Host
from wslgo.machine.switches import GPU, switched_off
from wslgo.text.message import Message, Text

TITLE = Message(en="GPU", zh="GPU")
CARD = Message(en="GPU", zh="GPU")
DEVICE = Message(en="/dev/dxg", zh="/dev/dxg")
PRESENT = Message(en="there", zh="存在")
LIBRARY = Message(en="libcuda.so.1", zh="libcuda.so.1")
SMI = Message(en="nvidia-smi", zh="nvidia-smi")
TOOLKIT = Message(en="CUDA toolkit", zh="CUDA 工具包")

OFF = Message(en="off: {setting} in {path}", zh="已关闭：{path} 中的 {setting}")
NO_DEVICE = Message(en="none: /dev/dxg is missing", zh="没有：缺少 /dev/dxg")
NOT_IN_WSL_1 = Message(en="not available: needs WSL 2", zh="不可用：需要 WSL 2")
NO_NVIDIA = Message(
    en="no NVIDIA driver in Windows: graphics work, CUDA does not",
    zh="Windows 中没有 NVIDIA 驱动：图形可用，CUDA 不可用",
)
BY_CONTAINER = Message(en="lent to this container: {path}", zh="已提供给此容器：{path}")
CARD_AND_DRIVER = Message(en="{names}, Windows driver {driver}", zh="{names}，Windows 驱动 {driver}")
FAILS = Message(en="nvidia-smi fails", zh="nvidia-smi 失败")
NO_ANSWER = Message(en="unknown: nvidia-smi does not answer", zh="未知：nvidia-smi 没有回应")
NONE_LISTED = Message(en="none listed by nvidia-smi", zh="nvidia-smi 没有列出 GPU")
FOUND = Message(en="on the linker path", zh="动态链接器可以找到")
FOUND_AS_COPIES = Message(
    en='on the linker path. "libcuda.so.1 is not a symbolic link" of apt and ldconfig is harmless '
    "(wslgo explain gpu-library-not-found)",
    zh="动态链接器可以找到。apt 和 ldconfig 的提示 libcuda.so.1 is not a symbolic link 无害"
    "（wslgo explain gpu-library-not-found）",
)
NOT_FOUND = Message(en="not on the linker path", zh="动态链接器找不到")
NOT_IN_PATH = Message(en="not in PATH", zh="PATH 中没有")
UNLINKED = Message(en="{path}, without /usr/local/cuda", zh="{path}，没有 /usr/local/cuda")
NO_TOOLKIT = Message(en="not installed (needed only to compile .cu files)", zh="未安装（只有编译 .cu 文件才需要）")
DEVICES = Message(en="CUDA_VISIBLE_DEVICES", zh="CUDA_VISIBLE_DEVICES")
DEBUGGER = Message(en="cuda-gdb", zh="cuda-gdb")
CONTAINERS = Message(en="Containers", zh="容器")
GIVEN = Message(en="{engine}, with {toolkit}", zh="{engine}，以及 {toolkit}")
NOT_GIVEN = Message(en="{engine}, without the NVIDIA container toolkit", zh="{engine}，没有 NVIDIA 容器工具包")
ALLOWED = Message(en="Windows lets it reach the GPU", zh="Windows 允许它访问 GPU")
NOT_ALLOWED = Message(
    en="Windows keeps it off the GPU (wslgo explain gpu-debugging-switched-off)",
    zh="Windows 不允许它访问 GPU（wslgo explain gpu-debugging-switched-off）",
)
BESIDE_DRIVER = Message(
    en="{version} in {path} (CUDA of the driver: {cuda})", zh="{version}，位于 {path}（驱动的 CUDA：{cuda}）"
)
VERSION = Message(en="{version} in {path}", zh="{version}，位于 {path}")


def area(host: Host) -> Area:
    return Area("gpu", TITLE, tuple(_facts(host)))


def _facts(host: Host) -> Iterator[Fact]:
    gpu, switch = host.gpu, switched_off(host, GPU)
    if switch is not None and not gpu.has_library:
        yield Fact("gpu.card", CARD(), OFF(setting=switch.in_words, path=switch.path))
    elif gpu.has_device is None:
        yield unknown("gpu.card", CARD())
    elif not gpu.has_device:
        yield Fact("gpu.card", CARD(), NOT_IN_WSL_1() if host.wsl.generation == 1 else NO_DEVICE())
    elif not gpu.has_library:
        in_container = host.wsl.container and gpu.linux_library
        yield Fact("gpu.card", CARD(), BY_CONTAINER(path=gpu.linux_library) if in_container else NO_NVIDIA())
    else:
        yield Fact("gpu.device", DEVICE(), PRESENT())
        yield _library(gpu)
        yield _card(gpu)
        if gpu.smi is not None:
            yield Fact("gpu.smi", SMI(), plain(gpu.smi) if gpu.smi else NOT_IN_PATH())
        if gpu.visible_devices is not None:
            yield Fact("gpu.devices", DEVICES(), plain(gpu.visible_devices or '""'))
        yield _toolkit(gpu)
        if gpu.container_engine:
            yield Fact("gpu.containers", CONTAINERS(), _containers(gpu.container_engine, gpu.container_toolkit))
        elif gpu.stale_devices:
            yield Fact("gpu.containers", CONTAINERS(), plain(gpu.stale_devices))
        if host.windows.gpu_debugging is not None:
            allowed = ALLOWED() if host.windows.gpu_debugging else NOT_ALLOWED()
            yield Fact("gpu.debugger", DEBUGGER(), allowed)


def _containers(engine: str, toolkit: str | None) -> Text:
    return GIVEN(engine=engine, toolkit=toolkit) if toolkit else NOT_GIVEN(engine=engine)


def _card(gpu: Gpu) -> Fact:
    if gpu.cards is None:
        return unknown("gpu.card", CARD(), NO_ANSWER())
    if not gpu.cards:
        return Fact("gpu.card", CARD(), FAILS() if gpu.problem else NONE_LISTED())
    names = tuple(card.name for card in gpu.cards)
    return Fact("gpu.card", CARD(), CARD_AND_DRIVER(names=names, driver=gpu.driver or "?"))


def _library(gpu: Gpu) -> Fact:
    if gpu.loader_finds_library is None:
        return unknown("gpu.library", LIBRARY())
    first = gpu.hidden_by or gpu.cached_library
    if first and gpu.loader_finds_library:
        return Fact("gpu.library", LIBRARY(), plain(first))
    found = FOUND_AS_COPIES if gpu.has_copies else FOUND
    return Fact("gpu.library", LIBRARY(), found() if gpu.loader_finds_library else NOT_FOUND())


def _toolkit(gpu: Gpu) -> Fact:
    if gpu.toolkit is None and gpu.unlinked_toolkit:
        return Fact("gpu.toolkit", TOOLKIT(), UNLINKED(path=gpu.unlinked_toolkit))
    if gpu.toolkit is None:
        return Fact("gpu.toolkit", TOOLKIT(), NO_TOOLKIT())
    version, path, cuda = gpu.toolkit.version or "?", gpu.toolkit.path, cuda_of(gpu.driver or "")
    if cuda is None:
        return Fact("gpu.toolkit", TOOLKIT(), VERSION(version=version, path=path))
    return Fact("gpu.toolkit", TOOLKIT(), BESIDE_DRIVER(version=version, path=path, cuda=f"{cuda[0]}.{cuda[1]}"))
