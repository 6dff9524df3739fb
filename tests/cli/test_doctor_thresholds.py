"""`wslgo doctor --fail-under` and the thresholds of a team: below is 1, unknown is said, and nothing known is 2."""

import json
from pathlib import Path

import pytest

import machines
from commandline import Outcome, write, wslgo

NAT = str(machines.HOSTS / "ubuntu-24.04-nat.json")
WSL_1 = str(machines.HOSTS / "wsl-1.json")
ARTICLE = str(machines.HOSTS / "article.json")


def doctor(host: str, *words: str, team: str = "") -> Outcome:
    """Run the command in the current folder, which has a `wslgo.yaml` with this text."""
    if team:
        write(Path("wslgo.yaml"), team)
    return wslgo("doctor", "--host", host, *words)


@pytest.mark.parametrize(
    ("host", "least", "code"),
    [(NAT, "100", 0), (WSL_1, "80", 0), (WSL_1, "81", 1), (WSL_1, "0", 0), (ARTICLE, "60", 0), (ARTICLE, "61", 1)],
)
def test_fail_under(host: str, least: str, code: int, folder: Path) -> None:
    assert doctor(host, "--fail-under", least).code == code


def test_it_names_what_is_below(folder: Path) -> None:
    done = doctor(ARTICLE, "--fail-under", "90")
    assert done.err == "wslgo: below the least score: Speed 80 (at least 90), Security 60 (at least 90)\n"
    assert "\n-> To reach the least score of every dimension, resolve: goenv/folder-on-windows-drive, " in done.out
    chinese = doctor(ARTICLE, "--fail-under", "90", "--lang", "zh-cn").err
    assert chinese == "wslgo: 低于最低评分：速度 80（至少 90）、安全 60（至少 90）\n"


@pytest.mark.parametrize("value", ["", "-1", "101", "80%", "8e1", "1_0", "８０", "nan", "999999999999", " 80"])
def test_only_a_whole_number_is_taken(value: str, folder: Path) -> None:
    done = doctor(NAT, f"--fail-under={value}")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"wslgo: --fail-under takes a whole number from 0 to 100, not '{value}'\n"


# Teams


@pytest.mark.parametrize(
    ("team", "words", "code"),
    [
        ("doctor: {fail-under: 80}\n", (), 0),
        ("doctor: {fail-under: 81}\n", (), 1),
        ("doctor: {dimensions: {correctness: 90}}\n", (), 1),
        ("doctor: {dimensions: {security: 100}}\n", (), 0),
        ("doctor: {fail-under: 90, dimensions: {correctness: 0}}\n", (), 0),
        ("doctor: {fail-under: 90, dimensions: {correctness: 80}}\n", (), 0),
        ("doctor: {fail-under: 90}\n", ("--fail-under", "80"), 0),
        ("doctor: {fail-under: 10}\n", ("--fail-under", "90"), 1),
        ("doctor: {dimensions: {correctness: 90}}\n", ("--fail-under", "10"), 1),
        ("doctor:\n", (), 0),
        ("check: {ignore: [machine/wsl-1]}\ndoctor: {fail-under: 90}\n", (), 1),
        ("check: {ignore: [all]}\n", (), 0),
    ],
)
def test_the_thresholds_of_a_team(team: str, words: tuple[str, ...], code: int, folder: Path) -> None:
    assert doctor(WSL_1, *words, team=team).code == code


def test_a_folder_below_has_those_of_its_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "wslgo.yaml", "doctor: {fail-under: 90}\n")
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "deep/er").mkdir(parents=True)
    monkeypatch.chdir(folder / "deep/er")
    assert doctor(WSL_1).code == 1


def test_one_outside_of_the_repository_has_no_say(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "wslgo.yaml", "doctor: {fail-under: 90}\n")
    (folder / "repository/.git").mkdir(parents=True)
    monkeypatch.chdir(folder / "repository")
    assert doctor(WSL_1).code == 0


