//! Crawls: WARC and WET, compressed or not, whole and damaged.

use std::fmt::Write as _;

use crate::packed::gzip;
use crate::session::{Ended, Home, printed, printed_and_said};

/// An ordinary page.
const ARTICLE: &str = "The harbour\n\nThe crane was moved at noon. Nobody saw it.\n";

/// A live page of one entry.
fn page(number: usize) -> String {
    format!(
        "  1. Crane {number} movespublished at 14:27 British Summer Time 19 June 2023\n\n    It was moved at noon, by \
         {number} metres.\n"
    )
}

/// A record of a crawl.
struct Record {
    kind: &'static str,
    url: String,
    date: &'static str,
    content_type: &'static str,
    /// Lines that only some records have.
    more: String,
    length: Option<usize>,
    body: Vec<u8>,
}

fn conversion(number: usize, body: &str) -> Record {
    Record {
        kind: "conversion",
        url: format!("https://pages.example/{number}"),
        date: "2023-06-19T15:00:00Z",
        content_type: "text/plain",
        more: String::new(),
        length: None,
        body: body.into(),
    }
}

fn response(number: usize, head: &str, body: &[u8]) -> Record {
    let body = [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n\r\n", body].concat();
    Record { kind: "response", content_type: "application/http; msgtype=response", body, ..conversion(number, "") }
}

impl Record {
    fn bytes(&self) -> Vec<u8> {
        let Record { kind, url, date, content_type, more, length, body } = self;
        let length = length.unwrap_or(body.len());
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Type: \
             {content_type}\r\n{more}Content-Length: {length}\r\n\r\n"
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    }
}

/// The records of a file: what it says of itself, and pages of which every third is live.
fn records(count: usize) -> Vec<Vec<u8>> {
    let info = Record { kind: "warcinfo", content_type: "application/warc-fields", ..conversion(0, "software: x\r\n") };
    let body = |number: usize| if number.is_multiple_of(3) { page(number) } else { ARTICLE.to_owned() };
    let pages = (0..count).map(|number| conversion(number, &body(number)).bytes());
    [info.bytes()].into_iter().chain(pages).collect()
}

fn gzipped(records: &[Vec<u8>]) -> Vec<Vec<u8>> {
    records.iter().map(|record| gzip(record)).collect()
}

/// Runs `parse` on a file, and lists the address and the time of capture of each live page.
fn parse(bytes: &[u8], options: &str) -> Ended {
    let home = Home::new().file("crawl.warc", bytes);
    let ended = home.run(format!("parse crawl.warc --no-save --json {options}").trim_end());
    let mut printed = String::new();
    for page in serde_json::Deserializer::from_str(&ended.printed).into_iter::<serde_json::Value>() {
        let page = page.unwrap();
        let title = page["entries"][0]["title"].as_str().unwrap();
        let known = ["url", "captured"].map(|key| page[key].as_str().unwrap_or("null").to_owned());
        writeln!(printed, "{title} | {}", known.join(" | ")).unwrap();
    }
    Ended { printed, ..ended }
}

fn lines(numbers: impl IntoIterator<Item = usize>) -> String {
    let line = |number| format!("Crane {number} moves | https://pages.example/{number} | 2023-06-19T15:00:00Z\n");
    numbers.into_iter().map(line).collect()
}

const SKIPPED: &str = "crawl.warc: 6 records skipped, no live pages\n";

#[test]
fn the_live_pages_of_a_crawl_are_read_with_address_and_time_however_it_is_compressed() {
    let records = records(9);
    let expected = printed_and_said(&lines([0, 3, 6]), SKIPPED);
    assert_eq!(parse(&records.concat(), ""), expected, "plain");
    assert_eq!(parse(&gzipped(&records).concat(), ""), expected, "a member each");
    assert_eq!(parse(&gzip(&records.concat()), ""), expected, "one member");
    let frames: Vec<_> = records.iter().map(|record| zstd::encode_all(&record[..], 0).unwrap()).collect();
    assert_eq!(parse(&frames.concat(), ""), expected, "a frame each");
    assert_eq!(parse(&zstd::encode_all(&records.concat()[..], 0).unwrap(), ""), expected, "one frame");
}

#[test]
fn a_run_that_writes_a_file_is_quiet_about_what_is_no_live_page() {
    let home = Home::new().file("crawl.warc", records(9).concat());
    assert_eq!(home.run("parse --no-save crawl.warc -o pages.jsonl"), printed(""));
    assert_eq!(home.read("pages.jsonl").lines().count(), 3);
    assert!(home.run("parse --no-save crawl.warc -v -o pages.jsonl").said.ends_with(SKIPPED));
}

#[test]
fn standard_input_and_directories_are_read_as_well() {
    let home = Home::new().file("crawls/one.warc.gz", gzipped(&records(9)).concat()).file("crawls/notes.txt", ARTICLE);
    let said = "crawls: 1 file and 6 records skipped, no live pages\n";
    assert_eq!(home.run("filter crawls --count"), printed_and_said("3\n", said));
    let output = home.command().args(["filter", "-", "--count"]).write_stdin(records(9).concat()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "3\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "-: 6 records skipped, no live pages\n");
}

#[test]
fn what_a_server_sent_is_decoded() {
    let html = format!("<html><body><pre>{}\n    The caf\u{e9} is closed.</pre></body></html>", page(1));
    let latin: Vec<u8> = html.chars().map(|c| c as u8).collect();
    let chunks: Vec<u8> = latin
        .chunks(50)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .chain(*b"0\r\n\r\n")
        .collect();
    let deflated = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, &latin).unwrap();
        encoder.finish().unwrap()
    };
    let type_ = "Content-Type: text/html; charset=iso-8859-1";
    for (head, body) in [
        ("", latin.clone()),
        ("\r\nTransfer-Encoding: chunked", chunks.clone()),
        // What many crawlers leave in the head although they have undone it.
        ("\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", latin.clone()),
        ("\r\nContent-Encoding: br", latin.clone()),
        ("\r\nContent-Encoding: gzip", gzip(&latin)),
        ("\r\nContent-Encoding: deflate", deflated),
        ("\r\ncontent-encoding: zstd", zstd::encode_all(&latin[..], 0).unwrap()),
    ] {
        let record = response(1, &format!("{type_}{head}"), &body).bytes();
        assert_eq!(parse(&record, ""), printed_and_said(&lines([1]), ""), "{head}");
        let home = Home::new().file("crawl.warc", record);
        assert!(home.run("parse crawl.warc --no-save --json").printed.contains("The caf\u{e9} is closed."), "{head}");
    }
}

