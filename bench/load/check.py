"""Answers are compared with the catalogue, field by field, before anything is timed."""

import json
import re
from collections import Counter
from pathlib import Path

from load import questions
from load.catalogue import CATEGORIES, Catalogue, Role
from load.queries import Typed
from load.workloads import Requests

ROLES = 25
SEARCHES = 40
QUERIES = 20  # of each kind
PREFIXES = 20  # of each length
FEW = 5  # roles; when fewer have all words of a query, others follow
COUNTED = 10_000  # hits at most
FACETED = 1_000  # hits that are counted by hand
BANDS = {30: "UNDER_30K", 50: "FROM_30K", 75: "FROM_50K", 100: "FROM_75K", 150: "FROM_100K", 200: "FROM_150K"}


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
    told = [f"{len(roles)} roles", f"{len(pages)} pages", f"{min(len(requests.texts), SEARCHES)} searches in titles"]
    if "search" in names:
        told += [_check_queries(requests, out)]
    if "suggest" in names:
        told += [_check_suggestions(requests, out)]
    return f"{', '.join(told)} are as the catalogue says"


def _compare(got: object, wanted: object, what: str, out: Path) -> None:
    if got != wanted:
        file = out / "difference.json"
        file.write_text(json.dumps({"got": got, "wanted": wanted}, indent=1, ensure_ascii=False) + "\n")
        raise SystemExit(f"{what} is answered wrongly, see {file}; --fresh makes the database anew")


# ---------------------------------------------------------------- queries of two words


def _check_queries(requests: Requests, out: Path) -> str:
    """Every answer has to agree with itself, and with the catalogue where that says who has the words."""
    sample, known = _sample(requests.queries, QUERIES), 0
    for text in sample:
        found = requests.asker.data("find", text=text)["search"]
        what = f"the query {text}"
        _compare(_contradictions(found), [], what, out)
        numbers = requests.truth.roles(text)
        if numbers is not None:
            known += 1
            wanted = _wanted(requests.catalogue, numbers, found)
            _compare({name: wanted[name][0] for name in wanted}, {name: wanted[name][1] for name in wanted}, what, out)
    return f"{len(sample)} queries ({known} of them with the roles that have their words)"


def _contradictions(found: dict) -> list[str]:
    """What in an answer does not fit the rest of it."""
    total, scores = found["totalCount"], [edge["score"] for edge in found["edges"]]
    number, facets = total["value"], found["facets"]
    counts = {name: [value["count"] for value in facet["values"]] for name, facet in facets.items()}
    rules = {
        "the page is not full": len(scores) == min(questions.FOUND, number),
        "a role comes twice": len({edge["node"]["slug"] for edge in found["edges"]}) == len(scores),
        "the scores do not fall": scores == sorted(scores, reverse=True),
        "not all hits are counted, or too many": all(facet["counted"] == total for facet in facets.values()),
        "the counts do not fall": all(values == sorted(values, reverse=True) for values in counts.values()),
        "a count is no count of hits": all(0 < value <= number for values in counts.values() for value in values),
        "the languages do not add up": counts["locale"] == [number] * bool(number),
        "the bands do not add up": sum(counts["salaryBand"]) == number,  # every role has one
        "the categories do not add up": sum(counts["category"]) == number or len(counts["category"]) == 20,
        "too many roles have an outlook": sum(counts["employmentOutlook"]) <= number,
    }
    return [what for what, holds in rules.items() if not holds]


def _wanted(catalogue: Catalogue, numbers: list[int], found: dict) -> dict[str, tuple]:
    """What was found and what had to be, when exactly these roles have all words."""
    hits = [edge["node"]["slug"] for edge in found["edges"]]
    having = set(map(catalogue.slug, numbers))
    if len(numbers) < FEW:  # others may follow, but none may come before them
        return {"roles with all words": (sorted(hits[: len(having)]), sorted(having))}
    value = min(len(numbers), COUNTED)
    wanted: dict[str, tuple] = {
        "number": (found["totalCount"], {"value": value, "precision": "EXACT" if value == len(numbers) else "AT_LEAST"}),
        "roles without all words": ([slug for slug in hits if slug not in having], []),
    }
    if value == len(numbers) <= FACETED:
        wanted |= _facets_wanted([catalogue.role(number) for number in numbers], found["facets"])
    return wanted


def _facets_wanted(roles: list[Role], facets: dict) -> dict[str, tuple]:
    """The same of the facets. The texts name skills which no list of a role has; these are left out."""
    category, skill = ({value[of]["name"]: value["count"] for value in facets[of]["values"]} for of in ("category", "skill"))
    band = {value["salaryBand"]: value["count"] for value in facets["salaryBand"]["values"]}
    categories = Counter(role.category for role in roles)
    skills = Counter(name for role in roles for name in role.skills)
    listed = [name for name in skill if name in skills]
    return {
        "categories": (category, {name: categories[name] for name in category}),
        "numbers of categories": (list(category.values()), sorted(categories.values(), reverse=True)[: len(category)]),
        "skills": ({name: skill[name] for name in listed}, {name: skills[name] for name in listed}),
        "bands": (band, dict(Counter(map(_band, roles)))),
    }


def _band(role: Role) -> str:
    return next((band for limit, band in BANDS.items() if role.salary_median < limit * 1_000), "FROM_200K")


# ---------------------------------------------------------------- names while they are typed


def _check_suggestions(requests: Requests, out: Path) -> str:
    """Every suggestion has to be a name of its kind and to have a word from which on it reads as what is typed."""
    sample = _sample(requests.prefixes, PREFIXES)
    titles = {requests.catalogue.title(number) for number in range(requests.catalogue.size)}
    names = {"TITLE": titles, "CATEGORY": set(CATEGORIES)}  # texts name further skills, which are not known here
    for prefix in sample:
        found = requests.asker.data("suggest", text=prefix)["suggest"]
        begins = re.compile(rf"\b{re.escape(prefix)}", re.IGNORECASE)
        strange = [one for one in found if not begins.search(one["text"])]
        strange += [one for one in found if one["kind"] in names and one["text"] not in names[one["kind"]]]
        twice = len({(one["kind"], one["text"]) for one in found}) < len(found)
        least = max(1, requests.truth.titles(prefix, questions.SUGGESTED))
        fits = least <= len(found) <= questions.SUGGESTED
        _compare([strange, twice, fits], [[], False, True], f"what begins with {prefix!r}", out)
    return f"suggestions for {len(sample)} beginnings"


def _sample(typed: list[Typed], number: int) -> list[str]:
    """The first texts of every kind, each once."""
    kinds: dict[str, dict[str, None]] = {}
    for one in typed:
        kinds.setdefault(one.kind, {})[one.text] = None
    return [text for texts in kinds.values() for text in list(texts)[:number]]
