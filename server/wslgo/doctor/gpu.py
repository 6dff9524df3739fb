"""The GPU that Windows lends: device, driver libraries, card, toolkit."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Line, Section, Sign, command
from wslgo.machine.host import Gpu, Host
from wslgo.text.message import Message

TITLE = Message(en="GPU", zh="GPU")
CARD = Message(en="Card", zh="显卡")
LIBRARY = Message(en="libcuda.so.1", zh="libcuda.so.1")
TOOLKIT = Message(en="CUDA toolkit", zh="CUDA 工具包")

NO_DEVICE = Message(
    en="none: Windows lends no GPU to this distribution (/dev/dxg is missing)",
    zh="没有：Windows 没有向此发行版提供 GPU（缺少 /dev/dxg）",
)
NO_NVIDIA = Message(
    en="/dev/dxg is there, without an NVIDIA driver: graphics work, CUDA does not",
    zh="有 /dev/dxg，但没有 NVIDIA 驱动：图形可用，CUDA 不可用",
)
CARD_AND_DRIVER = Message(en="{names}, driver {driver} of Windows", zh="{names}，Windows 驱动 {driver}")
SILENT = Message(en="the driver is there, but nvidia-smi does not name a card", zh="有驱动，但 nvidia-smi 没有报告显卡")
UPDATE = Message(
    en="update the NVIDIA driver in Windows, then in Windows type: wsl --shutdown",
    zh="在 Windows 中更新 NVIDIA 驱动，然后在 Windows 中输入：wsl --shutdown",
)
FOUND = Message(en="found by the loader", zh="加载器可以找到")
NOT_FOUND = Message(
    en="in /usr/lib/wsl/lib, where the loader does not look: CUDA programs do not start",
    zh="在 /usr/lib/wsl/lib 中，但加载器不会查找：CUDA 程序无法启动",
)
NO_TOOLKIT = Message(en="none: only needed to compile .cu files", zh="没有：只有编译 .cu 文件才需要")
VERSION = Message(en="{version} in {path}", zh="{version}，位于 {path}")

LDCONFIG = "echo /usr/lib/wsl/lib | sudo tee /etc/ld.so.conf.d/ld.wsl.conf && sudo ldconfig"


def section(host: Host) -> Section:
    return Section("gpu", TITLE, tuple(_lines(host.gpu)))


def _lines(gpu: Gpu) -> Iterator[Line]:
    if gpu.has_device is None:
        yield Line("gpu.card", Sign.UNKNOWN, CARD, UNKNOWN())
    elif not gpu.has_device:
        yield Line("gpu.card", Sign.OK, CARD, NO_DEVICE())
    elif not gpu.has_library:
        yield Line("gpu.card", Sign.OK, CARD, NO_NVIDIA())
    else:
        yield _card(gpu)
        yield _library(gpu)
        yield _toolkit(gpu)


def _card(gpu: Gpu) -> Line:
    if not gpu.cards:
        return Line("gpu.card", Sign.ATTENTION, CARD, SILENT(), UPDATE())
    value = CARD_AND_DRIVER(names=", ".join(card.name for card in gpu.cards), driver=gpu.driver or "?")
    return Line("gpu.card", Sign.OK, CARD, value)


def _library(gpu: Gpu) -> Line:
    if gpu.loader_finds_library is None:
        return Line("gpu.library", Sign.UNKNOWN, LIBRARY, UNKNOWN())
    if gpu.loader_finds_library:
        return Line("gpu.library", Sign.OK, LIBRARY, FOUND())
    return Line("gpu.library", Sign.ATTENTION, LIBRARY, NOT_FOUND(), command(LDCONFIG))


def _toolkit(gpu: Gpu) -> Line:
    if gpu.toolkit is None:
        return Line("gpu.toolkit", Sign.OK, TOOLKIT, NO_TOOLKIT())
    value = VERSION(version=gpu.toolkit.version or "?", path=gpu.toolkit.path)
    return Line("gpu.toolkit", Sign.OK, TOOLKIT, value)
