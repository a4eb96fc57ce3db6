//! The key of a word: what is left of its forms when number, gender and spelling do not count.

use super::gender;

/// British and American spellings, by the beginning of the word.
const SPELLINGS: &[(&str, &str)] = &[
    ("adviser", "advisor"),
    ("aeroplane", "airplane"),
    ("aluminium", "aluminum"),
    ("anaesth", "anesth"),
    ("archaeolog", "archeolog"),
    ("behaviour", "behavior"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("cheque", "check"),
    ("colour", "color"),
    ("counsellor", "counselor"),
    ("defence", "defense"),
    ("draught", "draft"),
    ("enrolment", "enrollment"),
    ("fibre", "fiber"),
    ("gynaecolog", "gynecolog"),
    ("haemat", "hemat"),
    ("harbour", "harbor"),
    ("jeweller", "jeweler"),
    ("labour", "labor"),
    ("licence", "license"),
    ("modeller", "modeler"),
    ("mould", "mold"),
    ("neighbour", "neighbor"),
    ("orthopaed", "orthoped"),
    ("paediatr", "pediatr"),
    ("plough", "plow"),
    ("signaller", "signaler"),
    ("theatre", "theater"),
    ("traveller", "traveler"),
    ("tyre", "tire"),
];

/// Endings with `s` that are written with `z` as well.
const S_ENDINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ise", "ize"),
];
const SHORTEST_S: usize = 8;
/// Words that are never written with `z`, by their beginning.
const NEVER_Z: &[&str] = &[
    "advertis",
    "enterpris",
    "exercis",
    "expertis",
    "franchis",
    "merchandis",
    "supervis",
    "televis",
];

/// Two words that are written as one as well, and how they are compared; sorted.
const COMPOUNDS: &[(&str, &str, &str)] = &[
    ("after", "sales", "aftersales"),
    ("air", "line", "airline"),
    ("back", "end", "backend"),
    ("bar", "tender", "bartender"),
    ("book", "keeper", "bookkeeper"),
    ("business", "man", "businessman"),
    ("business", "woman", "businesswoman"),
    ("care", "giver", "caregiver"),
    ("case", "worker", "caseworker"),
    ("chair", "side", "chairside"),
    ("child", "care", "childcare"),
    ("copy", "writer", "copywriter"),
    ("cyber", "security", "cybersecurity"),
    ("data", "base", "database"),
    ("day", "care", "daycare"),
    ("dev", "ops", "devops"),
    ("e", "commerce", "ecommerce"),
    ("e", "learning", "elearning"),
    ("fire", "fighter", "firefighter"),
    ("front", "end", "frontend"),
    ("front", "office", "frontoffice"),
    ("full", "stack", "fullstack"),
    ("hair", "dresser", "hairdresser"),
    ("hair", "stylist", "hairstylist"),
    ("head", "teacher", "headteacher"),
    ("health", "care", "healthcare"),
    ("help", "desk", "helpdesk"),
    ("home", "care", "homecare"),
    ("house", "keeper", "housekeeper"),
    ("house", "keeping", "housekeeping"),
    ("land", "scape", "landscape"),
    ("line", "worker", "lineworker"),
    ("longshore", "man", "longshoreman"),
    ("micro", "biologist", "microbiologist"),
    ("multi", "media", "multimedia"),
    ("park", "ranger", "parkranger"),
    ("pipe", "fitter", "pipefitter"),
    ("pipe", "layer", "pipelayer"),
    ("pre", "school", "preschool"),
    ("sales", "lady", "saleslady"),
    ("sales", "man", "salesman"),
    ("sales", "people", "salespeople"),
    ("sales", "person", "salesperson"),
    ("sales", "woman", "saleswoman"),
    ("sheet", "metal", "sheetmetal"),
    ("ship", "builder", "shipbuilder"),
    ("stage", "hand", "stagehand"),
    ("steam", "fitter", "steamfitter"),
    ("store", "keeper", "storekeeper"),
    ("tele", "marketer", "telemarketer"),
    ("ware", "house", "warehouse"),
    ("watch", "maker", "watchmaker"),
    ("web", "master", "webmaster"),
    ("web", "site", "website"),
    ("wood", "worker", "woodworker"),
    ("x", "ray", "xray"),
];

/// The key of a folded word.
pub(super) fn key(word: &str) -> String {
    let one = singular(word);
    let one = gender::neutral(&one).unwrap_or(one);
    spelling(&one).unwrap_or(one)
}

