//! What people do to titles, and texts that are none.
#![expect(clippy::string_slice, reason = "the rules change titles in ASCII")]

/// A name and what it does to a title.
pub(crate) type Rule = (&'static str, fn(&str) -> Option<String>);

/// What people do to titles. A rule answers nothing for a title that it does not fit.
pub(crate) const RULES: &[Rule] = &[
    ("typo swap", |title| longest(title, 6, swapped)),
    ("typo drop", |title| longest(title, 6, dropped)),
    ("typo double", |title| longest(title, 6, doubled)),
    ("plural", |title| Some(format!("{title}s"))),
    ("Sr.", |title| Some(format!("Sr. {title}"))),
    ("Jr.", |title| Some(format!("Jr. {title}"))),
    ("Senior", |title| Some(format!("Senior {title}"))),
    ("trainee", |title| Some(format!("{title} (Trainee)"))),
    ("level II", |title| Some(format!("{title} II"))),
    ("level 3", |title| Some(format!("{title} 3"))),
    ("(m/w/d)", |title| Some(format!("{title} (m/w/d)"))),
    ("(all genders)", |title| {
        Some(format!("{title} (all genders)"))
    }),
    ("H/F", |title| Some(format!("{title} H/F"))),
    ("- Remote", |title| Some(format!("{title} - Remote"))),
    ("[Remote]", |title| Some(format!("[Remote] {title}"))),
    ("| City", |title| Some(format!("{title} | Springfield"))),
    ("in Berlin", |title| Some(format!("{title} in Berlin"))),
    ("City, ST", |title| Some(format!("{title} - Boise, ID"))),
    ("@ Company", |title| Some(format!("{title} @ Initech"))),
    ("comma order", |title| {
        title
            .rsplit_once(' ')
            .map(|(rest, head)| format!("{head}, {rest}"))
    }),
    ("upper case", |title| Some(title.to_uppercase())),
    ("lower case", |title| Some(title.to_lowercase())),
    ("abbreviation", abbreviated),
    ("bracketed stack", |title| {
        Some(format!("{title} (Rust, Kafka)"))
    }),
    ("requisition", |title| Some(format!("{title} #48213"))),
    ("REQ-", |title| Some(format!("REQ-10293 {title}"))),
    ("doubled blanks", |title| {
        Some(format!("  {}  ", title.replace(' ', "   ")))
    }),
    ("Full-time", |title| Some(format!("Full-time {title}"))),
    ("contract", |title| Some(format!("{title} - Contract"))),
    ("slash gender", |title| {
        title.ends_with("er").then(|| format!("{title}/in"))
    }),
    ("star gender", |title| {
        title.ends_with("er").then(|| format!("{title}*in"))
    }),
    ("emoji", |title| Some(format!("🚀 {title} 🚀"))),
    ("salary", |title| {
        Some(format!("{title} $85k - $110k per year"))
    }),
    ("hiring", |title| {
        Some(format!("URGENTLY HIRING: {title}!!!"))
    }),
    ("job", |title| Some(format!("{title} job"))),
    ("hyphens", |title| Some(title.replace(' ', "-"))),
];

/// Changes the longest word of a title, if it has so many letters.
fn longest(title: &str, least: usize, change: impl Fn(&str) -> String) -> Option<String> {
    let word = title.split(' ').max_by_key(|word| word.len())?;
    let plain = word.len() >= least && word.chars().all(|c| c.is_ascii_alphabetic());
    plain.then(|| title.replacen(word, &change(word), 1))
}

fn swapped(word: &str) -> String {
    format!("{}{}{}{}", &word[..2], &word[3..4], &word[2..3], &word[4..])
}

fn dropped(word: &str) -> String {
    format!("{}{}", &word[..3], &word[4..])
}

fn doubled(word: &str) -> String {
    format!("{}{}", &word[..4], &word[3..])
}

fn abbreviated(title: &str) -> Option<String> {
    let (rest, head) = title.rsplit_once(' ')?;
    let short = match head {
        "Engineer" => "Eng.",
        "Developer" => "Dev",
        "Manager" => "Mgr",
        "Technician" => "Tech",
        "Specialist" => "Spec.",
        "Coordinator" => "Coord.",
        "Administrator" => "Admin",
        _ => return None,
    };
    Some(format!("{rest} {short}"))
}

/// Texts that name no role.
pub(crate) const NO_ROLES: &[&str] = &[
    "Berlin",
    "New York City",
    "São Paulo, Brazil",
    "Invoice 2024",
    "Invoice #48213",
    "Hello world",
    "Best pizza in town",
    "Table of contents",
    "asdf qwer",
    "qwertyuiop",
    "Lorem ipsum dolor sit amet",
    "The quick brown fox jumps over the lazy dog",
    "Terms and conditions",
    "Privacy policy",
    "Annual report 2023",
    "Meeting notes, Tuesday",
    "Acme Corporation",
    "Smith & Sons Ltd.",
    "Globex Industries GmbH",
    "Margherita pizza",
    "Chicken tikka masala",
    "Chef salad",
    "Chocolate chip cookies",
    "Apple iPhone 15 Pro",
    "Samsung washing machine",
    "Electric guitar strings",
    "Python snake care",
    "Mobile phone cases",
    "Data protection notice",
    "Database error 42",
    "Software update available",
    "Product catalogue",
    "Nurse shark",
    "Nurse costume",
    "Accountant jokes",
    "Plumber salary",
    "Recruiter email template",
    "Electrician's tape",
    "The social network",
    "School holidays",
    "Supply and demand",
    "Web site under construction",
    "How are you today?",
    "Please find attached my resume",
    "1234567890",
    "!!!",
    "",
    "🚀🚀🚀",
    "你好世界",
    "Добро пожаловать",
    "https://example.com/careers",
    "Search engine",
    "Machine washable",
    "Cloud cover",
    "Happy birthday",
];
