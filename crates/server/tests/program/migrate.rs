//! `rolegraph migrate`

use testkit::on_both_engines;

use crate::program::Workplace;

fn migrate(url: &str, arguments: &[&str]) -> (i32, Vec<String>) {
    let mut all = vec!["migrate", "--database-url", url];
    all.extend(arguments);
    let ended = Workplace::new().run(&all);
    let lines = ended.output.lines().map(str::to_owned).collect();
    (ended.code, lines)
}

on_both_engines! {
    async fn migrations_go_down_and_up_again(board) {
        let (code, status) = migrate(board.url(), &["status"]);
        assert_eq!(code, 0);
        assert!(status.iter().all(|line| line.starts_with("applied  m")), "{status:?}");

        let (_, down) = migrate(board.url(), &["down"]);
        let news = |lines: &[String], words: &str| lines.iter().filter(|line| line.ends_with(words)).count();
        assert_eq!(news(&down, "(taken back)"), 1);
        assert!(down.last().unwrap().ends_with("(taken back)"), "{down:?}");

        let (_, all) = migrate(board.url(), &["down", "--all"]);
        assert!(all.iter().all(|line| line.starts_with("missing  m")), "{all:?}");

        let (_, up) = migrate(board.url(), &["up"]);
        assert_eq!(news(&up, "(just now)"), up.len());
        let (_, again) = migrate(board.url(), &["up"]);
        assert_eq!(news(&again, "(just now)"), 0);
    }
}