/// Whether a key stands for forms that name a gender.
pub(super) fn is_gendered(key: &str) -> bool {
    !gender::forms(key).is_empty()
}

/// The singular of a folded English word, by rule.
pub(super) fn singular(word: &str) -> String {
    let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 2) else {
        return word.to_owned();
    };
    if stem.ends_with(['s', 'u', 'i', 'j']) {
        return word.to_owned();
    }
    if let Some(start) = stem.strip_suffix("ie").filter(|start| start.len() > 2) {
        return format!("{start}y");
    }
    let hissing = ["sse", "che", "she", "xe"];
    let short = hissing.iter().any(|end| stem.ends_with(end));
    let kept = if short { stem.strip_suffix('e') } else { None };
    kept.unwrap_or(stem).to_owned()
}

/// The plural of a singular English word, by rule.
pub(super) fn plural(word: &str) -> String {
    let vowel = ["ay", "ey", "oy", "uy"]
        .iter()
        .any(|end| word.ends_with(end));
    match word.strip_suffix('y') {
        Some(start) if !vowel => format!("{start}ies"),
        _ if word.ends_with(['s', 'x']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    }
}

/// The one word that two are written as as well.
pub(super) fn compound(first: &str, second: &str) -> Option<&'static str> {
    let at = COMPOUNDS.binary_search_by(|(a, b, _)| (*a, *b).cmp(&(first, second)));
    let (_, _, joined) = COMPOUNDS.get(at.ok()?)?;
    Some(joined)
}

/// Other ways to write a key: its spellings, its genders and the first half of a compound.
pub(super) fn ways(key: &str) -> Vec<String> {
    let mut ways = gender::forms(key);
    let halves = COMPOUNDS.iter().filter(|(_, _, joined)| *joined == key);
    ways.extend(halves.map(|(first, _, _)| (*first).to_owned()));
    for (british, american) in SPELLINGS {
        ways.extend(
            key.strip_prefix(american)
                .map(|end| format!("{british}{end}")),
        );
    }
    for (with_s, with_z) in S_ENDINGS {
        ways.extend(
            key.strip_suffix(with_z)
                .map(|start| format!("{start}{with_s}")),
        );
    }
    ways
}

/// The words for those who do what a key such as `engineering` or `nursing` names, by rule.
pub(super) fn doers(key: &str) -> Vec<String> {
    let stem = key.strip_suffix("ing").filter(|stem| stem.len() > 3);
    let doers = |stem: &str| {
        ["", "e", "er", "or"]
            .map(|end| format!("{stem}{end}"))
            .to_vec()
    };
    stem.map(doers).unwrap_or_default()
}

fn spelling(word: &str) -> Option<String> {
    if matches!(word, "programme" | "program") {
        return Some("program".to_owned());
    }
    if let Some(bare) = word.strip_suffix("js").filter(|bare| bare.len() > 2) {
        return Some(bare.to_owned());
    }
    let first = word.bytes().next();
    for (british, american) in SPELLINGS {
        if british.bytes().next() == first
            && let Some(end) = word.strip_prefix(british)
        {
            return Some(format!("{american}{end}"));
        }
    }
    if word.len() < SHORTEST_S || NEVER_Z.iter().any(|start| word.starts_with(start)) {
        return None;
    }
    let mut endings = S_ENDINGS.iter();
    endings.find_map(|(with_s, with_z)| Some(format!("{}{with_z}", word.strip_suffix(with_s)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_sorted() {
        assert!(COMPOUNDS.is_sorted_by_key(|(first, second, _)| (first, second)));
    }

    #[test]
    fn forms_have_one_key() {
        for (form, meant) in [
            ("nurses", "nurse"),
            ("secretaries", "secretary"),
            ("waitresses", "waiter"),
            ("salesmen", "salesperson"),
            ("coaches", "coach"),
            ("bosses", "boss"),
            ("centres", "center"),
            ("labourer", "laborer"),
            ("programmes", "program"),
            ("optimisation", "optimization"),
            ("reactjs", "react"),
            ("bus", "bus"),
            ("analysis", "analysis"),
            ("programmer", "programmer"),
        ] {
            assert_eq!(key(form), meant, "{form}");
        }
        assert_eq!(key("advertising"), "advertising");
    }

    #[test]
    fn plurals_have_their_singular() {
        for word in [
            "nurse",
            "secretary",
            "coach",
            "boss",
            "attorney",
            "engineer",
        ] {
            assert_eq!(singular(&plural(word)), word);
        }
    }
}
