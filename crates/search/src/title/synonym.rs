//! Words for much the same occupation, and how alike they are.

/// Pairs of keys; the likeness holds in both directions.
const SYNONYMS: &[(&str, &str, f64)] = &[
    ("accountant", "auditor", 0.5),
    ("accountant", "bookkeeper", 0.6),
    ("advertising", "marketing", 0.6),
    ("assembler", "fitter", 0.6),
    ("attorney", "lawyer", 0.97),
    ("author", "writer", 0.9),
    ("babysitter", "nanny", 0.85),
    ("barkeeper", "bartender", 0.95),
    ("bricklayer", "mason", 0.85),
    ("buyer", "procurement", 0.6),
    ("buyer", "purchaser", 0.9),
    ("caregiver", "carer", 0.95),
    ("caretaker", "custodian", 0.7),
    ("carpenter", "joiner", 0.8),
    ("cashier", "teller", 0.6),
    ("chauffeur", "driver", 0.8),
    ("chef", "cook", 0.75),
    ("cleaner", "janitor", 0.8),
    ("client", "customer", 0.8),
    ("coach", "trainer", 0.7),
    ("coder", "programmer", 0.9),
    ("consultant", "advisor", 0.7),
    ("coordinator", "organizer", 0.7),
    ("copywriter", "writer", 0.7),
    ("curriculum", "instructional", 0.7),
    ("custodian", "janitor", 0.95),
    ("cyber", "information", 0.6),
    ("cyber", "cybersecurity", 0.8),
    ("cybersecurity", "security", 0.85),
    ("developer", "engineer", 0.8),
    ("developer", "programmer", 0.95),
    ("dietitian", "nutritionist", 0.85),
    ("digital", "online", 0.8),
    ("director", "head", 0.75),
    ("doctor", "physician", 0.95),
    ("druggist", "pharmacist", 0.9),
    ("ecommerce", "online", 0.7),
    ("educator", "teacher", 0.85),
    ("elementary", "primary", 0.95),
    ("engineer", "programmer", 0.7),
    ("examiner", "inspector", 0.75),
    ("expert", "specialist", 0.85),
    ("farmer", "grower", 0.85),
    ("foreperson", "supervisor", 0.85),
    ("frontend", "web", 0.7),
    ("gardener", "landscaper", 0.8),
    ("guard", "officer", 0.6),
    ("hairdresser", "hairstylist", 0.95),
    ("headhunter", "recruiter", 0.9),
    ("helpdesk", "support", 0.75),
    ("hr", "people", 0.7),
    ("installer", "technician", 0.65),
    ("instructional", "learning", 0.75),
    ("instructor", "teacher", 0.7),
    ("instructor", "trainer", 0.75),
    ("internet", "online", 0.9),
    ("interpreter", "translator", 0.75),
    ("journalist", "reporter", 0.9),
    ("kindergarten", "preschool", 0.8),
    ("laborer", "worker", 0.75),
    ("lawyer", "solicitor", 0.85),
    ("lead", "leader", 0.9),
    ("lead", "supervisor", 0.7),
    ("lecturer", "professor", 0.8),
    ("lorry", "truck", 0.97),
    ("maintenance", "repair", 0.7),
    ("manager", "head", 0.65),
    ("manager", "lead", 0.6),
    ("manager", "supervisor", 0.65),
    ("mechanic", "repairer", 0.8),
    ("mechanic", "technician", 0.75),
    ("mortician", "undertaker", 0.95),
    ("online", "web", 0.6),
    ("packager", "packer", 0.95),
    ("pipefitter", "plumber", 0.75),
    ("postgre", "postgresql", 0.98),
    ("procurement", "purchasing", 0.9),
    ("recruiting", "staffing", 0.7),
    ("researcher", "scientist", 0.75),
    ("service", "support", 0.6),
    ("software", "application", 0.7),
    ("teacher", "tutor", 0.6),
    ("technician", "technologist", 0.8),
    ("waiter", "server", 0.8),
];

/// The keys that are much like this one.
pub(super) fn of(key: &str) -> impl Iterator<Item = (&'static str, f64)> {
    SYNONYMS.iter().filter_map(move |(one, other, likeness)| {
        if *one == key {
            Some((*other, *likeness))
        } else {
            (*other == key).then_some((*one, *likeness))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::title::form;

    #[test]
    fn synonyms_are_keys_and_below_one() {
        for (one, other, likeness) in SYNONYMS {
            assert_eq!(form::key(one), *one);
            assert_eq!(form::key(other), *other);
            assert!((0.5..1.0).contains(likeness), "{one} {other}");
        }
    }

    #[test]
    fn synonyms_go_both_ways() {
        assert!(of("lawyer").any(|(key, _)| key == "attorney"));
        assert!(of("attorney").any(|(key, _)| key == "lawyer"));
    }
}
