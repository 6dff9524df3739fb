"""The cache of the dynamic linker, compared with what ldconfig writes and prints."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.machine.probe.executable import processor_of
from wslgo.syntax import loader_cache

LDCONFIG = shutil.which("ldconfig", path="/sbin:/usr/sbin")
LIBRARY = "libz.so.1"


@pytest.mark.skipif(LDCONFIG is None, reason="no ldconfig")
def test_the_first_library_is_the_one_that_ldconfig_lists_first(tmp_path: Path) -> None:
    printed = subprocess.run([f"{LDCONFIG}", "-p"], capture_output=True, text=True, check=True).stdout
    known = next(iter(re.findall(rf"=> (\S+/{re.escape(LIBRARY)})$", printed, re.MULTILINE)), None)
    if known is None:
        pytest.skip(f"no {LIBRARY}")
    folders = [tmp_path / "stubs", tmp_path / "driver"]
    for folder in folders:
        folder.mkdir()
        shutil.copy(known, folder / LIBRARY)
    configuration, cache = tmp_path / "ld.conf", tmp_path / "cache"
    configuration.write_text("".join(f"{folder}\n" for folder in folders), encoding="utf-8")
    subprocess.run([f"{LDCONFIG}", "-X", "-C", str(cache), "-f", str(configuration)], check=True)
    processor = processor_of(Path("/proc/self/exe").read_bytes())
    assert loader_cache.first(cache.read_bytes(), LIBRARY, processor) == str(folders[0] / LIBRARY)
    rows = subprocess.run([f"{LDCONFIG}", "-C", str(cache), "-p"], capture_output=True, text=True, check=True).stdout
    assert [entry.path for entry in loader_cache.entries(cache.read_bytes())] == re.findall(r"=> (\S+)", rows)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ld.so-1.7.0",
        loader_cache.MAGIC,
        loader_cache.MAGIC + b"\xff" * 8,
        loader_cache.MAGIC + b"\xff" * 200,
        loader_cache.MAGIC.ljust(loader_cache.HEADER, b"\0"),
    ],
)
def test_other_data_has_no_library(data: bytes) -> None:
    assert loader_cache.first(data, LIBRARY, "amd64") is None
