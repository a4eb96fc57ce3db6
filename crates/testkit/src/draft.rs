//! Drafts to start a test from.

use domain::Slug;
use domain::category::CategoryPath;
use domain::role::salary::Origin;
use domain::role::{
    Duty, DutyKind, Faq, Qualification, QualificationGroup, RoleDraft, Section, SectionKind,
    TextFormat,
};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillTerm};
use domain::source::SourceName;

/// A source of texts without licence.
#[must_use]
pub fn source(name: &str) -> SourceName {
    SourceName {
        name: name.to_owned(),
        licence: None,
        attribution: None,
    }
}

/// A small published role with something in every part that readers like to see.
#[must_use]
pub fn draft(slug: &str, title: &str) -> RoleDraft {
    let slug = Slug::parse(slug).expect("the test names a slug");
    let mut draft = RoleDraft::new(source("Test catalogue"), slug, title.to_owned());
    draft.summary = Some(format!("{title}s do what the tests need."));
    draft.categories = vec![path(&["Test work", "Small roles"])];
    draft.duties = ["Plan the work", "Do the work in Python"].map(duty).into();
    draft.qualification_groups = vec![QualificationGroup {
        heading: Some("Education".to_owned()),
        items: vec![Qualification {
            text: "Schooling: some years of it".to_owned(),
            skills: Vec::new(),
        }],
    }];
    draft.faqs = vec![Faq {
        question: format!("What does a {title} earn?"),
        answer: "Enough.".to_owned(),
    }];
    draft.skills = vec![RoleSkill::new(
        python(),
        Requirement::Essential,
        Origin::Stated,
    )];
    draft
}

fn path(names: &[&str]) -> CategoryPath {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    CategoryPath::new(names).expect("the names are not blank")
}

fn duty(text: &str) -> Duty<SkillTerm> {
    Duty::new(text, DutyKind::Unspecified)
}

fn python() -> SkillTerm {
    SkillTerm {
        name: "Python".to_owned(),
        kind: SkillKind::Technology,
        aliases: Vec::new(),
    }
}

/// A published role of some 10,000 characters, by its number; roles share categories and skills.
#[must_use]
pub fn large_draft(number: usize) -> RoleDraft {
    let slug = Slug::parse(&format!("role-{number}")).expect("a slug");
    let mut draft = RoleDraft::new(source("Test catalogue"), slug, format!("Role {number}"));
    draft.summary = Some(sentence(number, 0, 20));
    let category = format!("Category {}", number % 30);
    draft.categories = vec![path(&["Large roles", &category])];
    draft.duties = (0..16).map(|at| duty(&sentence(number, at, 16))).collect();
    draft.sections = vec![Section {
        kind: SectionKind::Overview,
        heading: "Overview".to_owned(),
        body: sentence(number, 100, 360),
        format: TextFormat::Plain,
    }];
    draft.qualification_groups = (0..6)
        .map(|group| QualificationGroup {
            heading: Some(format!("Group {group}")),
            items: (0..5)
                .map(|item| Qualification {
                    text: sentence(number, 200 + group * 5 + item, 6),
                    skills: Vec::new(),
                })
                .collect(),
        })
        .collect();
    draft.faqs = (0..5)
        .map(|at| Faq {
            question: format!("{}?", sentence(number, 300 + at, 8)),
            answer: sentence(number, 400 + at, 80),
        })
        .collect();
    draft.skills = (0..25).map(|at| skill(number * 7 + at * 13)).collect();
    draft
}

fn skill(number: usize) -> RoleSkill<SkillTerm> {
    RoleSkill::new(
        SkillTerm {
            name: format!("Skill {}", number % 500),
            kind: SkillKind::Technology,
            aliases: Vec::new(),
        },
        Requirement::Essential,
        Origin::Stated,
    )
}

/// So many words out of 4,000, the same for the same numbers.
fn sentence(number: usize, place: usize, words: usize) -> String {
    let mut state = number * 1_000 + place;
    let words = (0..words).map(|_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        format!("word{}", (state >> 33) % 4_000)
    });
    words.collect::<Vec<_>>().join(" ")
}
