//! What fragments show, and what they never contain.

use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn strings(texts: &str) -> BTreeSet<String> {
    texts.split_whitespace().map(str::to_owned).collect()
}

/// A marker of plain words.
fn words(texts: &str) -> Marker {
    let words = strings(texts);
    Marker::new(Sought {
        words,
        ..Sought::default()
    })
}

/// The only fragment of a text, where there is room for all of it.
fn whole(marker: &Marker, text: &str) -> String {
    let fragments = marker.fragments(text, 3, 1000);
    assert_eq!(fragments.len(), 1, "{text}");
    fragments.concat()
}

fn without_marks(fragment: &str) -> String {
    fragment.replace("<mark>", "").replace("</mark>", "")
}

/// The text that a browser shows for a fragment.
fn shown(fragment: &str) -> String {
    let escaped = without_marks(fragment);
    let mut parts = escaped.split("&#");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap();
        text.push(char::from_u32(number.parse().unwrap()).unwrap());
        text.push_str(rest);
    }
    text
}

#[test]
fn words_names_prefixes_and_phrases_are_marked() {
    let phrase = vec!["data".to_owned(), "science".to_owned()];
    let marker = Marker::new(Sought {
        words: strings("resume"),
        names: strings("c++ node.js"),
        prefixes: strings("eng"),
        phrases: BTreeSet::from([phrase, Vec::new()]),
    });
    for (text, marked) in [
        ("Résumé!", "<mark>Résumé</mark>!"),
        (
            "C, C++ and Node.js.",
            "C, <mark>C++</mark> and <mark>Node.js</mark>.",
        ),
        (
            "an English engine",
            "an <mark>English</mark> <mark>engine</mark>",
        ),
        (
            "science, data  Science",
            "science, <mark>data Science</mark>",
        ),
        (
            "a resume-engine",
            "a <mark>resume</mark>-<mark>engine</mark>",
        ),
    ] {
        assert_eq!(whole(&marker, text), marked);
        assert!(marker.finds(text));
    }
    for text in ["", "data and science", "resumes", "c node js"] {
        assert!(!marker.finds(text), "{text}");
        assert!(marker.fragments(text, 3, 100).is_empty());
    }
}

#[test]
fn places_that_overlap_are_one_mark() {
    let marker = Marker::new(Sought {
        words: strings("node web"),
        names: strings("node.js"),
        prefixes: strings("n"),
        phrases: BTreeSet::from([vec!["js".to_owned(), "web".to_owned()]]),
    });
    assert_eq!(
        whole(&marker, "A Node.js web app"),
        "A <mark>Node.js web</mark> app"
    );
}

#[test]
fn nothing_is_found_by_what_is_empty() {
    let marker = Marker::new(Sought {
        words: BTreeSet::from([String::new()]),
        names: BTreeSet::from([String::new()]),
        prefixes: BTreeSet::from([String::new()]),
        phrases: BTreeSet::from([Vec::new()]),
    });
    assert!(!marker.finds("any words"));
}

#[test]
fn fragments_are_cut_between_words() {
    let text = "The quick brown fox jumps over the lazy dog and runs away.";
    let cut = |words_: &str, chars| words(words_).fragments(text, 1, chars).concat();
    assert_eq!(cut("fox", 22), "…brown <mark>fox</mark> jumps over…");
    assert_eq!(cut("the", 14), "<mark>The</mark> quick…");
    assert_eq!(cut("away", 13), "…runs <mark>away</mark>.");
    assert_eq!(cut("fox", 3), "…<mark>fox</mark>…");
    assert_eq!(cut("jumps", 4), "…<mark>jump</mark>…");
    assert_eq!(cut("fox", 0), "");
}

#[test]
fn words_are_cut_from_what_they_are_joined_to() {
    let marker = words("engineer");
    assert_eq!(
        marker.fragments("administrator/engineer(junior)/apprentice", 1, 18),
        ["…/<mark>engineer</mark>(junior)/…"]
    );
    assert_eq!(
        marker.fragments("e\u{301}\u{301}\u{301} \u{301}engineer\u{301}", 1, 9),
        ["…<mark>engineer\u{301}</mark>"]
    );
}

