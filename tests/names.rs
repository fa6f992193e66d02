//! The words of the source: one word per meaning, verbs for functions, and no dialect that only its authors know.
//!
//! A word that is not ours fails here with what to say instead. The lists are short on purpose: a word gets on them when
//! it was used for several meanings, and a reader could not know which.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Words that stand nowhere: neither in a name, nor in a comment, nor in a message.
const WORDS: [(&str, &str); 5] = [
    ("told", "resolved, reported, parsed, returned"),
    ("tell", "report, show, return"),
    ("tells", "says, shows, reports"),
    ("telling", "reading, version, parsed entry"),
    ("retold", "refreshed"),
];

/// Words that are part of no name.
const WORDS_OF_NAMES: [(&str, &str); 2] = [("sixtieth", "minutes_or_seconds"), ("dress", "dialect")];

/// Names that no type has.
const TYPES: [(&str, &str); 24] = [
    ("About", "PageOptions"),
    ("Again", "Reparsed"),
    ("Archived", "PageSummary"),
    ("Around", "NeighbourTimes"),
    ("Aside", "StdoutBesideProgress"),
    ("Asked", "EntrySource"),
    ("Beside", "AtomicFile"),
    ("Done", "Outcome"),
    ("Expression", "WhereClause"),
    ("Facts", "PageTraits"),
    ("Figure", "ChartSvg"),
    ("Form", "SourceFormat"),
    ("Heads", "PageCache"),
    ("Holder", "EntryElement"),
    ("Meaning", "ZoneMeaning"),
    ("Sense", "ZoneWords"),
    ("Sheet", "TextWriter"),
    ("Shows", "LineRole"),
    ("Slot", "EntryPosition"),
    ("Sort", "Category"),
    ("Step", "CaptureChanges"),
    ("Texts", "Needles"),
    ("Turn", "SortKey"),
    ("Versioned", "OlderVersion"),
];

/// Names that no function has: participles say neither who acts nor on what.
const FUNCTIONS: [(&str, &str); 20] = [
    ("alike", "have_same_offsets"),
    ("end_of_last", "end_of_last_entry"),
    ("finished", "finalize"),
    ("give_ids", "assign_ids"),
    ("half_of_day", "am_or_pm"),
    ("headed", "fill_from_head"),
    ("held_by", "contains_any"),
    ("keep", "store"),
    ("listed", "json_column"),
    ("mixed", "merge_sources"),
    ("noted", "with_saved_metadata"),
    ("of", "new, from_document"),
    ("of_word", "from_json_name"),
    ("own_words", "direct_text"),
    ("parsed", "parse_column"),
    ("settled", "choose_meaning"),
    ("signed", "byline_below_title"),
    ("tail", "classify_footer"),
    ("titled", "find_by_title"),
    ("together", "merge_entries"),
];

/// Names of files that say nothing: a file is named after its type, layout, format or command.
const FILES: [&str; 5] = ["again.rs", "find.rs", "head.rs", "starts.rs", "words.rs"];

/// A piece of source: a name, or the words of a comment or a string.
#[derive(Debug, PartialEq)]
enum Piece {
    Name(String),
    Prose(String),
}

/// The names, comments and strings of a source, each with its line, in their order.
fn pieces(source: &str) -> Vec<(usize, Piece)> {
    let chars: Vec<char> = source.chars().collect();
    let (mut pieces, mut at, mut line) = (vec![], 0, 1);
    while at < chars.len() {
        let (start, rest) = (at, &chars[at..]);
        let starts_with = |text: &str| text.chars().zip(rest.iter()).all(|(a, b)| a == *b) && text.len() <= rest.len();
        let is_prose = if starts_with("//") {
            at += rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
            true
        } else if starts_with("/*") {
            at += rest.windows(2).position(|pair| pair == ['*', '/']).map_or(rest.len(), |end| end + 2);
            true
        } else if let Some(length) = raw_string(rest) {
            at += length;
            true
        } else if rest[0] == '"' {
            at += string(rest);
            true
        } else if rest[0] == '\'' {
            at += character(rest);
            false
        } else if rest[0].is_alphabetic() || rest[0] == '_' {
            at += rest.iter().position(|c| !c.is_alphanumeric() && *c != '_').unwrap_or(rest.len());
            pieces.push((line, Piece::Name(chars[start..at].iter().collect())));
            false
        } else {
            at += 1;
            false
        };
        let text: String = chars[start..at].iter().collect();
        if is_prose {
            pieces.extend(text.lines().enumerate().map(|(n, text)| (line + n, Piece::Prose(text.to_owned()))));
        }
        line += text.matches('\n').count();
    }
    pieces
}

/// The length of `r"…"` or `br#"…"#`, if one begins here.
fn raw_string(rest: &[char]) -> Option<usize> {
    let prefix = rest.iter().take_while(|c| matches!(c, 'b' | 'c' | 'r')).count();
    let hashes = rest[prefix..].iter().take_while(|c| **c == '#').count();
    if prefix == 0 || prefix > 2 || rest[prefix - 1] != 'r' || rest.get(prefix + hashes) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = prefix + hashes + 1;
    let length = rest[body..].windows(end.len()).position(|tail| tail == end)?;
    Some(body + length + end.len())
}

/// The length of `"…"`.
fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The length of `'c'`, or of the quote alone where a lifetime begins.
fn character(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', ..] => rest.iter().skip(3).position(|c| *c == '\'').map_or(1, |end| end + 4),
        ['\'', _, '\'', ..] => 3,
        _ => 1,
    }
}

