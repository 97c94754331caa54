//! Every way this room says no.

use crate::awards::AwardsError;
use crate::calendar::CalendarError;
use crate::dossiers::DossiersError;
use crate::petitions::PetitionsError;
use crate::{Denied, StoreError};

/// Why the calendar was not changed, or due days were not told.
#[derive(Debug, thiserror::Error)]
pub enum DeadlinesError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The calendar said no.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The awards said no.
    #[error(transparent)]
    Awards(#[from] AwardsError),
    /// The dossiers said no.
    #[error(transparent)]
    Dossiers(#[from] DossiersError),
    /// The petitions said no.
    #[error(transparent)]
    Petitions(#[from] PetitionsError),
}
