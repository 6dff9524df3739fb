"""CUDA code in programs: recorded containers of nvcc, the same compiled again, and damaged ones."""

import io
import random
import struct
import subprocess
from pathlib import Path

import pytest

from frontdoor import dev
from smallelf import small_elf
from wslgo.machine.binary import Binary, DeviceCode
from wslgo.machine.probe.binary import read_binary
from wslgo.machine.probe.binary.contents import Region
from wslgo.machine.probe.binary.device_code import device_code
from wslgo.system.this_machine import ThisMachine

FATBINS = Path(__file__).parent / "fatbins"
KERNELS = ("_Z5scaleIfEvPT_S0_i", "add")
ZSTD = DeviceCode(("90",), ("9.5",), ("80",), KERNELS)


def recorded(name: str) -> bytes:
    return (FATBINS / f"{name}.fatbin").read_bytes()


def code_in(data: bytes) -> DeviceCode | None:
    return device_code([Region(io.BytesIO(data), 0, len(data))])


def test_machine_code_and_ptx_compressed_by_zstd() -> None:
    assert code_in(recorded("zstd")) == ZSTD


@pytest.mark.parametrize("name", ["lz4", "plain"])
def test_ptx_compressed_by_lz4_and_not_at_all(name: str) -> None:
    assert code_in(recorded(name)) == DeviceCode((), ("9.5",), ("80",), KERNELS)


def test_code_for_one_gpu_and_for_a_family() -> None:
    assert code_in(recorded("family")) == DeviceCode(("90a", "100f"), (), (), KERNELS)


def test_several_containers_are_one_after_the_other() -> None:
    found = code_in(recorded("plain") + recorded("zstd") + bytes(24) + recorded("family"))
    assert found == DeviceCode(("90", "90a", "100f"), ("9.5",), ("80",), KERNELS)


@pytest.mark.parametrize("section", [".nv_fatbin", "__nv_relfatbin"])
def test_a_program_has_the_code_in_its_sections(tmp_path: Path, section: str) -> None:
    (tmp_path / "app").write_bytes(small_elf({section: recorded("zstd")}))
    found = read_binary(str(tmp_path / "app"), ThisMachine())
    assert isinstance(found, Binary)
    assert found.cuda == ZSTD


def test_a_program_without_cuda_has_none(tmp_path: Path) -> None:
    (tmp_path / "app").write_bytes(small_elf({".text": b"code"}))
    found = read_binary(str(tmp_path / "app"), ThisMachine())
    assert isinstance(found, Binary)
    assert found.cuda is None


def test_names_in_a_damaged_entry_are_missing_and_that_is_known() -> None:
    data = bytearray(recorded("zstd"))
    data[16 + 64 + 4] ^= 0xFF  # in the header of the compressed machine code
    found = code_in(bytes(data))
    assert found is not None
    assert found.sm == ("90",)
    assert not found.is_complete


def test_no_damage_stops_the_reader() -> None:
    chance = random.Random(5)
    for name in ("zstd", "lz4", "family"):
        for _ in range(60):
            data = bytearray(recorded(name))
            for _ in range(chance.randrange(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            code_in(bytes(data[: chance.randrange(len(data)) or None]))
            code_in(bytes(data))


def test_a_huge_size_costs_nothing() -> None:
    header = bytearray(recorded("zstd")[16 : 16 + 64])
    struct.pack_into("<Q", header, 56, 1 << 60)  # unpacked
    container = struct.pack("<IHHQ", 0xBA55ED50, 1, 16, 1 << 60)
    found = code_in(container + header + bytes(2000))
    assert found is not None
    assert not found.is_complete


# The real nvcc


@pytest.mark.delve
@pytest.mark.slow
@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (("-c", "-arch=sm_90"), DeviceCode(("90",), ("9.5",), ("90",), KERNELS)),
        (("-c", "-G", "-g", "-arch=sm_90"), DeviceCode(("90",), ("9.5",), ("90",), KERNELS)),
        (("-c", "-rdc=true", "-arch=sm_80"), DeviceCode(("80",), ("9.5",), ("80",), KERNELS)),
        (("-c", "-gencode=arch=compute_75,code=compute_75"), DeviceCode((), ("9.5",), ("75",), KERNELS)),
        (("-shared", "-Xcompiler", "-fPIC", "-arch=sm_90"), DeviceCode(("90",), ("9.5",), ("90",), KERNELS)),
    ],
)
def test_what_nvcc_writes_today_is_read(tmp_path: Path, flags: tuple[str, ...], expected: DeviceCode) -> None:
    dev.debian_packages()
    nvcc = Path(dev.cuda()) / "bin" / "nvcc"
    subprocess.run([nvcc, *flags, FATBINS / "add.cu", "-o", tmp_path / "out"], check=True)
    found = read_binary(str(tmp_path / "out"), ThisMachine())
    assert isinstance(found, Binary)
    assert found.cuda == expected
