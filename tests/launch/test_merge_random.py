"""Merges into random files: entries are added, the rest stays, a second run changes nothing."""

import json
import random
from collections.abc import Mapping

import pytest

from merging import after, launch, value
from wslgo.launch.generate.entry import Generated, LaunchEntry
from wslgo.launch.merge.marks import mark
from wslgo.launch.merge.merge import (
    Files,
    MergeRequest,
    merge_entries,
)
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.text import Value
from wslgo.text.source import Source


class Shapes:
    """Random files as users write them, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.newline = self.chance.choice(["\n", "\n", "\r\n"])
        self.indent = self.chance.choice(["  ", "    ", "\t"])
        self.remarks = 0

    def value(self, depth: int = 0) -> Value:
        kind = self.chance.choice(["scalar"] * 3 + ["object", "array"][: 2 if depth < 3 else 0])
        if kind == "object":
            return {self.word(): self.value(depth + 1) for _ in range(self.chance.randrange(4))}
        if kind == "array":
            return [self.value(depth + 1) for _ in range(self.chance.randrange(4))]
        return self.chance.choice([1, -2.5, True, False, None, self.word(), 'é\n\t"\\', "${input:q}", ""])

    def word(self) -> str:
        return "".join(self.chance.choice("abcdef") for _ in range(3))

    def entries(self, keys: list[str], label: str) -> list[LaunchEntry]:
        entries = []
        for key in keys:
            members: dict[str, Value] = {label: f"N{key}", "type": "go"}
            members |= {self.word(): self.value() for _ in range(self.chance.randrange(5))}
            order = list(members)
            self.chance.shuffle(order)
            entries.append(LaunchEntry(f"debug {key}", {name: members[name] for name in order}))
        return entries

    def remark(self, is_in_line: bool) -> str:
        """Return an empty text, or a comment that differs from all others."""
        if self.chance.random() < 0.75:
            return ""
        self.remarks += 1
        if is_in_line or self.chance.random() < 0.5:
            return f" /* remark {self.remarks}. */ "
        return f" // remark {self.remarks}.{self.newline}"

    def text(self, value: Value, depth: int = 0, is_in_line: bool = False) -> str:
        if isinstance(value, (Mapping, list, tuple)) and value:
            is_in_line = is_in_line or self.chance.random() < 0.25
            line = "" if is_in_line else self.newline + self.indent * (depth + 1)
            opener, closer = "{}" if isinstance(value, Mapping) else "[]"
            pairs = value.items() if isinstance(value, Mapping) else ((None, element) for element in value)
            parts = []
            for key, element in pairs:
                written = self.text(element, depth + 1, is_in_line)
                parts.append(written if key is None else f"{json.dumps(key)}:{self.chance.choice(['', ' '])}{written}")
            inside = ",".join(f"{self.remark(is_in_line)}{line}{part}{self.remark(is_in_line)}" for part in parts)
            comma = self.chance.choice(["", "", ","])
            last = "" if is_in_line else self.newline + self.indent * depth
            return f"{opener}{inside}{comma}{self.remark(is_in_line)}{last}{closer}"
        return json.dumps(value, ensure_ascii=self.chance.random() < 0.5)


def remarks(text: str) -> list[str]:
    comments = (comment.text for comment in jsonc.parse(Source(text)).comments)
    return sorted(comment for comment in comments if "wslgo:" not in comment)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(400))
def test_any_file_gets_the_entries_and_keeps_the_rest(seed: int) -> None:
    shapes = Shapes(seed)
    hand = [{"name": f"H{number}", shapes.word(): shapes.value()} for number in range(shapes.chance.randrange(4))]
    document: dict[str, Value] = {shapes.word(): shapes.value() for _ in range(shapes.chance.randrange(3))}
    if shapes.chance.random() < 0.8:
        document["configurations"] = hand
    else:
        hand = []
    text = shapes.text(document)
    first = shapes.entries(["a", "b", "c"], "name")
    once = after(text, *first)
    assert value(once) == {
        **({} if document else {"version": "0.2.0"}),
        **document,
        "configurations": [*hand, *(entry.value for entry in first)],
    }
    assert remarks(once) == remarks(text)
    assert after(once, *first) == once

    # The same keys with other values, one removed and one new.
    second = shapes.entries(["a", "c", "d"], "name")
    request = MergeRequest(is_obsolete=lambda key: key == "debug b")
    twice = after(once, *second, request=request)
    assert value(twice)["configurations"] == [*hand, *(entry.value for entry in second)]
    assert remarks(twice) == remarks(text)
    assert after(twice, *second, request=request) == twice
    assert not jsonc.parse(Source(twice)).problems


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_comments_that_users_write_into_our_entries_stay(seed: int) -> None:
    shapes = Shapes(seed)
    first = shapes.entries(["a", "b"], "name")
    document = {"configurations": [entry.value for entry in first]}
    shaped = shapes.text(document)
    tree = jsonc.parse(Source(shaped))
    array = tree.at("configurations")
    assert array is not None
    own = after("", *first)
    marks = [comment.text[3:] for comment in jsonc.parse(Source(own)).comments]
    text = shaped
    for element, spelled in reversed(list(zip(array.elements, marks, strict=True))):
        at = element.span.start + 1
        text = f"{text[:at]}/* {spelled} */{text[at:]}"
    assert after(text, *first) == text
    second = shapes.entries(["a", "b"], "name")
    done = launch(text, *second)
    assert not done.conflicts
    assert value(done.files.launch)["configurations"] == [entry.value for entry in second]
    assert remarks(done.files.launch.text) == remarks(text)
    assert after(done.files.launch.text, *second) == done.files.launch.text


class Histories:
    """Random files with marks, copies, edits and equal names, with entries to merge."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def generated(self) -> Generated:
        labels = self.chance.sample(["t1", "t2", "t3"], 2)
        keys = self.chance.sample(["debug a", "debug b", "test c", "race d"], self.chance.randrange(1, 5))
        names = self.chance.sample(["A", "B", "C", "A (wslgo)"], len(keys))
        values = [
            {"name": name, "preLaunchTask": self.chance.choice([*labels, "own"]), "p": "${input:q}"} for name in names
        ]
        tasks = [{"label": label, "dependsOn": self.chance.choice([labels[:1], labels[1], []])} for label in labels]
        return Generated(
            tuple(LaunchEntry(key, value) for key, value in zip(keys, values, strict=True)),
            tuple(LaunchEntry(f"nvcc {value['label']}", value) for value in tasks),
            (LaunchEntry("input", {"id": "q"}),),
        )

    def files(self, generated: Generated) -> Files:
        configurations = self.elements("name", ["A", "B", "C", "A (wslgo)"], generated.configurations)
        inputs = self.chance.choice(["[]", '[{"id": "q"}]', '[{"id": "q", "x": 1}]'])
        tasks = self.elements("label", ["t1", "t2", "t3", "own"], generated.tasks)
        launch = f'{{"configurations": {configurations}, "inputs": {inputs}}}'
        return Files(Source(launch), Source(f'{{"tasks": {tasks}}}'))

    def elements(self, label: str, names: list[str], entries: tuple[LaunchEntry, ...]) -> str:
        texts = []
        for _ in range(self.chance.randrange(4)):
            value = dict(self.chance.choice([*(entry.value for entry in entries), {label: self.chance.choice(names)}]))
            value |= self.chance.choice([{}, {"x": 1}])
            key = self.chance.choice(entries).key
            ours, edited, theirs = mark(key, value), mark(key, {}), f"wslgo:{key}"
            comment = self.chance.choice(["", "", f"/* {ours} */ ", f"/* {edited} */ ", f"/* {theirs} */ "])
            texts.append(json.dumps(value).replace("{", "{" + comment, 1))
        return f"[{', '.join(texts)}]"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_whatever_happened_before_a_second_run_changes_nothing(seed: int) -> None:
    histories = Histories(seed)
    generated = histories.generated()
    now = histories.files(generated)
    for profiles in ((), ("debug",), ()):
        request = MergeRequest(profiles, is_obsolete=lambda key: key.startswith("debug"))
        done = merge_entries(now, generated, request)
        again = merge_entries(done.files, generated, request)
        assert again.files == done.files
        assert [conflict.place for conflict in again.conflicts] == [conflict.place for conflict in done.conflicts]
        accepted = request._replace(accepted={conflict.place for conflict in done.conflicts})
        now = merge_entries(done.files, generated, accepted).files
        assert merge_entries(now, generated, accepted).files == now
        generated = histories.generated()
