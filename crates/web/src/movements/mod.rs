//! The plan: as a document to read, as a matrix of what hangs on its clauses, clause by clause, and by day.

mod clause;
mod filter;
mod matrix;
mod phases;
mod plan;
mod shelves;

use std::collections::BTreeMap;

use kernel::numbers::short_date;
use kernel::{Period, Permission};
use office::awards;
use office::dialogues;
use office::enterprises;
use office::initiatives;
use office::inspections;
use office::newsroom;
use office::petitions;
use office::programmes;
use office::records;
use office::targets;
use office::tasks;

use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::Refusal;
use crate::urls::encode;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    doors
        .get("/noi-bo/ke-hoach", read, plan::show)
        .get("/noi-bo/ke-hoach/ma-tran", read, matrix::show)
        .get("/noi-bo/ke-hoach/giai-doan", read, phases::show)
        .get("/noi-bo/ke-hoach/muc/{clause}", read, clause::show)
}

/// The page of a clause.
pub(crate) fn address(clause: &str) -> String {
    format!("/noi-bo/ke-hoach/muc/{}", encode(clause))
}

/// The first words of a clause.
pub(crate) fn beginning(text: &str) -> String {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

/// The kinds of things that hang on clauses, in the order of the matrix's columns.
pub(crate) const KINDS: [&str; 12] = [
    "đợt xét",
    "hồ sơ đề nghị",
    "thành tích",
    "nhiệm vụ trong chương trình",
    "nhiệm vụ",
    "cuộc kiểm tra",
    "phản ánh, kiến nghị",
    "việc với doanh nghiệp, HTX, hộ",
    "cuộc đối thoại",
    "sáng kiến",
    "bài đã đăng",
    "chỉ số",
];

/// How much hangs on a clause, one number a kind of [`KINDS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hanging(pub [usize; KINDS.len()]);

impl Hanging {
    fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// The kinds there are, each with the number of its shelf on the clause's page and how many.
    fn what(self) -> impl Iterator<Item = (usize, &'static str, usize)> {
        let counted = (1..).zip(KINDS).zip(self.0);
        counted.map(|((shelf, kind), many)| (shelf, kind, many)).filter(|(_, _, many)| *many > 0)
    }
}

/// What hangs on each clause, by the clause's id. Numbers only, so that all who read the plan may see them.
pub(crate) async fn hanging(here: &Here) -> Result<BTreeMap<String, Hanging>, Refusal> {
    let ctx = here.ctx();
    let campaigns = awards::queries::campaigns(&ctx).await.map_err(|error| Refusal::broken(&error.to_string()))?;
    let campaigns = campaigns.into_iter().map(|campaign| (campaign.clause, 1)).collect();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let store = |error| Refusal::store(&error);
    let counts: [Vec<(String, usize)>; KINDS.len()] = [
        campaigns,
        awards::queries::count_by_clause(&mut tx).await.map_err(store)?,
        records::queries::count_by_clause(&mut tx).await.map_err(store)?,
        programmes::queries::count_by_clause(&mut tx).await.map_err(store)?,
        tasks::queries::count_by_clause(&mut tx).await.map_err(store)?,
        inspections::queries::count_by_clause(&mut tx).await.map_err(store)?,
        petitions::queries::count_by_clause(&mut tx).await.map_err(store)?,
        enterprises::queries::count_by_clause(&mut tx).await.map_err(store)?,
        dialogues::queries::count_by_clause(&mut tx).await.map_err(store)?,
        initiatives::queries::count_by_clause(&mut tx).await.map_err(store)?,
        newsroom::queries::count_by_clause(&mut tx).await.map_err(store)?,
        targets::queries::count_by_clause(&mut tx).await.map_err(store)?,
    ];
    let mut found: BTreeMap<String, Hanging> = BTreeMap::new();
    for (kind, counts) in counts.into_iter().enumerate() {
        for (clause, many) in counts {
            found.entry(clause).or_default().0[kind] += many;
        }
    }
    Ok(found)
}

/// The first and last day of a period.
fn days(period: Period) -> String {
    let last = period.until.and_then(|until| until.yesterday().ok());
    last.map_or_else(
        || format!("từ {}", short_date(period.from)),
        |last| format!("{} – {}", short_date(period.from), short_date(last)),
    )
}
