//! Rows of a table in any order.

use proptest::prelude::*;

use super::folder::{Folder, lines};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_of_rows_gives_the_same_occupations(
        owners in prop::collection::vec(0_usize..4, 0..30),
    ) {
        let folder = Folder::sheets();
        let codes = ["11-0001.00", "11-0001.01", "12-0002.00", "99-9999.99"];
        let mut wanted = vec![Vec::new(); codes.len()];
        let mut rows = "O*NET-SOC Code|Example|Commodity Code|Commodity Title\n".to_owned();
        for (at, owner) in owners.iter().enumerate() {
            rows += codes[*owner];
            rows += &["|Tool ", &at.to_string(), "|41110002|Sieves\n"].concat();
            wanted[*owner].push(format!("Tool {at}"));
        }
        folder.put("Tools Used.tsv", &lines(&rows, "\n"));
        let unknown = wanted.pop().unwrap();
        let found: Vec<Vec<String>> = folder
            .profiles()
            .into_iter()
            .map(|profile| profile.tools.into_iter().map(|tool| tool.example).collect())
            .collect();
        prop_assert_eq!(found, wanted);
        let (report, _findings) = folder.check();
        prop_assert_eq!(report.errors, u64::try_from(unknown.len()).unwrap());
    }
}
