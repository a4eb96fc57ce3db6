#!/usr/bin/env python3
"""Keeps a copy of a Rolegraph catalogue in an SQLite file; nothing but the standard library.

    ROLEGRAPH_KEY=rg_live_… python3 mirror.py http://127.0.0.1:8080 copy.db

The copy begins with /export, which is the whole catalogue at one version, and goes on with the
changes behind it. Rows and the cursor behind which to go on are written in one transaction, so that
the copy may be killed and started again at any moment. The key needs the scope changes:read.
"""

import argparse
import gzip
import http.client
import json
import os
import random
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

TABLES = """
CREATE TABLE IF NOT EXISTS cursor (id INTEGER PRIMARY KEY CHECK (id = 1), place TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS role (id TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS category (id TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS skill (id TEXT PRIMARY KEY, content TEXT NOT NULL);
"""
CHANGES = """
query Changes($after: String!) {
  changes(after: $after, first: 50, entities: [ROLE, CATEGORY, SKILL]) {
    nodes {
      entity
      entityId
      node {
        ... on Role {
          slug locale title summary revision updatedAt
          categories { id }
          duties { text }
          sections { heading body }
          faqs { question answer }
        }
        ... on Category { slug name parent { id } }
        ... on Skill { slug name kind }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
LONGEST_PAUSE = 30.0


class Expired(Exception):
    """The changes behind the cursor are not kept any more: the copy has to begin anew."""


class Unfinished(Exception):
    """The answer broke off, or the server cannot answer for now: it is worth to try again."""

    def __init__(self, problem: str, wait: float = 0.0):
        super().__init__(problem)
        self.wait = wait


class Catalogue:
    """The server."""

    def __init__(self, address: str, key: str):
        self.address = address.rstrip("/")
        self.key = key

    def export(self) -> Iterator[dict]:
        """Every line of the export; fails when its last line is missing."""
        with self.send("/export", None, {"Accept-Encoding": "gzip"}) as answer:
            packed = answer.headers.get("Content-Encoding") == "gzip"
            count = 0
            for text in gzip.GzipFile(fileobj=answer) if packed else answer:
                line = json.loads(text)
                yield line
                if line["type"] == "trailer":
                    if sum(line["counts"].values()) != count:
                        raise Unfinished("lines of the export are missing")
                    return
                count += line["type"] != "header"
        raise Unfinished("the export broke off")

    def changes(self, after: str) -> dict:
        """A page of changes with what has changed, as it is now."""
        body = json.dumps({"query": CHANGES, "variables": {"after": after}})
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        with self.send("/graphql", body.encode(), headers) as answer:
            answer = json.load(answer)
        for error in answer.get("errors", []):
            if error["extensions"]["code"] == "CURSOR_EXPIRED":
                raise Expired()
            if error["extensions"]["code"] in ("UNAVAILABLE", "TIMEOUT", "RATE_LIMITED"):
                raise Unfinished(error["message"])
            raise SystemExit(f"mirror: {error['message']}")
        return answer["data"]["changes"]

    def send(self, path: str, body: bytes | None, headers: dict) -> http.client.HTTPResponse:
        headers = headers | {"Authorization": f"Bearer {self.key}"}
        request = urllib.request.Request(self.address + path, body, headers)
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as refusal:
            if refusal.code in (408, 429) or refusal.code >= 500:
                wait = float(refusal.headers.get("Retry-After", 0))
                raise Unfinished(f"{path}: {refusal.code}", wait) from refusal
            raise SystemExit(f"mirror: {path}: {refusal.code}: {refusal.read().decode()}")


class Copy:
    """The SQLite file."""

    def __init__(self, path: str):
        self.file = sqlite3.connect(path, isolation_level=None)
        self.file.execute("PRAGMA journal_mode = WAL")
        self.file.executescript(TABLES)

    def cursor(self) -> str | None:
        row = self.file.execute("SELECT place FROM cursor").fetchone()
        return row and row[0]

    def begin_with(self, lines: Iterator[dict]) -> None:
        """Everything anew, or nothing of it when the lines end early."""
        self.file.execute("BEGIN IMMEDIATE")
        try:
            for table in ("role", "category", "skill"):
                self.file.execute(f"DELETE FROM {table}")
            for line in lines:
                kind = line["type"]
                if kind == "header":
                    self.move_to(line["cursor"])
                elif kind in LINES:
                    self.put(kind, line["id"], LINES[kind](line))
            self.file.execute("COMMIT")
        except BaseException:
            self.file.execute("ROLLBACK")
            raise

    def follow(self, page: dict) -> None:
        """What a page of changes tells, with the place behind it."""
        self.file.execute("BEGIN IMMEDIATE")
        for change in page["nodes"]:
            table = change["entity"].lower()
            # What is gone, or not public any more, is null.
            if change["node"] is None:
                self.file.execute(f"DELETE FROM {table} WHERE id = ?", [change["entityId"]])
            else:
                self.put(table, change["entityId"], NODES[table](change["node"]))
        self.move_to(page["pageInfo"]["endCursor"])
        self.file.execute("COMMIT")

    def put(self, table: str, key: str, content: dict) -> None:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        self.file.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", [key, text])

    def move_to(self, place: str) -> None:
        self.file.execute("INSERT OR REPLACE INTO cursor VALUES (1, ?)", [place])


def role_of_line(line: dict) -> dict:
    document = line["document"]
    return {
        "slug": line["slug"],
        "locale": document["locale"],
        "title": document["title"],
        "summary": document.get("summary"),
        "revision": line["revision"],
        "updatedAt": line["updatedAt"],
        "categories": line["categoryIds"],
        "duties": [duty["text"] for duty in document.get("duties", [])],
        "sections": [[part["heading"], part["body"]] for part in document.get("sections", [])],
        "faqs": [[faq["question"], faq["answer"]] for faq in document.get("faqs", [])],
    }


def role_of_node(node: dict) -> dict:
    return node | {
        "categories": [category["id"] for category in node["categories"]],
        "duties": [duty["text"] for duty in node["duties"]],
        "sections": [[part["heading"], part["body"]] for part in node["sections"]],
        "faqs": [[faq["question"], faq["answer"]] for faq in node["faqs"]],
    }


def category_of_line(line: dict) -> dict:
    return {"slug": line["slug"], "name": line["path"][-1], "parent": line.get("parentId")}


def category_of_node(node: dict) -> dict:
    return node | {"parent": node["parent"] and node["parent"]["id"]}


def skill_of_line(line: dict) -> dict:
    return {name: line[name] for name in ("slug", "name", "kind")}


LINES = {"role": role_of_line, "category": category_of_line, "skill": skill_of_line}
NODES = {"role": role_of_node, "category": category_of_node, "skill": dict}


def step(catalogue: Catalogue, copy: Copy) -> bool:
    """Takes in what is new, up to a page of it; whether there is more."""
    cursor = copy.cursor()
    if cursor is None:
        copy.begin_with(catalogue.export())
        return True
    try:
        page = catalogue.changes(cursor)
    except Expired:
        copy.begin_with(catalogue.export())
        return True
    copy.follow(page)
    return page["pageInfo"]["hasNextPage"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Keeps a copy of a Rolegraph catalogue.")
    parser.add_argument("address", help="of the server, such as http://127.0.0.1:8080")
    parser.add_argument("file", help="the SQLite file of the copy")
    parser.add_argument("--once", action="store_true", help="end when there is nothing new")
    parser.add_argument("--interval", type=float, default=1.0, help="seconds between questions")
    options = parser.parse_args()
    catalogue = Catalogue(options.address, os.environ["ROLEGRAPH_KEY"])
    copy = Copy(options.file)
    failures = 0
    while True:
        try:
            has_more = step(catalogue, copy)
        except (Unfinished, OSError, EOFError, http.client.HTTPException) as problem:
            failures += 1
            pause = min(LONGEST_PAUSE, 0.1 * 2**failures) * random.uniform(0.5, 1.0)
            print(f"mirror: {problem}: trying again", file=sys.stderr)
            time.sleep(max(pause, getattr(problem, "wait", 0.0)))
            continue
        failures = 0
        if not has_more:
            if options.once:
                return
            time.sleep(options.interval)


if __name__ == "__main__":
    main()
