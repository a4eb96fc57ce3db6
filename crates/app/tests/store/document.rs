//! Documents to store.

use domain::category::CategoryPath;
use domain::money::{Currency, Money};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    CoverLetter, Duty, DutyKind, ExternalCode, Fact, FactKey, Faq, MatchKind, OutlineEntry,
    OutlineKind, Qualification, QualificationGroup, RelatedSlug, RelationKind, RoleDraft,
    RoleTitle, SalaryObservation, Section, SectionKind, TextFormat, TitleKind,
};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillTerm};
use domain::source::SourceName;
use domain::{PartialDate, Slug};

pub(crate) fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

/// A document with nothing but a title.
pub(crate) fn empty(name: &str) -> RoleDraft {
    let source = SourceName {
        name: "Harbour handbook".to_owned(),
        licence: Some("CC-BY-4.0".to_owned()),
        attribution: Some("From the harbour handbook.".to_owned()),
    };
    RoleDraft::new(source, slug(name), format!("The {name}"))
}

pub(crate) fn path(names: &[&str]) -> CategoryPath {
    CategoryPath::new(names.iter().map(|name| (*name).to_owned()).collect()).unwrap()
}

pub(crate) fn term(name: &str) -> SkillTerm {
    SkillTerm {
        name: name.to_owned(),
        kind: SkillKind::Skill,
        aliases: vec![format!("{name} work")],
    }
}

pub(crate) fn duty(text: &str, skills: &[&str]) -> Duty<SkillTerm> {
    Duty {
        text: text.to_owned(),
        kind: DutyKind::Core,
        skills: skills.iter().map(|name| term(name)).collect(),
    }
}

pub(crate) fn faq(question: &str) -> Faq {
    Faq {
        question: question.to_owned(),
        answer: format!("An answer to: {question}"),
    }
}

pub(crate) fn related(name: &str) -> RelatedSlug {
    RelatedSlug {
        kind: RelationKind::Similar,
        slug: slug(name),
    }
}

/// A document with something in every field.
pub(crate) fn full(name: &str) -> RoleDraft {
    let item = |text: &str, skills: &[&str]| Qualification {
        text: text.to_owned(),
        skills: skills.iter().map(|name| term(name)).collect(),
    };
    let mut draft = empty(name);
    draft.translation_key = Some(format!("{name}-group"));
    draft.summary = Some("Watches over boats.".to_owned());
    draft.categories = vec![path(&["Water", "Harbours"]), path(&["Safety"])];
    draft.last_reviewed = PartialDate::month(2026, 3);
    draft.facts = vec![Fact {
        key: FactKey::AiImpact,
        label: "AI impact (through 2030)".to_owned(),
        text: "Berths are assigned by software.".to_owned(),
        horizon_year: Some(2030),
    }];
    draft.duties = vec![
        duty("Assign berths", &["Planning", "Radio"]),
        duty("Collect dues", &[]),
    ];
    draft.sections = vec![Section {
        kind: SectionKind::Overview,
        heading: "Overview".to_owned(),
        body: "First paragraph.\n\nSecond paragraph.".to_owned(),
        format: TextFormat::Plain,
    }];
    draft.qualification_groups = vec![QualificationGroup {
        heading: None,
        items: vec![
            item("Radio: short-range certificate", &["Radio"]),
            item("Swimming", &[]),
        ],
    }];
    draft.cover_letter = Some(CoverLetter {
        text: "Dear [Harbour],\nI can tie knots.\n[Your Name]".to_owned(),
    });
    draft.faqs = vec![faq("Do boats sleep?"), faq("Who pays?")];
    draft.salaries = vec![SalaryObservation {
        level: Seniority::Senior,
        statistic: SalaryStatistic::Median,
        amount: Money {
            minor_units: 4_200_000,
            currency: Currency::parse("EUR").unwrap(),
        },
        period: Some(PayPeriod::Year),
        quality: ValueQuality::Ok,
        origin: Origin::Stated,
        source_text: None,
    }];
    add_links(&mut draft);
    draft
}

fn add_links(draft: &mut RoleDraft) {
    draft.titles = vec![RoleTitle {
        text: "Berth keeper".to_owned(),
        kind: TitleKind::Alternate,
    }];
    draft.skills = vec![RoleSkill {
        skill: term("Radio"),
        requirement: Requirement::Essential,
        origin: Origin::Stated,
    }];
    draft.related = vec![related("lock-keeper")];
    draft.codes = vec![ExternalCode {
        scheme: "isco-08".to_owned(),
        release: None,
        code: "0110".to_owned(),
        uri: None,
        match_kind: MatchKind::Close,
    }];
    draft.outline.entries = vec![OutlineEntry {
        kind: OutlineKind::Duties,
        heading: "What they do".to_owned(),
        lead: Some("Every day:".to_owned()),
    }];
}
