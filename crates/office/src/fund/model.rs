//! Entries of the book, what a closed year keeps, bonuses as the book sees them.

use kernel::id::AccountId;
use kernel::numbers::Dong;
use kernel::{Date, Timestamp};
use rules::AwardCode;

use crate::decisions::{DecisionId, LineId};
use crate::words::{ids, words};

ids! {
    /// An entry of the book.
    EntryId,
}

words! {
    /// On which side of the book an entry stands.
    Side {
        /// Money that came in.
        Income = "income", "Thu";
        /// Money that went out.
        Expense = "expense", "Chi";
        /// Money that is meant to go out; it moves no balance.
        Plan = "plan", "Dự toán";
    }
}

words! {
    /// What an entry is.
    Kind {
        /// The balance that was there before the book began.
        Opening = "opening", "Kết dư năm trước chuyển sang";
        /// From the budget.
        Budget = "budget", "Ngân sách cấp";
        /// Set aside from other means of the office.
        Deduction = "deduction", "Trích lập quỹ";
        /// Given by somebody.
        Contribution = "contribution", "Đóng góp, tài trợ";
        /// A bonus that came back after its award was revoked.
        Recovered = "recovered", "Thu hồi tiền thưởng đã chi";
        /// Reviews: sơ kết, tổng kết.
        Review = "review", "Chi sơ kết, tổng kết";
        /// Certificates, frames, printing.
        Printing = "printing", "Chi in ấn, phôi, khung";
        /// Anything else of the movement.
        Organising = "organising", "Chi khác của phong trào";
        /// Planned for bonuses.
        PlannedBonuses = "planned_bonuses", "Dự toán chi tiền thưởng";
        /// Planned for everything else.
        PlannedOrganising = "planned_organising", "Dự toán chi tổ chức phong trào";
    }
}

impl Kind {
    /// Its side of the book.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Opening | Self::Budget | Self::Deduction | Self::Contribution | Self::Recovered => Side::Income,
            Self::Review | Self::Printing | Self::Organising => Side::Expense,
            Self::PlannedBonuses | Self::PlannedOrganising => Side::Plan,
        }
    }

    /// Whether somebody types it; what came back of a bonus is read from its line.
    #[must_use]
    pub fn is_typed(self) -> bool {
        self != Self::Recovered
    }
}

/// An entry: written once, never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The year whose book it stands in.
    pub year: i16,
    /// Its number in that year.
    pub number: u32,
    /// What it is.
    pub kind: Kind,
    /// How much; a counter-entry bears the opposite sign of what it reverses.
    pub amount: Dong,
    /// The day the money moved, or the plan was made.
    pub on: Date,
    /// The document.
    pub document: String,
    /// For what; for a counter-entry, why.
    pub words: String,
    /// The line of a decision whose bonus came back.
    pub line: Option<LineId>,
    /// The entry that this one takes back.
    pub reverses: Option<EntryId>,
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub account: Option<AccountId>,
}

/// A bonus of an issued line, as the book needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bonus {
    /// The line.
    pub line: LineId,
    /// Whose.
    pub name: String,
    /// Its decision.
    pub decision: DecisionId,
    /// The number of the decision.
    pub number: String,
    /// The day of the decision: its base salary holds.
    pub decided_on: Date,
    /// The award.
    pub award: AwardCode,
    /// The multiple of the base salary, in words.
    pub multiple: String,
    /// The base salary of the decision's day.
    pub base: Dong,
    /// The clauses.
    pub citation: String,
    /// How much.
    pub amount: Dong,
    /// When it was paid.
    pub paid_on: Option<Date>,
    /// Whether the award was revoked since.
    pub revoked: bool,
}

/// The sums of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// What the year before left.
    pub opening: Dong,
    /// What came in.
    pub income: Dong,
    /// Bonuses that were paid.
    pub bonuses: Dong,
    /// Other expenses.
    pub expenses: Dong,
}

impl Sums {
    /// What is left.
    #[must_use]
    pub fn balance(&self) -> Dong {
        Dong(self.opening.0 + self.income.0 - self.bonuses.0 - self.expenses.0)
    }
}

/// A year that was closed, with its sums as they stood then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The year.
    pub year: i16,
    /// When it was closed.
    pub on: Date,
    /// By whom.
    pub by: Option<AccountId>,
    /// The sums.
    pub sums: Sums,
    /// The balance that went into the next year.
    pub balance: Dong,
}

/// What the office set for its book, with the document that says so; nothing is set at first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// How many days after its end a year that stands open is brought to mind.
    pub remind_days: Option<i64>,
    /// The share of the year's income that other expenses than bonuses may take, in basis points.
    pub organising_share_bp: Option<i64>,
    /// The document.
    pub document: Option<String>,
    /// Counts changes of the book.
    pub version: i64,
}