@pytest.mark.parametrize(
    ("team", "problem"),
    [
        ("doctor: {fail-under: high}\n", "'doctor.fail-under' must be a whole number from 0 to 100, not high"),
        ("doctor: {fail-under: 101}\n", "'doctor.fail-under' must be a whole number from 0 to 100, not 101"),
        ("doctor: {fail-under: true}\n", "'doctor.fail-under' must be a whole number from 0 to 100, not True"),
        ("doctor: {fail-under: [80]}\n", "'doctor.fail-under' must be a whole number from 0 to 100, not [...]"),
        ("doctor: {fail-under: -1}\n", "'doctor.fail-under' must be a whole number from 0 to 100, not -1"),
        ("doctor: {fail-under: 8.5}\n", "'doctor.fail-under' must be a whole number from 0 to 100, not 8.5"),
        ("doctor: {dimensions: {sped: 80}}\n", "'sped' is not a dimension of the score; did you mean speed?"),
        ("doctor: {dimensions: {7: 80}}\n", "'7' is not a dimension of the score. Known: speed, "),
        ("doctor: {dimensions: [speed]}\n", "'doctor.dimensions' must map names to values"),
        ("doctor: 80\n", "'doctor' must map names to values"),
        ("doctor: {fail-unter: 80}\n", "wslgo has no setting 'doctor.fail-unter'; did you mean doctor.fail-under?"),
        ("docter: {fail-under: 80}\n", "has an unknown key 'docter'; did you mean doctor?"),
        ("doctor: {fail-under: 80\n", "is not YAML: "),
        ("- doctor\n", "must map names to values"),
    ],
)
def test_a_gate_that_cannot_be_read_is_closed(team: str, problem: str, folder: Path) -> None:
    done = doctor(NAT, team=team)
    assert done.code == 2
    assert problem in done.err
    assert "Nothing needs attention" in done.out, "the page is shown nevertheless"
    assert problem in wslgo("check", "--isolated", "--config", "wslgo.yaml", ".").err or problem in wslgo("check").err


def test_a_problem_of_another_part_is_not_the_doctors(folder: Path) -> None:
    assert doctor(NAT, team="check: {select: nothing}\ndoctor: {fail-under: 80}\n")[::2] == (0, "")


def test_a_link_out_of_the_repository_is_not_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "elsewhere.yaml", "doctor: {fail-under: 90}\n")
    (folder / "repository/.git").mkdir(parents=True)
    (folder / "repository/wslgo.yaml").symlink_to("../elsewhere.yaml")
    monkeypatch.chdir(folder / "repository")
    done = doctor(NAT)
    assert (done.code, done.err.partition(" ")[2][:11]) == (2, "wslgo.yaml ")


# What is not known


@pytest.fixture
def unasked(folder: Path) -> str:
    """Return a machine of which nothing is known."""
    return str(write(folder / "unasked.json", "{}"))


def test_no_score_at_all_is_not_a_pass(unasked: str) -> None:
    done = doctor(unasked, "--fail-under", "10")
    assert done.code == 2
    assert done.err.startswith("wslgo: no dimension has a score to compare with the least one: ")
    assert doctor(unasked).code == 0
    assert doctor(unasked, "--fail-under", "0").code == 0


def test_a_dimension_without_a_score_is_not_below_and_is_named(folder: Path) -> None:
    machine = json.loads(Path(NAT).read_text())
    machine["go_variables"] = []
    host = str(write(folder / "host.json", json.dumps(machine)))
    done = doctor(host, "--fail-under", "90")
    assert done.err == "wslgo: Security: no score, so there is nothing to compare with the least one\n"
    assert done.code == 0


def test_a_dimension_that_does_not_apply_passes(folder: Path) -> None:
    done = doctor(NAT, team="doctor: {dimensions: {gpu: 100}}\n")
    assert (done.code, done.err) == (0, "")


def test_little_certainty_is_said(folder: Path) -> None:
    network = {"name_servers": ["10.255.255.254"], "resolv_conf": "/etc/resolv.conf"}
    host = str(write(folder / "host.json", json.dumps({"wsl": {"generation": 2}, "network": network})))
    done = doctor(host, "--fail-under", "90")
    assert done.code == 0
    assert "wslgo: Network: only 33 % of what this score depends on is known\n" in done.err
    assert doctor(host).err == ""


# Together with others


def test_fail_on_and_fail_under_both_count(folder: Path) -> None:
    assert doctor(WSL_1, "--fail-under", "10", "--fail-on", "attention").code == 1
    assert doctor(NAT, "--fail-under", "100", "--fail-on", "unknown").code == 0


@pytest.mark.parametrize("words", [("--score",), ("--fail-under", "80")])
def test_the_network_has_no_score(words: tuple[str, ...], folder: Path) -> None:
    done = wslgo("doctor", "--network", *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"wslgo: --network does not go with {words[0]}: ")


def test_json_has_the_least_scores(folder: Path) -> None:
    done = doctor(ARTICLE, "--format", "json", "--fail-under", "70", team="doctor: {dimensions: {security: 100}}\n")
    printed = json.loads(done.out)["score"]
    assert printed["dimensions"]["security"]["fail_under"] == 100
    assert printed["dimensions"]["speed"]["fail_under"] == 70
    assert printed["advice"] == {"target": None, "rules": ["goenv/malformed-checksum-database"]}
    assert done.code == 1
