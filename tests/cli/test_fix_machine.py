"""`wslgo fix` and the machine: whose facts judge, whose files join, and what is written only after a yes."""

import json
import resource
from pathlib import Path

import pytest

import machines
from commandline import Outcome, process, write, wslgo

NAT = machines.HOSTS / "ubuntu-24.04-nat.json"
OWN = "/mnt/c/Users/user/.wslconfig"
BAD = "[wsl2]\nguiApplications=off\n"
FIXED = "[wsl2]\nguiApplications=false\n"
QUOTED = 'GOPROXY="https://goproxy.cn,direct"\n'
UNQUOTED = "GOPROXY=https://goproxy.cn,direct\n"
GUESS = "GOPROXY=direct,https://goproxy.cn\n"


def recorded(path: Path | str, text: str) -> str:
    """Return a recorded machine whose `.wslconfig` is at a path, written into the current folder."""
    host = json.loads(NAT.read_text(encoding="utf-8"))
    host["wslconfig"] |= {"path": str(path), "text": text}
    host["windows"]["processors"] = 4
    return str(write(Path("host.json"), json.dumps(host)))


# A recorded machine


def test_a_recorded_machine_judges_what_is_fixed(folder: Path) -> None:
    words = ("fix", "--stdin-filename", OWN)
    many = b"[wsl2]\nprocessors=64\nguiApplications=off\n"
    assert wslgo(*words, "--host", recorded(OWN, ""), stdin=many).out == FIXED.replace("gui", "processors=4\ngui")
    assert wslgo(*words, stdin=many).out == FIXED.replace("gui", "processors=64\ngui")


