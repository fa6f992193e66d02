//! A page in what browsers and archives pack it in.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use plist::{Dictionary, Value};

/// What a page is packed in.
#[derive(Debug, Clone, Copy)]
pub enum Container {
    /// As Chrome and Edge save it, with an image beside the page.
    Mhtml,
    /// As Internet Explorer saved it.
    Mht,
    /// As Safari saves it.
    WebArchive,
    /// The same as XML.
    XmlWebArchive,
    Gzip,
    Zstandard,
    /// A compressed file of another container.
    GzippedMhtml,
}

/// Where the page was published, as the containers have it that say so.
pub const URL: &str = "https://news.example/live/harbour";

/// When it was saved, as the containers have it that say so.
pub const DATE: &str = "Mon, 19 Jun 2023 15:30:05 +0100";

impl Container {
    pub const ALL: [Container; 7] = [
        Container::Mhtml,
        Container::Mht,
        Container::WebArchive,
        Container::XmlWebArchive,
        Container::Gzip,
        Container::Zstandard,
        Container::GzippedMhtml,
    ];

    /// A page of HTML in it.
    pub fn pack(self, html: &[u8]) -> Vec<u8> {
        match self {
            Self::Mhtml => mhtml(html),
            Self::Mht => mht(html),
            Self::WebArchive => web_archive(html, |list, to| list.to_writer_binary(to)),
            Self::XmlWebArchive => web_archive(html, |list, to| list.to_writer_xml(to)),
            Self::Gzip => gzip(html),
            Self::Zstandard => zstd::encode_all(html, 0).unwrap(),
            Self::GzippedMhtml => gzip(&mhtml(html)),
        }
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The headers, the blank lines and the order of parts are Chrome's.
fn mhtml(html: &[u8]) -> Vec<u8> {
    let boundary = "----MultipartBoundary--k2Xb7Qm----";
    let page = quoted_printable(html);
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: =?utf-8?Q?Harbour=20live?=\r\nDate: {DATE}\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"{boundary}\"\r\n\r\n\r\n\
         --{boundary}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {URL}\r\n\r\n{page}\r\n\
         --{boundary}\r\nContent-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example/frame\r\n\r\n<p>A frame.</p>\r\n\
         --{boundary}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://news.example/boat.png\r\n\r\niVBORw0KGgo=\r\n\
         --{boundary}--\r\n"
    )
    .into_bytes()
}

/// The headers and the nesting of parts are those of Internet Explorer and of Outlook.
fn mht(html: &[u8]) -> Vec<u8> {
    let page = STANDARD.encode(html).into_bytes();
    let lines: Vec<_> = page.chunks(76).map(|line| String::from_utf8_lossy(line)).collect();
    format!(
        "From: \"Saved by Windows Internet Explorer 8\"\r\nSubject: Harbour live\r\nDate: {DATE}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"multipart/alternative\";\r\n\tboundary=\"----=_Outer\"\r\n\
         X-MimeOLE: Produced By Microsoft MimeOLE V6.00\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n\
         ------=_Outer\r\nContent-Type: multipart/alternative; boundary=\"----=_Inner\"\r\n\r\n\
         ------=_Inner\r\nContent-Type: text/plain\r\n\r\nA browser is needed.\r\n\
         ------=_Inner\r\nContent-Type: text/html;\r\n\tcharset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: {URL}\r\n\r\n{}\r\n------=_Inner--\r\n\r\n------=_Outer--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}

/// Lines of at most 76 bytes, in ASCII.
pub fn quoted_printable(bytes: &[u8]) -> String {
    let (mut text, mut width) = (String::new(), 0);
    for (index, &byte) in bytes.iter().enumerate() {
        if byte == b'\n' {
            text.push_str("\r\n");
            width = 0;
            continue;
        }
        let ends_line = bytes.get(index + 1).is_none_or(|next| *next == b'\n');
        let is_plain = byte.is_ascii_graphic() && byte != b'=' || byte == b' ' && !ends_line;
        let letter = if is_plain { char::from(byte).to_string() } else { format!("={byte:02X}") };
        if width + letter.len() > 75 {
            text.push_str("=\r\n");
            width = 0;
        }
        width += letter.len();
        text.push_str(&letter);
    }
    text
}

fn web_archive(html: &[u8], write: impl Fn(&Value, Cursor<&mut Vec<u8>>) -> Result<(), plist::Error>) -> Vec<u8> {
    let resource = |url: &str, kind: &str, data: &[u8]| {
        let mut resource = Dictionary::new();
        resource.insert("WebResourceData".to_owned(), Value::Data(data.to_vec()));
        resource.insert("WebResourceFrameName".to_owned(), Value::String(String::new()));
        resource.insert("WebResourceMIMEType".to_owned(), Value::String(kind.to_owned()));
        resource.insert("WebResourceTextEncodingName".to_owned(), Value::String("UTF-8".to_owned()));
        resource.insert("WebResourceURL".to_owned(), Value::String(url.to_owned()));
        Value::Dictionary(resource)
    };
    let mut list = Dictionary::new();
    let image = resource("https://news.example/boat.png", "image/png", b"\x89PNG\r\n\x1a\n");
    list.insert("WebSubresources".to_owned(), Value::Array(vec![image]));
    list.insert("WebMainResource".to_owned(), resource(URL, "text/html", html));
    let mut bytes = Vec::new();
    write(&Value::Dictionary(list), Cursor::new(&mut bytes)).unwrap();
    bytes
}
