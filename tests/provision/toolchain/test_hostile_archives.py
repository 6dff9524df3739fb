"""Hostile archives: rejected with a message, in little memory, or read exactly as they are."""

import gzip
import os
import random
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_install import check_tree, from_tarball, signing

import archives
import hostile
import smallgo
from hostile import NAMES, described, record, zeros_deflated, zip_of
from mirror import Mirror
from smallgo import FILES, PREFIX
from smallsdk import Machine
from tree import SERVER, SUPPORT, TESTS
from wslgo.provision.errors import ProvisionError
from wslgo.provision.toolchain.archive import guard

pytestmark = pytest.mark.slow


def short(value: object) -> str:
    """Return the name of a case: its words, not its bytes."""
    return value.replace(" ", "-") if isinstance(value, str) else ""


# Every field


def every(kind: str) -> Iterator[tuple[str, bytes]]:
    if kind == "gzip":
        yield from hostile.hostile_gzips(archives.TARBALL)
    elif kind == "zip":
        yield from hostile.hostile_zips(archives.MODULE)
    else:
        tar = archives.TARS[kind == "gnu"]
        made = hostile.hostile_records(tar) if kind == "records" else hostile.hostile_tars(tar)
        yield from ((label, gzip.compress(tar, 1)) for label, tar in made)


@pytest.mark.parametrize("kind", ["pax", "gnu", "records", "gzip", "zip"])
def test_with_any_field_replaced_it_is_rejected_or_read_as_it_is(kind: str) -> None:
    verdict = archives.of_module if kind == "zip" else archives.of_tarball
    found: Counter[str] = Counter()
    for label, packed in every(kind):
        try:
            found[verdict(packed)] += 1
        except Exception as error:
            raise AssertionError(label) from error
    assert found[archives.REFUSED] > 50
    assert found[archives.HONEST] > 10


@pytest.mark.parametrize("seed", range(3))
def test_with_bytes_replaced_at_random_it_is_rejected_or_read_as_it_is(seed: int) -> None:
    found = Counter(archives.verdicts(1000, seed))
    assert found[archives.REFUSED] > 500
    assert found[archives.HONEST] > 50


def test_the_honest_ones_are_read_alike_by_all_readers() -> None:
    assert hostile.unpacked_tarball(archives.TARBALL) == hostile.honest_tarball(archives.TARBALL) == hostile.FILES
    assert hostile.unpacked_module(archives.MODULE) == hostile.honest_module(archives.MODULE) == hostile.FILES


# Tarballs


def tar_with(*entries: tuple[bytes, bytes]) -> bytes:
    return gzip.compress(described(archives.TARS[0], entries), 1)


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (tar_with((b"x", record(b"size", b"-1536"))), "number in a header"),
        (tar_with((b"x", record(b"size", b"9" * 5000))), "number in a header"),
        (tar_with((b"x", record(b"mtime", b"nan"))), "number in a header"),
        (tar_with((b"x", record(b"mtime", b"-1"))), "number in a header"),
        (tar_with((b"x", record(b"mtime", b"1e300"))), "number in a header"),
        (tar_with((b"x", record(b"mtime", b"99999999999"))), "number in a header"),
        (tar_with((b"x", b"9" * 5000 + b" a=b\n")), "PAX header"),
        (tar_with((b"x", record(b"path", b""))), "empty value"),
        (tar_with((b"x", record(b"GNU.sparse.major", b"1"))), "sparse file"),
        (tar_with((b"g", record(b"path", b"go/evil"))), "header for all files"),
        (tar_with((b"L", b"go/" + b"a/" * 30_000)), "more than 1000 bytes"),
        (tar_with((b"L", b"go/" + b"a" * 70_000)), "header of 70003 bytes"),
        (tar_with((b"L", b"go/" + b"a/" * 120 + b"b")), "more than 100 folders deep"),
        (tar_with(*[(b"x", record(b"comment", b"c"))] * 5), "more than 4 headers for one file"),
        (tar_with((b"L", "go/\u202egnp".encode())), "invisible characters"),
        (tar_with((b"L", b"go/\xff")), "not in UTF-8"),
        (gzip.compress(described(b"", [(b"x", record(b"path", b"go/a"))]) + bytes(1024)), "ends in the middle"),
        (archives.TARBALL + gzip.compress(b"more"), "something follows its end"),
        (archives.TARBALL[:3] + b"\x08" + archives.TARBALL[4:10] + b"n" * 3_000_000, "ends too early"),
    ],
    ids=short,
)
def test_such_a_tarball_is_rejected(machine: Machine, mirror: Mirror, packed: bytes, words: str) -> None:
    assert words in from_tarball(machine, mirror, packed)


