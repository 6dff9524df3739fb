"""Generated entries merged into `launch.json` and `tasks.json`, and nothing else changed."""

import json
from typing import Any

import pytest

from listing import MemoryListing
from merging import after, launch, value
from wslgo.golang.project import Project
from wslgo.launch.generate.entry import Generated, LaunchEntry
from wslgo.launch.merge.marks import mark
from wslgo.launch.merge.merge import (
    EntryPlace,
    Files,
    MergeRequest,
    MergeResult,
    is_obsolete,
    merge_entries,
)
from wslgo.syntax.json.text import Value
from wslgo.text.source import Source, decode
from wslgo.text.span import apply

API = LaunchEntry("debug cmd/api", {"name": "Debug api", "type": "go", "program": "${workspaceFolder}/cmd/api"})
STORE = LaunchEntry("test store", {"name": "Test store", "type": "go", "mode": "test", "env": {"A": "1"}})
TRAIN = LaunchEntry("cuda cmd/train", {"name": "Debug train", "type": "go", "preLaunchTask": "nvcc kernels"})
NVCC = LaunchEntry("nvcc kernels", {"label": "nvcc kernels", "type": "shell", "command": "nvcc", "args": ["-g"]})
ASK = LaunchEntry("input port", {"id": "port", "type": "promptString"})
REMOTE = LaunchEntry("remote", {"name": "Remote", "type": "go", "port": "${input:port}"})

MINE = '{\n  "configurations": [\n    {\n      "name": "Mine" // my own\n    }\n  ]\n}\n'


def names_in(text: str) -> list[str]:
    return [entry["name"] for entry in value(text)["configurations"]]


def changed_entry(entry: LaunchEntry, **members: Value) -> LaunchEntry:
    return entry._replace(value={**entry.value, **members})


# New files


def test_a_missing_file_is_created_as_vs_code_creates_it() -> None:
    assert after("", API) == (
        "{\n"
        '    "version": "0.2.0",\n'
        '    "configurations": [\n'
        "        {\n"
        "            // wslgo:debug cmd/api #26a69d62\n"
        '            "name": "Debug api",\n'
        '            "type": "go",\n'
        '            "program": "${workspaceFolder}/cmd/api"\n'
        "        }\n"
        "    ]\n"
        "}\n"
    )


def test_tasks_have_their_own_file_and_version() -> None:
    done = merge_entries(Files(), Generated((TRAIN,), (NVCC,)))
    assert value(done.files.tasks) == {"version": "2.0.0", "tasks": [NVCC.value]}
    assert value(done.files.launch) == {"version": "0.2.0", "configurations": [TRAIN.value]}


def test_without_entries_no_file_is_made() -> None:
    assert merge_entries(Files(), Generated()).files == Files()


@pytest.mark.parametrize("text", [" \r\n", "\ufeff", "// Debugging\r\n// of ours\r\n", "/* to do */", "{}", "{\n}\n"])
def test_a_file_without_a_value_gets_one_below_its_comments(text: str) -> None:
    done = after(text, API)
    assert value(done.removeprefix("\ufeff")) == {"version": "0.2.0", "configurations": [API.value]}
    assert done.startswith(text.rstrip("\r\n {}"))
    assert ("\r\n" in done) == ("\r\n" in text)


def test_inputs_are_written_where_they_are_asked_for() -> None:
    done = merge_entries(Files(), Generated((REMOTE,), (NVCC,), (ASK,))).files
    assert value(done.launch)["inputs"] == [ASK.value]
    assert "inputs" not in value(done.tasks)


# Existing entries


