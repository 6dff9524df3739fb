"""The search for a toolchain, with real requests: by what a server answers, within a time, and each with its reason."""

import json
import threading
from pathlib import Path

import pytest

import smallgo
from mirror import Mirror, serving
from smallgo import NAME
from smallsdk import Machine
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import Release
from wslgo.provision.net.race import THREAD
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.source import Search, not_found, search

NOBODY = "http://127.0.0.1:9"  # no server listens there


def found(machine: Machine, *sources: str, version: str = "", goproxy: str = "off", seconds: float = 20) -> Search:
    return search(version, "amd64", Policy(goproxy, sources=sources), machine.web(), seconds)


def release(machine: Machine, source: str, version: str = "") -> Release:
    one = found(machine, source, version=version).release
    assert one is not None
    return one


@pytest.mark.parametrize("base", ["", "/dl"])
def test_a_site_is_known_by_its_list(machine: Machine, mirror: Mirror, base: str) -> None:
    packed = smallgo.tarball()
    url = mirror.has_tarball(packed)
    one = release(machine, mirror.url + base)
    assert (one.version, one.url, one.size) == (NAME, url, len(packed))
    assert one.digest == f"sha256:{smallgo.sha256(packed)}"
    assert (one.source.kind, one.source.problem) == ("tarball", "")
    assert one.source.seconds is not None


def test_an_old_version_is_looked_for_in_the_long_list(machine: Machine, mirror: Mirror) -> None:
    mirror.has_tarball(smallgo.tarball())
    mirror.files["/dl/?mode=json&include=all"] = mirror.files["/dl/?mode=json"]
    mirror.files["/dl/?mode=json"] = json.dumps([]).encode()
    assert release(machine, mirror.url, "1.99").version == NAME


@pytest.mark.parametrize("version", ["", "1.99", "1.99.3"])
def test_a_proxy_is_known_by_its_list(machine: Machine, mirror: Mirror, version: str) -> None:
    url = mirror.has_module(smallgo.module())
    one = release(machine, mirror.url, version)
    assert (one.version, one.url, one.digest, one.source.kind) == (NAME, url, None, "module")


def test_a_proxy_without_a_list_is_asked_for_the_version(machine: Machine, mirror: Mirror) -> None:
    mirror.has_module(smallgo.module())
    del mirror.files["/golang.org/toolchain/@v/list"]
    assert release(machine, mirror.url, "1.99.3").version == NAME
    assert found(machine, mirror.url, version="1.98").release is None


@pytest.mark.parametrize("version", ["", "1.99", "1.99.3"])
def test_a_folder_of_tarballs_is_a_source(machine: Machine, tmp_path: Path, version: str) -> None:
    packed = smallgo.tarball()
    archive = tmp_path / "dl" / f"{NAME}.linux-amd64.tar.gz"
    archive.parent.mkdir()
    archive.write_bytes(packed)
    assert found(machine, f"file://{tmp_path}", version=version).release is None
    archive.with_name(f"{archive.name}.sha256").write_text(smallgo.sha256(packed))
    one = release(machine, f"file://{tmp_path}", version)
    assert (one.url, one.digest) == (f"file://{archive}", f"sha256:{smallgo.sha256(packed)}")
    assert not machine.install(one.url, one.digest).problem


def test_a_folder_that_is_a_proxy_is_one_too(machine: Machine, mirror: Mirror, tmp_path: Path) -> None:
    mirror.has_module(smallgo.module())
    for path, data in mirror.files.items():
        (tmp_path / path[1:]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path[1:]).write_bytes(data)
    assert release(machine, f"file://{tmp_path}").source.kind == "module"


def test_each_that_was_asked_is_shown_with_what_it_said(machine: Machine, mirror: Mirror) -> None:
    mirror.has_tarball(smallgo.tarball())
    mirror.files["/login/dl/?mode=json"] = mirror.files["/login/golang.org/toolchain/@v/list"] = b"<html>"
    answers = found(machine, NOBODY, f"{mirror.url}/login", f"{mirror.url}/empty", mirror.url).sources
    assert [bool(answer.problem) for answer in answers] == [True, True, True, False]
    assert "refused" in answers[0].problem
    assert "404" in answers[2].problem


def test_a_source_without_an_answer_does_not_delay_the_others(machine: Machine, mirror: Mirror) -> None:
    mirror.has_module(smallgo.module())
    mirror.waits_after = 0
    with serving(Mirror()) as other:
        other.has_module(smallgo.module())

        def clock() -> float:
            """Return a late time once the other source has answered, but not to the one that waits for its answer."""
            if threading.current_thread().name == THREAD:
                return 0
            waiting = [thread for thread in threading.enumerate() if thread.name == THREAD]
            is_other_done = len(waiting) == 1 and any(path.endswith(".info") for path in other.paths())
            return 100 if mirror.waiting.is_set() and is_other_done else 0

        machine.clock = clock
        search = found(machine, mirror.url, other.url)
        assert [source.problem for source in search.sources] == ["no answer in time", ""]
        assert search.release is not None
        assert search.release.source.url == other.url


def test_a_password_is_not_told(machine: Machine) -> None:
    one = found(machine, "http://me:hunter2@127.0.0.1:9")
    text = str(not_found(one, "1.99", "amd64"))
    assert "xxxxx@127.0.0.1:9" in text
    assert "hunter2" not in text


def test_where_goproxy_forbids_everything_no_source_is_asked(machine: Machine) -> None:
    with pytest.raises(ProvisionError, match="GOPROXY allows no toolchain"):
        found(machine)


def test_a_private_proxy_that_lacks_it_is_the_end_of_the_search(machine: Machine, mirror: Mirror) -> None:
    search = found(machine, goproxy=mirror.url)
    assert ([source.url for source in search.sources], search.release) == ([mirror.url], None)


def test_the_architecture_and_the_requested_version_are_honoured(machine: Machine, mirror: Mirror) -> None:
    mirror.has_module(smallgo.module())
    assert search("", "arm64", Policy(mirror.url), machine.web()).release is None
    assert found(machine, mirror.url, version="1.99rc1").release is None


def test_the_url_of_a_source_is_named_once(machine: Machine, mirror: Mirror) -> None:
    text = str(not_found(found(machine, NOBODY, mirror.url), "", "amd64"))
    assert text.startswith(f"Could not find a Go release for linux/amd64 at {NOBODY} (")
    assert text.count(NOBODY) == 1
    assert text.endswith("Try another source with --source URL")