def test_files_of_the_folder_are_fixed_as_ever_where_another_machine_judges(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    assert wslgo("fix", "--host", str(NAT)).code == 0
    assert path.read_text() == FIXED


@pytest.mark.parametrize("more", [(), ("--yes",), ("--yes", "--machine")])
def test_the_files_of_a_recorded_machine_are_never_written(folder: Path, more: tuple[str, ...]) -> None:
    path = write(folder / "c/.wslconfig", BAD)
    state = {"XDG_STATE_HOME": str(folder / "state")}
    code, out, err = wslgo("fix", "--host", recorded(path, BAD), *more, str(path), environment=state)
    assert (code, path.read_text()) == (2, BAD)
    assert "+guiApplications=false" in out
    assert err.startswith(f"wslgo: {path} is a file of the recorded machine: shown, not written")
    assert not (folder / "state").exists()


def test_the_files_of_a_recorded_machine_join_as_a_diff(folder: Path) -> None:
    code, out, err = wslgo("fix", "--host", recorded(OWN, BAD), "--machine", "--diff")
    assert (code, err) == (0, "1 can be fixed, none left\n")
    assert "+guiApplications=false" in out
    assert wslgo("fix", "--host", "host.json", "--diff").out == ""


def test_a_fix_of_two_files_spares_those_of_a_recorded_machine(folder: Path) -> None:
    config, conf = write(folder / ".wslconfig", "[boot]\nsystemd=true\n"), write(folder / "wsl.conf", "")
    host = recorded(config, "")
    outcome = wslgo("fix", "--host", host, "--machine", "--yes", "--unsafe", "--select", "wrong-file")
    assert (outcome.code, config.read_text(), conf.read_text()) == (2, "[boot]\nsystemd=true\n", "")


def test_a_machine_that_cannot_be_read_stops_everything(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    write(folder / "host.json", "{")
    code, out, err = wslgo("fix", "--host", "host.json")
    assert (code, out, path.read_text()) == (2, "", BAD)
    assert err.startswith("wslgo: host.json cannot be read: ")


# This machine


class Home:
    """A home folder with a go env file, outside of the current folder."""

    def __init__(self, current: Path, place: Path, text: str) -> None:
        self.current = current
        self.goenv = write(place / "home/.config/go/env", text)
        names = {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state", "HOME": "home"}
        self.environment = {name: str(place / path) for name, path in names.items()}
        self.environment |= {"XDG_CONFIG_HOME": "", "GOENV": "", "CI": ""}

    def wslgo(self, *arguments: str) -> Outcome:
        done = process(*arguments, cwd=self.current, **self.environment)
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    @property
    def text(self) -> str:
        return self.goenv.read_text()


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


def test_the_files_of_this_machine_join_only_when_it_is_wanted(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, QUOTED)
    assert home.wslgo("fix", "--yes").code == 0
    assert home.text == QUOTED


def test_the_files_of_this_machine_are_shown_and_need_a_yes(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, QUOTED)
    code, out, err = home.wslgo("fix", "--machine")
    assert (code, home.text) == (2, QUOTED)
    assert f"+{UNQUOTED}" in out
    assert "confirm with --yes" in err


def test_what_is_fixed_on_this_machine_is_journalled_and_undone(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, QUOTED)
    code, out, _ = home.wslgo("fix", "--machine", "--yes")
    assert (code, home.text) == (0, UNQUOTED)
    assert f"+{UNQUOTED}" in out
    assert "undo with wslgo undo" in out
    assert home.wslgo("undo", "--yes").code == 0
    assert home.text == QUOTED


def test_a_diff_of_this_machine_writes_nothing(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, QUOTED)
    code, out, err = home.wslgo("fix", "--machine", "--diff")
    assert (code, home.text, err) == (0, QUOTED, "1 can be fixed, none left\n")
    assert f"+{UNQUOTED}" in out


def test_on_this_machine_too_only_safe_fixes_are_applied_unasked(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, GUESS)
    assert home.wslgo("fix", "--machine", "--yes").code == 1
    assert home.text == GUESS
    assert home.wslgo("fix", "--machine", "--yes", "--unsafe").code == 0
    assert home.text == "GOPROXY=https://goproxy.cn,direct\n"


def test_with_a_recorded_machine_those_of_this_one_stay_out(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, QUOTED)
    assert home.wslgo("fix", "--machine", "--yes", "--unsafe", "--host", str(NAT)).code == 0
    assert home.text == QUOTED


@pytest.mark.parametrize(("answer", "text"), [(b"y\n", FIXED), (b"n\n", BAD), (b"", BAD)])
def test_outside_of_the_current_folder_the_user_is_asked(elsewhere: Path, answer: bytes, text: str) -> None:
    path = write(elsewhere / ".wslconfig", BAD)
    words = ("fix", "--machine", "--host", str(NAT), str(path))
    asked = wslgo(*words, stdin=answer, environment={"XDG_STATE_HOME": str(elsewhere)}, is_interactive=True)
    assert path.read_text() == text
    assert asked.code == (0 if text == FIXED else 2)


def test_in_the_current_folder_the_user_is_not_asked(folder: Path, elsewhere: Path) -> None:
    home = Home(folder, elsewhere, UNQUOTED)
    path = write(folder / ".wslconfig", BAD)
    assert home.wslgo("fix", "--machine").code == 0
    assert path.read_text() == FIXED


# Fixes that change two files


def test_a_fix_that_is_not_confirmed_says_so_of_itself_and_not_of_a_file_that_was_fixed(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nguiApplications=off\n[boot]\nsystemd=true\n")
    conf = write(folder / "wsl.conf", "[automount]\nenabled=on\n")
    code, out, err = wslgo("fix", "--machine")
    assert (code, conf.read_text()) == (2, "[automount]\nenabled=true\n")
    assert "wsl.conf: fixed 1 problem\n" in out
    assert err.splitlines()[0] == (
        "wslgo: 'Move to wsl.conf' was not applied to wsl.conf, .wslconfig: check the change, then confirm with --yes"
    )


def test_a_fix_of_two_files_is_one_fix(folder: Path) -> None:
    config = write(folder / ".wslconfig", "[boot]\nsystemd=true\n")
    conf = write(folder / "wsl.conf", "")
    code, out, _ = wslgo("fix", "--machine", stdin=b"y\n", is_interactive=True)
    assert (code, config.read_text(), conf.read_text()) == (0, "[boot]\n", "[boot]\nsystemd=true\n")
    assert "wsl.conf, .wslconfig: fixed 1 problem\n  Move to wsl.conf [wslconfig/wrong-file]\n" in out
    assert out.endswith("1 fixed, none left\n")


def test_a_fix_of_two_files_that_fails_in_one_leaves_both(folder: Path) -> None:
    text = "[boot]\nsystemd=true\n" + "# a remark\n" * 200
    config, conf = write(folder / ".wslconfig", text), write(folder / "wsl.conf", "")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        outcome = wslgo("fix", "--machine", stdin=b"y\n", is_interactive=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (config.read_text(), conf.read_text()) == (text, "")
    assert (outcome.code, outcome.err) == (2, "wslgo: .wslconfig cannot be written: File too large\n")
    assert "fixed 1 problem" not in outcome.out
