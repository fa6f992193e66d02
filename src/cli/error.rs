//! The errors of the program, and the hints to all errors. Options are named here alone: the library knows none.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use liveblog::input::{FileKind, printable};
use liveblog::model::Layout;
use liveblog::output::Format;
use liveblog::{OwnJsonError, ParseError, archive, input, rows};
use url::Url;

use super::pipeline::ParsedPage;
use super::reading::NoFileTime;

/// The hint to values of the archive that cannot be read.
pub const UNREAD_HINT: &str = "liveblog rebuild reads it anew from its original";
/// Chrome leaves all scripts out of such a file, and with them the data of schema.org.
const WITHOUT_SCRIPTS: &str = "a page saved as a single file lacks its scripts, in which many publishers put the entries; save it as \
    \"Webpage, HTML Only\"";
const PRINT_AGAIN: &str = "print it once more with parse --json or --jsonl";

/// Why a command ended, or could not read one of its inputs.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be read.
    #[error(transparent)]
    Input(#[from] input::Error),
    /// No file has the name, but it may be meant for something else.
    #[error("{error}")]
    NotAPage {
        /// That there is no such file.
        error: input::Error,
        /// What may be meant.
        hint: String,
    },
    /// An input could be read, but gives no live blog.
    #[error("{name}: {problem}")]
    Page {
        /// The input.
        name: String,
        /// What is wrong with it.
        problem: ParseError,
    },
    /// An input has warnings, and the user allows none.
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
    /// Rows could not be read from a file.
    #[error(transparent)]
    Rows(rows::Error),
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
    /// There is no default place for the archive.
    #[error("no home directory to find the archive in")]
    NoHome,
    /// The options do not go together.
    #[error("{0}")]
    Usage(String),
}

impl From<rows::Error> for Error {
    fn from(error: rows::Error) -> Self {
        match error {
            rows::Error::Input(error) => error.into(),
            error => Self::Rows(error),
        }
    }
}

impl Error {
    /// The error of parsing the input `name`.
    pub fn from_page(name: &str, problem: ParseError) -> Self {
        match problem {
            ParseError::Input(error) => error.into(),
            problem => Self::Page { name: printable(name).into_owned(), problem },
        }
    }

    /// The error of a name that is no file, with what `meant` finds that it may mean.
    pub fn missing(name: String, meant: impl Fn(&str) -> Option<String>) -> Self {
        let hint = meant(&name);
        let error = input::Error::NotFound { name };
        match hint {
            Some(hint) => Self::NotAPage { error, hint },
            None => error.into(),
        }
    }

    /// The error of writing to `name`.
    pub fn writing(name: &str) -> impl Fn(io::Error) -> Self + Copy {
        move |problem| Self::Write { name: printable(name).into_owned(), problem }
    }

    /// A page that is hardly a live page.
    pub fn doubtful(page: &ParsedPage, doubts: usize) -> Self {
        let live_blog = &page.live_blog;
        Self::Doubtful { name: page.name(), entries: live_blog.entries.len(), doubts, layout: live_blog.layout }
    }

    pub fn directory_without_format(path: &Path) -> Self {
        Self::Usage(format!("{}: a directory has no ending; give --format", path.display()))
    }

    pub fn unknown_extension(file: &Path, known: &[Format]) -> Self {
        let known: Vec<_> = known.iter().map(|format| format!(".{}", format.extension())).collect();
        let known = known.join(", ");
        Self::Usage(format!("{}: no format has this ending; known are {known}, or give --format", file.display()))
    }

    pub fn not_listed_as(format: Format, known: &[Format]) -> Self {
        let known: Vec<_> = known.iter().map(|format| format.name()).collect();
        Self::Usage(format!("this list is not printed as {}; known are {}", format.name(), known.join(", ")))
    }

    pub fn no_meaning(option: &str, format: Format) -> Self {
        Self::Usage(format!("{option} has no meaning for {}", format.name()))
    }

    pub fn binary_on_terminal(format: Format) -> Self {
        Self::Usage(format!("{} is no text, and standard output is a terminal; give -o FILE", format.name()))
    }

    pub fn needs_one_file(path: &Path) -> Self {
        Self::Usage(format!("{}: this goes into one file; give -o FILE, no directory", path.display()))
    }

    pub fn earlier_pages() -> Self {
        Self::Usage(
            "--at asks the archive, which has earlier captures: a PAGE is one capture, as it was saved; \
             store it with parse, and leave it out here"
                .to_owned(),
        )
    }

    pub fn count_is_a_number(format: Format) -> Self {
        Self::Usage(format!("--count prints a number, not {}; liveblog count prints tables", format.name()))
    }

    pub fn no_pages_to_read(option: &str) -> Self {
        let instead = match option {
            "--zone" => {
                "; --tz ZONE shows times in another zone, and liveblog set NAME --zone ZONE corrects what is stored"
            }
            "--captured" | "--url" | "--layout" => "; liveblog set NAME corrects what is stored",
            _ => "",
        };
        Self::Usage(format!(
            "{option} is about pages that are read, and there is no PAGE: the archive is asked, whose pages were read \
             before{instead}"
        ))
    }

