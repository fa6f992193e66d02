//! The words of a language that pages are read by: a further language is one more table.

pub(crate) mod words;

/// The words of one language. They are compared without regard to the case of ASCII letters.
#[derive(Debug)]
pub struct Language {
    /// The months from January on, each with all its words: `September`, `Sep`, `Sept`.
    pub months: [&'static [&'static str]; 12],
    /// The single words that tell a day of the week, written out and shortened, in any order.
    pub weekdays: &'static [&'static str],
    /// What may follow the number of a day: `19th`.
    pub ordinals: &'static [&'static str],
    /// What follows a time before noon.
    pub am: &'static [&'static str],
    /// What follows a time after noon.
    pub pm: &'static [&'static str],
    /// Names of zones that are not English, each with its English name as in `time/zones.tsv`.
    pub zones: &'static [(&'static str, &'static str)],
}

impl Language {
    /// The number of the month that a word names, from 1.
    pub fn month(&self, word: &str) -> Option<u32> {
        let number = self.months.iter().position(|words| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
        number.map(|number| number as u32 + 1)
    }
}

/// English.
pub const ENGLISH: Language = Language {
    months: [
        &["January", "Jan"],
        &["February", "Feb"],
        &["March", "Mar"],
        &["April", "Apr"],
        &["May"],
        &["June", "Jun"],
        &["July", "Jul"],
        &["August", "Aug"],
        &["September", "Sep", "Sept"],
        &["October", "Oct"],
        &["November", "Nov"],
        &["December", "Dec"],
    ],
    weekdays: &[
        "Monday",
        "Mon",
        "Tuesday",
        "Tue",
        "Tues",
        "Wednesday",
        "Wed",
        "Thursday",
        "Thu",
        "Thur",
        "Thurs",
        "Friday",
        "Fri",
        "Saturday",
        "Sat",
        "Sunday",
        "Sun",
    ],
    ordinals: &["st", "nd", "rd", "th"],
    am: &["am", "a.m.", "a.m"],
    pm: &["pm", "p.m.", "p.m"],
    zones: &[],
};

/// Welsh, the language of BBC Cymru Fyw; months, days and zones as in CLDR's `cy`.
pub const WELSH: Language = Language {
    months: [
        &["Ionawr", "Ion"],
        &["Chwefror", "Chwef"],
        &["Mawrth", "Maw"],
        &["Ebrill", "Ebr"],
        &["Mai"],
        &["Mehefin", "Meh"],
        &["Gorffennaf", "Gorff"],
        &["Awst"],
        &["Medi"],
        &["Hydref", "Hyd"],
        &["Tachwedd", "Tach"],
        &["Rhagfyr", "Rhag"],
    ],
    weekdays: &["Dydd", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul", "Mer", "Gwen", "Sad"],
    ordinals: &[],
    am: &["am", "yb"],
    pm: &["pm", "yh"],
    zones: &[
        ("Amser Haf Prydain", "British Summer Time"),
        ("Amser Safonol Greenwich", "Greenwich Mean Time"),
        // What the BBC's pages call the summer's time.
        ("Amser Safonol Greenwich+1", "British Summer Time"),
        ("Amser Safonol Iwerddon", "Irish Standard Time"),
        ("Amser Cyffredniol Cydlynol", "Coordinated Universal Time"),
        ("Amser Gorllewin Ewrop", "Western European Time"),
        ("Amser Safonol Gorllewin Ewrop", "Western European Standard Time"),
        ("Amser Haf Gorllewin Ewrop", "Western European Summer Time"),
        ("Amser Canolbarth Ewrop", "Central European Time"),
        ("Amser Safonol Canolbarth Ewrop", "Central European Standard Time"),
        ("Amser Haf Canolbarth Ewrop", "Central European Summer Time"),
        ("Amser Dwyrain Ewrop", "Eastern European Time"),
        ("Amser Safonol Dwyrain Ewrop", "Eastern European Standard Time"),
        ("Amser Haf Dwyrain Ewrop", "Eastern European Summer Time"),
    ],
};

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
