"""One request at a time: how long somebody waits for whom the server has nothing else to do."""

import gc
import time
from functools import partial
from itertools import cycle, islice
from math import ceil

from load.ask import post
from load.drive import Site, observe
from load.workloads import Workload
from wire import Connection, Lost

SHARES = {"p50_ms": 0.50, "p90_ms": 0.90, "p95_ms": 0.95, "p99_ms": 0.99, "max_ms": 1.0}
ALL = "all"  # kinds together
DATA = b'{"data":{'


def ask_alone(site: Site, workload: Workload, number: int) -> dict:
    """Sends so many requests over one connection, each when the last one is answered; gives the nanoseconds that each
    took, by kind."""
    bodies = list(islice(cycle(workload.bodies), number))
    requests = [(workload.kinds[body], post(site.server.address, body)) for body in bodies]
    run = observe(site, partial(_ask, site.server.address, requests))
    workload.sent(number)
    return run


def _ask(address: tuple[str, int], requests: list[tuple[str, bytes]]) -> dict:
    """Takes the time from sending to the last byte; connecting and looking at the answer are not part of it."""
    times: dict[str, list[int]] = {}
    errors, connection = 0, None
    gc.disable()
    try:
        for kind, request in requests:
            connection = connection or Connection(address, "127.0.0.1")
            try:
                sent = time.perf_counter_ns()
                answer = connection.ask(request)
                took = time.perf_counter_ns() - sent
            except (OSError, Lost):
                errors, connection = errors + 1, None
                continue
            times.setdefault(kind, []).append(took)
            errors += answer.status != 200 or not answer.body.startswith(DATA)
            connection = None if answer.closes else connection
    finally:
        gc.enable()
    return {"times": times, "errors": errors}


def summary(runs: list[dict]) -> dict:
    """The times of several runs together, by kind and of all kinds."""
    kinds = sorted({kind for run in runs for kind in run["times"]})
    times = {kind: [took for run in runs for took in run["times"].get(kind, [])] for kind in kinds}
    everything = [took for of_kind in times.values() for took in of_kind]
    return {
        "kinds": {kind: _distribution(taken) for kind, taken in {ALL: everything, **times}.items()},
        "others": max(run["others"] for run in runs),
        "errors": sum(run["errors"] for run in runs),
    }


def _distribution(times: list[int]) -> dict:
    """The time within which such a share of the requests was answered."""
    times = sorted(times)
    figures = {name: times[max(0, ceil(share * len(times)) - 1)] for name, share in SHARES.items()} if times else {}
    return {"requests": len(times)} | {name: round(taken / 1e6, 3) for name, taken in figures.items()}
