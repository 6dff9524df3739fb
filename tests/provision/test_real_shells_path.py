"""The block of PATH in the files of real shells, started as VS Code, Windows Terminal and scripts start them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.knowledge.shell_startup import PROFILE as SYSTEM_PROFILE
from wslgo.machine.host import Go, Host
from wslgo.provision.model.facts import Facts, File, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.plan.planner import STEPS, module_of
from wslgo.provision.plan.steps import path

# What Debian gives a new user.
SKELETON = {
    ".profile": 'if [ -n "$BASH_VERSION" ]; then\n  if [ -f "$HOME/.bashrc" ]; then\n. "$HOME/.bashrc"\n  fi\nfi\n',
    ".bashrc": "case $- in\n    *i*) ;;\n      *) return;;\nesac\nHISTSIZE=1000\n",
    ".zshrc": "HISTSIZE=1000\n",
}
LOGIN, TERMINAL, TERMINAL_AT_LOGIN, SCRIPT = ("-l", "-c"), ("-i", "-c"), ("-l", "-i", "-c"), ("-c",)
# Shells, and how they are started where they read a file at all: ash and dash read none but at login.
STARTS = [
    *((("bash",), how) for how in (LOGIN, TERMINAL, TERMINAL_AT_LOGIN)),
    *((("zsh",), how) for how in (LOGIN, TERMINAL, TERMINAL_AT_LOGIN, SCRIPT)),
    *((("fish",), how) for how in (LOGIN, TERMINAL, SCRIPT)),
    *((("dash",), how) for how in (LOGIN, TERMINAL_AT_LOGIN)),
    *((("busybox", "ash"), how) for how in (LOGIN, TERMINAL_AT_LOGIN)),
]


def provisioned(home: Path, shell: str, skeleton: dict[str, str]) -> list[Path]:
    """Give a home folder the block for a shell, and return the files that have it."""
    user = User("dev", str(home))._replace(shell=f"/bin/{shell}")  # noqa: S604 - a field
    host = Host(go=Go("/usr/local/go/bin/go", "1.25.3"))
    files: dict[str, File | None] = {
        place: None for name in STEPS for place in module_of(name).reads(user, host) if "*" not in place
    }
    for name, text in skeleton.items():
        (home / name).write_text(text, encoding="utf-8")
        files[str(home / name)] = File(text.encode())
    assert SYSTEM_PROFILE in files or shell in ("zsh", "fish")
    facts = Facts(host, user, files=files, links=dict.fromkeys(files), folders={f"{home}/go/bin": ("gopls",)})
    written = []
    for step in path.steps(facts, Spec()):
        for write in step.writes:
            place = Path(write.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(write.after or b"")
            written.append(place)
    return written


@pytest.mark.slow
@pytest.mark.parametrize("has_files", [True, False])
@pytest.mark.parametrize(("shell", "how"), STARTS, ids=lambda words: " ".join(words))
def test_a_shell_finds_go_however_it_starts(
    shell: tuple[str, ...], how: tuple[str, ...], has_files: bool, tmp_path: Path
) -> None:
    if shutil.which(shell[0]) is None:
        pytest.skip(f"needs {shell[0]}")
    provisioned(tmp_path, shell[-1], SKELETON if has_files else {})
    done = subprocess.run(
        [*shell, *how, "printenv PATH"],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    folders = done.stdout.strip().splitlines()[-1].split(":")
    assert folders.count("/usr/local/go/bin") == 1, done.stderr
    assert folders.count(f"{tmp_path}/go/bin") == 1, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck")
@pytest.mark.parametrize("shell", ["bash", "zsh", "dash", "ash"])
def test_shellcheck_accepts_the_block(shell: str, tmp_path: Path) -> None:
    written = provisioned(tmp_path, shell, {})
    assert written
    words = ["shellcheck", "--shell=sh", "--severity=style", *written]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
