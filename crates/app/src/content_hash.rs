//! Whether two documents say the same.

use domain::category::CategoryPath;
use domain::money::Money;
use domain::role::{
    CoverLetter, Distribution, Duty, ExternalCode, Fact, Faq, Nearness, Outline, OutlineEntry,
    Qualification, QualificationGroup, RelatedSlug, RoleDraft, RoleTitle, SalaryObservation,
    Section, Share,
};
use domain::skill::{Commodity, RoleSkill, SkillMeasures, SkillTerm};
use domain::source::SourceName;
use domain::{Decimal, Estimate};
use serde::ser::{Serialize, SerializeSeq as _, Serializer};

use crate::sha256_of;

/// The SHA-256 of everything that a document says, in hexadecimal digits.
///
/// Values are hashed as JSON arrays, which need no names of fields. The aliases of skills belong to
/// the dictionary and not to the document, licences and credit lines to the source.
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
                    licence: _,
                    attribution: _,
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
            distributions,
            titles,
            skills,
            related,
            codes,
            outline,
        } = self.0;
        let mut parts = serializer.serialize_seq(None)?;
        parts.serialize_element(name)?;
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
        parts.serialize_element(&all(titles, role_title))?;
        parts.serialize_element(&all(skills, role_skill))?;
        parts.serialize_element(&all(related, relation))?;
        parts.serialize_element(&all(codes, code))?;
        parts.serialize_element(&page(outline))?;
        if !distributions.is_empty() {
            parts.serialize_element(&all(distributions, distribution))?;
        }
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
    let Duty {
        text,
        kind,
        external_id,
        activities,
        skills,
    } = duty;
    let more = external_id.is_some() || !activities.is_empty();
    Measured(
        (text, kind.as_str(), all(skills, term)),
        more.then_some((external_id, activities)),
    )
}

/// A part of a document, and what sources have to say beyond it. Without that, the part is hashed
/// as it was before there was any.
struct Measured<P, M>(P, Option<M>);

impl<P: Serialize, M: Serialize> Serialize for Measured<P, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self(part, None) => part.serialize(serializer),
            Self(part, Some(more)) => (part, more).serialize(serializer),
        }
    }
}

fn role_title(title: &RoleTitle) -> impl Serialize {
    let RoleTitle {
        text,
        kind,
        short_form,
        reported,
        featured,
        sources,
    } = title;
    let more = short_form.is_some() || *reported || *featured || !sources.is_empty();
    Measured(
        (text, kind.as_str()),
        more.then_some((short_form, reported, featured, sources)),
    )
}

fn relation(related: &RelatedSlug) -> impl Serialize {
    let RelatedSlug {
        kind,
        slug,
        nearness,
    } = related;
    Measured(
        (kind.as_str(), slug.as_str()),
        nearness.map(Nearness::as_str),
    )
}

fn distribution(distribution: &Distribution) -> impl Serialize {
    let Distribution {
        scale,
        label,
        shares,
        as_of,
        collected_from,
    } = distribution;
    let shares = all(shares, |share: &Share| {
        let Share {
            category,
            label,
            percent,
        } = share;
        (category, label, estimate(percent))
    });
    (
        scale,
        label,
        shares,
        as_of.map(|date| date.to_string()),
        collected_from,
    )
}

fn estimate(estimate: &Estimate) -> impl Serialize {
    let Estimate {
        value,
        sample_size,
        standard_error,
        lower_bound,
        upper_bound,
        suppressed,
    } = estimate;
    let number = |number: &Option<Decimal>| number.map(Decimal::ten_thousandths);
    (
        value.ten_thousandths(),
        sample_size,
        number(standard_error),
        number(lower_bound),
        number(upper_bound),
        suppressed,
    )
}

fn measures(measures: &SkillMeasures) -> impl Serialize {
    let SkillMeasures {
        importance,
        level,
        relevant,
        hot,
        in_demand,
        commodity,
        as_of,
        collected_from,
    } = measures;
    let commodity = commodity.as_ref();
    (
        importance.as_ref().map(estimate),
        level.as_ref().map(estimate),
        relevant,
        (hot, in_demand),
        commodity.map(|Commodity { code, title }| (code, title)),
        as_of.map(|date| date.to_string()),
        collected_from,
    )
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
        measures: measured,
    } = skill;
    Measured(
        (term(skill), requirement.as_str(), origin.as_str()),
        measured.as_deref().map(measures),
    )
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
