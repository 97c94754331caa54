//! The money of a draft, computed on the day its papers are drawn up: the law and the base salary of the day on which
//! it is signed decide in the end.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::numbers::{Dong, short_date};

use super::model::{Line, LineId};
use super::{DecisionsError, service};
use crate::db::Tx;
use crate::{Ctx, awards};

/// What the lines of a draft would bring by the law of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisional {
    /// The day.
    pub on: Date,
    /// The base salary of that day, in đồng; none where no line has an amount.
    pub base: Option<i64>,
    /// The amounts, in đồng.
    pub amounts: BTreeMap<LineId, i64>,
    /// The lines without an amount: the names, each with why.
    pub unknown: Vec<(String, String)>,
}

impl Provisional {
    /// What a reader of the amounts must know, in sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let day = short_date(self.on);
        let base = self.base.map(|base| {
            format!(
                "Tiền thưởng tạm tính theo mức lương cơ sở {} ngày {day}; mức chính thức tính theo ngày ký quyết định.",
                Dong(base)
            )
        });
        let unknown = self.unknown.iter().map(|(name, why)| format!("Chưa xác định tiền thưởng của {name}: {why}."));
        base.into_iter().chain(unknown).collect()
    }
}

/// The money of a draft's lines on a day.
///
/// # Errors
/// What the store says.
pub(super) async fn of_lines(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    lines: &[Line],
    on: Date,
) -> Result<Provisional, DecisionsError> {
    let mut found = Provisional { on, base: None, amounts: BTreeMap::new(), unknown: Vec::new() };
    let confirmed = awards::adoptions::standing(tx).await?.confirmed;
    for line in lines {
        match service::money(ctx, tx, line, (on, &confirmed)).await {
            Ok(Some(money)) => {
                found.base = Some(money.base);
                found.amounts.insert(line.id, money.amount);
            }
            Ok(None) => {
                let why =
                    format!("không có mức nào cho hình thức và đối tượng này theo quy định ngày {}", short_date(on));
                found.unknown.push((line.name.clone(), why));
            }
            Err(DecisionsError::MoneyLapsed { why, .. }) => found.unknown.push((line.name.clone(), why)),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_that_is_not_known_says_why() {
        let unknown = vec![("Bản Mường".to_owned(), "văn bản hết hiệu lực ngày 31/12/2026".to_owned())];
        let on = jiff::civil::date(2027, 2, 1);
        let money = Provisional { on, base: None, amounts: BTreeMap::new(), unknown };
        let said = "Chưa xác định tiền thưởng của Bản Mường: văn bản hết hiệu lực ngày 31/12/2026.";
        assert_eq!(money.notes(), [said], "no base is named where none was used");
        let notes = Provisional { base: Some(2_340_000), ..money }.notes();
        assert!(notes[0].contains("2.340.000") && notes[0].contains("01/02/2027"), "{notes:?}");
    }
}
