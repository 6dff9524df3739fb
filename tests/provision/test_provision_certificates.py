"""Company CA certificates: which are trusted, how they are installed and undone, and which never are."""

import base64
import json
import subprocess
from pathlib import Path

import pytest

import rootless
import smallgo
from authorities import EXPIRED, authority, der
from debiantree import Debian
from mirror import Mirror, certificate, serving
from smallmachine import Machine
from wslgo.provision.apply import root_script
from wslgo.provision.model.facts import Certificate, Facts, File, Source, User
from wslgo.provision.model.plan_json import facts_from, to_json
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import InstallPackages, RunFixed, Step, WriteFile
from wslgo.provision.net import pem
from wslgo.provision.plan.planner import plan
from wslgo.provision.plan.steps import certificates
from wslgo.provision.plan.steps.certificates import BUNDLE, FOLDER, PROGRAM
from wslgo.provision.survey.authority import in_file
from wslgo.system import as_root
from wslgo.system.journal_lines import digest
from wslgo.text.message import Text

UPDATE = RunFixed(("update-ca-certificates",))
APT, LISTS = "/usr/bin/apt-get", "/var/lib/apt/lists"
ROOT = Certificate("Corp Root CA", pem.text(b"\x30one"), file="corp.pem")
NEEDED = Certificate("Corp Root CA", pem.text(b"\x30one"), host="proxy.golang.org")
OTHER = Certificate("", pem.text(b"\x30two"), host="go.dev")
DISTRUST = "Could not reach https://go.dev/dl/: certificate: unable to get local issuer certificate"


def found(*trusted: Certificate, files: "dict[str, bytes | None] | None" = None, **more: object) -> Facts:
    """Return a Debian with these files, on which these CAs are to be trusted."""
    texts: dict[str, bytes | None] = {PROGRAM: b"#!/bin/sh\n", APT: b"", BUNDLE: b"", **(files or {})}
    known = {path: None if data is None else File(data) for path, data in texts.items()}
    return Facts(user=User("dev", "/home/dev"), files=known, certificates=trusted, **more)  # type: ignore[arg-type]


def steps(there: Facts) -> list[Step]:
    return [item for item in certificates.steps(there, Spec()) if isinstance(item, Step)]


def notes(there: Facts) -> list[str]:
    return [item.render() for item in certificates.steps(there, Spec()) if isinstance(item, Text)]


# The step


def test_a_ca_gets_a_file_of_its_own_and_is_trusted() -> None:
    [step] = steps(found(ROOT))
    [write, run] = step.actions
    assert isinstance(write, WriteFile)
    assert write.path.startswith(f"{FOLDER}/wslgo-corp-root-ca-")
    assert (write.before, write.after, write.owner, write.mode) == (None, ROOT.pem.encode(), "root", 0o644)
    assert run == UPDATE
    assert (step.needs_root, step.reversible) == (True, False)
    assert "--undo removes the certificate" in step.warnings[0].render()


def test_renewed_and_nameless_cas_have_files_of_their_own() -> None:
    renewed = ROOT._replace(pem=pem.text(b"\x30three"))
    chinese = ROOT._replace(name="某公司根证书", pem=pem.text(b"\x30four"))
    [step] = steps(found(ROOT, renewed, chinese))
    assert len({write.path for write in step.writes}) == 3
    assert all(write.path.isascii() and write.path.endswith(".crt") for write in step.writes)


def test_each_reason_has_its_step() -> None:
    named, needed = steps(found(ROOT, OTHER))
    assert "--certificate corp.pem" in named.reason.render()
    assert "go.dev cannot be verified without it" in needed.reason.render()


@pytest.mark.parametrize("path", [BUNDLE, f"{FOLDER}/theirs.crt"])
def test_trusted_certificates_do_not_change(path: str) -> None:
    text = "# theirs\r\n" + ROOT.pem.replace("\n", "\r\n")
    assert not steps(found(ROOT, files={path: text.encode()}))


def test_a_file_that_update_ca_certificates_ignores_does_not_count() -> None:
    assert steps(found(ROOT, files={f"{FOLDER}/theirs.pem": ROOT.pem.encode()}))


def test_a_file_that_waits_for_update_ca_certificates_is_not_written_again() -> None:
    [step] = steps(found(NEEDED, files={f"{FOLDER}/theirs.crt": NEEDED.pem.encode()}))
    assert step.actions == (UPDATE,)


@pytest.mark.parametrize(
    ("lists", "first"), [(("mirror.invalid_dists_Packages",), ()), ((), (RunFixed(("apt-get", "update")),))]
)
def test_a_missing_package_is_installed_first(lists: tuple[str, ...], first: tuple[object, ...]) -> None:
    [step] = steps(found(ROOT, files={PROGRAM: None}, folders={LISTS: lists}))
    assert step.actions[:-2] == (*first, InstallPackages(("ca-certificates",)))


