//! Safari's web archives: a page and its images in a property list, binary or XML.
//!
//! ```xml
//! <plist version="1.0"><dict>
//!   <key>WebMainResource</key><dict>
//!     <key>WebResourceData</key><data>PHA+VGhlIGNhZsOpIGlzIG9wZW4uPC9wPg==</data>
//!     <key>WebResourceTextEncodingName</key><string>UTF-8</string>
//!     <key>WebResourceURL</key><string>https://news.example/live/flood</string>
//!   </dict>
//!   <key>WebSubresources</key><array>…</array>
//! </dict></plist>
//! ```

use std::io::Cursor;

use encoding_rs::Encoding;
use plist::stream::{Event, OwnedEvent, Reader};

use super::{Content, Problem};

pub(super) fn open(bytes: &[u8]) -> Result<Content, Problem> {
    let mut list = PropertyList::new(bytes);
    list.enter_dictionary()?;
    while let Some(key) = list.key()? {
        if key == "WebMainResource" {
            return main_resource(&mut list);
        }
        list.skip_value()?;
    }
    Err(Problem::NoPage)
}

fn main_resource(list: &mut PropertyList) -> Result<Content, Problem> {
    let (mut content, mut has_data) = (Content::default(), false);
    list.enter_dictionary()?;
    while let Some(key) = list.key()? {
        match (key.as_str(), list.value()?) {
            ("WebResourceData", Some(Event::Data(bytes))) => {
                (content.bytes, has_data) = (bytes.into_owned(), true);
            }
            ("WebResourceMIMEType", Some(Event::String(name))) => {
                content.is_html = matches!(&*name, "text/html" | "application/xhtml+xml");
            }
            ("WebResourceURL", Some(Event::String(url))) => content.url = Some(url.into_owned()),
            ("WebResourceTextEncodingName", Some(Event::String(name))) => {
                content.charset = Encoding::for_label(name.as_bytes());
            }
            _ => {}
        }
    }
    if has_data { Ok(content) } else { Err(Problem::NoPage) }
}

/// A property list, read from its beginning, one event after the other.
struct PropertyList<'a> {
    events: Reader<Cursor<&'a [u8]>>,
    /// How much more may be read. The values of a binary list can refer to each other, so that a small one is endless.
    budget: u64,
}

impl<'a> PropertyList<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { events: Reader::new(Cursor::new(bytes)), budget: 4 * bytes.len() as u64 + 4096 }
    }

    fn next(&mut self) -> Result<OwnedEvent, Problem> {
        let event = match self.events.next() {
            None => return Err(Problem::Damaged),
            Some(event) => event.map_err(|_| Problem::Damaged)?,
        };
        let size = 1 + match &event {
            Event::StartArray(length) | Event::StartDictionary(length) => length.unwrap_or_default(),
            Event::Data(data) => data.len() as u64,
            Event::String(text) => text.len() as u64,
            _ => 0,
        };
        self.budget = self.budget.checked_sub(size).ok_or(Problem::Damaged)?;
        Ok(event)
    }

    fn enter_dictionary(&mut self) -> Result<(), Problem> {
        match self.next()? {
            Event::StartDictionary(_) => Ok(()),
            _ => Err(Problem::NoPage),
        }
    }

    /// The next key of a dictionary; `None` at its end.
    fn key(&mut self) -> Result<Option<String>, Problem> {
        match self.next()? {
            Event::String(key) => Ok(Some(key.into_owned())),
            Event::EndCollection => Ok(None),
            _ => Err(Problem::Damaged),
        }
    }

    /// The next value; `None` for a collection, which is skipped.
    fn value(&mut self) -> Result<Option<OwnedEvent>, Problem> {
        let event = self.next()?;
        if !matches!(event, Event::StartArray(_) | Event::StartDictionary(_)) {
            return Ok(Some(event));
        }
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Event::StartArray(_) | Event::StartDictionary(_) => depth += 1,
                Event::EndCollection => depth -= 1,
                _ => {}
            }
        }
        Ok(None)
    }

    fn skip_value(&mut self) -> Result<(), Problem> {
        self.value().map(drop)
    }
}
