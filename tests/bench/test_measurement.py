"""A measurement: what is run where, in which order, with which variables, and that nothing is left behind."""

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from measuring import HOST, TINY, FakeGo, left_behind, measured, places
from wslgo.bench import sample
from wslgo.bench.action_graph import profile_of
from wslgo.bench.conditions import conditions_of
from wslgo.bench.folders import Folders, RunningError, empty, remove
from wslgo.bench.go_runs import GoError, GoRuns, Source
from wslgo.bench.metering import metered
from wslgo.bench.places import arrangements
from wslgo.bench.session import order
from wslgo.machine.host import Snapshot
from wslgo.system.process import run
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import Ran


def test_each_place_is_measured_as_a_whole_and_role_by_role(tmp_path: Path) -> None:
    found = measured(tmp_path)
    assert [each.arrangement.id for each in found.measured] == [
        "all on /",
        "again",
        "all on C:",
        "cache on C:",
        "modules on C:",
        "workspace on C:",
        "CUDA_VISIBLE_DEVICES=0",
    ]
    assert {len(each.walls(task)) for each in found.measured for task in ("clean", "change", "list")} == {6}
    assert set(found.profiles) == {"clean, all on /", "change, all on /", "clean, all on C:", "change, all on C:"}


def test_a_quick_measurement_moves_everything_at_once(tmp_path: Path) -> None:
    wanted = arrangements(places(tmp_path), is_whole=False)
    assert [each.id for each in wanted] == ["all on /", "again", "all on C:"]


def test_every_arrangement_is_first_in_some_round() -> None:
    assert [order(number, 3) for number in range(4)] == [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 1, 2]]


def test_rounds_are_interleaved(tmp_path: Path) -> None:
    world = FakeGo()
    measured(tmp_path, rounds=2, world=world)
    caches = [variables["GOCACHE"] for _, words, variables in world.asked if words[0] == "list" and "-f" not in words]
    assert len(set(caches[:7])) == 7
    assert caches[7:] == [*caches[1:7], caches[0]]


def test_only_the_places_differ_from_run_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOFLAGS", "GOPROXY", "CC", "GOTOOLCHAIN", "CUDA_VISIBLE_DEVICES", "LD_PRELOAD", "GOENV"):
        monkeypatch.setenv(name, "/of/the/user")
    world = FakeGo()
    measured(tmp_path, rounds=1, world=world)
    for folder, words, variables in world.asked:
        assert folder.endswith("/workspace")
        assert "/of/the/user" not in variables.values()
        assert variables["GOPROXY"].startswith("file:///")
        fixed = {name: variables[name] for name in ("GOTOOLCHAIN", "GOENV", "GOSUMDB", "GOFLAGS", "CGO_ENABLED")}
        assert fixed == {"GOTOOLCHAIN": "local", "GOENV": "off", "GOSUMDB": "off", "GOFLAGS": "", "CGO_ENABLED": "0"}
        assert {"-toolexec", "-exec"}.isdisjoint(words)
    with_gpu = [variables for _, _, variables in world.asked if "CUDA_VISIBLE_DEVICES" in variables]
    assert len(with_gpu) * 7 == len(world.asked)


def test_the_file_that_changes_is_another_one_in_each_round(tmp_path: Path) -> None:
    seen = []

    class Looking(FakeGo):
        def run(self, words: Any, seconds: float, folder: Any = None, environment: Any = None) -> Ran | None:
            if words[1] == "build" and not any("graph" in word for word in words):
                seen.append(Path(folder, sample.CHANGED).read_text().splitlines()[-1])
            return super().run(words, seconds, folder, environment)

    measured(tmp_path, rounds=2, world=Looking())
    changed = seen[1::2]
    assert set(changed[:7]) == {"var wslgoBench0 = 0"}
    assert set(changed[7:]) == {"var wslgoBench1 = 1"}


def test_no_round_begins_that_would_end_too_late(tmp_path: Path) -> None:
    """A round takes about 240 seconds on this clock."""
    found = measured(tmp_path, seconds=800.0)
    assert (found.rounds, found.wanted) == (3, 6)


def test_the_first_round_is_always_measured(tmp_path: Path) -> None:
    assert measured(tmp_path, seconds=1.0).rounds == 1


