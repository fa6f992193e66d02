//! Time: the words of a time, and the instants that they mean.
//!
//! A page's time takes three steps. [`stamp::read`] parses the words of one stamp, [`zone`] knows what the name of its
//! zone means, and [`resolve::resolve`] resolves all stamps of a page together, because the years and dates that they
//! leave out depend on their order.
//!
//! [`when`] parses the times that a user gives, and [`bounds`] resolves them for each live blog. [`years`] is the bound
//! of them all: no time lies outside the years 0001 to 9999.

pub mod bounds;
pub mod local;
pub mod resolve;
pub mod stamp;
pub mod when;
pub mod years;
pub mod zone;

mod scan;
mod zone_names;
