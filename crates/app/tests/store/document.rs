//! Documents to store.

use domain::category::CategoryPath;
use domain::money::{Currency, Money};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    CoverLetter, Distribution, Duty, DutyKind, ExternalCode, Fact, FactKey, Faq, MatchKind,
    Nearness, OutlineEntry, OutlineKind, Qualification, QualificationGroup, RelatedSlug,
    RelationKind, RoleDraft, RoleTitle, SalaryObservation, Section, SectionKind, Share, TextFormat,
    TitleKind,
};
use domain::skill::{Commodity, Requirement, RoleSkill, SkillKind, SkillMeasures, SkillTerm};
use domain::source::SourceName;
use domain::{Decimal, Estimate, PartialDate, Slug};

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
        skills: skills.iter().map(|name| term(name)).collect(),
        ..Duty::new(text, DutyKind::Core)
    }
}

pub(crate) fn faq(question: &str) -> Faq {
    Faq {
        question: question.to_owned(),
        answer: format!("An answer to: {question}"),
    }
}

pub(crate) fn related(name: &str) -> RelatedSlug {
    RelatedSlug::new(RelationKind::Similar, slug(name))
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
        Duty {
            external_id: Some("8823".to_owned()),
            activities: vec!["4.A.1".to_owned(), "4.A.2".to_owned()],
            ..duty("Assign berths", &["Planning", "Radio"])
        },
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

fn estimate(ten_thousandths: i64) -> Estimate {
    let number = |more| Some(Decimal::from_ten_thousandths(ten_thousandths + more));
    Estimate {
        value: Decimal::from_ten_thousandths(ten_thousandths),
        sample_size: Some(28),
        standard_error: number(-ten_thousandths + 1_102),
        lower_bound: number(-2_159),
        upper_bound: number(2_159),
        suppressed: true,
    }
}

fn measures() -> SkillMeasures {
    SkillMeasures {
        importance: Some(estimate(47_800)),
        level: Some(estimate(65_000)),
        relevant: Some(true),
        hot: true,
        in_demand: true,
        commodity: Some(Commodity {
            code: "43191510".to_owned(),
            title: "Two way radios".to_owned(),
        }),
        as_of: PartialDate::month(2023, 8),
        collected_from: Some("Analyst".to_owned()),
    }
}

fn add_links(draft: &mut RoleDraft) {
    draft.titles = vec![
        RoleTitle::new("Berth keeper", TitleKind::Alternate),
        RoleTitle {
            short_form: Some("HM".to_owned()),
            reported: true,
            featured: true,
            sources: vec!["04".to_owned(), "06".to_owned()],
            ..RoleTitle::new("Harbour master", TitleKind::Alternate)
        },
    ];
    let radio = term("Radio");
    draft.skills = vec![RoleSkill {
        measures: Some(Box::new(measures())),
        ..RoleSkill::new(radio, Requirement::Essential, Origin::Stated)
    }];
    draft.distributions = vec![Distribution {
        scale: "RL".to_owned(),
        label: "Required level of education".to_owned(),
        shares: vec![Share {
            category: 6,
            label: "Bachelor's degree".to_owned(),
            percent: estimate(45_525),
        }],
        as_of: PartialDate::month(2023, 8),
        collected_from: Some("Incumbent".to_owned()),
    }];
    draft.related = vec![RelatedSlug {
        nearness: Some(Nearness::Nearest),
        ..related("lock-keeper")
    }];
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
