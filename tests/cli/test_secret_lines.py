"""No output of `wslgo check` shows a secret."""

from pathlib import Path

import pytest

from commandline import write, wslgo


@pytest.mark.parametrize("shape", ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"])
def test_a_secret_is_masked(folder: Path, shape: str) -> None:
    env = '"env": {"API_KEY": "z5Lw81cVyu3QaN6h"}'
    entry = f'{{"type": "go", "request": "launch", "program": ".", {env}}}'
    (folder / ".vscode").mkdir()
    write(folder / ".vscode" / "launch.json", f'{{"configurations": [{entry}]}}')
    _, out, err = wslgo("check", "--format", shape)
    assert "literal-secret" in out
    assert "z5Lw81" not in out + err
