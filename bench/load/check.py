"""Answers are compared with the catalogue, field by field, before anything is timed."""

import json
from pathlib import Path

from load import questions
from load.workloads import Requests

ROLES = 25
SEARCHES = 40


def check(requests: Requests, names: list[str], out: Path) -> str:
    """Ends the run when an answer is not what the catalogue says; gives what was compared."""
    catalogue, ask = requests.catalogue, requests.asker.data
    roles = requests.numbers[:ROLES] + requests.numbers[-ROLES:]
    for number in roles:
        role = catalogue.role(number)
        _compare(ask("role", slug=role.slug), questions.role_data(role), f"the role {role.slug}", out)
    pages = requests.first_pages + (requests.last_pages if "deep" in names else [])
    for page, cursor in pages:
        got = ask("page", after=cursor)
        got["roles"]["pageInfo"].pop("endCursor")
        _compare(got, questions.page_data(catalogue, page), f"page {page + 1}", out)
    for text in requests.texts[:SEARCHES]:
        _compare(ask("search", text=text), questions.search_data(catalogue, text), f"the search for {text}", out)
    _compare(ask("nothing"), {"__typename": "Query"}, "the type", out)
    return f"{len(roles)} roles, {len(pages)} pages and {min(len(requests.texts), SEARCHES)} searches are as the catalogue says"


def _compare(got: dict, wanted: dict, what: str, out: Path) -> None:
    if got != wanted:
        file = out / "difference.json"
        file.write_text(json.dumps({"got": got, "wanted": wanted}, indent=1, ensure_ascii=False) + "\n")
        raise SystemExit(f"{what} is answered wrongly, see {file}; --fresh makes the database anew")
