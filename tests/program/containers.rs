//! Pages as browsers save them in one file, and compressed ones.

use crate::packed::{Container, gzip};
use crate::session::{Ended, FLOOD, Home, STORM, failed, printed, printed_and_said};

const TUNNEL: &str = include_str!("../../fixtures/bbc-html/tunnel.html");

const SUMMARY: &str = "4 entries, 19 June 2023 12:19–14:27 BST, 2 authors, 1 image, 0 doubts";

fn pack(container: Container) -> Vec<u8> {
    container.pack(TUNNEL.as_bytes())
}

#[test]
fn what_browsers_save_is_stored_and_named_after_its_file() {
    for (file, container) in [
        ("tunnel.mhtml", Container::Mhtml),
        ("tunnel.mht", Container::Mht),
        ("tunnel.webarchive", Container::WebArchive),
        ("tunnel.html.gz", Container::Gzip),
        ("tunnel.html.zst", Container::Zstandard),
        ("tunnel.mhtml.gz", Container::GzippedMhtml),
        ("tunnel.txt", Container::Mhtml),
    ] {
        let home = Home::new().file(file, pack(container));
        let kept = format!("tunnel: {SUMMARY}\nkept in {}\n", home.archive());
        assert_eq!(home.run(&format!("parse {file}")), printed(&kept), "{file}");
        assert_eq!(home.run("rebuild"), printed_and_said("", "re-parsed 1 live blog; 0 changed\n"));
        let stored_before = kept.replace("doubts\n", "doubts; kept before\n");
        assert_eq!(home.run(&format!("parse {file}")), printed(&stored_before), "{file}");
    }
}

#[test]
fn the_address_and_the_time_of_the_capture_are_those_of_the_file_unless_the_user_gives_others() {
    let home = Home::new().file("tunnel.mhtml", pack(Container::Mhtml));
    let known = |ended: Ended| {
        let json: serde_json::Value = serde_json::from_str(&ended.printed).unwrap();
        ["url", "captured"].map(|key| json[key].as_str().unwrap_or("null").to_owned())
    };
    let from_file = ["https://news.example/live/harbour", "2023-06-19T14:30:05Z"];
    assert_eq!(known(home.run("parse tunnel.mhtml --json")), from_file);
    let said = ["https://other.example/live", "2023-06-19T16:00:00Z"];
    let options = "--url https://other.example/live --captured 2023-06-19T16:00:00Z";
    assert_eq!(known(home.run(&format!("parse tunnel.mhtml --json --no-save {options}"))), said);
}

#[test]
fn standard_input_is_recognised_by_its_content() {
    let home = Home::new();
    for container in Container::ALL {
        let output = home.command().args(["filter", "-", "--count"]).write_stdin(pack(container)).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "4\n", "{container:?}");
    }
}

#[test]
fn a_compressed_file_of_json_lines_is_all_its_live_blogs() {
    let home = Home::new().file("all.jsonl.gz", gzip(format!("{FLOOD}{STORM}").as_bytes()));
    let words = "1 warning in 1 page; -v prints them\n";
    let json = home.run("parse all.jsonl.gz --no-save --json");
    assert_eq!(json, printed_and_said(&format!("{FLOOD}{STORM}"), words));
    assert_eq!(home.run("parse all.jsonl.gz").code, 0);
    assert_eq!(home.run("filter --count"), printed("5\n"));
}

#[test]
fn a_text_that_a_browser_saved_in_one_file_is_a_text() {
    let text =
        "1. Gate closedpublished at 14:27 British Summer Time 19 June 2023\n\n    It is shut.\n\n    • For now\n";
    let shown = format!("<html><head></head><body><pre style=\"white-space: pre-wrap;\">{text}</pre></body></html>");
    let home = Home::new().file("gate.txt", text).file("gate.webarchive", Container::WebArchive.pack(shown.as_bytes()));
    let entries = home.run("filter gate.txt");
    assert_eq!(entries.code, 0);
    assert_eq!(home.run("filter gate.webarchive --jsonl --fields title,body").code, 0);
    let fields = "--jsonl --fields published,title,text";
    assert_eq!(home.run(&format!("filter gate.webarchive {fields}")), home.run(&format!("filter gate.txt {fields}")));
}

#[test]
fn what_is_cut_off_is_refused_or_reported() {
    let cut = |container, length: usize| pack(container)[..length].to_vec();
    let mhtml = pack(Container::Mhtml);
    let in_last_entry = mhtml.windows(8).rposition(|bytes| bytes == b"</article").unwrap_or(mhtml.len() / 3 * 2);
    let home = Home::new()
        .file("page.html.gz", cut(Container::Gzip, 900))
        .file("page.html.zst", cut(Container::Zstandard, 900))
        .file("page.webarchive", cut(Container::WebArchive, 900))
        .file("page.mhtml", cut(Container::Mhtml, in_last_entry));
    for (name, what, next_step) in [
        (
            "page.html.gz",
            "a file compressed by gzip, but it is cut off before its end",
            "copy or download it once more, or read what is left: gzip -dc FILE | liveblog parse -",
        ),
        (
            "page.html.zst",
            "a file compressed by zstd, but it is cut off before its end",
            "copy or download it once more, or read what is left: zstd -dc FILE | liveblog parse -",
        ),
        (
            "page.webarchive",
            "a Safari web archive, but it is damaged",
            "open it in Safari, and save the page as \"Page Source\"",
        ),
    ] {
        assert_eq!(
            home.run(&format!("parse {name}")),
            failed(&format!("error: {name}: this is {what}\n  {next_step}\n"))
        );
    }
    let ended = home.run("parse page.mhtml -v --no-save");
    assert_eq!(
        ended.said,
        "page.mhtml: page-cut-off: the file is cut off within the page; what comes after is missing\n"
    );
    assert_eq!(ended.code, 0);
}

#[test]
fn a_small_file_that_is_large_unpacked_is_refused() {
    let home = Home::new().file("spaces.gz", gzip(&vec![b' '; 3 << 20]));
    let refused = "error: spaces.gz: larger than 2 MB, the most that is read of one input\n  \
                   --max-input SIZE reads larger ones\n";
    for command in ["parse", "filter", "parse --explain"] {
        assert_eq!(home.run(&format!("{command} spaces.gz --max-input 2M")), failed(refused));
    }
}

#[test]
fn a_page_that_lost_its_scripts_is_explained() {
    let home = Home::new().file("page.mhtml", Container::Mhtml.pack(b"<!doctype html><p>A page of scripts.</p>"));
    let words = "error: page.mhtml: no live-blog entries found\n  \
                 looked for lines such as \"Title published at 14:27 British Summer Time 19 June 2023\",\n  \
                 for a \"Live Reporting\" list, and for schema.org LiveBlogPosting data (JSON-LD or microdata)\n  \
                 a page saved as a single file lacks its scripts, in which many publishers put the entries; \
                 save it as \"Webpage, HTML Only\"\n";
    assert_eq!(home.run("parse page.mhtml"), failed(words));
}
