//! Settings, wrong usage and what `--help` says.

use crate::program::Workplace;

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let place = Workplace::new();
    place.write(
        "rolegraph.toml",
        "database-url = \"sqlite://file.db\"\nlog = \"error\"\n",
    );
    let doctor = |arguments: &[&str], variable: Option<&str>| {
        let mut command = place.command(&["doctor"]);
        command.args(arguments);
        command.envs(variable.map(|value| ("ROLEGRAPH_DATABASE_URL", value)));
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let url = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("database-url"));
        line.unwrap().split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(url(&doctor(&[], None)), "sqlite://file.db");
    let environment = Some("sqlite://environment.db");
    assert_eq!(url(&doctor(&[], environment)), "sqlite://environment.db");
    let flag = ["--database-url", "sqlite://flag.db"];
    assert_eq!(url(&doctor(&flag, environment)), "sqlite://flag.db");
}

#[test]
fn an_unknown_key_of_the_settings_file_is_exit_code_78() {
    let place = Workplace::new();
    place.write("my.toml", "demo = false\nlisten-on = 80\n");
    let ended = place.run(&["serve", "--config", "my.toml"]);
    assert_eq!(ended.code, 78);
    assert_eq!(
        ended.errors,
        "rolegraph: the settings cannot be used: my.toml, line 2: unknown key `listen-on`: \
         `rolegraph doctor` shows all keys\n"
    );
}

#[test]
fn a_settings_file_that_is_not_there_is_exit_code_78() {
    let ended = Workplace::new().run(&["doctor", "--config", "nowhere.toml"]);
    assert_eq!(ended.code, 78);
    assert!(
        ended.errors.contains("cannot read nowhere.toml"),
        "{}",
        ended.errors
    );
}

#[test]
fn a_log_filter_that_cannot_be_read_is_exit_code_78() {
    let ended = Workplace::new().run(&["doctor", "--log", "server=loud"]);
    assert_eq!(ended.code, 78);
    assert!(
        ended.errors.contains("log filter \"server=loud\""),
        "{}",
        ended.errors
    );
}

#[test]
fn an_unusable_database_is_exit_code_78_and_one_line() {
    let place = Workplace::new();
    place.write(
        "text.db",
        "this is no database, but it is long enough to be mistaken for one".repeat(20),
    );
    for (url, problem) in [
        ("mysql://x/y", "expected sqlite://PATH"),
        (
            "sqlite://nowhere/x.db",
            "the folder of the file does not exist",
        ),
        ("sqlite://text.db", "text.db"),
    ] {
        let ended = place.run(&["export", "chef", "--database-url", url]);
        assert_eq!(ended.code, 78, "{url}: {}", ended.errors);
        assert!(ended.errors.contains(problem), "{url}: {}", ended.errors);
        assert_eq!(ended.errors.lines().count(), 1, "{}", ended.errors);
    }
}

#[test]
fn the_doctor_shows_every_setting_with_the_value_in_force() {
    let place = Workplace::new();
    place.write(
        "rolegraph.toml",
        "limit-tokens = 2000\nkeep-alive = \"300ms\"\n",
    );
    let mut command = place.command(&["doctor", "--limit-depth", "9"]);
    command.env("ROLEGRAPH_COST_LIMIT", "77");
    let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
    for (name, value) in [
        ("limit-tokens", "2000"),
        ("keep-alive", "300ms"),
        ("limit-depth", "9"),
        ("cost-limit", "77"),
        ("limit-aliases", "30"),
        ("body-bytes", "64KiB"),
        ("trusted-proxy", "none"),
    ] {
        let shown = output
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name));
        let shown = shown.unwrap_or_else(|| panic!("{name}: {output}"));
        assert_eq!(shown.split_whitespace().nth(1), Some(value), "{name}");
    }
}

#[test]
fn help_shows_the_default_of_every_limit() {
    let ended = Workplace::new().run(&["serve", "--help"]);
    for shown in [
        "[default: 1000]",
        "[default: 64KiB]",
        "[default: audit]",
        "[default: none]",
    ] {
        assert!(ended.output.contains(shown), "{shown}: {}", ended.output);
    }
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let place = Workplace::new();
    let usages: [&[&str]; 6] = [
        &["sreve"],
        &["import"],
        &["serve", "--listen", "nowhere"],
        &["import", "x", "--format", "pdf"],
        &["export"],
        &["export", "chef", "plumber"],
    ];
    for arguments in usages {
        let ended = place.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(
            !ended.errors.is_empty() && ended.output.is_empty(),
            "{ended:?}"
        );
    }
}

#[test]
fn help_shows_the_variable_beside_the_flag() {
    let ended = Workplace::new().run(&["serve", "--help"]);
    assert_eq!(ended.code, 0);
    for name in [
        "ROLEGRAPH_LISTEN",
        "ROLEGRAPH_NO_DEMO",
        "ROLEGRAPH_DATABASE_URL",
        "ROLEGRAPH_LOG",
    ] {
        assert!(ended.output.contains(name), "{name}: {}", ended.output);
    }
}

#[test]
fn help_does_not_show_the_password_of_the_database() {
    let place = Workplace::new();
    let mut command = place.command(&["--help"]);
    command.env("ROLEGRAPH_DATABASE_URL", "postgres://me:secret@db/x");
    let output = command.output().unwrap();
    assert!(!String::from_utf8(output.stdout).unwrap().contains("secret"));
}

#[test]
fn completions_name_every_command() {
    let ended = Workplace::new().run(&["completions", "bash"]);
    assert_eq!(ended.code, 0);
    for command in [
        "serve",
        "import",
        "export",
        "documents",
        "schema",
        "migrate",
        "doctor",
    ] {
        assert!(ended.output.contains(command), "{command}");
    }
}
