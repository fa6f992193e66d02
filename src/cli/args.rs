//! Option groups that several commands share, in the order of the help, and how their values are read.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::{Europe, Tz};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use etcetera::BaseStrategy;
use liveblog::ParseOptions;
use liveblog::archive::{self, Archive, StoredCapture, UserMetadata};
use liveblog::input::{Document, MAX_BYTES, printable};
use liveblog::model::Layout;
use liveblog::output::{Field, Format};
use liveblog::query::{Condition, NoTimeInName, NotATime, Order, Pattern, Property, Query, TextField, When};
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::zone::zone;
use super::{Error, complete, files_from, terminal};

/// Options of every command, valid before and after its name.
#[derive(Debug, Args)]
pub struct Context {
    /// The archive to use, instead of the one in the data directory
    #[arg(long, global = true, env = "LIVEBLOG_ARCHIVE", value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Whether to use colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto, hide_possible_values = true)]
    color: Color,
    /// The time to take as now, in RFC 3339, so that tests and scripts give the same output each time.
    #[arg(long, global = true, env = "LIVEBLOG_NOW", value_name = "TIME", hide = true)]
    now: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Context {
    /// The time now, UTC.
    pub fn now(&self) -> DateTime<Utc> {
        self.now.unwrap_or_else(Utc::now)
    }

    /// The archive's file.
    pub fn archive(&self) -> Result<PathBuf, Error> {
        archive_file(self.archive.as_deref())
    }

    /// Opens the archive, which must exist.
    pub fn open_archive(&self) -> Result<Archive, Error> {
        Ok(Archive::open_existing(&self.archive()?)?)
    }

    /// Opens the archive, which must exist, to change it. [`open_archive`](Self::open_archive) opens a read-only archive
    /// as well, and one on a full disk as if it were read-only.
    pub fn open_archive_to_change(&self) -> Result<Archive, Error> {
        let path = self.archive()?;
        if path.exists() {
            match Archive::open(&path) {
                Ok(archive) => return Ok(archive),
                Err(error @ archive::Error::Full(_)) => return Err(error.into()),
                Err(_) => {}
            }
        }
        self.open_archive()
    }

    /// Sets whether colour is used in everything that is printed.
    pub fn set_color(&self) {
        let choice = match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// The archive's file: the one that the user names, else the one in the data directory.
pub fn archive_file(named: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(file) = named {
        return Ok(as_path(file));
    }
    let directories = etcetera::base_strategy::choose_native_strategy().map_err(|_| Error::NoHome)?;
    Ok(directories.data_dir().join("liveblog/archive.db"))
}

/// SQLite has names of its own, `:memory:` and `file:…`; here they are paths, and are printed as paths: `./:memory:`.
fn as_path(file: &Path) -> PathBuf {
    let name = file.as_os_str().as_encoded_bytes();
    if name.starts_with(b":") || name.starts_with(b"file:") { Path::new(".").join(file) } else { file.to_owned() }
}

/// What the user knows about pages.
#[derive(Debug, Args)]
#[command(next_help_heading = "About the pages")]
pub struct Metadata {
    /// When the pages were saved, e.g. "19 June 2023"; completes stamps without a year or date
    #[arg(long, value_name = "WHEN", value_parser = when_captured, allow_hyphen_values = true)]
    captured: Option<When>,
    /// Where they were published
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The zone of times that name none: Europe/London, London, +01:00, or local, that of this machine
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true, add = complete::zone())]
    zone: Option<Tz>,
    /// Parse pages as LAYOUT instead of detecting it
    #[arg(long, value_name = "LAYOUT", value_parser = layout())]
    layout: Option<Layout>,
}

impl Metadata {
    /// The zone in which the user gives times: that of the page, else UK time, which most live pages use, so that is what
    /// their readers mean as well.
    fn zone_or(&self, zone: Option<Tz>) -> Tz {
        self.zone.or(zone).unwrap_or(DEFAULT_ZONE)
    }

    /// What the user says about a page in that zone.
    pub fn said(&self, zone: Option<Tz>, now: DateTime<Utc>) -> UserMetadata {
        UserMetadata {
            captured: self.captured.map(|when| when.as_capture(self.zone_or(zone), now)),
            url: self.url.clone(),
            zone: self.zone,
            layout: self.layout,
            name: None,
        }
    }
}

/// The zone of a user's times where neither they nor the page name one.
pub const DEFAULT_ZONE: Tz = Europe::London;

/// What of a file says when it was saved.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum CapturedFrom {
    /// The time in its name; a name without a zone is in --zone, else in UK time; 14 digits and seconds since 1970 are UTC
    Name,
    /// When it was last changed
    Mtime,
}

