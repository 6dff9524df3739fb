"""The GPU that Windows shares: device, driver libraries, card, toolkit."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Section, Sign, StatusLine, command
from wslgo.machine.host import Gpu, Host
from wslgo.text.message import Message

TITLE = Message(en="GPU", zh="GPU")
CARD = Message(en="GPU", zh="GPU")
LIBRARY = Message(en="libcuda.so.1", zh="libcuda.so.1")
TOOLKIT = Message(en="CUDA toolkit", zh="CUDA 工具包")

NO_DEVICE = Message(
    en="none: Windows does not share a GPU with WSL (/dev/dxg is missing)",
    zh="没有：Windows 没有向 WSL 提供 GPU（缺少 /dev/dxg）",
)
NO_NVIDIA = Message(
    en="no NVIDIA driver in Windows: graphics work, CUDA does not",
    zh="Windows 中没有 NVIDIA 驱动：图形可用，CUDA 不可用",
)
CARD_AND_DRIVER = Message(en="{names}, Windows driver {driver}", zh="{names}，Windows 驱动 {driver}")
SILENT = Message(
    en="nvidia-smi does not list a GPU, although the driver is installed", zh="已安装驱动，但 nvidia-smi 没有列出 GPU"
)
UPDATE = Message(
    en="update the NVIDIA driver in Windows, then type there: wsl --shutdown",
    zh="在 Windows 中更新 NVIDIA 驱动，然后在那里输入：wsl --shutdown",
)
FOUND = Message(en="on the linker path", zh="动态链接器可以找到")
NOT_FOUND = Message(
    en="/usr/lib/wsl/lib is not on the linker path: CUDA programs do not start",
    zh="动态链接器不查找 /usr/lib/wsl/lib：CUDA 程序无法启动",
)
NO_TOOLKIT = Message(en="not installed (needed only to compile .cu files)", zh="未安装（只有编译 .cu 文件才需要）")
VERSION = Message(en="{version} in {path}", zh="{version}，位于 {path}")

LDCONFIG = "echo /usr/lib/wsl/lib | sudo tee /etc/ld.so.conf.d/ld.wsl.conf && sudo ldconfig"


def section(host: Host) -> Section:
    return Section("gpu", TITLE, tuple(_lines(host.gpu)))


def _lines(gpu: Gpu) -> Iterator[StatusLine]:
    if gpu.has_device is None:
        yield StatusLine("gpu.card", Sign.UNKNOWN, CARD, UNKNOWN())
    elif not gpu.has_device:
        yield StatusLine("gpu.card", Sign.OK, CARD, NO_DEVICE())
    elif not gpu.has_library:
        yield StatusLine("gpu.card", Sign.OK, CARD, NO_NVIDIA())
    else:
        yield _card(gpu)
        yield _library(gpu)
        yield _toolkit(gpu)


def _card(gpu: Gpu) -> StatusLine:
    if not gpu.cards:
        return StatusLine("gpu.card", Sign.ATTENTION, CARD, SILENT(), UPDATE())
    value = CARD_AND_DRIVER(names=tuple(card.name for card in gpu.cards), driver=gpu.driver or "?")
    return StatusLine("gpu.card", Sign.OK, CARD, value)


def _library(gpu: Gpu) -> StatusLine:
    if gpu.loader_finds_library is None:
        return StatusLine("gpu.library", Sign.UNKNOWN, LIBRARY, UNKNOWN())
    if gpu.loader_finds_library:
        return StatusLine("gpu.library", Sign.OK, LIBRARY, FOUND())
    return StatusLine("gpu.library", Sign.ATTENTION, LIBRARY, NOT_FOUND(), command(LDCONFIG))


def _toolkit(gpu: Gpu) -> StatusLine:
    if gpu.toolkit is None:
        return StatusLine("gpu.toolkit", Sign.OK, TOOLKIT, NO_TOOLKIT())
    value = VERSION(version=gpu.toolkit.version or "?", path=gpu.toolkit.path)
    return StatusLine("gpu.toolkit", Sign.OK, TOOLKIT, value)
