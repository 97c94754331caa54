//! Many recipients at once: the law of a day made ready, facts as numbers, verdicts without words.
//!
//! Reading order: `law` (what is asked), `clause` (a rule as flat clauses), `brief` (facts as
//! numbers), `years` (years as bits), `judge` (the one place where a condition is decided; the
//! explanation in `weigh` asks here and finds the words), `rating` (its part about years in
//! a row), `columns` (hundreds of briefs at a time).

pub(crate) mod brief;
pub(crate) mod clause;
mod columns;
pub(crate) mod judge;
pub(crate) mod law;
pub(crate) mod rating;
pub(crate) mod years;

pub use brief::Brief;
pub use columns::{AwardColumn, Columns, StandardColumn};
pub use law::{By, Judged, LawOfDay};
