//! The groups of the Standard Occupational Classification of 2018 that occupations belong to.

use dataset::onet::OnetCode;
use domain::category::CategoryPath;

/// Major and minor groups: the code, a blank, the name. The classification is in the public domain.
const GROUPS: &str = include_str!("soc.txt");

/// The major and the minor group of an occupation, as far as the classification has them.
pub(super) fn path(code: OnetCode) -> Option<CategoryPath> {
    let code = code.as_str();
    // Minor groups are numbered by hundreds where a major group has many, else by thousands.
    let major = name(code.get(..2)?, "-0000");
    let minor = name(code.get(..5)?, "00").or_else(|| name(code.get(..4)?, "000"));
    CategoryPath::new(major.into_iter().chain(minor).map(str::to_owned).collect())
}

/// The name of the group whose code begins and ends like this.
fn name(prefix: &str, zeros: &str) -> Option<&'static str> {
    let mut groups = GROUPS.lines();
    groups.find_map(|group| {
        let rest = group.strip_prefix(prefix)?.strip_prefix(zeros)?;
        rest.strip_prefix(' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(code: &str) -> Vec<String> {
        let path = path(OnetCode::parse(code).unwrap());
        path.map(|path| path.names().to_vec()).unwrap_or_default()
    }

    #[test]
    fn occupations_stand_in_a_minor_group_of_a_major_one() {
        assert_eq!(
            names("15-1252.00"),
            [
                "Computer and Mathematical Occupations",
                "Computer Occupations"
            ]
        );
        assert_eq!(
            names("11-1011.03"),
            ["Management Occupations", "Top Executives"]
        );
        assert_eq!(
            names("31-1131.00").last().unwrap(),
            "Home Health and Personal Care Aides; and Nursing Assistants, Orderlies, and \
             Psychiatric Aides"
        );
        assert_eq!(names("55-3019.00").len(), 2);
    }

    #[test]
    fn a_code_of_no_group_has_no_category() {
        assert!(names("99-1011.00").is_empty());
    }

    #[test]
    fn every_group_is_a_line_with_a_code_and_a_name() {
        let mut codes: Vec<&str> = Vec::new();
        for line in GROUPS.lines() {
            let (code, name) = line.split_once(' ').unwrap();
            assert!(code.len() == 7 && !name.is_empty(), "{line}");
            codes.push(code);
        }
        assert!(codes.is_sorted());
        assert_eq!(codes.len(), 121);
    }
}
