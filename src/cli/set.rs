//! `set`: correct what was said of an archived live blog.

use clap::Args;
use liveblog::archive::UserMetadata;

use super::args::{Context, Metadata};
use super::complete;
use super::corrections;
use super::pipeline::parse_original;
use super::terminal;
use super::{Error, Outcome};

/// Correct what was said of an archived live blog, and print what moved
///
/// Its originals are parsed again with what is set. What is not named stays as it was. Without --capture, all
/// captures are corrected.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Set {
    /// The archived live blog (name, URL, or a part that matches exactly one)
    #[arg(value_name = "NAME", add = complete::page())]
    page: String,
    #[command(flatten)]
    about: Metadata,
    /// Its new name in the archive, which must be free
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// The capture with this number, as history shows it
    #[arg(long, value_name = "N")]
    capture: Option<usize>,
}

const EXAMPLES: &str = "\
Examples:
  liveblog set flood --captured '19 June 2023'         its years and dates follow from that
  liveblog set flood --capture 2 --captured '19 June 2023 18:00'
                                                       when the second capture was saved
  liveblog set flood --zone America/New_York           the zone of times that name none
  liveblog set flood --name 'Tunnel flood'             another name";

impl Set {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut archive = context.open_archive_to_change()?;
        let page = archive.page(&self.page)?;
        let said = UserMetadata { name: self.name, ..self.about.said(page.zone, context.now()) };
        if said.is_empty() {
            return Err(Error::nothing_to_set(&page.name));
        }
        let mut batch = archive.batch()?;
        let corrected = batch.correct_page(&page.name, self.capture, &said, parse_original)?;
        batch.commit()?;
        let notes = corrections::notes(&corrected);
        if notes.is_empty() {
            terminal::note(format!("{}: nothing new", corrected.page));
        }
        notes.iter().for_each(terminal::note);
        Ok(Outcome::Complete)
    }
}
