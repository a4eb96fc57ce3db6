#!/usr/bin/env python3
"""Does a hostile client slow down its neighbours?

    python3 bench/neighbour.py [--binary target/release/rolegraph] [--rounds 3] [--seconds 10] [--json FILE]

Starts the server with the demo catalogue, lets ordinary clients ask an ordinary page again and again, and measures how
long their answers take, in turn alone and beside a client that sends hostile documents as fast as it can. The verdict
is the median over the rounds of "p99 beside the hostile client : p99 alone". README.md says how the processor is shared.

Standard library only, Linux, Python 3.10 or newer.
Exit code 0 when the ratio is within the bound and no answer was lost, 1 otherwise, 2 on wrong usage.
"""

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from statistics import median

import client
from corpus import corpus
from server import Server, busy_seconds, cpu_seconds, wait_for_idle_machine

WARM_UP = 1.0  # seconds of load before a phase is measured
PHASES_PER_ROUND = ("alone", "beside")
ATTEMPTS = 4  # at one phase, when other programs are in the way


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="target/release/rolegraph", help="the server (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="each has one phase of either kind (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of one phase (default %(default)s)")
    parser.add_argument("--victims", type=int, default=1, help="ordinary clients, a process each (default %(default)s)")
    parser.add_argument("--attackers", type=int, default=1, help="processes of the hostile client (default %(default)s)")
    parser.add_argument("--connections", type=int, default=8, help="of each such process (default %(default)s)")
    parser.add_argument("--rate-limit", nargs="+", default=["off", "on"], metavar="on|off|default",
                        choices=("on", "off", "default"), help="measure with each of these; default passes no flag")  # fmt: skip
    parser.add_argument("--pin", default="shared", choices=client.LAYOUTS, help="how cores are given out (default %(default)s)")
    parser.add_argument("--per-address", type=int, default=25, metavar="N",
                        help="queries of a victim before it goes on from another address (default %(default)s)")  # fmt: skip
    parser.add_argument("--bound", type=float, default=1.5, help="of the median ratio (default %(default)s)")
    parser.add_argument("--others", type=float, default=0.03, metavar="SHARE",
                        help="of the machine that other programs may use before a phase is repeated (default %(default)s)")  # fmt: skip
    parser.add_argument("--only", default="", metavar="REGEX", help="hostile documents whose name matches")
    parser.add_argument("--json", metavar="FILE", help="write everything that was measured")
    parser.add_argument("--list", action="store_true", help="print the hostile documents with their sizes, measure nothing")
    options = parser.parse_args()
    options.documents = [document for document in corpus("localhost") if re.search(options.only, document.name)]
    if not options.documents:
        parser.error("--only matches no document")
    if not options.list and not os.access(options.binary, os.X_OK):
        parser.error(f"{options.binary} is no program: build it with cargo build --release")
    return options


class Measurement:
    """One server, measured through all rounds."""

    def __init__(self, options: argparse.Namespace, rate_limit: str, folder: Path):
        self.options, self.rate_limit = options, rate_limit
        command = [options.binary, "serve", "--listen", "127.0.0.1:0", "--database-url", f"sqlite://{folder / 'board.db'}"]
        if rate_limit != "default":
            command += ["--rate-limit", rate_limit]
        self.server = Server(command, folder / "log", client.server_cores(options.pin))
        self.networks = cycle(range(16, 216))  # a budget is whole again when its turn comes round
        self.numbers = 0  # of hostile documents sent, never used twice
        self.phases: list[dict] = []

    def run(self) -> dict:
        try:
            expected = client.expected_answer(self.server.address)
            idle_memory = self.server.memory()
            for number in range(1, self.options.rounds + 1):
                order = PHASES_PER_ROUND if number % 2 else PHASES_PER_ROUND[::-1]
                phases = {kind: self.phase(number, kind, expected) for kind in order}
                print(f"{'':31}ratio of p99 {ratio(phases):5.2f}", flush=True)
                self.phases += [phases[kind] for kind in PHASES_PER_ROUND]
            return self.summary(idle_memory)
        finally:
            self.server.stop()

    def phase(self, number: int, kind: str, expected: bytes) -> dict:
        """Measures one phase, and again as long as other programs take part in it."""
        for attempt in range(1, ATTEMPTS + 1):
            result = {"round": number, "phase": kind, "attempt": attempt} | self.attempt(kind, expected)
            print_phase(result)
            if result["others"] <= self.options.others:
                break
        return result

    def attempt(self, kind: str, expected: bytes) -> dict:
        begin = time.monotonic() + WARM_UP
        end = begin + self.options.seconds
        victims = [
            client.start(client.victim, self.server.address, (begin, end), next(self.networks), expected, self.options)
            for _ in range(self.options.victims)
        ]
        attackers = []
        if kind == "beside":
            attackers = [
                client.start(client.attacker, self.server.address, (begin, end), self.numbers + (at << 24), self.options)
                for at in range(self.options.attackers)
            ]
            self.numbers += self.options.attackers << 24
        own = [client.process.pid for client in [*victims, *attackers]]
        used = self.usage(begin, own)
        used = [late - early for late, early in zip(self.usage(end, own), used)]
        capacity = self.options.seconds * (os.cpu_count() or 1)
        result = {
            "server_cpu_seconds": round(used[0], 3),
            "others": round(max(0.0, used[2] - used[1] - used[0]) / capacity, 3),
        }
        result |= of_victims([victim.result() for victim in victims], self.options.seconds)
        result |= of_attackers([attacker.result() for attacker in attackers], self.options.seconds)
        self.server.check_alive()
        return result

    def usage(self, moment: float, clients: list[int]) -> tuple[float, float, float]:
        """CPU seconds until a moment to come: of the server, of the clients, of everything on this machine."""
        time.sleep(max(0.0, moment - time.monotonic()))
        return self.server.cpu_seconds(), sum(map(cpu_seconds, clients)), busy_seconds()

    def summary(self, idle_memory: int) -> dict:
        pairs = zip(self.phases[::2], self.phases[1::2])
        ratios = [ratio({"alone": alone, "beside": beside}) for alone, beside in pairs]
        outcomes: dict[str, int] = {}
        for phase in self.phases:
            for outcome, count in phase["outcomes"].items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
        return {
            "rate_limit": self.rate_limit,
            "ratio_p99": {"median": round(median(ratios), 3), "min": min(ratios), "max": max(ratios)},
            "lost_answers": sum(phase["lost"] for phase in self.phases),
            "hostile_documents_per_second": round(median(phase["hostile_per_second"] for phase in self.phases[1::2]), 1),
            "memory_bytes": {"start": idle_memory, "peak": self.server.peak_memory()},
            "outcomes": dict(sorted(outcomes.items(), key=lambda item: -item[1])),
            "phases": self.phases,
        }


def ratio(phases: dict) -> float:
    return round(phases["beside"]["p99_ms"] / phases["alone"]["p99_ms"], 3)


def percentile(ordered: list, share: float) -> float:
    """The nearest rank, in milliseconds."""
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] / 1e6, 4)