def test_what_other_writers_put_into_a_tarball_is_read(machine: Machine, mirror: Mirror) -> None:
    """A comment for all files as `git archive` writes it, times with a fraction."""
    tar = gzip.decompress(smallgo.tarball())
    more = [(b"g", record(b"comment", b"c" * 40)), (b"x", record(b"mtime", b"1700000000.25"))]
    packed = gzip.compress(described(tar, more))
    assert not machine.install(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}").problem
    assert machine.tree() == FILES
    assert (machine.go / "VERSION").stat().st_mtime == 1_700_000_000.25


def test_two_spellings_of_an_accent_are_one_name(machine: Machine, mirror: Mirror) -> None:
    names = {"src/\u00c4.go": b"", "src/A\u0308.go": b""}
    assert "twice" in from_tarball(machine, mirror, smallgo.tarball({**FILES, **names}))
    one = {**FILES, "test/\u00c4foo.go": b"package a\n"}
    packed = smallgo.tarball(one)
    assert not machine.install(mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}").problem
    assert machine.tree() == one


def test_files_folders_and_names_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_FILES", 50)
    many = {f"a/{number}": b"" for number in range(51)}
    deep = {f"{number}/{'b/' * 9}{number}": b"" for number in range(6)}
    for files in (many, deep):
        with pytest.raises(ProvisionError, match="more than 50 files"):
            hostile.unpacked_tarball(smallgo.tarball(files))
    monkeypatch.setattr(guard, "MOST_FILES", 1000)
    monkeypatch.setattr(guard, "_MOST_NAMES", 1000)
    with pytest.raises(ProvisionError, match="more than 1000 characters"):
        hostile.unpacked_tarball(smallgo.tarball({f"{'long' * 20}{number}": b"" for number in range(20)}))


# Zips


def bomb() -> bytes:
    """Three gigabytes in three megabytes, each file as large as it says."""
    packed, crc = zeros_deflated(100 << 20)
    return zip_of([(f"{PREFIX}{number}", packed, 100 << 20, crc) for number in range(30)])


def overlapping() -> bytes:
    """Return a hundred kilobytes that are listed sixty times."""
    packed, crc = zeros_deflated(8 << 20)
    return zip_of([(f"{PREFIX}zeros", packed, 8 << 20, crc)], [0] * 60)


def lying() -> bytes:
    """Return a zip whose file is larger than listed."""
    packed, _ = zeros_deflated(64 << 20)
    return zip_of([(f"{PREFIX}zeros", packed, 10, 0)])


def nested() -> bytes:
    """Return a zip with a file whose bytes are another file of the list, with its header."""
    inner = zip_of([(f"{PREFIX}inner", hostile.deflated(b"x"), 1, 0x8CDC1683)])
    made = zip_of([(f"{PREFIX}outer", inner, len(inner), 0)])
    at = made.index(b"PK\3\4", 4)
    entry = inner[inner.index(b"PK\1\2") : inner.index(b"PK\5\6")]
    entry = entry[:42] + at.to_bytes(4, "little") + entry[46:]
    end = made.rfind(b"PK\5\6")
    size = int.from_bytes(made[end + 12 : end + 16], "little") + len(entry)
    counts = b"\2\0\2\0" + size.to_bytes(4, "little")
    return made[:end] + entry + made[end : end + 8] + counts + made[end + 16 :]


@pytest.mark.parametrize(
    ("packed", "words"),
    [
        (bomb(), "would unpack to more than"),
        (overlapping(), "overlaps another file"),
        (nested(), "overlaps another file"),
        (lying(), "differs from the list"),
        (zip_of([(f"{PREFIX}{'a/' * 200}b", b"\3\0", 0, 0)]), "more than 100 folders deep"),
        (zip_of([(f"{PREFIX}{'a' * 60_000}", b"\3\0", 0, 0)]), "more than 1000 bytes"),
        (zip_of([(f"{PREFIX}a/", b"\3\0", 5, 0)]), "folder with content"),
        (zip_of([(f"{PREFIX}a", b"\3\0", 0, 0)], [0] * 65_535), "larger than a module may be"),
        (zip_of([(f"{PREFIX}a", b"\3\0", 0, 0)], comment=b"c" * 9)[:-1], "list of files"),
        (zip_of([(f"{PREFIX}a", b"\3\0", 0, 0)]) + b"more", "list of files"),
    ],
    ids=short,
)
def test_such_a_module_is_rejected_before_its_hash_is_made(
    machine: Machine, mirror: Mirror, packed: bytes, words: str
) -> None:
    signing(machine, mirror, smallgo.h1(smallgo.module()))
    assert words in machine.problem(mirror.has_module(packed))
    assert ".part" not in machine.downloads()


