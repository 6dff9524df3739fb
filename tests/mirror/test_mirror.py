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

from tree import SERVER
from upstream import Upstream, Workplace, demand_namespace
from wslgo.mirror.pinned import Pinned

pytestmark = pytest.mark.slow

MAIN = """package main

import (
	"example.com/Upper/Lib"
	"example.com/old"
)

func main() { println(lib.Name(), "and", old.Name()) }
"""


def small(workplace: Workplace, upstream: Upstream) -> tuple[Pinned, ...]:
    """Write a workspace with a module in capitals, an old one and one that only the module graph has."""
    graph = upstream.add("example.com/graph")
    retracted = upstream.add("example.com/deep", "v1.1.0", more="retract v1.1.0\n")
    upper = upstream.add("example.com/Upper/Lib", "v1.2.0-RC.1", {"example.com/deep": "v1.1.0"})
    old = upstream.add("example.com/old", "v2.3.4+incompatible")
    upstream.publish()
    go_mod = (
        "module example.com/app\n\ngo 1.21\n\n"
        "require (\n\texample.com/Upper/Lib v1.2.0-RC.1\n\texample.com/old v2.3.4+incompatible\n)\n\n"
        "require example.com/deep v1.1.0 // indirect\n"
    )
    needed = (upper, old, retracted)
    workplace.write({"go.mod": go_mod, "go.sum": upstream.go_sum(*needed), "main.go": MAIN})
    return (*needed, graph)


def published(workplace: Workplace) -> set[str]:
    """Return the zips in the mirror."""
    return {path.relative_to(workplace.mirror).as_posix() for path in workplace.mirror.rglob("*.zip")}


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
    more = upstream.add("example.com/more")
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/more v1.0.0\n")
    assert b"1 of them new" in workplace.fill().stdout
    assert upstream.zips() == [f"/{more.file('zip')}"]


def test_a_tree_that_has_grown_continues_the_one_that_a_machine_remembers(
    workplace: Workplace, upstream: Upstream
) -> None:
    demand_namespace()
    small(workplace, upstream)
    first = workplace.settings()
    (workplace.here / "go.sum").unlink()
    kept = workplace.folder / "kept"
    assert workplace.go_offline("mod", "tidy", **first, GOPATH=str(kept)).returncode == 0
    upstream.database.fill(600)
    upstream.add("example.com/more")
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/more v1.0.0\n")
    second = workplace.settings()
    done = workplace.go_offline("mod", "download", "example.com/more@v1.0.0", **second, GOPATH=str(kept))
    assert done.returncode == 0, done.stderr


def test_a_killed_run_loses_nothing(workplace: Workplace, upstream: Upstream) -> None:
    modules = small(workplace, upstream)
    big = upstream.add("example.com/big", files={"noise": os.urandom(3_000_000)})
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/big v1.0.0\n")
    upstream.waits_after = 1_000_000
    words = [sys.executable, "-m", "wslgo", "mirror", str(workplace.mirror)]
    environment = {**os.environ, **workplace.environment, "PYTHONPATH": str(SERVER)}
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


def test_ctrl_c_ends_a_run_and_its_go(workplace: Workplace, upstream: Upstream) -> None:
    small(workplace, upstream)
    upstream.add("example.com/big", files={"noise": os.urandom(3_000_000)})
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/big v1.0.0\n")
    upstream.waits_after = 1_000_000
    words = [sys.executable, "-m", "wslgo", "mirror", str(workplace.mirror), "--lang=en"]
    environment = {**os.environ, **workplace.environment, "PYTHONPATH": str(SERVER)}
    running = subprocess.Popen(words, cwd=workplace.here, env=environment, stderr=subprocess.PIPE)
    assert upstream.waiting.wait(60)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"run wslgo mirror again to continue" in err


def test_a_module_that_go_sum_contradicts_is_not_published(workplace: Workplace, upstream: Upstream) -> None:
    upper, old, *_ = small(workplace, upstream)
    wrong = upstream.go_sum(old).replace("h1:", "h1:AAAA", 1)
    (workplace.here / "go.sum").write_text(upstream.go_sum(upper) + wrong)
    done = workplace.fill()
    assert done.returncode == 1
    assert b"example.com/old@v2.3.4+incompatible" in done.stderr
    assert b"checksum mismatch" in done.stderr
    assert old.file("zip") not in published(workplace)


def test_a_zip_that_was_damaged_in_the_mirror_is_fetched_again(workplace: Workplace, upstream: Upstream) -> None:
    upper, *_ = small(workplace, upstream)
    assert workplace.fill().returncode == 0
    upstream.zips()
    path = workplace.mirror / upper.file("zip")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    done = workplace.fill()
    assert done.returncode == 0
    assert b"was damaged in the mirror" in done.stderr
    assert upstream.zips() == [f"/{upper.file('zip')}"]
    assert path.read_bytes() == upstream.files[f"/{upper.file('zip')}"]


def test_a_zip_in_the_mirror_that_go_sum_contradicts_is_an_error(workplace: Workplace, upstream: Upstream) -> None:
    upper, old, *_ = small(workplace, upstream)
    assert workplace.fill().returncode == 0
    sums = (workplace.here / "go.sum").read_text().replace(upstream.sums[upper][0], upstream.sums[old][0])
    (workplace.here / "go.sum").write_text(sums)
    done = workplace.fill()
    assert done.returncode == 1
    assert f"Checksum mismatch for {upper}: {upstream.sums[upper][0]}, but" in done.stderr.decode()


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
    environment = {**os.environ, **workplace.environment, "PYTHONPATH": str(SERVER)}
    with (workplace.mirror / ".wslgo/lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        running = subprocess.Popen(words, cwd=workplace.here, env=environment, stderr=subprocess.PIPE)
        assert running.stderr is not None
        assert running.stderr.readline() == b"Another run fills this mirror; waiting for it to end\n"
    running.communicate(timeout=60)
    assert running.returncode == 0


def test_only_an_empty_folder_becomes_a_mirror_and_no_link_is_followed(
    workplace: Workplace, upstream: Upstream, tmp_path: Path
) -> None:
    small(workplace, upstream)
    workplace.mirror.mkdir()
    (workplace.mirror / "notes.txt").write_text("mine")
    done = workplace.fill()
    assert done.returncode == 1
    assert b"choose an empty folder" in done.stderr
    (workplace.mirror / "notes.txt").unlink()
    outside = tmp_path / "outside"
    outside.mkdir()
    (workplace.mirror / ".wslgo").mkdir()
    (workplace.mirror / ".wslgo/needs.json").write_text("{}")
    (workplace.mirror / "example.com").symlink_to(outside)
    assert workplace.fill().returncode == 1
    assert not list(outside.iterdir())


def test_without_a_module_and_without_tools_there_is_nothing_to_mirror(
    workplace: Workplace, upstream: Upstream
) -> None:
    upstream.publish()
    done = workplace.fill(where=Path("/"))
    assert done.returncode == 1
    assert b"No go.mod or go.work here or above" in done.stderr


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
