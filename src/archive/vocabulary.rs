//! The words of the full-text index, for those who look for one that is not there.

use super::match_expression::wanted_words;
use super::{Archive, Error};

/// The tables with which the index is asked: what is looked for, split into words as the index does it, and the words of
/// the index. They are temporary, so that an archive that is read-only can be asked as well.
const TABLES: &str = "
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.asked USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.asked_word USING fts5vocab (temp, asked, instance);
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.known_word USING fts5vocab (main, entry_fts, row);
    DELETE FROM temp.asked;
";

impl Archive {
    /// Lists the words of a [search](Self::search) as the full-text index spells them, in lower case and without
    /// diacritics; each with all words of the index that begin with the same letter. Words that a search excludes with
    /// `NOT` are left out.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # let now = "2023-06-20T12:30:00Z".parse()?;
    /// let page = "Flood gatepublished at 12:00 GMT 20 June 2023\n\nThe grating of the gate is shut.\n";
    /// let document = Document::from_text("flood.txt", page);
    /// archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// let known = ["gate", "grating"].map(str::to_owned).to_vec();
    /// assert_eq!(archive.vocabulary("Gâtes NOT shut")?, [("gates".to_owned(), known)]);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn vocabulary(&self, words: &str) -> Result<Vec<(String, Vec<String>)>, Error> {
        let db = &self.connection;
        let read = || {
            db.execute_batch(TABLES)?;
            db.execute("INSERT INTO temp.asked VALUES (?)", [wanted_words(words).join(" ")])?;
            let mut asked = db.prepare("SELECT term FROM temp.asked_word GROUP BY term ORDER BY min(offset)")?;
            let asked = asked.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
            let mut known = db.prepare("SELECT term FROM temp.known_word WHERE term >= ?1 AND term < ?1 || ?2")?;
            let with_known = asked.into_iter().map(|word| {
                let letter = word.chars().next().map(String::from);
                let known = known.query_map((letter, char::MAX.to_string()), |row| row.get(0))?;
                Ok((word, known.collect::<rusqlite::Result<_>>()?))
            });
            with_known.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.to_error(error))
    }
}
