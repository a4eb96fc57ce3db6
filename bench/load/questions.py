"""What is asked, in the words of the graph, and what the catalogue says has to be answered."""

import json
from typing import Optional

from load.catalogue import Catalogue, Role, slug

PAGE = 20  # roles of a page
FOUND = 10  # roles of a search
SUGGESTED = 10  # names for what is typed
DUTIES, FAQS = 5, 3  # of each role of a page

QUERIES = {
    "role": """query Role($slug: Slug!) { role(by: { slug: $slug }) {
      slug title summary overview { body } careerOutlook { body } salaries { statistic amount { minorUnits } }
      category { slug name } duties { position text } qualificationGroups { heading items { text } }
      skills(first: 100, filter: { requirements: [ESSENTIAL] }) { nodes { skill { slug name } } } faqs { question answer }
    } }""",
    "page": """query Page($after: String) { roles(first: 20, after: $after) {
      nodes { slug title summary category { slug name } duties(first: 5) { position text } faqs(first: 3) { question answer } }
      pageInfo { hasNextPage endCursor }
    } }""",
    "search": """query Search($text: String!) { roles(first: 10, filter: { titleContains: $text }) {
      nodes { slug title summary category { slug name } }
    } }""",
    "find": """query Find($text: String!) { search(first: 10, query: $text) {
      edges { score node { slug title } } totalCount { value precision }
      facets {
        category { counted { value precision } values { count category { slug name } } }
        skill(first: 10) { counted { value precision } values { count skill { slug name } } }
        salaryBand { counted { value precision } values { count salaryBand } }
        employmentOutlook { counted { value precision } values { count employmentOutlook } }
        locale { counted { value precision } values { count locale } }
      }
    } }""",
    "suggest": "query Suggest($text: String!) { suggest(limit: 10, prefix: $text) { text kind } }",
    "nothing": "{ __typename }",
    "skip": "query Skip($after: String) { roles(first: 100, after: $after) { pageInfo { endCursor } } }",
    "summary": "query Summary($slug: Slug!) { role(by: { slug: $slug }) { summary } }",
}


def body(query: str, **variables: Optional[str]) -> bytes:
    """The body of a request, one line."""
    request: dict = {"query": " ".join(QUERIES[query].split())}
    if variables:
        request["variables"] = variables
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()


def role_data(role: Role) -> dict:
    """The `data` of a role page."""
    return {
        "role": _head(role)
        | {
            "overview": {"body": role.overview},
            "careerOutlook": {"body": role.outlook},
            "salaries": [{"statistic": "MEDIAN", "amount": {"minorUnits": role.salary_median * 100}}],
            "category": _named(role.category),
            "duties": _duties(role.duties),
            "qualificationGroups": [
                {"heading": heading, "items": [{"text": text} for text in items]} for heading, items in role.groups
            ],
            "skills": {"nodes": [{"skill": _named(skill)} for skill in role.skills]},
            "faqs": _faqs(role.faqs),
        }
    }


def page_data(catalogue: Catalogue, page: int) -> dict:
    """The `data` of a page by title, the first being 0, without its cursor."""
    numbers = catalogue.by_title[page * PAGE : (page + 1) * PAGE]
    nodes = [
        _head(role)
        | {"category": _named(role.category), "duties": _duties(role.duties[:DUTIES]), "faqs": _faqs(role.faqs[:FAQS])}
        for role in map(catalogue.role, numbers)
    ]
    return {"roles": {"nodes": nodes, "pageInfo": {"hasNextPage": (page + 1) * PAGE < catalogue.size}}}


def search_data(catalogue: Catalogue, text: str) -> dict:
    """The `data` of a search in titles."""
    found = map(catalogue.role, hits(catalogue, text))
    return {"roles": {"nodes": [_head(role) | {"category": _named(role.category)} for role in found]}}


def hits(catalogue: Catalogue, text: str) -> list[int]:
    """The first roles by title that have the text in it, in any letter case."""
    found: list[int] = []
    for number in catalogue.by_title:
        if text.lower() in catalogue.title(number).lower():
            found.append(number)
            if len(found) == FOUND:
                break
    return found


def _head(role: Role) -> dict:
    return {"slug": role.slug, "title": role.title, "summary": role.summary}


def _named(name: str) -> dict:
    return {"slug": slug(name), "name": name}


def _duties(texts: list[str]) -> list[dict]:
    return [{"position": position, "text": text} for position, text in enumerate(texts)]


def _faqs(faqs: list[tuple[str, str]]) -> list[dict]:
    return [{"question": question, "answer": answer} for question, answer in faqs]
