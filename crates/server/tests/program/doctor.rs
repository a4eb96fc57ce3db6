//! `rolegraph doctor`

use testkit::{draft, on_both_engines};

use crate::program::Workplace;

on_both_engines! {
    async fn a_good_database_has_no_problems(board) {
        board.store(&draft("chef", "Chef")).await;
        let ended = Workplace::new().run(&["doctor", "--database-url", board.url()]);
        assert_eq!(ended.code, 0, "{}", ended.output);
        let has = |words: &[&str]| ended.output.lines().any(|line| {
            line.split_whitespace().collect::<Vec<_>>().join(" ") == words.join(" ")
        });
        assert!(has(&["version", env!("CARGO_PKG_VERSION")]), "{}", ended.output);
        assert!(ended.output.contains(&format!("{} ", board.engine())), "{}", ended.output);
        assert!(has(&["rows of role", "1"]), "{}", ended.output);
        assert!(has(&["integrity", "good"]), "{}", ended.output);
        assert!(ended.output.ends_with("\nno problems found\n"), "{}", ended.output);
    }

    async fn a_schema_that_is_not_up_to_date_is_a_problem(board) {
        let place = Workplace::new();
        place.run(&["migrate", "down", "--database-url", board.url()]);
        let ended = place.run(&["doctor", "--database-url", board.url()]);
        assert_eq!(ended.code, 1);
        assert!(ended.output.contains("run `rolegraph migrate up`"), "{}", ended.output);
    }
}

#[test]
fn the_doctor_creates_no_database() {
    let place = Workplace::new();
    let ended = place.run(&["doctor", "--database-url", "sqlite://none.db"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.output.contains("none.db does not exist yet"),
        "{}",
        ended.output
    );
    assert!(!place.path("none.db").exists());
}

#[test]
fn the_compile_flags_of_sqlite_are_the_ones_we_want() {
    let place = Workplace::new();
    place.run(&["migrate", "up"]);
    let output = place.run(&["doctor"]).output;
    let flags = output
        .lines()
        .find(|line| line.starts_with("compiled with"))
        .unwrap();
    assert!(flags.contains("DEFAULT_MEMSTATUS=0"), "{flags}");
    assert!(!flags.contains("ENABLE_MEMORY_MANAGEMENT"), "{flags}");
}
