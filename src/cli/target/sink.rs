//! One output: standard output, or a file that replaces the old one once it is complete.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write, stdout};
use std::path::{Path, PathBuf};

use liveblog::input::UNFINISHED;
use tempfile::TempPath;

use super::Protected;
use crate::cli::{Error, interrupt, terminal};

/// One output.
pub enum Sink {
    StandardOutput(BufWriter<StdoutBesideProgress>),
    /// A device or a pipe, which is written to directly.
    Device(PathBuf, BufWriter<File>),
    /// A file that is replaced once the new one is complete.
    Atomic(AtomicFile),
}

impl Sink {
    pub fn standard_output() -> Self {
        Self::StandardOutput(BufWriter::new(StdoutBesideProgress::new()))
    }

    /// Prints a whole text on standard output.
    pub fn print(text: &[u8]) -> Result<(), Error> {
        let mut sink = Self::standard_output();
        sink.write_all(text).map_err(Error::writing(&sink.name()))?;
        sink.finish()
    }

    /// Opens a file, which stays as it is until the new one is finished. All files are opened here, except a backup,
    /// which the archive writes.
    pub fn file(file: &Path, protected: &Protected) -> Result<Self, Error> {
        protected.check(file)?;
        Self::open(file).map_err(Error::writing(&file.display().to_string()))
    }

    fn open(file: &Path) -> io::Result<Self> {
        let old = fs::metadata(file).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Self::Device(file.to_owned(), BufWriter::new(File::options().write(true).open(file)?)));
        }
        // A link stays a link: its target is replaced.
        let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let directory = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        AtomicFile::new(file, &place, directory, old.as_ref()).map(Self::Atomic)
    }

    /// Whether it is a file, which is read as a whole, and no stream.
    pub fn is_file(&self) -> bool {
        matches!(self, Self::Atomic(_))
    }

    /// The name for error messages.
    pub fn name(&self) -> String {
        match self {
            Self::StandardOutput(_) => "standard output".to_owned(),
            Self::Device(file, _) | Self::Atomic(AtomicFile { name: file, .. }) => file.display().to_string(),
        }
    }

    /// Ends the output: a file takes its place only now.
    pub fn finish(mut self) -> Result<(), Error> {
        let place = self.name();
        let finished = match self {
            Self::Atomic(file) => file.complete().and_then(CompleteFile::replace),
            Self::StandardOutput(_) | Self::Device(..) => self.flush(),
        };
        finished.map_err(Error::writing(&place))
    }
}

/// A new file, written beside its place.
pub struct AtomicFile {
    /// The file as the user named it.
    name: PathBuf,
    /// Its path, with links resolved.
    place: PathBuf,
    /// The new file, removed unless it replaces the old one.
    path: TempPath,
    to: BufWriter<File>,
}

impl AtomicFile {
    /// Begins a file in `directory` that will take `place`, with the permissions of the old one.
    pub fn new(name: &Path, place: &Path, directory: &Path, old: Option<&Metadata>) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        if let Some(old) = old {
            builder.permissions(old.permissions());
        }
        // The error of making the new file would name it, and the user never gave that name.
        fs::metadata(directory)?;
        let new = interrupt::uninterrupted(|state| {
            let new = builder.prefix(UNFINISHED).tempfile_in(directory);
            new.inspect(|new| state.begin_file(new.path()))
        });
        let new = new.map_err(|error| error.kind())?;
        // So would the errors of writing to it, except those of the bare `File`.
        let (to, path) = new.into_parts();
        Ok(Self { name: name.to_owned(), place: place.to_owned(), path, to: BufWriter::new(to) })
    }

    /// Ends the file, which takes its place later.
    pub fn complete(self) -> io::Result<CompleteFile> {
        drop(self.to.into_inner()?);
        Ok(CompleteFile { place: self.place, path: self.path })
    }
}

/// A file that is written, and has not taken its place; it is removed unless it does.
pub struct CompleteFile {
    place: PathBuf,
    path: TempPath,
}

impl CompleteFile {
    /// The path that the file will have.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Replaces the old file by the new one.
    pub fn replace(self) -> io::Result<()> {
        interrupt::uninterrupted(|state| {
            state.finish_file(&self.path);
            Ok(self.path.persist(self.place)?)
        })
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::StandardOutput(to) => to.write(bytes),
            Self::Device(_, to) => to.write(bytes),
            Self::Atomic(AtomicFile { to, .. }) => to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::StandardOutput(to) => to.flush(),
            Self::Device(_, to) => to.flush(),
            Self::Atomic(AtomicFile { to, .. }) => to.flush(),
        }
    }
}

/// Standard output; where it is a terminal, the bar of progress is hidden while it is written to.
pub struct StdoutBesideProgress {
    to: Stdout,
    is_terminal: bool,
}

impl StdoutBesideProgress {
    fn new() -> Self {
        Self { is_terminal: stdout().is_terminal(), to: stdout() }
    }
}

impl Write for StdoutBesideProgress {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_terminal { terminal::beside_progress(|| self.to.write(bytes)) } else { self.to.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_terminal { terminal::beside_progress(|| self.to.flush()) } else { self.to.flush() }
    }
}
