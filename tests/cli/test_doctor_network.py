"""`wslgo doctor --network`: real servers on loopback, asked as the environment says."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import machines
from commandline import process, wslgo
from moduleservers import closed_port, serving
from tree import SERVER

HEALTHY = str(machines.HOSTS / "ubuntu-24.04-nat.json")
UNASKED = "nothing is asked for a recorded machine"


def doctor(goproxy: str, *words: str, **environment: str) -> tuple[dict[str, Any], str]:
    """Run `wslgo doctor --network --format json`; return what it prints, and its standard error."""
    variables = {"GOPROXY": goproxy, "GOSUMDB": "off", "GOENV": "off", **environment}
    done = process("doctor", "--network", "--format", "json", "--timeout", "1", *words, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr.decode()


def test_entries_come_in_the_order_of_goproxy_with_what_go_does() -> None:
    with serving("404") as first, serving("good") as second:
        printed, progress = doctor(f"{first.url},{second.url},off")
    assert printed["version"] == 1
    assert printed["findings"] == []
    seconds = [entry.pop("seconds") for entry in printed["entries"]]
    assert all(0 <= taken < 1 for taken in seconds)
    keys = ("url", "outcome", "status", "go_falls_back")
    assert [tuple(entry[key] for key in keys) for entry in printed["entries"]] == [
        (first.url, "not-found", 404, True),
        (second.url, "answers", 200, False),
        ("off", "refuses", None, False),
    ]
    assert progress.startswith("Asking for github.com/google/uuid, for at most 1.0 s (Ctrl+C ends it) ...\n  1/3 ")


def test_a_better_order_is_offered_but_not_past_a_private_proxy() -> None:
    gone = closed_port()
    with serving("good") as good:
        printed, _ = doctor(f"https://goproxy.cn:{gone},{good.url},off", HTTPS_PROXY=f"http://127.0.0.1:{gone}")
    first, finding = printed["findings"]
    assert first["rule"] == "goenv/public-proxy-first"
    assert finding["rule"] == "machine/failing-module-proxy"
    assert finding["about"] == "network.answers"
    # The server on loopback counts as a private one, and keeps its place before public ones.
    assert f"GOPROXY={good.url},off" in finding["next"]


@pytest.mark.slow
def test_only_the_module_that_is_named_is_asked_for() -> None:
    with serving("404") as server:
        doctor(f"{server.url},off", "--module", "example.com/Team/x")
        doctor(f"{server.url},off", "--module", "example.com/x@v1.2.3")
    assert server.asked == ["/example.com/!team/x/@latest", "/example.com/x/@v/v1.2.3.info"]


def test_a_private_module_is_never_sent_to_a_proxy() -> None:
    with serving("good") as server:
        printed, _ = doctor(f"{server.url}", "--module", "git.corp.example/x", GOPRIVATE="*.corp.example")
    assert server.asked == []
    assert [entry["serves"] for entry in printed["entries"]] == ["origin"]


def test_passwords_are_masked() -> None:
    with serving("401") as server:
        printed, progress = doctor(server.url.replace("//", "//me:hunter2@"))
    assert printed["entries"][0]["url"].startswith("http://xxxxx@127.0.0.1:")
    assert "hunter2" not in json.dumps(printed) + progress


def test_the_checksum_database_is_asked_through_the_first_proxy_that_serves_it() -> None:
    with serving("good") as first, serving("200") as second:
        printed, _ = doctor(f"{first.url},{second.url}", GOSUMDB="sum.golang.org")
    database = printed["entries"][-1]
    assert "/sumdb/sum.golang.org/supported" in first.asked
    assert "/sumdb/sum.golang.org/latest" in second.asked
    assert (database["url"], database["outcome"]) == (f"{second.url}/sumdb/sum.golang.org", "bad-answer")


@pytest.mark.slow
def test_a_server_without_answer_ends_with_the_time_limit() -> None:
    with serving("hang") as first, serving("good") as second:
        printed, _ = doctor(f"{first.url}|{second.url}")
    entry = printed["entries"][0]
    assert (entry["outcome"], entry["go_falls_back"], entry["go_waits_without_end"]) == ("times-out", False, True)
    assert printed["findings"][0]["rule"] == "machine/failing-module-proxy"


def test_the_table_begins_with_what_go_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving("500") as first, serving("good") as second:
        monkeypatch.setenv("GOPROXY", f"{first.url}|{second.url}")
        monkeypatch.setenv("GOSUMDB", "off")
        code, out, _ = wslgo("doctor", "--network", environment={"PATH": "/usr/bin"})
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith(f"go gets modules from {second.url} in 0.")
    assert lines[2].startswith(f"  ! {first.url}  modules  rejects  500  0.")
    assert lines[2].endswith("go asks the next one: status 500")
    assert lines[3].endswith("go uses it")


def test_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOPROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("GOSUMDB", "off")
    out = wslgo("doctor", "--network", "--lang", "zh-cn").out
    assert out.startswith("go 无法获取模块：停在 http://127.0.0.1:")
    assert "[machine/no-module-source]" in out


def test_an_invalid_goproxy_is_reported_in_the_words_of_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOPROXY", "localhost")
    monkeypatch.setenv("GOSUMDB", "off")
    out = wslgo("doctor", "--network").out
    assert out.startswith("go rejects GOPROXY: invalid proxy URL missing scheme: localhost\n")


def test_private_hosts_of_go_mod_are_asked(folder: Path) -> None:
    modules = ("git.corp.example/a/b", "git.corp.example/c", "github.com/acme/tool", "golang.org/x/text")
    lines = "".join(f"\t{module} v1.0.0\n" for module in modules)
    (folder / "go.mod").write_text(f"module example.com/m\n\ngo 1.24\n\nrequire (\n{lines})\n")
    proxy = f"http://127.0.0.1:{closed_port()}"
    printed, _ = doctor("off", GOPRIVATE="git.corp.example,github.com/acme", HTTPS_PROXY=proxy)
    asked = [(entry["url"], entry["serves"], entry["through"]) for entry in printed["entries"]]
    assert asked == [
        ("off", "modules", None),
        ("https://git.corp.example", "origin", proxy),
        ("https://github.com", "origin", proxy),
    ]
    assert {finding["rule"] for finding in printed["findings"]} == {"machine/silent-private-host"}


def test_answers_can_be_recorded_and_shown_again(folder: Path) -> None:
    with serving("500") as server:
        variables = {"GOPROXY": server.url, "GOSUMDB": "off"}
        words = ("doctor", "--network", "--timeout", "1", "--record", "machine.json", "--yes")
        assert process(*words, cwd=folder, **variables).returncode == 0
    shown = json.loads(wslgo("doctor", "--network", "--host", "machine.json", "--format", "json").out)
    assert [(entry["outcome"], entry["status"]) for entry in shown["entries"]] == [("refuses", 500)]
    assert [finding["rule"] for finding in shown["findings"]] == ["machine/no-module-source"]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("go"), reason="needs go")
def test_the_drill_says_what_go_does_and_what_leaks() -> None:
    printed, progress = doctor("file:///nowhere,off", "--drill")
    assert [entry["outcome"] for entry in printed["entries"]] == ["not-found", "refuses"]
    assert printed["drill"]["modules"] == {"public": "public.example/lib", "private": "private.example/team/app"}
    keys = ("entry", "failure", "outcome", "served_by", "leaks_to")
    assert [tuple(trial[key] for key in keys) for trial in printed["drill"]["trials"]] == [
        (None, None, "served", "file:///nowhere", []),
        ("file:///nowhere", "missing-folder", "stops", None, []),
    ]
    assert "Replaying GOPROXY on this machine, without the network (Ctrl+C ends it) ..." in progress


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("go"), reason="needs go")
def test_the_drill_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOPROXY", "file:///nowhere,off")
    monkeypatch.setenv("GOSUMDB", "off")
    out = wslgo("doctor", "--network", "--drill", environment={"PATH": "/usr/bin"}).out
    assert "\nDrill: if one entry of GOPROXY fails, go still gets a public module in 0 of 1 ways\n" in out
    assert "\nfile:///nowhere fails:\n  ! is missing  " in out


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("--drill",)])
def test_control_c_ends_it(words: tuple[str, ...]) -> None:
    with serving("hang") as server:
        chain = f"{server.url}|http://a.example" if not words else "http://a.example|http://b.example"
        variables = {"GOPROXY": chain, "GOSUMDB": "off", "GOENV": "off", "PYTHONPATH": str(SERVER)}
        call = [sys.executable, "-m", "wslgo", "doctor", "--network", "--timeout", "0.5" if words else "60", *words]
        with subprocess.Popen(call, env={**os.environ, **variables}, stderr=subprocess.PIPE, text=True) as running:
            assert running.stderr is not None
            begin = "Replaying" if words else "Asking"
            while not running.stderr.readline().startswith(begin):
                pass
            time.sleep(0.3)
            running.send_signal(signal.SIGINT)
            assert running.wait(30) == 130


@pytest.mark.parametrize(("fail_on", "code"), [(None, 0), ("attention", 1)])
def test_the_exit_code(fail_on: str | None, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOPROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("GOSUMDB", "off")
    words = ("--fail-on", fail_on) if fail_on else ()
    assert wslgo("doctor", "--network", *words).code == code


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--module", "x.example/a"), "--module needs --network"),
        (("--drill",), "--drill needs --network"),
        (("--network", "--timeout", "0"), "--timeout takes seconds from 0.1 to 600, not '0'"),
        (("--network", "--timeout", "nan"), "--timeout takes seconds from 0.1 to 600, not 'nan'"),
        (("--network", "--module", "uuid"), "--module takes a module path, perhaps with @version, not 'uuid'"),
        (
            ("--network", "--host", HEALTHY),
            f"{HEALTHY} was recorded without --network: nothing is asked for a recorded machine",
        ),
    ],
)
def test_wrong_usage(words: tuple[str, ...], problem: str) -> None:
    code, _, err = wslgo("doctor", *words)
    assert (code, err) == (2, f"wslgo: {problem}\n")
