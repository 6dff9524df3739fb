"""Random archives: each is rejected with a message, or read as the honest one, or as Python's own readers read it.

`PYTHONPATH=server python tests/fuzz/archives.py COUNT [SEED]` tries so many; the test suite tries some thousands.
"""

import gzip
import random
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import hostile
import smallgo
from wslgo.provision.errors import ProvisionError

Reader = Callable[[bytes], dict[str, bytes]]

TARBALL = smallgo.tarball(hostile.FILES)
TARS = [gzip.decompress(smallgo.tarball(hostile.FILES, kind=kind)) for kind in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)]
MODULE = smallgo.module(hostile.FILES)

REFUSED, HONEST, OTHER = "refused", "as it was", "as others read it"


def verdict(packed: bytes, read: Reader, other: Reader) -> str:
    """Return the outcome of an archive; raise if it is not one of the three."""
    try:
        found = read(packed)
    except ProvisionError as error:
        words = [error.text.render("en"), error.text.render("zh")]
        return REFUSED if all(words) and len(words[0]) < 1000 else f"refused with {words}"
    if found == hostile.FILES:
        return HONEST
    assert found == other(packed)
    return OTHER


def of_tarball(packed: bytes) -> str:
    return verdict(packed, hostile.unpacked_tarball, hostile.honest_tarball)


def of_module(packed: bytes) -> str:
    return verdict(packed, hostile.unpacked_module, hostile.honest_module)


def verdicts(count: int, seed: int) -> Iterator[str]:
    """Return the outcomes of archives; the error of a failed one has its number."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        try:
            match chance.randrange(10):
                case 0:
                    yield of_tarball(hostile.mutated(TARBALL, chance))
                case 1 | 2 | 3 | 4:
                    yield of_tarball(gzip.compress(hostile.mutated(chance.choice(TARS), chance), 1))
                case _:
                    yield of_module(hostile.mutated(MODULE, chance))
        except BaseException as error:
            error.add_note(f"archive {number} of seed {seed}") if sys.version_info >= (3, 11) else None
            raise


if __name__ == "__main__":
    found = Counter(verdicts(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
    sys.stdout.write(f"{found.total()} archives: {dict(found)}\n")
