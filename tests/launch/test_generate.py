"""Launch configurations for programs and tests, without attributes that Delve ignores."""

import json
from collections.abc import Iterator, Mapping

import pytest

from delvesamples import HOSTS, MAIN, MODULE, SAMPLES, TEST, configuration, keys, made, task
from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.knowledge.delve_attributes import BY_NAME, Reader
from wslgo.launch import delve_behaviour
from wslgo.launch.generate import PROFILES, Generated, Selection, generate
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.linter.check import check
from wslgo.machine.host import Go, Host, Tool, Variable, Wslg
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.syntax.json import jsonc, launch
from wslgo.text.source import Source

EVERY = [(sample, on) for sample in SAMPLES for on in HOSTS]
NAT = HOSTS["ubuntu-24.04-nat"]


def variables(sample: str | Mapping[str, str], key: str, on: object = "nvidia-gpu") -> object:
    return configuration(sample, key, on).value.get("env")  # type: ignore[arg-type]


def text_of(generated: Generated) -> str:
    configurations = [dict(entry.value) for entry in generated.configurations]
    return json.dumps({"version": "0.2.0", "configurations": configurations}, indent=4)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for member in value.values():
            yield from strings(member)
    elif isinstance(value, (list, tuple)):
        for element in value:
            yield from strings(element)
    elif isinstance(value, str):
        yield value


# What holds for all of them


@pytest.mark.parametrize(("sample", "on"), EVERY)
def test_generated_entries_have_no_findings(sample: str, on: str) -> None:
    family = by_name("launch")
    assert family is not None
    generated = made(sample, on)
    file = read(".vscode/launch.json", family, Source(text_of(generated)), "/home/me/app/.vscode/launch.json")
    tasks = json.dumps({"version": "2.0.0", "tasks": [dict(task.value) for task in generated.tasks]})
    project = Project(MemoryListing({**SAMPLES[sample], ".vscode/tasks.json": tasks}))
    found = check(file, host=HOSTS[on], project=project)
    assert [(reported.rule, reported.finding.message.render()) for reported in found] == []


@pytest.mark.parametrize(("sample", "on"), EVERY)
def test_every_attribute_has_an_effect(sample: str, on: str) -> None:
    tree = jsonc.parse(Source(text_of(made(sample, on))))
    for entry in launch.read(tree.root).configurations:
        assert [idle.member.key for idle in delve_behaviour.idle_attributes(entry)] == [], entry.name
        if entry.type == "go":
            known = {member.key: BY_NAME[member.key] for member in entry.node.members}
            assert not [name for name, about in known.items() if about.reader in (Reader.LEGACY, Reader.NONE)]
            assert entry.mode in ("debug", "test", "local", "remote")


@pytest.mark.parametrize(("sample", "on"), EVERY)
def test_attributes_that_break_delve_are_never_written(sample: str, on: str) -> None:
    for entry in made(sample, on).configurations:
        value = entry.value
        if value["request"] == "launch":
            assert not {"port", "host", "processId", "envFile", "trace", "output"} & {*value}
        else:
            assert not {"env", "cwd", "buildFlags", "program"} & {*value}
        assert "-gcflags" not in str(value.get("buildFlags", ""))
        env = value.get("env", {"X": ""})
        assert isinstance(env, Mapping)
        assert env
        assert all(isinstance(text, str) for text in env.values())
        assert not any(text.endswith(":") or "$LD" in text for text in env.values() if isinstance(text, str))


@pytest.mark.parametrize(("sample", "on"), EVERY)
def test_names_and_keys_are_unique_and_tasks_exist(sample: str, on: str) -> None:
    generated = made(sample, on)
    for entries in generated:
        assert len({entry.key for entry in entries}) == len({entry.value.get("name", entry.key) for entry in entries})
        assert len({entry.key for entry in entries}) == len(entries)
        assert {entry.profile for entry in entries} <= {*PROFILES}
    labels = [task.label for task in generated.tasks]
    assert len({*labels}) == len(labels)
    assert {label for entry in (*generated.configurations, *generated.tasks) for label in entry.starts} <= {*labels}


@pytest.mark.parametrize(("sample", "on"), EVERY)
def test_the_same_workspace_has_the_same_entries(sample: str, on: str) -> None:
    assert made(sample, on) == made(sample, on)


