"""A PostgreSQL server of our own: a private folder, a port of its own, the core of the server that asks it."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Optional

from server import TICKS

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = '256MB'
max_connections = 60
jit = off
fsync = off
"""


class Postgres:
    """A running cluster; it is stopped at the end and its folder kept."""

    def __init__(self, folder: Path, core: int):
        self.folder, self.core = folder, core
        self.programs = _programs()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._create()
        self._run("pg_ctl", "-D", str(self._data), "-l", str(folder / "log"), "-w", "-o", f"-p {self.port}", "start")
        self.pid = int(self._file("postmaster.pid").split("\n", 1)[0])

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def url(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def recreate(self, name: str) -> None:
        """Makes an empty database, in place of one of this name if there is one."""
        self._run("dropdb", *self._address, "--if-exists", name)
        self._run("createdb", *self._address, name)

    def analyze(self, name: str) -> None:
        """Does at once what the cluster would do by itself after a while."""
        self._run("vacuumdb", *self._address, "--analyze", "--quiet", name)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")

    def cpu_seconds(self) -> float:
        """What all processes of the cluster have used so far, those that have ended included."""
        own = _times(self.pid)
        living = sum(sum(_times(child)[:2]) for child in self._children())
        return (sum(own) + living) / TICKS

    def memory(self) -> int:
        """The memory of all processes; what they share is counted once."""
        return sum(_proportional_memory(pid) for pid in [self.pid, *self._children()])

    def _children(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    @property
    def _address(self) -> list[str]:
        return ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]

    def _create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        if not (self._data / "PG_VERSION").exists():
            self._run("initdb", "-D", str(self._data), "-U", "postgres", "--locale=C", "--encoding=UTF8", "-A", "trust")
            with (self._data / "postgresql.conf").open("a") as settings:
                settings.write(SETTINGS)

    def _file(self, name: str) -> str:
        return (self._data / name).read_text()

    def _run(self, program: str, *arguments: str) -> None:
        """Runs a program of PostgreSQL, which refuses to be run by root."""
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*user, str(self.programs / program), *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {self.core}),
        )
        if done.returncode:
            raise SystemExit(f"{program} failed: {done.stderr.strip()} (the user postgres has to reach {self.folder}; "
                             "--postgres-folder names another one)")  # fmt: skip


def _programs() -> Path:
    """The folder of the programs: the newest installed one, else the one in PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    if not found:
        raise SystemExit("PostgreSQL is missing: install it (apt-get install postgresql) or leave out --engine postgres")
    return Path(found).resolve().parent


def _times(pid: int) -> tuple[int, int, int, int]:
    """User and kernel time of a process, and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended, and counts as an ended child from now on
        return 0, 0, 0, 0
    return int(fields[11]), int(fields[12]), int(fields[13]), int(fields[14])


def _proportional_memory(pid: int) -> int:
    try:
        found: Optional[re.Match] = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return int(found[1]) * 1024 if found else 0
