"""`wslgo doctor`: the page in a terminal, as JSON, recorded and replayed."""

import json
from pathlib import Path

import pytest

import machines
from commandline import process, wslgo

NAT = str(machines.HOSTS / "ubuntu-24.04-nat.json")
WINDOWS_10 = str(machines.HOSTS / "windows-10.json")
WSL_1 = str(machines.HOSTS / "wsl-1.json")
CHINESE = str(machines.HOSTS / "china-user-name.json")
CUSTOM_KERNEL = str(machines.HOSTS / "custom-kernel.json")
ADVICE = "-> To reach 90 in every dimension, resolve: machine/wsl-1"
AREAS = ["wsl", "go", "gpu", "wslg", "network", "editors"]


def test_a_healthy_machine() -> None:
    code, out, err = wslgo("doctor", "--host", NAT)
    assert (code, err) == (0, "")
    assert out.startswith("WSL\n  ✓ Version              WSL 2.6.1.0, kernel 6.6.87.2-microsoft-standard-WSL2\n")
    assert out.endswith("\n\nNothing needs attention\n")


def test_what_needs_attention_has_its_next_step_below_it() -> None:
    code, out, _ = wslgo("doctor", "--host", WSL_1)
    assert code == 0
    finding, step = out.splitlines()[2:4]
    assert out.startswith("WSL\n  ! Version              WSL 1\n")
    assert finding.startswith(f"{' ' * 25}WSL 1: Delve hangs at the first breakpoint, ")
    assert finding.endswith(" [machine/wsl-1]")
    assert step == f"{' ' * 25}-> in Windows, type: wsl --set-version Ubuntu-22.04 2"
    assert out.endswith(f"\n{ADVICE}\n\n1 item needs attention\n")


def test_signs_tell_promises_from_facts_notes_and_unknown_facts() -> None:
    lines = wslgo("doctor", "--host", WINDOWS_10).out.splitlines()
    facts = lines[: lines.index("Score")]
    signs = {line.strip()[0] for line in facts if line.startswith("  ") and not line.startswith("    ")}
    assert signs == {"✓", "i", "?", "·"}
    assert lines[-1] == "No problem found; 1 note; 2 facts could not be checked"


def test_a_terminal_without_those_signs_gets_plain_ones() -> None:
    done = process("doctor", "--host", WSL_1, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.stdout.startswith(b"WSL\n  !  Version              WSL 1\n")
    assert b"\n  ok Windows drives       C:, D: in /mnt\n" in done.stdout


def test_in_chinese_columns_are_as_wide_as_they_look() -> None:
    out = wslgo("doctor", "--host", CHINESE, "--lang", "zh-cn").out
    assert "  ✓ 版本            WSL 2.1.5.0" in out
    assert "  ✓ Windows 驱动器  C:、D:" in out


@pytest.mark.parametrize(
    ("host", "sign", "code"),
    [(NAT, "unknown", 0), (WSL_1, "attention", 1), (CHINESE, "attention", 0), (CHINESE, "unknown", 1)],
)
def test_fail_on(host: str, sign: str, code: int) -> None:
    assert wslgo("doctor", "--host", host, "--fail-on", sign).code == code


def test_as_json() -> None:
    printed = json.loads(wslgo("doctor", "--host", WSL_1, "--format", "json", environment={"LANG": "zh_CN"}).out)
    assert printed["version"] == 1
    assert list(dict.fromkeys(fact["area"] for fact in printed["facts"])) == AREAS
    assert printed["facts"][0] == {
        "id": "wsl.version",
        "area": "wsl",
        "name": "Version",
        "value": "WSL 1",
        "sign": "attention",
    }
    [finding] = printed["findings"]
    assert finding.pop("message").startswith("WSL 1: Delve hangs at the first breakpoint, ")
    assert finding == {
        "rule": "machine/wsl-1",
        "severity": "warning",
        "about": "wsl.version",
        "next": "in Windows, type: wsl --set-version Ubuntu-22.04 2",
        "related": [],
        "fixes": [],
    }
    assert printed["unknown"] == []


def test_unknown_facts_and_the_file_of_a_finding_in_json() -> None:
    unknown = json.loads(wslgo("doctor", "--host", CHINESE, "--format", "json").out)
    assert (unknown["findings"], unknown["unknown"]) == ([], ["network.mode"])
    missing = json.loads(wslgo("doctor", "--host", CUSTOM_KERNEL, "--format", "json", "--lang", "zh-cn").out)
    first, second = missing["findings"]
    assert (first["rule"], first["path"], first["about"]) == (
        "wslconfig/missing-file",
        "/mnt/c/Users/user/.wslconfig",
        "wsl.wslconfig",
    )
    assert (first["severity"], second["severity"]) == ("error", "warning")
    assert first["next"] == "改正 /mnt/c/Users/user/.wslconfig 第 3 行"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"wsl": 3}', b"[" * 100000, b"\xff"])
