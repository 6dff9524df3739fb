"""Redaction of secrets and names that are planted in every fact of a machine."""

import json
import random
from collections.abc import Iterator

import pytest

import machines
from tree import CONFORMANCE
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host, Snapshot, Variable
from wslgo.machine.host_json import from_json, to_json
from wslgo.machine.redaction import redacted_host
from wslgo.syntax.wsl import ini_file
from wslgo.text.source import Source

pytestmark = pytest.mark.slow

# Secrets that a review found in recordings, and similar ones.
PLANTED = (
    *("hunter2", "p455w0rd", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "a1b2c3d4e5f60718", "AKIAIOSFODNN7EXAMPLX"),
    *("bob", "bob.smith", "Bob_S", "张伟", "Müller", "bob@corp.test", "13912345678", "+49 170 1234567"),
    *("nas01", "intranet", "bobpc", "cachehost01", "10.7.0.53", "192.168.77.5", "fd12:3456::7"),
    *("PRIVATE-ORG", "acme", "payments-team", "projectx"),
)
# `{}` is replaced with a secret.
PLACES = (
    *("{}", "x {} y", "/data/{}", "/scratch/{}/go", "/home/{}", "D:\\{}", "C:\\Users\\{}\\x", "C:/Users/{}/x"),
    *(
        "--pat {}",
        "--bearer {} --host {}",
        '-DTOK="{}"',
        "-I/opt/{}/include -l{}",
        "PASSWD2={}",
        "Bearer {}",
        ",pass={}",
    ),
    *("https://u:{}@proxy.golang.org/x", "https://github.com/{}/x", "https://{}/go", "http://{}:3000/x?t={}#{}"),
    *("{}:/export/{}", "//{}/share/{}", "\\\\{}\\{}", "sum.golang.org+https://x.test/{}", "{},github.com/{}/*"),
    *("unix:/{}", "tcp:{}:4713", "{}:0", "Ubuntu-{}", "6.6.87-{}", "1.2.3 {}", "go: {}: /home/{}/x: not found"),
    *("Bearer {}", "user={} Bearer={}"),
    "[wsl2]\nmemory=8GB # {}\nfoo={}\nkernel=C:\\\\{}\\\\x\n{} = 3\n[{}]\nx\nkernelCommandLine={}",
    "[boot]\ncommand=mount -o user={},pass={} //{}/s /mnt\n[network]\nhostname={}\n[user]\ndefault={}\nbad {}\na={}#{}",
)


TOGETHER = 8  # facts


def machine() -> dict[str, object]:
    """Return a recorded machine in which every fact is known."""
    plain = to_json(machines.host("china-company"))
    other = [{"name": name, "value": "x", "origin": "environment"} for name in ("CGO_CFLAGS", "GOAUTH", "GOCACHEPROG")]
    more = {
        "absent_paths": ["/x"],
        "locked_folders": [{"variable": "GOCACHE", "path": "/x", "owner": 0}],
        "go": {"path": "/usr/local/go/bin/go", "version": "1.25.1", "folder": "/usr/local/go", "problem": "go: x"},
        "go_variables": [*plain["go_variables"], *other],  # type: ignore[misc]
    }
    for file in ("wslconfig", "wslconf"):
        more[file] = {
            "path": "/x",
            "text": "x",
            "at_start": "x",
            "before": "x",
            "knows_start": True,
            "knows_before": True,
        }
    return plain | more


def leaves(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, str):
        yield place
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from leaves(member, (*place, name))


def with_text(value: object, place: tuple[str | int, ...], text: str) -> object:
    if not place:
        return text
    head, *rest = place
    if isinstance(value, dict):
        return {**value, head: with_text(value[head], tuple(rest), text)}
    assert isinstance(value, list)
    return [with_text(item, tuple(rest), text) if number == head else item for number, item in enumerate(value)]


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_in_any_fact_is_removed(place: str) -> None:
    """Plant a secret in every fact, a few at once: each machine is decoded, redacted and encoded as a whole."""
    chosen = random.Random(place)
    places = list(leaves(machine()))
    chosen.shuffle(places)
    for at in range(0, len(places), TOGETHER):
        planted: object = machine()
        secrets = [chosen.choice(PLANTED) for _ in places[at : at + TOGETHER]]
        for leaf, secret in zip(places[at : at + TOGETHER], secrets, strict=True):
            planted = with_text(planted, leaf, place.replace("{}", secret))
        text = json.dumps(to_json(redacted_host(from_json(planted)).host), ensure_ascii=False).lower()
        assert [secret for secret in secrets if secret.lower() in text] == [], places[at : at + TOGETHER]


@pytest.mark.parametrize("secret", PLANTED)
@pytest.mark.parametrize("place", PLACES)
def test_each_secret_is_removed_from_files_and_variables(place: str, secret: str) -> None:
    text = place.replace("{}", secret)
    file = Snapshot(text, text)
    variables = tuple(Variable(name, text, text) for name in ("GOPROXY", "GOSUMDB", "GOPRIVATE", "GOFLAGS", "GOCACHE"))
    host = Host(wslconfig=file, wslconf=file, go_variables=variables)
    assert secret.lower() not in json.dumps(to_json(redacted_host(host).host), ensure_ascii=False).lower()


@pytest.mark.parametrize("place", PLACES)
def test_a_second_redaction_of_planted_names_changes_nothing(place: str) -> None:
    text = place.replace("{}", "acme")
    host = Host(wslconf=Snapshot("/etc/wsl.conf", text), wslconfig=Snapshot("/x", text), home="/home/bob")
    once = redacted_host(host).host
    assert redacted_host(once).host == once


RECORDED = [json.loads(line) for line in (CONFORMANCE / "wsl.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("dialect", ["wslconfig", "wslconf"])
def test_wsl_warns_about_the_same_lines_as_before(dialect: ini_file.Dialect) -> None:
    """A warning is compared by its line and its first words, since a value in it may be a placeholder now."""
    texts = [case["text"] for case in RECORDED if case["kind"] == dialect and "text" in case]
    assert len(texts) > 80
    assert [text for text in texts if warnings(text, dialect) != warnings(redacted_text(text, dialect), dialect)] == []


def redacted_text(text: str, dialect: ini_file.Dialect) -> str:
    file = Snapshot("/x", text)
    host = redacted_host(Host(wslconfig=file) if dialect == "wslconfig" else Host(wslconf=file)).host
    found = host.wslconfig or host.wslconf
    return (found and found.text) or ""


def warnings(text: str, dialect: ini_file.Dialect) -> list[tuple[int, str]]:
    file = ini_file.parse(Source(text), dialect, KEYS[dialect])
    return [(warning.line, warning.message[:12]) for warning in file.warnings]
