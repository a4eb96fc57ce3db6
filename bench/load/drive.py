"""One run: wrk sends requests from its own core, and the processor time of everybody is counted."""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from load.workloads import Workload
from server import Server, busy_seconds, wait_for_idle_machine

ATTEMPTS = 3  # at one run, when other programs are in the way
SCRIPT = Path(__file__).with_name("cycle.lua")


@dataclass(frozen=True)
class Site:
    """What a run needs to know besides its requests."""

    server: Server
    database_cpu: Optional[Callable[[], float]]
    client_core: int
    connections: int


def require_wrk() -> None:
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: install it (apt-get install wrk)")


def quietly(options: argparse.Namespace, one_run: Callable[[], dict]) -> dict:
    """A run on an idle machine; of several disturbed ones the least disturbed."""
    found: list[dict] = []
    while not found or (found[-1]["others"] > options.others and len(found) < ATTEMPTS and options.patience):
        if options.patience:
            wait_for_idle_machine(patience=options.patience)
        found.append(one_run())
    return min(found, key=lambda run: run["others"]) | {"attempts": len(found)}


def drive(site: Site, workload: Workload, seconds: int) -> dict:
    """Sends the requests in turn for some seconds; gives what wrk and the kernel counted."""
    counted = observe(site, partial(_wrk, site, workload.bodies, seconds))
    workload.sent(int(counted["requests"]))
    return counted | rates(counted["requests"], counted["seconds"], counted["cpu_seconds"])


def observe(site: Site, work: Callable[[], dict]) -> dict:
    """What some work counts, and what the kernel counted meanwhile: processor time, and how disturbed it was."""
    begin, before = time.monotonic(), _usage(site)
    counted = work()
    after, end = _usage(site), time.monotonic()
    site.server.check_alive()
    used = {name: round(after[name] - before[name], 3) for name in after}
    busy = used.pop("all")
    capacity = (end - begin) * (os.cpu_count() or 1)
    counted["cpu_seconds"] = used
    counted["others"] = round(max(0.0, busy - sum(used.values())) / capacity, 3)
    return counted


def rates(requests: int, wall: float, used: dict) -> dict:
    """Requests per second, and per second of the processor for those who answer."""
    serving = used["server"] + used["database"]
    return {
        "per_second": round(requests / wall, 1),
        "per_cpu_second": round(requests / serving, 1) if serving else None,
    }


def _usage(site: Site) -> dict:
    """CPU seconds until now; what ended children of ours have used is the clients'."""
    own = os.times()
    return {
        "server": site.server.cpu_seconds(),
        "database": site.database_cpu() if site.database_cpu else 0.0,
        "clients": own.user + own.system + own.children_user + own.children_system,
        "all": busy_seconds(),
    }


def _wrk(site: Site, bodies: list[bytes], seconds: int) -> dict:
    host, port = site.server.address
    with tempfile.TemporaryDirectory() as folder:
        sent, result = Path(folder) / "bodies", Path(folder) / "result"
        sent.write_bytes(b"".join(body + b"\n" for body in bodies))
        command = ["wrk", "--threads=1", f"--connections={site.connections}", f"--duration={seconds}s", "--timeout=20s"]
        done = subprocess.run(
            [*command, f"--script={SCRIPT}", f"http://{host}:{port}"],
            env=dict(os.environ, BENCH_BODIES=str(sent), BENCH_RESULT=str(result)),
            capture_output=True,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {site.client_core}),
        )
        if done.returncode or not result.exists():
            raise SystemExit(f"wrk failed: {done.stderr.strip() or done.stdout.strip()}")
        return json.loads(result.read_text())
