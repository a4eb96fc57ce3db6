//! The rows of the children of one role.

use domain::id::{RoleId, SkillId};
use domain::money::Money;
use domain::role::{
    Duty, Fact, Faq, Qualification, QualificationGroup, SalaryObservation, Section,
};

use super::RoleChildren;
use super::identity::ChildIds;
use crate::entity::{
    duty, duty_skill, faq, qualification, qualification_group, qualification_skill, role_fact,
    salary, section,
};
use crate::sort_key;
use crate::write::row::{id_text, numbered};

/// Rows in the order of their references.
#[derive(Default)]
pub(super) struct ChildRows {
    pub(super) facts: Vec<role_fact::Model>,
    pub(super) duties: Vec<duty::Model>,
    pub(super) duty_skills: Vec<duty_skill::Model>,
    pub(super) sections: Vec<section::Model>,
    pub(super) groups: Vec<qualification_group::Model>,
    pub(super) qualifications: Vec<qualification::Model>,
    pub(super) qualification_skills: Vec<qualification_skill::Model>,
    pub(super) faqs: Vec<faq::Model>,
    pub(super) salaries: Vec<salary::Model>,
}

impl ChildRows {
    pub(super) fn new(role: RoleId, children: &RoleChildren<'_>, mut ids: ChildIds<'_>) -> Self {
        let RoleChildren {
            facts,
            duties,
            sections,
            qualification_groups,
            faqs,
            salaries,
        } = children;
        let role = id_text(role);
        let mut rows = Self::default();
        let facts = numbered(*facts).map(|place| ids.assign(fact_row(&role, place)));
        rows.facts.extend(facts);
        for place in numbered(duties) {
            rows.add_duty(&role, place, &mut ids);
        }
        let sections = numbered(*sections).map(|place| ids.assign(section_row(&role, place)));
        rows.sections.extend(sections);
        for place in numbered(qualification_groups) {
            rows.add_group(&role, place, &mut ids);
        }
        let faqs = numbered(*faqs).map(|place| ids.assign(faq_row(&role, place)));
        rows.faqs.extend(faqs);
        let salaries = numbered(*salaries).map(|place| ids.assign(salary_row(&role, place)));
        rows.salaries.extend(salaries);
        rows
    }

    fn add_duty(
        &mut self,
        role: &str,
        (position, duty): (i32, &Duty<SkillId>),
        ids: &mut ChildIds<'_>,
    ) {
        let Duty { text, kind, skills } = duty;
        let row = ids.assign(duty::Model {
            id: String::new(),
            role_id: role.to_owned(),
            position,
            text: text.clone(),
            kind: kind.as_str().to_owned(),
        });
        let skills = numbered(skills).map(|(position, skill)| duty_skill::Model {
            duty_id: row.id.clone(),
            position,
            skill_id: id_text(*skill),
        });
        self.duty_skills.extend(skills);
        self.duties.push(row);
    }

    fn add_group(
        &mut self,
        role: &str,
        (position, group): (i32, &QualificationGroup<Qualification<SkillId>>),
        ids: &mut ChildIds<'_>,
    ) {
        let QualificationGroup { heading, items } = group;
        let row = ids.assign(qualification_group::Model {
            id: String::new(),
            role_id: role.to_owned(),
            position,
            heading: heading.clone(),
        });
        for place in numbered(items) {
            self.add_qualification(&row.id, place, ids);
        }
        self.groups.push(row);
    }

    fn add_qualification(
        &mut self,
        group: &str,
        (position, item): (i32, &Qualification<SkillId>),
        ids: &mut ChildIds<'_>,
    ) {
        let Qualification { text, skills } = item;
        let row = ids.assign(qualification::Model {
            id: String::new(),
            group_id: group.to_owned(),
            position,
            text: text.clone(),
        });
        let skills = numbered(skills).map(|(position, skill)| qualification_skill::Model {
            qualification_id: row.id.clone(),
            position,
            skill_id: id_text(*skill),
        });
        self.qualification_skills.extend(skills);
        self.qualifications.push(row);
    }
}

fn fact_row(role: &str, (position, fact): (i32, &Fact)) -> role_fact::Model {
    let Fact {
        key,
        label,
        text,
        horizon_year,
    } = fact;
    role_fact::Model {
        id: String::new(),
        role_id: role.to_owned(),
        position,
        key: key.as_str().to_owned(),
        label: label.clone(),
        text: text.clone(),
        horizon_year: horizon_year.map(i32::from),
    }
}

fn section_row(role: &str, (position, section): (i32, &Section)) -> section::Model {
    let Section {
        kind,
        heading,
        body,
        format,
    } = section;
    section::Model {
        id: String::new(),
        role_id: role.to_owned(),
        position,
        kind: kind.as_str().to_owned(),
        heading: heading.clone(),
        body: body.clone(),
        format: format.as_str().to_owned(),
    }
}

fn faq_row(role: &str, (position, faq): (i32, &Faq)) -> faq::Model {
    let Faq { question, answer } = faq;
    faq::Model {
        id: String::new(),
        role_id: role.to_owned(),
        position,
        question: question.clone(),
        sort_question: sort_key(question),
        answer: answer.clone(),
    }
}

fn salary_row(role: &str, (position, salary): (i32, &SalaryObservation)) -> salary::Model {
    let SalaryObservation {
        level,
        statistic,
        amount: Money {
            minor_units,
            currency,
        },
        period,
        quality,
        origin,
        source_text,
    } = salary;
    salary::Model {
        id: String::new(),
        role_id: role.to_owned(),
        position,
        level: level.as_str().to_owned(),
        statistic: statistic.as_str().to_owned(),
        amount_minor: *minor_units,
        currency: currency.code().to_owned(),
        period: period.map(|period| period.as_str().to_owned()),
        quality: quality.as_str().to_owned(),
        origin: origin.as_str().to_owned(),
        source_text: source_text.clone(),
    }
}