def test_entries_written_by_hand_stay_byte_for_byte() -> None:
    done = after(MINE, API)
    kept, _, _ = MINE.partition(" // my own")
    assert done.startswith(kept)
    assert done.count("// my own") == 1
    assert value(done)["configurations"] == [{"name": "Mine"}, API.value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"configurations":[]}', '{"configurations":[{/* M */ "name":"R"}]}'),
        ('{ "configurations": [] }', '{ "configurations": [{ /* M */ "name": "R" }] }'),
        (
            '{\n\t"configurations": [{\n\t\t"name": "x"\n\t}]\n}',
            '{\n\t"configurations": [{\n\t\t"name": "x"\n\t}, {\n\t\t// M\n\t\t"name": "R"\n\t}]\n}',
        ),
        (
            '{\r\n  "configurations": [\r\n    {},\r\n  ],\r\n}',
            '{\r\n  "configurations": [\r\n    {},\r\n    {\r\n      // M\r\n      "name": "R"\r\n    },\r\n  ],\r\n}',
        ),
        (
            '{\n  "compounds": []\n}',
            '{\n  "compounds": [],\n  "configurations": [\n    {\n      // M\n      "name": "R"\n    }\n  ]\n}',
        ),
    ],
)
def test_new_entries_are_written_in_the_style_of_the_file(text: str, expected: str) -> None:
    entry = LaunchEntry("remote", {"name": "R"})
    assert after(text, entry) == expected.replace("M", mark(entry.key, entry.value))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_stays(encoding: str) -> None:
    before = decode(MINE.replace("\n", "\r\n").encode(encoding))
    done = merge_entries(Files(before), Generated((API,))).files.launch
    assert done.encoding == before.encoding
    assert done.has_bom == before.has_bom
    assert done.encode().decode(encoding).count("\n") == done.text.count("\r\n")


def test_an_equal_entry_written_by_hand_is_enough() -> None:
    text = json.dumps({"configurations": [dict(reversed(API.value.items()))]})
    assert after(text, API) == text


def test_a_name_that_is_taken_is_left_to_its_owner() -> None:
    names = [{"name": "Debug api"}, {"name": "Debug api (wslgo)"}]
    once = after(json.dumps({"compounds": [{"name": "Test store"}], "configurations": names}), API, STORE)
    assert names_in(once)[2:] == ["Debug api (wslgo 2)", "Test store (wslgo)"]
    assert after(once, API, STORE) == once


def test_a_task_by_another_name_is_called_by_that_name() -> None:
    before = Files(tasks=Source('{"tasks": [{"label": "nvcc kernels"}]}'))
    both = LaunchEntry("nvcc .", {"label": "nvcc .", "dependsOn": ["nvcc kernels", "go"]})
    done = merge_entries(before, Generated((TRAIN,), (NVCC, both))).files
    assert value(done.launch)["configurations"][0]["preLaunchTask"] == "nvcc kernels (wslgo)"
    assert value(done.tasks)["tasks"][2]["dependsOn"] == ["nvcc kernels (wslgo)", "go"]


def test_an_input_by_another_name_is_asked_by_that_name() -> None:
    done = launch('{"inputs": [{"id": "port"}]}', REMOTE, inputs=(ASK,)).files.launch
    assert value(done)["inputs"] == [{"id": "port"}, {**ASK.value, "id": "port (wslgo)"}]
    assert value(done)["configurations"][0]["port"] == "${input:port (wslgo)}"


@pytest.mark.parametrize("text", ['{"configurations": [\n  ], "inputs":[ ]}', "// wslgo:attach\n", "{}", "", "[", MINE])
def test_without_anything_to_do_nothing_is_done(text: str) -> None:
    assert launch(text) == MergeResult(Files(Source(text)))


# Our own entries


def test_an_unedited_entry_is_updated_and_keeps_comments_inside() -> None:
    once = after("", STORE).replace('"mode"', '/* in here */ "mode"').replace('"A": "1"', '"A": "1" // because')
    newer = LaunchEntry(
        STORE.key, {"name": "Test store", "request": "launch", "type": "go", "env": {"A": "2", "B": "3"}}
    )
    done = after(once, newer)
    assert value(done)["configurations"] == [newer.value]
    assert [done.count(comment) for comment in ("/* in here */", "// because", "wslgo:test store #")] == [1, 1, 1]
    assert '"name": "Test store",\n            "request": "launch",\n            "type": "go"' in done
    assert after(done, newer) == done