    pub fn one_document() -> Self {
        Self::Usage(
            "all live blogs are put in one order here, so they are one document; give a FILE, no DIR/".to_owned(),
        )
    }

    pub fn backup_to_standard_output() -> Self {
        Self::Usage("a backup is written into a file, not to standard output; give a FILE".to_owned())
    }

    pub fn manual_to_standard_output() -> Self {
        Self::Usage("the pages of all commands go into a directory; give -o DIR".to_owned())
    }

    /// The error of a file that does not say when it was saved, where nothing may be in doubt.
    pub fn no_file_time(name: &str, problem: &NoFileTime) -> Self {
        Self::Strict { name: printable(name).into_owned(), warnings: problem.to_string() }
    }

    pub fn nothing_to_set(page: &str) -> Self {
        Self::Usage(format!("{page}: give what is to be set: --captured, --url, --zone, --layout or --name"))
    }

    pub fn original_on_terminal(page: &str) -> Self {
        Self::Usage(format!("the original of {page} is no text, and standard output is a terminal; give -o FILE"))
    }

    pub fn nobody_to_ask(pages: &[&str]) -> Self {
        let (are, them) = if pages.len() == 1 { ("is", "it") } else { ("are", "them") };
        Self::Usage(format!(
            "{} {are} not removed: there is nobody to ask, as standard input is no terminal; --yes removes {them}",
            pages.join(", ")
        ))
    }

    /// What the user can do about it.
    fn hint(&self) -> Option<Cow<'static, str>> {
        match self {
            Self::Input(error) => input_hint(error),
            Self::NotAPage { hint, .. } => Some(hint.clone().into()),
            Self::Page { problem: ParseError::OwnJson(OwnJsonError::Version(_)), .. } => {
                Some("use the version of liveblog that wrote it".into())
            }
            Self::Page { problem: ParseError::OwnJson(_), .. } => Some(PRINT_AGAIN.into()),
            Self::Page { name, problem: ParseError::NoEntries }
                if name.ends_with(".mhtml") || name.ends_with(".mht") =>
            {
                Some(WITHOUT_SCRIPTS.into())
            }
            Self::Page { .. } | Self::Strict { .. } | Self::Write { .. } | Self::Interrupted(_) | Self::Usage(_) => {
                None
            }
            Self::Rows(_) => Some("write them once more with -o FILE.parquet".into()),
            Self::Protected { .. } => Some("give another name".into()),
            Self::Doubtful { layout, .. } => Some(format!("if it is one, store it with --layout {layout}").into()),
            Self::Archive(archive::Error::Displaced(_)) => {
                Some("what was stored since then is lost; run the command once more".into())
            }
            Self::Archive(error) => archive_hint(error),
            Self::NoHome => Some("name the archive with --archive FILE".into()),
        }
    }

    /// The error with the hint that a misused command gets.
    pub fn with_usage_hint(&self, command: &str) -> String {
        format!("{self}\n  liveblog {command} --help shows its options")
    }

    /// The error with its hint, as it is printed.
    pub fn with_hint(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}\n  {hint}"),
            None => self.to_string(),
        }
    }

    /// The error in one line, without its hint.
    pub fn summary(&self) -> String {
        self.to_string().lines().next().unwrap_or_default().to_owned()
    }

    /// Whether an input is no live page, which is no error in a directory.
    pub fn is_no_page(&self) -> bool {
        match self {
            Self::Input(error) => error.is_no_page(),
            Self::Page { problem, .. } => matches!(problem, ParseError::NoEntries | ParseError::TooManyLines { .. }),
            _ => false,
        }
    }

    /// Whether the reader of the output has closed it.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { problem, .. } if problem.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether the command was misused.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Usage(_))
    }
}

