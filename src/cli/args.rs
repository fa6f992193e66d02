//! Option groups that several commands share, in the order of the help, and how their values are read.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::{Europe, Tz};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use etcetera::BaseStrategy;
use liveblog::archive::{self, Archive, UserMetadata};
use liveblog::model::Layout;
use liveblog::output::{Field, Format};
use liveblog::query::{Condition, NotATime, Order, Pattern, Property, Query, TextField, When};
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::zone::zone;
use super::{Error, complete, terminal};

/// Options of every command, valid before and after its name.
#[derive(Debug, Args)]
pub struct Context {
    /// The archive to use, instead of the one in the data directory
    #[arg(long, global = true, env = "LIVEBLOG_ARCHIVE", value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Whether to use colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto, hide_possible_values = true)]
    color: Color,
    /// Print data and errors only, no notes and no progress
    #[arg(short, long, global = true)]
    quiet: bool,
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

    /// Whether only data and errors are printed.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Sets whether colour is used in everything that is printed, and whether notes are.
    pub fn set_up_terminal(&self) {
        terminal::set_quiet(self.quiet);
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
    pub zone: Option<Tz>,
    /// Parse pages as LAYOUT instead of detecting it
    #[arg(long, value_name = "LAYOUT", value_parser = layout())]
    pub layout: Option<Layout>,
}

impl Metadata {
    /// The zone in which the user gives times: that of the page, else UK time, which most live pages use, so that is what
    /// their readers mean as well.
    pub fn zone_or(&self, zone: Option<Tz>) -> Tz {
        self.zone.or(zone).unwrap_or(DEFAULT_ZONE)
    }

    /// The first option that was given.
    pub fn first_given(&self) -> Option<&'static str> {
        let options = [
            ("--captured", self.captured.is_some()),
            ("--url", self.url.is_some()),
            ("--zone", self.zone.is_some()),
            ("--layout", self.layout.is_some()),
        ];
        options.into_iter().find_map(|(name, given)| given.then_some(name))
    }

    /// What the user says about a page in that zone.
    pub fn said(&self, zone: Option<Tz>, now: DateTime<Utc>) -> UserMetadata {
        UserMetadata {
            captured: self.captured.map(|when| when.as_capture(self.zone_or(zone), now)),
            file_time: None,
            url: self.url.clone(),
            zone: self.zone,
            layout: self.layout,
            name: None,
        }
    }
}

/// The zone of a user's times where neither they nor the page name one.
pub const DEFAULT_ZONE: Tz = Europe::London;

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
    text: Vec<Pattern>,
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
    /// Print only the number of matches, which is JSON as well; liveblog count prints tables
    #[arg(long, conflicts_with_all = ["fields", "brief", "full"])]
    pub count: bool,
    #[command(flatten)]
    portion: Portion,
}

/// Which part of what is selected is printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Portion {
    /// Reverse the order
    #[arg(long)]
    pub reverse: bool,
    /// Only the first N, in the order asked for
    #[arg(short = 'n', long, value_name = "N", value_parser = number, allow_negative_numbers = true)]
    pub limit: Option<usize>,
}

impl Portion {
    /// Leaves this part of a list.
    pub fn apply_to<T>(&self, list: &mut Vec<T>) {
        if self.reverse {
            list.reverse();
        }
        list.truncate(self.limit.unwrap_or(usize::MAX));
    }
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
        (query.limit, query.reverse) = (self.portion.limit, self.portion.reverse);
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
            .contains(TextField::ImageSource, self.image_source)
            .matches(self.text);
        query.conditions.extend(self.breaking.then_some(Condition::Breaking));
        query.conditions.extend(self.has.into_iter().map(Condition::Has));
        (query.since, query.until, query.on) = (self.since, self.until, self.on);
        (query.pages, query.at, query.zone) = (self.page, self.at, self.tz);
        (query.invert, query.removed) = (self.invert, self.removed);
        query
    }
}

/// How to print, and where to; [`super::target`] opens it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Target {
    /// The format
    #[arg(short, long, value_name = "FORMAT", value_parser = format(&Format::ALL), group = "form")]
    pub(super) format: Option<Format>,
    /// As JSON
    #[arg(long, group = "form")]
    pub(super) json: bool,
    /// As JSON Lines: one row a line
    #[arg(long, group = "form")]
    pub(super) jsonl: bool,
    /// As comma-separated values
    #[arg(long, group = "form")]
    pub(super) csv: bool,
    #[arg(long, value_name = "FIELDS", help = fields_help(), value_delimiter = ',', value_parser = str::parse::<Field>, add = complete::field())]
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
    /// Write to FILE (format from its extension), or one file per live blog to DIR/, of parquet one data set; - is standard
    /// output. An existing file is replaced once the new one is complete
    #[arg(short, long, value_name = "FILE|DIR/")]
    pub(super) output: Option<PathBuf>,
}

fn fields_help() -> String {
    let names: Vec<_> = Field::all().map(Field::name).collect();
    format!(
        "Only these fields, in this order, in text and in formats of rows: published,title,author; there are {}",
        names.join(", ")
    )
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
