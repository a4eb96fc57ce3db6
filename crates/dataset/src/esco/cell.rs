//! Cells of ESCO as values.

use domain::Timestamp;

use super::label::uris;
use super::row::{RelationKind, ReuseLevel, SkillType};
use crate::finding::Code;
use crate::table::{Fault, Field};

pub(super) fn text(field: Field<'_>) -> Option<String> {
    field.optional().map(str::to_owned)
}

fn is_uri(text: &str) -> bool {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web && !text.contains(char::is_whitespace)
}

pub(super) fn read_uri(field: Field<'_>) -> Result<String, Fault> {
    let text = field.required()?;
    let text = is_uri(text).then(|| text.to_owned());
    let expected = "a URI such as http://data.europa.eu/esco/occupation/…";
    text.ok_or_else(|| field.unexpected(Code::InvalidCode, expected))
}

pub(super) fn read_uris(field: Field<'_>) -> Result<Vec<String>, Fault> {
    let list = uris(field.text);
    if list.iter().all(|uri| is_uri(uri)) {
        return Ok(list);
    }
    Err(field.unexpected(
        Code::InvalidCode,
        "URIs, a comma and a line feed between them",
    ))
}

/// A code such as `2512.4`, `S1.2.3` or `0110`: it stays a text.
pub(super) fn read_code(field: Field<'_>) -> Result<String, Fault> {
    let parts = || field.text.split('.');
    let fits = parts().all(|part| !part.is_empty() && part.len() <= 12)
        && parts().all(|part| part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let code = fits.then(|| field.text.to_owned());
    code.ok_or_else(|| field.unexpected(Code::InvalidCode, "a code such as 2512.4"))
}

pub(super) fn read_isco(field: Field<'_>) -> Result<String, Fault> {
    let text = field.text.strip_prefix('C').unwrap_or(field.text);
    let fits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let code = fits.then(|| text.to_owned());
    code.ok_or_else(|| field.unexpected(Code::InvalidCode, "a code of ISCO-08 such as 2512"))
}

pub(super) fn read_skill_type(field: Field<'_>) -> Result<SkillType, Fault> {
    match field.text {
        "skill/competence" => Ok(SkillType::Skill),
        "knowledge" => Ok(SkillType::Knowledge),
        _ => Err(field.unexpected(Code::InvalidValue, "skill/competence or knowledge")),
    }
}

pub(super) fn read_reuse_level(field: Field<'_>) -> Result<ReuseLevel, Fault> {
    match field.text {
        "transversal" => Ok(ReuseLevel::Transversal),
        "cross-sector" => Ok(ReuseLevel::CrossSector),
        "sector-specific" => Ok(ReuseLevel::SectorSpecific),
        "occupation-specific" => Ok(ReuseLevel::OccupationSpecific),
        _ => {
            let expected = "transversal, cross-sector, sector-specific or occupation-specific";
            Err(field.unexpected(Code::InvalidValue, expected))
        }
    }
}

pub(super) fn read_relation(field: Field<'_>) -> Result<RelationKind, Fault> {
    match field.required()? {
        "essential" => Ok(RelationKind::Essential),
        "optional" => Ok(RelationKind::Optional),
        _ => Err(field.unexpected(Code::InvalidValue, "essential or optional")),
    }
}

pub(super) fn read_moment(field: Field<'_>) -> Result<Timestamp, Fault> {
    let moment = Timestamp::parse(field.text);
    moment.map_err(|_wrong| {
        field.unexpected(
            Code::InvalidDate,
            "a moment such as 2024-01-25T11:28:50.295Z",
        )
    })
}
