"""The checksum database: believed only where everything leads to its signature."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from database import NAME, Database
from mirror import Mirror
from smallgo import MODULE_VERSION
from smallsdk import Machine
from wslgo.provision.errors import ProvisionError
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.sumdb.client import KEYS, SumDb, database

H1 = "h1:" + base64.b64encode(b"h" * 32).decode()
LOOKUP = f"/sumdb/{NAME}/lookup/golang.org/toolchain@{MODULE_VERSION}"


def filled(before: int = 300, after: int = 700) -> Database:
    made = Database()
    made.fill(before)
    made.add(MODULE_VERSION, H1)
    made.fill(after)
    return made


def asked(machine: Machine, mirror: Mirror, database: Database, goproxy: str = "", gosumdb: str = "") -> str:
    policy = Policy(goproxy or mirror.url, gosumdb or database.key)
    return SumDb(policy, machine.web(), machine.place.heads).h1(MODULE_VERSION)


@pytest.mark.parametrize(
    ("before", "after"), [(0, 0), (0, 1), (1, 0), (255, 0), (255, 1), (256, 256), (300, 700), (70_000, 5)]
)
def test_a_record_is_found_and_proven_in_trees_of_any_shape(
    machine: Machine, mirror: Mirror, before: int, after: int
) -> None:
    database = filled(before, after)
    database.serve(mirror, MODULE_VERSION)
    assert asked(machine, mirror, database) == H1


def test_the_tree_that_was_signed_is_remembered_and_grows(machine: Machine, mirror: Mirror) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    asked(machine, mirror, database)
    head = machine.place.heads / NAME / "latest"
    assert head.read_bytes() == database.signed()
    database.fill(5000)
    database.serve(mirror, MODULE_VERSION)
    assert asked(machine, mirror, database) == H1
    assert head.read_bytes() == database.signed()


def test_an_answer_with_an_older_tree_is_believed_and_the_newer_one_stays(machine: Machine, mirror: Mirror) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    old = mirror.files[LOOKUP]
    database.fill(1000)
    database.serve(mirror, MODULE_VERSION)
    asked(machine, mirror, database)
    mirror.files[LOOKUP] = old
    assert asked(machine, mirror, database) == H1
    assert (machine.place.heads / NAME / "latest").read_bytes() == database.signed()


def problem(machine: Machine, mirror: Mirror, database: Database) -> str:
    with pytest.raises(ProvisionError) as refused:
        asked(machine, mirror, database)
    return str(refused.value)


def test_another_history_than_the_one_before_is_a_fork(machine: Machine, mirror: Mirror) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    asked(machine, mirror, database)
    forked = Database()
    forked.fill(300, "forged")
    forked.add(MODULE_VERSION, H1)
    forked.fill(2000)
    forked.serve(mirror, MODULE_VERSION)
    before = (machine.place.heads / NAME / "latest").read_bytes()
    assert "contradicts what it signed" in problem(machine, mirror, database)
    assert (machine.place.heads / NAME / "latest").read_bytes() == before


def test_a_shorter_tree_of_another_history_is_one_too(machine: Machine, mirror: Mirror) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    asked(machine, mirror, database)
    forked = Database()
    forked.add(MODULE_VERSION, H1)
    forked.serve(mirror, MODULE_VERSION)
    assert problem(machine, mirror, database)


def _change_record(files: dict[str, bytes], _: Database) -> None:
    files[LOOKUP] = files[LOOKUP].replace(H1.encode(), b"h1:" + base64.b64encode(b"e" * 32))


def _change_number(files: dict[str, bytes], _: Database) -> None:
    files[LOOKUP] = files[LOOKUP].replace(b"300\n", b"301\n", 1)


def _change_number_beyond(files: dict[str, bytes], _: Database) -> None:
    files[LOOKUP] = files[LOOKUP].replace(b"300\n", b"99999\n", 1)


def _change_tile(files: dict[str, bytes], _: Database) -> None:
    path = f"/sumdb/{NAME}/tile/8/0/001"
    files[path] = files[path][:-1] + b"x"


def _cut_tile(files: dict[str, bytes], _: Database) -> None:
    path = f"/sumdb/{NAME}/tile/8/0/001"
    files[path] = files[path][:-32]


def _change_tree(files: dict[str, bytes], _: Database) -> None:
    files[LOOKUP] = files[LOOKUP].replace(b"\n1001\n", b"\n1002\n")


def _other_key(files: dict[str, bytes], database: Database) -> None:
    other = Database(b"o" * 32)
    other.records = database.records
    files[LOOKUP] = files[LOOKUP].replace(database.signed(), other.signed())


def _no_signature(files: dict[str, bytes], database: Database) -> None:
    files[LOOKUP] = files[LOOKUP].replace(database.signed(), database.signed().partition("—".encode())[0])


def _login_page(files: dict[str, bytes], _: Database) -> None:
    files[LOOKUP] = b"<html>Log in</html>"


def _other_version(files: dict[str, bytes], database: Database) -> None:
    files[LOOKUP] = b"299\n" + database.records[299] + b"\n" + database.signed()


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        (_change_record, "cannot prove its answer"),
        (_change_number, "cannot prove its answer"),
        (_change_number_beyond, "refers to record 99999"),
        (_change_tile, "cannot prove its answer"),
        (_cut_tile, "cannot prove its answer"),
        (_change_tree, "signature of the checksum database sum.test is wrong"),
        (_other_key, "is not signed by"),
        (_no_signature, "not a signed note"),
        (_login_page, "did not send a record"),
        (_other_version, "did not send a record"),
    ],
)
def test_a_false_answer_is_noticed(
    machine: Machine, mirror: Mirror, lie: Callable[[dict[str, bytes], Database], None], words: str
) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    lie(mirror.files, database)
    assert words in problem(machine, mirror, database)


def test_a_tile_that_has_been_completed_in_the_meantime_is_read_as_a_whole(machine: Machine, mirror: Mirror) -> None:
    database = filled(10, 89)
    database.serve(mirror, MODULE_VERSION)
    answer = mirror.files[LOOKUP]
    del mirror.files[f"/sumdb/{NAME}/tile/8/0/000.p/100"]
    database.fill(1000)
    database.serve(mirror, MODULE_VERSION)
    mirror.files[LOOKUP] = answer
    assert asked(machine, mirror, database) == H1


def test_proxies_that_do_not_serve_it_are_passed_by_as_go_does(machine: Machine, mirror: Mirror) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    mirror.statuses["/broken/sumdb/sum.test/supported"] = 500
    with pytest.raises(ProvisionError, match="500"):
        asked(machine, mirror, database, f"{mirror.url}/broken,{mirror.url}")
    assert asked(machine, mirror, database, f"{mirror.url}/broken|{mirror.url}") == H1
    assert asked(machine, mirror, database, f"{mirror.url}/without,{mirror.url}") == H1


def test_an_address_in_gosumdb_goes_past_the_proxies(machine: Machine, mirror: Mirror) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    address = f"{database.key} {mirror.url}/sumdb/{NAME}"
    assert asked(machine, mirror, database, "http://127.0.0.1:9", address) == H1
    assert f"/sumdb/{NAME}/supported" not in mirror.paths()


@pytest.mark.parametrize(
    ("value", "addresses"),
    [
        ("", ("https://sum.golang.org", "https://sum.golang.google.cn")),
        ("sum.golang.org", ("https://sum.golang.org", "https://sum.golang.google.cn")),
        (KEYS["sum.golang.org"], ("https://sum.golang.org", "https://sum.golang.google.cn")),
        ("sum.golang.google.cn", ("https://sum.golang.google.cn",)),
        ("sum.golang.org https://sums.company", ("https://sums.company",)),
    ],
)
def test_what_gosumdb_names(value: str, addresses: tuple[str, ...]) -> None:
    found = database(value)
    assert (found.key.name, found.addresses) == ("sum.golang.org", addresses)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("off", "checksum database disabled by GOSUMDB=off"),
        ("sum.golang.org+https://sum.golang.org", "malformed verifier id"),
        ("a b c", "too many fields"),
        (KEYS["sum.golang.org"].replace("033de0ae", "033de0af"), "invalid verifier hash"),
    ],
)
def test_what_go_rejects_is_rejected_in_its_words(value: str, words: str) -> None:
    with pytest.raises(ProvisionError, match=words.replace("+", r"\+")):
        database(value)


def test_nothing_is_remembered_of_a_database_that_lied(machine: Machine, mirror: Mirror, tmp_path: Path) -> None:
    database = filled()
    database.serve(mirror, MODULE_VERSION)
    _change_tree(mirror.files, database)
    problem(machine, mirror, database)
    assert not (tmp_path / "heads").exists()
