//! Time: the words that tell it, and the instants that they mean.
//!
//! A page's time goes through three hands. [`stamp::read`] reads the words of one stamp, [`zone`] knows what the
//! zone's name means, and [`resolve::resolve`] settles all stamps of a page together, because the years and dates that
//! they leave out hang on their order.
//!
//! [`when`] reads the times that a user gives, [`bounds`] tells them per live blog, and [`region`] reads the zone of
//! `--zone` and `--tz`. [`years`] is the bound of them all: no time lies outside the years 0001 to 9999.

pub mod bounds;
pub mod calendar;
pub mod region;
pub mod resolve;
pub mod stamp;
pub mod when;
pub mod years;
pub mod zone;

mod dates;
mod names;
mod telling;
mod words;
