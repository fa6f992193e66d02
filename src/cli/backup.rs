//! `backup`: copy the archive.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::Context;
use super::target::Protected;
use super::{Error, Outcome, interrupt, terminal};

/// Copy the archive to FILE, also while other programs use it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Backup {
    /// The copy, which is an archive as well
    file: PathBuf,
    /// Replace FILE if it exists, once the copy is complete
    #[arg(long)]
    overwrite: bool,
}

const EXAMPLES: &str = "\
Examples:
  liveblog backup archive-$(date +%F).db                 a copy of each day
  liveblog backup --overwrite /mnt/stick/liveblog.db     always the latest
  liveblog filter --archive archive-2023-06-19.db        ask a copy";

impl Backup {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        if self.file.as_os_str() == "-" {
            return Err(Error::backup_to_standard_output());
        }
        Protected::new(&[], context).check(&self.file)?;
        let note = |copy: &Path| interrupt::uninterrupted(|state| state.begin_file(copy));
        context.open_archive()?.backup_noting(&self.file, self.overwrite, note)?;
        terminal::note(format!("copied {} to {}", context.archive()?.display(), self.file.display()));
        Ok(Outcome::Complete)
    }
}
