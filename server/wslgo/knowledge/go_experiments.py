"""The experiments of GOEXPERIMENT, by release (internal/goexperiment/flags.go of go1.21.13 to go1.27.4, read 2026-11)."""

from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

# The newest release in this table; a later one may know others.
NEWEST = 27
# The oldest release that the Go team still supports (2026-11).
OLDEST_SUPPORTED = 26

_STABLE = Message(en="which is part of Go now", zh="它已成为 Go 的一部分")
_OVER = Message(en="which has ended", zh="该实验已结束")


class Experiment(NamedTuple):
    """The minor releases of Go that know an experiment; `last` is None if the newest one does."""

    last: int | None = None
    first: int = 0
    end: Message = _OVER


KNOWN = {
    "aliastypeparams": Experiment(25, 23, _STABLE),
    "allocheaders": Experiment(22, 22, _STABLE),
    "arenas": Experiment(),
    "boringcrypto": Experiment(),
    "cacheprog": Experiment(25, 0, _STABLE),
    "cgocheck2": Experiment(),
    "coverageredesign": Experiment(24, 0, _STABLE),
    "dwarf5": Experiment(None, 25),
    "exectracer2": Experiment(22, 22, _STABLE),
    "fieldtrack": Experiment(),
    "goroutineleakprofile": Experiment(26, 26, _STABLE),
    "greenteagc": Experiment(None, 25),
    "heapminimum512kib": Experiment(),
    "jsonv2": Experiment(None, 25),
    "loopvar": Experiment(),
    "mapsplitgroup": Experiment(None, 27),
    "newinliner": Experiment(None, 22),
    "pacerredesign": Experiment(18, 18, _STABLE),
    "pagetrace": Experiment(22),
    "preemptibleloops": Experiment(),
    "randomizedheapbase64": Experiment(None, 26),
    "range": Experiment(22, 22),
    "rangefunc": Experiment(25, 22, _STABLE),
    "regabi": Experiment(),
    "regabiargs": Experiment(),
    "regabiwrappers": Experiment(),
    "runtimefreegc": Experiment(None, 26),
    "runtimesecret": Experiment(None, 26),
    "simd": Experiment(None, 26),
    "sizespecializedmalloc": Experiment(None, 26),
    "spinbitmutex": Experiment(24, 24, _STABLE),
    "staticlockranking": Experiment(),
    "swissmap": Experiment(25, 24, _STABLE),
    "synchashtriemap": Experiment(25, 24, _STABLE),
    "synctest": Experiment(25, 24, _STABLE),
    "unified": Experiment(20, 18, _STABLE),
}
