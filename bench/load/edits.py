"""Roles are edited while others read them, and no answer may be older than the bound allows.

There are no mutations yet, so that an edit is the import of a changed document by a process of its own: every edit
puts its number into the summary of a role. An answer is too old when it was asked for later than an edit had been
acknowledged plus the bound, and does not show that edit or a later one.
"""

import os
import re
import threading
import time
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from statistics import median
from typing import Callable

from load.ask import Asker
from load.catalogue import Role
from load.store import Store

BATCH = 5  # edits that are imported together
RECENT = 20  # edits that are looked at again and again while the load goes on
PAUSE = 0.01  # seconds between two such looks
NUMBER = re.compile(r" Edit (\d+)\.$")


@dataclass(frozen=True)
class Edit:
    """An edit that was acknowledged at a moment."""

    role: int
    number: int
    acknowledged: float


class Editing:
    """Edits roles and looks at them until it is told to stop; then all of them are looked at once more."""

    def __init__(self, store: Store, url: str, address: tuple[str, int], per_second: float, bound: float):
        self.store, self.url, self.per_second, self.bound = store, url, per_second, bound
        self.address, self.local = address, threading.local()
        # The numbers go on from one call to the next, so that no edit is taken for one of an earlier call.
        self.numbers = count(time.time_ns() // 1_000_000)
        self.random = Random(next(self.numbers))
        self.edits: list[Edit] = []
        self.by_role: dict[int, list[Edit]] = {}
        self.seen: dict[int, float] = {}  # when a number was seen first, by number
        self.too_old: list[str] = []
        self.looks = 0
        self.stopping = threading.Event()
        self.troubles: list[BaseException] = []
        self.threads = [threading.Thread(target=self._guarded, args=[work]) for work in (self._edit, self._look)]

    def __enter__(self) -> "Editing":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def result(self) -> dict:
        """What became of the edits, after a last look at every edited role."""
        if self.troubles:
            raise SystemExit(f"the edits failed: {self.troubles[0]}")
        looks, seen = self.looks, dict(self.seen)
        time.sleep(self.bound)
        for role in self.by_role:
            self._look_at(role)
        times = [max(0.0, seen[edit.number] - edit.acknowledged) * 1e3 for edit in self.edits if edit.number in seen]
        return {
            "edits": len(self.edits),
            "looks": looks,
            "too_old": len(self.too_old),
            "examples": self.too_old[:5],
            "seen_after_ms": {"median": round(median(times), 1), "max": round(max(times), 1)} if times else None,
        }

    def _guarded(self, work: Callable[[], None]) -> None:
        """Goes on with some work on time that the readers leave, and so do the programs that it starts."""
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        try:
            while not self.stopping.is_set():
                work()
        except BaseException as trouble:  # noqa: BLE001 (told by `result`, in the thread that can end the run)
            self.troubles.append(trouble)

    def _edit(self) -> None:
        """One batch, and a pause that keeps the rate."""
        begin = time.monotonic()
        catalogue = self.store.catalogue
        batch = self.random.sample(range(catalogue.size), min(BATCH, catalogue.size))
        numbers = {role: next(self.numbers) for role in batch}
        for role in batch:
            self._look_at(role)  # so that the answer before the edit is in every cache
        self.store.remember_edits(self.url, batch)
        self.store.import_roles(self.url, [edited(catalogue.role(role), number) for role, number in numbers.items()])
        acknowledged = time.monotonic()
        edits = [Edit(role, number, acknowledged) for role, number in numbers.items()]
        for edit in edits:
            self.by_role[edit.role] = [*self.by_role.get(edit.role, []), edit]
        self.edits = self.edits + edits  # a new list, since the other thread reads the old one
        self.stopping.wait(max(0.0, begin + len(batch) / self.per_second - time.monotonic()))

    def _look(self) -> None:
        """Looks at the latest edits, first at those that have not been seen yet."""
        latest = self.edits[-RECENT:]
        unseen = [edit for edit in latest if edit.number not in self.seen]
        for edit in unseen or latest:
            self._look_at(edit.role)
            if self.stopping.wait(0 if unseen else PAUSE):
                return
        self.stopping.wait(PAUSE)

    def _look_at(self, role: int) -> None:
        """Asks for a role page and compares it with what had been acknowledged before."""
        due = [edit for edit in self.by_role.get(role, []) if edit.acknowledged + self.bound < time.monotonic()]
        slug = self.store.catalogue.slug(role)
        summary = self._asker().data("role", slug=slug)["role"]["summary"]
        found = NUMBER.search(summary)
        shown = int(found[1]) if found else 0
        self.seen.setdefault(shown, time.monotonic())
        self.looks += 1
        for edit in due:
            if shown < edit.number:
                self.too_old.append(f"{slug} does not show edit {edit.number} {self.bound * 1e3:.0f} ms after it was made")

    def _asker(self) -> Asker:
        """A connection for each thread."""
        if not hasattr(self.local, "asker"):
            self.local.asker = Asker(self.address)
        return self.local.asker


def edited(role: Role, number: int) -> Role:
    return replace(role, summary=f"{role.summary} Edit {number}.")
