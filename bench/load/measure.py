"""A measurement: every engine with every cache mode, the floors, and others to compare with."""

import argparse
import os
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Optional

from load import against
from load.catalogue import Catalogue
from load.floors import Floors
from load.postgres import Postgres
from load.progress import say
from load.store import Store
from load.variant import Variant


class Measurement:
    """Everything of one call of bench/run."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.store = Store(options.binary, Catalogue(options.roles), options.out)
        self.has_cache = "--cache <" in _output([options.binary, "serve", "--help"])
        self.floors = Floors(options, self.store, self.skip) if options.floor else None
        self.skipped: list[str] = []

    def run(self) -> dict:
        if not self.floors:
            self.skip("the floors: their program is not beside the server, and --floor names none")
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=self.options.out)))
            variants = [result for engine in self.options.engine for result in self._engine(engine, folder, stack)]
            peers = against.measure(self.options, self.skip) if self.options.against else {}
        floors = self.floors.found if self.floors else {}
        return {"variants": variants, "floors": floors, "peers": peers, "skipped": self.skipped}

    def skip(self, what: str) -> None:
        """Tells of something that cannot be measured here, once, and goes on."""
        if what not in self.skipped:
            say(f"SKIPPED: {what}")
            self.skipped.append(what)

    def _engine(self, engine: str, folder: Path, stack: ExitStack) -> list[dict]:
        url, cluster = self._database(engine, stack)
        results = []
        for cache in self.options.cache:
            if cache == "on" and not self.has_cache:
                self.skip("--cache on: this program has no --cache")
                continue
            mode = cache if self.has_cache else None
            variant = Variant(self.options, self.store, url, cluster, folder, mode)
            results.append(variant.run(None if self.floors and self.floors.found else self.floors))
        return results

    def _database(self, engine: str, stack: ExitStack) -> tuple[str, Optional[Postgres]]:
        os.sched_setaffinity(0, self.options.all_cores)
        if engine == "sqlite":
            return self.store.sqlite(self.options.fresh), None
        folder = self.options.postgres_folder or self.options.out / "postgres"
        cluster = Postgres(folder.resolve(), self.options.server_core)
        stack.callback(cluster.stop)
        return self.store.postgres(cluster, self.options.fresh), cluster


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