def test_without_apt_it_is_a_manual_step() -> None:
    there = found(ROOT, files={PROGRAM: None, APT: None})
    assert not steps(there)
    assert "update-ca-trust" in notes(there)[0]


def test_without_facts_nothing_is_planned() -> None:
    assert not list(certificates.steps(Facts(certificates=(ROOT,)), Spec()))


def test_a_host_that_cannot_be_verified_with_them_either_is_reported() -> None:
    sources = (Source("https://me:hunter2@go.dev", "tarball", None, DISTRUST),)
    assert not notes(found(sources=sources)), "without any, it is a finding of the linter"
    [note] = notes(found(ROOT, sources=sources))
    assert "go.dev: not trusted here (unable to get local issuer certificate)" in note
    assert "hunter2" not in note


@pytest.mark.parametrize(
    "problem",
    [
        "",
        "no answer in time",
        "https://go.dev answers 404 Not Found",
        "Could not reach https://go.dev: certificate: certificate has expired",
        "Could not reach https://go.dev: certificate: Hostname mismatch, certificate is not valid for 'go.dev'.",
    ],
)
def test_other_errors_are_not_about_certificates(problem: str) -> None:
    assert not list(certificates.steps(found(sources=(Source("https://go.dev", "tarball", None, problem),)), Spec()))


def test_after_the_step_nothing_is_left_to_do() -> None:
    there = found(ROOT, NEEDED, OTHER)
    for step in plan(there, Spec(only=("certificates",))).steps:
        there = there.after(step)
    assert not steps(there._replace(certificates=(ROOT,)))


def test_certificates_survive_json() -> None:
    there = found(ROOT, OTHER)
    assert facts_from(json.loads(json.dumps(to_json(there)))) == there


# Files


def judged(path: Path) -> "list[Certificate | str]":
    return [result.render() if isinstance(result, Text) else result for result in in_file(str(path))]


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_every_ca_certificate_of_a_file_is_read(tmp_path: Path, ends: bytes) -> None:
    one, other = authority(tmp_path, "Corp Root CA"), authority(tmp_path, "某公司根证书")
    bundle = tmp_path / "bundle"
    bundle.write_bytes(b"\xef\xbb\xbfsubject=x\n" + (one.read_bytes() + other.read_bytes()).replace(b"\n", ends))
    assert judged(bundle) == [
        Certificate("Corp Root CA", one.read_text(), str(bundle)),
        Certificate("某公司根证书", other.read_text(), str(bundle)),
    ]


def test_exports_of_windows_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "corp.cer"
    path.write_bytes(der(authority(tmp_path, "corp")))
    [found] = judged(path)
    assert isinstance(found, Certificate)
    assert found.pem == (tmp_path / "corp.pem").read_text()


def test_a_file_with_a_private_key_is_not_used(tmp_path: Path) -> None:
    path = authority(tmp_path, "corp")
    path.write_bytes(path.read_bytes() + (tmp_path / "corp.key").read_bytes())
    [problem] = judged(path)
    assert "contains a private key" in str(problem)


def test_of_a_chain_only_ca_certificates_are_used(tmp_path: Path) -> None:
    root, server = certificate(tmp_path)
    leaf = server.read_bytes().partition(b"-----BEGIN PRIVATE")[0]
    chain = tmp_path / "chain"
    chain.write_bytes(leaf + EXPIRED.encode() + root.read_bytes())
    problem, expired, found = judged(chain)
    assert "certificate 1" in str(problem)
    assert "not a CA certificate" in str(problem)
    assert "(Old Root) expired on 2021-01-01" in str(expired)
    assert isinstance(found, Certificate)
    assert found.name == "company"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no certificate"),
        (b"hello\n", "no certificate"),
        (b"\x30not der", "damaged"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged"),
        (b"-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n", "damaged"),
        (None, "no such file"),
    ],
)
def test_other_files_are_reported(tmp_path: Path, data: "bytes | None", words: str) -> None:
    path = tmp_path / "corp.pem"
    if data is not None:
        path.write_bytes(data)
    [problem] = judged(path)
    assert words in str(problem).lower()


# A tree


def has_update_ca_certificates(machine: Machine) -> None:
    machine.write(PROGRAM, b"#!/bin/sh\n", mode=0o755, owner=0)


