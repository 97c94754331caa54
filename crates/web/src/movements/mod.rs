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

/// What it takes to open the room of each of [`KINDS`], in their order; none where the room is open to all who read
/// the plan and shows each of them what they may see.
const OPENED_BY: [Option<Permission>; KINDS.len()] = [
    Some(Permission::ReadNominations),
    Some(Permission::ReadNominations),
    None,
    None,
    None,
    None,
    Some(Permission::ReadPetitions),
    Some(Permission::ReadEnterprises),
    Some(Permission::ReadDialogues),
    None,
    Some(Permission::ReadStories),
    None,
];

/// The place among [`KINDS`] of the dialogues, whose room holds what was promised there too.
const DIALOGUES: usize = 8;

/// Which of the rooms of [`KINDS`] the visitor may open: of the others not even a number is shown.
pub(crate) fn opened(here: &Here) -> [bool; KINDS.len()] {
    OPENED_BY.map(|need| need.is_none_or(|need| here.ctx().may(need).is_ok()))
}

/// How much hangs on a clause, one number a kind of [`KINDS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hanging([usize; KINDS.len()]);

impl Hanging {
    fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// How many of each kind; none where its room is not open.
    pub(crate) fn seen(self, opened: [bool; KINDS.len()]) -> [Option<usize>; KINDS.len()] {
        std::array::from_fn(|kind| opened[kind].then_some(self.0[kind]))
    }

    /// The kinds whose rooms are open, each with the number of its shelf on the clause's page and how many.
    fn shown(self, opened: [bool; KINDS.len()]) -> impl Iterator<Item = (usize, &'static str, usize)> {
        let counted = (1..).zip(KINDS).zip(self.0).zip(opened);
        counted.filter(|(_, open)| *open).map(|(((shelf, kind), many), _)| (shelf, kind, many))
    }
}

/// What hangs on each clause, by the clause's id: numbers only. Pages show those of the rooms that are [`opened`].
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
