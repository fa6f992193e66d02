//! What holds for pages that are packed: they say the same as unpacked ones, and none that is broken is read as another.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod support;

use liveblog::input::Error;
use liveblog::model::Code;
use liveblog::{Document, LiveBlog, ParseError, ParseOptions, explain, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::generator::Written;
use support::generator::packed::{Container, URL, gzip, quoted_printable};
use support::page;

const TUNNEL: &str = include_str!("../fixtures/bbc-html/tunnel.html");

fn options() -> ParseOptions {
    ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap())
}

fn document(bytes: Vec<u8>) -> Document {
    Document { bytes, ..Document::from_text("page", "") }
}

fn parse_bytes(bytes: Vec<u8>) -> Result<LiveBlog, ParseError> {
    parse(&document(bytes), &options())
}

/// The same pages in every run. A quarter of the usual number covers each container some ten times.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = default.cases / 4;
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(20_230_619), failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_packed_page_says_what_it_says_unpacked(
        page in page(),
        written in prop::sample::select(&[Written::BbcHtml, Written::JsonLd, Written::Microdata, Written::Document]),
        container in prop::sample::select(&Container::ALL),
    ) {
        let html = page.text(written);
        let packed = document(container.pack(html.as_bytes()));
        let names_url = !matches!(container, Container::Gzip | Container::Zstandard);
        let names_date = matches!(container, Container::Mhtml | Container::Mht | Container::GzippedMhtml);
        let unpacked = Document {
            url: names_url.then(|| URL.to_owned()),
            captured: names_date.then(|| "2023-06-19T14:30:05Z".parse().unwrap()),
            ..Document::from_text("page", &html)
        };
        prop_assert_eq!(parse(&packed, &options()).unwrap(), parse(&unpacked, &options()).unwrap());
        prop_assert_eq!(explain(&packed, &options()).unwrap(), explain(&unpacked, &options()).unwrap());
    }

    #[test]
    fn a_compressed_page_is_read_whole_or_not_at_all(
        container in prop::sample::select(&[Container::Gzip, Container::Zstandard, Container::GzippedMhtml]),
        at in any::<prop::sample::Index>(),
    ) {
        let mut packed = container.pack(TUNNEL.as_bytes());
        packed.truncate(6 + at.index(packed.len() - 6));
        let result = parse_bytes(packed);
        prop_assert!(matches!(result, Err(ParseError::Input(Error::CutOff { .. }))), "{:?}", result);
    }

    #[test]
    fn a_page_that_is_cut_off_within_its_container_is_reported(at in any::<prop::sample::Index>()) {
        let mut packed = Container::Mhtml.pack(TUNNEL.as_bytes());
        let end = packed.windows(10).position(|bytes| bytes == b"</html>\r\n\r").map_or(packed.len(), |at| at + 7);
        packed.truncate(at.index(end));
        match parse_bytes(packed) {
            Ok(blog) => prop_assert!(blog.warnings.iter().any(|warning| warning.code == Code::PageCutOff)),
            Err(error) => prop_assert!(
                matches!(
                    error,
                    ParseError::NoEntries
                        | ParseError::Input(Error::Empty { .. } | Error::NoPage { .. } | Error::Damaged { .. })
                ),
                "{}", error
            ),
        }
    }

    #[test]
    fn no_bytes_of_a_container_make_it_panic(
        container in prop::sample::select(&Container::ALL),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        length in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut packed = container.pack(TUNNEL.as_bytes());
        for (at, byte) in changes {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        if is_cut {
            packed.truncate(length.index(packed.len()));
        }
        let _ = parse_bytes(packed);
    }
}

#[test]
fn letters_are_read_in_the_encoding_that_the_part_names() {
    let html = b"<!doctype html><ol><li><h3>Caf\xe9 at \xa3 5<span>published at 14:27 British Summer Time 19 June 2023</span></h3>\
                 <p>It is \x93open\x94.</p></li></ol>";
    let page = format!(
        "From: <Saved by Microsoft Internet Explorer 5>\r\nDate: Mon, 19 Jun 2023 15:30:05 +0100\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html;\r\n\tcharset=\"Windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://news.example/live/cafe\r\n\r\n{}",
        quoted_printable(html)
    );
    let blog = parse_bytes(page.into_bytes()).unwrap();
    assert_eq!(blog.entries[0].title.as_deref(), Some("Café at £ 5"));
    assert_eq!(blog.warnings, []);
    assert_eq!(blog.url.as_deref(), Some("https://news.example/live/cafe"));
}