def test_a_list_that_is_larger_than_lists_are_is_rejected() -> None:
    names = [(f"{PREFIX}{number:0980}", b"\3\0", 0, 0) for number in range(17_000)]
    with pytest.raises(ProvisionError, match="list of files with 17000 entries"):
        hostile.unpacked_module(zip_of(names))


@pytest.mark.parametrize("place", [6, 8, 14, 18, 22, 26, 30])
def test_a_header_that_says_something_else_than_the_list_is_rejected(
    machine: Machine, mirror: Mirror, place: int
) -> None:
    packed = bytearray(smallgo.module())
    packed[place] ^= 4
    signing(machine, mirror, smallgo.h1(smallgo.module()))
    assert "damaged" in machine.problem(mirror.has_module(bytes(packed)))


@pytest.mark.parametrize("is_streamed", [False, True])
@pytest.mark.parametrize("method", [0, 8])
def test_zips_of_other_writers_are_read(machine: Machine, mirror: Mirror, is_streamed: bool, method: int) -> None:
    """Sizes behind each file, as Go writes them, files that are stored, a comment, and folders."""
    packed = smallgo.other_module(method, is_streamed=is_streamed)
    signing(machine, mirror, smallgo.h1(packed))
    assert not machine.install(mirror.has_module(packed)).problem
    check_tree(machine)


def test_a_large_file_comes_through_whole(machine: Machine, mirror: Mirror) -> None:
    files = {**FILES, "pkg/large": random.Random(1).randbytes(3_000_000) + bytes(10_000_000)}
    packed = smallgo.module(files)
    signing(machine, mirror, smallgo.h1(packed))
    assert not machine.install(mirror.has_module(packed)).problem
    assert machine.tree() == files


def test_names_of_any_kind_leave_nothing_outside(machine: Machine, mirror: Mirror, tmp_path: Path) -> None:
    for name in NAMES:
        from_tarball(machine, mirror, tar_with((b"L", name + b"\0")))
    assert not list(tmp_path.rglob("*evil*"))


# Memory


def peak(read: "archives.Reader", packed: bytes) -> int:
    """How many bytes are in use at most while an archive is read."""
    tracemalloc.start()
    try:
        read(packed)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class Emptied(hostile.Kept):
    """A tree that keeps nothing."""

    def file(self, place: object, _mode: int, _seconds: float, write: object) -> None:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        write(descriptor)  # type: ignore[operator]
        os.close(descriptor)


def test_memory_stays_flat_while_large_files_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "Kept", Emptied)
    files = {"large": random.Random(1).randbytes(3 << 20) + bytes(90 << 20)}
    assert peak(hostile.unpacked_module, smallgo.module(files)) < 12 << 20
    assert peak(hostile.unpacked_tarball, smallgo.tarball(files)) < 32 << 20


IN_LITTLE_MEMORY = """
import resource, sys
sys.path[:0] = sys.argv[1:3]
import hostile, test_hostile_archives as made
from wslgo.provision.errors import ProvisionError
packed = eval(sys.argv[4])
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    getattr(hostile, sys.argv[3])(packed)
except ProvisionError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("reader", "made", "words"),
    [
        ("unpacked_module", "made.bomb()", "would unpack to more than"),
        ("unpacked_module", "made.overlapping()", "overlaps"),
        ("unpacked_module", "made.lying()", "differs from the list"),
        ("unpacked_tarball", "made.tar_with((b'L', b'go/' + b'a/' * 500_000))", "header of"),
    ],
)
def test_a_gigabyte_of_address_space_is_enough_to_reject(reader: str, made: str, words: str) -> None:
    folders = (str(Path(__file__).parent), str(SERVER))
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, *folders, reader, made]
    own = {**os.environ, "PYTHONPATH": f"{SUPPORT}:{TESTS / 'fuzz'}"}
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    assert words in done.stdout, done.stderr
