//! The front matter of a Markdown document: YAML between two lines of `---`.

use std::collections::BTreeMap;
use std::fmt;

use domain::category::CategoryPath;
use domain::role::salary::Origin;
use domain::role::{
    ExternalCode, MatchKind, PublicationState, RelatedSlug, RelationKind, RoleDraft, RoleTitle,
    TitleKind,
};
use domain::skill::{Requirement, RoleSkill, SkillKind, SkillTerm};
use domain::text_enum::UnknownValue;
use domain::{Locale, Slug};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

use crate::finding::{Finding, FindingCode};
use crate::page::parse_date;
use crate::text::SourceLine;

/// The keys of a front matter, in their order.
const KEYS: &[&str] = &[
    "title",
    "slug",
    "locale",
    "category",
    "also-in",
    "alternate-titles",
    "skills",
    "related",
    "codes",
    "last-reviewed",
    "source",
    "licence",
    "attribution",
    "translation-group",
    "state",
    "site",
    "last-updated-line",
];

type Text = Spanned<String>;
/// An entry of a list, such as `essential: Python`.
type Pair = Spanned<BTreeMap<String, String>>;

/// The values of a front matter as they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct FrontMatter {
    title: Option<Text>,
    slug: Option<Text>,
    locale: Option<Text>,
    category: Option<Text>,
    also_in: Option<Vec<Text>>,
    alternate_titles: Option<Vec<Text>>,
    skills: Option<Vec<Pair>>,
    related: Option<Vec<Pair>>,
    codes: Option<Vec<Pair>>,
    last_reviewed: Option<Text>,
    source: Option<Text>,
    licence: Option<Text>,
    attribution: Option<Text>,
    translation_group: Option<Text>,
    state: Option<Text>,
    site: Option<Text>,
    last_updated_line: Option<bool>,
}

/// Cuts a document into the lines of its front matter and those of its body.
pub(super) fn split(lines: &[SourceLine]) -> (Option<&[SourceLine]>, &[SourceLine]) {
    let fence = |line: &SourceLine| line.text == "---";
    let inner = lines
        .split_first()
        .filter(|(first, _)| fence(first))
        .map(|(_, rest)| rest);
    let end = inner.and_then(|inner| inner.iter().position(fence));
    match inner
        .zip(end)
        .and_then(|(inner, end)| inner.split_at_checked(end))
    {
        Some((yaml, body)) => (Some(yaml), body.get(1..).unwrap_or_default()),
        None => (None, lines),
    }
}

impl FrontMatter {
    /// Reads the lines between the fences.
    pub(super) fn read(lines: &[SourceLine], findings: &mut Vec<Finding>) -> Result<Self, Finding> {
        let mut yaml = String::new();
        // Line numbers of the parser are those of the file.
        for _ in 1..lines.first().map_or(1, |line| line.number) {
            yaml.push('\n');
        }
        for line in lines {
            yaml.extend(std::iter::repeat_n(' ', line.indent));
            yaml.push_str(&line.text);
            yaml.push('\n');
        }
        if lines
            .iter()
            .all(|line| line.text.is_empty() || line.text.starts_with('#'))
        {
            return Ok(Self::default());
        }
        let front = serde_saphyr::from_str(&yaml).map_err(|error| malformed(&error))?;
        if !has_known_keys_only(lines) {
            findings.extend(unknown_keys(&yaml).map_err(|error| malformed(&error))?);
        }
        Ok(front)
    }

    /// The title that the front matter gives.
    pub(super) fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|title| title.value.as_str())
    }

    /// Puts the values into a draft that is read from the body.
    pub(super) fn apply(
        self,
        draft: &mut RoleDraft,
        findings: &mut Vec<Finding>,
    ) -> Result<(), Finding> {
        if let Some(slug) = self.slug {
            draft.slug = Slug::parse(&slug.value).map_err(|error| unusable(&slug, &error))?;
        }
        if let Some(locale) = self.locale {
            draft.locale =
                Locale::parse(&locale.value).map_err(|error| unusable(&locale, &error))?;
        }
        if let Some(path) = self.category {
            draft.categories = vec![category(&path)?];
        }
        for path in self.also_in.unwrap_or_default() {
            draft.categories.push(category(&path)?);
        }
        let titles = self.alternate_titles.unwrap_or_default().into_iter();
        draft.titles = titles
            .map(|title| RoleTitle::new(title.value, TitleKind::Alternate))
            .collect();
        draft.skills = each(self.skills, skill)?;
        draft.related = each(self.related, related)?;
        draft.codes = each(self.codes, code)?;
        if let Some(day) = self.last_reviewed {
            draft.last_reviewed = parse_date(&day.value);
            if draft.last_reviewed.is_none() {
                findings.push(unparsed_date(&day));
            }
        }
        draft.source.name = self
            .source
            .map_or(draft.source.name.clone(), |source| source.value);
        draft.source.licence = self.licence.map(|licence| licence.value);
        draft.source.attribution = self.attribution.map(|text| text.value);
        draft.translation_key = self.translation_group.map(|key| key.value);
        if let Some(state) = self.state {
            let expected = "expected draft, in-review, published or archived";
            draft.state = spelled(&state.value, PublicationState::parse, expected)
                .map_err(|problem| unusable(&state, &problem))?;
        }
        draft.outline.site = self.site.map(|site| site.value);
        draft.outline.last_updated_line = self.last_updated_line.unwrap_or_default();
        Ok(())
    }
}