/// When a page was saved, as its file says.
#[derive(Debug, Clone, Copy)]
pub enum FileTime {
    Name(When),
    Modified(DateTime<Utc>),
}

/// Why a file does not say when it was saved.
#[derive(Debug, thiserror::Error)]
pub enum NoFileTime {
    #[error("{0}, so nobody says when it was saved")]
    Name(NoTimeInName),
    #[error("nobody says when it was saved or last changed")]
    Modified,
}

/// What the user knows about the pages to parse.
#[derive(Debug, Args)]
#[command(next_help_heading = "About the pages")]
pub struct PageOptions {
    #[command(flatten)]
    about: Metadata,
    /// When each page was saved: the time in the name of its file, such as 20230619T1212, or when the file was last changed
    #[arg(long, value_name = "SOURCE", value_enum, conflicts_with = "captured")]
    captured_from: Option<CapturedFrom>,
    /// The name of the live blog in the archive
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
}

impl PageOptions {
    /// How pages are parsed of which no more is known.
    pub fn parse_options(&self, now: DateTime<Utc>) -> ParseOptions {
        ParseOptions::new(now).zone(self.about.zone).layout(self.about.layout)
    }

    /// When the page was saved, as its file says, if the user asks for that.
    pub fn file_time(&self, document: &Document) -> Option<Result<FileTime, NoFileTime>> {
        Some(match self.captured_from? {
            CapturedFrom::Name => {
                let name = Path::new(&document.source).file_name().unwrap_or_default().to_string_lossy();
                When::from_file_name(&name).map(FileTime::Name).map_err(NoFileTime::Name)
            }
            CapturedFrom::Mtime => document.modified.map(FileTime::Modified).ok_or(NoFileTime::Modified),
        })
    }

    /// Whether such a time is read in a zone that nobody named.
    pub fn assumes_zone(&self, time: &FileTime) -> bool {
        self.about.zone.is_none() && matches!(time, FileTime::Name(when) if !when.names_zone())
    }

    /// What the user says about a page, which may be stored already.
    pub fn metadata(&self, document: &Document, stored: Option<&StoredCapture>, now: DateTime<Utc>) -> UserMetadata {
        let zone = stored.and_then(|stored| stored.said.zone);
        let said = self.about.said(zone, now);
        let of_file = self.file_time(document).and_then(Result::ok).map(|time| match time {
            FileTime::Name(when) => when.as_capture(self.about.zone_or(zone), now),
            FileTime::Modified(time) => time,
        });
        UserMetadata { name: self.name.clone(), captured: said.captured.or(of_file), ..said }
    }

    /// Completes a document and the options to parse it with: what the user says comes first, then what is stored, so
    /// that the output is what the archive has.
    pub fn apply_to(
        &self,
        mut document: Document,
        stored: Option<&StoredCapture>,
        now: DateTime<Utc>,
    ) -> (Document, ParseOptions) {
        let said = self.metadata(&document, stored, now);
        let mut options = self.parse_options(now);
        if let Some(StoredCapture { kept, modified, said: before, .. }) = stored {
            (document.captured, document.url, document.modified) = (before.captured, before.url.clone(), *modified);
            options.now = *kept;
            options.zone = options.zone.or(before.zone);
            options.layout = options.layout.or(before.layout);
        }
        document.captured = said.captured.or(document.captured);
        document.url = said.url.or(document.url);
        (document, options)
    }
}

