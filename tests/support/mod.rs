//! Pages of the generator for property tests.

#[path = "../generator/mod.rs"]
pub mod generator;

use proptest::prelude::*;

use generator::{Generator, Page};

/// A page of up to twenty entries. It shrinks to fewer of them.
pub fn page() -> impl Strategy<Value = Page> {
    (any::<u64>().no_shrink(), 1..20usize).prop_map(|(seed, entries)| Generator::new(seed).page(0, entries))
}
