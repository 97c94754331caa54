//! Words that all rooms speak: ids, days, periods, working days, lunar days,
//! actors and what they may do, the clock, Vietnamese keys and numbers.
//!
//! The kernel knows no database, no page and no law. Reading order:
//! [`id`], [`period`], [`clock`], [`permission`], [`text`], [`numbers`], [`calendar`], [`lunar`].

pub mod calendar;
pub mod clock;
pub mod id;
pub mod lunar;
pub mod numbers;
pub mod period;
pub mod permission;
pub mod text;

pub use clock::Clock;
pub use jiff::Timestamp;
pub use jiff::civil::{Date, Time};
pub use period::Period;
pub use permission::{Actor, Grant, Permission, Role};
