//! Fragments are safe, whatever texts roles have.

use ::search::request::SearchParts;
use domain::role::{RoleDraft, RoleTitle, Section, SectionKind, TextFormat, TitleKind};
use testkit::{draft, on_both_engines};

use super::{find_all, store_all};

/// Texts that want to be more than texts, with a word to find them by.
const HOSTILE: [&str; 18] = [
    "<script>alert('wrench')</script>",
    "wrench</mark><mark>wrench",
    "<mark>wrench</mark> <mark wrench",
    "&lt;wrench&gt; &#60;wrench&#62; &amp;wrench;",
    "[wrench](javascript:alert(1)) ![wrench](//host/wrench.png)",
    "[wrench]: https://host/ \"wrench\"",
    "| wrench | wrench |\n|---|---|\n| wrench | x |",
    "`wrench` ```wrench``` ~~wrench~~ **wrench** __wrench__",
    "# wrench\n\n> wrench\n\n- wrench\n+ wrench\n1. wrench\n\n---\nwrench\n===",
    "<img src=x onerror=wrench()> <a href='wrench'>wrench</a>",
    "https://wrench.example/wrench?wrench=<wrench> www.wrench.example wrench@wrench.example",
    "\u{202e}wrench\u{202c} \u{2066}wrench\u{2069} \u{200f}wrench",
    "wr\u{301}ench wren\u{301}ch wrench\u{301} \u{301}wrench",
    "wrench\u{1}\u{7}\u{b}\u{1b}[31mwrench\u{7f}\u{85}\u{2028}wrench",
    "<!-- wrench --> <![CDATA[wrench]]> <?wrench?>",
    "${wrench} {{wrench}} $wrench$ \\wrench \\<wrench\\>",
    "\"wrench\" 'wrench' \u{feff}wrench wrench=wrench",
    "<wrench><wrench><wrench><wrench><wrench><wrench><wrench><wrench><wrench><wrench>",
];

fn role(number: usize, text: &str) -> RoleDraft {
    let mut role = draft(&format!("hostile-{number}"), &text.replace('\n', " "));
    role.summary = Some(text.to_owned());
    role.titles = vec![RoleTitle::new(
        format!("x {}", text.replace('\n', " ")),
        TitleKind::Alternate,
    )];
    text.clone_into(&mut role.duties[0].text);
    text.clone_into(&mut role.qualification_groups[0].items[0].text);
    text.clone_into(&mut role.faqs[0].question);
    text.clone_into(&mut role.faqs[0].answer);
    role.sections = vec![Section {
        kind: SectionKind::Custom,
        heading: "Tools".to_owned(),
        body: text.repeat(40),
        format: TextFormat::Markdown,
    }];
    role
}

/// What a fragment would do apart from showing a text; nothing when it is safe.
fn harm(fragment: &str) -> Option<String> {
    let mut inside = false;
    let mut parts = fragment.split('<');
    if parts.next().is_some_and(|before| before.contains('>')) {
        return Some("a sign of HTML at the start".to_owned());
    }
    for part in parts {
        let Some((mark, _)) = part.split_once('>').filter(|(_, text)| !text.contains('>')) else {
            return Some(format!("a sign of HTML before {part:?}"));
        };
        if mark != if inside { "/mark" } else { "mark" } {
            return Some(format!("{mark:?} in the wrong place"));
        }
        inside = !inside;
    }
    if inside {
        return Some("a mark without an end".to_owned());
    }
    let text = fragment.replace("<mark>", "").replace("</mark>", "");
    let mut ampersands = text.split('&').skip(1);
    let reference = |behind: &str| {
        let number = behind
            .strip_prefix('#')
            .and_then(|rest| rest.split_once(';'));
        number.is_some_and(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if !ampersands.all(reference) {
        return Some("an ampersand that is no reference".to_owned());
    }
    let sign = |c: char| {
        matches!(
            c,
            '[' | ']' | '`' | '*' | '_' | '|' | '~' | '\\' | '{' | '}' | '"' | '$' | '@'
        ) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
            || c.is_control()
    };
    text.contains(sign)
        .then(|| "a sign with a meaning".to_owned())
}

on_both_engines! {
    async fn fragments_of_hostile_texts_are_safe(board) {
        let numbered = HOSTILE.iter().enumerate();
        let roles: Vec<RoleDraft> = numbered.map(|(number, text)| role(number, text)).collect();
        store_all(&board, &roles).await;
        let parts = SearchParts { highlights: true, ..SearchParts::default() };
        let texts = [
            "wrench", "wren*", "\"wrench wrench\"", "mark OR script OR img", "alert* lt* amp*",
            "wrnch", "x", "javascript OR https", "31mwrench OR wrench", "</mark> wrench",
        ];
        let mut shown = 0;
        for text in texts {
            let found = find_all(&board, text, &parts).await;
            for edge in &found.hits.edges {
                for highlight in edge.node.highlights.get().unwrap() {
                    for fragment in &highlight.fragments {
                        shown += 1;
                        let place = (text, &edge.node.role.role.slug, highlight.part);
                        assert_eq!(harm(fragment), None, "{place:?}: {fragment}");
                        assert!(fragment.contains("<mark>"), "{place:?}: {fragment}");
                    }
                }
            }
        }
        assert!(shown > 500, "{shown} fragments");
    }
}
