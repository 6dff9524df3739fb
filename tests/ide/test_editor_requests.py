"""Editor features about the machine: values in effect, hints, health, pages, templates."""

import re

import pytest

from machines import NAMES, host
from wslgo.doctor.page import Health
from wslgo.doctor.page import health as health_of
from wslgo.doctor.page import markdown as markdown_of
from wslgo.ide.document_link import document_links
from wslgo.ide.editor_settings import EDITOR_SETTINGS, setting_texts
from wslgo.ide.hover.hover import hover
from wslgo.ide.inlay_hint import inlay_hints
from wslgo.ide.page.rule import rule_page
from wslgo.knowledge.file_templates import TEMPLATES
from wslgo.linter.check import check
from wslgo.linter.finding import Severity
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.rules import all_rules
from wslgo.linter.scene import Scene
from wslgo.linter.settings import OFF, SEVERITIES, SYNONYMS, parse
from wslgo.machine.host import UNKNOWN, Host, Snapshot, Windows
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.text.message import Language
from wslgo.text.source import decode

PATH = "/mnt/c/Users/me/.wslconfig"
PLACES = {"wslconfig": PATH, "wslconf": "/etc/wsl.conf", "goenv": "/home/me/.config/go/env"}
GIB = 1 << 30


def scene(text: str, machine: Host = UNKNOWN, place: str = PATH, family: str = "wslconfig") -> Scene:
    known = by_name(family)
    assert known is not None
    return Scene(read(place, known, decode(text.encode()), place), (), machine)


def own_wslconfig(text: str, at_start: str | None = None, **facts: object) -> Scene:
    """Return a `.wslconfig` of the machine, with its content when WSL started."""
    machine = Host(wslconfig=Snapshot(PATH, text, at_start, at_start is not None), windows=Windows(26100, 32 * GIB, 16))
    return scene(text, machine._replace(**facts))  # type: ignore[arg-type]


def hover_text(subject: Scene, word: str) -> str:
    found = hover(subject, subject.file.source.text.index(word))
    return found.markdown() if found else ""


def hint_texts(subject: Scene) -> list[str]:
    return [hint.words.render() for hint in inlay_hints(subject)]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("memory=8GB", ["25 % of 32 GB"]),
        ("memory=64GB", ["200 % of 32 GB"]),
        ("processors=4", ["of 16"]),
        ("memory=8gb", []),
        ("swap=8GB", []),
    ],
)
def test_hints_show_the_share_of_this_computer(line: str, hint: list[str]) -> None:
    assert hint_texts(own_wslconfig(f"[wsl2]\n{line}\n")) == hint


def test_only_the_line_in_effect_has_a_hint() -> None:
    assert hint_texts(own_wslconfig("[wsl2]\nmemory=8GB\nmemory=16GB\n")) == ["25 % of 32 GB"]


def test_a_file_of_another_machine_has_no_hints() -> None:
    machine = own_wslconfig("").host
    assert hint_texts(scene("[wsl2]\nmemory=8GB\n", machine, "/home/me/dotfiles/.wslconfig")) == []


def test_a_value_that_has_changed_since_the_start_is_not_in_effect() -> None:
    subject = own_wslconfig("[wsl2]\nguiApplications=false\n", "[wsl2]\nguiApplications=true\n")
    assert "In effect is the value when WSL started: `true`" in hover_text(subject, "guiApplications")


def test_a_key_that_is_new_is_not_in_effect() -> None:
    assert "the default is in effect" in hover_text(
        own_wslconfig("[wsl2]\nguiApplications=false\n", ""), "guiApplications"
    )


@pytest.mark.parametrize("then", ["[wsl2]\nguiApplications=false # old\n", "[WSL2]\nguiapplications=0\n"])
def test_a_changed_comment_or_spelling_does_not_count(then: str) -> None:
    assert "n effect" not in hover_text(own_wslconfig("[wsl2]\nguiApplications=false\n", then), "guiApplications")


def test_without_a_snapshot_the_value_in_effect_is_unknown() -> None:
    assert "n effect" not in hover_text(own_wslconfig("[wsl2]\nguiApplications=false\n"), "guiApplications")


