//! Tables of which a byte is lost, added or changed.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::folder::Folder;

const TABLES: [&str; 6] = [
    "Occupation Data",
    "Task Statements",
    "Alternate Titles",
    "Skills",
    "Related Occupations",
    "Education, Training, and Experience",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_row_is_lost_without_a_word(
        table in select(&TABLES[..]),
        at in any::<Index>(),
        byte in prop_oneof![any::<u8>(), select(&b"\t\n\r\"0\0 "[..])],
        how in 0_u8..3,
    ) {
        let folder = Folder::sheets();
        let (before, _findings) = folder.check();
        let rows: u64 = before.tables.iter().map(|counts| counts.accepted).sum();
        let name = format!("{table}.tsv");
        let mut bytes = folder.text_of(&name).into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => {
                bytes.remove(at);
            }
        }
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let Ok(release) = folder.open() else {
            return Ok(());
        };
        let mut findings = Vec::new();
        let after = release.check(&mut findings).unwrap();
        for counts in &after.tables {
            prop_assert_eq!(counts.rows, counts.accepted + counts.rejected);
        }
        let accepted: u64 = after.tables.iter().map(|counts| counts.accepted).sum();
        prop_assert!(accepted == rows || after.errors > 0, "{:?}", findings);
    }
}
