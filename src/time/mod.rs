//! (being built)

pub mod when;
