//! Words of a later version, which this one does not know.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

/// The name of something that a later version added, such as a code. It is as cheap to copy as a code that is known.
///
/// Each word is kept once, as long as the program runs.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Word(&'static str);

impl Word {
    /// The word itself.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    fn new(text: &str) -> Self {
        static WORDS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
        let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
        let words = words.get_or_insert_default();
        if let Some(word) = words.get(text) {
            return Self(word);
        }
        let word: &'static str = Box::leak(text.into());
        words.insert(word);
        Self(word)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::new(&Cow::<str>::deserialize(from)?))
    }
}
