//! All words of a language that pages are read by. A further language is a file, and its line in [`LANGUAGES`].

mod anchors;
mod english;
mod welsh;
mod word_list;
mod world_service;

pub use anchors::Anchors;
pub use english::ENGLISH;
pub use welsh::WELSH;
pub use word_list::{FirstLetters, WordList, same, strip_opening};
pub use world_service::{OTHER_SERVICE, WORLD_SERVICE};

/// The languages of pages, in the order in which they are tried.
pub static LANGUAGES: &[&Language] = &[&ENGLISH, &WELSH];

/// Before names in a byline that the document marks as one, in languages with a file and without.
pub static BYLINE_OPENINGS: &[&str] = &[
    "By ",
    "Gan ",
    "Von ",
    "Par ",
    "Por ",
    "Door ",
    "Di ",
    "Da ",
    "Av ",
    "Af ",
    "From ",
    "Posted by ",
    "Written by ",
    "Reported by ",
];

/// With which pages say that they are live, in languages with a file and without.
pub static LIVE_WORDS: &[&str] = &[
    "live",
    "liveblog",
    "liveticker",
    "newsticker",
    "ticker",
    "en direct",
    "en vivo",
    "en directo",
    "directo",
    "ao vivo",
    "minuto a minuto",
    "diretta",
    "canlı",
    "as it happened",
];

/// The words of one language. They match regardless of the case of ASCII letters.
#[derive(Debug)]
pub struct Language {
    /// The months from January on, each with all its names: `September`, `Sep`, `Sept`.
    pub months: [&'static [&'static str]; 12],
    /// The words for days of the week, in full and abbreviated, in any order.
    pub weekdays: &'static [&'static str],
    /// What may follow the number of a day: `19th`.
    pub ordinals: &'static [&'static str],
    /// What follows a time before noon.
    pub am: &'static [&'static str],
    /// What follows a time after noon.
    pub pm: &'static [&'static str],
    /// Names of zones that are not English, each with its English name as in `time/zones.tsv`.
    pub zones: &'static [(&'static str, &'static str)],

    /// Between an entry's title and its time: `published at`.
    pub published: &'static Anchors,
    /// Before the time of a change: `updated at`.
    pub updated: &'static Anchors,
    /// Words with which that is said elsewhere: `Updated`, `Last modified`; in lower case.
    pub changed: &'static [&'static str],
    /// Other words beside a time: `at`, `on`.
    pub time_words: &'static [&'static str],
    /// The heading of the entries, on pages without times.
    pub list_heading: &'static str,
    /// The heading of the summary.
    pub summary: &'static str,
    /// Replaces the title of an untitled entry.
    pub placeholder: &'static str,
    /// Marks breaking news.
    pub breaking: &'static str,
    /// Between an image's alternative text and its credit: `Image source,`.
    pub image_source: &'static Anchors,
    /// Before an image's caption.
    pub image_caption: WordList,
    /// Before the caption of a video or a recording.
    pub media_caption: WordList,
    /// Before a quotation.
    pub quote: &'static str,
    /// Behind an age: `BBC News2 days ago`.
    pub ago: &'static str,
    /// What some sites put before an entry, its date, its title and its text.
    pub fields: [&'static str; 4],
    /// Below a teaser: `Read More`.
    pub read_more: &'static str,
    /// Labels above titles: `Analysis`.
    pub labels: WordList,

    /// Joins the last two names of a byline: `and`.
    pub and: &'static str,
    /// Between a name and a place: `in`.
    pub in_place: &'static str,
    /// Before the names of a byline that is a paragraph.
    pub by: &'static str,
    /// Words above a title that are in no name: `Key event`.
    pub kickers: &'static [&'static str],
    /// Before the name of whom an image is from: `Photo:`.
    pub image_credits: &'static [&'static str],
    /// A role contains one of these words …
    pub role_words: WordList,
    /// … or begins with one of these …
    pub role_openings: &'static [&'static str],
    /// … or with one of these, as other lines do, too: `At the quay`.
    pub weak_role_openings: &'static [&'static str],
    /// What no role begins with: the articles.
    pub articles: WordList,
    /// Organisations that are authors, alone or as the beginning of at most five words.
    pub organisations: WordList,
    /// Before the names of a page's editors: `Edited by`.
    pub credits: WordList,
    /// What may follow them: where they are, and who else writes.
    pub after_credits: [&'static str; 2],
    /// Between the names of those who produced a page and of its editors.
    pub further_credits: &'static [&'static str],

    /// Words that describe what is to be seen; of images' alternative texts that are sentences.
    pub visible: WordList,
    /// Words for a picture …
    pub pictures: WordList,
    /// … words before them that say which kind it is: `satellite image` …
    pub picture_kinds: WordList,
    /// … and words between them and what is to be seen: `map showing`.
    pub picturing: &'static [&'static str],
    /// Verbs that sentences of a story have, and descriptions of images do not: `was`, `says`.
    pub finite_verbs: WordList,
    /// Words behind which `building` is a noun or goes on a phrase: `the`, `after`.
    pub before_nouns: WordList,
    /// Nouns that look like participles: `evening`.
    pub nouns_like_participles: WordList,

    /// Lines that say nothing about the story: whole lines …
    pub furniture: WordList,
    /// … and openings of lines.
    pub furniture_openings: WordList,
    /// Openings of lines that say how to reach the page's writers, if an address or a number follows.
    pub contact_openings: WordList,
    /// Words of such lines behind a hashtag: `#harbour, text 81111`.
    pub contact_words: &'static [&'static str],
    /// The first words of what follows the last entry.
    pub footer: WordList,

    /// Words in names of places and organisations: capitalised words with one of them are no person's name, …
    pub places: &'static [&'static str],
    /// … nor are those that begin with one of these.
    pub place_openings: &'static [&'static str],
}

impl Language {
    /// The number of the month with that name, from 1.
    pub fn month(&self, word: &str) -> Option<u32> {
        let number = self.months.iter().position(|names| names.iter().any(|name| name.eq_ignore_ascii_case(word)));
        number.map(|number| number as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_month_is_known_by_each_of_its_words() {
        use crate::locale::{ENGLISH, WELSH};

        assert_eq!(ENGLISH.month("Sept"), Some(9));
        assert_eq!(WELSH.month("Mehefin"), Some(6));
        assert_eq!(ENGLISH.month("Summer"), None);
    }
}
