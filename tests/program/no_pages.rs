//! Files that are no live pages: each is refused by what it is, or printed but not stored.

use crate::session::{Ended, Home, STORM, failed, printed};

/// A page saved in one file of which only an image is left.
const MHTML: &str = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"x\"\r\n\r\n\
    --x\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n--x--\r\n";

const RTF: &str = "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2709\n{\\fonttbl\\f0\\fswiss Helvetica;}\n\
    1. Gate closedpublished at 14:27 British Summer Time 19 June 2023\\\n\\\nIt is shut.}";

/// A page without a time, of whose one entry both the beginning and the letters are guessed.
const ODD: &[u8] = b"Live Reporting\n\nBy Ada Harbour\n\nAll times stated are UK\n\nCaf\xe9 closed\n\nIt is shut.\n";

fn refused(name: &str, what: &str, next_step: &str) -> Ended {
    failed(&format!("error: {name}: this is {what}, not a page of text or HTML\n  {next_step}\n"))
}

#[test]
fn what_a_browser_or_a_text_editor_packed_a_page_into() {
    let home =
        Home::new().file("edit.rtf", RTF).file("print.pdf", "%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n");
    for (name, what, next_step) in [
        (
            "edit.rtf",
            "a rich text document (RTF)",
            "open it, and save it as plain text (in TextEdit: Format, Make Plain Text)",
        ),
        ("print.pdf", "a PDF document", "open the live page in a browser, and save it as HTML or text"),
    ] {
        for command in ["parse", "parse --no-save --json", "parse --explain", "filter", "timeline"] {
            assert_eq!(home.run(&format!("{command} {name}")), refused(name, what, next_step), "{command}");
        }
    }
    assert!(!home.path("data").exists(), "nothing is stored");
    assert_eq!(
        home.run("parse ."),
        failed(
            "error: .: no live pages in this directory\n  \
             2 files are in it, none with live-blog entries; parse one of them alone to see why\n"
        )
    );
}