def of_victims(results: list[dict], seconds: float) -> dict:
    times = sorted(nanoseconds for result in results for nanoseconds in result["times"])
    troubles = [trouble for result in results for trouble in result["lost"]]
    if not times:
        raise SystemExit(f"no ordinary query was answered: {troubles[:3]}")
    shares = {"p50_ms": 0.5, "p90_ms": 0.9, "p99_ms": 0.99}
    measured = {name: percentile(times, share) for name, share in shares.items()}
    measured |= {"max_ms": round(times[-1] / 1e6, 4), "requests_per_second": round(len(times) / seconds, 1)}
    return measured | {"lost": len(troubles), "troubles": troubles[:10]}


def of_attackers(results: list[dict], seconds: float) -> dict:
    outcomes: dict[str, int] = {}
    executed: set[str] = set()
    for result in results:
        executed.update(result["executed"])
        for outcome, count in result["outcomes"].items():
            outcomes[outcome] = outcomes.get(outcome, 0) + count
    per_second = round(sum(outcomes.values()) / seconds, 1)
    return {"hostile_per_second": per_second, "outcomes": outcomes, "executed": sorted(executed)}


def print_phase(phase: dict) -> None:
    print(
        f"round {phase['round']}  {phase['phase']:7}{phase['requests_per_second']:9.0f} queries/s   "
        f"p50 {phase['p50_ms']:7.2f}  p90 {phase['p90_ms']:7.2f}  p99 {phase['p99_ms']:7.2f}  max {phase['max_ms']:7.1f} ms"
        f"   lost {phase['lost']}   server CPU {phase['server_cpu_seconds']:6.2f} s"
        f"   hostile {phase['hostile_per_second']:7.0f}/s   others {phase['others']:4.0%}",
        flush=True,
    )


def print_summary(summary: dict, holds: bool, bound: float, others: float) -> None:
    found, memory = summary["ratio_p99"], summary["memory_bytes"]
    print(f"median ratio of p99 {found['median']:.2f} ({found['min']:.2f}–{found['max']:.2f}), bound {bound}: "
          f"{'holds' if holds else 'DOES NOT HOLD'}; {summary['lost_answers']} answers lost")  # fmt: skip
    print(f"hostile documents {summary['hostile_documents_per_second']:.0f}/s; "
          f"memory {memory['start'] / 2**20:.0f} MiB at the start, {memory['peak'] / 2**20:.0f} MiB at most")  # fmt: skip
    for outcome, count in summary["outcomes"].items():
        print(f"{count:9}  {outcome}")
    executed = sorted({name for phase in summary["phases"] for name in phase["executed"]})
    crowded = [phase for phase in summary["phases"] if phase["others"] > others]
    if crowded:
        print(f"WARNING: other programs disturbed {len(crowded)} phases, so the figures say little")
    if executed:
        print(f"not refused: {', '.join(executed)}")


def main() -> int:
    options = arguments()
    if options.list:
        for document in options.documents:
            print(f"{len(document.request(0)):>8}  {document.name}")
        return 0
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, layout {options.pin}")
    fine, summaries = True, []
    for rate_limit in options.rate_limit:
        print(f"\nrate limit {rate_limit}")
        idle = wait_for_idle_machine()
        with tempfile.TemporaryDirectory() as folder:
            summary = Measurement(options, rate_limit, Path(folder)).run()
        summary["machine_idle_before"] = idle
        holds = summary["ratio_p99"]["median"] <= options.bound
        fine = fine and holds and summary["lost_answers"] == 0
        print_summary(summary, holds, options.bound, options.others)
        summaries.append(summary)
    if options.json:
        settings = {name: value for name, value in vars(options).items() if name not in ("documents", "json", "list")}
        machine = {"platform": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()}
        report = {"machine": machine, "settings": settings, "results": summaries}
        Path(options.json).write_text(json.dumps(report, indent=1) + "\n")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
