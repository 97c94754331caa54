//! The book of a year, one entry, what waits.

use kernel::Permission;
use kernel::numbers::Dong;
use kernel::text::Wanted;

use super::decision::{Ledger, Row, Source, YearBook};
use super::model::{Bonus, Entry, EntryId, Settings, Side};
use super::{FundError, store};
use crate::db::Tx;
use crate::decisions::model::LineState;
use crate::{Ctx, decisions};

/// Everything the book is made of.
pub(super) async fn load(tx: &mut Tx) -> Result<Ledger, FundError> {
    Ok(Ledger { entries: store::list(tx).await?, bonuses: bonuses(tx).await?, closings: store::years(tx).await? })
}

/// The bonuses of all issued lines whose money is known.
async fn bonuses(tx: &mut Tx) -> Result<Vec<Bonus>, FundError> {
    let lines = decisions::queries::issued_lines(tx).await?;
    let of = |(decision, line): (decisions::Decision, decisions::Line)| {
        let money = line.money?;
        Some(Bonus {
            line: line.id,
            name: line.name,
            decision: decision.id,
            number: decision.number_text(),
            decided_on: decision.issued_on?,
            award: line.award,
            multiple: money.multiple,
            base: Dong(money.base),
            citation: money.citation,
            amount: Dong(money.amount),
            paid_on: line.paid_on,
            revoked: line.state == LineState::Revoked,
        })
    };
    Ok(lines.into_iter().filter_map(of).collect())
}

/// What the lines of a book are narrowed to; an empty field narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// On this side.
    pub side: Option<Side>,
    /// Part of the words, the document, the name or the number of a decision, with or without diacritics.
    pub text: String,
}

impl Filter {
    /// Whether a line is among what is asked for.
    #[must_use]
    pub fn takes(&self, row: &Row) -> bool {
        let wanted = Wanted::of(&self.text);
        let (side, found) = match &row.source {
            Source::Entry(one) => {
                let texts = [one.words.as_str(), &one.document, one.kind.name_vi()];
                (one.kind.side(), wanted.is_in_name_or_number(&texts, ""))
            }
            Source::Paid(one) => (Side::Expense, wanted.is_in_name_or_number(&[&one.name], &one.number)),
        };
        self.side.is_none_or(|asked| asked == side) && found
    }
}

/// The book of a year with what stands around it.
#[derive(Debug, Clone)]
pub struct Book {
    /// The year.
    pub year: YearBook,
    /// All of the book.
    pub all: Ledger,
    /// What the office set.
    pub settings: Settings,
}

/// The book of a year.
///
/// # Errors
/// When the actor may not read it.
pub async fn book(ctx: &Ctx<'_>, year: i16) -> Result<Book, FundError> {
    ctx.may(Permission::ReadFund)?;
    let mut tx = ctx.read().await?;
    let all = load(&mut tx).await?;
    let settings = store::settings(&mut tx).await?;
    Ok(Book { year: all.year(year), all, settings })
}

/// An entry with what it takes back and what takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The entry.
    pub entry: Entry,
    /// What it takes back.
    pub reverses: Option<Entry>,
    /// What takes it back.
    pub reversed_by: Option<Entry>,
}

/// One entry.
///
/// # Errors
/// When there is none, or the actor may not read the book.
pub async fn detail(ctx: &Ctx<'_>, id: EntryId) -> Result<Detail, FundError> {
    ctx.may(Permission::ReadFund)?;
    let mut tx = ctx.read().await?;
    let all = load(&mut tx).await?;
    let of = |id: EntryId| all.entries.iter().find(|one| one.id == id).cloned();
    let entry = of(id).ok_or(FundError::Unknown("bút toán"))?;
    Ok(Detail { reverses: entry.reverses.and_then(of), reversed_by: all.reversal_of(id).cloned(), entry })
}

/// What the book has waiting for whoever keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The bonuses to be asked back.
    pub to_claim: Vec<Bonus>,
    /// A year that stands open for longer than the office set.
    pub left_open: Option<i16>,
}

/// What waits.
///
/// # Errors
/// When the actor does not keep the book.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Waiting, FundError> {
    ctx.may(Permission::KeepFund)?;
    let mut tx = ctx.read().await?;
    let all = load(&mut tx).await?;
    let settings = store::settings(&mut tx).await?;
    let today = ctx.today();
    let long = |year: &i16| {
        let since =
            kernel::Date::new(*year + 1, 1, 1).ok().map(|first| today.since(first).map_or(0, |span| span.get_days()));
        settings.remind_days.zip(since).is_some_and(|(days, since)| i64::from(since) >= days)
    };
    Ok(Waiting { to_claim: all.to_claim().cloned().collect(), left_open: all.left_open(today).filter(long) })
}
