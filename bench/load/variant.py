"""A server with one engine and one cache mode, from its start to its end."""

import argparse
import os
import re
import time
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Optional
from urllib.request import urlopen

from load.ask import Asker
from load.check import check
from load.drive import Site, drive, quietly, rates
from load.edits import Editing
from load.floors import Floors
from load.latency import ask_alone, summary
from load.postgres import Postgres
from load.progress import say, tell, tell_alone
from load.store import Store
from load.tables import title
from load.workloads import Requests, Workload
from server import Server, wait_for_idle_machine

# Caches of answers, as they are counted; the cache of parsed documents is none.
COUNTER = re.compile(r'^rolegraph_((?!document)\w*cache\w*)_total\{outcome="(\w+)"\} (\d+)', re.MULTILINE)


class Variant:
    """One engine with one cache mode, which is None when the program has no cache of answers."""

    def __init__(
        self,
        options: argparse.Namespace,
        store: Store,
        url: str,
        cluster: Optional[Postgres],
        folder: Path,
        cache: Optional[str],
    ):
        self.options, self.store, self.url, self.cluster, self.folder = options, store, url, cluster, folder
        self.about = {"engine": "postgres" if cluster else "sqlite", "cache": cache}
        self.title = title(self.about)

    def run(self, floors: Optional[Floors]) -> dict:
        """All workloads; then the floors, if they are wanted, while there is a server to compare them with."""
        say(f"\n{self.title}")
        os.sched_setaffinity(0, {self.options.client_core})
        server, starts = self._start()
        try:
            memory = {"idle": server.memory(), "idle_own": server.own_memory()}
            requests = Requests(self.store.catalogue, Asker(server.address))
            checked = check(requests, self.options.workload, self.options.out)
            say(f"checked: {checked}")
            result: dict = self.about | {"checked": checked, "start_ms": starts}
            result["workloads"] = self._workloads(server, requests)
            memory |= {"after": server.memory(), "after_own": server.own_memory(), "peak": server.peak_memory()}
            result["memory"] = memory
            if self.cluster:
                memory["database"] = self.cluster.memory()
            check(requests, self.options.workload, self.options.out)
            if floors:
                floors.measure(requests, self.folder)
            return result
        finally:
            server.stop()

    def _command(self) -> list[str]:
        command = [self.options.binary, "serve", "--listen", "127.0.0.1:0", "--database-url", self.url, "--no-demo"]
        command += ["--rate-limit", "off", "--log", self.options.log, "--lame-duck", "0s"]
        return command + (["--cache", self.about["cache"]] if self.about["cache"] else [])

    def _start(self) -> tuple[Server, dict]:
        """Starts the server as often as there are runs, and keeps the last one."""
        if self.options.patience:
            wait_for_idle_machine(patience=self.options.patience)
        starts: dict = {"first_answer": [], "first_role": []}
        for number in range(1, self.options.runs + 1):
            begin = time.perf_counter()
            server = Server(self._command(), self.folder / "server.log", {self.options.server_core})
            asker = Asker(server.address)
            asker.data("nothing")
            starts["first_answer"].append(_milliseconds_since(begin))
            asker.data("role", slug=self.store.catalogue.slug(0))
            starts["first_role"].append(_milliseconds_since(begin))
            if number < self.options.runs:
                server.stop()
        return server, starts

    def _workloads(self, server: Server, requests: Requests) -> dict:
        """The runs of all workloads in turn, so that a machine that becomes slower does not favour one of them."""
        options = self.options
        site = Site(server, self.cluster.cpu_seconds if self.cluster else None, options.client_core, options.connections)
        workloads = [requests.workload(name) for name in options.workload]
        found: dict = {workload.name: {"body_bytes": _size(requests, workload), "runs": []} for workload in workloads}
        for workload in workloads:
            drive(site, workload, options.warm_up)
        alone: dict[str, list[dict]] = {workload.name: [] for workload in workloads if workload.kinds}
        for _ in range(options.runs):
            for workload in workloads:
                one_run = self._mixed if workload.name == "mix" else self._plain
                run = quietly(options, partial(one_run, site, workload))
                found[workload.name]["runs"].append(run)
                tell(self.title, workload.name, run)
                if workload.kinds:
                    number = -(-options.alone // options.runs)
                    alone[workload.name].append(quietly(options, partial(ask_alone, site, workload, number)))
        for name, runs in alone.items():
            found[name]["alone"] = summary(runs)
            tell_alone(self.title, name, found[name]["alone"])
        return found

    def _plain(self, site: Site, workload: Workload) -> dict:
        before = _counters(site)
        run = drive(site, workload, self.options.seconds)
        return run | {"cache": {name: number - before.get(name, 0) for name, number in _counters(site).items()}}

    def _mixed(self, site: Site, workload: Workload) -> dict:
        """A run while roles are edited; the looks at them are requests as well."""
        bound = self.options.staleness / 1e3
        editing = Editing(self.store, self.url, site.server.address, self.options.edits, bound)
        try:
            with editing:
                run = self._plain(site, workload)
                looks = editing.looks
            run["edits"] = editing.result()
        finally:
            self.store.restore(self.url)
            time.sleep(bound)
        return run | rates(run["requests"] + looks, run["seconds"], run["cpu_seconds"])


def _milliseconds_since(begin: float) -> float:
    return round((time.perf_counter() - begin) * 1e3, 1)


def _size(requests: Requests, workload: Workload) -> int:
    """Bytes of an answer, the mean of some."""
    return round(mean(len(requests.asker.answer(body)) for body in workload.bodies[:50]))


def _counters(site: Site) -> dict[str, int]:
    """What the server's caches of answers count, by outcome; nothing when it has none."""
    host, port = site.server.address
    with urlopen(f"http://{host}:{port}/metrics") as page:
        text = page.read().decode()
    return {f"{cache} {outcome}": int(number) for cache, outcome, number in COUNTER.findall(text)}
