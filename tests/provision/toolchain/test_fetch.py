"""Downloads: continued, limited, by proxies and certificates, and never by a way that was not meant."""

import base64
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import smallgo
from mirror import Mirror, certificate, serving
from smallsdk import Machine
from tree import SERVER, SUPPORT
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net import digest
from wslgo.provision.net.download import Wanted, fetch
from wslgo.provision.net.http import Web, get
from wslgo.provision.net.proxy import proxy_for

BODY = os.urandom(1_500_000)


def wanted(url: str, size: int | None = len(BODY), sha256: str = smallgo.sha256(BODY)) -> Wanted:
    def verify(_: object, found: str) -> None:
        digest.check(url, f"sha256:{found}", f"sha256:{sha256}", "the list")

    return Wanted(url, "archive", size, verify)


@pytest.fixture
def archive(mirror: Mirror) -> str:
    mirror.files["/archive"] = BODY
    return f"{mirror.url}/archive"


def fetched(machine: Machine, one: Wanted) -> bytes:
    with fetch(one, machine.place.downloads, machine.web()) as file:
        file.seek(0)
        return file.read()


def problem(machine: Machine, one: Wanted) -> str:
    with pytest.raises(ProvisionError) as refused:
        fetch(one, machine.place.downloads, machine.web())
    return str(refused.value)


def test_a_file_is_fetched_once(machine: Machine, mirror: Mirror, archive: str) -> None:
    for _ in range(2):
        assert fetched(machine, wanted(archive)) == BODY
    assert mirror.paths() == ["/archive"]


@pytest.mark.parametrize("knows_ranges", [True, False])
@pytest.mark.parametrize("size", [len(BODY), None])
@pytest.mark.parametrize("there", [1, 500_000, len(BODY) - 1, len(BODY), len(BODY) + 5])
def test_a_part_is_continued(
    machine: Machine, mirror: Mirror, archive: str, knows_ranges: bool, size: int | None, there: int
) -> None:
    mirror.knows_ranges = knows_ranges
    machine.place.downloads.mkdir()
    (machine.place.downloads / "archive.part").write_bytes((BODY + b"extra")[:there])
    assert fetched(machine, wanted(archive, size)) == BODY
    assert machine.downloads() == ["", ".lock"]


def test_a_connection_that_breaks_is_taken_up_again(machine: Machine, mirror: Mirror, archive: str) -> None:
    mirror.cuts_after = 400_000
    assert fetched(machine, wanted(archive)) == BODY
    assert [headers.get("range") for _, headers in mirror.asked][:2] == [None, "bytes=399999-"]


def test_a_part_of_another_version_is_not_continued(machine: Machine, mirror: Mirror, archive: str) -> None:
    mirror.announces_more = 10
    assert "stopped after" in problem(machine, wanted(archive, None))
    mirror.announces_more = 0
    mirror.files["/archive"] = other = BODY[::-1]
    assert fetched(machine, wanted(archive, None, smallgo.sha256(other))) == other


def test_a_part_with_a_fault_in_it_is_fetched_again(machine: Machine, archive: str) -> None:
    machine.place.downloads.mkdir()
    (machine.place.downloads / "archive.part").write_bytes(bytes(700_000))
    assert fetched(machine, wanted(archive)) == BODY


def test_a_download_that_never_gets_further_ends_and_keeps_what_came(
    machine: Machine, mirror: Mirror, archive: str
) -> None:
    mirror.knows_ranges, mirror.cuts_after = False, 400_000
    assert "stopped after 400000 bytes" in problem(machine, wanted(archive))
    assert (machine.place.downloads / "archive.part").read_bytes() == BODY[:400_000]


@pytest.mark.parametrize("more", [5, -5])
def test_a_length_that_is_not_the_one_of_the_list_is_rejected_before_anything_comes(
    machine: Machine, mirror: Mirror, archive: str, more: int
) -> None:
    mirror.announces_more = more
    assert f"announces {len(BODY) + more} bytes, but the list of releases has {len(BODY)}" in problem(
        machine, wanted(archive)
    )
    assert ".part" not in machine.downloads()


def test_a_false_length_is_noticed(machine: Machine, mirror: Mirror, archive: str) -> None:
    mirror.announces_more = 5
    assert "stopped after" in problem(machine, wanted(archive, None))


def test_a_wrong_checksum_leaves_nothing(machine: Machine, archive: str) -> None:
    assert "Checksum mismatch" in problem(machine, wanted(archive, sha256="0" * 64))
    assert machine.downloads() == [".lock"]


