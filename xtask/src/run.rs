//! The program, built and started for whoever wants to see it.

use anyhow::Result;

use crate::house::House;
use crate::setup;

/// Starts `thidua serve` with demonstration data; what the caller adds comes last.
pub fn run(house: &House, arguments: &[String]) -> Result<()> {
    setup::for_running(house)?;
    let serve = ["run", "--package", "thidua", "--", "serve", "--demo", "--data", "data"];
    house.cargo().args(serve).args(arguments).run()
}
