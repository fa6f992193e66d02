//! Excerpts: what a search shows of an entry.

/// The words of an entry in which a search found what it looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt {
    /// The title, whole.
    pub title: Vec<Span>,
    /// Of all the other words those that fit best, else those that the body begins with; `…` stands where more was cut.
    pub text: Vec<Span>,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span {
    /// The words, with the blanks between them.
    pub text: String,
    /// Whether they are what was looked for.
    pub found: bool,
}
