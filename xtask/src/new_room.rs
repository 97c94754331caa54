//! Replaced below.
use crate::house::House;
use anyhow::Result;
pub fn write(_: &House, _: &str, _: u8) -> Result<()> {
    Ok(())
}