#[test]
fn fragments_show_the_most_different_words_in_the_order_of_the_text() {
    let text = "one one one. Filler filler filler. two one three. Filler filler filler. four five.";
    let marker = words("one two three four");
    assert_eq!(
        marker.fragments(text, 2, 16),
        [
            "…<mark>two</mark> <mark>one</mark> <mark>three</mark>.…",
            "…<mark>four</mark> five."
        ]
    );
    assert_eq!(
        marker.fragments(text, 9, 16),
        [
            "<mark>one</mark> <mark>one</mark> <mark>one</mark>.…",
            "…<mark>two</mark> <mark>one</mark> <mark>three</mark>.…",
            "…<mark>four</mark> five."
        ]
    );
    assert!(marker.fragments(text, 0, 16).is_empty());
}

#[test]
fn very_long_words_are_cut_at_last() {
    let text = format!("{} end", "ä\u{308}".repeat(500));
    let marker = Marker::new(Sought {
        prefixes: strings("a"),
        ..Sought::default()
    });
    let expected = format!("<mark>{}</mark>…", "ä\u{308}".repeat(10));
    assert_eq!(marker.fragments(&text, 1, 21), [expected]);
    let marks = format!("a{}", "\u{301}".repeat(50));
    assert_eq!(
        marker.fragments(&marks, 1, 5),
        ["<mark>a\u{301}\u{301}\u{301}\u{301}</mark>…"]
    );
}

#[test]
fn prose_stays_readable() {
    let text = "Duties: plan (and don't forget) CI/CD, e.g. front-end; C#, C++ & 24/7 - 50%!";
    assert_eq!(
        whole(&words("plan"), text),
        text.replace("plan", "<mark>plan</mark>")
            .replace('&', "&#38;")
    );
}

#[test]
fn what_has_a_meaning_is_written_as_a_number() {
    for (text, marked) in [
        ("<b>x</mark>", "&#60;b&#62;<mark>x</mark>&#60;/mark&#62;"),
        ("&lt;x&#60;", "&#38;lt;<mark>x</mark>&#38;&#35;60;"),
        ("![a](b) x", "!&#91;a&#93;(b) <mark>x</mark>"),
        ("- x", "&#45; <mark>x</mark>"),
        ("12. x 3.", "12&#46; <mark>x</mark> 3."),
        ("12) x (3)", "12&#41; <mark>x</mark> (3)"),
        ("# x #1 C# C#a", "&#35; <mark>x</mark> &#35;1 C# C&#35;a"),
        (
            "x: http://a WWW.b",
            "<mark>x</mark>: http&#58;//a WWW&#46;b",
        ),
        (": x :+1:", "&#58; <mark>x</mark> &#58;+1:"),
        (
            "x@a.b ~~*_`|\\",
            "<mark>x</mark>&#64;a.b &#126;&#126;&#42;&#95;&#96;&#124;&#92;",
        ),
        (
            "x=\"$5\" {^a}",
            "<mark>x</mark>&#61;&#34;&#36;5&#34; &#123;&#94;a&#125;",
        ),
        ("a\0\r\n\u{202e}x\u{2069}\tb", "a <mark>x</mark> b"),
    ] {
        assert_eq!(whole(&words("x"), text), marked);
    }
}

/// What Markdown makes of a text, without its paragraph: the plain text, and inline HTML by itself.
fn rendered(markdown: &str) -> Result<(String, String), TestCaseError> {
    let mut options = Options::all();
    options.remove(Options::ENABLE_SMART_PUNCTUATION);
    let (mut text, mut html) = (String::new(), String::new());
    let mut paragraphs = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::InlineHtml(tag) => html.push_str(&tag),
            Event::Start(Tag::Paragraph) => paragraphs += 1,
            Event::End(TagEnd::Paragraph) => {}
            other => return Err(TestCaseError::fail(format!("{other:?} in {markdown:?}"))),
        }
    }
    prop_assert_eq!(paragraphs, 1);
    Ok((text, html))
}

