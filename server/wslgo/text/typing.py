"""The names of `typing` that exist while wslgo runs, without `typing`, which costs as much as starting the interpreter.

Type checkers see those of `typing`. At run time only `NamedTuple` and `cast` do anything: the classes of `NamedTuple`
are those of `collections.namedtuple`, made without its `eval`; annotations alone contain the others.
"""

__all__ = (
    "IO",
    "TYPE_CHECKING",
    "Any",
    "BinaryIO",
    "Generic",
    "Literal",
    "NamedTuple",
    "Protocol",
    "TypeVar",
    "Union",
    "cast",
)

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import IO, Any, BinaryIO, Generic, Literal, NamedTuple, Protocol, TypeVar, Union, cast
else:
    try:
        from _collections import _tuplegetter  # thrice as fast; `collections` falls back in the same way
    except ImportError:
        from operator import itemgetter

        def _tuplegetter(number, doc):
            return property(itemgetter(number), doc=doc)

    class Generic:
        """A name in annotations or a base class, with or without parameters."""

        __class_getitem__ = classmethod(type(list[int]))

    IO = Literal = Protocol = Union = Generic
    Any = BinaryIO = object

    def TypeVar(_name, *_types, **_options):  # noqa: N802 - named like that of `typing`
        return object

    def cast(_kind, value):
        return value

    _new = tuple.__new__
    # One for each number of fields: a copy with other names of parameters takes a fiftieth of the time of compiling.
    _CONSTRUCTORS = (
        lambda cls: _new(cls, ()),
        lambda cls, a: _new(cls, (a,)),
        lambda cls, a, b: _new(cls, (a, b)),
        lambda cls, a, b, c: _new(cls, (a, b, c)),
        lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
        lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
        lambda cls, a, b, c, d, e, f: _new(cls, (a, b, c, d, e, f)),
        lambda cls, a, b, c, d, e, f, g: _new(cls, (a, b, c, d, e, f, g)),
        lambda cls, a, b, c, d, e, f, g, h: _new(cls, (a, b, c, d, e, f, g, h)),
        lambda cls, a, b, c, d, e, f, g, h, i: _new(cls, (a, b, c, d, e, f, g, h, i)),
        lambda cls, a, b, c, d, e, f, g, h, i, j: _new(cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k: _new(cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p: _new(
            cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p)
        ),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q: _new(
            cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q)
        ),
    )
    _Function = type(_CONSTRUCTORS[0])

    class _Fields(tuple):
        """The methods that all classes of `NamedTuple` share."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, /, **changes):
            replaced = _new(self.__class__, map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return replaced

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{self.__class__.__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)

    class _Declared(type):
        """The class of `NamedTuple`, which makes a class of tuples of what is derived from it."""

        def __new__(cls, name, bases, namespace):
            fields = tuple(_types(namespace))
            defaults = {field: namespace.pop(field) for field in fields if field in namespace}
            members = {
                "__slots__": (),
                "_fields": fields,
                "__match_args__": fields,
                "_field_defaults": defaults,
                "__new__": _constructor(name, fields, tuple(defaults.values())),
            }
            members.update((field, _tuplegetter(number, field)) for number, field in enumerate(fields))
            return type(name, (_Fields,), {**namespace, **members})

    def _types(namespace):
        """Return the types of the fields: Python 3.14 computes them when it is asked."""
        if "__annotations__" in namespace:
            return namespace["__annotations__"]
        types_of = namespace.get("__annotate_func__")
        return types_of(1) if types_of else {}

    def _constructor(name, fields, defaults):
        if len(fields) >= len(_CONSTRUCTORS):
            return _of_many
        code = _CONSTRUCTORS[len(fields)].__code__.replace(co_varnames=("_cls", *fields), co_name="__new__")
        made = _Function(code, globals(), "__new__", defaults)
        made.__qualname__ = f"{name}.__new__"
        return made

    def _of_many(cls, *values, **named):
        """Return a tuple of more fields; this takes longer than what those of few fields do."""
        left = cls._fields[len(values) :]
        given = {**cls._field_defaults, **named}
        if len(values) > len(cls._fields) or not named.keys() <= set(left) <= given.keys():
            raise TypeError(f"{cls.__name__}.__new__() takes {', '.join(cls._fields)}")
        return _new(cls, (*values, *(given[field] for field in left)))

    NamedTuple = type.__new__(_Declared, "NamedTuple", (), {})
