"""What is told while a measurement goes on, on standard error; the tables alone go to standard output."""

import sys


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def tell(title: str, name: str, run: dict) -> None:
    """One run as a line."""
    line = f"{title:20} {name:8}{run['per_cpu_second'] or 0:10,.0f} per CPU s"
    if "per_second" in run:
        used = run["cpu_seconds"]
        line += (
            f"{run['per_second']:10,.0f}/s   p50 {run['p50_ms']:7.2f}  p95 {run['p95_ms']:7.2f}  p99 {run['p99_ms']:7.2f} ms"
        )
        line += f"   CPU server {used['server']:.1f} database {used['database']:.1f} clients {used['clients']:.1f} s"
        line += f"   others {run['others']:4.0%}   errors {run['errors']:.0f}"
    if "edits" in run:
        line += f"   edits {run['edits']['edits']}, too old {run['edits']['too_old']}"
    say(line)


def tell_alone(title: str, name: str, found: dict) -> None:
    """What became of requests that were sent one at a time, as a line."""
    figures = found["kinds"]["all"]
    line = f"{title:20} {name:8}{figures['requests']:10,.0f} one at a time"
    line += "".join(f"  {key.removesuffix('_ms')} {value:7.2f}" for key, value in figures.items() if key.endswith("_ms"))
    say(f"{line} ms   others {found['others']:4.0%}   errors {found['errors']:.0f}")
