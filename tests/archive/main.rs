//! The archive, asked and written as a program does it.

#![allow(clippy::unwrap_used)]

mod keep;
mod open;
mod sample;
mod select;