@pytest.mark.parametrize(("sample", "on"), EVERY)
def test_nothing_names_the_home_folder_of_the_user(sample: str, on: str) -> None:
    for entries in made(sample, on):
        assert not [text for entry in entries for text in strings(entry.value) if "/home/" in text]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_explanation_can_be_shown(language: str) -> None:
    for sample, on in EVERY:
        for entries in made(sample, on):
            assert all(entry.about.render(language) for entry in entries if entry.about)  # type: ignore[arg-type]


def test_a_selection_of_profiles_includes_the_tasks_they_need() -> None:
    generated = made("cuda", "nvidia-gpu", "cuda", "sanitizer")
    assert keys(generated) == ["cuda ."]
    assert [task.key for task in generated.tasks] == ["build .", "sanitizer .", "nvcc gpu"]
    assert made("cuda", "nvidia-gpu", "attach").tasks == ()


# Programs


def test_a_program_is_debugged_as_a_folder() -> None:
    assert configuration("commands", "debug cmd/api").value == {
        "name": "Debug cmd/api",
        "type": "go",
        "request": "launch",
        "mode": "debug",
        "program": "${workspaceFolder}/cmd/api",
        "cwd": "${workspaceFolder}",
    }


def test_a_program_in_the_root_has_the_name_of_its_module() -> None:
    value = configuration("root", "debug .").value
    assert (value["name"], value["program"]) == ("Debug app", "${workspaceFolder}")
    clash = {"go.mod": MODULE, "main.go": MAIN, "app/main.go": MAIN}
    assert [entry.value["name"] for entry in made(clash, "unknown", "debug").configurations] == ["Debug .", "Debug app"]


def test_entries_are_sorted_by_folder_and_those_of_the_workspace_come_last() -> None:
    assert keys(made("commands")) == [
        *("debug cmd/api", "race cmd/api", "debug cmd/cli", "race cmd/cli", "test store", "attach", "remote"),
    ]


@pytest.mark.parametrize("sample", ["nothing", "library"])
def test_an_empty_workspace_has_no_entries(sample: str) -> None:
    assert made(sample) == Generated()


@pytest.mark.parametrize(
    "texts",
    [
        {"vendor/a/main.go": MAIN},
        {"testdata/main.go": MAIN},
        {"_old/main.go": MAIN},
        {"main.go": f"//go:build ignore\n\n{MAIN}"},
        {"main_windows.go": MAIN},
        {"a/a_test.go": "//go:build windows\n\npackage a\n"},
    ],
)
def test_files_that_go_does_not_build_here_have_no_entry(texts: Mapping[str, str]) -> None:
    assert made({"go.mod": MODULE, **texts}) == Generated()


def test_tags_are_written_only_where_constraints_need_them() -> None:
    assert configuration("tagged", "debug .").value["buildFlags"] == "-tags=pro"
    assert configuration("tagged", "race .").value["buildFlags"] == "-race -tags=pro"
    assert "buildFlags" not in configuration("root", "debug .").value


def test_tags_that_go_has_already_are_not_written_and_others_keep_them() -> None:
    flags = [*(NAT.go_variables or ()), Variable("GOFLAGS", "-tags=pro", "environment")]
    assert "buildFlags" not in configuration("tagged", "debug .", NAT._replace(go_variables=tuple(flags))).value
    other = NAT._replace(go_variables=(*flags[:-1], Variable("GOFLAGS", "-tags=x", "environment")))
    assert configuration("tagged", "debug .", other).value["buildFlags"] == "-tags=pro,x"


def test_each_main_of_a_folder_of_scripts_is_a_program() -> None:
    assert [key for key in keys(made("scripts")) if key.startswith("debug")] == [
        "debug scripts/a.go",
        "debug scripts/b.go",
    ]
    assert configuration("scripts", "debug scripts/a.go").value["program"] == "${workspaceFolder}/scripts/a.go"
    assert task("scripts", "remote scripts/a.go").value["args"][-1] == "a.go"  # type: ignore[index]


def test_only_a_program_that_reads_input_gets_a_terminal() -> None:
    assert configuration("typed", "debug .").value["console"] == "integratedTerminal"
    assert "console" not in configuration("root", "debug .").value


def test_only_the_open_folder_has_entries() -> None:
    texts = {"go.mod": MODULE, "main.go": MAIN, "svc/cmd/x/main.go": MAIN, "svcs/main.go": MAIN}
    generated = made(texts, "unknown", "debug", home="svc")
    assert keys(generated) == ["debug cmd/x"]
    assert generated.configurations[0].value["program"] == "${workspaceFolder}/cmd/x"


