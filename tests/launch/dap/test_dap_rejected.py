"""Attributes that generated entries never have, since Delve rejects them."""

from pathlib import Path

import pytest

from dapwire import RequestFailed
from debugsession import Debug

LAUNCH = {
    "type": "go",
    "request": "launch",
    "mode": "debug",
    "program": "${workspaceFolder}/cmd/greet",
    "cwd": "${workspaceFolder}",
}
ATTACH = {"type": "go", "request": "attach", "mode": "local"}


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        # The Go extension resolves it by the file that has the focus; who else starts Delve sends it as it is.
        ({"mode": "auto"}, "unsupported 'mode' attribute"),
        ({"mode": "remote"}, "unsupported 'mode' attribute"),
        ({"env": {"CUDA_LAUNCH_BLOCKING": 1}}, 'cannot unmarshal number into "env'),
        ({"args": ["-n", 3]}, 'cannot unmarshal number into "args'),
        ({"stopOnEntry": "true"}, "cannot unmarshal string into"),
        ({"buildFlags": 1}, 'cannot unmarshal number into "buildFlags"'),
        ({"substitutePath": [{"from": "/src"}]}, "requires both 'from' and 'to' entries"),
        ({"outputMode": "x"}, "unsupported 'outputMode' attribute"),
    ],
)
def test_delve_rejects_a_launch(debug: Debug, plain: Path, attributes: dict[str, object], words: str) -> None:
    session = debug(LAUNCH | attributes, plain)
    with pytest.raises(RequestFailed) as refusal:
        session.run()
    assert words in str(refusal.value)


def test_a_folder_to_run_in_that_is_not_there_is_blamed_on_the_program(debug: Debug, plain: Path) -> None:
    session = debug(LAUNCH | {"cwd": "${workspaceFolder}/nowhere"}, plain)
    with pytest.raises(RequestFailed, match=r"fork/exec .*/__debug_bin\d+: no such file or directory"):
        session.run()


def test_cgo_switched_off_leaves_a_cgo_program_without_files(debug: Debug, gpu: Path) -> None:
    program = {"program": "${workspaceFolder}/cmd/train", "env": {"CGO_ENABLED": "0"}}
    session = debug(LAUNCH | program, gpu)
    with pytest.raises(RequestFailed, match="Build error"):
        session.run()
    assert "build constraints exclude all Go files" in session.wire.output()


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({}, "The 'processId' or 'waitFor' attribute is missing"),
        ({"processId": 1, "waitFor": "train"}, "mutually exclusive"),
    ],
)
def test_delve_rejects_an_attach(debug: Debug, plain: Path, attributes: dict[str, object], words: str) -> None:
    session = debug(ATTACH | attributes, plain)
    with pytest.raises(RequestFailed) as refusal:
        session.run()
    assert words in str(refusal.value)
