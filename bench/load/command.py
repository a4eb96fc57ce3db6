"""The command line of bench/run."""

import argparse
import json
import os
import platform
import re
import shlex
import signal
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Optional

from load.catalogue import Catalogue
from load.drive import require_wrk
from load.measure import Measurement
from load.tables import tables
from load.workloads import NAMES, usual

ROOT = Path(__file__).resolve().parents[2]
SMOKE = {"roles": 60, "seconds": 1, "warm_up": 1, "runs": 1, "alone": 300, "patience": 0}


def main(usage: str) -> int:
    options = arguments(usage)
    require_wrk()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and clusters are stopped on the way out
    if not options.binary:
        build(options)
    result = about(options) | Measurement(options).run()
    print(f"\n{headline(result)}\n\n{tables(result)}")
    if options.json:
        Path(options.json).write_text(json.dumps(result, indent=1) + "\n")
    return verdict(result)


def arguments(usage: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--roles", type=int, default=1_000, help="size of the catalogue (default %(default)s)")
    add("--engine", nargs="+", default=["sqlite"], choices=("sqlite", "postgres"), help="databases (default sqlite)")
    add("--cache", nargs="+", default=["off"], choices=("off", "on"), help="of answers (default off)")
    add("--workload", nargs="+", choices=NAMES, help="what is asked (default: what fits the size)")
    add("--seconds", type=int, default=8, help="of a run (default %(default)s)")
    add("--runs", type=int, default=3, help="of each workload, and starts of the server (default %(default)s)")
    add("--warm-up", type=int, default=3, metavar="SECONDS", help="of each workload before its runs (default %(default)s)")
    add("--connections", type=int, default=16, help="that ask at the same time (default %(default)s)")
    add("--alone", type=int, default=3_000, metavar="NUMBER",
        help="of searches, and of suggestions, that are asked for one at a time (default %(default)s)")  # fmt: skip
    add("--edits", type=float, default=10, metavar="NUMBER", help="of roles a second in the mix (default %(default)s)")
    add("--staleness", type=float, default=1_000, metavar="MS",
        help="how old an answer may be beside an edit of another process (default %(default)s)")  # fmt: skip
    add("--binary", metavar="PATH", help="the server; nothing is built then")
    add("--floor", metavar="PATH", help="the program of the floors (default: beside the server)")
    add("--log", default="warn", metavar="FILTER", help="what the server logs (default %(default)s)")
    add("--server-core", type=int, default=0, help="of the server and its database (default %(default)s)")
    add("--client-core", type=int, default=1, help="of everybody else (default %(default)s)")
    add("--patience", type=float, default=60, metavar="SECONDS",
        help="to wait for an idle machine before a run (default %(default)s)")  # fmt: skip
    add("--others", type=float, default=0.05, metavar="SHARE",
        help="of the machine that other programs may use before a run is repeated (default %(default)s)")  # fmt: skip
    add("--out", type=Path, default=ROOT / "bench/out", metavar="FOLDER", help="of databases (default bench/out)")
    add("--postgres-folder", type=Path, metavar="FOLDER", help="of the PostgreSQL cluster (default: in --out)")
    add("--fresh", action="store_true", help="make the databases anew")
    add("--against", metavar="FOLDER", help="a rig of other servers, measured in the same session by its run.sh")
    add("--peers", nargs="+", default=["mercurius-sqlite"], metavar="NAME", help="of that rig (default mercurius-sqlite)")
    add("--json", metavar="FILE", help="write everything that was measured")
    add("--smoke", action="store_true", help="a few roles and a second: does it work at all?")
    options = parser.parse_args()
    if options.smoke:
        parser.set_defaults(**SMOKE)
        options = parser.parse_args()
    check_usage(parser, options)
    options.all_cores = os.sched_getaffinity(0)
    options.out = options.out.resolve()
    options.workload = options.workload or usual(Catalogue(options.roles))
    if options.binary:
        find_floor(options)
    return options


def check_usage(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    cores = {options.server_core, options.client_core}
    if len(cores) != 2 or not cores <= os.sched_getaffinity(0):
        parser.error("--server-core and --client-core: two cores of this machine are needed")
    if not 20 <= options.roles <= Catalogue.LARGEST:
        parser.error(f"--roles: from 20 to {Catalogue.LARGEST:,}")
    numbers = (options.seconds, options.runs, options.warm_up, options.connections, options.alone)
    if min(numbers) < 1 or options.edits <= 0:
        parser.error("--seconds, --runs, --warm-up, --connections, --alone and --edits begin at 1")
    for program in (options.binary, options.floor):
        if program and not os.access(program, os.X_OK):
            parser.error(f"{program} is no program")


def build(options: argparse.Namespace) -> None:
    """Builds what is measured, as it is released, and the floors apart from it, so that they share no features."""
    for package in ("server", "floor"):
        if subprocess.run(["cargo", "build", "--release", "--package", package], cwd=ROOT).returncode:
            raise SystemExit("the build failed")
    target = Path(os.environ.get("CARGO_TARGET_DIR") or "target")
    options.binary = str(ROOT / target / "release/rolegraph")
    find_floor(options)


def find_floor(options: argparse.Namespace) -> None:
    """The floor stands beside the server unless it is named; a call without it measures the server alone."""
    beside = Path(options.binary).with_name("floor")
    options.floor = options.floor or (str(beside) if beside.exists() else None)


def about(options: argparse.Namespace) -> dict:
    """What a reader needs to measure the same thing again."""
    kept = ("roles", "engine", "cache", "workload", "seconds", "runs", "warm_up", "connections", "alone", "edits", "staleness",
            "log")  # fmt: skip
    return {
        "command": shlex.join(["bench/run", *sys.argv[1:]]),
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit(),
        "machine": machine(),
        "settings": {name: getattr(options, name) for name in kept},
    }


def commit() -> Optional[str]:
    describe = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() or None


def machine() -> dict:
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    return {
        "platform": platform.platform(),
        "processor": processor[1] if processor else platform.machine(),
        "cores": os.cpu_count(),
        "memory": int(memory[1]) * 1024 if memory else None,
    }


def headline(result: dict) -> str:
    found, settings = result["machine"], result["settings"]
    return (
        f"{result['command']}\n{result['date']}, commit {result['commit']}, {found['processor']}, {found['cores']} cores\n"
        f"{settings['roles']:,} roles, {settings['connections']} connections, {settings['runs']} runs of "
        f"{settings['seconds']} s; figures are minimum–median–maximum"
    )


def verdict(result: dict) -> int:
    """Whether every answer came, and none was too old."""
    fine = True
    for variant in result["variants"]:
        for name, measured in variant["workloads"].items():
            alone = [measured["alone"]] if "alone" in measured else []
            for run in measured["runs"] + alone:
                lost, old = run["errors"], run.get("edits", {}).get("examples", [])
                if lost or old:
                    fine = False
                    print(f"WRONG: {name}: {lost:.0f} answers lost {'; '.join(old)}", file=sys.stderr)
    return 0 if fine else 1
