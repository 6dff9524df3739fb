"""Records of CI as a user names them: the folder or the zip of an artifact, one of its files, or a program."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

from wslgo.ci import record
from wslgo.ci.record import Record, read_record
from wslgo.ci.record_comparison import program_of
from wslgo.machine.binary import Binary
from wslgo.system.reader import read_beginning, read_regular
from wslgo.system.world import World
from wslgo.text.message import Message, Text

_ZIP = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"  # in the directory of a zip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those of artifacts
_MOST_ENTRIES = 1000
_LARGEST_ZIP = 256 << 20  # bytes

NOTHING = Message(
    en="{path} has no record of wslgo ci: name the artifact go-ci, its folder, or a program that CI built",
    zh="{path} 中没有 wslgo ci 的记录：请指定工件 go-ci、其文件夹，或 CI 构建的程序",
)
NO_PROGRAM = Message(
    en="{path} is neither a record of wslgo ci nor a program built by Go",
    zh="{path} 既不是 wslgo ci 的记录，也不是 Go 构建的程序",
)


def record_at(path: str, world: World) -> Record | Text:
    """Return the record at a path, or why there is none. Raises OSError."""
    place = Path(path)
    if place.is_dir():
        found = read_record(_of_folder(path))
    elif place.name in record.FILES:
        found = read_record({place.name: _decoded(read_regular(path, record.LARGEST))})
    elif read_beginning(path, len(_ZIP)) == _ZIP:
        found = read_record(_of_zip(path))
    else:
        return _of_program(path, world)
    return NOTHING(path=path) if found.is_empty else found


def _of_folder(path: str) -> dict[str, str]:
    """Return the files of a record in a folder or, as artifacts are unpacked, in the only folder in it."""
    root = os.path.realpath(path)
    places = [Path(path), *(entry for entry in sorted(Path(path).iterdir()) if entry.is_dir())]
    for place in places:
        texts = {}
        for name in record.FILES:
            if (place / name).is_file():
                texts[name] = _decoded(read_regular(place / name, record.LARGEST, within=(root,)))
        if texts:
            return texts
    return {}


def _of_zip(path: str) -> dict[str, str]:
    """Return the files of a record in a zip; of each entry only as much is unpacked as a record can have."""
    texts = {}
    try:
        data = read_regular(path, _LARGEST_ZIP)
        if data.count(_ENTRY) > _MOST_ENTRIES:  # each costs memory before it is looked at
            return {}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist()[:_MOST_ENTRIES]:
                name = entry.filename.rpartition("/")[2]
                if name in record.FILES and name not in texts and entry.compress_type in _METHODS:
                    with archive.open(entry) as file:
                        texts[name] = _decoded(file.read(record.LARGEST))
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return {}
    return texts


def _of_program(path: str, world: World) -> Record | Text:
    from wslgo.machine.probe.binary import read_binary  # pyelftools

    found = read_binary(path, world)
    program = program_of(found) if isinstance(found, Binary) else None
    return NO_PROGRAM(path=path) if program is None else Record(programs=(program,))


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
