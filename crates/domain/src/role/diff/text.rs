//! What values of a role say, as text: all of it, so that equal texts are equal values.
//!
//! What is no text of the value itself stands in brackets behind it.

use super::list::Item;
use crate::category::CategoryPath;
use crate::role::{
    Distribution, Duty, DutyKind, ExternalCode, Fact, Faq, Outline, OutlineEntry, Qualification,
    QualificationGroup, RelatedSlug, RoleTitle, SalaryObservation, Section, Share, TextFormat,
};
use crate::skill::{Commodity, RoleSkill, SkillMeasures, SkillTerm};
use crate::source::SourceName;
use crate::{Decimal, Estimate};

/// A text with what is known of it.
fn tagged(text: &str, tags: &[&str]) -> String {
    let tags: Vec<&str> = tags.iter().copied().filter(|tag| !tag.is_empty()).collect();
    if tags.is_empty() {
        return text.to_owned();
    }
    format!("{text} [{}]", tags.join(" "))
}

/// An item that nothing makes the same but what it says.
fn plain(text: String) -> Item {
    Item {
        key: text.clone(),
        text,
    }
}

pub(super) fn source(source: &SourceName) -> String {
    let SourceName {
        name,
        licence,
        attribution,
    } = source;
    let name = tagged(name, &[licence.as_deref().unwrap_or_default()]);
    match attribution {
        Some(attribution) => format!("{name}\n{attribution}"),
        None => name,
    }
}

pub(super) fn category(path: &CategoryPath) -> Item {
    plain(path.names().join(" > "))
}

pub(super) fn fact(fact: &Fact) -> Item {
    let Fact {
        key,
        label,
        text,
        horizon_year,
    } = fact;
    let year = horizon_year.map(|year| year.to_string());
    let label = tagged(label, &[key.as_str(), &year.unwrap_or_default()]);
    Item {
        text: format!("{label}: {text}"),
        key: label,
    }
}

pub(super) fn duty(duty: &Duty<SkillTerm>) -> Item {
    let Duty {
        text,
        kind,
        external_id,
        activities,
        skills: _,
    } = duty;
    let kind = match kind {
        DutyKind::Unspecified => "",
        kind => kind.as_str(),
    };
    let activities = activities.join(" ");
    let tags = [
        kind,
        external_id.as_deref().unwrap_or_default(),
        &activities,
    ];
    Item {
        key: text.clone(),
        text: tagged(text, &tags),
    }
}

pub(super) fn section(section: &Section) -> Item {
    let Section {
        kind,
        heading,
        body,
        format,
    } = section;
    let format = match format {
        TextFormat::Plain => "",
        format => format.as_str(),
    };
    Item {
        key: tagged(heading, &[kind.as_str()]),
        text: format!("{}\n\n{body}", tagged(heading, &[kind.as_str(), format])),
    }
}

pub(super) fn group(group: &QualificationGroup<Qualification<SkillTerm>>) -> Item {
    plain(group.heading.clone().unwrap_or_default())
}

pub(super) fn qualification(item: &Qualification<SkillTerm>) -> Item {
    let Qualification { text, skills: _ } = item;
    plain(text.clone())
}

pub(super) fn faq(Faq { question, answer }: &Faq) -> Item {
    Item {
        key: question.clone(),
        text: format!("{question}\n{answer}"),
    }
}

pub(super) fn salary(salary: &SalaryObservation) -> Item {
    let SalaryObservation {
        level,
        statistic,
        amount,
        period,
        quality,
        origin,
        source_text,
    } = salary;
    let period = period.map_or("", |period| period.as_str());
    let kind = [
        statistic.as_str(),
        level.as_str(),
        amount.currency.code(),
        period,
    ];
    let tags = [
        statistic.as_str(),
        level.as_str(),
        period,
        quality.as_str(),
        origin.as_str(),
    ];
    let amount = tagged(&amount.to_string(), &tags);
    Item {
        key: kind.join(" "),
        text: match source_text {
            Some(text) => format!("{amount}\n{text}"),
            None => amount,
        },
    }
}

/// How people spread over answers: a line for each of these.
pub(super) fn distribution(distribution: &Distribution) -> Item {
    let Distribution {
        scale,
        label,
        shares,
        as_of,
        collected_from,
    } = distribution;
    let tags = [
        scale.as_str(),
        &as_of.map(|date| date.to_string()).unwrap_or_default(),
        collected_from.as_deref().unwrap_or_default(),
    ];
    let shares = shares.iter().map(|share| {
        let Share {
            category,
            label,
            percent,
        } = share;
        format!("\n{category}. {label}: {}", estimate(percent))
    });
    Item {
        key: tagged(label, &[scale]),
        text: tagged(label, &tags) + &shares.collect::<String>(),
    }
}

