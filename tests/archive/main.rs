//! The archive, read and written as a program does it.

#![allow(clippy::unwrap_used)]

mod bulk;
mod captures;
mod check;
mod open;
mod other_versions;
mod sample;
mod search;
mod select;
mod store;
mod versions;
mod views;