/// The words of a name: `read_ofAddress2` is `read`, `of`, `address2`.
fn words_of_name(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_is_lower = false;
    for c in name.chars() {
        if c == '_' || c.is_uppercase() && before_is_lower {
            words.push(String::new());
        }
        before_is_lower = c.is_lowercase();
        words.last_mut().unwrap().extend(c.to_lowercase().filter(|c| *c != '_'));
    }
    words.retain(|word| !word.is_empty());
    words
}

fn words_of_prose(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase)
}

fn say(list: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    list.iter().find(|(ours_not, _)| *ours_not == word).map(|(_, say)| *say)
}

/// What is wrong with a source, a line each.
fn faults(source: &str) -> Vec<String> {
    let pieces = pieces(source);
    let mut faults = vec![];
    for (index, (line, piece)) in pieces.iter().enumerate() {
        let mut report = |what: &str, say: &str| faults.push(format!("{line}: {what} (say: {say})"));
        match piece {
            Piece::Prose(text) => {
                for word in words_of_prose(text) {
                    say(&WORDS, &word).into_iter().for_each(|instead| report(&word, instead));
                }
            }
            Piece::Name(name) => {
                for word in words_of_name(name) {
                    let instead = say(&WORDS, &word).or_else(|| say(&WORDS_OF_NAMES, &word));
                    instead.into_iter().for_each(|instead| report(name, instead));
                }
                let before = index.checked_sub(1).map(|before| &pieces[before].1);
                let follows =
                    |keywords: &[&str]| matches!(before, Some(Piece::Name(word)) if keywords.contains(&word.as_str()));
                let list: &[_] = match () {
                    () if follows(&["fn"]) => &FUNCTIONS,
                    () if follows(&["struct", "enum", "trait", "type"]) => &TYPES,
                    () => &[],
                };
                say(list, name).into_iter().for_each(|instead| report(name, instead));
            }
        }
    }
    faults
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
    found.sort();
}

/// The files of `src`, with their paths below it.
fn sources() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![];
    files(&root.join("src"), &mut found);
    let shown = |path: &PathBuf| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    found.into_iter().map(|path| (shown(&path), path)).collect()
}

#[test]
fn names_comments_and_messages_have_no_words_that_are_not_ours() {
    let mut count = BTreeMap::new();
    let mut all = String::new();
    for (shown, path) in sources() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let faults = match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => faults(&text),
            Some("tsv") => vec![],
            _ => faults(&format!("/*{text}*/")),
        };
        faults.iter().for_each(|fault| all += &format!("{shown}:{fault}\n"));
        if !faults.is_empty() {
            count.insert(shown, faults.len());
        }
    }
    assert!(all.is_empty(), "{all}\n{count:#?}");
}

#[test]
fn files_have_names_that_say_what_is_in_them_and_modules_one_style() {
    let all: BTreeSet<String> = sources().into_iter().map(|(shown, _)| shown).collect();
    for file in all.iter().filter(|file| file.ends_with(".rs")) {
        let name = file.rsplit('/').next().unwrap();
        assert!(!FILES.contains(&name), "{file} is named after nothing in it");
        let folder = format!("{}/", file.trim_end_matches(".rs"));
        assert!(!all.iter().any(|other| other.starts_with(&folder)), "{file} is to be {folder}mod.rs");
    }
}

#[test]
fn a_public_type_shares_its_name_with_no_other() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (shown, path) in sources().into_iter().filter(|(shown, _)| shown.ends_with(".rs")) {
        let text = fs::read_to_string(path).unwrap();
        let names: Vec<_> = pieces(&text)
            .into_iter()
            .filter_map(|(_, piece)| if let Piece::Name(name) = piece { Some(name) } else { None })
            .collect();
        for [public, kind, name] in names.windows(3).filter_map(|names| names.first_chunk()) {
            let is_type = ["struct", "enum", "trait"].contains(&kind.as_str()) && name.starts_with(char::is_uppercase);
            if public == "pub" && is_type && name != "Error" {
                places.entry(name.clone()).or_default().push(shown.clone());
            }
        }
    }
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn a_source_is_split_into_names_and_prose() {
    let source = "// Why\nfn read<'a>(c: char) { 'x'; '\\''; r#\"a \"raw\" one\"#; \"b\\\"c\" }";
    let name = |line, text: &str| (line, Piece::Name(text.to_owned()));
    let prose = |line, text: &str| (line, Piece::Prose(text.to_owned()));
    let expected = [
        prose(1, "// Why"),
        name(2, "fn"),
        name(2, "read"),
        name(2, "a"),
        name(2, "c"),
        name(2, "char"),
        prose(2, "r#\"a \"raw\" one\"#"),
        prose(2, "\"b\\\"c\""),
    ];
    assert_eq!(pieces(source), expected);
    assert_eq!(words_of_name("readHTML_ofPage"), ["read", "html", "of", "page"]);
}

#[test]
fn each_kind_of_fault_is_found_where_it_is() {
    let source = "/// What it tells.\nstruct Slot;\nfn of(told_by: Slot) {\n    print(\"as told\");\n    of_page();\n}";
    let faults: Vec<_> = faults(source).iter().map(|fault| fault.split(" (").next().unwrap().to_owned()).collect();
    assert_eq!(faults, ["1: tells", "2: Slot", "3: of", "3: told_by", "4: told"]);
}