/// Whether the lines alone tell that every key is one of ours, which saves reading them again.
///
/// The first key stands at the margin, hence all of its mapping do; values go on behind it.
fn has_known_keys_only(lines: &[SourceLine]) -> bool {
    let mut filled = lines.iter().filter(|line| !line.text.is_empty()).peekable();
    let is_key = |line: &SourceLine| {
        let key = line.text.split_once(':').map(|(key, _)| key);
        line.indent == 0 && key.is_some_and(|key| KEYS.contains(&key))
    };
    let is_item = |line: &SourceLine| line.text.starts_with("- ");
    filled.peek().is_some_and(|first| is_key(first))
        && filled.all(|line| line.indent > 0 || is_item(line) || is_key(line))
}

/// Keys that are none of ours, with their lines.
fn unknown_keys(yaml: &str) -> Result<Vec<Finding>, serde_saphyr::Error> {
    let Keys(keys) = serde_saphyr::from_str(yaml)?;
    let unknown = keys
        .into_iter()
        .filter(|key| !KEYS.contains(&key.value.as_str()));
    let found: Vec<Finding> = unknown
        .map(|key| {
            let message = format!(
                "\"{}\" means nothing here and is left out: known keys are {}",
                key.value,
                KEYS.join(", ")
            );
            Finding {
                line: line_of(&key),
                detail: Some(key.value),
                ..Finding::whole(FindingCode::UnknownKey, message)
            }
        })
        .collect();
    Ok(found)
}

/// The keys of a mapping with the places where they stand.
struct Keys(Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, IgnoredAny)) = map.next_entry()? {
            keys.push(key);
        }
        Ok(Keys(keys))
    }
}

fn malformed(error: &serde_saphyr::Error) -> Finding {
    let bare = error.without_snippet();
    let line = bare
        .location()
        .and_then(|location| u32::try_from(location.line()).ok());
    let message = format!("the front matter cannot be read: {bare}");
    Finding {
        line,
        ..Finding::whole(FindingCode::InvalidFrontMatter, message)
    }
}

fn unusable<T>(value: &Spanned<T>, problem: &dyn fmt::Display) -> Finding {
    let message = format!("the front matter cannot be used: {problem}");
    Finding {
        line: line_of(value),
        ..Finding::whole(FindingCode::InvalidFrontMatter, message)
    }
}

fn unparsed_date(day: &Text) -> Finding {
    let message = format!(
        "\"{}\" is no date of the form 2026-03-14, 2026-03 or 2026: taken as unknown",
        day.value
    );
    Finding {
        line: line_of(day),
        detail: Some(day.value.clone()),
        ..Finding::whole(FindingCode::UnparsedDate, message)
    }
}

fn line_of<T>(value: &Spanned<T>) -> Option<u32> {
    u32::try_from(value.referenced.line()).ok()
}

fn category(path: &Text) -> Result<CategoryPath, Finding> {
    let names = path.value.split(" > ").map(|name| name.trim().to_owned());
    CategoryPath::new(names.collect()).ok_or_else(|| {
        let problem = format!(
            "\"{}\" is no category path such as Healthcare > Nursing",
            path.value
        );
        unusable(path, &problem)
    })
}

/// Reads the entries of a list of `key: value`.
fn each<T>(
    pairs: Option<Vec<Pair>>,
    read: impl Fn(&str, &str) -> Result<T, String>,
) -> Result<Vec<T>, Finding> {
    let mut entries = Vec::new();
    for pair in pairs.unwrap_or_default() {
        let mut values = pair.value.clone().into_iter();
        let (Some((key, value)), None) = (values.next(), values.next()) else {
            let problem = "an entry of this list is one key with one value, such as key: value";
            return Err(unusable(&pair, &problem));
        };
        entries.push(read(&key, &value).map_err(|problem| unusable(&pair, &problem))?);
    }
    Ok(entries)
}

fn skill(requirement: &str, name: &str) -> Result<RoleSkill<SkillTerm>, String> {
    let expected = "expected essential, preferred, optional or unspecified";
    let requirement = spelled(requirement, Requirement::parse, expected)?;
    let skill = SkillTerm {
        name: name.to_owned(),
        kind: SkillKind::Skill,
        aliases: Vec::new(),
    };
    Ok(RoleSkill::new(skill, requirement, Origin::Stated))
}

fn related(kind: &str, slug: &str) -> Result<RelatedSlug, String> {
    let expected = "expected similar, broader, narrower, career-next, specialises or same-as";
    Ok(RelatedSlug::new(
        spelled(kind, RelationKind::parse, expected)?,
        Slug::parse(slug).map_err(|error| error.to_string())?,
    ))
}

/// Reads `scheme [release] [match]: code`.
fn code(key: &str, code: &str) -> Result<ExternalCode, String> {
    let mut words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    let last = words.last().filter(|_| words.len() > 1);
    let match_kind = last.and_then(|word| spelled(word, MatchKind::parse, "").ok());
    if match_kind.is_some() {
        words.pop();
    }
    let (scheme, release) = words
        .split_first()
        .ok_or("a code has a scheme, such as onet-soc")?;
    Ok(ExternalCode {
        scheme: (*scheme).to_owned(),
        release: (!release.is_empty()).then(|| release.join(" ")),
        code: code.to_owned(),
        uri: None,
        match_kind: match_kind.unwrap_or(MatchKind::Exact),
    })
}

/// Reads a value of an enumeration from its lower-case spelling with hyphens.
fn spelled<T>(
    text: &str,
    parse: impl Fn(&str) -> Result<T, UnknownValue>,
    expected: &str,
) -> Result<T, String> {
    let spelling = text.to_uppercase().replace('-', "_");
    parse(&spelling).map_err(|_unknown| format!("unknown kind \"{text}\": {expected}"))
}
