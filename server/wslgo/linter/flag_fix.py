"""The fix of flags that go rejects: with it go accepts all of them."""

from wslgo.launch.build_flags import BuildFlags
from wslgo.launch.flag_repair import edits_of, repair_of
from wslgo.linter.finding import Fix, Safety
from wslgo.linter.titles import CHANGE_TO, SPLIT
from wslgo.syntax.json.jsonc import Jsonc


def flag_fixes(tree: Jsonc, flags: BuildFlags, judged: BuildFlags | None = None) -> tuple[Fix, ...]:
    """Return the fix of flags; with `judged`, only these of them have to be accepted."""
    repair = repair_of(judged or flags)
    edits = edits_of(tree, flags, repair) if repair is not None else ()
    if repair is None or not edits:
        return ()
    # Joined by spaces, the elements would read like the one that they replace.
    is_split = flags.is_list and len(repair.words) > repair.last - repair.first + 1
    title = SPLIT(count=len(repair.words)) if is_split else CHANGE_TO(value=repair.text)
    return (Fix(title, edits, Safety.SAFE),)