/// Texts in which everything that has a meaning somewhere occurs often.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["one", "two", "Three", "C++", ".NET", "ONE", "on\u{301}e"]),
        4 => prop::sample::select(vec![" ", " ", "\n", "\n\n", "    ", "\t", "\0", "\r"]),
        4 => prop::sample::select(vec![
            "<", ">", "&", "\"", "'", "\\", "`", "```", "*", "**", "_", "{", "}", "[", "]", "(", ")",
            "#", "+", "-", "---", ".", "!", "|", "~~", "=", "===", ":", "@", "/", "$", "$$", "^", "%",
        ]),
        4 => prop::sample::select(vec![
            "- ", "1. ", "2) ", "# ", "> ", "+ ", "* ", "[x] ", "</mark>", "<mark>", "<script>", "<!--",
            "-->", "&lt;", "&#60;", "&copy;", "![a](b)", "[a]: b", "[^1]", "[^1]: ", "http://a.b",
            "www.a.b", "a@b.c", "<a@b.c>", "|-|-|", "| a |", "|:-:|", ": ", "[!NOTE]", "{#a}", "[[a]]",
        ]),
        1 => prop::sample::select(vec!["\u{202e}", "\u{2066}", "\u{200d}", "\u{301}", "👩\u{200d}🔬", "工程师"]),
    ];
    let piece =
        prop_oneof![9 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn everything() -> Marker {
    Marker::new(Sought {
        words: strings("one two a"),
        names: strings("c++ .net"),
        prefixes: strings("thr 1"),
        phrases: BTreeSet::from([vec!["one".to_owned(), "two".to_owned()]]),
    })
}

fn is_safe_html(fragment: &str) -> Result<(), TestCaseError> {
    let mut rest = fragment;
    while let Some((text, marked)) = rest.split_once("<mark>") {
        let (found, others) = marked.split_once("</mark>").unwrap();
        for part in [text, found] {
            prop_assert!(!part.contains(['<', '>']), "{}", fragment);
        }
        prop_assert!(!found.is_empty());
        rest = others;
    }
    prop_assert!(!rest.contains(['<', '>']), "{}", fragment);
    prop_assert!(!fragment.contains(char::is_control));
    prop_assert_eq!(
        fragment.matches('&').count(),
        fragment.matches("&#").count()
    );
    Ok(())
}

/// A fragment without the dots for what is left out; the text may have some itself.
fn undotted(fragment: &str, line: &str) -> String {
    let text = shown(fragment);
    let start = text.strip_prefix('…').unwrap_or(&text);
    let both = start.strip_suffix('…').unwrap_or(start);
    let end = text.strip_suffix('…').unwrap_or(&text);
    let texts = [text.as_str(), start, end, both].into_iter();
    let mut parts = texts.filter(|text| line.contains(text));
    parts.next().unwrap_or_default().to_owned()
}

proptest! {
    #[test]
    fn fragments_are_safe_in_html(text in texts(), most in 0_usize..5, chars in 0_usize..60) {
        for fragment in everything().fragments(&text, most, chars) {
            is_safe_html(&fragment)?;
        }
    }

    #[test]
    fn fragments_mean_their_text_in_markdown(text in texts(), most in 0_usize..5, chars in 0_usize..60) {
        for fragment in everything().fragments(&text, most, chars) {
            let (text, html) = rendered(&fragment)?;
            prop_assert_eq!(text, shown(&fragment));
            prop_assert_eq!(html.replace("<mark></mark>", ""), "");
        }
    }

    #[test]
    fn fragments_are_pieces_of_their_text(text in texts(), most in 0_usize..5, chars in 0_usize..60) {
        let marker = everything();
        let fragments = marker.fragments(&text, most, chars);
        prop_assert!(fragments.len() <= most);
        prop_assert_eq!(!fragments.is_empty(), marker.finds(&text) && most > 0 && chars > 0);
        let line = line::of(&text);
        let mut rest = line.as_str();
        for fragment in fragments {
            let piece = undotted(&fragment, &line);
            prop_assert!(!piece.is_empty(), "{} of {}", fragment, line);
            prop_assert!(piece.chars().count() <= chars);
            let at = rest.find(&piece);
            prop_assert!(at.is_some(), "{} in {}", piece, rest);
            rest = rest.get(at.unwrap() + piece.len()..).unwrap();
        }
    }

    #[test]
    fn marks_hold_what_is_looked_for(text in "[a-c ,.\\-/]{0,60}", chars in 3_usize..40) {
        for fragment in words("a abc bb").fragments(&text, 3, chars) {
            for marked in fragment.split("<mark>").skip(1) {
                let (found, _) = marked.split_once("</mark>").unwrap();
                prop_assert!(["a", "abc", "bb"].contains(&found), "{}", fragment);
            }
        }
    }

    #[test]
    fn enough_room_shows_all(text in texts()) {
        let fragments = everything().fragments(&text, 3, usize::MAX);
        let shown: Vec<String> = fragments.iter().map(|fragment| shown(fragment)).collect();
        let expected = if everything().finds(&text) { vec![line::of(&text)] } else { Vec::new() };
        prop_assert_eq!(shown, expected);
    }
}
