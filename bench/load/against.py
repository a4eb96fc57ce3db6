"""Other servers, measured in the same session by the rig that holds them: a folder with a `run.sh PEER`."""

import argparse
import json
import subprocess
from pathlib import Path
from typing import Callable

NAMES = {"rps_per_server_cpu_s": "per_cpu_second", "rps": "per_second", "p50_ms": "p50_ms", "p95_ms": "p95_ms",
         "p99_ms": "p99_ms", "errors": "errors"}  # fmt: skip


def measure(options: argparse.Namespace, skip: Callable[[str], None]) -> dict:
    """The results of every peer that can be measured; those that cannot are skipped loudly."""
    program = Path(options.against) / "run.sh"
    if not program.exists():
        skip(f"--against: there is no {program}")
        return {}
    found = {}
    for peer in options.peers:
        arguments = ["--seconds", str(options.seconds), "--repeat", str(options.runs), "--conns", str(options.connections)]
        arguments += ["--server-core", str(options.server_core), "--client-core", str(options.client_core)]
        arguments += ["--wait", str(options.patience), "--no-c1"]
        done = subprocess.run([program, peer, *arguments], stdout=subprocess.PIPE, text=True)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not lines:
            skip(f"--against: {peer} could not be measured (exit code {done.returncode})")
        else:
            found[peer] = _result(json.loads(lines[-1]))
    return found


def _result(line: dict) -> dict:
    """A line of the rig in our words."""
    runs = {
        name: {"runs": [{ours: run.get(theirs) for theirs, ours in NAMES.items()} for run in runs]}
        for name, runs in line.get("runs", {}).items()
    }
    mebibytes = {name: line.get(f"rss_{name}_mb") for name in ("idle", "after", "peak")}
    return {
        "workloads": runs,
        "start_ms": {"first_answer": line.get("cold_ms_typename", []), "first_role": line.get("cold_ms_first_role", [])},
        "memory": {name: round(value * 2**20) for name, value in mebibytes.items() if value is not None},
    }
