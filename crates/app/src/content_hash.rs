//! Whether two documents say the same.

use domain::category::CategoryPath;
use domain::money::Money;
use domain::role::{
    CoverLetter, Duty, ExternalCode, Fact, Faq, Outline, OutlineEntry, Qualification,
    QualificationGroup, RelatedSlug, RoleDraft, RoleTitle, SalaryObservation, Section,
};
use domain::skill::{RoleSkill, SkillTerm};
use domain::source::SourceName;
use serde_json::{Value, json};

use crate::sha256_of;

/// The SHA-256 of everything that a document says, in hexadecimal digits.
///
/// Values are hashed as JSON arrays, because the order of the fields of a JSON object depends on
/// how `serde_json` was built. The aliases of skills belong to the dictionary and not to the
/// document.
pub(crate) fn content_hash(draft: &RoleDraft) -> String {
    sha256_of(&document(draft).to_string())
}

fn document(draft: &RoleDraft) -> Value {
    let RoleDraft {
        source:
            SourceName {
                name,
                licence,
                attribution,
            },
        slug,
        locale,
        translation_key,
        title,
        summary,
        state,
        categories,
        last_reviewed,
        facts,
        duties,
        sections,
        qualification_groups,
        cover_letter,
        faqs,
        salaries,
        titles,
        skills,
        related,
        codes,
        outline,
    } = draft;
    json!([
        [name, licence, attribution],
        [slug.as_str(), locale.as_str(), translation_key, title],
        [summary, state.as_str()],
        all(categories, |path| json!(CategoryPath::names(path))),
        last_reviewed.map(|date| date.to_string()),
        all(facts, fact),
        all(duties, duty),
        all(sections, section),
        all(qualification_groups, group),
        cover_letter.as_ref().map(|CoverLetter { text }| text),
        all(faqs, |Faq { question, answer }| json!([question, answer])),
        all(salaries, salary),
        all(titles, |RoleTitle { text, kind }| json!([
            text,
            kind.as_str()
        ])),
        all(skills, role_skill),
        all(related, |RelatedSlug { kind, slug }| json!([
            kind.as_str(),
            slug.as_str()
        ])),
        all(codes, code),
        page(outline),
    ])
}

fn all<T>(values: &[T], value: impl Fn(&T) -> Value) -> Value {
    values.iter().map(value).collect()
}

fn fact(fact: &Fact) -> Value {
    let Fact {
        key,
        label,
        text,
        horizon_year,
    } = fact;
    json!([key.as_str(), label, text, horizon_year])
}

fn duty(duty: &Duty<SkillTerm>) -> Value {
    let Duty { text, kind, skills } = duty;
    json!([text, kind.as_str(), all(skills, term)])
}

fn section(section: &Section) -> Value {
    let Section {
        kind,
        heading,
        body,
        format,
    } = section;
    json!([kind.as_str(), heading, body, format.as_str()])
}

fn group(group: &QualificationGroup<Qualification<SkillTerm>>) -> Value {
    let QualificationGroup { heading, items } = group;
    let item = |Qualification { text, skills }: &_| json!([text, all(skills, term)]);
    json!([heading, all(items, item)])
}

fn salary(salary: &SalaryObservation) -> Value {
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
    json!([
        level.as_str(),
        statistic.as_str(),
        minor_units,
        currency.code(),
        period.map(domain::role::salary::PayPeriod::as_str),
        quality.as_str(),
        origin.as_str(),
        source_text,
    ])
}

fn term(term: &SkillTerm) -> Value {
    let SkillTerm {
        name,
        kind,
        aliases: _,
    } = term;
    json!([name, kind.as_str()])
}

fn role_skill(skill: &RoleSkill<SkillTerm>) -> Value {
    let RoleSkill {
        skill,
        requirement,
        origin,
    } = skill;
    json!([term(skill), requirement.as_str(), origin.as_str()])
}

fn code(code: &ExternalCode) -> Value {
    let ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind,
    } = code;
    json!([scheme, release, code, uri, match_kind.as_str()])
}

fn page(outline: &Outline) -> Value {
    let Outline {
        entries,
        site,
        last_updated_line,
        category_link,
    } = outline;
    let entry = |entry: &OutlineEntry| {
        let OutlineEntry {
            kind,
            heading,
            lead,
        } = entry;
        json!([kind.as_str(), heading, lead])
    };
    json!([all(entries, entry), site, last_updated_line, category_link])
}