def test_a_disk_that_is_full_keeps_what_came(machine: Machine, archive: str) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
    try:
        words = problem(machine, wanted(archive))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "No space left" in words
    assert ".part" in words
    assert fetched(machine, wanted(archive)) == BODY


def test_cancelled_while_a_server_says_nothing(machine: Machine, mirror: Mirror, archive: str) -> None:
    mirror.waits_after = 600_000
    with pytest.raises(ProvisionError, match="Cancelled"):
        fetch(wanted(archive), machine.place.downloads, machine.web(), cancelled=mirror.waiting.is_set)
    mirror.go_on.set()
    assert fetched(machine, wanted(archive)) == BODY


def test_a_second_run_waits_for_the_first(machine: Machine, mirror: Mirror, archive: str) -> None:
    mirror.waits_after = 600_000
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(fetched(machine, wanted(archive)))) for _ in range(2)]
    threads[0].start()
    mirror.waiting.wait(20)
    threads[1].start()
    mirror.go_on.set()
    for thread in threads:
        thread.join(30)
    assert found == [BODY, BODY]
    assert mirror.paths() == ["/archive"]


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from smallsdk import Machine
machine = Machine(Path(sys.argv[3]))
def cancelled():
    # Asked before each file: here it stops, with a part of them made.
    if sys.argv[6] == "unpack" and len(list(machine.sdk.glob(".go*.wslgo/**/*"))) > 3:
        print("here", flush=True)
        sys.stdin.read()
    return False