#[test]
fn documents_archives_and_compressed_files() {
    let zip = |name: &str, content: &str| {
        let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        let length = u8::try_from(content.len()).unwrap();
        bytes.extend([length, 0, 0, 0, length, 0, 0, 0, u8::try_from(name.len()).unwrap(), 0, 0, 0]);
        [&bytes, name.as_bytes(), content.as_bytes()].concat()
    };
    let home = Home::new()
        .file("page.docx", zip("word/document.xml", "<w:document/>"))
        .file("page.odt", zip("mimetype", "application/vnd.oasis.opendocument.text"))
        .file("page.epub", zip("mimetype", "application/epub+zip"))
        .file("pages.zip", zip("flood.html", "<p>"))
        .file("page.html.bz2", b"BZh91AY&SY\x19\x31\x65\x3d\0\0")
        .file("page.html.xz", b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46")
        .file("entries.parquet", b"PAR1\x15\x04\x15\0\x02\0PAR1")
        .file("small.jpg", b"\xff\xd8\xff\xe0 a small image without a zero \xff\xd9")
        .file("small.gif", b"GIF89a!!!!!!")
        .file("small.webp", b"RIFF!!!!WEBPVP8 !!!!");
    let unpack = "unpack it, and give the saved pages that are in it";
    let save = "open the live page in a browser, and save it as HTML or text";
    for (name, what, next_step) in [
        ("page.docx", "a word processor document", "open it, and save it as plain text"),
        ("page.odt", "a word processor document", "open it, and save it as plain text"),
        ("page.epub", "an e-book", save),
        ("pages.zip", "a ZIP archive", unpack),
        ("page.html.bz2", "a file compressed by bzip2", "decompress it first: bzip2 -dc FILE | liveblog parse -"),
        ("page.html.xz", "a file compressed by xz", "decompress it first: xz -dc FILE | liveblog parse -"),
        (
            "entries.parquet",
            "a Parquet file",
            "if liveblog wrote it, with all columns, filter, timeline and count read it as a file",
        ),
        ("small.jpg", "an image", save),
        ("small.gif", "an image", save),
        ("small.webp", "an image", save),
    ] {
        assert_eq!(home.run(&format!("parse {name}")), refused(name, what, next_step));
    }
}

#[test]
fn what_liveblog_writes_itself_but_does_not_read() {
    let home = Home::with_pages();
    assert_eq!(home.run("parse storm.json --archive archive.db").code, 0);
    assert_eq!(home.run("filter storm.json -o storm.parquet").code, 0);
    assert_eq!(
        home.run("filter archive.db"),
        refused(
            "archive.db",
            "an SQLite database",
            "if it is an archive of liveblog, ask it: liveblog filter --archive FILE"
        )
    );
    assert_eq!(
        home.run("parse storm.parquet"),
        refused(
            "storm.parquet",
            "a Parquet file",
            "if liveblog wrote it, with all columns, filter, timeline and count read it as a file"
        )
    );
}

#[test]
fn on_standard_input_it_is_refused_as_well() {
    assert_eq!(
        Home::new().pipe(RTF, "parse"),
        refused(
            "-",
            "a rich text document (RTF)",
            "open it, and save it as plain text (in TextEdit: Format, Make Plain Text)"
        )
    );
}

#[test]
fn in_a_directory_it_is_skipped_and_named_on_request() {
    let home = Home::new().file("in/storm.json", STORM).file("in/edit.rtf", RTF).file("in/chrome.mhtml", MHTML);
    let skipped = "in: 2 files skipped, no live pages\n";
    let ended = home.run("parse in --no-save --json");
    assert_eq!(ended, Ended { said: skipped.to_owned(), ..printed(STORM) });
    let ended = home.run("parse in --no-save --json -v");
    let named = "skipped in/chrome.mhtml: this is a web page saved as a single file (MHTML), without a page of HTML in it\n\
                 skipped in/edit.rtf: this is a rich text document (RTF), not a page of text or HTML\n";
    assert_eq!(ended, Ended { said: format!("{named}{skipped}"), ..printed(STORM) });
}

#[test]
fn a_page_with_more_doubts_than_entries_and_no_time_is_printed_but_not_stored() {
    let words = "error: odd.txt: not stored: no entry has a time, and there are more doubts (2) than entries (1), \
                 so it is probably not a live page\n  \
                 if it is one, store it with --layout bbc-live-reporting\n";
    let warnings = "2 warnings in 1 page; -v prints them\n";
    let summary = "odd: 1 entry, without times, 0 authors, 0 images, 2 doubts";

    let home = Home::new().file("odd.txt", ODD);
    let ended = home.run("parse odd.txt");
    let line = summary.replace("odd:", "odd.txt:") + "\n";
    assert_eq!(ended, Ended { code: 1, printed: line, said: format!("{words}{warnings}") });
    assert_eq!(home.files(), ["odd.txt"], "no archive is made for it");

    let json = home.run("parse odd.txt --json");
    assert_eq!((json.code, json.said), (1, format!("{words}{warnings}")));
    let unsaved = home.run("parse odd.txt --json --no-save");
    assert_eq!(unsaved, Ended { said: warnings.to_owned(), ..printed(&json.printed) });

    let given = home.run("parse odd.txt --layout bbc-live-reporting");
    let kept = format!("{summary}\nkept in {}\n", home.archive());
    assert_eq!(given, Ended { said: warnings.to_owned(), ..printed(&kept) });
}

#[test]
fn the_pages_beside_it_are_stored() {
    let home = Home::new().file("in/a.txt", ODD).file("in/storm.json", STORM).file("in/z.txt", ODD);
    let ended = home.run("parse in");
    let summary = |name: &str| format!("{name}: 1 entry, without times, 0 authors, 0 images, 2 doubts\n");
    let storm = "storm: 2 entries, 19 June 2023 12:30 BST, 1 author, 0 images, 0 doubts\n";
    let total = "in all: 3 pages, 4 entries, 1 author, 0 images, 4 doubts\n";
    let kept = format!("{total}kept in {}\n", home.archive());
    assert_eq!(ended.code, 1);
    assert_eq!(ended.printed, summary("in/a.txt") + storm + &summary("in/z.txt") + &kept);
    assert_eq!(home.run("filter --count"), printed("2\n"));
}

#[cfg(unix)]
#[test]
fn a_line_end_in_the_name_of_a_file_forges_no_message() {
    let (odd, good) = ("in/a\nkept in x.txt", "in/b\nerror: none.json");
    let home = Home::new().file(odd, RTF).file(good, STORM).file("c\nd.txt", "Milk").file("e\nf.txt", ODD);
    let ended = home.run("parse in -v");
    let said = "skipped in/a\\nkept in x.txt: this is a rich text document (RTF), not a page of text or HTML\n\
                in: 1 file skipped, no live pages\n";
    let line = "b\\nerror: none: 2 entries, 19 June 2023 12:30 BST, 1 author, 0 images, 0 doubts\n";
    let kept = format!("{line}kept in {}\n", home.archive());
    assert_eq!(ended, Ended { said: said.to_owned(), ..printed(&kept) });
    let listed = home.run("pages");
    assert!(listed.printed.starts_with("b\\nerror: none: 2 entries, "), "{listed:?}");
    let ended = home.run_each(["parse", "c\nd.txt"]);
    assert!(ended.said.starts_with("error: c\\nd.txt: no live-blog entries found\n  "), "{ended:?}");
    let ended = home.run_each(["parse", "e\nf.txt", "-v", "--no-save"]);
    assert_eq!(ended.printed, "e\\nf.txt: 1 entry, without times, 0 authors, 0 images, 2 doubts\n");
    assert!(ended.said.lines().all(|line| line.starts_with("e\\nf.txt:")), "{ended:?}");
    let ended = home.run_each(["parse", "no\nwhere"]);
    assert!(ended.said.starts_with("error: no\\nwhere: no such file or directory\n  "), "{ended:?}");
}
