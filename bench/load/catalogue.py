"""A catalogue of invented roles, as large as wanted and the same every time.

Every role has a random source of its own, so that any of a million can be made without the others.
"""

from dataclasses import dataclass
from functools import cached_property
from random import Random

SEED = "rolegraph-bench-1"
STEP = 777_781  # shares no factor with the number of titles: a walk that meets each of them once

GRADES = """Assistant Associate Certified Chief Deputy Graduate Junior Lead Principal Regional Senior Supervising""".split()
FIELDS = """Acoustics Agronomy Analytics Aquaculture Archive Audit Aviation Bakery Banking Biology Bridge Broadcast Brewery Cancer
Carpentry Casting Ceramics Childcare Chemistry Claims Climate Clinical Cloud Coastal Commerce Concrete Dairy Data Dental Drainage
Elevator Energy Fabric Fibre Forestry Freight Genetics Geology Glass Grain Harbour Hospital Housing Imaging Insurance Irrigation
Laser Leather Lighting Marine""".split()
JOBS = """Adviser Analyst Appraiser Architect Assembler Auditor Broker Buyer Chemist Clerk Coach Controller Coordinator Curator
Designer Developer Dispatcher Editor Educator Engineer Estimator Examiner Fitter Forecaster Inspector Instructor Investigator
Librarian Machinist Manager Mechanic Modeller Officer Operator Physicist Planner Producer Researcher Surveyor Technician""".split()
PLACES = """Airports Arenas Bakeries Barracks Campuses Cinemas Clinics Colleges Communes Councils Courts Depots Districts Embassies
Estates Factories Farms Ferries Festivals Foundations Galleries Gardens Hotels Islands Laboratories Libraries Markets Ministries
Monuments Museums Observatories Orchards Parks Pharmacies Plants Ports Prisons Quarries Railways Reserves Resorts Schools Shipyards
Stadiums Studios Theatres Universities Vineyards Warehouses Workshops""".split()
CATEGORIES = """Agriculture,Animal Care,Architecture,Arts,Banking,Civil Engineering,Construction,Customer Service,Defence,Education,
Energy,Environment,Fashion,Food Production,Health Care,Hospitality,Information Technology,Insurance,Law,Libraries,Maintenance,
Manufacturing,Media,Public Administration,Research,Retail,Social Work,Sport,Telecommunication,Transport""".replace(
    "\n", ""
).split(",")
SKILL_KINDS = """Adaptive Annual Applied Basic Careful Central Formal Global Guided Helpful Joint Local Manual Mobile Modular Nightly
Open Rapid Shared Visual""".split()
SKILL_THINGS = "archive boundary cargo contract harvest inventory loading meeting shelter timber".split()
SKILL_ACTS = "appraisal briefing checking drafting grading handover labelling mapping repair scheduling".split()
HEADINGS = """Certificates,Communication,Education,Equipment,Experience,Languages,Legal background,Physical demands,Safety at work,
Working methods""".replace("\n", "").split(",")
QUESTIONS = ("How often do", "In which cases do", "Is it usual that", "What happens when", "Where do", "Who decides whether")

WORDS = """accept account adjust advise agree amount answer approach arrange assess assist balance before behind beside between
brief budget calibrate careful carry check clean clear collect colleagues compare complete confirm consider contract correct customers
daily damage deadline decide defects deliver describe detect develop direct discuss document during effort ensure equipment estimate
every evidence examine exchange explain facilities faults figures follow forecast formal gather guests guidance handle helpful identify
improve incident inform inspect install instruct instruments issue keep label large learn levels limits location maintain managers
materials measure meetings members method modern monitor network notice observe operate order organise orders patients people perform
permit plans portable prepare present prevent process produce promptly protect provide quality quantities questions quickly range
readings reasons receive recommend record reduce regular repair replace reports requests review routine safety samples schedule
season secure select separate shift signal simple special stable standards stations storage suppliers support surfaces systems
teams tests through together tools toward training transport under update useful various visitors weekly within workshop
Docker Excel GraphQL Grafana Java Kubernetes Linux MySQL PostgreSQL Python Redis Rust SQL Terraform""".split()
MARKS = ["–", "“on call”", "(at least 99.5 %)", "Q&A", "résumé", "naïve", "21 °C", '"as agreed"', "<draft>", "either\\or"]
POOL = WORDS * 2 + MARKS  # a mark in about forty words


