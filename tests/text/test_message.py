"""Messages in two languages: lists among their arguments, and long arguments cut."""

import pytest

from wslgo.text.message import Language, Message, Text, enumeration, sentences

NAMES = Message(en="set: {names}", zh="已设置：{names}")
PLACE = Message(en="in {path}", zh="位于 {path}")


@pytest.mark.parametrize(("language", "expected"), [("en", "set: A, B in x"), ("zh", "已设置：A、B 位于 x")])
def test_a_list_has_the_commas_of_the_language(language: Language, expected: str) -> None:
    assert (
        NAMES(names=("A", Text(Message(en="B {place}", zh="B {place}"), (("place", PLACE(path="x")),)))).render(
            language
        )
        == expected
    )


def test_an_enumeration_is_a_list_of_sentences() -> None:
    assert enumeration([PLACE(path="x"), PLACE(path="y")]).render("zh") == "位于 x、位于 y"
    assert enumeration([]).render() == ""


def test_sentences_are_joined_by_full_stops() -> None:
    said = sentences(PLACE(path="x"), PLACE(path="y"), PLACE(path="z"))
    assert (said.render("en"), said.render("zh")) == ("in x. in y. in z", "位于 x。位于 y。位于 z")


def test_what_is_in_a_list_is_made_inert() -> None:
    assert NAMES(names=("*a*", "http://u:secret@h", "\x1b")).render(inert=lambda text: text.replace("*", "\\*")) == (
        r"set: \*a\*, http://xxxxx@h, <U+001B>"
    )


def test_short_values_stay() -> None:
    text = NAMES(names=("A", "B"))
    assert text.shortened() is text


def test_a_long_list_is_cut_between_its_values() -> None:
    names = tuple(f"NAME{number}" for number in range(1000))
    shown = NAMES(names=names).shortened().render()
    assert shown.startswith("set: NAME0, NAME1, ")
    assert shown.endswith(", …")
    assert len(shown) < 200


def test_a_long_value_in_a_list_is_cut() -> None:
    assert NAMES(names=("A", "b" * 300, "C")).shortened().render() == "set: A, …"