#[test]
fn what_cannot_be_decoded_is_named_and_the_rest_is_read() {
    let record = response(1, "Content-Type: text/html\r\nContent-Encoding: lzma2", b"\x01\x02\xff\xfe");
    let bytes = [record.bytes(), conversion(3, &page(3)).bytes()].concat();
    let said = "warning: crawl.warc#0: the page is encoded as \"lzma2\", which is not read\n";
    assert_eq!(parse(&bytes, ""), printed_and_said(&lines([3]), said));
    let cut = response(1, "Content-Type: text/html\r\nContent-Encoding: gzip", &gzip(ARTICLE.as_bytes())[..30]);
    let said = "warning: crawl.warc#0: the compressed page in this record is cut off\n";
    assert_eq!(parse(&[cut.bytes(), conversion(3, &page(3)).bytes()].concat(), "").said, said);
}

#[test]
fn records_of_other_kinds_are_passed_over() {
    let other = |kind| Record { kind, ..conversion(1, &page(1)) };
    let kinds = ["request", "revisit", "metadata", "continuation", "warcinfo"].map(|kind| other(kind).bytes());
    let bytes = [kinds.concat(), Record { kind: "resource", ..conversion(3, &page(3)) }.bytes()].concat();
    assert_eq!(parse(&bytes, ""), printed_and_said(&lines([3]), ""));
}

