"""Programs that rules report, because Delve does not start them."""

from pathlib import Path

import pytest

from dapwire import RequestFailed
from debugsession import Debug

pytestmark = pytest.mark.slow

LAUNCH = {"type": "go", "request": "launch", "mode": "debug"}

FILES = {
    "go.mod": "module example.com/app\n\ngo 1.24\n",
    "main.go": "package main\n\nfunc main() { println(version) }\n",
    "version.go": 'package main\n\nvar version = "1"\n',
    "shop/shop.go": "package shop\n",
    "docs/notes.txt": "",
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "app"


@pytest.mark.parametrize(
    ("program", "mode", "words"),
    [
        ("${workspaceFolder}/main.go", "debug", "undefined: version"),
        ("${workspaceFolder}/docs", "debug", "no Go files in"),
        ("${workspaceFolder}/shop", "debug", "not an executable file"),
        ("${workspaceFolder}/shop", "test", "not an executable file"),
    ],
)
def test_delve_does_not_start_it(debug: Debug, app: Path, program: str, mode: str, words: str) -> None:
    session = debug(LAUNCH | {"program": program, "mode": mode}, app)
    with pytest.raises(RequestFailed) as refusal:
        session.run()
    assert words in f"{refusal.value} {session.wire.output()}"
