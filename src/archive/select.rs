//! Selecting among what was kept.

use super::{Archive, Error};
use crate::model::Row;
use crate::query::{Query, Selected};

impl Archive {
    /// Gives the entries that are asked for to `each`, in the query's order, one by one.
    ///
    /// # Errors
    /// If the archive can not be read, if the query names a live blog that it does not hold, or what `each` fails with.
    pub fn select<E: From<Error>>(
        &self,
        _query: &Query,
        _each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<Selected, E> {
        todo!()
    }

    /// How many entries are asked for.
    ///
    /// # Errors
    /// If the archive can not be read, or the query names a live blog that it does not hold.
    pub fn count(&self, _query: &Query) -> Result<Selected, Error> {
        todo!()
    }
}
