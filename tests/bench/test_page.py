"""The page of a measurement: in both languages, with plots, and nothing in it acts."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from measuring import measured
from wslgo.bench.model import BuildProfile, GpuUse, Measurement, Place, Step
from wslgo.bench.report.page import measurement_page
from wslgo.bench.report.plot import package_plot
from wslgo.bench.report.wording import arrangement_name, duration_table, gpu_answer, method, what_helps
from wslgo.text.markdown import image, literal, table
from wslgo.text.message import Language, Message, Text

CHINESE = re.compile("[一-龥]")
EVIL = "]|`x`](command:x)<script>alert(1)</script>&amp;\x1b[31m\u202e"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Measurement:
    return measured(tmp_path_factory.mktemp("page"))


def words(texts: object) -> str:
    assert not isinstance(texts, Text)
    return "\n".join(text.render() for text in texts)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_tables_and_plots_in_each_language(found: Measurement, language: Language) -> None:
    page = measurement_page(found, "bench", language)
    assert set(page.plots) == {
        *("bench-clean.svg", "bench-change.svg", "bench-list.svg"),
        *("bench-packages-clean.svg", "bench-packages-change.svg"),
    }
    html = MarkdownIt("commonmark").enable("table").render(page.text)
    assert set(re.findall(r'<img src="\./([^"]+)"', html)) == set(page.plots)
    assert html.count("<table>") == 4
    assert bool(CHINESE.search(page.text)) == (language == "zh")
    assert all(
        bool(CHINESE.search(plot)) == (language == "zh") for name, plot in page.plots.items() if "list" not in name
    )


def test_a_slow_drive_is_a_ratio_and_noise_is_the_same(found: Measurement) -> None:
    page = measurement_page(found, "bench", "en").text
    assert re.search(r"\| everything on C: \(9p\) \|[^|]* [23]\.\d\dx \|", page)
    assert re.search(r"\| with CUDA\\_VISIBLE\\_DEVICES=0 \|[^|]* same \|", page)
    assert re.search(r"\| only GOCACHE on C: \(9p\) \|[^|]* [23]\.\d\dx \|", page)
    assert re.search(r"\| only workspace on C: \(9p\) \|[^|]* same \|", page)


def test_the_gpu_is_answered_in_numbers(found: Measurement) -> None:
    assert "no difference beyond noise" in words(gpu_answer(found))
    seen = found._replace(gpu=GpuUse(("RTX",), 79, (), 0))
    assert "looked at: 79; none had a GPU open" in words(gpu_answer(seen))
    assert "no NVIDIA GPU" not in words(gpu_answer(seen))
    assert "no NVIDIA GPU" in words(gpu_answer(found._replace(gpu=GpuUse(None, 79))))
    assert "nvidia-smi lists 0 of them" in words(gpu_answer(seen))
    used = found._replace(gpu=GpuUse(("RTX",), 79, ("cc1",), None))
    assert "library of CUDA loaded: cc1" in words(gpu_answer(used))


def test_too_few_rounds_claim_nothing(tmp_path: Path) -> None:
    few = measured(tmp_path, rounds=3)
    assert "too few rounds to tell" in words(gpu_answer(few))
    assert "Fewer than 5 rounds" in words(method(few))
    assert "C: (9p)" not in words(what_helps(few))


def test_one_round_has_no_range(tmp_path: Path) -> None:
    one = measured(tmp_path, rounds=1)
    cells = [cell.render() for row in duration_table(one)[1:] for cell in row[1:]]
    assert not [cell for cell in cells if "(" in cell]
    assert "Medians" not in words(method(one))


def test_the_noise_and_the_interval_are_said(found: Measurement) -> None:
    said = words(method(found._replace(load=0.0)))
    assert "Medians of 6 interleaved rounds" in said
    assert "96.9% confidence" in said
    assert "Measured twice, it differs by 0.9" in said
    assert "Other programs" not in said
    assert "load 6.5 on 8 processors" in words(method(found._replace(load=6.5)))


def test_what_helps_is_in_numbers(found: Measurement) -> None:
    said = words(what_helps(found))
    assert "A kept GOCACHE" in said
    assert "C: (9p): a clean build takes 3.0" in said or "C: (9p): a clean build takes 2.9" in said
    assert "processors" in said.lower()


def test_names_of_folders_and_packages_do_not_act(tmp_path: Path) -> None:
    place = Place(str(tmp_path), EVIL, EVIL)
    made = measured(tmp_path)
    evil = made.first.arrangement._replace(places=(place, place, place))
    first = made.first._replace(arrangement=evil)
    steps = (Step(EVIL, "link", 1.0), Step("x" * 300, EVIL, 2.0, 1.0))
    evil_made = made._replace(
        measured=(first, *made.measured[1:]),
        profiles={f"clean, {evil.id}": BuildProfile(3.0, steps, steps, 0, 2)},
        subject=made.subject._replace(name=EVIL, is_sample=False),
    )
    page = measurement_page(evil_made, EVIL, "en")
    html = MarkdownIt("commonmark").enable("table").render(page.text)
    assert "<script" not in html
    assert "<a " not in html
    assert "\x1b" not in page.text
    assert len(re.findall("<img", html)) == 4
    for plot in page.plots.values():
        names = {element.tag.rpartition("}")[2] for element in ET.fromstring(plot).iter()}  # noqa: S314 - our own
        assert names <= {"svg", "title", "text", "rect", "path"}
        assert "\x1b" not in plot


def test_a_plot_of_no_time_is_still_a_plot() -> None:
    plot = package_plot(BuildProfile(0.0, (), (), 0, 0), Message(en="a < b", zh="甲")(), "en")
    assert ET.fromstring(plot)[0].text == "a < b"  # noqa: S314 - our own


def test_a_table_keeps_pipes_in_their_cells() -> None:
    made = table([[literal("a|b"), literal("`|`")], [literal("1"), literal("2")]])
    html = MarkdownIt("commonmark").enable("table").render(made)
    assert html.count("<th>") == 2
    assert "a|b" in html


@pytest.mark.parametrize("name", ["a b.svg", "x).svg", "图.svg", "../x.svg", 'a"b.svg', "a\nb.svg"])
def test_an_image_is_one_image_of_any_name(name: str) -> None:
    html = MarkdownIt("commonmark").render(image(literal("words"), name))
    assert re.fullmatch(r'<p><img src="\./[\w.%-]+" alt="words" /></p>\n', html)


def test_each_arrangement_has_a_name(found: Measurement) -> None:
    assert [arrangement_name(each.arrangement).render() for each in found.measured] == [
        "everything on / (ext4)",
        "the same again (noise)",
        "everything on C: (9p)",
        "only GOCACHE on C: (9p)",
        "only GOMODCACHE on C: (9p)",
        "only workspace on C: (9p)",
        "with CUDA_VISIBLE_DEVICES=0",
    ]
