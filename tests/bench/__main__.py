"""`./dev bench`: the speed of wslgo, as a ratio to the least that a program of its kind costs in the same run.

It never fails because of a slow result: the reader of the table knows what else the machine is doing.
"""

import json
import platform
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from measure import FULL, QUICK, TRIAL, Bench
from report import Figure, Table


def main() -> None:
    parser = ArgumentParser("./dev bench", description="Measure wslgo against its bare counterparts.")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("--trial", action="store_true", help="only show that every measurement works")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE too")
    parser.add_argument("--only", metavar="WORD", help="only figures of measurements whose name holds WORD")
    options = parser.parse_args()
    extent = TRIAL if options.trial else QUICK if options.quick else FULL
    figures: list[Figure] = []
    shown = Table()
    print(f"Python {platform.python_version()}; medians; a ratio above the target is MISSED", flush=True)
    with tempfile.TemporaryDirectory(prefix="wslgo-bench-") as folder:
        for figure in Bench(Path(folder), extent).figures(options.only or ""):
            figures.append(figure)
            print(*shown.lines(figure), sep="\n", flush=True)
    if options.json:
        options.json.write_text(json.dumps([figure.as_json() for figure in figures], indent=2) + "\n")


if __name__ == "__main__":
    main()