/// A measured value with everything that is known of it.
fn estimate(estimate: &Estimate) -> String {
    let Estimate {
        value,
        sample_size,
        standard_error,
        lower_bound,
        upper_bound,
        suppressed,
    } = estimate;
    let number = |name: &str, number: &Option<Decimal>| {
        let number = number.map(|number| format!("{name}={number}"));
        number.unwrap_or_default()
    };
    let sample = sample_size.map(|size| format!("n={size}"));
    let tags = [
        sample.as_deref().unwrap_or_default(),
        &number("error", standard_error),
        &number("lower", lower_bound),
        &number("upper", upper_bound),
        if *suppressed { "suppressed" } else { "" },
    ];
    tagged(&value.to_string(), &tags)
}

pub(super) fn title(title: &RoleTitle) -> Item {
    let RoleTitle {
        text,
        kind,
        short_form,
        reported,
        featured,
        sources,
    } = title;
    let flag = |is_set: bool, name: &'static str| if is_set { name } else { "" };
    let tags = [
        kind.as_str(),
        short_form.as_deref().unwrap_or_default(),
        flag(*reported, "reported"),
        flag(*featured, "featured"),
        &sources.join(" "),
    ];
    Item {
        key: text.clone(),
        text: tagged(text, &tags),
    }
}

pub(super) fn skill(skill: &RoleSkill<SkillTerm>) -> Item {
    let RoleSkill {
        skill: SkillTerm {
            name,
            kind,
            aliases: _,
        },
        requirement,
        origin,
        measures,
    } = skill;
    let tags = [kind.as_str(), requirement.as_str(), origin.as_str()];
    let measured = measures.as_deref().map(measured).unwrap_or_default();
    Item {
        key: name.clone(),
        text: tagged(name, &tags) + &measured,
    }
}

/// What was measured of a skill: a line for each value.
fn measured(measures: &SkillMeasures) -> String {
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
    let date = as_of.map(|date| date.to_string());
    let commodity = commodity.as_ref().map(|commodity| {
        let Commodity { code, title } = commodity;
        tagged(title, &[code])
    });
    let lines = [
        ("importance", importance.as_ref().map(estimate)),
        ("level", level.as_ref().map(estimate)),
        ("relevant", relevant.map(|relevant| relevant.to_string())),
        ("hot", hot.then(|| hot.to_string())),
        ("in demand", in_demand.then(|| in_demand.to_string())),
        ("commodity", commodity),
        ("as of", date),
        ("collected from", collected_from.clone()),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(name, value)| Some(format!("\n{name}: {}", value?)));
    lines.collect()
}

pub(super) fn related(related: &RelatedSlug) -> Item {
    let RelatedSlug {
        kind,
        slug,
        nearness,
    } = related;
    let nearness = nearness.map_or("", |nearness| nearness.as_str());
    Item {
        key: slug.to_string(),
        text: tagged(slug.as_str(), &[kind.as_str(), nearness]),
    }
}

pub(super) fn code(code: &ExternalCode) -> Item {
    let ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind,
    } = code;
    let tags = [
        match_kind.as_str(),
        release.as_deref().unwrap_or_default(),
        uri.as_deref().unwrap_or_default(),
    ];
    let key = format!("{scheme} {code}");
    Item {
        text: tagged(&key, &tags),
        key,
    }
}

pub(super) fn heading(entry: &OutlineEntry) -> Item {
    let OutlineEntry {
        kind,
        heading,
        lead,
    } = entry;
    let heading = tagged(heading, &[kind.as_str()]);
    Item {
        text: match lead {
            Some(lead) => format!("{heading}\n{lead}"),
            None => heading.clone(),
        },
        key: heading,
    }
}

/// What a page has around its contents; its headings are compared one by one.
pub(super) fn page(outline: &Outline) -> Vec<Item> {
    let Outline {
        entries: _,
        site,
        last_updated_line,
        category_link,
    } = outline;
    let named = |name: &str, text: &Option<String>| {
        let text = text.as_deref()?;
        Some(Item {
            key: name.to_owned(),
            text: format!("{name}: {text}"),
        })
    };
    let line = last_updated_line.then(|| plain("last updated line".to_owned()));
    let parts = [
        named("site", site),
        line,
        named("category link", category_link),
    ];
    parts.into_iter().flatten().collect()
}
