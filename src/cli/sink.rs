//! A place that is written to: standard output, or a file that is there only once it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write, stdout};
use std::path::{Path, PathBuf};

use liveblog::input::UNFINISHED;
use tempfile::TempPath;

use super::protected::Protected;
use super::{Error, interrupt, progress};

/// A place that is written to.
pub enum Sink {
    StandardOutput(BufWriter<Aside>),
    /// A device or a pipe, which nothing can take the place of.
    Device(PathBuf, BufWriter<File>),
    /// A new file beside the one that it will replace, once it is whole.
    Beside(Beside),
}

impl Sink {
    pub fn standard_output() -> Self {
        Self::StandardOutput(BufWriter::new(Aside::standard_output()))
    }

    /// Prints all of a text that is at hand.
    pub fn print(text: &[u8]) -> Result<(), Error> {
        let mut sink = Self::standard_output();
        sink.write_all(text).map_err(Error::writing(&sink.name()))?;
        sink.finish()
    }

    /// Opens a file, which stays as it was until the new one is finished. All files that are written are opened here;
    /// a backup alone is written by the archive.
    pub fn file(file: &Path, protected: &Protected) -> Result<Self, Error> {
        protected.check(file)?;
        Self::beside(file).map_err(Error::writing(&file.display().to_string()))
    }

    fn beside(file: &Path) -> io::Result<Self> {
        let old = fs::metadata(file).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Self::Device(file.to_owned(), BufWriter::new(File::options().write(true).open(file)?)));
        }
        // A link goes on leading where it leads.
        let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        if let Some(old) = &old {
            builder.permissions(old.permissions());
        }
        // The error of making the file would tell its name, which the user never gave.
        fs::metadata(folder)?;
        let beside = interrupt::uninterrupted(|state| {
            let beside = builder.prefix(UNFINISHED).tempfile_in(folder);
            beside.inspect(|beside| state.begin_file(beside.path()))
        });
        let beside = beside.map_err(|error| error.kind())?;
        // So would the errors of writing to it, but for those of the mere file.
        let (to, path) = beside.into_parts();
        Ok(Self::Beside(Beside { name: file.to_owned(), place, path, to: BufWriter::new(to) }))
    }

    /// The name by which its errors tell of it.
    pub fn name(&self) -> String {
        match self {
            Self::StandardOutput(_) => "standard output".to_owned(),
            Self::Device(file, _) | Self::Beside(Beside { name: file, .. }) => file.display().to_string(),
        }
    }

    /// Ends the output: only now is a file at its place.
    pub fn finish(mut self) -> Result<(), Error> {
        let place = self.name();
        let finished = match self {
            Self::Beside(beside) => beside.replace(),
            Self::StandardOutput(_) | Self::Device(..) => self.flush(),
        };
        finished.map_err(Error::writing(&place))
    }
}

/// A new file beside the one that it will replace.
pub struct Beside {
    /// The file as the user named it.
    name: PathBuf,
    /// Where it is.
    place: PathBuf,
    /// Where the new one is. It is removed unless it takes its place.
    path: TempPath,
    to: BufWriter<File>,
}

impl Beside {
    /// Puts the new file in the place of the old.
    fn replace(self) -> io::Result<()> {
        drop(self.to.into_inner()?);
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
            Self::Beside(Beside { to, .. }) => to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::StandardOutput(to) => to.flush(),
            Self::Device(_, to) => to.flush(),
            Self::Beside(Beside { to, .. }) => to.flush(),
        }
    }
}

/// Standard output, which stands apart from a bar where both are on a terminal.
pub struct Aside {
    to: Stdout,
    is_terminal: bool,
}

impl Aside {
    fn standard_output() -> Self {
        Self { is_terminal: stdout().is_terminal(), to: stdout() }
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_terminal { progress::aside(|| self.to.write(bytes)) } else { self.to.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_terminal { progress::aside(|| self.to.flush()) } else { self.to.flush() }
    }
}