def test_a_file_that_is_not_a_machine_is_named(content: bytes, folder: Path) -> None:
    (folder / "host.json").write_bytes(content)
    code, out, err = wslgo("doctor", "--host", "host.json")
    assert (code, out) == (2, "")
    assert err.startswith("wslgo: host.json cannot be read: ")


def test_a_file_that_is_not_there_is_named() -> None:
    said = "wslgo: nowhere.json cannot be read: No such file or directory\n"
    assert wslgo("doctor", "--host", "nowhere.json") == (2, "", said)


def test_a_record_that_has_seen_a_start_says_what_it_has_brought(folder: Path) -> None:
    known = {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\nmemory=12GB\n", "knows_start": True}
    both = {"at_start": known["text"], "before": "[wsl2]\nmemory=8GB\n", "knows_before": True}
    machine = {"wsl": {"generation": 2}, "wslconfig": known | both}
    (folder / "host.json").write_text(json.dumps(machine), encoding="utf-8")
    assert wslgo("doctor", "--host", "host.json", "--record", "again.json", "--yes").code == 0
    line = "/mnt/c/Users/user/.wslconfig, in effect since this start: memory 8GB -> 12GB\n"
    assert line in wslgo("doctor", "--host", "again.json").out


# Recording


def test_nothing_is_written_without_a_yes(folder: Path) -> None:
    code, out, err = wslgo("doctor", "--host", CHINESE, "--record", "me.json")
    assert code == 2
    assert '"profile": "/mnt/c/Users/user"' in out
    assert err == "wslgo: nothing written: check the change, then confirm with --yes\n"
    assert not (folder / "me.json").exists()


@pytest.mark.parametrize(
    ("answer", "is_written"), [(b"y\n", True), (b"Yes\n", True), (b"n\n", False), (b"\n", False), (b"", False)]
)
def test_a_person_is_asked(answer: bytes, is_written: bool, folder: Path) -> None:
    done = wslgo("doctor", "--host", CHINESE, "--record", "me.json", stdin=answer, is_interactive=True)
    assert done.code == 0
    assert "names and addresses are replaced" in done.out
    assert (folder / "me.json").exists() is is_written


def test_a_person_is_told_where_a_link_leads(folder: Path) -> None:
    (folder / "me.json").symlink_to("elsewhere.json")
    done = wslgo("doctor", "--host", NAT, "--record", "me.json", stdin=b"n\n", is_interactive=True)
    assert f"This would be written to {folder}/elsewhere.json" in done.out


def test_in_ci_a_record_is_not_written_through_a_link_out_of_the_repository(folder: Path) -> None:
    (folder / "repository/.git").mkdir(parents=True)
    (folder / "repository/me.json").symlink_to("../elsewhere.json")
    words = ("doctor", "--host", NAT, "--record", "repository/me.json", "--yes")
    done = wslgo(*words, environment={"CI": "true"})
    assert (done.code, (folder / "elsewhere.json").exists()) == (2, False)
    assert wslgo(*words).code == 0
    assert (folder / "elsewhere.json").exists()


def test_what_was_recorded_is_replayed(folder: Path) -> None:
    assert wslgo("doctor", "--host", CHINESE, "--record", "me.json", "--yes") == (0, "", "me.json: written\n")
    assert "张伟" not in (folder / "me.json").read_text()
    assert wslgo("doctor", "--host", "me.json").out == wslgo("doctor", "--host", CHINESE).out.replace("张伟", "user")


def test_a_hyphen_prints_it() -> None:
    code, out, _ = wslgo("doctor", "--host", NAT, "--record", "-")
    assert code == 0
    assert json.loads(out)["wsl"]["generation"] == 2


def test_a_place_that_cannot_be_written_is_named() -> None:
    code, out, err = wslgo("doctor", "--host", NAT, "--record", "/proc/me.json", "--yes")
    assert (code, out) == (2, "")
    assert err.startswith("wslgo: /proc/me.json cannot be written: ")


# This machine


def test_this_machine_has_a_health_page() -> None:
    done = process("doctor", "--format", "json", "--no-history")
    assert done.returncode == 0, done.stderr
    assert {fact["area"] for fact in json.loads(done.stdout)["facts"]} >= {"wsl", "go", "network", "editors"}


def test_no_program_of_the_repository_is_run(folder: Path) -> None:
    planted, ran = folder / "tools/bin/go", folder / "ran"
    planted.parent.mkdir(parents=True)
    planted.write_text(f"#!/bin/sh\ntouch {ran}\n")
    planted.chmod(0o755)
    nested = folder / "service"
    nested.mkdir()
    (nested / "go.mod").write_text("module example.com/service\n")
    assert process("doctor", "--no-history", cwd=nested, PATH=f"{planted.parent}:/usr/bin:/bin").returncode == 0
    assert not ran.exists()


# Score


def test_the_page_ends_with_the_score() -> None:
    lines = wslgo("doctor", "--host", WSL_1).out.splitlines()
    score = lines[lines.index("Score") + 1 :]
    assert score[1:3] == [f"  Correctness{' ' * 12}80 of 100", f"{' ' * 25}-20 machine/wsl-1"]
    assert score[-1] == "1 item needs attention"
    assert lines[-3] == ADVICE


def test_its_columns_are_those_of_the_facts_in_chinese() -> None:
    out = wslgo("doctor", "--host", NAT, "--lang", "zh-cn").out
    assert f"\n  速度{' ' * 18}100 分（满分 100）\n" in out


def test_the_score_alone_has_the_finding_behind_each_point() -> None:
    out = wslgo("doctor", "--host", WSL_1, "--score").out
    assert "Windows drives" not in out
    assert "Correctness  80 of 100\n  -20 machine/wsl-1\n      WSL 1: Delve hangs at the first breakpoint, " in out
    assert out.endswith(
        f"\nEach rule counts once, by its worst finding: error -40, warning -20, info -5, hint 0\n{ADVICE}\n"
    )


def test_the_score_as_json() -> None:
    printed = json.loads(wslgo("doctor", "--host", WSL_1, "--format", "json", "--score").out)["score"]
    lost = {"rule": "machine/wsl-1", "severity": "warning", "points": 20, "findings": 1}
    assert printed["dimensions"]["correctness"] == {
        "score": 80,
        "certainty": 100,
        "applies": True,
        "fail_under": None,
        "lost": [lost],
        "unknown": [],
    }
    assert printed["dimensions"]["gpu"] == {
        "score": None,
        "certainty": None,
        "applies": False,
        "fail_under": None,
        "lost": [],
        "unknown": [],
    }
    assert printed["dimensions"]["network"]["unknown"] == ["go.goproxy"]
    assert (printed["lowest"], printed["advice"]) == (80, {"target": 90, "rules": ["machine/wsl-1"]})
    assert json.loads(wslgo("doctor", "--host", NAT, "--format", "json").out)["score"]["advice"] is None
