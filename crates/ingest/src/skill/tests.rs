//! Which names are found, and what they do to a draft.

use std::fs;
use std::path::Path;

use domain::limits::ContentLimits;
use domain::role::salary::Origin;
use domain::skill::{Requirement, SkillKind};

use super::{Dictionary, enrich};
use crate::{Format, read_document, write_markdown};

const TABLE: &str = "name\tkind\tmatch\taliases
C\tTECHNOLOGY\tinner\tC language
C++\tTECHNOLOGY\tany\tcpp
C#\tTECHNOLOGY\tany\t
.NET\tTECHNOLOGY\tany\tASP.NET | dotnet
Node.js\tTECHNOLOGY\tany\tNode
R\tTECHNOLOGY\tinner\t
Go\tTECHNOLOGY\tinner\tGolang
SQL\tTECHNOLOGY\tany\t
PL/SQL\tTECHNOLOGY\tany\t
CI/CD\tSKILL\tany\tcontinuous integration
Express\tTECHNOLOGY\texact\t
Excel\tTECHNOLOGY\texact\tMS Excel | =XLS
Python\tTECHNOLOGY\tany\tPython 3
Teamwork\tWORK_STYLE\tany\t";

fn dictionary() -> Dictionary {
    Dictionary::parse(TABLE).unwrap()
}

#[test]
fn names_are_found_as_whole_words() {
    let dictionary = dictionary();
    for (text, wanted) in [
        ("Write C, C++ and C# code", vec!["C", "C++", "C#"]),
        ("Use .NET, ASP.NET and Node.js.", vec![".NET", "Node.js"]),
        ("Work in R&D, go-to-market and Go-to-market", vec![]),
        ("Statistics in R and in Go", vec!["R", "Go"]),
        ("Code in C/C++ (or Go)", vec!["C", "C++", "Go"]),
        ("Go to meetings. R is fine. Use golang", vec!["Go"]),
        ("Run PL/SQL, T-SQL, NoSQL and MySQL", vec!["PL/SQL", "SQL"]),
        ("Build CI/CD pipelines, CI/CD again", vec!["CI/CD"]),
        ("Express ideas and excel at it", vec!["Express"]),
        ("An xls in MS EXCEL; an XLS", vec!["Excel"]),
        ("Python-based tools, python 3.12, Python's", vec!["Python"]),
        ("Pythonic R2 C4 _C_ Nodes", vec![]),
        ("", vec![]),
    ] {
        let found: Vec<&str> = dictionary
            .recognise(text)
            .iter()
            .map(|term| term.name.as_str())
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn tables_that_are_not_dictionaries_name_their_line() {
    for (table, wanted) in [
        ("name\tkind", "line 1 "),
        ("name\tkind\tmatch\taliases\nC\tTECHNOLOGY\tany", "line 2 "),
        ("name\tkind\tmatch\taliases\nC\tTECH\tany\t", "line 2 "),
        (
            "name\tkind\tmatch\taliases\nC\tTOOL\tany\t\nD\tTOOL\tsome\t",
            "line 3 ",
        ),
        ("name\tkind\tmatch\taliases\n\tTOOL\tany\t", "line 2 "),
    ] {
        let error = Dictionary::parse(table).unwrap_err().to_string();
        assert!(error.starts_with(wanted), "{error}");
    }
}

#[test]
fn the_embedded_dictionary_finds_its_own_names() {
    let dictionary = Dictionary::embedded().unwrap();
    assert!(dictionary.terms().len() > 100);
    for term in dictionary.terms() {
        assert_eq!(dictionary.find(&term.name), Some(term));
        let text = format!("Knows {}", term.name);
        assert!(!dictionary.recognise(&text).is_empty(), "{}", term.name);
    }
}

const DOCUMENT: &str = "---
title: Developer
slug: developer
locale: en
category: Software
skills:
  - essential: golang
  - preferred: Juggling
  - optional: Go
---

# Developer

Develops.

## Duties

- Write Python and SQL

## Qualifications

- SQL: joins in Go
";

#[test]
fn stated_skills_come_first_and_recognised_ones_after_them() {
    let limits = ContentLimits::default();
    let document = read_document("x.md", DOCUMENT.as_bytes(), Format::Auto, &limits);
    let mut draft = document.draft.unwrap();
    enrich(&mut draft, &dictionary());
    let skills: Vec<(&str, SkillKind, Requirement, Origin)> = draft
        .skills
        .iter()
        .map(|e| (e.skill.name.as_str(), e.skill.kind, e.requirement, e.origin))
        .collect();
    let parsed = (Requirement::Unspecified, Origin::Parsed);
    assert_eq!(
        skills,
        [
            (
                "Go",
                SkillKind::Technology,
                Requirement::Essential,
                Origin::Stated
            ),
            (
                "Juggling",
                SkillKind::Skill,
                Requirement::Preferred,
                Origin::Stated
            ),
            ("Python", SkillKind::Technology, parsed.0, parsed.1),
            ("SQL", SkillKind::Technology, parsed.0, parsed.1),
        ]
    );
    assert_eq!(draft.duties[0].skills.len(), 2);
    assert_eq!(draft.qualification_groups[0].items[0].skills.len(), 2);
    let enriched = draft.clone();
    enrich(&mut draft, &dictionary());
    assert_eq!(draft, enriched);
    assert!(!write_markdown(&draft).contains("Python\n  -"));
}

#[test]
fn the_demo_catalogue_is_spelled_like_the_dictionary() {
    let dictionary = Dictionary::embedded().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/roles");
    let mut documents = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let limits = ContentLimits::default();
        let document = read_document("x.md", text.as_bytes(), Format::Auto, &limits);
        let mut draft = document.draft.unwrap();
        enrich(&mut draft, &dictionary);
        assert_eq!(write_markdown(&draft), text);
        documents += 1;
    }
    assert!(documents > 0);
}
