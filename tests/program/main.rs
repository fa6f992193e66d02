//! The program, driven as a user does: arguments and files in, standard output, standard error and exit code out.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

mod at;
mod bad_input;
mod captured_from;
mod check;
mod consistency;
mod containers;
mod count;
mod data_sets;
mod files_from;
mod filter;
mod formats;
mod help;
mod history;
mod limit;
mod near;
mod no_pages;
mod original;
mod output;
mod overwriting;
#[path = "../generator/packed.rs"]
mod packed;
mod pages;
mod parse;
mod reading;
mod remove;
mod rows;
mod said_later;
mod samples;
mod search;
mod session;
mod set;
#[cfg(unix)]
mod signals;
mod standard_input;
mod timeline;
mod usage;
mod when;