def test_rule_ids_in_comments_are_links() -> None:
    subject = scene("# wslgo: ignore[wslconfig/unknown-key, wslconfig/nosuch]\n[wsl2]\nkernel=wslconfig/unknown-key\n")
    assert [link.rule for link in document_links(subject)] == ["wslconfig/unknown-key"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_findings_as_written_and_with_its_lines_enabled(name: str) -> None:
    text = TEMPLATES[name]
    for version in (text, text.replace("# GO", "GO").replace("# memory", "memory").replace("# systemd", "systemd")):
        assert check(scene(version, place=PLACES[name], family=name).file, host=host("ubuntu-24.04-nat")) == []


def health(machine: Host) -> Health:
    return health_of(machine, every_machine_finding(machine))


def markdown(machine: Host, language: Language = "en") -> str:
    return markdown_of(machine, every_machine_finding(machine), language)


@pytest.mark.parametrize("name", [*NAMES])
def test_the_health_page_has_the_words_of_the_status(name: str) -> None:
    found = health(host(name))
    for language in ("en", "zh"):
        assert found.words.render(language) in markdown(host(name), language)  # type: ignore[arg-type]
    urgent = [known for known in every_machine_finding(host(name)) if known.severity <= Severity.WARNING]
    assert found.attention == len(urgent)
    assert markdown(host(name)).count("⚠") == len({reported.finding.about for reported in urgent})


def test_an_address_on_the_health_page_is_not_a_link() -> None:
    page = markdown(host("china-company"))
    addresses = re.findall(r"\S?\w+://\S+", page)
    assert addresses
    assert all(address.startswith("`") and "\\" not in address for address in addresses), addresses


def host_after_start(text: str, before: str, name: str = "china-company") -> Host:
    """Return a recorded machine with another text at its last start."""
    known = Snapshot(PATH, text, text, knows_start=True, before=before, knows_before=True)
    return host(name)._replace(wslconfig=known)


def test_settings_that_took_effect_are_confirmed_in_the_status() -> None:
    found = health(host_after_start("[wsl2]\nmemory=48GB\n", "[wsl2]\nmemory=8GB\n"))
    assert (found.attention, found.words.render()) == (0, ".wslconfig is now in effect: memory 8GB -> 48GB")
    assert found.words.render("zh") == ".wslconfig 已生效：memory 8GB -> 48GB"
    removed = health(host_after_start("", "[wsl2]\nswap=0\n"))
    assert removed.words.render("zh") == ".wslconfig 已生效：swap 0 -> 默认值"


def test_problems_come_before_confirmations() -> None:
    machine = host_after_start("[wsl2]\nvmIdleTimeout=90000\n", "", "wsl-1")
    found = health(machine._replace(wslconf=None))
    news = ".wslconfig is now in effect: vmIdleTimeout default -> 90000"
    assert (found.attention, found.words.render()) == (1, f"1 item needs attention: Version; {news}")


def test_both_files_are_confirmed_together() -> None:
    known = Snapshot("/etc/wsl.conf", "[boot]\nsystemd=true", "[boot]\nsystemd=true", True, "", knows_before=True)
    machine = host_after_start("[wsl2]\nvmIdleTimeout=90000\n", "")._replace(wslconf=known)
    news = (
        ".wslconfig is now in effect: vmIdleTimeout default -> 90000",
        "wsl.conf is now in effect: systemd default -> true",
    )
    assert health(machine).words.render() == ", ".join(news)


@pytest.mark.parametrize("before", ["[wsl2]\nmemory=48GB\n", "# why\n[wsl2]\nMemory = 49152MB\n"])
def test_without_a_change_nothing_is_confirmed(before: str) -> None:
    assert health(host_after_start("[wsl2]\nmemory=48GB\n", before)).words.render() == "Nothing needs attention"


def test_values_of_files_are_escaped_on_the_page() -> None:
    page = markdown(host_after_start("[wsl2]\nkernelModules=a*b*\n", ""))
    assert "kernelModules default -\\> a\\*b\\*" in page.split("\n")[2]


def test_every_rule_has_a_page() -> None:
    for rule in all_rules():
        assert rule_page(rule.id).startswith(f"# {rule.id}\n\n*")
        assert "path=" not in rule_page(rule.id).partition("```")[2].split("\n")[0]


def test_a_page_of_a_rule_is_chinese() -> None:
    page = rule_page("goenv/unquoted-pipe", "zh")
    assert page.startswith("# goenv/unquoted-pipe\n\n*错误，有安全的修复，评分：网络*\n\nGOPROXY 中的 `|` 没有加引号")
    assert "\n## 示例\n\n`.bashrc`\n\n```bash\nexport GOPROXY=" in page
    assert "becomes" not in page


def test_every_setting_is_described_in_both_languages() -> None:
    assert setting_texts("en").keys() == setting_texts("zh").keys()
    assert all(text.strip() for language in ("en", "zh") for text in setting_texts(language).values())
    assert len({setting.name for setting in EDITOR_SETTINGS}) == len(EDITOR_SETTINGS)


def test_the_editor_underlines_no_severity_that_is_accepted() -> None:
    [setting] = [setting for setting in EDITOR_SETTINGS if setting.name == "check.severity"]
    shape = setting.shape["additionalProperties"]
    assert isinstance(shape, dict)
    assert {*SEVERITIES, *SYNONYMS, OFF} == {*shape["enum"]}
    assert not any(parse({"severity": {"wslconfig": word}}).problems for word in shape["enum"])
