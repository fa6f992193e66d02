//! The program, driven as a user does: arguments and files in, standard output, standard error and exit code out.

mod bad_input;
mod filter;
mod output;
mod parse;
mod session;
mod timeline;
