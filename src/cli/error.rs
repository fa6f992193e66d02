//! What ends a command, worded for its user.

use std::borrow::Cow;
use std::io;

use liveblog::input::{FileKind, printable};
use liveblog::model::Layout;
use liveblog::{OwnJsonError, ParseError, archive, input};

/// Why a command ended, or could not read one of its inputs.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be read.
    #[error(transparent)]
    Input(#[from] input::Error),
    /// An input could be read, but gives no live blog.
    #[error("{name}: {problem}")]
    Page {
        /// The input.
        name: String,
        /// What is wrong with it.
        problem: ParseError,
    },
    /// An input gives warnings, and the user allows none.
    #[error("{name}: there are warnings, and --strict allows none\n  {warnings}")]
    Strict {
        /// The input.
        name: String,
        /// The warnings, one a line.
        warnings: String,
    },
    /// A page that is hardly a live page is printed, but not stored.
    #[error(
        "{name}: not stored: no entry has a time, and there are more doubts ({doubts}) than entries ({entries}), so it is \
         probably not a live page"
    )]
    Doubtful {
        /// The input.
        name: String,
        /// How many entries were found in it.
        entries: usize,
        /// How many doubts there are about them.
        doubts: usize,
        /// The layout in which it was read.
        layout: Layout,
    },
    /// The archive could not be asked or written.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The output could not be written.
    #[error("{name}: cannot be written: {problem}")]
    Write {
        /// The file, or `standard output`.
        name: String,
        /// What the system says.
        problem: io::Error,
    },
    /// The output would take the place of something that has to stay.
    #[error("{name}: cannot be written: it is {what}")]
    Protected {
        /// The file.
        name: String,
        /// What is there.
        what: &'static str,
    },
    /// A signal ends the program.
    #[error("interrupted")]
    Interrupted(i32),
    /// There is nowhere to look for the archive.
    #[error("no home directory to find the archive in\n  name the archive with --archive FILE")]
    NoHome,
    /// The options do not go together.
    #[error("{0}\n  liveblog --help tells more")]
    Usage(String),
}

impl Error {
    /// An input's error, with its name.
    pub fn of_page(name: &str, problem: ParseError) -> Self {
        match problem {
            ParseError::Input(error) => error.into(),
            problem => Self::Page { name: printable(name).into_owned(), problem },
        }
    }

    /// The error of writing to `place`.
    pub fn writing(place: &str) -> impl Fn(io::Error) -> Self + Copy {
        move |problem| Self::Write { name: printable(place).into_owned(), problem }
    }

    /// What the user can do about it, where the error does not say so itself. Options are named here alone: the library
    /// knows none.
    fn hint(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Protected { .. } => Some("give another name".into()),
            Self::Archive(archive::Error::Displaced(_)) => {
                Some("what was stored since then is lost; run the command once more".into())
            }
            Self::Archive(error) => archive_hint(error),
            Self::Input(input::Error::NotFound { .. }) => {
                Some("give a saved live page, a directory of them, or - for standard input".into())
            }
            Self::Input(input::Error::NoFiles { .. }) => {
                Some("give the directory that holds the saved live pages".into())
            }
            Self::Input(input::Error::Empty { .. }) => Some("save the live page once more, as text or HTML".into()),
            Self::Input(input::Error::Binary { .. }) => Some("save the live page as text or HTML, in UTF-8".into()),
            Self::Input(input::Error::TooLarge { .. }) => Some("--max-input SIZE reads larger ones".into()),
            Self::Input(input::Error::NoText { kind, .. }) => Some(next_step(*kind).into()),
            Self::Page { problem: ParseError::OwnJson(problem), .. } => match problem {
                OwnJsonError::Version(_) => Some("use the version of liveblog that wrote it".into()),
                _ => Some("print it once more with parse --json or --jsonl".into()),
            },
            Self::Doubtful { layout, .. } => Some(format!("if it is one, store it with --layout {layout}").into()),
            _ => None,
        }
    }

    /// The error and what to do about it, as it is printed.
    pub fn with_hint(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}\n  {hint}"),
            None => self.to_string(),
        }
    }

    /// What is wrong in one line, without what to do about it.
    pub fn summary(&self) -> String {
        self.to_string().lines().next().unwrap_or_default().to_owned()
    }

    /// Whether an input is simply something else than a live page.
    pub fn is_no_page(&self) -> bool {
        match self {
            Self::Input(error) => error.is_no_page(),
            Self::Page { problem, .. } => matches!(problem, ParseError::NoEntries | ParseError::TooManyLines { .. }),
            _ => false,
        }
    }

    /// Whether whoever read the output has closed it.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { problem, .. } if problem.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether the user asked for something that cannot be asked for.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Usage(_))
    }
}