def test_a_module_that_go_work_does_not_list_is_built_without_it() -> None:
    texts = {
        "go.work": "go 1.25\n\nuse ./a\n",
        "a/go.mod": MODULE,
        "a/main.go": MAIN,
        "b/go.mod": MODULE,
        "b/main.go": MAIN,
    }
    assert variables(texts, "debug a") is None
    assert variables(texts, "debug b") == {"GOWORK": "off"}


# Tests


def test_tests_run_in_their_own_folder() -> None:
    assert configuration("commands", "test store").value == {
        "name": "Test store",
        "type": "go",
        "request": "launch",
        "mode": "test",
        "program": "${workspaceFolder}/store",
    }


def test_tests_of_a_tag_have_it_and_others_do_not() -> None:
    texts = {"go.mod": MODULE, "a/a.go": TEST, "a/a_test.go": f"//go:build integration\n\n{TEST}"}
    assert configuration(texts, "test a").value["buildFlags"] == "-tags=integration"
    assert "buildFlags" not in configuration({**texts, "a/b_test.go": TEST}, "test a").value


# cgo


def test_c_flags_are_left_to_delve_if_the_user_has_set_none() -> None:
    assert variables("c", "debug .") is None
    assert variables("c", "debug .", "unknown") is None


@pytest.mark.parametrize(
    ("value", "origin", "expected"),
    [
        ("-O2 -g", "default", None),
        ("-O2 -g", "environment", "-O0 -g"),
        ("-O2 -g -I/opt/x", "environment", "-O0 -g -I/opt/x"),
        ("-I/opt/x -O3", "/home/user/.config/go/env", "-O0 -g -I/opt/x"),
        ("-O2 -g", "/home/user/.config/go/env", None),
    ],
)
def test_c_flags_of_the_user_follow_those_for_debugging(value: str, origin: str, expected: str | None) -> None:
    machine = NAT._replace(go_variables=(Variable("CGO_CFLAGS", value, origin),))
    assert variables("c", "debug .", machine) == ({"CGO_CFLAGS": expected} if expected else None)
    assert variables("root", "debug .", machine) is None, "a program without C needs none"


def test_cgo_is_turned_on_only_for_a_program_that_needs_it() -> None:
    known = [variable for variable in NAT.go_variables or () if variable.name != "CGO_ENABLED"]
    machine = NAT._replace(go_variables=(*known, Variable("CGO_ENABLED", "0", "environment")))
    assert variables("c", "debug .", machine) == {"CGO_ENABLED": "1"}
    assert variables("root", "debug .", machine) is None
    optional = {**SAMPLES["root"], "c.go": 'package main\n\nimport "C"\n'}
    assert variables(optional, "debug .", machine) is None


@pytest.mark.parametrize(
    ("machine", "is_there"),
    [
        (NAT, True),
        (HOSTS["unknown"], True),
        (NAT._replace(compiler=None), False),
        (NAT._replace(go_variables=(Variable("CGO_ENABLED", "0", "environment"),)), False),
    ],
)
def test_the_race_detector_needs_cgo_and_a_compiler(machine: object, is_there: bool) -> None:
    assert ("race ." in keys(made("root", machine))) is is_there  # type: ignore[arg-type]


# Windows of programs


WSLG = NAT.wslg


GIO = {"go.mod": MODULE, "main.go": 'package main\n\nimport _ "gioui.org/app"\n\nfunc main() {}\n'}


