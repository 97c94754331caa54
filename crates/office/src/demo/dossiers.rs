//! Invented dossiers of a year, brought in as a file of a one-stop system would be.

use std::io::BufWriter;

use super::{DemoError, EXAMPLE};
use crate::dossiers::decision::WorkingDays;
use crate::dossiers::{sample, service};
use crate::{Ctx, StoreError};

/// Few enough that the example starts at once; `thidua dossiers sample` and `import` bring in a whole year.
const MANY: u64 = 4_000;

/// Over so many years, so that a year stands beside the one before.
const YEARS: u64 = 2;

/// From which the invented year is thrown.
const SEED: u64 = 2026;

/// Writes the file, brings it in, takes it away.
pub async fn bring_in(standing: &Ctx<'_>) -> Result<(), DemoError> {
    let file = standing.house.data_dir.join("vi-du-ho-so.csv");
    let days = WorkingDays::of(&standing.calendar());
    let written = std::fs::File::create(&file).and_then(|opened| {
        let mut out = BufWriter::new(opened);
        sample::write(&mut out, MANY, SEED, &days, standing.today(), YEARS)?;
        std::io::Write::flush(&mut out)
    });
    written.map_err(StoreError::from)?;
    let prepared = service::prepare(standing, &format!("{EXAMPLE} hệ thống một cửa"), &file).await?;
    service::begin(standing, &prepared).await?;
    service::run(standing, prepared, &file, false, |_, _| {}).await?;
    std::fs::remove_file(&file).map_err(StoreError::from)?;
    Ok(())
}