#[test]
fn an_address_that_is_none_and_a_date_that_cannot_be_read_are_doubts() {
    let record = Record { url: "quay".to_owned(), date: "yesterday", ..conversion(1, &page(1)) };
    let home = Home::new().file("crawl.warc", record.bytes());
    let ended = home.run("filter crawl.warc --count -v");
    let said = "crawl.warc#0: address-unread: “quay” is no address of a page\n\
                crawl.warc#0: time-unread: “yesterday” is no time at which a page was saved\n";
    assert_eq!(ended, printed_and_said("1\n", said));
    let truncated = Record { more: "WARC-Truncated: length\r\n".to_owned(), ..conversion(1, &page(1)) };
    let said = "crawl.warc#0: page-cut-off: the file is cut off within the page; what comes after is missing\n";
    let home = Home::new().file("crawl.warc", truncated.bytes());
    assert_eq!(home.run("filter crawl.warc --count -v"), printed_and_said("1\n", said));
}

#[test]
fn a_damaged_member_costs_no_other_and_is_named() {
    let mut members = gzipped(&records(9));
    let offset: usize = members[..4].iter().map(Vec::len).sum();
    members[4][20..40].fill(0);
    let next = offset + members[4].len();
    let said = format!(
        "warning: crawl.warc#{offset}: the compressed part that begins here is damaged, and is left out; the next one \
         begins at byte {next}\n{SKIPPED}"
    );
    let ended = parse(&members.concat(), "");
    assert_eq!(ended, printed_and_said(&lines([0, 6]), &said));
    let strict = parse(&members.concat(), "--strict");
    assert_eq!((strict.code, strict.printed), (1, ended.printed));
    assert!(strict.said.starts_with(&format!("error: crawl.warc#{offset}: ")), "{}", strict.said);
}

#[test]
fn a_file_that_is_cut_off_is_read_up_to_there() {
    let members = gzipped(&records(9));
    let whole = members.concat();
    let offset: usize = members[..9].iter().map(Vec::len).sum();
    let said = format!(
        "warning: crawl.warc#{offset}: the file is cut off within the compressed part that begins here; nothing behind it \
         is read\ncrawl.warc: 5 records skipped, no live pages\n"
    );
    assert_eq!(parse(&whole[..whole.len() - 30], ""), printed_and_said(&lines([0, 3, 6]), &said));
    let plain = records(7).concat();
    let ended = parse(&plain[..plain.len() - 30], "");
    assert_eq!(ended.printed, lines([0, 3]));
    assert!(ended.said.contains("the record is cut off, and is left out"), "{}", ended.said);
}

#[test]
fn a_record_with_a_wrong_length_costs_no_other() {
    let wrong = |length| {
        let mut records = records(9);
        let offset: usize = records[..4].iter().map(Vec::len).sum();
        records[4] = Record { length: Some(length), ..conversion(3, &page(3)) }.bytes();
        (records, offset)
    };
    for length in [0, 10, page(3).len() - 6, page(3).len() + 6, 2_000, 1 << 20, 100 << 20, usize::MAX] {
        let (records, offset) = wrong(length);
        let said =
            format!("warning: crawl.warc#{offset}: the record is not as long as it says, and is left out\n{SKIPPED}");
        assert_eq!(parse(&records.concat(), ""), printed_and_said(&lines([0, 6]), &said), "{length}");
        let ended = parse(&gzipped(&records).concat(), "");
        assert_eq!((ended.code, ended.printed), (0, lines([0, 6])), "{length}");
        assert!(ended.said.contains("the record is not as long as it says"), "{length} {}", ended.said);
    }
}