@pytest.mark.parametrize(
    "moved",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("    ", "\t"),
        lambda text: text.replace(
            '"name": "Debug api",', '"name": "Debug api", // wslgo:debug cmd/api #26a69d62', 1
        ).replace("            // wslgo:debug cmd/api #26a69d62\n", "", 1),
        lambda text: text.replace("// wslgo:debug cmd/api #26a69d62", "/* wslgo:debug cmd/api #26a69d62*/"),
        lambda text: text.replace("#26a69d62", "#26a69d62 for the API, ask Kim"),
        lambda text: text.replace('"configurations": [', '"configurations": [{"name": "First"},'),
    ],
)
def test_an_entry_is_identified_wherever_it_is(moved: Any) -> None:
    text = moved(after("", API))
    assert after(text, API) == text
    newer = changed_entry(API, cwd="${workspaceFolder}")
    done = after(text, newer)
    assert value(done)["configurations"][-1] == newer.value
    assert done.count("wslgo:") == 1
    assert ("ask Kim" in done) == ("ask Kim" in text)


EDITED = after("", API, STORE).replace('"type": "go"', '"type": "go", "args": ["-v"]', 1)
WHERE = EntryPlace("launch.json", "configurations", API.key)


def test_an_edited_entry_is_a_conflict_and_stays() -> None:
    done = launch(EDITED, API, STORE)
    assert done.files.launch.text == EDITED
    (conflict,) = done.conflicts
    assert (conflict.place, conflict.name) == (WHERE, "Debug api")
    assert value(apply(EDITED, [conflict.edit]))["configurations"] == [API.value, STORE.value]


def test_an_edited_entry_is_replaced_if_the_user_accepts() -> None:
    done = launch(EDITED, API, STORE, request=MergeRequest(accepted={WHERE}))
    assert not done.conflicts
    assert value(done.files.launch)["configurations"] == [API.value, STORE.value]
    assert launch(done.files.launch.text, API, STORE) == done


def test_an_edit_that_makes_the_generated_entry_is_none() -> None:
    text = after("", API).replace("Debug api", "Debug the API")
    done = launch(text, changed_entry(API, name="Debug the API"))
    assert not done.conflicts
    assert not launch(done.files.launch.text, changed_entry(API, name="Debug the API")).conflicts


def test_a_task_that_the_user_has_renamed_is_called_by_that_name() -> None:
    before = merge_entries(Files(), Generated((TRAIN,), (NVCC,))).files
    renamed = Source(before.tasks.text.replace('"nvcc kernels"', '"compile"'))
    done = merge_entries(Files(before.launch, renamed), Generated((TRAIN,), (NVCC,)))
    assert value(done.files.launch)["configurations"][0]["preLaunchTask"] == "compile"


def test_an_entry_whose_package_is_gone_goes_with_its_comment() -> None:
    both = after(MINE, API, STORE)
    assert after(both, STORE, request=MergeRequest(is_obsolete=lambda key: key == API.key)) == after(MINE, STORE)
    assert after(both, request=MergeRequest(is_obsolete=lambda _: True)) == MINE


def test_an_entry_that_is_only_not_generated_now_stays() -> None:
    both = after(MINE, API, STORE)
    assert after(both, STORE) == both


@pytest.mark.parametrize(
    ("key", "is_lost"),
    [
        ("debug cmd/api", True),
        ("test store", True),
        ("cuda cmd/train", True),
        ("cuda cmd/api", False),
        ("nvcc kernels", False),
        ("race tools/one.go", False),
        ("race tools/two.go", True),
        ("nvcc .", False),
        ("attach", False),
    ],
)
def test_an_entry_without_its_program_is_obsolete(key: str, is_lost: bool) -> None:
    texts = dict.fromkeys(("w/cmd/api/main.go", "w/kernels/add.cu", "w/tools/one.go", "w/go.mod"), "")
    assert is_obsolete(Project(MemoryListing(texts), "w"), key) is is_lost


@pytest.mark.parametrize(("old", "new"), [('"Debug api"', '"My api"'), ('"type"', '// Kim needs this\n"type"')])
def test_an_entry_with_additions_of_the_user_stays(old: str, new: str) -> None:
    text = after("", API).replace(old, new)
    assert after(text, request=MergeRequest(is_obsolete=lambda _: True)) == text


def test_only_the_profiles_that_are_asked_for_are_touched() -> None:
    text = after("", API, STORE)
    newer = changed_entry(API, cwd="x"), changed_entry(STORE, cwd="x")
    request = MergeRequest(("test",), is_obsolete=lambda _: True)
    assert value(after(text, *newer, request=request))["configurations"] == [API.value, newer[1].value]
    assert value(after(text, newer[1], request=request))["configurations"] == [API.value, newer[1].value]


