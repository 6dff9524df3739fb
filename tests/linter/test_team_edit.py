"""A rule is added to `wslgo.yaml` by one insertion."""

import pytest
import yaml

from wslgo.linter.team_edit import ignore_edit
from wslgo.text.span import apply

RULE = "wslconfig/unknown-key"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"check:\n  ignore:\n    - {RULE}\n"),
        ("# ours\n", f"# ours\ncheck:\n  ignore:\n    - {RULE}\n"),
        ("policy: {}", f"policy: {{}}\ncheck:\n  ignore:\n    - {RULE}\n"),
        ("check:\npolicy: {}\n", f"check:\n  ignore:\n    - {RULE}\npolicy: {{}}\n"),
        (
            "check:\n    select: [wslconf] # those\n",
            f"check:\n    ignore:\n      - {RULE}\n    select: [wslconf] # those\n",
        ),
        ("check:\n  ignore:\n", f"check:\n  ignore: [{RULE}]\n"),
        (
            "check:\n  ignore:\n  # why\n  - a # b\n  - c\n",
            f"check:\n  ignore:\n  # why\n  - {RULE}\n  - a # b\n  - c\n",
        ),
        ("check: {ignore: []}\n", f"check: {{ignore: [{RULE}]}}\n"),
        ("check: {ignore: [a, b]}\n", f"check: {{ignore: [{RULE}, a, b]}}\n"),
        ("check: {select: [a]}\n", f"check: {{ignore: [{RULE}], select: [a]}}\n"),
        ("{policy: {}}", f"{{check: {{ignore: [{RULE}]}}, policy: {{}}}}"),
        (
            "check:\r\n  severity: {a: off}\r\n",
            f"check:\r\n  ignore:\r\n    - {RULE}\r\n  severity: {{a: off}}\r\n",
        ),
    ],
)
def test_a_rule_is_added_and_the_rest_stays(before: str, after: str) -> None:
    edit = ignore_edit(before, RULE)
    assert edit is not None
    assert apply(before, [edit]) == after
    assert RULE in yaml.safe_load(after)["check"]["ignore"]


@pytest.mark.parametrize(
    "text",
    ["[", "- a\n", "check: 1\n", "check: {ignore: x}\n", f"check: {{ignore: [{RULE}]}}\n", "a: &b [*b]"],
)
def test_a_file_with_other_content_is_not_changed(text: str) -> None:
    assert ignore_edit(text, RULE) is None
