//! The register of awards as it stood on a past day.

use std::collections::BTreeSet;

use kernel::{Date, Permission};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::DecisionsError;
use super::model::{Line, LineState};
use super::queries::{self, Filter, Registered};
use crate::Ctx;
use crate::history::{self, Subject};

/// What may change of an issued line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Printed {
    name: String,
    title: String,
    state: LineState,
    paid_on: Option<Date>,
}

impl Printed {
    pub(super) fn of(line: &Line) -> Self {
        Self { name: line.name.clone(), title: line.title.clone(), state: line.state, paid_on: line.paid_on }
    }

    fn into_line(self, line: Line) -> Line {
        let Self { name, title, state, paid_on } = self;
        Line { name, title, state, paid_on, ..line }
    }
}

/// A line, by which its history is kept.
pub(super) fn printed(line: &Line) -> Subject {
    Subject { kind: "decision_lines", entry: line.id.0, owner: line.decision.0 }
}

/// The register of awards as it stood at the end of a day, and how many of its lines are older than the
/// history: those stand there from the day of their decision.
///
/// # Errors
/// When the actor may not read decisions.
pub async fn register(ctx: &Ctx<'_>, filter: &Filter, day: Date) -> Result<(Vec<Registered>, usize), DecisionsError> {
    ctx.may(Permission::ReadDecisions)?;
    let mut tx = ctx.read().await?;
    let changes = history::of_kind(&mut tx, "decision_lines").await?;
    let dated: BTreeSet<Uuid> = changes.iter().filter(|one| one.was.is_none()).map(|one| one.entry).collect();
    let mut found = Vec::new();
    let mut undated = 0;
    for (line, number, issued_on) in queries::registered(&mut tx).await? {
        let known = dated.contains(&line.id.0);
        if !known && issued_on.is_none_or(|issued| issued > day) {
            continue;
        }
        let kept = ("decision_lines", line.id.0);
        let Some(stood) = history::stood(&changes, kept, Printed::of(&line), day)? else { continue };
        let mut line = stood.into_line(line);
        line.annulled_on = line.annulled_on.filter(|on| *on <= day);
        if filter.fits(&line, &number) {
            undated += usize::from(!known);
            found.push((line, number, issued_on));
        }
    }
    Ok((found, undated))
}