# Entries that the user took over


def test_an_entry_without_its_hash_is_the_users() -> None:
    text = after("", API).replace(" #26a69d62", "").replace("Debug api", "My api")
    assert launch(text, API) == MergeResult(Files(Source(text)))


def test_an_entry_that_is_commented_out_is_not_written_again() -> None:
    lines = after("", STORE, API).split("\n")
    first = next(number for number, line in enumerate(lines) if "wslgo:debug" in line) - 1
    text = "\n".join(f"// {line}" if first <= number < first + 6 else line for number, line in enumerate(lines))
    assert len(value(text)["configurations"]) == 1
    assert launch(text, STORE, API) == MergeResult(Files(Source(text)))


def test_an_entry_that_was_deleted_comes_back() -> None:
    assert names_in(after(after("", STORE), API, STORE)) == ["Test store", "Debug api"]


def test_one_of_several_copies_is_updated() -> None:
    text = after("", API)
    start, end = text.index("        {"), text.index("\n    ]")
    copy = text[start:end].replace("Debug api", "Debug api, second port")
    for both in (f"{text[:start]}{copy},\n{text[start:]}", f"{text[:end]},\n{copy}{text[end:]}"):
        assert launch(both, API) == MergeResult(Files(Source(both)))
        done = value(after(both, changed_entry(API, cwd="x")))["configurations"]
        assert sorted(entry.get("cwd", "") for entry in done) == ["", "x"]
        assert next(entry for entry in done if "cwd" in entry)["name"] == "Debug api"


@pytest.mark.parametrize(
    "folder", ["*/ x", "a#b", "a%2Fb", "名/目录", "line\nend", "\u2028", "tail ", "\udcff", "// x"]
)
def test_a_folder_may_be_called_anything(folder: str) -> None:
    entry = LaunchEntry(f"debug {folder}", {"name": "x"})
    for text in ("", '{"configurations":[]}'):
        once = after(text, entry)
        assert value(once)["configurations"] == [{"name": "x"}]
        assert after(once, entry) == once
        assert value(after(once, changed_entry(entry, y=1)))["configurations"] == [{"name": "x", "y": 1}]


# Files that are not edited


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"configurations": [', "has a syntax error on line 1 (CloseBracketExpected); fix it first"),
        ('{\n"a": 1\n"b": 2}', "has a syntax error on line 3 (CommaExpected); fix it first"),
        ("{'configurations': []}", "has a syntax error on line 1 (InvalidSymbol); fix it first"),
        ("{} {}", "has a syntax error on line 1 (EndOfFileExpected); fix it first"),
        ("{} /* no end", "has a syntax error on line 1 (UnexpectedEndOfComment); fix it first"),
        ("{// a\u2028}\n}", "has a syntax error on line 1 (U+2028); fix it first"),
        ("[]", "must hold one JSON object"),
        ("null", "must hold one JSON object"),
        ('{"configurations": {}}', "has 'configurations' on line 1, which must be an array"),
        ('{"inputs": "x"}', "has 'inputs' on line 1, which must be an array"),
        (
            '{"configurations": [],\n"configurations": []}',
            "has 'configurations' twice, again on line 2; merge the two first",
        ),
        ('{"a": ' + "[" * 200 + "]" * 200 + "}", "is nested more than 100 levels deep"),
    ],
)
def test_doubtful_files_are_not_edited(text: str, reason: str) -> None:
    done = merge_entries(Files(Source(text), Source("")), Generated((API,), (NVCC,)))
    assert done.files == Files(Source(text))
    assert [(file, why.render("en")) for file, why in done.unwritable] == [("launch.json", reason)]


def test_a_broken_file_without_entries_to_write_does_not_matter() -> None:
    assert not merge_entries(Files(tasks=Source("{")), Generated((API,))).unwritable


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "C:\\Users", "configurations": [{"b": "tab\there"}]}',
        '{"configurations": [\u00a0{"name": "x"}\u3000, ]}',
        '\ufeff{"configurations": [null, 3, [], "x"]}',
    ],
)
def test_errors_that_hide_nothing_do_not_stop_a_merge(text: str) -> None:
    once = after(text, API)
    assert value(once)["configurations"] == [*value(text)["configurations"], API.value]
    assert after(once, API) == once
