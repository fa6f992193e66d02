//! The formats: each is a variant, its arm of [`Format::spec`], and its file.

use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use super::gathered::Gathered;
use super::{Output, PrintOptions};

/// The enum, and `ALL` of its variants in their order.
macro_rules! enum_with_all {
    ($(#[$attribute:meta])* pub enum $name:ident { $($(#[$on_variant:meta])* $variant:ident,)+ }) => {
        $(#[$attribute])*
        pub enum $name { $($(#[$on_variant])* $variant,)+ }

        #[allow(unused_doc_comments, reason = "attributes of a variant go along, `cfg` among them")]
        impl $name {
            /// All of them.
            pub const ALL: [Self; [$($(#[$on_variant])* Self::$variant,)+].len()] =
                [$($(#[$on_variant])* Self::$variant,)+];
        }
    };
}

enum_with_all! {
    /// A format of rows.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Format {
        /// For reading.
        Text,
        /// One array of rows.
        Json,
        /// JSON Lines: one row a line.
        Jsonl,
        /// Comma-separated values, RFC 4180.
        Csv,
        /// Tab-separated values.
        Tsv,
        /// Markdown: a document per live blog.
        Markdown,
        /// One page of HTML.
        Html,
        /// JSON-LD: a schema.org LiveBlogPosting per live blog.
        JsonLd,
        /// An Atom feed, RFC 4287.
        Atom,
        /// A JSON Feed, version 1.1.
        JsonFeed,
        /// A chart of how many entries were published when.
        Svg,
        /// Parquet: columns.
        #[cfg(feature = "parquet")]
        Parquet,
    }
}

/// What a format is for, which decides the [`PrintOptions`] that it has a use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatKind {
    /// Text for reading on a terminal.
    Text,
    /// Rows with typed values.
    Rows,
    /// Rows as a table of text.
    Table,
    /// A document for reading.
    Document,
    /// Live blogs as data.
    Data,
    /// A feed.
    Feed,
    /// A drawing.
    Chart,
}

/// All there is to know of a format.
struct FormatSpec {
    name: &'static str,
    extension: &'static str,
    kind: FormatKind,
    is_binary: bool,
    open: for<'a> fn(Box<dyn Write + Send + 'a>, PrintOptions) -> Box<dyn Output + 'a>,
}

impl Format {
    fn spec(self) -> FormatSpec {
        match self {
            Self::Text => FormatSpec {
                name: "text",
                extension: "txt",
                kind: FormatKind::Text,
                is_binary: false,
                open: |to, options| match options.fields {
                    Some(_) => Box::new(super::text::Record::new(to, options)),
                    None => Box::new(super::text::Text::new(to, options)),
                },
            },
            Self::Json => FormatSpec {
                name: "json",
                extension: "json",
                kind: FormatKind::Rows,
                is_binary: false,
                open: |to, options| Box::new(super::json::Json::new(to, options)),
            },
            Self::Jsonl => FormatSpec {
                name: "jsonl",
                extension: "jsonl",
                kind: FormatKind::Rows,
                is_binary: false,
                open: |to, options| Box::new(super::jsonl::Jsonl::new(to, options)),
            },
            Self::Csv => FormatSpec {
                name: "csv",
                extension: "csv",
                kind: FormatKind::Table,
                is_binary: false,
                open: |to, options| Box::new(super::csv::Csv::new(to, options)),
            },
            Self::Tsv => FormatSpec {
                name: "tsv",
                extension: "tsv",
                kind: FormatKind::Table,
                is_binary: false,
                open: |to, options| Box::new(super::tsv::Tsv::new(to, options)),
            },
            Self::Markdown => FormatSpec {
                name: "markdown",
                extension: "md",
                kind: FormatKind::Document,
                is_binary: false,
                open: |to, options| Box::new(super::markdown::Markdown::new(to, options)),
            },
            Self::Html => FormatSpec {
                name: "html",
                extension: "html",
                kind: FormatKind::Document,
                is_binary: false,
                open: |to, options| Box::new(super::html::Html::new(to, options)),
            },
            Self::JsonLd => FormatSpec {
                name: "jsonld",
                extension: "jsonld",
                kind: FormatKind::Data,
                is_binary: false,
                open: |to, _| Box::new(super::jsonld::JsonLd::new(to)),
            },
            Self::Atom => FormatSpec {
                name: "atom",
                extension: "atom",
                kind: FormatKind::Feed,
                is_binary: false,
                open: |to, options| Box::new(super::feed::Atom::new(to, options)),
            },
            Self::JsonFeed => FormatSpec {
                name: "jsonfeed",
                extension: "jsonfeed",
                kind: FormatKind::Feed,
                is_binary: false,
                open: |to, options| Box::new(super::feed::JsonFeed::new(to, options)),
            },
            Self::Svg => FormatSpec {
                name: "svg",
                extension: "svg",
                kind: FormatKind::Chart,
                is_binary: false,
                open: |to, options| Box::new(super::svg::Svg::new(to, options)),
            },
            #[cfg(feature = "parquet")]
            Self::Parquet => FormatSpec {
                name: "parquet",
                extension: "parquet",
                kind: FormatKind::Rows,
                is_binary: true,
                open: |to, options| Box::new(super::parquet::Parquet::new(to, options)),
            },
        }
    }

    /// The name that users give.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        self.spec().extension
    }

    /// The format of a file, by its extension.
    pub fn from_path(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "ndjson" => Some(Self::Jsonl),
            extension => Self::ALL.into_iter().find(|format| format.extension() == extension),
        }
    }

    /// What it is for.
    pub fn kind(self) -> FormatKind {
        self.spec().kind
    }

    /// Whether [`Output::page`] is of use to it.
    pub fn takes_heads(self) -> bool {
        #[cfg(feature = "parquet")]
        if self == Self::Parquet {
            return true; // Its rows have the zones of their live blogs.
        }
        self.kind().has_pages()
    }

    /// Whether it is unreadable as text.
    pub fn is_binary(self) -> bool {
        self.spec().is_binary
    }

    /// Prints rows in this format to a writer.
    pub fn output<'a>(self, to: impl Write + Send + 'a, options: PrintOptions) -> Box<dyn Output + 'a> {
        let FormatSpec { open, kind, .. } = self.spec();
        let output = open(Box::new(to), options);
        if kind.has_pages() { Box::new(Gathered::new(output)) } else { output }
    }
}

impl FormatKind {
    /// Whether it prints only the [`PrintOptions::fields`].
    pub fn has_fields(self) -> bool {
        matches!(self, Self::Text | Self::Rows | Self::Table)
    }

    /// Whether it shows the live blogs themselves, from [`Output::page`].
    pub fn has_pages(self) -> bool {
        !matches!(self, Self::Rows | Self::Table)
    }
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no format\n  known are {known}", known = Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_extension_of_a_file_picks_the_format() {
        let format = |file: &str| Format::from_path(Path::new(file));
        assert_eq!(format("flood.CSV"), Some(Format::Csv));
        assert_eq!(format("flood.2023.ndjson"), Some(Format::Jsonl));
        assert_eq!(format("flood.txt"), Some(Format::Text));
        assert_eq!(format("flood.docx"), None);
        assert_eq!(format("csv"), None);
    }

    #[test]
    fn an_unknown_format_lists_the_known_ones() {
        let error = "xlsx".parse::<Format>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"xlsx\" is no format\n  known are text, json, jsonl, csv, tsv, markdown, html, jsonld, atom, jsonfeed, svg, parquet"
        );
    }

    #[test]
    fn a_format_has_a_name_and_an_extension_of_its_own() {
        for name in [Format::name, Format::extension] {
            let names: HashSet<_> = Format::ALL.map(name).into();
            assert_eq!(names.len(), Format::ALL.len());
        }
    }
}