@dataclass(frozen=True)
class Role:
    """What the document of a role says."""

    number: int
    slug: str
    title: str
    category: str
    skills: list[str]
    summary: str
    facts: dict[str, str]
    duties: list[str]
    overview: str
    groups: list[tuple[str, list[str]]]
    outlook: str
    salary_median: int
    letter: str
    faqs: list[tuple[str, str]]


class Catalogue:
    """The roles 0 to `size - 1`."""

    LARGEST = len(GRADES) * len(FIELDS) * len(JOBS) * len(PLACES)

    def __init__(self, size: int):
        self.size = size
        self.skills = [f"{kind} {thing} {act}" for kind in SKILL_KINDS for thing in SKILL_THINGS for act in SKILL_ACTS]

    def title(self, number: int) -> str:
        rest, grade = divmod(number * STEP % self.LARGEST, len(GRADES))
        rest, field = divmod(rest, len(FIELDS))
        place, job = divmod(rest, len(JOBS))
        return f"{GRADES[grade]} {FIELDS[field]} {JOBS[job]}, {PLACES[place]}"

    def slug(self, number: int) -> str:
        return slug(self.title(number))

    @cached_property
    def by_title(self) -> list[int]:
        """All numbers in the order in which a list by title has them."""
        return sorted(range(self.size), key=lambda number: self.title(number).lower())

    def role(self, number: int) -> Role:
        random = Random(f"{SEED}:{number}")
        title = self.title(number)
        return Role(
            number=number,
            slug=slug(title),
            title=title,
            category=random.choice(CATEGORIES),
            skills=[self.skills[at] for at in sorted(random.sample(range(len(self.skills)), random.randint(10, 40)))],
            summary=_text(random, _about(random, 350)),
            facts={
                "Typical education": _sentence(random, _about(random, 90)),
                "Typical experience": _sentence(random, _about(random, 60)),
                "Growth outlook": _sentence(random, _about(random, 100)),
            },
            duties=[_sentence(random, _about(random, 110)) for _ in range(random.randint(10, 25))],
            overview=_text(random, _about(random, 2_500), paragraph=450),
            groups=[
                (heading, [_sentence(random, _about(random, 85)) for _ in range(5)]) for heading in random.sample(HEADINGS, 6)
            ],
            outlook=_text(random, _about(random, 1_500), paragraph=400),
            salary_median=random.randint(45, 210) * 1_000,
            letter="Dear Hiring Manager,\n\n" + _text(random, _about(random, 2_400), paragraph=450),
            faqs=[(_question(random), _text(random, _about(random, 600))) for _ in range(5)],
        )


def slug(name: str) -> str:
    """The readable name for addresses; the names here have no signs but spaces and commas."""
    return name.lower().replace(",", "").replace(" ", "-")


def _about(random: Random, mean: int) -> int:
    return int(mean * random.uniform(0.75, 1.25))


def _words(random: Random, length: int) -> list[str]:
    """Words of about so many characters; the first one has no sign that a document could be misread by."""
    return [random.choice(WORDS), *random.choices(POOL, k=max(2, round(length / 7.5) - 1))]


def _sentence(random: Random, length: int) -> str:
    text = " ".join(_words(random, length))
    return f"{text[0].upper()}{text[1:]}."


def _question(random: Random) -> str:
    return f"{random.choice(QUESTIONS)} {' '.join(_words(random, _about(random, 60)))}?"


def _text(random: Random, length: int, paragraph: int = 1_000_000) -> str:
    """Sentences of about so many characters in all, with a blank line after about every `paragraph` of them."""
    paragraphs: list[list[str]] = [[]]
    size = since = 0
    while size < length - 40:
        if since > paragraph and size < length - 200:
            paragraphs.append([])
            since = 0
        sentence = _sentence(random, min(random.randint(70, 160), max(40, length - size)))
        paragraphs[-1].append(sentence)
        size += len(sentence) + 1
        since += len(sentence) + 1
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)
