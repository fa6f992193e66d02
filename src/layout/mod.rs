//! Layouts: how lines become entries.

pub mod own_json;
