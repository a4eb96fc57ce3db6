"""Results as tables: minimum, median and maximum of the runs."""

from statistics import median
from typing import Iterable, Optional

Row = list[str]


def tables(result: dict) -> str:
    """All tables of a result, in Markdown that can be read as it is."""
    parts = []
    for variant in result["variants"]:
        parts += [_workloads(variant)] + ([_alone(variant)] if _timed_alone(variant) else [])
    parts += [_floors(result)] if result.get("floors") else []
    parts += [_start_and_memory(result)]
    parts += [_edits(result)] if any("mix" in variant["workloads"] for variant in result["variants"]) else []
    parts += [_peers(result)] if result.get("peers") else []
    parts += ["\n".join(f"Skipped: {what}." for what in result["skipped"])] if result.get("skipped") else []
    return "\n\n".join(parts)


def _workloads(variant: dict) -> str:
    head = ["", "requests per CPU second", "requests per second", "p50 ms", "p95 ms", "p99 ms", "bytes", "others", "errors"]
    rows = []
    for name, measured in variant["workloads"].items():
        runs = measured["runs"]
        figures = [_spread(runs, key) for key in ("per_cpu_second", "per_second", "p50_ms", "p95_ms", "p99_ms")]
        errors = sum(run["errors"] for run in runs)
        others = f"{max(run['others'] for run in runs):.0%}"
        rows.append([name, *figures, f"{measured['body_bytes']:,}", others, f"{errors:.0f}"])
    return f"{title(variant)}\n\n{_table(head, rows)}"


def growth(results: list[dict]) -> str:
    """What more roles cost requests that are sent one at a time, from the smallest to the largest catalogue of some
    results; nothing when they are of one size."""
    measured: dict[str, dict[int, dict]] = {}
    for result in results:
        for variant in result["variants"]:
            for name, alone in _timed_alone(variant).items():
                for kind, figures in alone["kinds"].items():
                    sizes = measured.setdefault(f"{title(variant)}, {_of_kind(name, kind)}", {})
                    sizes[result["settings"]["roles"]] = figures
    rows = []
    for name, sizes in measured.items():
        small, large = min(sizes), max(sizes)
        if small < large:
            cells = [_grown(sizes[small].get(key), sizes[large].get(key)) for key in ("p50_ms", "p95_ms", "p99_ms")]
            rows.append([name, f"{small:,} → {large:,}", *cells])
    return _table(["one request at a time", "roles", "p50 ms", "p95 ms", "p99 ms"], rows) if rows else ""


def _grown(small: Optional[float], large: Optional[float]) -> str:
    return f"{_figure(small)} → {_figure(large)} ({large / small:.1f} ×)" if small and large else "–"


def _alone(variant: dict) -> str:
    """Latencies of requests that wait for nothing but their own answers."""
    keys = ("p50_ms", "p90_ms", "p95_ms", "p99_ms", "max_ms")
    rows = []
    for name, alone in _timed_alone(variant).items():
        for kind, figures in alone["kinds"].items():
            told = [f"{alone['others']:.0%}", f"{alone['errors']:.0f}"] if kind == "all" else ["", ""]
            times = [_figure(figures[key]) if key in figures else "–" for key in keys]
            rows.append([_of_kind(name, kind), f"{figures['requests']:,}", *times, *told])
    head = ["", "requests", "p50 ms", "p90 ms", "p95 ms", "p99 ms", "max ms", "others", "errors"]
    return f"{title(variant)}, one request at a time\n\n{_table(head, rows)}"


def _timed_alone(variant: dict) -> dict:
    """The workloads whose requests were sent one at a time as well."""
    return {name: measured["alone"] for name, measured in variant["workloads"].items() if "alone" in measured}


def _of_kind(name: str, kind: str) -> str:
    return name if kind == "all" else f"{name}: {kind}"


def _floors(result: dict) -> str:
    head = ["", "same bytes from memory, per CPU second", "same rows as JSON, per CPU second"]
    head += [f"{title(variant)}: of memory / of rows" for variant in result["variants"]]
    rows = []
    for name in result["floors"]["memory"]:
        memory, rows_floor = (_runs(result["floors"][kind], name) for kind in ("memory", "rows"))
        row = [name, _spread(memory, "per_cpu_second"), _spread(rows_floor, "per_cpu_second")]
        for variant in result["variants"]:
            own = _median(_runs(variant["workloads"], name))
            row.append(f"{_ratio(own, _median(memory))} / {_ratio(own, _median(rows_floor))}")
        rows.append(row)
    return f"Floors\n\n{_table(head, rows)}"