/// What to do about an error of the archive.
fn archive_hint(error: &archive::Error) -> Option<Cow<'static, str>> {
    let hint = match error {
        archive::Error::Missing(_) => "keep a page first: liveblog parse PAGE",
        archive::Error::Folder { .. } | archive::Error::Unopened { .. } => "choose another place with --archive FILE",
        archive::Error::ReadOnly(_) => "make it writable, or choose another with --archive FILE",
        archive::Error::Locked(_) => "try again when that has finished",
        archive::Error::Full(_) => "make room; what was kept before is safe",
        archive::Error::Foreign(_) => "choose another with --archive FILE",
        archive::Error::Damaged { .. } => "liveblog check shows what is lost; a backup can take its place",
        archive::Error::Unreadable { .. } => "a backup can take its place",
        archive::Error::Newer { .. } => "update liveblog",
        archive::Error::Exists(_) => "choose another name, or say --overwrite to replace it",
        archive::Error::NameTaken { is_taken: true, .. } => "give it a name that is free, or leave the name out",
        archive::Error::NameTaken { is_taken: false, .. } => "remove all but one of them first",
        archive::Error::AddressTaken { page, .. } => {
            return Some(format!("give the address of {page:?}, or leave it out").into());
        }
        archive::Error::NoSuchPage { close, .. } if close.is_empty() => "liveblog pages lists them",
        archive::Error::NoSuchPage { close, .. } => {
            return Some(format!("did you mean {}? liveblog pages lists all", close.join(", ")).into());
        }
        archive::Error::AmbiguousPage { .. } => "give a longer part, or the whole name",
        _ => return None,
    };
    Some(hint.into())
}

/// A problem that a check found and what to do about it, as it is printed.
pub fn problem_with_hint(problem: &archive::Problem) -> String {
    let hint = match problem {
        archive::Problem::Damaged(_) => "a backup can take its place",
        archive::Problem::Index => "liveblog parse --again makes it anew",
        archive::Problem::Original { .. } => "a backup may still hold it",
        archive::Problem::Unreadable(_) => "liveblog parse --again reads it anew from its original",
        archive::Problem::Entries { .. } => "liveblog parse --again takes them up",
        _ => return problem.to_string(),
    };
    format!("{problem}\n  {hint}")
}

/// How to get at the live page where a file is no text.
fn next_step(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Mhtml => "open it in the browser, and save the page as \"Webpage, HTML Only\"",
        FileKind::SafariWebArchive => "open it in Safari, and save the page as \"Page Source\"",
        FileKind::Warc => "extract the HTML of the live page from it, for example with warcio",
        FileKind::Rtf => "open it, and save it as plain text (in TextEdit: Format, Make Plain Text)",
        FileKind::WordProcessor => "open it, and save it as plain text",
        FileKind::Gzip => "decompress it first: gzip -dc FILE | liveblog parse -",
        FileKind::Zstandard => "decompress it first: zstd -dc FILE | liveblog parse -",
        FileKind::Bzip2 => "decompress it first: bzip2 -dc FILE | liveblog parse -",
        FileKind::Xz => "decompress it first: xz -dc FILE | liveblog parse -",
        FileKind::Zip | FileKind::Packed => "unpack it, and give the saved pages that are in it",
        FileKind::Sqlite => "if it is an archive of liveblog, ask it: liveblog filter --archive FILE",
        FileKind::Parquet => "if liveblog wrote it, write the entries as JSON Lines instead: --jsonl",
        _ => "open the live page in a browser, and save it as HTML or text",
    }
}
