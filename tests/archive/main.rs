//! The archive, asked and written as a program does it.

#![allow(clippy::unwrap_used)]

mod captures;
mod check;
mod keep;
mod open;
mod sample;
mod search;
mod select;
mod versions;
mod views;
