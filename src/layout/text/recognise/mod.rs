//! What the lines of an entry are recognised by; shared by all layouts of text.

pub mod byline;
pub mod card;
pub mod embed;
pub mod furniture;
pub mod image;
pub mod media;
pub mod name;
pub mod prose;
pub mod quote;
pub mod shape;
pub mod title;