#[test]
fn what_the_user_says_comes_before_what_the_container_says() {
    let (url, captured) = (Some("https://other.example/".to_owned()), Some("2024-01-01T00:00:00Z".parse().unwrap()));
    let bytes = Container::Mhtml.pack(TUNNEL.as_bytes());
    let said = Document { url: url.clone(), captured, ..document(bytes) };
    let blog = parse(&said, &options()).unwrap();
    assert_eq!((blog.url, blog.captured), (url, captured));
}

#[test]
fn an_address_that_is_no_address_of_the_web_is_left_out() {
    let bytes = String::from_utf8(Container::Mhtml.pack(TUNNEL.as_bytes())).unwrap();
    let blog = parse_bytes(bytes.replace(URL, "file:///home/ada/tunnel.html").into_bytes()).unwrap();
    assert_eq!(blog.url.as_deref(), Some("https://www.example.org/news/live/tunnel"), "the page's own");
}

#[test]
fn the_date_of_a_message_to_somebody_is_not_when_the_page_was_saved() {
    let bytes = String::from_utf8(Container::Mhtml.pack(TUNNEL.as_bytes())).unwrap();
    let blog = parse_bytes(bytes.replace("From: <Saved by Blink>", "To: ada@news.example").into_bytes()).unwrap();
    assert_eq!((blog.entries.len(), blog.captured), (4, None));
}

#[test]
fn a_file_that_contains_itself_without_end_is_refused() {
    let mut bytes = TUNNEL.as_bytes().to_vec();
    for _ in 0..8 {
        bytes = gzip(&bytes);
    }
    assert_eq!(parse_bytes(bytes.clone()).unwrap().entries.len(), 4);
    let error = parse_bytes(gzip(&bytes)).unwrap_err();
    assert_eq!(error.to_string(), "page: this is a file compressed by gzip, not a page of text or HTML");
}

#[test]
fn a_small_file_that_is_large_unpacked_is_refused() {
    let bytes = gzip(&vec![b' '; 3 << 20]);
    let error = parse(&document(bytes), &options().max_bytes(2 << 20)).unwrap_err();
    assert_eq!(error.to_string(), "page: larger than 2 MB, the most that is read of one input");
}

/// A property list in which each of `depth` lists has the next one twice: `0x55` is a text of five letters, `0xa2` a list
/// of two values.
fn multiplied(depth: u8) -> Vec<u8> {
    let dictionary = [0xd2, 1, 2, 3, 1];
    let keys = [b"\x55Other".to_vec(), b"\x5f\x10\x0fWebMainResource".to_vec()];
    let lists = (3..3 + depth).map(|list| vec![0xa2, list + 1, list + 1]);
    let values: Vec<_> = [dictionary.to_vec()].into_iter().chain(keys).chain(lists).chain([vec![0x09]]).collect();

    let (mut bytes, mut offsets) = (b"bplist00".to_vec(), vec![]);
    for value in values {
        offsets.push(u8::try_from(bytes.len()).unwrap());
        bytes.extend(value);
    }
    let table = bytes.len();
    bytes.extend(&offsets);
    bytes.extend([0, 0, 0, 0, 0, 0, 1, 1]);
    for number in [offsets.len(), 0, table] {
        bytes.extend((number as u64).to_be_bytes());
    }
    bytes
}

#[test]
fn a_property_list_whose_values_multiply_is_damaged() {
    let message = |depth| parse_bytes(multiplied(depth)).unwrap_err().to_string();
    assert_eq!(message(3), "page: this is a Safari web archive, without a page of HTML in it");
    assert_eq!(message(30), "page: this is a Safari web archive, but it is damaged");
}

#[test]
fn a_message_of_very_many_parts_or_headers_is_damaged() {
    let head = "From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary=\"\"\r\n";
    for lines in ["\n--\n".repeat(200_000), "a:\n".repeat(200_000)] {
        let error = parse_bytes(format!("{head}{lines}").into_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "page: this is a web page saved as a single file (MHTML), but it is damaged");
    }
}

#[test]
fn parts_within_parts_without_end_are_refused() {
    let mut message = String::from("From: <Saved by Blink>\r\n");
    for depth in 0..20_000 {
        message += &format!("Content-Type: multipart/related; boundary=\"b{depth}\"\r\n\r\n--b{depth}\r\n");
    }
    assert!(parse_bytes(message.into_bytes()).is_err());
}