/// What must be true of an entry.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selecting entries")]
pub struct Conditions {
    /// Author contains TEXT; co-authors count
    #[arg(long, value_name = "TEXT", add = complete::author())]
    author: Vec<String>,
    /// Role of an author contains TEXT
    #[arg(long, value_name = "TEXT", add = complete::role())]
    role: Vec<String>,
    /// Title contains TEXT
    #[arg(long, value_name = "TEXT")]
    title: Vec<String>,
    /// Label contains TEXT, e.g. Analysis
    #[arg(long, value_name = "TEXT", add = complete::label())]
    label: Vec<String>,
    /// Credit of an image contains TEXT
    #[arg(long, value_name = "TEXT", add = complete::image_source())]
    image_source: Vec<String>,
    /// Title, subtitle or body matches REGEX; a capital letter in it makes the match case-sensitive
    #[arg(long, value_name = "REGEX", value_parser = Pattern::new)]
    text: Option<Pattern>,
    /// Marked as breaking news
    #[arg(long)]
    breaking: bool,
    /// Has at least one image, media item, list, quote, embed or author
    #[arg(long, value_name = "PROPERTY", value_parser = property())]
    has: Vec<Property>,
    /// Published at WHEN or later: 12:00, "12:00 BST", 2023-06-19, "19 June 2023", yesterday, monday, 2023-06, -2h
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    since: Option<When>,
    /// Published at WHEN or before, including the whole minute, day or month that WHEN names
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    until: Option<When>,
    /// Published on DAY, or in the month or year that is given instead
    #[arg(long, value_name = "DAY", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    on: Option<When>,
    /// Only entries of this archived live blog (name, URL, or a part that matches exactly one)
    #[arg(long, value_name = "NAME", add = complete::page())]
    page: Vec<String>,
    /// Entries as their live blogs were at WHEN, by the captures up to then; asks the archive
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    at: Option<When>,
    /// Select the entries that the options above leave out
    #[arg(long)]
    invert: bool,
    /// Include entries that a later capture of their page no longer has
    #[arg(long)]
    removed: bool,
    /// Read and show times in ZONE (Europe/London, London, +02:00, local) instead of each live blog's own zone
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true, add = complete::zone())]
    tz: Option<Tz>,
    /// Exit with status 1 if no entries match
    #[arg(long)]
    pub exit_status: bool,
}

/// Which entries to print, and how many.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selecting entries")]
pub struct Select {
    #[command(flatten)]
    conditions: Conditions,
    /// Reverse the order
    #[arg(long)]
    reverse: bool,
    /// At most N entries
    #[arg(short = 'n', long, value_name = "N", value_parser = number, allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Print only the number of matches
    #[arg(long)]
    pub count: bool,
}

impl Select {
    /// The zone in which times are shown.
    pub fn zone(&self) -> Option<Tz> {
        self.conditions.tz
    }

    /// Whether it is a failure if no entries match.
    pub fn exit_status(&self) -> bool {
        self.conditions.exit_status
    }

    /// The query for these entries, in that order.
    pub fn query(self, order: Order, context: &Context) -> Query {
        let mut query = self.conditions.query(context).order(order);
        (query.limit, query.reverse) = (self.limit, self.reverse);
        query
    }
}

impl Conditions {
    /// The query for the entries of which all this is true.
    pub fn query(self, context: &Context) -> Query {
        let mut query = Query::new(context.now())
            .contains(TextField::Author, self.author)
            .contains(TextField::Role, self.role)
            .contains(TextField::Title, self.title)
            .contains(TextField::Label, self.label)
            .contains(TextField::ImageSource, self.image_source);
        query.conditions.extend(self.text.map(Condition::Matches));
        query.conditions.extend(self.breaking.then_some(Condition::Breaking));
        query.conditions.extend(self.has.into_iter().map(Condition::Has));
        (query.since, query.until, query.on) = (self.since, self.until, self.on);
        (query.pages, query.at, query.zone) = (self.page, self.at, self.tz);
        (query.invert, query.removed) = (self.invert, self.removed);
        query
    }
}

/// How pages are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading pages")]
pub struct Input {
    /// Refuse an input of more than SIZE: bytes, or a number with K, M or G [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_input: Option<u64>,
    /// Also read the pages that are listed in FILE, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// The names in the list of --files-from end with a zero byte, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
}

impl Input {
    /// The PAGE arguments and the listed pages; `None` if there is neither an argument nor a list.
    pub fn pages(&self, arguments: &[PathBuf]) -> Result<Option<Vec<PathBuf>>, Error> {
        let Some(list) = &self.files_from else {
            return Ok((!arguments.is_empty()).then(|| arguments.to_vec()));
        };
        if list == "-" && arguments.iter().any(|page| page == "-") {
            return Err(Error::Usage("standard input is either the list of --files-from or a PAGE".to_owned()));
        }
        let listed = files_from::read(list, self.null)?;
        if listed.is_empty() {
            terminal::note(format!("{}: no files are listed", printable(&list.display().to_string())));
        }
        Ok(Some([arguments, &listed].concat()))
    }

    /// The most bytes that an input may have.
    pub fn max_bytes(&self) -> u64 {
        self.max_input.unwrap_or(MAX_BYTES)
    }
}

