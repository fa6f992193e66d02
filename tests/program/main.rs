//! The program, driven as a user does: arguments and files in, standard output, standard error and exit code out.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

mod bad_input;
mod filter;
mod help;
mod output;
mod parse;
mod session;
mod timeline;