print(machine.install(sys.argv[4], sys.argv[5], cancelled=cancelled))
"""


@pytest.mark.parametrize("moment", ["download", "unpack"])
def test_killed_and_begun_again(machine: Machine, mirror: Mirror, tmp_path: Path, moment: str) -> None:
    packed = smallgo.tarball({**smallgo.FILES, "random": BODY})
    url, digest = mirror.has_tarball(packed), f"sha256:{smallgo.sha256(packed)}"
    if moment == "download":
        mirror.waits_after = 700_000
    folders = (str(Path(__file__).parent), str(SERVER), str(tmp_path))
    words = [sys.executable, "-c", KILLED, *folders, url, digest, moment]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(SUPPORT)}, stdin=pipe, stdout=pipe) as running:
        if moment == "download":
            assert mirror.waiting.wait(30)
            part = machine.place.downloads / f"{digest[7:]}.tar.gz.part"
            while not part.exists() or part.stat().st_size < 600_000:
                assert running.poll() is None
        else:
            assert running.stdout is not None
            assert running.stdout.readline() == b"here\n"
            assert len(list(machine.sdk.glob(".go*.wslgo/*"))) > 0
        running.send_signal(signal.SIGKILL)
    assert not machine.go.exists()
    mirror.go_on.set()
    mirror.waits_after = None
    asked = len(mirror.asked)
    assert not machine.install(url, digest).problem
    assert machine.tree() == {**smallgo.FILES, "random": BODY}
    assert [path.name for path in machine.sdk.iterdir()] == [smallgo.NAME]
    ranges = [headers.get("range", "") for _, headers in mirror.asked[asked:]]
    assert ranges == [] if moment == "unpack" else ranges[0] > "bytes=5"


# The way there


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("company"))


@pytest.fixture
def secure(authority: tuple[Path, Path]) -> Iterator[Mirror]:
    with serving(Mirror("https"), authority[1]) as running:
        running.files["/x"] = b"secret"
        yield running


def test_the_certificates_of_a_company_are_honoured(secure: Mirror, authority: tuple[Path, Path]) -> None:
    folder = authority[0].parent / "only"
    folder.mkdir(exist_ok=True)
    (folder / "company.pem").write_bytes(authority[0].read_bytes())
    for environment in ({"SSL_CERT_FILE": str(authority[0])}, {"SSL_CERT_DIR": f"/nowhere:{folder}"}):
        assert get(Web(environment), f"{secure.url}/x") == b"secret"


def test_without_them_no_server_is_trusted(secure: Mirror, authority: tuple[Path, Path]) -> None:
    with pytest.raises(ProvisionError, match="certificate"):
        get(Web({}), f"{secure.url}/x")
    with pytest.raises(ProvisionError, match="certificate"):
        get(Web({"SSL_CERT_FILE": str(authority[0])}), f"https://localhost:{secure.port}/x")


def test_https_is_never_left_for_http(secure: Mirror, mirror: Mirror, authority: tuple[Path, Path]) -> None:
    mirror.files["/x"] = b"plain"
    secure.redirects["/y"] = f"{mirror.url}/x"
    secure.redirects["/z"] = "/x"
    mirror.redirects["/up"] = f"{secure.url}/x"
    web = Web({"SSL_CERT_FILE": str(authority[0])})
    with pytest.raises(ProvisionError, match="not encrypted; wslgo does not follow it"):
        get(web, f"{secure.url}/y")
    assert mirror.asked == []
    assert get(web, f"{secure.url}/z") == b"secret"
    assert get(web, f"{mirror.url}/up") == b"secret"


@pytest.mark.parametrize("target", ["http://192.0.2.1/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "https:///x"])
def test_http_stays_on_this_machine(machine: Machine, mirror: Mirror, target: str) -> None:
    mirror.redirects["/y"] = target
    with pytest.raises(ProvisionError, match=r"does not follow it|cannot follow"):
        get(machine.web(), f"{mirror.url}/y")
    mirror.redirects["/y"] = "/y"
    with pytest.raises(ProvisionError, match="more than 10 times"):
        get(machine.web(), f"{mirror.url}/y")


def test_a_proxy_is_asked_with_its_password_and_no_message_tells_it(machine: Machine, mirror: Mirror) -> None:
    proxy = f"http://me:hunter2@127.0.0.1:{mirror.port}"
    mirror.files["/x"] = b"by proxy"
    web = Web({"http_proxy": proxy, "HTTPS_PROXY": proxy})
    assert get(web, "http://go.company/x") == b"by proxy"
    path, headers = mirror.asked[0]
    assert (path, headers["proxy-authorization"]) == (
        "http://go.company/x",
        f"Basic {base64.b64encode(b'me:hunter2').decode()}",
    )
    for url in ("https://go.company/x", "http://go.company/missing"):
        with pytest.raises(ProvisionError) as refused:
            get(web, url)
        assert "hunter2" not in str(refused.value)
    with pytest.raises(ProvisionError, match=r"socks5://xxxxx@127\.0\.0\.1:9 is not an http proxy"):
        get(Web({"http_proxy": "socks5://me:hunter2@127.0.0.1:9"}), "http://go.company/x")


def test_passwords_of_a_source_are_sent_and_masked(machine: Machine, mirror: Mirror, tmp_path: Path) -> None:
    mirror.files["/x"] = b"private"
    mirror.password = f"Basic {base64.b64encode(b'me:hunter2').decode()}"
    assert get(machine.web(), f"http://me:hunter2@127.0.0.1:{mirror.port}/x") == b"private"
    with pytest.raises(ProvisionError) as refused:
        get(machine.web(), f"http://me:hunter2@127.0.0.1:{mirror.port}/missing" + "?x")
    assert "xxxxx@" in str(refused.value)
    assert "hunter2" not in str(refused.value)
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password hunter2\n")
    assert get(machine.web(), f"{mirror.url}/x") == b"private"


@pytest.mark.parametrize(
    ("url", "excluded", "is_proxied"),
    [
        ("https://go.dev/dl", "", True),
        ("https://go.dev/dl", "*", False),
        ("https://go.dev/dl", "go.dev", False),
        ("https://go.dev/dl", ".go.dev", True),
        ("https://dl.go.dev/x", ".go.dev", False),
        ("https://dl.go.dev/x", "go.dev", False),
        ("https://mygo.dev/x", "go.dev", True),
        ("https://go.dev:8443/x", "go.dev:443, other", True),
        ("https://go.dev/x", "go.dev:443", False),
        ("https://10.1.2.3/x", "10.0.0.0/8", False),
        ("https://11.1.2.3/x", "10.0.0.0/8", True),
        ("https://GO.DEV/x", " go.dev ", False),
        ("https://localhost/x", "", False),
        ("https://127.0.0.5/x", "", False),
        ("https://[::1]:3/x", "", False),
    ],
)
def test_no_proxy_means_what_it_means_to_go(url: str, excluded: str, is_proxied: bool) -> None:
    environment = {"HTTPS_PROXY": "proxy.company:3128", "no_proxy": excluded}
    found = proxy_for(urlsplit(url), environment)
    assert (found is not None and found.geturl()) == (is_proxied and "http://proxy.company:3128")


def test_a_document_has_a_limit_and_an_end(machine: Machine, mirror: Mirror) -> None:
    mirror.files["/x"] = bytes(1000)
    with pytest.raises(ProvisionError, match="more than 999 bytes"):
        get(machine.web(), f"{mirror.url}/x", 999)
    mirror.announces_more = 1
    with pytest.raises(ProvisionError, match="closed before"):
        get(machine.web(), f"{mirror.url}/x")
