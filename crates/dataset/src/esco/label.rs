//! What concepts are called.

use domain::Locale;

/// The languages whose labels hold both genders in one cell.
const GENDERED: [&str; 1] = ["fr"];

/// The names of a concept in one language; blanks around them are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The name that is shown, both genders in it where the language has them.
    pub preferred: String,
    /// Other names, without a repeat of the preferred one.
    pub alternates: Vec<String>,
    /// Names to be found by and not to be shown.
    pub hidden: Vec<String>,
    /// The preferred name in each gender, where the cell holds both; else empty.
    pub gendered: Vec<String>,
}

impl Labels {
    /// Reads the cells of a concept in a language; `between` stands between two labels of a cell.
    pub(super) fn of(
        [preferred, alternates, hidden]: [&str; 3],
        between: &str,
        locale: &Locale,
    ) -> Self {
        let preferred = preferred.trim();
        let mut alternates = list(alternates, between);
        alternates.retain(|label| label != preferred);
        let language = locale.as_str().split('-').next().unwrap_or_default();
        let genders = GENDERED.contains(&language).then(|| genders(preferred));
        Self {
            preferred: preferred.to_owned(),
            alternates,
            hidden: list(hidden, between),
            gendered: genders.flatten().map_or_else(Vec::new, Vec::from),
        }
    }
}

/// What stands between the labels of a cell.
pub(super) const LINES: &str = "\n";
/// What stands between them in collections.
pub(super) const BARS: &str = " | ";

/// The parts of a cell; blanks around them do not count, nor do parts without text.
fn list(cell: &str, between: &str) -> Vec<String> {
    let parts = cell.split(between).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// The parts of a cell with URIs, which are separated by comma and line feed.
pub(super) fn uris(cell: &str) -> Vec<String> {
    let parts = cell.split([',', '\n', '\r', '|']).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// The halves of a label that holds both genders.
///
/// The slash in its middle parts them (`a/b pour c/d` has three). Both begin alike, which a label
/// such as `import/export` does not.
fn genders(label: &str) -> Option<[String; 2]> {
    let slashes: Vec<usize> = label.match_indices('/').map(|(at, _slash)| at).collect();
    if slashes.len().is_multiple_of(2) {
        return None;
    }
    let (first, second) = label.split_at_checked(*slashes.get(slashes.len() / 2)?)?;
    let (first, second) = (first.trim(), second.strip_prefix('/')?.trim());
    let start = |half: &str| -> String {
        let letters = half.chars().take(2);
        letters.flat_map(char::to_lowercase).collect()
    };
    let is_alike = first.chars().count() > 1 && start(first) == start(second);
    is_alike.then(|| [first.to_owned(), second.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french(label: &str) -> Vec<String> {
        Labels::of([label, "", ""], LINES, &Locale::parse("fr").unwrap()).gendered
    }

    #[test]
    fn french_labels_hold_both_genders() {
        assert_eq!(french("souffleur/souffleuse"), ["souffleur", "souffleuse"]);
        let nested = "guide pour ville/mer/guide pour ville/mer";
        assert_eq!(french(nested), ["guide pour ville/mer"; 2]);
        for none in ["responsable import/export", "gardien", "a/b/c", "/", ""] {
            assert_eq!(french(none), Vec::<String>::new(), "{none}");
        }
        let english = Labels::of(["actor/actress", "", ""], LINES, &Locale::english());
        assert_eq!(english.gendered, Vec::<String>::new());
    }

    #[test]
    fn lists_are_cut_and_trimmed() {
        let english = Locale::english();
        let lines = " rain herder\r\n fog | mist herder\n\nrain herder\ndrizzle herder ";
        let labels = Labels::of([" rain herder", lines, ""], LINES, &english);
        assert_eq!(labels.preferred, "rain herder");
        assert_eq!(labels.alternates, ["fog | mist herder", "drizzle herder"]);
        let labels = Labels::of(["a", "b | c, d", ""], BARS, &english);
        assert_eq!(labels.alternates, ["b", "c, d"]);
        assert_eq!(uris("http://a,\nhttp://b"), ["http://a", "http://b"]);
        assert_eq!(uris("http://a | http://b"), ["http://a", "http://b"]);
    }
}
