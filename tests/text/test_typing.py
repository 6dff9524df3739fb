"""Named tuples that are made without `typing` do what those of `typing` do."""

import copy
import pickle
import typing
from typing import Any

import pytest

from wslgo.text.typing import Generic, Literal, NamedTuple, Protocol, TypeVar, cast

Some = TypeVar("Some")


class Few(NamedTuple):
    """Some fields."""

    first: int
    second: "str | None" = None
    third: tuple[int, ...] = ()

    @property
    def double(self) -> int:
        return 2 * self.first


class Many(NamedTuple):
    """More fields than there are constructors."""

    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int
    h: int
    i: int
    j: int
    k: int
    m: int
    n: int
    o: int
    p: int
    q: int
    r: int = 17
    s: int = 18


class Nothing(NamedTuple):
    """No field."""


STANDARD: dict[type, Any] = {
    kind: typing.NamedTuple(kind.__name__, list(kind.__annotations__.items())) for kind in (Few, Many)
}
SIXTEEN = tuple(range(16))


def test_values_are_given_by_place_and_by_name() -> None:
    assert Few(1) == (1, None, ()) == Few(first=1)
    assert Few(1, third=(2,)) == (1, None, (2,))
    assert Many(*SIXTEEN) == (*SIXTEEN, 17, 18)
    assert Many(*SIXTEEN[:15], s=3, q=15) == (*SIXTEEN, 17, 3)
    assert Nothing() == ()


@pytest.mark.parametrize("kind", [Few, Many])
@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1,) * 16, {"a": 1, "first": 1}), ((1,) * 19, {}), ((1,) * 16, {"x": 1})]
)
def test_a_missing_or_an_unknown_value_is_a_type_error(
    kind: Any, values: tuple[int, ...], named: dict[str, int]
) -> None:
    with pytest.raises(TypeError, match=rf"{kind.__name__}\.__new__\(\)"):
        kind(*values, **named)


@pytest.mark.parametrize("value", [Few(1, "x"), Many(*SIXTEEN), Nothing()])
def test_a_value_is_copied_shown_and_taken_apart_like_any_named_tuple(value: Any) -> None:
    assert isinstance(value, tuple)
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == type(value)._make(value) == value  # noqa: S301
    assert type(pickle.loads(pickle.dumps(value))) is type(value)  # noqa: S301
    if standard := STANDARD.get(type(value)):
        assert repr(value) == repr(standard(*value))
        assert value._asdict() == standard(*value)._asdict()
        assert value._fields == value.__match_args__ == standard._fields


def test_a_value_is_replaced_by_name() -> None:
    assert Few(1)._replace(second="x") == Few(1, "x")
    assert type(Many(*SIXTEEN)._replace(a=5)) is Many
    with pytest.raises(ValueError, match="fourth"):
        Few(1)._replace(fourth=1)  # type: ignore[call-arg]


def test_a_class_has_what_is_declared_in_it_and_no_other_attributes() -> None:
    assert Few(4).double == 8
    assert (Few.__doc__, Few.__module__, Few._field_defaults) == (
        "Some fields.",
        __name__,
        {"second": None, "third": ()},
    )
    assert typing.get_type_hints(Few)["second"] == str | None
    with pytest.raises(AttributeError):
        Few(1).other = 1  # type: ignore[attr-defined]


def test_types_that_python_3_14_computes_on_demand_are_fields() -> None:
    namespace = {"__annotate_func__": lambda _format: {"first": int, "second": str}, "second": "x"}
    made: Any = type(NamedTuple)("Made", (NamedTuple,), namespace)
    assert made(1) == made(first=1, second="x") == (1, "x")


def test_annotations_may_contain_the_other_names() -> None:
    class Reader(Protocol[Some]): ...

    class Box(Generic[Some]): ...

    assert typing.get_args(Box[int]) == (int,)
    assert isinstance(Box[int](), Box)
    assert Reader[str] | None
    assert Literal["a"] is not None
    assert cast("int", "x") == "x"
