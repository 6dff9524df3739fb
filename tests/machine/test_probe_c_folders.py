"""The folders with C libraries that linker, compiler and pkg-config search, and those of CUDA."""

from pathlib import Path

from machines import tree_of
from wslgo.machine.host import CFolder
from wslgo.machine.probe import probe

C_FOLDERS = frozenset(("c_folders",))


def folders(text: str, folder: Path, **environment: str) -> dict[str, CFolder]:
    known = probe(tree_of(f"A machine.\n{text}", folder, **environment), C_FOLDERS).c_folders
    assert known is not None
    return {found.path: found for found in known}


def test_the_driver_and_the_toolkit_are_not_searched(tmp_path: Path) -> None:
    text = """-- /usr/lib/wsl/lib/libcuda.so --
-- /usr/lib/wsl/lib/libcuda.so.1 --
-- /usr/local/cuda-13.0/targets/x86_64-linux/lib/libcudart.so --
-- /usr/local/cuda-13.0/targets/x86_64-linux/lib/stubs/libcuda.so --
-- /usr/local/cuda-13.0/include/cuda.h --
-- /usr/local/cuda -> /usr/local/cuda-13.0 --
"""
    found = folders(text, tmp_path)
    assert found["/usr/lib/wsl/lib"] == CFolder("/usr/lib/wsl/lib", ("-lcuda",), False)
    assert found["/usr/local/cuda/targets/x86_64-linux/lib"].names == ("-lcudart",)
    assert found["/usr/local/cuda-13.0/targets/x86_64-linux/lib/stubs"].names == ("-lcuda",)
    assert found["/usr/local/cuda/include"] == CFolder("/usr/local/cuda/include", ("<cuda.h>",), False)
    assert not any(folder.is_searched for folder in found.values())


def test_the_folders_of_the_system_and_of_variables_are_searched(tmp_path: Path) -> None:
    text = """-- /usr/lib/x86_64-linux-gnu/libpcap.so --
-- /usr/lib/x86_64-linux-gnu/libasound.so.2 --
-- /usr/lib/x86_64-linux-gnu/libz.so -> /nowhere/libz.so --
-- /usr/lib/x86_64-linux-gnu/pkgconfig/alsa.pc --
-- /usr/include/alsa/asoundlib.h --
-- /usr/include/other.h --
-- /opt/driver/libcuda.so --
"""
    found = folders(text, tmp_path, LIBRARY_PATH="/opt/driver/:relative", PKG_CONFIG_PATH="/nowhere")
    assert found == {
        path: CFolder(path, (name,))
        for path, name in (
            ("/opt/driver", "-lcuda"),
            ("/usr/lib/x86_64-linux-gnu", "-lpcap"),
            ("/usr/include", "<alsa/asoundlib.h>"),
            ("/usr/lib/x86_64-linux-gnu/pkgconfig", "alsa"),
        )
    }


def test_pkg_config_can_have_folders_of_its_own(tmp_path: Path) -> None:
    text = "-- /usr/lib/pkgconfig/alsa.pc --\n-- /opt/pc/zlib.pc --\n"
    assert set(folders(text, tmp_path, PKG_CONFIG_LIBDIR="/opt/pc")) == {"/opt/pc"}
