//! What a document says about a role, in the shape of the expected files.

use domain::role::{
    CoverLetter, Fact, Faq, OutlineEntry, Qualification, QualificationGroup, RoleDraft,
    SalaryObservation, Section,
};
use domain::skill::SkillTerm;
use domain::{PartialDate, Slug};
use serde::Serialize;

/// What a document says about a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleReport {
    site: Option<String>,
    title: String,
    slug: String,
    category_path: Vec<String>,
    last_reviewed: Option<String>,
    last_reviewed_precision: Option<&'static str>,
    summary: Option<String>,
    facts: Vec<FactReport>,
    duties: Vec<String>,
    qualification_groups: Vec<GroupReport>,
    outline: Vec<OutlineReport>,
    sections: Vec<SectionReport>,
    cover_letter: Option<LetterReport>,
    faqs: Vec<FaqReport>,
    salaries: Vec<SalaryReport>,
    category_link: Option<String>,
    counts: Counts,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct FactReport {
    key: &'static str,
    label: String,
    text: String,
    horizon_year: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct GroupReport {
    heading: Option<String>,
    items: Vec<ItemReport>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ItemReport {
    text: String,
    term: Option<String>,
    detail: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct OutlineReport {
    kind: &'static str,
    heading: String,
    lead: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct SectionReport {
    kind: &'static str,
    heading: String,
    body: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct LetterReport {
    text: String,
    placeholders: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct FaqReport {
    question: String,
    answer: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct SalaryReport {
    level: &'static str,
    statistic: &'static str,
    amount_minor: i64,
    currency: &'static str,
    period: Option<&'static str>,
    source_text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    facts: usize,
    duties: usize,
    qualification_groups: usize,
    qualification_items: usize,
    headings: usize,
    sections: usize,
    faqs: usize,
    salaries: usize,
    placeholders: usize,
}

impl RoleReport {
    /// Describes a draft that has, or would get, this slug.
    pub(crate) fn new(draft: &RoleDraft, slug: &Slug) -> Self {
        let letter = draft.cover_letter.as_ref().map(letter);
        let path = draft.categories.first();
        Self {
            counts: Counts::of(draft, letter.as_ref()),
            site: draft.outline.site.clone(),
            title: draft.title.clone(),
            slug: slug.to_string(),
            category_path: path.map(|path| path.names().to_vec()).unwrap_or_default(),
            last_reviewed: draft.last_reviewed.map(|day| day.to_string()),
            last_reviewed_precision: draft.last_reviewed.map(precision),
            summary: draft.summary.clone(),
            facts: draft.facts.iter().map(fact).collect(),
            duties: draft.duties.iter().map(|duty| duty.text.clone()).collect(),
            qualification_groups: draft.qualification_groups.iter().map(group).collect(),
            outline: draft.outline.entries.iter().map(outline).collect(),
            sections: draft.sections.iter().map(section).collect(),
            cover_letter: letter,
            faqs: draft.faqs.iter().map(faq).collect(),
            salaries: draft.salaries.iter().map(salary).collect(),
            category_link: draft.outline.category_link.clone(),
        }
    }
}

impl Counts {
    fn of(draft: &RoleDraft, letter: Option<&LetterReport>) -> Self {
        let groups = &draft.qualification_groups;
        Self {
            facts: draft.facts.len(),
            duties: draft.duties.len(),
            qualification_groups: groups.len(),
            qualification_items: groups.iter().map(|group| group.items.len()).sum(),
            headings: draft.outline.entries.len(),
            sections: draft.sections.len(),
            faqs: draft.faqs.len(),
            salaries: draft.salaries.len(),
            placeholders: letter.map_or(0, |letter| letter.placeholders.len()),
        }
    }
}

fn precision(day: PartialDate) -> &'static str {
    day.precision().as_str()
}

fn fact(fact: &Fact) -> FactReport {
    let Fact {
        key,
        label,
        text,
        horizon_year,
    } = fact.clone();
    FactReport {
        key: key.as_str(),
        label,
        text,
        horizon_year,
    }
}

fn group(group: &QualificationGroup<Qualification<SkillTerm>>) -> GroupReport {
    GroupReport {
        heading: group.heading.clone(),
        items: group.items.iter().map(item).collect(),
    }
}

fn item(item: &Qualification<SkillTerm>) -> ItemReport {
    let (term, detail) = item.term_and_detail().unzip();
    ItemReport {
        text: item.text.clone(),
        term: term.map(str::to_owned),
        detail: detail.map(str::to_owned),
    }
}

fn outline(entry: &OutlineEntry) -> OutlineReport {
    let OutlineEntry {
        kind,
        heading,
        lead,
    } = entry.clone();
    OutlineReport {
        kind: kind.as_str(),
        heading,
        lead,
    }
}

fn section(section: &Section) -> SectionReport {
    let Section {
        kind,
        heading,
        body,
        format: _,
    } = section.clone();
    SectionReport {
        kind: kind.as_str(),
        heading,
        body,
    }
}

fn letter(letter: &CoverLetter) -> LetterReport {
    LetterReport {
        text: letter.text.clone(),
        placeholders: letter.placeholders(),
    }
}

fn faq(faq: &Faq) -> FaqReport {
    let Faq { question, answer } = faq.clone();
    FaqReport { question, answer }
}

fn salary(salary: &SalaryObservation) -> SalaryReport {
    SalaryReport {
        level: salary.level.as_str(),
        statistic: salary.statistic.as_str(),
        amount_minor: salary.amount.minor_units,
        currency: salary.amount.currency.code(),
        period: salary.period.map(domain::role::salary::PayPeriod::as_str),
        source_text: salary.source_text.clone(),
    }
}
