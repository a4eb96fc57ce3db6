//! The role at a glance: short labelled facts.

use crate::text_enum::text_enum;

text_enum! {
    /// What a glance fact is about.
    pub enum FactKey {
        /// The education people usually have.
        TypicalEducation = "TYPICAL_EDUCATION",
        /// The experience people usually have.
        TypicalExperience = "TYPICAL_EXPERIENCE",
        /// Certifications that count.
        KeyCertifications = "KEY_CERTIFICATIONS",
        /// The kinds of employers.
        TopEmployers = "TOP_EMPLOYERS",
        /// How demand develops.
        GrowthOutlook = "GROWTH_OUTLOOK",
        /// What artificial intelligence changes.
        AiImpact = "AI_IMPACT",
        /// What people usually earn.
        TypicalPay = "TYPICAL_PAY",
        /// How much preparation the work needs.
        JobZone = "JOB_ZONE",
        /// Training after being hired.
        OnTheJobTraining = "ON_THE_JOB_TRAINING",
        /// How many people do the work.
        NumberOfJobs = "NUMBER_OF_JOBS",
        /// How that number changes.
        EmploymentChange = "EMPLOYMENT_CHANGE",
        /// Whether law regulates the profession.
        RegulatedProfession = "REGULATED_PROFESSION",
        /// Something else: the label says what.
        Custom = "CUSTOM",
    }
}

/// One fact of the role at a glance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// What the fact is about.
    pub key: FactKey,
    /// The label as the document writes it.
    pub label: String,
    /// The fact.
    pub text: String,
    /// The year up to which the statement looks, when the label names one.
    pub horizon_year: Option<u16>,
}

impl Fact {
    /// The single entries of a fact that is a list, split at `,` and `;` outside of brackets.
    ///
    /// Only certifications and employers are lists; other facts have no items.
    #[must_use]
    pub fn items(&self) -> Vec<String> {
        if !matches!(self.key, FactKey::KeyCertifications | FactKey::TopEmployers) {
            return Vec::new();
        }
        let mut depth = 0_usize;
        let parts = self.text.split(|c: char| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(c, ',' | ';')
        });
        parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split_outside_of_brackets() {
        let fact = |key, text: &str| Fact {
            key,
            label: "Label".to_owned(),
            text: text.to_owned(),
            horizon_year: None,
        };
        let employers = fact(
            FactKey::TopEmployers,
            "Hospitals (public, private); clinics, ",
        );
        assert_eq!(
            employers.items(),
            ["Hospitals (public, private)", "clinics"]
        );
        assert!(
            fact(FactKey::GrowthOutlook, "Good; stable")
                .items()
                .is_empty()
        );
    }
}
