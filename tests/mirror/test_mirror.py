"""`wslgo mirror` with the real go command and a proxy on loopback, and builds from the mirror with the network cut."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import smallgo
from tree import SERVER, SUPPORT
from upstream import CUT, MAIN, Upstream, Workplace, demand_namespace, packed, published, small
from wslgo.mirror.pinned import Pinned

pytestmark = pytest.mark.slow


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_build_with_the_network_cut(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    *needed, _ = small(workplace, upstream)
    before = {path: path.read_bytes() for path in workplace.here.rglob("*")}
    settings = workplace.settings()
    assert {path: path.read_bytes() for path in workplace.here.rglob("*")} == before
    assert published(workplace) == {module.file("zip") for module in needed}
    assert settings == {
        "GOPROXY": workplace.mirror.as_uri(),
        "GONOPROXY": "none",
        "GOSUMDB": upstream.database.key,
    }
    ran = workplace.go_offline("run", ".", **settings)
    assert ran.stderr.endswith("example.com/Upper/Lib v1.2.0-RC.1 and example.com/old v2.3.4+incompatible\n")
    # Without go.sum, go verifies each module by the records in the mirror.
    (workplace.here / "go.sum").unlink()
    assert workplace.go_offline("mod", "tidy", **settings).returncode == 0
    assert sorted((workplace.here / "go.sum").read_text().split("\n")) == sorted(upstream.go_sum(*needed).split("\n"))
    unverified = workplace.go_offline("mod", "download", "example.com/nowhere@v1.0.0", **settings)
    assert "no such file or directory" in unverified.stderr


def test_the_network_is_cut_in_that_test(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    small(workplace, upstream)
    settings = {"GOPROXY": upstream.url, "GOSUMDB": "off"}
    assert workplace.go_offline("build", "-o", "/dev/null", ".", cut=False, **settings).returncode == 0
    assert "dial tcp" in workplace.go_offline("build", "-o", "/dev/null", ".", **settings).stderr


def test_a_second_run_downloads_only_what_is_missing(workplace: Workplace, upstream: Upstream) -> None:
    small(workplace, upstream)
    assert workplace.fill().returncode == 0
    assert len(upstream.zips()) == 3
    again = workplace.fill()
    assert b"3 modules" in again.stdout
    assert b"0 of them new" in again.stdout
    assert upstream.asked == []
    offline = subprocess.run(
        [*CUT, *again.args], cwd=workplace.here, env=workplace.whole(), capture_output=True, check=True
    )
    assert b"0 of them new" in offline.stdout
    more = upstream.add("example.com/more")
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/more v1.0.0\n")
    assert b"1 of them new" in workplace.fill().stdout
    assert upstream.zips() == [f"/{more.file('zip')}"]


def test_a_killed_run_loses_nothing(workplace: Workplace, upstream: Upstream) -> None:
    modules = small(workplace, upstream)
    big = upstream.add("example.com/big", files={"noise": os.urandom(3_000_000)})
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/big v1.0.0\n")
    upstream.waits_after = 1_000_000
    words = [sys.executable, "-m", "wslgo", "mirror", str(workplace.mirror)]
    environment = workplace.whole()
    running = subprocess.Popen(words, cwd=workplace.here, env=environment, start_new_session=True)
    assert upstream.waiting.wait(60)
    wait_until(lambda: len(list(workplace.folder.glob("home/.cache/wslgo/mirror/*/modules/cache/**/*.zip"))) == 3)
    # As if the machine stopped: go, too.
    for pid in (*children(running.pid), running.pid):
        os.kill(pid, signal.SIGKILL)
    running.wait()
    upstream.go_on.set()
    assert f"/{big.file('zip')}" in upstream.zips()
    upstream.waits_after = None
    done = workplace.fill()
    assert done.returncode == 0, done.stderr.decode()
    assert upstream.zips() == [f"/{big.file('zip')}"]
    assert published(workplace) == {module.file("zip") for module in (*modules[:3], big)}
    assert not list(workplace.mirror.rglob("*.wslgo"))[1:]


@pytest.mark.parametrize("number", [2, 33, 49, 57, 64, 90])
def test_a_run_that_is_killed_anywhere_leaves_whole_modules_and_is_continued(
    workplace: Workplace, upstream: Upstream, number: int
) -> None:
    needed = small(workplace, upstream)[:3]
    code = (
        f"import dying, runpy; dying.die_at({number}); runpy.run_module('wslgo', run_name='__main__', alter_sys=True)"
    )
    words = [sys.executable, "-c", code, "mirror", str(workplace.mirror)]
    environment = workplace.whole(PYTHONPATH=f"{SERVER}:{SUPPORT}")
    killed = subprocess.run(words, cwd=workplace.here, env=environment, capture_output=True, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    for path in workplace.mirror.rglob("*.info"):
        if path.with_suffix(".zip").exists() or "graph" not in str(path):
            name = path.relative_to(workplace.mirror).with_suffix("")
            assert path.with_suffix(".mod").read_bytes() == upstream.files[f"/{name}.mod"]
    for path in workplace.mirror.rglob("*.zip"):
        assert path.read_bytes() == upstream.files[f"/{path.relative_to(workplace.mirror)}"]
    done = workplace.fill()
    assert done.returncode == 0, done.stderr.decode()
    assert published(workplace) == {module.file("zip") for module in needed}
    asked = upstream.zips()
    assert len(asked) == len(set(asked)) == 3  # each zip once, over both runs


def test_ctrl_c_ends_a_run_and_its_go(workplace: Workplace, upstream: Upstream) -> None:
    small(workplace, upstream)
    upstream.add("example.com/big", files={"noise": os.urandom(3_000_000)})
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/big v1.0.0\n")
    upstream.waits_after = 1_000_000
    words = [sys.executable, "-m", "wslgo", "mirror", str(workplace.mirror), "--lang=en"]
    environment = workplace.whole()
    running = subprocess.Popen(words, cwd=workplace.here, env=environment, stderr=subprocess.PIPE)
    assert upstream.waiting.wait(60)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"run wslgo mirror again to continue" in err


def test_what_no_workspace_needs_any_more_is_removed_after_it_was_shown(
    workplace: Workplace, upstream: Upstream
) -> None:
    demand_namespace()
    _, old, *_ = small(workplace, upstream)
    assert workplace.fill().returncode == 0
    go_mod = (workplace.here / "go.mod").read_text().replace("\texample.com/old v2.3.4+incompatible\n", "")
    (workplace.here / "go.mod").write_text(go_mod)
    text = MAIN.replace('\t"example.com/old"\n', "").replace(', "and", old.Name()', "")
    (workplace.here / "main.go").write_text(text)
    assert b"remove them with --prune" in workplace.fill().stdout
    shown = workplace.fill("--prune")
    assert shown.returncode == 2
    assert old.file("zip").encode() in shown.stderr
    assert old.file("zip") in published(workplace)
    assert workplace.fill("--prune", "--yes").returncode == 0
    assert not list(workplace.mirror.rglob("old*"))
    settings = workplace.settings()
    assert workplace.go_offline("run", ".", **settings).returncode == 0
    (workplace.here / "go.sum").unlink()
    assert workplace.go_offline("mod", "tidy", **settings).returncode == 0


def test_a_mirror_keeps_what_another_workspace_needs(workplace: Workplace, upstream: Upstream) -> None:
    _, old, *_ = small(workplace, upstream)
    assert workplace.fill().returncode == 0
    other = workplace.folder / "second"
    other.mkdir()
    (other / "go.mod").write_text("module example.com/second\n\ngo 1.21\n\nrequire example.com/graph v1.0.0\n")
    assert b"Nothing to remove" in workplace.fill("--prune", where=other).stderr
    (workplace.here / "go.mod").unlink()
    gone = workplace.fill("--prune", "--yes", where=other)
    assert f"{workplace.here} has no go.mod" in gone.stderr.decode()
    assert published(workplace) == {Pinned("example.com/graph", "v1.0.0").file("zip")}
    assert old.file("zip") not in published(workplace)


def test_replaced_modules_local_folders_vendoring_and_tools_of_go_mod(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    upstream.add("example.com/wanted", "v1.0.0")
    fork = upstream.add("example.com/fork", "v1.5.0")
    inner = upstream.add("example.com/inner")
    tool = upstream.add("example.com/tool", files={"cmd/gen/main.go": b"package main\n\nfunc main() {}\n"})
    upstream.publish()
    workplace.write(
        {
            "go.mod": "module example.com/app\n\ngo 1.24\n\ntool example.com/tool/cmd/gen\n\n"
            "require (\n\texample.com/local v0.0.0\n\texample.com/wanted v1.0.0\n)\n\n"
            "require (\n\texample.com/inner v1.0.0 // indirect\n\texample.com/tool v1.0.0 // indirect\n)\n\n"
            'replace example.com/local => "./a folder"\n\n'
            "replace example.com/wanted v1.0.0 => example.com/fork v1.5.0\n",
            "a folder/go.mod": "module example.com/local\n\ngo 1.21\n\nrequire example.com/inner v1.0.0\n",
            "a folder/local.go": 'package local\n\nimport _ "example.com/inner"\n',
            "main.go": 'package main\n\nimport _ "example.com/local"\nimport wanted "example.com/wanted"\n\n'
            "func main() { println(wanted.Name()) }\n",
            "vendor/modules.txt": "# nothing of use\n",
        }
    )
    settings = workplace.settings()
    assert published(workplace) == {module.file("zip") for module in (fork, inner, tool)}
    ran = workplace.go_offline("run", "-mod=mod", ".", **settings)
    assert ran.stderr.endswith("example.com/fork v1.5.0\n"), ran.stderr
    shutil.rmtree(workplace.here / "vendor")
    assert workplace.go_offline("mod", "tidy", **settings).returncode == 0
    done = workplace.go_offline("tool", "gen", **settings)
    assert done.returncode == 0, done.stderr


def test_a_workspace_of_several_modules(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    one, two = upstream.add("example.com/one"), upstream.add("example.com/one", "v1.1.0")
    upstream.publish()
    module = "module example.com/{name}\n\ngo 1.21\n\nrequire example.com/one {version}\n"
    main = 'package main\n\nimport "example.com/one"\n\nfunc main() { println(one.Name()) }\n'
    workplace.write(
        {
            "go.work": "go 1.21\n\nuse (\n\t./a\n\t./b\n)\n",
            "a/go.mod": module.format(name="a", version="v1.0.0"),
            "a/go.sum": upstream.go_sum(one),
            "a/main.go": main,
            "b/go.mod": module.format(name="b", version="v1.1.0"),
            "b/go.sum": upstream.go_sum(two),
            "b/main.go": main,
        }
    )
    settings = workplace.settings()
    ran = workplace.go_offline("run", "./a", **settings)
    assert ran.stderr.endswith("example.com/one v1.1.0\n"), ran.stderr


def test_a_tool_and_its_modules_are_installed_with_the_network_cut(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    dependency = upstream.add("example.com/dependency")
    source = b'package main\n\nimport "example.com/dependency"\n\nfunc main() { println(dependency.Name()) }\n'
    tool = upstream.add(
        "example.com/tools",
        "v0.3.0",
        {"example.com/dependency": "v1.0.0"},
        {"cmd/hello/main.go": source, "go.sum": upstream.go_sum(dependency).encode()},
    )
    upstream.publish()
    done = workplace.fill("--tool", "example.com/tools/cmd/hello@latest", "--format=json")
    assert done.returncode == 0, done.stderr.decode()
    report = json.loads(done.stdout)
    assert report["tools"] == ["example.com/tools/cmd/hello@v0.3.0"]
    assert published(workplace) == {module.file("zip") for module in (dependency, tool)}
    assert {module["verified_by"] for module in report["modules"]} == {"go.sum", "sum.test"}
    for query in ("v0.3.0", "latest"):
        installed = workplace.go_offline("install", f"example.com/tools/cmd/hello@{query}", **report["settings"])
        assert installed.returncode == 0, installed.stderr
    assert b"not a tool" in workplace.fill("--tool", "unheard-of").stderr


def test_the_toolchain_that_go_mod_asks_for(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    platforms = ("linux-amd64", "linux-arm64")
    wanted = [Pinned("golang.org/toolchain", f"v0.0.1-{smallgo.NAME}.{platform}") for platform in platforms]
    for module in wanted:
        files = {name.replace("go.mod", "_go.mod"): data for name, data in smallgo.FILES.items()}
        files["bin/go"] = b"#!/bin/sh\necho started\n"
        upstream.put(module, b"module golang.org/toolchain\n", packed(module, files))
    upstream.publish()
    workplace.write({"go.mod": f"module example.com/app\n\ngo 1.21\n\ntoolchain {smallgo.NAME}\n"})
    done = workplace.fill("--platform=linux/amd64,linux/arm64", "--format=json")
    assert done.returncode == 0, done.stderr.decode()
    report = json.loads(done.stdout)
    assert report["toolchains"] == [module.version for module in wanted]
    assert [module["verified_by"] for module in report["modules"]] == ["sum.test", "sum.test"]
    started = workplace.go_offline("version", **{**report["settings"], "GOTOOLCHAIN": "auto"})
    assert started.stdout == "started\n", started.stderr
    # Behind another proxy go also wants a record for it, and the mirror has it.
    behind = {**report["settings"], "GOTOOLCHAIN": "auto", "GOPROXY": f"{report['settings']['GOPROXY']},off"}
    assert workplace.go_offline("version", **behind).stdout == "started\n"


def test_a_go_that_is_too_old_is_said(workplace: Workplace, upstream: Upstream) -> None:
    upstream.publish()
    workplace.write({"go.mod": "module example.com/app\n\ngo 1.99.0\n"})
    done = workplace.fill()
    assert done.returncode == 1
    assert b"go.mod requires go >= 1.99.0 (running go " in done.stderr


def test_a_tool_by_its_name_in_its_newest_release(workplace: Workplace, upstream: Upstream) -> None:
    main = {"cmd/dlv/main.go": b"package main\n\nfunc main() {}\n"}
    for version in ("v1.25.1", "v1.27.3", "v1.28.0-rc.1"):
        upstream.add("github.com/go-delve/delve", version, files=main)
    upstream.publish()
    bare = workplace.folder / "bare"
    bare.mkdir()
    done = workplace.fill("--tool=dlv", "--format=json", where=bare)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["tools"] == ["github.com/go-delve/delve/cmd/dlv@v1.27.3"]
    named = workplace.fill("--tool=dlv@v1.25.1", "--format=json", where=bare)
    assert json.loads(named.stdout)["tools"] == ["github.com/go-delve/delve/cmd/dlv@v1.25.1"]
    none = workplace.fill("--tools", where=bare)
    assert none.returncode == 1
    assert b"No proxy of GOPROXY has a release of gopls" in none.stderr


def test_a_database_that_does_not_answer_keeps_no_module_back(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    small(workplace, upstream)
    records = {path: data for path, data in upstream.files.items() if path.startswith("/sumdb/")}
    upstream.files = {path: data for path, data in upstream.files.items() if path not in records}
    done = workplace.fill("--format=json")
    assert done.returncode == 1
    assert b"The checksum database is not up to date in the mirror: Could not reach" in done.stderr
    report = json.loads(done.stdout)
    assert report["settings"]["GOSUMDB"] == "off"
    assert workplace.go_offline("build", ".", **report["settings"]).returncode == 0
    upstream.files |= records
    assert workplace.settings()["GOSUMDB"] == upstream.database.key


def test_a_private_module_comes_from_git_and_then_from_the_mirror(workplace: Workplace, upstream: Upstream) -> None:
    demand_namespace()
    repository = workplace.folder / "lib"
    repository.mkdir()
    (repository / "go.mod").write_text("module git.corp.test/lib.git\n\ngo 1.21\n")
    (repository / "lib.go").write_text('package lib\n\nfunc Name() string { return "private" }\n')
    own = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    person = {f"GIT_{role}_{key}": "a@b.test" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "first"), ("tag", "v1.0.0")):
        subprocess.run(["git", *words], cwd=repository, env={**os.environ, **own, **person}, check=True)
    home = workplace.folder / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        f'[url "file://{repository}"]\n\tinsteadOf = https://git.corp.test/lib\n[safe]\n\tdirectory = *\n'
    )
    upstream.publish()
    workplace.environment["GOPRIVATE"] = "*.corp.test"
    workplace.write(
        {
            "go.mod": "module example.com/app\n\ngo 1.21\n\nrequire git.corp.test/lib.git v1.0.0\n",
            "main.go": 'package main\n\nimport lib "git.corp.test/lib.git"\n\nfunc main() { println(lib.Name()) }\n',
        }
    )
    done = workplace.fill("--format=json")
    assert done.returncode == 0, done.stderr.decode()
    report = json.loads(done.stdout)
    assert [module["verified_by"] for module in report["modules"]] == [None]
    assert upstream.paths() == []  # neither the proxy nor the database hears of it
    (home / ".gitconfig").unlink()
    ran = workplace.go_offline("run", "-mod=mod", ".", GOPRIVATE="*.corp.test", **report["settings"])
    assert ran.stderr.endswith("private\n"), ran.stderr
    # The second run has it in the mirror, and needs no git.
    assert workplace.fill().returncode == 0


def test_two_runs_do_not_meet(workplace: Workplace, upstream: Upstream) -> None:
    small(workplace, upstream)
    assert workplace.fill().returncode == 0
    words = [sys.executable, "-m", "wslgo", "mirror", str(workplace.mirror), "--lang=en"]
    environment = workplace.whole()
    with (workplace.mirror / ".wslgo/lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        running = subprocess.Popen(words, cwd=workplace.here, env=environment, stderr=subprocess.PIPE)
        assert running.stderr is not None
        assert running.stderr.readline() == b"Another run fills this mirror; waiting for it to end\n"
    running.communicate(timeout=60)
    assert running.returncode == 0


def test_without_a_module_and_without_tools_there_is_nothing_to_mirror(
    workplace: Workplace, upstream: Upstream
) -> None:
    upstream.publish()
    done = workplace.fill(where=Path("/"))
    assert done.returncode == 1
    assert b"No go.mod or go.work here or above" in done.stderr
    assert not workplace.mirror.exists()


def test_errors_of_go_mod_are_those_of_go(workplace: Workplace, upstream: Upstream) -> None:
    upstream.publish()
    workplace.write({"go.mod": "module example.com/app\n\nrequire example.com/gone v1.0.0\n"})
    done = workplace.fill()
    assert done.returncode == 1
    assert b"example.com/gone@v1.0.0" in done.stderr
    workplace.write({"go.mod": "module example.com/app\n\nrequire\n"})
    assert b"go.mod, line 3: " in workplace.fill().stderr
    workplace.write({"go.mod": "module example.com/app\n\nreplace example.com/a => ../none\n"})
    assert b"where no go.mod can be read" in workplace.fill().stderr
