"""The GPU: Windows' driver libraries on the linker path.

The driver is that of Windows. No step installs a Linux driver, which would hide it; packages to remove or to choose are
findings of the linter.
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import FOLDER, LIBRARY
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import ROOT, RunFixed, Step, WriteFile
from wslgo.provision.plan.file_fixes import WSL_CONF, wsl_file
from wslgo.text.message import Message
from wslgo.text.source import decode

ID = "gpu"
RESOLVES = ("machine/gpu-library-not-found",)
TITLE = Message(en="Put the GPU libraries of Windows on the linker path", zh="让动态链接器找到 Windows 的 GPU 库")

NOT_FOUND = Message(
    en="libcuda.so.1 is in {folder}, which is not on the linker path: CUDA programs do not start",
    zh="libcuda.so.1 位于 {folder}，但动态链接器不会查找该文件夹：CUDA 程序无法启动",
)
# WSL gives its file the same name, so there are never two.
PATH = "/etc/ld.so.conf.d/ld.wsl.conf"
_OTHERS = "/etc/ld.so.conf.d"
_MAIN = "/etc/ld.so.conf"
_CACHE = "/etc/ld.so.cache"
_INCLUDE = "include /etc/ld.so.conf.d/*.conf"
_LDCONFIG = RunFixed(("ldconfig",))


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return (_MAIN, f"{_OTHERS}/*", PATH, _CACHE, FOLDER, "/sbin", WSL_CONF)


def steps(facts: Facts, _spec: Spec) -> Iterator[Step]:
    gpu = facts.host.gpu
    if not (gpu.has_device and gpu.has_library):
        return
    yield from _library(facts)


# The linker path


def _library(facts: Facts) -> Iterator[Step]:
    main = facts.data(_MAIN)  # without it the C library is another one, which NVIDIA does not support
    if facts.host.gpu.loader_finds_library is not False or is_cached(facts) or main is None:
        return
    if _is_left_alone(facts) or "ldconfig" not in (facts.folders.get("/sbin") or ()):
        return
    writes = tuple(_writes(facts, main))
    # A tree does not have the library yet: WSL mounts it and runs ldconfig when it starts the tree.
    if writes or LIBRARY in (facts.folders.get(FOLDER) or ()):
        yield Step(ID, TITLE(), NOT_FOUND(folder=FOLDER), (*writes, _LDCONFIG), needs_root=True)


def _writes(facts: Facts, main: bytes) -> Iterator[WriteFile]:
    if b"ld.so.conf.d/*.conf" not in main:
        yield WriteFile(_MAIN, main, _with_line(main, _INCLUDE), ROOT)
    if FOLDER not in _folders(facts):
        own = facts.data(PATH)
        yield WriteFile(PATH, own, _with_line(own or b"", FOLDER), ROOT)


def _with_line(data: bytes, line: str) -> bytes:
    end = b"" if not data or data.endswith(b"\n") else b"\n"
    return data + end + f"{line}\n".encode()


def is_cached(facts: Facts) -> bool:
    """Return whether the linker cache has the library; in a tree the probe does not know."""
    return f"{FOLDER}/{LIBRARY}\0".encode() in (facts.data(_CACHE) or b"")


def _is_left_alone(facts: Facts) -> bool:
    """Return whether the user decided otherwise: links in another folder, or WSL's ldconfig switched off."""
    if any(folder != FOLDER and folder.startswith("/usr/lib/wsl/") for folder in _folders(facts)):
        return True
    wsl_conf = wsl_file(decode(facts.data(WSL_CONF) or b""), "wslconf")
    setting = wsl_conf.find("automount", "ldconfig")
    is_off = setting is not None and setting.converted == "false"
    return is_off and not (facts.workspace and facts.workspace.uses_cuda)


def _folders(facts: Facts) -> frozenset[str]:
    """Return the folders in the files of `ld.so.conf.d`."""
    files = (path for path in facts.files if path.startswith(f"{_OTHERS}/") and path.endswith(".conf"))
    return frozenset(line.strip() for file in files for line in (facts.text(file) or "").splitlines())