fn input_hint(error: &input::Error) -> Option<Cow<'static, str>> {
    match error {
        input::Error::Address { name } => Some(read_address(name).into()),
        input::Error::NotFound { name } if name.contains(['*', '?']) => Some(match cfg!(windows) {
            true => "no file matches".into(),
            false => "no file matches, or the pattern is in quotes, which keep the shell from expanding it".into(),
        }),
        input::Error::NotFound { .. } => {
            Some("give a saved live page, a directory of them, or - for standard input".into())
        }
        input::Error::NoFiles { .. } => Some("give the directory that holds the saved live pages".into()),
        input::Error::NoLivePages { count, .. } => {
            let files = if *count == 1 { "1 file is".to_owned() } else { format!("{count} files are") };
            Some(format!("{files} in it, none with live-blog entries; parse one of them alone to see why").into())
        }
        input::Error::Empty { .. } => Some("save the live page once more, as text or HTML".into()),
        input::Error::Damaged { kind: FileKind::Parquet, .. } => Some("write or copy it once more".into()),
        input::Error::NoText { kind, .. }
        | input::Error::NoPage { kind, .. }
        | input::Error::CutOff { kind, .. }
        | input::Error::Damaged { kind, .. } => Some(next_step(*kind).into()),
        input::Error::Binary { .. } => Some("save the live page as text or HTML, in UTF-8".into()),
        input::Error::TooLarge { .. } => Some("--max-input SIZE reads larger ones".into()),
        _ => None,
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
        archive::Error::NameTaken { source_name: None, .. } => {
            "give it a name that is free; liveblog pages lists those in use"
        }
        archive::Error::NameTaken { is_taken: true, .. } => "give it a name that is free, or leave the name out",
        archive::Error::NameTaken { is_taken: false, .. } => "remove all but one of them first",
        archive::Error::AddressTaken { source_name: None, .. } => "give its own address, or remove one of the two",
        archive::Error::AddressTaken { page, .. } => {
            return Some(format!("give the address of {page:?}, or leave it out").into());
        }
        archive::Error::NoSuchPage { close, .. } if close.is_empty() => "liveblog pages lists them",
        archive::Error::NoSuchPage { close, .. } => {
            return Some(format!("did you mean {}? liveblog pages lists all", close.join(", ")).into());
        }
        archive::Error::NoSuchCapture { .. } => "liveblog history NAME shows what changed from one to the next",
        archive::Error::SeveralCaptures { .. } => "say which of them with --capture N",
        archive::Error::Corrupt { .. } => "a backup may still hold it",
        archive::Error::AmbiguousPage { .. } => "give a longer part, or the whole name",
        _ => return None,
    };
    Some(hint.into())
}

/// A problem that a check found and what to do about it, as it is printed.
pub fn problem_with_hint(problem: &archive::Problem) -> String {
    let hint = match problem {
        archive::Problem::Damaged(_) => "a backup can take its place",
        archive::Problem::Index => "liveblog rebuild makes it anew",
        archive::Problem::Original { .. } => "a backup may still hold it",
        archive::Problem::Unreadable(_) => "liveblog rebuild reads it anew from its original",
        archive::Problem::Entries { .. } => "liveblog rebuild takes them up",
        _ => return problem.to_string(),
    };
    format!("{problem}\n  {hint}")
}

/// How to read a page of which the address is given.
fn read_address(address: &str) -> String {
    let url = Url::parse(address).ok();
    if let Some(path) = url.as_ref().filter(|url| url.scheme() == "file").and_then(|url| url.to_file_path().ok()) {
        return format!("give its path: {}", printable(&path.display().to_string()));
    }
    let address = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    // The shell takes `&` and `?` for something else.
    let is_plain = address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/._-".contains(&byte));
    let address = if is_plain { address } else { format!("'{}'", address.replace('\'', "%27")) };
    format!("liveblog reads saved pages; curl -sL {address} | liveblog parse --url {address} -")
}

/// How to get at the live page where a file is no text.
fn next_step(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Mhtml => "open it in the browser, and save the page as \"Webpage, HTML Only\"",
        FileKind::SafariWebArchive => "open it in Safari, and save the page as \"Page Source\"",
        FileKind::Warc => "extract the HTML of the live page from it, for example with warcio",
        FileKind::Rtf => "open it, and save it as plain text (in TextEdit: Format, Make Plain Text)",
        FileKind::WordProcessor => "open it, and save it as plain text",
        FileKind::Gzip => "copy or download it once more, or read what is left: gzip -dc FILE | liveblog parse -",
        FileKind::Zstandard => "copy or download it once more, or read what is left: zstd -dc FILE | liveblog parse -",
        FileKind::Bzip2 => "decompress it first: bzip2 -dc FILE | liveblog parse -",
        FileKind::Xz => "decompress it first: xz -dc FILE | liveblog parse -",
        FileKind::Zip | FileKind::Packed => "unpack it, and give the saved pages that are in it",
        FileKind::Sqlite => "if it is an archive of liveblog, ask it: liveblog filter --archive FILE",
        FileKind::Parquet => "if liveblog wrote it, with all columns, filter, timeline and count read it as a file",
        _ => "open the live page in a browser, and save it as HTML or text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_stands_below_its_error() {
        let name = || "page.txt".to_owned();
        for (error, expected) in [
            (
                input::Error::NotFound { name: name() },
                "page.txt: no such file or directory\n  \
                 give a saved live page, a directory of them, or - for standard input",
            ),
            (
                input::Error::NoLivePages { name: "pages".to_owned(), count: 1 },
                "pages: no live pages in this directory\n  \
                 1 file is in it, none with live-blog entries; parse one of them alone to see why",
            ),
        ] {
            assert_eq!(Error::from(error).with_hint(), expected);
        }
        let broken = OwnJsonError::Broken("EOF".to_owned());
        assert_eq!(
            Error::from_page("page.txt", broken.into()).with_hint(),
            "page.txt: broken JSON: EOF\n  print it once more with parse --json or --jsonl"
        );
    }
}