# Nothing is left


def test_nothing_is_left_after_a_measurement(tmp_path: Path) -> None:
    measured(tmp_path, rounds=1)
    assert not left_behind(tmp_path)
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["lock"]


def test_nothing_is_left_after_a_build_that_fails(tmp_path: Path) -> None:
    with pytest.raises(GoError) as error:
        measured(tmp_path, world=FakeGo(problem="go: downloading x v1\nmain.go:3:1: syntax error\n"))
    assert error.value.words.render() == "go build failed: main.go:3:1: syntax error"
    assert not left_behind(tmp_path)


def test_nothing_is_left_after_an_interrupt(tmp_path: Path) -> None:
    def interrupt(part: float, _text: object) -> None:
        if part > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measured(tmp_path, progress=interrupt)
    assert not left_behind(tmp_path)


def test_what_a_killed_measurement_left_is_removed_by_the_next(tmp_path: Path) -> None:
    first = Folders(tmp_path / "state")
    first.__enter__()
    made = Path(first.make(str(tmp_path)))
    modules = made / "0-modules/modules/a@v1"
    modules.mkdir(parents=True)
    (modules / "a.go").write_text("package a")
    modules.chmod(0o555)
    os.close(first._lock)  # as the kernel does for a process that is killed
    with Folders(tmp_path / "state") as second:
        assert second.removed == (str(made),)
    assert not left_behind(tmp_path)


def test_two_measurements_do_not_run_at_once(tmp_path: Path) -> None:
    with Folders(tmp_path / "state"), pytest.raises(RunningError), Folders(tmp_path / "state"):
        pass


@pytest.mark.parametrize(
    "noted",
    [
        '["/tmp", "{}/keep"]',
        '["{}/keep/.wslgo-bench-0"]',
        '{{"a": "{}/keep"}}',
        "x",
        '["{}/link/.wslgo-bench-x/../.."]',
    ],
)
def test_only_folders_with_our_name_are_removed(tmp_path: Path, noted: str) -> None:
    (tmp_path / "keep/.wslgo-bench-0").mkdir(parents=True)
    (tmp_path / "state").mkdir()
    (tmp_path / "state/folders.json").write_text(noted.format(tmp_path))
    with Folders(tmp_path / "state") as folders:
        assert folders.removed == ()
    assert (tmp_path / "keep/.wslgo-bench-0").is_dir()


def test_no_link_is_followed_when_folders_are_removed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    kept.chmod(0o500)
    ours = tmp_path / ".wslgo-bench-0123456789abcdef"
    (ours / "inner").mkdir(parents=True)
    (ours / "inner/link").symlink_to(kept)
    (ours / "link").symlink_to(kept)
    assert remove(str(ours))
    assert (kept / "file").read_text() == "x"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o500
    other = tmp_path / ".wslgo-bench-fedcba9876543210"
    other.symlink_to(kept)
    assert not remove(str(other))
    assert (kept / "file").exists()


def test_a_folder_is_emptied_but_stays(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "c").write_text("c")
    empty(tmp_path)
    assert list(tmp_path.iterdir()) == []


# Disk space, workspaces


def test_too_little_space_is_an_error_before_anything_is_built(tmp_path: Path) -> None:
    world = FakeGo(free=100 << 20)
    with pytest.raises(OSError, match="100 MiB free") as error:
        measured(tmp_path, world=world)
    assert world.asked == []
    assert "--quick" in str(error.value)
    assert not left_behind(tmp_path)


def workspace(folder: Path) -> Path:
    made = folder / "my work"
    for name in (".git", "p03", "node_modules"):
        (made / name).mkdir(parents=True)
    (made / "go.mod").write_text("module m\n")
    (made / "main.go").write_text("package main\n")
    (made / "p03/p03.go").write_text("package p03\n")
    (made / ".git/config").write_text("secret")
    (made / "node_modules/big").write_text("x")
    (made / "out").symlink_to("/etc/passwd")
    (made / "loop").symlink_to(".")
    return made


