"""The server under load, and the machine it runs on."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Optional

START_DEADLINE = 60.0
STOP_DEADLINE = 40.0
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server process. It has started when it has printed its address and, at the latest, its last line."""

    def __init__(self, command: list[str], log: Path, cores: Optional[set] = None, last_line: bytes = b"roles "):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ROLEGRAPH_")}
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                preexec_fn=lambda: os.sched_setaffinity(0, cores) if cores else None,
            )
        self.address = self._read_address(last_line)

    def _read_address(self, last_line: bytes) -> tuple[str, int]:
        address = None
        for line in self.process.stdout:
            found = re.search(rb"http://([0-9.]+):(\d+)/$", line.rstrip())
            if found:
                address = found[1].decode(), int(found[2])
            if line.lstrip().startswith(last_line):
                break
        if not address:
            raise SystemExit(f"the server did not start: {self._last_words()}")
        return address

    def check_alive(self) -> None:
        if self.process.poll() is not None:
            raise SystemExit(f"the server ended with {self.process.returncode}: {self._last_words()}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu_seconds(self) -> float:
        """What all threads have used so far, in user and kernel mode."""
        self.check_alive()
        return cpu_seconds(self.process.pid)

    def memory(self) -> int:
        return self._memory("VmRSS")

    def peak_memory(self) -> int:
        return self._memory("VmHWM")

    def own_memory(self) -> int:
        """Without the pages of files that are mapped."""
        return self._memory("RssAnon")

    def _memory(self, name: str) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) * 1024

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-500:].strip()


def cpu_seconds(pid: int) -> float:
    """What all threads of a process have used so far, in user and kernel mode; it may have ended unless it was reaped."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def busy_seconds() -> float:
    """What all cores together have been busy so far, with what a hypervisor took from them."""
    idle, total = _processor_times()
    return (total - idle) / TICKS


def wait_for_idle_machine(wanted: float = 0.95, patience: float = 60.0) -> float:
    """Waits, for `patience` seconds at most, until nearly nothing runs; gives the idle share of the last second."""
    deadline = time.monotonic() + patience
    while True:
        before = _processor_times()
        time.sleep(1.0)
        idle, total = (now - then for now, then in zip(_processor_times(), before))
        share = round(idle / total, 3) if total else 1.0
        if share >= wanted:
            return share
        if time.monotonic() > deadline:
            print(f"WARNING: the machine is not idle ({share:.0%})", file=sys.stderr)
            return share


def _processor_times() -> tuple[int, int]:
    values = [int(value) for value in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return values[3] + values[4], sum(values)