/// How to print, and where to; [`super::target`] opens it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Target {
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = format(&Format::ALL), group = "form")]
    pub(super) format: Option<Format>,
    /// As JSON
    #[arg(long, group = "form")]
    pub(super) json: bool,
    /// As JSON Lines: one entry a line
    #[arg(long, group = "form")]
    pub(super) jsonl: bool,
    /// As comma-separated values
    #[arg(long, group = "form")]
    pub(super) csv: bool,
    /// Only these fields, in this order, in text and in formats of rows: published,title,author
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = str::parse::<Field>, add = complete::field())]
    pub(super) fields: Option<Vec<Field>>,
    /// One line per entry, its time and its title: in text, markdown and html
    #[arg(long, conflicts_with = "fields")]
    pub(super) brief: bool,
    /// All of each entry, where a timeline as text has only titles
    #[arg(long, conflicts_with_all = ["fields", "brief"])]
    pub(super) full: bool,
    /// The title of a document, a feed or a chart, instead of that of its live blog
    #[arg(long, value_name = "TEXT")]
    pub(super) heading: Option<String>,
    /// The address at which a feed will be published
    #[arg(long, value_name = "URL")]
    pub(super) feed_url: Option<String>,
    /// Wrap text at N columns, instead of at the width of the terminal or of COLUMNS; in a pipe or a file, lines are whole
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..).map(usize::from))]
    pub(super) width: Option<usize>,
    /// Begin csv and tsv with a byte-order mark, so that Excel reads them as UTF-8
    #[arg(long)]
    pub(super) bom: bool,
    /// Begin cells of csv and tsv that spreadsheets would run as formulas, those with = + - or @ first, with an apostrophe
    #[arg(long)]
    pub(super) escape_formulas: bool,
    /// Show images from their addresses, in html and other documents: whoever opens one asks the publishers' servers
    #[arg(long)]
    pub(super) images: bool,
    /// Write to FILE (format from its extension), or one file per live blog to DIR/; - is standard output. An existing
    /// file is replaced once the new one is complete
    #[arg(short, long, value_name = "FILE|DIR/")]
    pub(super) output: Option<PathBuf>,
}

/// One of these formats, by its name or by the ending that its files have.
pub fn format(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    let by_ending = |ending: &str| Format::from_path(Path::new("file").with_extension(ending).as_path());
    let names = formats.iter().map(|format| {
        let endings = [format.extension(), "ndjson"].into_iter();
        let others = endings.filter(|ending| *ending != format.name() && by_ending(ending) == Some(*format));
        PossibleValue::new(format.name()).aliases(others)
    });
    PossibleValuesParser::new(names).try_map(move |name| name.parse().or_else(|error| by_ending(&name).ok_or(error)))
}

/// When pages were saved: at a time, or on a day.
fn when_captured(words: &str) -> Result<When, String> {
    let when: When = words.parse().map_err(|error: NotATime| error.to_string())?;
    match when.is_longer_than_a_day() {
        true => Err("a page is saved at a time or on a day, and this is longer".to_owned()),
        false => Ok(when),
    }
}

/// A number of entries or rows.
pub fn number(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "give a number from 0")
}

/// One of the layouts that can be detected.
fn layout() -> impl TypedValueParser<Value = Layout> {
    type Error = serde::de::value::Error;
    let mut names: Vec<_> = Layout::recognisable().map(Layout::name).collect();
    names.sort_unstable();
    PossibleValuesParser::new(names)
        .try_map(|name| Layout::deserialize(IntoDeserializer::<Error>::into_deserializer(name)))
}

/// One of the properties of an entry.
fn property() -> impl TypedValueParser<Value = Property> {
    PossibleValuesParser::new(["image", "media", "list", "quote", "embed", "author"]).map(|name| match name.as_str() {
        "image" => Property::Image,
        "media" => Property::Media,
        "list" => Property::List,
        "quote" => Property::Quote,
        "embed" => Property::Embed,
        _ => Property::Author,
    })
}

/// `1500`, `500K`, `64M`, `64MB`, `2G`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(0),
        "k" | "kb" | "kib" => Some(10),
        "m" | "mb" | "mib" => Some(20),
        "g" | "gb" | "gib" => Some(30),
        _ => None,
    };
    let bytes = shift.and_then(|shift| number.parse::<u64>().ok()?.checked_mul(1 << shift));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| "no such size; give one such as 64M, 500K or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_with_or_without_a_unit() {
        for (text, bytes) in
            [("1500", 1_500), ("500K", 500 << 10), ("64M", 64 << 20), ("64 mb", 64 << 20), ("2GiB", 2 << 30)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "0", "-1", "1.5M", "64X", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
