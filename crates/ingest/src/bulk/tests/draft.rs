//! Drafts made up by chance, with every value of every enumeration.

use domain::category::CategoryPath;
use domain::money::{Currency, Money};
use domain::role::salary::{Origin, PayPeriod, SalaryStatistic, Seniority, ValueQuality};
use domain::role::{
    CoverLetter, Distribution, Duty, DutyKind, ExternalCode, Fact, FactKey, Faq, MatchKind,
    Nearness, Outline, OutlineEntry, OutlineKind, PublicationState, Qualification,
    QualificationGroup, RelatedSlug, RelationKind, RoleDraft, RoleTitle, SalaryObservation,
    Section, SectionKind, Share, TextFormat, TitleKind,
};
use domain::skill::{Commodity, Requirement, RoleSkill, SkillKind, SkillMeasures, SkillTerm};
use domain::source::SourceName;
use domain::{Decimal, Estimate, Locale, PartialDate, Slug};
use proptest::option;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    ".{0,12}"
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    option::of(text())
}

fn many<T: std::fmt::Debug>(item: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(item, 0..3)
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(values: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(values)
}

fn slug() -> impl Strategy<Value = Slug> {
    "[a-z]{1,8}".prop_map(|text| Slug::parse(&text).unwrap())
}

fn term() -> impl Strategy<Value = SkillTerm> {
    (text(), one_of(SkillKind::ALL), many(text())).prop_map(|(name, kind, aliases)| SkillTerm {
        name,
        kind,
        aliases,
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    let parts = (
        one_of(FactKey::ALL),
        text(),
        text(),
        option::of(any::<u16>()),
    );
    parts.prop_map(|(key, label, text, horizon_year)| Fact {
        key,
        label,
        text,
        horizon_year,
    })
}

fn duty() -> impl Strategy<Value = Duty<SkillTerm>> {
    let known = (maybe(), many(text()));
    let parts = (text(), one_of(DutyKind::ALL), many(term()), known);
    parts.prop_map(|(text, kind, skills, (external_id, activities))| Duty {
        text,
        kind,
        external_id,
        activities,
        skills,
    })
}

fn section() -> impl Strategy<Value = Section> {
    let kinds = (one_of(SectionKind::ALL), one_of(TextFormat::ALL));
    (kinds, text(), text()).prop_map(|((kind, format), heading, body)| Section {
        kind,
        heading,
        body,
        format,
    })
}

fn group() -> impl Strategy<Value = QualificationGroup<Qualification<SkillTerm>>> {
    let item = (text(), many(term()));
    let item = item.prop_map(|(text, skills)| Qualification { text, skills });
    (maybe(), many(item)).prop_map(|(heading, items)| QualificationGroup { heading, items })
}

fn salary() -> impl Strategy<Value = SalaryObservation> {
    let about = (
        one_of(Seniority::ALL),
        one_of(SalaryStatistic::ALL),
        option::of(one_of(PayPeriod::ALL)),
    );
    let trust = (one_of(ValueQuality::ALL), one_of(Origin::ALL), maybe());
    let currency = one_of(&["USD", "JPY", "KWD"]);
    (about, trust, any::<i64>(), currency).prop_map(|(about, trust, minor_units, currency)| {
        let (level, statistic, period) = about;
        let (quality, origin, source_text) = trust;
        let currency = Currency::parse(currency).unwrap();
        SalaryObservation {
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
        }
    })
}

fn skill() -> impl Strategy<Value = RoleSkill<SkillTerm>> {
    let parts = (term(), one_of(Requirement::ALL), one_of(Origin::ALL));
    (parts, option::of(measures())).prop_map(|(parts, measures)| {
        let (skill, requirement, origin) = parts;
        RoleSkill {
            measures: measures.map(Box::new),
            ..RoleSkill::new(skill, requirement, origin)
        }
    })
}

fn number() -> impl Strategy<Value = Decimal> {
    (-9_999_999_i64..9_999_999).prop_map(Decimal::from_ten_thousandths)
}

fn estimate() -> impl Strategy<Value = Estimate> {
    let sure = (option::of(any::<u32>()), option::of(number()));
    let bounds = (option::of(number()), option::of(number()));
    (number(), sure, bounds, any::<bool>()).prop_map(|(value, sure, bounds, suppressed)| {
        let (sample_size, standard_error) = sure;
        let (lower_bound, upper_bound) = bounds;
        Estimate {
            value,
            sample_size,
            standard_error,
            lower_bound,
            upper_bound,
            suppressed,
        }
    })
}

fn date() -> impl Strategy<Value = Option<PartialDate>> {
    let date = option::of(one_of(&["2026", "2026-03", "2026-03-14"]));
    date.prop_map(|date| date.map(|date| PartialDate::parse(date).unwrap()))
}

fn measures() -> impl Strategy<Value = SkillMeasures> {
    let rated = (
        option::of(estimate()),
        option::of(estimate()),
        option::of(any::<bool>()),
    );
    let asked = (any::<bool>(), any::<bool>());
    let commodity = (text(), text()).prop_map(|(code, title)| Commodity { code, title });
    let parts = (rated, asked, option::of(commodity), date(), maybe());
    parts.prop_map(|(rated, asked, commodity, as_of, collected_from)| {
        let (importance, level, relevant) = rated;
        let (hot, in_demand) = asked;
        SkillMeasures {
            importance,
            level,
            relevant,
            hot,
            in_demand,
            commodity,
            as_of,
            collected_from,
        }
    })
}

fn distribution() -> impl Strategy<Value = Distribution> {
    let share = (any::<u16>(), text(), estimate());
    let share = share.prop_map(|(category, label, percent)| Share {
        category,
        label,
        percent,
    });
    let parts = (text(), text(), many(share), date(), maybe());
    parts.prop_map(
        |(scale, label, shares, as_of, collected_from)| Distribution {
            scale,
            label,
            shares,
            as_of,
            collected_from,
        },
    )
}

fn title() -> impl Strategy<Value = RoleTitle> {
    let name = (text(), one_of(TitleKind::ALL), maybe());
    let shown = (any::<bool>(), any::<bool>(), many(text()));
    (name, shown).prop_map(
        |((text, kind, short_form), (reported, featured, sources))| RoleTitle {
            text,
            kind,
            short_form,
            reported,
            featured,
            sources,
        },
    )
}

fn related() -> impl Strategy<Value = RelatedSlug> {
    let parts = (
        one_of(RelationKind::ALL),
        slug(),
        option::of(one_of(Nearness::ALL)),
    );
    parts.prop_map(|(kind, slug, nearness)| RelatedSlug {
        kind,
        slug,
        nearness,
    })
}

fn code() -> impl Strategy<Value = ExternalCode> {
    let parts = (text(), maybe(), text(), maybe(), one_of(MatchKind::ALL));
    parts.prop_map(|(scheme, release, code, uri, match_kind)| ExternalCode {
        scheme,
        release,
        code,
        uri,
        match_kind,
    })
}

fn outline() -> impl Strategy<Value = Outline> {
    let entry = (one_of(OutlineKind::ALL), text(), maybe());
    let entry = entry.prop_map(|(kind, heading, lead)| OutlineEntry {
        kind,
        heading,
        lead,
    });
    let parts = (many(entry), maybe(), any::<bool>(), maybe());
    parts.prop_map(
        |(entries, site, last_updated_line, category_link)| Outline {
            entries,
            site,
            last_updated_line,
            category_link,
        },
    )
}

/// What stands before the parts.
fn head() -> impl Strategy<Value = RoleDraft> {
    let source = (text(), maybe(), maybe());
    let source = source.prop_map(|(name, licence, attribution)| SourceName {
        name,
        licence,
        attribution,
    });
    let path = prop::collection::vec("[A-Z][a-z]{0,6}", 1..4);
    let path = path.prop_map(|names| CategoryPath::new(names).unwrap());
    let name = (slug(), one_of(&["en", "pt-BR"]), maybe());
    let words = (text(), maybe(), one_of(PublicationState::ALL));
    (source, name, words, many(path), date()).prop_map(
        |(source, name, words, categories, last_reviewed)| {
            let (slug, locale, translation_key) = name;
            let (title, summary, state) = words;
            RoleDraft {
                locale: Locale::parse(locale).unwrap(),
                translation_key,
                summary,
                state,
                categories,
                last_reviewed,
                ..RoleDraft::new(source, slug, title)
            }
        },
    )
}

/// A draft with something in every part.
pub(super) fn draft() -> impl Strategy<Value = RoleDraft> {
    let faq = (text(), text()).prop_map(|(question, answer)| Faq { question, answer });
    let prose = (many(section()), maybe(), many(faq), outline());
    let measured = (many(salary()), many(distribution()));
    let lists = (many(fact()), many(duty()), many(group()), measured);
    let links = (many(title()), many(skill()), many(related()), many(code()));
    (head(), prose, lists, links).prop_map(|(head, prose, lists, links)| {
        let (sections, letter, faqs, outline) = prose;
        let (facts, duties, qualification_groups, measured) = lists;
        let (salaries, distributions) = measured;
        let (titles, skills, related, codes) = links;
        RoleDraft {
            facts,
            duties,
            sections,
            qualification_groups,
            cover_letter: letter.map(|text| CoverLetter { text }),
            faqs,
            salaries,
            distributions,
            titles,
            skills,
            related,
            codes,
            outline,
            ..head
        }
    })
}
