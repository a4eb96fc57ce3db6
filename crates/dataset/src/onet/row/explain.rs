//! Rows of the tables that explain the others.

use super::cell::Cell;
use super::work::read_zone;
use crate::decimal::Decimal;
use crate::finding::Code;
use crate::onet::kind::TableKind;
use crate::table::{Binding, Fault, Field, Record};

/// A place in the content model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
}

/// A scale of ratings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its short name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The smallest number on it.
    pub minimum: Decimal,
    /// The largest number on it.
    pub maximum: Decimal,
}

/// What a job zone means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobZoneName {
    /// Its number.
    pub zone: u32,
    /// Its name.
    pub name: String,
    /// Which experience people need.
    pub experience: String,
    /// Which education people need.
    pub education: String,
    /// How people are trained on the job.
    pub job_training: String,
    /// Which occupations are in it.
    pub examples: String,
    /// How long the preparation takes.
    pub svp_range: String,
}

/// A detailed activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailedActivity {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The activity that it is part of.
    pub intermediate_id: String,
    /// The element that this one is part of.
    pub element_id: String,
}

/// An intermediate activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntermediateActivity {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The element that it is part of.
    pub element_id: String,
}

/// What a category of a distribution means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryName {
    /// The element; `None` for categories of tasks.
    pub element_id: Option<String>,
    /// The scale.
    pub scale_id: String,
    /// The category.
    pub category: u32,
    /// What it means.
    pub description: String,
}

/// A row of a table that explains others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::onet) enum Explanation {
    Element(Element),
    Scale(Scale),
    JobZone(JobZoneName),
    Detailed(DetailedActivity),
    Intermediate(IntermediateActivity),
    Category(CategoryName),
}

impl Explanation {
    /// Reads a row; `None` for tables about occupations.
    pub(in crate::onet) fn read(
        kind: TableKind,
        binding: &Binding,
        record: &Record,
    ) -> Result<Option<Self>, Fault> {
        let read = match kind {
            TableKind::ContentModelReference => element(binding.fields(record)),
            TableKind::ScalesReference => scale(binding.fields(record)),
            TableKind::JobZoneReference => zone(binding.fields(record)),
            TableKind::DwaReference => detailed(binding.fields(record)),
            TableKind::IwaReference => intermediate(binding.fields(record)),
            TableKind::EducationCategories => education_category(binding.fields(record)),
            TableKind::TaskCategories => task_category(binding.fields(record)),
            _ => return Ok(None),
        };
        read.map(Some)
    }
}

fn element([id, name, description]: [Field<'_>; 3]) -> Result<Explanation, Fault> {
    Ok(Explanation::Element(Element {
        id: id.element_id()?,
        name: name.owned()?,
        description: description.maybe(Cell::owned)?,
    }))
}

fn scale([id, name, minimum, maximum]: [Field<'_>; 4]) -> Result<Explanation, Fault> {
    let (least, most) = (minimum.decimal()?, maximum.decimal()?);
    if most < least {
        let expected = format!("a number that is at least the minimum, {least}");
        return Err(maximum.unexpected(Code::OutOfRange, &expected));
    }
    Ok(Explanation::Scale(Scale {
        id: id.scale_id()?,
        name: name.owned()?,
        minimum: least,
        maximum: most,
    }))
}

fn zone(fields: [Field<'_>; 7]) -> Result<Explanation, Fault> {
    let [
        zone,
        name,
        experience,
        education,
        job_training,
        examples,
        svp_range,
    ] = fields;
    Ok(Explanation::JobZone(JobZoneName {
        zone: read_zone(zone)?,
        name: name.owned()?,
        experience: experience.owned()?,
        education: education.owned()?,
        job_training: job_training.owned()?,
        examples: examples.owned()?,
        svp_range: svp_range.owned()?,
    }))
}

fn detailed(fields: [Field<'_>; 6]) -> Result<Explanation, Fault> {
    let [element_id, _name, intermediate_id, _intermediate, id, title] = fields;
    Ok(Explanation::Detailed(DetailedActivity {
        id: id.activity_id('D')?,
        title: title.owned()?,
        intermediate_id: intermediate_id.activity_id('I')?,
        element_id: element_id.element_id()?,
    }))
}

fn intermediate([element_id, _name, id, title]: [Field<'_>; 4]) -> Result<Explanation, Fault> {
    Ok(Explanation::Intermediate(IntermediateActivity {
        id: id.activity_id('I')?,
        title: title.owned()?,
        element_id: element_id.element_id()?,
    }))
}

fn education_category(fields: [Field<'_>; 6]) -> Result<Explanation, Fault> {
    let [element_id, _name, scale_id, _scale, category, description] = fields;
    Ok(Explanation::Category(CategoryName {
        element_id: Some(element_id.element_id()?),
        scale_id: scale_id.scale_id()?,
        category: category.integer()?,
        description: description.owned()?,
    }))
}

fn task_category(fields: [Field<'_>; 4]) -> Result<Explanation, Fault> {
    let [scale_id, _scale, category, description] = fields;
    Ok(Explanation::Category(CategoryName {
        element_id: None,
        scale_id: scale_id.scale_id()?,
        category: category.integer()?,
        description: description.owned()?,
    }))
}
