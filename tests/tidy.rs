//! Rules of the code base that no compiler and no lint checks.

use std::path::Path;

use crate::workspace::{files, read, sources};

/// The names that a manifest lists as dependencies, those for tests left out.
fn dependencies(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = read(manifest).parse().unwrap();
    let section = |name: &str| manifest.get(name).and_then(toml::Value::as_table);
    let tables = ["dependencies", "build-dependencies"].map(section);
    let names = tables.into_iter().flatten().flat_map(toml::Table::keys);
    names.cloned().collect()
}

/// Every manifest of a member of the workspace; whatever begins a workspace of its own is none.
fn manifests() -> Vec<String> {
    let manifests = files(".")
        .into_iter()
        .filter(|file| file.ends_with("Cargo.toml"));
    let paths = manifests.map(|file| file.display().to_string());
    let begins_workspace = |file: &String| read(file).lines().any(|line| line == "[workspace]");
    paths.filter(|file| !begins_workspace(file)).collect()
}

/// The manifests that name one of these crates.
fn who_depends_on(crates: &[&str]) -> Vec<String> {
    let mut members = manifests();
    members.retain(|member| {
        let names = dependencies(member);
        names.iter().any(|name| crates.contains(&name.as_str()))
    });
    members
}

/// What is wrong with each file, by a function that names the problems of one.
fn problems(of_one: impl Fn(&Path, &str) -> Vec<String>) -> Vec<String> {
    let found = sources().into_iter().flat_map(|(file, text)| {
        let problems = of_one(&file, &text);
        problems
            .into_iter()
            .map(move |problem| format!("{}: {problem}", file.display()))
    });
    found.collect()
}

/// The lines of a text that contain one of the words.
fn lines_with(text: &str, words: &[String]) -> Vec<String> {
    let lines = text.lines().enumerate();
    let hits = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    hits.map(|(number, line)| format!("line {}: {}", number + 1, line.trim()))
        .collect()
}

/// Forbidden words are written in two parts, so that this file does not contain them.
fn joined(words: &[[&str; 2]]) -> Vec<String> {
    words.iter().map(|parts| parts.concat()).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn only_persistence_and_migration_know_the_orm() {
    let orm = ["sea-orm", "sea-orm-migration"];
    assert_eq!(
        who_depends_on(&orm),
        ["crates/persistence/Cargo.toml", "migration/Cargo.toml"]
    );
}

#[test]
fn only_the_gateway_knows_graphql_and_http() {
    let graphql = ["async-graphql"];
    assert_eq!(who_depends_on(&graphql), ["crates/gateway/Cargo.toml"]);
    let http = ["actix-web", "actix-rt", "actix-http"];
    let floor = "bench/floor/Cargo.toml"; // what the gateway is measured against
    assert_eq!(who_depends_on(&http), [floor, "crates/gateway/Cargo.toml"]);
}

#[test]
fn the_domain_is_made_of_plain_values() {
    let allowed = [
        "base64",
        "chrono",
        "ipnet",
        "sha2",
        "thiserror",
        "unicode-normalization",
        "uuid",
    ];
    let mut names = dependencies("crates/domain/Cargo.toml");
    names.retain(|name| !allowed.contains(&name.as_str()));
    assert_eq!(names, NOTHING);
}

#[test]
fn dependencies_point_one_way() {
    let line = [
        "domain",
        "persistence",
        "app",
        "ingest",
        "gateway",
        "server",
    ];
    for (place, name) in line.iter().enumerate() {
        let above = &line[place + 1..];
        let mut names = dependencies(&format!("crates/{name}/Cargo.toml"));
        names.retain(|dependency| above.contains(&dependency.as_str()));
        assert_eq!(names, NOTHING, "{name} depends on what stands above it");
    }
}

#[test]
fn versions_stand_in_the_workspace_manifest() {
    for manifest in manifests() {
        let text = read(&manifest);
        let own = text.lines().filter(|line| {
            let names_version = line.contains(" = \"") && line.starts_with(char::is_alphabetic);
            let names_package = ["name", "path", "default-run"]
                .iter()
                .any(|key| line.starts_with(key));
            names_version && !names_package
        });
        assert_eq!(own.collect::<Vec<_>>(), NOTHING, "{manifest}");
    }
}

#[test]
fn every_source_file_says_what_it_is() {
    let silent = problems(|_, text| {
        let said = text.starts_with("//! ");
        (!said)
            .then(|| "the first line does not begin with //!".to_owned())
            .into_iter()
            .collect()
    });
    assert_eq!(silent, NOTHING);
}

#[test]
fn source_files_can_be_read_in_one_go() {
    let long = problems(|_, text| {
        let lines = text.lines().count();
        (lines > 500)
            .then(|| format!("{lines} lines"))
            .into_iter()
            .collect()
    });
    assert_eq!(long, NOTHING);
}

#[test]
fn nothing_is_left_undone() {
    let words = joined(&[
        ["todo", "!("],
        ["unimplemented", "!("],
        ["dbg", "!("],
        ["#[ign", "ore"],
        ["#[should", "_panic"],
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X:"],
    ]);
    let undone = problems(|_, text| lines_with(text, &words));
    assert_eq!(undone, NOTHING);
}

#[test]
fn resolvers_cannot_send_the_text_of_an_error() {
    let words = joined(&[["async_graphql::", "Result"], ["async_graphql::", "Error"]]);
    let leaks = problems(|file, text| {
        if file.starts_with("crates/gateway/src/schema") {
            lines_with(text, &words)
        } else {
            Vec::new()
        }
    });
    assert_eq!(leaks, NOTHING);
}

#[test]
fn tests_do_not_wait_for_time_to_pass() {
    let words = joined(&[["thread::", "sleep"], ["time::", "sleep"]]);
    let waiting = problems(|file, text| {
        let in_tests = file.components().any(|part| part.as_os_str() == "tests");
        if in_tests {
            lines_with(text, &words)
        } else {
            Vec::new()
        }
    });
    assert_eq!(waiting, NOTHING);
}

#[test]
fn every_migration_is_listed() {
    let library = read("migration/src/lib.rs");
    let files = files("migration/src").into_iter();
    let names = files.filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()));
    let migrations: Vec<String> = names.filter(|name| name.starts_with("m2")).collect();
    assert!(!migrations.is_empty());
    for name in migrations {
        assert!(
            library.contains(&format!("Box::new({name}::Migration)")),
            "{name}"
        );
    }
}

#[test]
fn no_file_names_the_place_where_packages_come_from() {
    let words = joined(&[
        ["static.crates", ".io"],
        ["index.crates", ".io"],
        ["registry.npm", "js.org"],
        ["deb.debian", ".org"],
        ["registry.", "yarnpkg.com"],
    ]);
    let texts = [
        "rs", "toml", "md", "sh", "mjs", "json", "yaml", "yml", "run",
    ];
    let mut named = Vec::new();
    for file in files(".") {
        let name = file
            .extension()
            .or(file.file_name())
            .and_then(|name| name.to_str());
        if name.is_some_and(|name| texts.contains(&name)) {
            let lines = lines_with(&read(&file), &words);
            named.extend(
                lines
                    .iter()
                    .map(|line| format!("{}, {line}", file.display())),
            );
        }
    }
    assert_eq!(named, NOTHING);
}