@pytest.mark.parametrize(
    ("wslg", "expected"),
    [
        (WSLG, None),
        (Wslg(), None),
        (WSLG._replace(display=None), {"DISPLAY": ":0"}),
        (WSLG._replace(wayland_display=None), {"WAYLAND_DISPLAY": "/mnt/wslg/runtime-dir/wayland-0"}),
        (
            WSLG._replace(folder="/win/wslg", wayland_display=None, runtime_folder=None),
            {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/win/wslg/runtime-dir"},
        ),
    ],
)
def test_a_program_with_windows_gets_what_the_session_lacks(wslg: Wslg, expected: object) -> None:
    assert variables(GIO, "debug .", NAT._replace(wslg=wslg)) == expected


def test_sound_is_set_up_only_for_toolkits_that_play_it() -> None:
    silent = NAT._replace(wslg=WSLG._replace(sound_server=None))
    game = {
        "go.mod": MODULE,
        "main.go": 'package main\n\nimport _ "github.com/hajimehoshi/ebiten/v2"\n\nfunc main() {}\n',
    }
    assert variables(game, "debug .", silent) == {"PULSE_SERVER": "unix:/mnt/wslg/PulseServer"}
    assert variables(GIO, "debug .", silent) is None


def test_a_program_without_windows_gets_no_display_variables() -> None:
    assert variables("root", "debug .", NAT._replace(wslg=WSLG._replace(display=None))) is None
    assert variables("windows", "debug .", "unknown") is None


def test_a_program_that_does_not_start_without_a_tag_gets_it() -> None:
    desktop = {
        "go.mod": MODULE,
        "main.go": 'package main\n\nimport _ "github.com/wailsapp/wails/v2"\n\nfunc main() {}\n',
    }
    assert configuration(desktop, "debug .").value["buildFlags"] == "-tags=dev"
    flags = Variable("GOFLAGS", "-tags=production", "environment")
    chosen = NAT._replace(go_variables=(*(NAT.go_variables or ()), flags))
    assert "buildFlags" not in configuration(desktop, "debug .", chosen).value


# Services


def test_a_service_has_a_note_about_its_ports() -> None:
    entry, plain = configuration("service", "debug ."), configuration("root", "debug .")
    assert entry.value == plain.value
    assert entry.about is not None
    assert "8080" in entry.about.render()
    assert plain.about is None
    assert configuration("service", "debug .", "not-wsl").about is None


# Attach


def test_a_process_is_chosen_from_a_list() -> None:
    value = configuration("root", "attach").value
    assert (value["request"], value["mode"], value["processId"]) == ("attach", "local", "${command:pickProcess}")


def test_a_headless_delve_listens_only_on_this_machine() -> None:
    value = configuration("root", "remote").value
    assert (value["host"], value["port"], value["debugAdapter"]) == ("127.0.0.1", 2345, "dlv-dap")
    [started] = [task for task in made("root").tasks if task.key == "remote ."]
    assert started.value["args"] == (
        *("debug", "--headless", "--listen=127.0.0.1:2345", "--accept-multiclient", "--wd=${workspaceFolder}"),
    )


def test_programs_are_called_by_name_where_path_leads_to_them() -> None:
    def words(entry: LaunchEntry) -> object:
        return entry.value["command"]

    assert words(task("root", "remote .", NAT)) == "dlv"
    elsewhere = NAT._replace(delve=Tool("/home/user/tools/dlv"), go=Go("/opt/go/bin/go"))
    assert words(task("root", "remote .", elsewhere)) == "${userHome}/tools/dlv"
    assert words(task("cuda", "build .", elsewhere)) == "/opt/go/bin/go"


def test_a_thousand_programs_have_an_entry_each() -> None:
    texts = {"go.mod": MODULE, **{f"p{n}/a.go": MAIN for n in range(1000)}}
    assert len(generate(Project(MemoryListing(texts)), selection=Selection(("debug",))).configurations) == 1000


# Code that go does not build


@pytest.mark.parametrize(
    "texts",
    [
        {"main.go": 'package main\n\nimport "github.com/spf13/cobra"\n\nfunc main() { cobra.Execute() }\n'},
        {"main.go": MAIN, "more.go": "package main\n"},
        {"a_test.go": "package a\n"},
        {"go.mod": MODULE, "main.go": "package main\n\nfunc mian() {}\n"},
        {"go.mod": MODULE, "lib.go": "package lib\n"},
        {"tools/go.mod": MODULE, "main.go": MAIN, "more.go": "package main\n"},
    ],
    ids=["another module is missing", "several files", "tests", "without main", "library", "module beside it"],
)
def test_nothing_is_offered_where_nothing_can_be_built(texts: dict[str, str]) -> None:
    assert made(texts, "unknown") == Generated()


def test_a_file_without_a_module_is_built_alone() -> None:
    texts = {"a.go": MAIN, "b.go": MAIN}
    values = [entry.value for entry in made(texts, "unknown", "debug").configurations]
    assert [value["program"] for value in values] == ["${workspaceFolder}/a.go", "${workspaceFolder}/b.go"]
    [entry] = made({"main.go": MAIN}, "unknown", "debug").configurations
    assert (entry.value["name"], entry.value["program"]) == ("Debug main.go", "${workspaceFolder}/main.go")


@pytest.mark.parametrize("mode", ["off", "auto"])
def test_without_module_mode_a_folder_is_built(mode: str) -> None:
    host = Host(go_variables=(Variable("GO111MODULE", mode, "environment"),))
    [entry] = made({"main.go": MAIN, "more.go": "package main\n"}, host, "debug").configurations
    assert entry.value["program"] == "${workspaceFolder}"