def test_a_workspace_is_copied_and_never_written(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    before = {path: path.lstat() for path in (made, *made.rglob("*"))}
    copies = []

    class Looking(FakeGo):
        def run(self, words: Any, seconds: float, folder: Any = None, environment: Any = None) -> Ran | None:
            copies.append(sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*")))
            assert environment["GOPROXY"] == "file:///m%20c/cache/download"
            return super().run(words, seconds, folder, environment)

    found = measured(tmp_path, rounds=1, world=Looking(), source=Source(str(made), module_cache="/m c"))
    assert copies[0] == ["go.mod", "main.go", "p03", "p03/p03.go"]
    after = {path: path.lstat() for path in (made, *made.rglob("*"))}
    assert {path: (each.st_mtime_ns, each.st_size) for path, each in before.items()} == {
        path: (each.st_mtime_ns, each.st_size) for path, each in after.items()
    }
    assert (found.subject.is_sample, found.subject.name) == (False, str(made))


def test_another_content_of_a_workspace_has_another_digest(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    digests = []
    for number in range(3):
        (made / "main.go").write_text("package main\n" + "//\n" * (number // 2))
        (tmp_path / str(number)).mkdir()
        digests.append(measured(tmp_path / str(number), rounds=1, source=Source(str(made))).subject.digest)
    assert digests[0] == digests[1] != digests[2]


def test_the_conditions_say_where_the_users_folders_are_but_not_their_names() -> None:
    found = conditions_of(HOST, here="/mnt/c/Users/me/code")
    assert (found.cache, found.modules, found.here, found.networking) == ("/", "C:", "C:", "nat")
    assert "me" not in json.dumps(found)


def test_the_settings_in_effect_are_recorded_without_paths() -> None:
    text = "[wsl2]\nmemory=8GB\nkernel=C:\\\\me\\\\kernel\nnetworkingMode=mirrored\nnonsense=1\n"
    known = Snapshot("/mnt/c/Users/me/.wslconfig", "[wsl2]\nmemory=4GB\n", text, knows_start=True)
    assert conditions_of(HOST._replace(wslconfig=known)).settings == "memory=8GB, networkingMode=mirrored"
    assert conditions_of(HOST).settings is None


# The cost of a program


@pytest.mark.slow
def test_the_cost_of_a_program_has_that_of_its_children(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"x" * 300_000)
    script = (
        f"i=0; while [ $i -lt 30 ]; do dd if={tmp_path}/data of={tmp_path}/out bs=1000 2>/dev/null; i=$((i+1)); done"
    )
    ran, cost = metered(lambda: run(("/bin/sh", "-c", script), 60.0))
    _, nothing = metered(lambda: run(("/bin/true",), 60.0))
    assert ran is not None
    assert ran.code == 0
    assert cost.cpu > nothing.cpu
    assert cost.wall > nothing.wall
    if cost.reads is not None and nothing.reads is not None:
        assert 9000 < cost.reads - nothing.reads < 12000


# The sample


@pytest.mark.slow
def test_the_sample_is_built_by_the_real_go_with_its_module_from_a_file(tmp_path: Path) -> None:
    [arrangement, *_] = arrangements(places(tmp_path))
    made = {role: str(tmp_path / role) for role in ("workspace", "cache", "modules", "home")}
    for folder in made.values():
        Path(folder).mkdir()
    go = GoRuns(arrangement, made, os.path.realpath(shutil.which("go") or "/usr/local/go/bin/go"), ThisMachine())
    assert go.prepare(Source("tiny", TINY)) == sample.digest(TINY)
    assert go.packages > len(sample.files(TINY))
    found = profile_of(go.profile("change", 1))
    assert found is not None
    assert found.hits == 0
    assert {"example.test/bench", "example.test/parts/p00", "runtime"} <= {step.package for step in found.steps}
    assert list((tmp_path / "modules/modules/example.test").iterdir())
    assert list((tmp_path / "home/out").iterdir())
    assert go.size() > 1 << 20


def test_a_sample_is_the_same_each_time_and_another_one_for_another_shape() -> None:
    assert sample.digest(TINY) == sample.digest(TINY)
    assert len({sample.digest(shape) for shape in (*sample.SHAPES.values(), TINY)}) == 3
    for shape in sample.SHAPES.values():
        assert sample.CHANGED in sample.files(shape)
