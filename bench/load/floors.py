"""The floors: the same bytes without any work, and the same rows without HTTP and GraphQL. `bench/floor` is their program."""

import argparse
import json
import os
import subprocess
from functools import partial
from pathlib import Path
from typing import Callable

from load import questions
from load.ask import Asker
from load.drive import Site, drive, quietly
from load.progress import say, tell
from load.store import Store
from load.workloads import PAGES, ROLES, Requests
from server import Server

WORKLOADS = ("q1", "q2", "q3", "q4")  # whose answers do not change
LARGEST = 100_000  # roles in plain tables; more would only show that a larger file is larger


class Floors:
    """Both floors, measured once; what came of it is in `found`."""

    def __init__(self, options: argparse.Namespace, store: Store, skip: Callable[[str], None]):
        self.options, self.store, self.skip = options, store, skip
        self.names = [name for name in options.workload if name in WORKLOADS]
        self.found: dict = {}

    def measure(self, requests: Requests, folder: Path) -> None:
        """Measures beside the server that gives the answers, which has nothing to do meanwhile."""
        if self.names:
            say("\nfloors")
            self.found = {"memory": self._memory(requests, folder), "rows": self._rows(requests, folder)}

    def _memory(self, requests: Requests, folder: Path) -> dict:
        options, answers = self.options, folder / "answers"
        workloads = [requests.workload(name) for name in self.names]
        bodies = [body for workload in workloads for body in workload.bodies]
        _record(requests.asker, bodies, answers)
        command = [options.floor, "memory", str(answers)]
        server = Server(command, folder / "floor.log", {options.server_core}, last_line=b"answers ")
        found: dict = {name: {"runs": []} for name in self.names}
        try:
            asker = Asker(server.address)
            if any(asker.answer(body) != requests.asker.answer(body) for body in bodies[:100]):
                raise SystemExit("the floor answers with other bytes than the server")
            site = Site(server, None, options.client_core, options.connections)
            for workload in workloads:
                drive(site, workload, options.warm_up)
            for _ in range(options.runs):
                for workload in workloads:
                    run = quietly(options, partial(drive, site, workload, options.seconds))
                    found[workload.name]["runs"].append(run)
                    tell("floor memory", workload.name, run)
        finally:
            server.stop()
        return found

    def _rows(self, requests: Requests, folder: Path) -> dict:
        if self.store.catalogue.size > LARGEST:
            self.skip(f"the floor of rows: more than {LARGEST:,} roles")
            return {}
        os.sched_setaffinity(0, self.options.all_cores)
        plain = self.store.plain(self.options.fresh)
        rows = Rows(self.options.floor, plain, requests, self.options.server_core, folder)
        rows.check()
        found: dict = {name: {"runs": []} for name in self.names if name in rows.files}
        for name in found:
            rows.measure(name, 0.5)
        for _ in range(self.options.runs):
            for name, measured in found.items():
                run = rows.measure(name, self.options.seconds)
                measured["runs"].append(run)
                tell("floor rows", name, run)
        return found


def _record(asker: Asker, bodies: list[bytes], file: Path) -> None:
    """Writes what the server answers to every request, after a line with the headers of its answers."""
    with file.open("w") as lines:
        lines.write(json.dumps(asker.headers(bodies[0])) + "\n")
        for body in bodies:
            lines.write(json.dumps({"request": body.decode(), "answer": asker.answer(body).decode()}) + "\n")


class Rows:
    """The program that reads the plain tables, with its requests."""

    def __init__(self, program: str, database: Path, requests: Requests, core: int, folder: Path):
        self.program, self.database, self.core = program, database, core
        self.catalogue = catalogue = requests.catalogue
        self.roles = requests.numbers[:ROLES]
        self.pages = range(min(PAGES, -(-catalogue.size // questions.PAGE)))
        self.texts = requests.texts
        asked = {
            "q1": [{"ask": "role", "slug": catalogue.slug(number)} for number in self.roles],
            "q2": [{"ask": "page", "after": self._title_before(page)} for page in self.pages],
            "q3": [{"ask": "search", "text": text} for text in self.texts],
        }
        self.files = {name: folder / f"{name}.requests" for name in asked}
        for name, lines in asked.items():
            self.files[name].write_text("".join(json.dumps(line) + "\n" for line in lines))

    def check(self) -> None:
        """Compares the answers with the catalogue, as those of the server are."""
        catalogue = self.catalogue
        wanted = {
            "q1": [questions.role_data(catalogue.role(number)) for number in self.roles],
            "q2": [questions.page_data(catalogue, page) for page in self.pages],
            "q3": [questions.search_data(catalogue, text) for text in self.texts],
        }
        for name, data in wanted.items():
            if [json.loads(line)["data"] for line in self._run(name, 0).splitlines()] != data:
                raise SystemExit(f"the floor of rows answers {name} otherwise than the catalogue says")

    def measure(self, name: str, seconds: float) -> dict:
        counted = json.loads(self._run(name, seconds))
        return {
            "requests": counted["requests"],
            "per_cpu_second": round(counted["requests"] / counted["cpu_seconds"], 1),
            "body_bytes": round(counted["bytes"] / counted["requests"]),
        }

    def _run(self, name: str, seconds: float) -> str:
        command = [self.program, "rows", str(self.database), str(self.files[name]), str(seconds)]
        pin = partial(os.sched_setaffinity, 0, {self.core})
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, preexec_fn=pin).stdout

    def _title_before(self, page: int) -> str:
        return self.catalogue.title(self.catalogue.by_title[page * questions.PAGE - 1]) if page else ""
