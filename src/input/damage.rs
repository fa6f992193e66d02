//! Damaged files of Parquet: its library finds nearly all damage, and panics at some.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHES: Cell<bool> = const { Cell::new(false) };
}

/// Reads from a file of Parquet; `None` if the library panics, after which the reader is not used any more.
pub(crate) fn unless_damaged<T>(read: impl FnOnce() -> T) -> Option<T> {
    let before = CATCHES.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read)).ok();
    CATCHES.set(before);
    read
}

/// Whether a panic on this thread is caught, and reported as damage of the file that is read. A panic hook need not print
/// it.
///
/// ```
/// let print = std::panic::take_hook();
/// std::panic::set_hook(Box::new(move |panic| {
///     if !liveblog::input::catches_panics() {
///         print(panic);
///     }
/// }));
/// ```
pub fn catches_panics() -> bool {
    CATCHES.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_damage_and_others_are_not_caught() {
        assert_eq!(unless_damaged(|| catches_panics().then_some(7)), Some(Some(7)));
        assert_eq!(unless_damaged(|| panic!("out of bounds")), None::<()>);
        assert!(!catches_panics());
    }
}
