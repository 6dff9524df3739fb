"""The sample that is built if no workspace is named: a module, and one that it requires, made of the same few lines.

Both only import the standard library, and the second comes from a file: nothing is downloaded. The packages import each
other as those of real modules do, so that some builds are chains and others are side by side.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MODULE = "example.test/bench"
REQUIRED = "example.test/parts"
VERSION = "v1.0.0"
_GO = "1.20"  # the oldest release whose modules every later one builds alike
CHANGED = "p03/p03.go"  # a package that some others import


class Shape(NamedTuple):
    """The size of a sample: packages of its own, packages that it requires, and imports of its program."""

    packages: int
    required: int
    imports: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    "standard": Shape(40, 60, ("bufio", "encoding/json", "fmt", "os", "sort", "text/template")),
    "quick": Shape(10, 20, ("strconv", "strings")),
}


def files(shape: Shape) -> dict[str, str]:
    """Return the files of the module by their path."""
    found = {"go.mod": f"module {MODULE}\n\ngo {_GO}\n\nrequire {REQUIRED} {VERSION}\n"}
    for number in range(shape.packages):
        uses = [f"{MODULE}/{name(below)}" for below in _below(number)]
        uses += [f"{REQUIRED}/{name(below)}" for below in range(number, shape.required, max(1, shape.packages))]
        found[f"{name(number)}/{name(number)}.go"] = _package(number, uses)
    found["main.go"] = _program(shape)
    return found


def required_files(shape: Shape) -> dict[str, str]:
    """Return the files of the required module by their path."""
    found = {"go.mod": f"module {REQUIRED}\n\ngo {_GO}\n"}
    for number in range(shape.required):
        uses = [f"{REQUIRED}/{name(below)}" for below in _below(number)]
        found[f"{name(number)}/{name(number)}.go"] = _package(number, uses)
    return found


def digest(shape: Shape) -> str:
    """Return a digest that is another one if the sample is."""
    parts = (f"{path}\0{text}\0" for content in (files(shape), required_files(shape)) for path, text in content.items())
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


def name(number: int) -> str:
    return f"p{number:02}"


def _below(number: int) -> Iterator[int]:
    """Yield the packages that a package imports: the one before it, but every fourth begins a chain of its own."""
    if number % 4:
        yield number - 1
    if number >= 8:
        yield number // 2


def _package(number: int, uses: list[str]) -> str:
    imports = "".join(f'\tu{place} "{path}"\n' for place, path in enumerate(dict.fromkeys(uses)))
    calls = "".join(f"\ttotal += u{place}.Total(values)\n" for place in range(len(dict.fromkeys(uses))))
    head = f"package {name(number)}\n\nimport (\n{imports})\n" if imports else f"package {name(number)}\n"
    functions = "".join(_FUNCTION.replace("%N", str(part)) for part in range(12))
    sums = "".join(f"\ttotal += (&Table{part}{{}}).add(values)\n" for part in range(12))
    body = f"\ttotal := {number}\n{sums}{calls}\treturn total\n"
    total = f"// Total adds all up.\nfunc Total(values []int) int {{\n{body}}}\n"
    return f"{head}\n{functions}\n{total}"


_FUNCTION = """
// Table%N counts values by their name.
type Table%N struct {
	names  map[string]int
	values []int
}

func (t *Table%N) add(values []int) int {
	if t.names == nil {
		t.names = make(map[string]int, len(values))
	}
	total := %N
	for place, value := range values {
		key := string(rune('a' + (value+place)%26))
		t.names[key] += value
		switch {
		case value%3 == 0:
			t.values = append(t.values, value*place)
		case value%5 == 0:
			defer func(kept int) { t.values = append(t.values, kept) }(value)
		default:
			total += t.names[key] * (place + 1)
		}
	}
	for _, value := range t.values {
		total ^= value
	}
	return total
}
"""


def _program(shape: Shape) -> str:
    own = [f'\t"{MODULE}/{name(number)}"\n' for number in range(shape.packages)]
    blank = [f'\t_ "{path}"\n' for path in shape.imports]
    sums = "".join(f"\ttotal += {name(number)}.Total(values)\n" for number in range(shape.packages))
    imports = "".join((*blank, "\n", *own))
    body = f"\tvalues := []int{{1, 2, 3}}\n\ttotal := 0\n{sums}\tprintln(total)\n"
    return f"package main\n\nimport (\n{imports})\n\nfunc main() {{\n{body}}}\n"
