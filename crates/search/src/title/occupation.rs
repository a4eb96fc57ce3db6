//! Words that name occupations, and words that only seem to.

/// Words for occupations that no ending gives away, sorted.
const OCCUPATIONS: &[&str] = &[
    "actuary",
    "advocate",
    "agent",
    "aide",
    "anchor",
    "apprentice",
    "architect",
    "artisan",
    "associate",
    "athlete",
    "attorney",
    "bailiff",
    "barista",
    "bodyguard",
    "butcher",
    "captain",
    "carpenter",
    "chaplain",
    "chauffeur",
    "chef",
    "chief",
    "clerk",
    "coach",
    "companion",
    "concierge",
    "constable",
    "cook",
    "correspondent",
    "councilperson",
    "critic",
    "dean",
    "detective",
    "diplomat",
    "executive",
    "fellow",
    "groom",
    "guard",
    "guide",
    "hand",
    "head",
    "host",
    "intern",
    "judge",
    "lead",
    "lifeguard",
    "magistrate",
    "maid",
    "mason",
    "mate",
    "mechanic",
    "medic",
    "midwife",
    "model",
    "monk",
    "nanny",
    "notary",
    "nurse",
    "officiant",
    "operative",
    "owner",
    "paramedic",
    "partner",
    "pilot",
    "planner",
    "police",
    "porter",
    "president",
    "priest",
    "principal",
    "professional",
    "provost",
    "rabbi",
    "ranger",
    "recruit",
    "referee",
    "registrar",
    "rep",
    "representative",
    "resident",
    "scholar",
    "scout",
    "scribe",
    "secretary",
    "sheriff",
    "steward",
    "superintendent",
    "surgeon",
    "tailor",
    "teller",
    "trainee",
    "tutor",
    "umpire",
    "valet",
    "veterinarian",
    "warden",
];

/// Endings of words for occupations.
const ENDINGS: &[&str] = &[
    "er", "or", "ist", "ian", "yst", "ant", "eur", "ician", "graph", "person", "smith", "wright",
    "hand", "path",
];

/// Words that only end like an occupation, sorted.
const THINGS: &[&str] = &[
    "after",
    "amber",
    "beer",
    "border",
    "butter",
    "calendar",
    "cancer",
    "career",
    "center",
    "chapter",
    "cheddar",
    "color",
    "computer",
    "consumer",
    "corner",
    "cover",
    "customer",
    "cyber",
    "december",
    "dinner",
    "error",
    "family",
    "favor",
    "fiber",
    "flavor",
    "floor",
    "folder",
    "furniture",
    "giant",
    "hunger",
    "interior",
    "labor",
    "later",
    "leather",
    "letter",
    "master",
    "matter",
    "mirror",
    "motor",
    "never",
    "november",
    "number",
    "october",
    "order",
    "other",
    "outdoor",
    "over",
    "paper",
    "pepper",
    "plant",
    "player",
    "poster",
    "power",
    "printer",
    "quarter",
    "radiator",
    "refrigerator",
    "restaurant",
    "river",
    "rubber",
    "senior",
    "september",
    "silver",
    "summer",
    "super",
    "supper",
    "tractor",
    "transfer",
    "under",
    "vector",
    "vendor",
    "water",
    "weather",
    "whether",
    "winter",
    "your",
];

/// Whether a key names an occupation.
pub(super) fn is_occupation(key: &str) -> bool {
    if OCCUPATIONS.binary_search(&key).is_ok() {
        return true;
    }
    let ends = key.len() > 4 && ENDINGS.iter().any(|end| key.ends_with(end));
    (ends || matches!(key, "actor" | "baker" | "miner")) && THINGS.binary_search(&key).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        for table in [OCCUPATIONS, THINGS] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn occupations_are_known_by_table_or_ending() {
        for word in [
            "nurse",
            "engineer",
            "technician",
            "salesperson",
            "blacksmith",
        ] {
            assert!(is_occupation(word), "{word}");
        }
        for word in ["computer", "software", "center", "python"] {
            assert!(!is_occupation(word), "{word}");
        }
    }
}
