//! Drafts to start a test from.

use domain::Slug;
use domain::category::CategoryPath;
use domain::role::salary::Origin;
use domain::role::{Duty, DutyKind, Faq, Qualification, QualificationGroup, RoleDraft};
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
    draft.skills = vec![RoleSkill {
        skill: python(),
        requirement: Requirement::Essential,
        origin: Origin::Stated,
    }];
    draft
}

fn path(names: &[&str]) -> CategoryPath {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    CategoryPath::new(names).expect("the names are not blank")
}

fn duty(text: &str) -> Duty<SkillTerm> {
    Duty {
        text: text.to_owned(),
        kind: DutyKind::Unspecified,
        skills: Vec::new(),
    }
}

fn python() -> SkillTerm {
    SkillTerm {
        name: "Python".to_owned(),
        kind: SkillKind::Technology,
        aliases: Vec::new(),
    }
}
