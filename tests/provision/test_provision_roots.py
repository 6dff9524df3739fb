"""CA certificates of Windows that a host needs: real handshakes, and a recorded PowerShell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import machines
from authorities import EXPIRED, authority, der
from mirror import Mirror, certificate, serving
from wslgo.machine.probe.context import ProbeContext
from wslgo.provision.model.facts import Facts, Source
from wslgo.provision.model.spec import Spec
from wslgo.provision.net import pem
from wslgo.provision.net.http import Web
from wslgo.provision.survey import windows_roots
from wslgo.provision.survey.survey import survey
from wslgo.provision.survey.trust import missing_certificates
from wslgo.provision.target import this_machine

NOBODY = "https://127.0.0.1:9"  # a closed port
WORDS = f"powershell.exe -NoLogo -NoProfile -NonInteractive -Command {windows_roots.COMMAND}"
[OVER] = pem.certificates(EXPIRED.encode())


def windows(folder: Path, *lines: str, manner: str = "says") -> machines.Tree:
    """Return a WSL whose Windows prints this about the CAs that it trusts."""
    (folder / "windows").mkdir()
    text = f"like: ubuntu-24.04-nat\n-- {manner}: {WORDS} --\n" + "".join(f"{line}\n" for line in lines)
    return machines.tree_of(text, folder / "windows")


def line(certificate: bytes) -> str:
    return " ".join(map(str, certificate))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the company's CA, and a server with its certificate."""
    return certificate(tmp_path_factory.mktemp("company"))


@pytest.fixture
def mirror(company: tuple[Path, Path]) -> Iterator[Mirror]:
    with serving(Mirror("https"), company[1]) as running:
        yield running


@pytest.fixture
def others(tmp_path: Path) -> list[bytes]:
    """Return other certificates that Windows trusts."""
    return [OVER, b"\x30damaged", *(der(authority(tmp_path, f"other {number}")) for number in range(4))]


# What Windows says


def test_each_line_is_a_certificate(tmp_path: Path) -> None:
    tree = windows(tmp_path, "48 130 1 255", "48 0", "48 130 1 255")
    assert windows_roots.of_windows(ProbeContext(tree)) == (b"\x30\x82\x01\xff", b"\x30\x00")
    assert tree.ran == [WORDS]


@pytest.mark.parametrize("said", ["", "Cannot invoke method", "48 256", "48 -1", "48 1e1", "48 ４８", "0x30"])
def test_other_lines_are_skipped(tmp_path: Path, said: str) -> None:
    assert windows_roots.of_windows(ProbeContext(windows(tmp_path, said))) == ()


@pytest.mark.parametrize("manner", ["complains", "hangs"])
def test_a_windows_that_does_not_answer_trusts_nothing(tmp_path: Path, manner: str) -> None:
    tree = windows(tmp_path, "At line:1 char:1", manner=manner)
    assert windows_roots.of_windows(ProbeContext(tree)) == ()


@pytest.mark.parametrize("name", ["not-wsl", "wsl-1", "no-interop"])
def test_without_interop_windows_is_not_asked(tmp_path: Path, name: str) -> None:
    tree = machines.unpack(name, tmp_path)
    assert windows_roots.of_windows(ProbeContext(tree)) == ()


# What hosts need


@pytest.mark.slow
@pytest.mark.parametrize("place", range(6))
def test_only_a_certificate_that_verifies_the_host_is_used(
    company: tuple[Path, Path], mirror: Mirror, others: list[bytes], place: int
) -> None:
    candidates = [*others[:place], der(company[0]), *others[place:]]
    [one] = windows_roots.needed_certificates([mirror.url], candidates, Web({}))
    assert (one.name, one.pem, one.host, one.file) == ("company", company[0].read_text(), "127.0.0.1", "")


def test_one_ca_serves_all_hosts_that_it_verifies(
    company: tuple[Path, Path], mirror: Mirror, others: list[bytes]
) -> None:
    with serving(Mirror("https"), company[1]) as second:
        found = windows_roots.needed_certificates([mirror.url, second.url, NOBODY], [der(company[0]), *others], Web({}))
    assert [item.name for item in found] == ["company"]


def test_if_windows_cannot_verify_the_host_nothing_is_trusted(mirror: Mirror, others: list[bytes]) -> None:
    assert windows_roots.needed_certificates([mirror.url], others, Web({})) == ()
    assert windows_roots.needed_certificates([mirror.url], [], Web({})) == ()


def test_an_unreachable_host_is_not_distrusted(mirror: Mirror) -> None:
    urls = (mirror.url, NOBODY, "http://127.0.0.1:9", "file:///tmp", "https://")
    assert windows_roots.distrusted_urls(urls, Web({})) == (mirror.url,)


# The survey


def surveyed(world: machines.Tree, folder: Path, url: str, *named: Path, **variables: str) -> Facts:
    """Survey a machine that reaches no host but this one: its proxy has a closed port."""
    spec = Spec(only=("certificates",), sources=(url,), certificates=tuple(map(str, named)))
    environment = {"HOME": str(folder), "HTTPS_PROXY": NOBODY.replace("https", "http"), **variables}
    return survey(this_machine(None, str(folder)), spec, environment, folder, world=world)


def test_a_survey_finds_missing_certificates(company: tuple[Path, Path], mirror: Mirror, tmp_path: Path) -> None:
    found = surveyed(windows(tmp_path, line(OVER), line(der(company[0]))), tmp_path, mirror.url)
    assert [(certificate.name, certificate.host) for certificate in found.certificates] == [("company", "127.0.0.1")]


def test_a_proxy_that_was_asked_for_tools_alone_is_verified_too(
    company: tuple[Path, Path], mirror: Mirror, tmp_path: Path
) -> None:
    problem = "certificate: unable to get local issuer certificate"
    asked = Facts(tool_proxies=(Source(mirror.url, "module", problem=problem),))
    found = missing_certificates(asked, {}, (), windows(tmp_path, line(der(company[0]))))
    assert found is not None
    assert [certificate.name for certificate in found.certificates] == ["company"]


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "nothing"])
def test_with_ssl_cert_file_windows_is_not_asked(
    company: tuple[Path, Path], mirror: Mirror, tmp_path: Path, name: str
) -> None:
    tree = windows(tmp_path, line(der(company[0])))
    found = surveyed(tree, tmp_path, mirror.url, **{name: str(tmp_path / "theirs.pem")})
    assert bool(found.certificates) is (name == "nothing")
    assert (WORDS in tree.ran) is (name == "nothing")


def test_windows_is_not_asked_if_all_hosts_are_trusted(
    company: tuple[Path, Path], mirror: Mirror, tmp_path: Path
) -> None:
    tree = windows(tmp_path, line(der(company[0])))
    found = surveyed(tree, tmp_path, mirror.url, company[0])
    assert [certificate.host for certificate in found.certificates] == [""]
    assert WORDS not in tree.ran
