//! Layouts of structured data: schema.org, and our own JSON.

pub mod own_json;
pub(crate) mod schema_org;