def test_a_plan_shows_the_certificate_and_what_undo_does(machine: Machine, tmp_path: Path) -> None:
    has_update_ca_certificates(machine)
    path = authority(tmp_path, "corp")
    before = machine.snapshot()
    outcome = machine.wslgo("--plan", "--format", "json", "--only", "certificates", "--certificate", str(path))
    [step] = json.loads(outcome.out)["steps"]
    assert (outcome.code, step["id"], step["needs_root"], step["reversible"]) == (0, "certificates", True, False)
    assert step["files"][0]["path"].startswith(f"{FOLDER}/wslgo-corp-")
    assert "+-----BEGIN CERTIFICATE-----" in step["files"][0]["diff"]
    assert "cannot be undone" in machine.wslgo("--plan", "--certificate", str(path)).out
    assert machine.snapshot() == before


def test_a_rejected_file_is_a_problem(machine: Machine, tmp_path: Path) -> None:
    has_update_ca_certificates(machine)
    path = authority(tmp_path, "corp")
    outcome = machine.wslgo("--plan", "--certificate", str(tmp_path / "corp.key"), "--certificate", str(path))
    assert outcome.code == 1
    assert "private key" in outcome.err
    assert "Trust corp in this distribution" in outcome.out


@pytest.mark.parametrize("arguments", [(), ("--only", "certificates"), ("--trust-team", "--only", "certificates")])
def test_without_a_certificate_nothing_is_planned(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    has_update_ca_certificates(machine)
    path = authority(tmp_path, "corp")
    (tmp_path / "wslgo.yaml").write_text(f"provision:\n  certificates: [{path}]\n  certificate: {path}\n")
    monkeypatch.chdir(tmp_path)
    assert FOLDER not in machine.wslgo("--plan", "--format", "json", *arguments).out


def test_certificates_of_the_plan_are_used_while_planning(machine: Machine, tmp_path: Path) -> None:
    """One plan is enough: Go itself comes from a server that only the certificate verifies."""
    has_update_ca_certificates(machine)
    root, server = certificate(tmp_path)
    with serving(Mirror("https"), server) as mirror:
        mirror.has_tarball(b"packed")
        asked = ("--plan", "--format", "json", "--source", mirror.url)
        without, both = machine.wslgo(*asked), machine.wslgo(*asked, "--certificate", str(root))
    assert "toolchain" not in [step["id"] for step in json.loads(without.out)["steps"]]
    left = {finding["rule"]: finding["message"] for finding in json.loads(without.out)["left"]}
    assert f"{mirror.url}: not trusted here" in left["machine/untrusted-certificate"]
    steps = json.loads(both.out)["steps"]
    assert [step["id"] for step in steps][:2] == ["certificates", "toolchain"]
    assert not [finding for finding in json.loads(both.out)["left"] if "certificate" in finding["rule"]]


@pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")
def test_a_debian_trusts_it_until_undo(debian: Debian, tmp_path: Path) -> None:
    """The download comes from a server that only this CA verifies."""
    root, server = certificate(tmp_path)
    bundle = debian.root / BUNDLE.lstrip("/")
    with serving(Mirror("https"), server) as mirror:
        mirror.has_tarball(smallgo.tarball())
        asked = ("--only", "certificates,toolchain", "--source", mirror.url)
        outcome = debian.wslgo("--yes", *asked, "--certificate", str(root))
        assert outcome.code == 0, outcome.err
        assert root.read_text() in bundle.read_text()
        assert (debian.home / "sdk/go/VERSION").read_text().startswith(smallgo.NAME)
        assert "not trusted" not in debian.wslgo("--plan", *asked, "--go", "1.99.4").err
    arguments = ("--plan", "--format", "json", *asked, "--certificate", str(root))
    assert json.loads(debian.wslgo(*arguments).out) == {"steps": [], "left": []}
    assert debian.undo().code == 0
    assert root.read_text() not in bundle.read_text()
    assert not list((debian.root / FOLDER.lstrip("/")).glob("wslgo-*"))


@pytest.mark.slow
@pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")
def test_root_creates_the_folder_if_the_plan_installs_the_package(tmp_path: Path) -> None:
    data, script = ROOT.pem.encode(), 'mount --bind "$1" /usr/local/share; shift; exec "$@"'
    path, folder = (base64.b64encode(value.encode()).decode() for value in (f"{FOLDER}/wslgo-x.crt", FOLDER))
    write = f"write {path} none {digest(data)} {base64.b64encode(data).decode()}"
    payload = f"plan x\nmkdir {folder}\n{write}\nrmdir {folder}\n".encode()
    words = root_script.Command((as_root.SHELL, "-c", root_script.SCRIPT, "wslgo"), 0).of(payload)
    entered = ("unshare", "--mount", "sh", "-ec", script, "sh", tmp_path, *words)
    done = subprocess.run(entered, input=payload, capture_output=True, check=False)
    assert (done.returncode, done.stdout.count(b"done")) == (0, 4), done.stderr
    assert (tmp_path / "ca-certificates/wslgo-x.crt").read_bytes() == data
