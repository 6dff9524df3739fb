"""/etc/fstab as libmount reads it."""

import pytest

from wslgo.syntax import fstab
from wslgo.syntax.wsl import drvfs
from wslgo.text.source import UTF16_LE, Source


def options(text: str) -> list[tuple[str, str, str]]:
    """Return drive, name and value of each option of a Windows drive, the value as its place in the text has it."""
    found = drvfs.options(fstab.parse(Source(text)))
    return [(option.drive, option.name, text[option.value_span.start : option.value_span.end]) for option in found]


def test_a_line_has_its_fields_at_their_places() -> None:
    assert options("C:\t/mnt/c  drvfs  metadata,fmask=111 0 0\n") == [("C:", "metadata", ""), ("C:", "fmask", "111")]


def test_the_last_line_needs_no_end_and_a_windows_line_end_is_not_a_value() -> None:
    assert options("C: /mnt/c drvfs fmask=11\r\nD: /mnt/d drvfs umask=22") == [
        ("C:", "fmask", "11"),
        ("D:", "umask", "22"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# C: /mnt/c drvfs fmask=111 0 0\n",
        "  # C: /mnt/c drvfs fmask=111\n",
        "C: /mnt/c drvfs\n",
        "/dev/sda / ext4 fmask=111 0 0\n",
    ],
)
def test_other_lines_have_no_options_of_a_drive(text: str) -> None:
    assert not options(text)


def test_comments_are_found() -> None:
    assert [*fstab.parse(Source("# one\nC: /mnt/c drvfs ro\n  # two\n")).comments] == [(0, 5), (27, 32)]


def test_mount_reads_nothing_in_utf16() -> None:
    assert fstab.parse(Source("C: /mnt/c drvfs ro", UTF16_LE)) == fstab.Fstab((), ())


@pytest.mark.parametrize(("value", "mode"), [("0133", 0o133), ("11", 0o11), ("", None), ("9", None), ("0x1", None)])
def test_a_mask_is_octal(value: str, mode: int | None) -> None:
    [option] = drvfs.options(fstab.parse(Source(f"C: /mnt/c drvfs fmask={value}\n")))
    assert option.mode == mode
