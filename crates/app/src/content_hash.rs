//! Whether two documents say the same.

use domain::category::CategoryPath;
use domain::money::Money;
use domain::role::{
    CoverLetter, Duty, ExternalCode, Fact, Faq, Outline, OutlineEntry, Qualification,
    QualificationGroup, RelatedSlug, RoleDraft, RoleTitle, SalaryObservation, Section,
};
use domain::skill::{RoleSkill, SkillTerm};
use domain::source::SourceName;
use serde::ser::{Serialize, SerializeSeq as _, Serializer};

use crate::sha256_of;

/// The SHA-256 of everything that a document says, in hexadecimal digits.
///
/// Values are hashed as JSON arrays, which need no names of fields. The aliases of skills belong to
/// the dictionary and not to the document.
#[must_use]
pub fn content_hash(draft: &RoleDraft) -> String {
    // Texts, numbers and lists of them can always be written.
    sha256_of(&serde_json::to_string(&Document(draft)).unwrap_or_default())
}

/// A document as a list of its parts.
struct Document<'d>(&'d RoleDraft);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
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
        } = self.0;
        let mut parts = serializer.serialize_seq(None)?;
        parts.serialize_element(&(name, licence, attribution))?;
        parts.serialize_element(&(slug.as_str(), locale.as_str(), translation_key, title))?;
        parts.serialize_element(&(summary, state.as_str()))?;
        parts.serialize_element(&all(categories, CategoryPath::names))?;
        parts.serialize_element(&last_reviewed.map(|date| date.to_string()))?;
        parts.serialize_element(&all(facts, fact))?;
        parts.serialize_element(&all(duties, duty))?;
        parts.serialize_element(&all(sections, section))?;
        parts.serialize_element(&all(qualification_groups, group))?;
        parts.serialize_element(&cover_letter.as_ref().map(|CoverLetter { text }| text))?;
        parts.serialize_element(&all(faqs, |Faq { question, answer }| (question, answer)))?;
        parts.serialize_element(&all(salaries, salary))?;
        parts.serialize_element(&all(titles, |RoleTitle { text, kind }| {
            (text, kind.as_str())
        }))?;
        parts.serialize_element(&all(skills, role_skill))?;
        parts.serialize_element(&all(related, |RelatedSlug { kind, slug }| {
            (kind.as_str(), slug.as_str())
        }))?;
        parts.serialize_element(&all(codes, code))?;
        parts.serialize_element(&page(outline))?;
        parts.end()
    }
}

/// Each of the values, as something that can be written.
struct All<'v, T, W>(&'v [T], W);

impl<'v, T, V: Serialize, W: Fn(&'v T) -> V> Serialize for All<'v, T, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

fn all<'v, T, V: Serialize, W: Fn(&'v T) -> V>(values: &'v [T], written: W) -> All<'v, T, W> {
    All(values, written)
}

fn fact(fact: &Fact) -> impl Serialize {
    let Fact {
        key,
        label,
        text,
        horizon_year,
    } = fact;
    (key.as_str(), label, text, horizon_year)
}

fn duty(duty: &Duty<SkillTerm>) -> impl Serialize {
    let Duty { text, kind, skills } = duty;
    (text, kind.as_str(), all(skills, term))
}

fn section(section: &Section) -> impl Serialize {
    let Section {
        kind,
        heading,
        body,
        format,
    } = section;
    (kind.as_str(), heading, body, format.as_str())
}

fn group(group: &QualificationGroup<Qualification<SkillTerm>>) -> impl Serialize {
    let QualificationGroup { heading, items } = group;
    (heading, all(items, item))
}

fn item(Qualification { text, skills }: &Qualification<SkillTerm>) -> impl Serialize {
    (text, all(skills, term))
}

fn salary(salary: &SalaryObservation) -> impl Serialize {
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
    (
        level.as_str(),
        statistic.as_str(),
        minor_units,
        currency.code(),
        period.map(domain::role::salary::PayPeriod::as_str),
        quality.as_str(),
        origin.as_str(),
        source_text,
    )
}

fn term(term: &SkillTerm) -> impl Serialize {
    let SkillTerm {
        name,
        kind,
        aliases: _,
    } = term;
    (name, kind.as_str())
}

fn role_skill(skill: &RoleSkill<SkillTerm>) -> impl Serialize {
    let RoleSkill {
        skill,
        requirement,
        origin,
    } = skill;
    (term(skill), requirement.as_str(), origin.as_str())
}

fn code(code: &ExternalCode) -> impl Serialize {
    let ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind,
    } = code;
    (scheme, release, code, uri, match_kind.as_str())
}

fn page(outline: &Outline) -> impl Serialize {
    let Outline {
        entries,
        site,
        last_updated_line,
        category_link,
    } = outline;
    (all(entries, entry), site, last_updated_line, category_link)
}

fn entry(entry: &OutlineEntry) -> impl Serialize {
    let OutlineEntry {
        kind,
        heading,
        lead,
    } = entry;
    (kind.as_str(), heading, lead)
}