def _start_and_memory(result: dict) -> str:
    head = ["", "start to first answer ms", "to first role ms", "idle MiB (own)", "after MiB (own)", "peak MiB", "database MiB"]
    everybody = [(title(variant), variant) for variant in result["variants"]] + list(result.get("peers", {}).items())
    rows = []
    for name, measured in everybody:
        starts = [_of(measured["start_ms"].get(moment, [])) for moment in ("first_answer", "first_role")]
        memory = measured["memory"]
        figures = [
            _with_own(memory, "idle"),
            _with_own(memory, "after"),
            *(_mebibytes(memory.get(kind)) for kind in ("peak", "database")),
        ]
        rows.append([name, *starts, *figures])
    return f"Start and memory\n\n{_table(head, rows)}"


def _edits(result: dict) -> str:
    head = ["mix", "edits", "answers looked at", "too old", "seen after ms, median", "at most", "served from the cache"]
    rows = []
    for variant in result["variants"]:
        for number, run in enumerate(variant["workloads"].get("mix", {}).get("runs", []), 1):
            edits, seen = run["edits"], run["edits"]["seen_after_ms"] or {"median": "–", "max": "–"}
            figures = [edits["edits"], edits["looks"], edits["too_old"], seen["median"], seen["max"], hit_ratio(run)]
            rows.append([f"{title(variant)}, run {number}", *map(str, figures)])
    return f"Edits\n\n{_table(head, rows)}"


def _peers(result: dict) -> str:
    names = list(result["peers"])
    head = ["ratio to (its requests per CPU second)", *names]
    rows = []
    for variant in result["variants"]:
        for workload, measured in variant["workloads"].items():
            medians = [_median(_runs(result["peers"][name]["workloads"], workload)) for name in names]
            if any(medians):
                row = [_beside(_median(measured["runs"]), peer) for peer in medians]
                rows.append([f"{title(variant)}, {workload}", *row])
    starts = [result["peers"][name]["start_ms"]["first_role"] for name in names]
    own = median(result["variants"][0]["start_ms"]["first_role"])
    rows.append(["start to first role", *(_ratio(median(peer), own, " ×") if peer else "–" for peer in starts)])
    return f"Others, in the same session\n\n{_table(head, rows)}"


def title(variant: dict) -> str:
    return f"{variant['engine']}, cache {variant['cache']}" if variant["cache"] else f"{variant['engine']}, no cache"


def hit_ratio(run: dict) -> str:
    """The share of answers that a cache of answers had, if the server says so; those that were just being made for
    somebody else are not among them."""
    counters = run.get("cache", {})
    total = lambda word: sum(number for name, number in counters.items() if name.endswith(f" {word}"))  # noqa: E731
    hits, misses = total("hit"), total("miss") + total("shared")
    return f"{hits / (hits + misses):.1%}" if hits + misses else "–"


def _runs(workloads: dict, name: str) -> list[dict]:
    return workloads.get(name, {}).get("runs", [])


def _median(runs: list[dict]) -> Optional[float]:
    values = [run["per_cpu_second"] for run in runs if run.get("per_cpu_second")]
    return median(values) if values else None


def _ratio(one: Optional[float], other: Optional[float], sign: str = "") -> str:
    return f"{one / other:.2f}{sign}" if one and other else "–"


def _beside(own: Optional[float], peer: Optional[float]) -> str:
    return f"{_ratio(own, peer, ' ×')} ({_figure(peer)})" if peer else "–"


def _spread(runs: list[dict], key: str) -> str:
    return _of([run[key] for run in runs if run.get(key) is not None])


def _of(values: Iterable[float]) -> str:
    """Minimum, median and maximum; one figure when there is only one run."""
    values = sorted(values)
    if not values:
        return "–"
    if len(values) == 1:
        return _figure(values[0])
    return "–".join(_figure(value) for value in (values[0], median(values), values[-1]))


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _mebibytes(value: Optional[int]) -> str:
    return f"{value / 2**20:.0f}" if value is not None else "–"


def _with_own(memory: dict, moment: str) -> str:
    """Resident memory, and what of it is no mapped file."""
    own = memory.get(f"{moment}_own")
    return _mebibytes(memory.get(moment)) + (f" ({_mebibytes(own)})" if own is not None else "")


def _table(head: Row, rows: list[Row]) -> str:
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    aligned = [
        [cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths))]
        for row in [head, *rows]
    ]
    rule = ["-" * width if not at else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [aligned[0], rule, *aligned[1:]])