#[test]
fn a_record_that_is_too_large_is_named_and_passed_over() {
    let mut records = records(6);
    records.insert(2, conversion(9, &ARTICLE.repeat(20)).bytes());
    let offset: usize = records[..2].iter().map(Vec::len).sum();
    let said = format!(
        "warning: crawl.warc#{offset}: larger than 1000 bytes, the most that is read of one input\n  --max-input SIZE reads \
         larger ones\ncrawl.warc: 4 records skipped, no live pages\n"
    );
    assert_eq!(parse(&records.concat(), "--max-input 1000"), printed_and_said(&lines([0, 3]), &said));
    let members = gzipped(&records);
    let ended = parse(&members.concat(), "--max-input 1000");
    assert_eq!((ended.code, ended.printed), (0, lines([0, 3])));
    let bomb = [&members[..2], &[gzip(&conversion(9, &"0".repeat(1 << 20)).bytes())], &members[3..]].concat().concat();
    let ended = parse(&bomb, "--max-input 1000 --max-ratio 100");
    assert_eq!((ended.code, ended.printed), (0, lines([0, 3])));
    assert!(ended.said.contains("far larger than its compressed bytes"), "{}", ended.said);
}

#[test]
fn records_that_are_no_live_pages_are_errors_where_live_pages_are_required() {
    let bytes = [conversion(1, ARTICLE).bytes(), conversion(3, &page(3)).bytes()].concat();
    let ended = parse(&bytes, "--require");
    assert_eq!((ended.code, ended.printed), (1, lines([3])));
    assert!(ended.said.starts_with("error: crawl.warc#0: no live-blog entries found\n"), "{}", ended.said);
    let said = "skipped crawl.warc#0: no live-blog entries found\ncrawl.warc: 1 record skipped, no live pages\n";
    assert_eq!(parse(&bytes, "-v"), printed_and_said(&lines([3]), said));
}

#[test]
fn a_stored_record_is_kept_as_the_crawl_has_it() {
    let record = conversion(3, &page(3)).bytes();
    let home = Home::new().file("crawl.warc.gz", [gzip(&conversion(1, ARTICLE).bytes()), gzip(&record)].concat());
    assert_eq!(home.run("parse crawl.warc.gz --as crane").code, 0);
    let original = home.run("original crane").printed;
    assert_eq!(original.as_bytes(), &record[..record.len() - 4]);
    assert_eq!(home.run("rebuild"), printed_and_said("", "re-parsed 1 live blog; 0 changed\n"));
    let pages = home.run("pages --json").printed;
    assert!(pages.contains("https://pages.example/3") && pages.contains("2023-06-19T15:00:00Z"), "{pages}");
}

#[test]
fn the_progress_of_a_run_is_printed_where_the_user_asks_for_it() {
    let bytes = records(9).concat();
    let ended = parse(&bytes, "--progress");
    assert_eq!(ended.printed, lines([0, 3, 6]));
    assert!(ended.said.starts_with("1 of 1 file, 9 records, 3 live pages, 0.0 MB, "), "{}", ended.said);
    assert!(ended.said.ends_with(&format!(" MB/s\n{SKIPPED}")), "{}", ended.said);
}

#[test]
fn the_files_of_a_crawl_in_a_wacz_are_read() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let deflated = zip::write::SimpleFileOptions::default();
    let stored = deflated.compression_method(zip::CompressionMethod::Stored);
    let records = records(9);
    for (name, bytes, options) in [
        ("datapackage.json", b"{}".to_vec(), deflated),
        ("archive/one.warc.gz", gzipped(&records[..5]).concat(), stored),
        ("archive/two.warc", records[5..].concat(), deflated.compression_method(zip::CompressionMethod::Deflated)),
        ("pages/pages.jsonl", b"{}".to_vec(), deflated),
    ] {
        zip.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut zip, &bytes).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(parse(&bytes, ""), printed_and_said(&lines([0, 3, 6]), SKIPPED));
    let home = Home::new().file("crawl.wacz", bytes);
    assert!(home.run("filter crawl.wacz --jsonl").printed.contains("\"page\":\"crawl.wacz/archive/two.warc#"));
}
