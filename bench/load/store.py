"""The databases that hold a catalogue. They are made by importing documents, and kept for the next time."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Iterable

from load import catalogue as generator
from load import document, plain
from load.catalogue import Catalogue
from load.postgres import Postgres
from load.progress import say

BATCH = 2_000  # documents that lie on the disk at a time


class Store:
    """The databases of one catalogue below a folder."""

    def __init__(self, binary: str, catalogue: Catalogue, out: Path):
        self.binary, self.catalogue = binary, catalogue
        self.folder = out / f"roles-{catalogue.size}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def sqlite(self, fresh: bool) -> str:
        """The address of the SQLite database."""
        file = self.folder / "board.db"
        url = f"sqlite://{file}"
        stamp = self._stamp("sqlite")
        if fresh or not stamp.holds():
            stamp.remove()
            _remove(file)
            self._import_all(url)
            stamp.write()
        self.restore(url)
        return url

    def postgres(self, cluster: Postgres, fresh: bool) -> str:
        """The address of the database in the cluster."""
        name = f"roles_{self.catalogue.size}"
        url = cluster.url(name)
        stamp = self._stamp("postgres")
        if fresh or not stamp.holds():
            stamp.remove()
            cluster.recreate(name)
            self._import_all(url)
            cluster.analyze(name)
            stamp.write()
        self.restore(url)
        return url

    def plain(self, fresh: bool) -> Path:
        """The plain tables, which do not depend on the program."""
        file = self.folder / "plain.db"
        stamp = Stamp(self.folder / "plain.stamp", _digest(_texts(generator, plain)))
        if fresh or not stamp.holds():
            stamp.remove()
            _remove(file)
            say(f"writing {self.catalogue.size:,} roles into plain tables")
            plain.write(self.catalogue, file)
            stamp.write()
        return file

    def import_roles(self, url: str, roles: Iterable[generator.Role]) -> None:
        """Imports some roles, each as the document that it is now."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            for role in roles:
                (Path(folder) / f"{role.slug}.md").write_text(document.markdown(role), encoding="utf-8")
            self.run("import", "--database-url", url, folder)

    def remember_edits(self, url: str, numbers: Iterable[int]) -> None:
        """Notes before roles are edited which ones have to be restored."""
        with self._edited(url).open("a") as file:
            file.writelines(f"{number}\n" for number in numbers)

    def restore(self, url: str) -> None:
        """Takes back what was edited, now or by a call that ended early."""
        edited = self._edited(url)
        if edited.exists():
            numbers = sorted(set(map(int, edited.read_text().split())))
            self.import_roles(url, map(self.catalogue.role, numbers))
            edited.unlink()

    def _edited(self, url: str) -> Path:
        return self.folder / f"{url.partition(':')[0]}.edited"

    def _import_all(self, url: str) -> None:
        """Imports in batches; while one is read, the next one is written."""
        size = self.catalogue.size
        batches = [range(first, min(first + BATCH, size)) for first in range(0, size, BATCH)]
        with tempfile.TemporaryDirectory(dir=self.folder) as folder, ProcessPoolExecutor(1) as writer:
            target = lambda batch: Path(folder) / str(batch.start)  # noqa: E731
            written = writer.submit(document.write, self.catalogue, batches[0], target(batches[0]))
            for batch, following in zip(batches, [*batches[1:], None]):
                documents = written.result()
                if following:
                    written = writer.submit(document.write, self.catalogue, following, target(following))
                say(f"importing {batch.stop:,} of {size:,} roles")
                self.run("import", "--database-url", url, str(documents))
                shutil.rmtree(documents)

    def run(self, *arguments: str) -> None:
        """Runs the program, which has to succeed."""
        done = subprocess.run([self.binary, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.binary} {' '.join(arguments)} failed: {done.stdout[-500:]}{done.stderr[-500:]}")

    def _stamp(self, engine: str) -> "Stamp":
        """What a database depends on: the texts, and the tables that this program makes."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "empty.db"
            self.run("migrate", "--database-url", f"sqlite://{file}", "up")
            database = sqlite3.connect(file)
            tables = database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()
            database.close()
        return Stamp(self.folder / f"{engine}.stamp", _digest([json.dumps(tables), *_texts(generator, document)]))


class Stamp:
    """Says whether something that was made is still what would be made."""

    def __init__(self, file: Path, wanted: str):
        self.file, self.wanted = file, wanted

    def holds(self) -> bool:
        return self.file.exists() and self.file.read_text() == self.wanted

    def write(self) -> None:
        self.file.write_text(self.wanted)

    def remove(self) -> None:
        self.file.unlink(missing_ok=True)


def _texts(*modules) -> list[str]:
    return [Path(module.__file__).read_text() for module in modules]


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
