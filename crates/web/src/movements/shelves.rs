//! What hangs on one clause: a shelf a room, each filled through the queries of its room, so that nobody reads here
//! what that room would not show.

use kernel::numbers::short_date;
use office::initiatives::model::StateKind as InitiativeState;
use office::inspections::model::StateKind as VisitState;
use office::newsroom::model::StateKind as StoryState;
use office::tasks::model::{StateKind as TaskState, Task};
use office::{awards, dialogues, enterprises, initiatives, inspections, newsroom, petitions, programmes, records};
use office::{targets, tasks};

use super::{DIALOGUES, Hanging, KINDS, opened};
use crate::here::Here;
use crate::page::Refusal;
use crate::targets::list::{Row, year_of};
use crate::urls::encode;

/// The most lines of a shelf; the rest is counted and found in its room.
const MOST: usize = 50;

/// One thing that hangs on the clause.
#[derive(Default)]
pub(super) struct Item {
    pub words: String,
    /// Where it is read; empty for what this actor may know of and not open.
    pub url: String,
    pub about: String,
    pub tone: &'static str,
    /// Where it stands; empty where it has no states.
    pub state: &'static str,
    pub late: bool,
}

/// What a room found.
#[derive(Default)]
struct Found {
    items: Vec<Item>,
    /// How many of those counted on the plan the actor finds.
    seen: usize,
    /// The room's own list, narrowed to the clause where it can be; empty where it has none.
    all: String,
    /// Whether the actor may not read the room at all.
    closed: bool,
}

impl Found {
    /// What a room shows to whom it is open.
    async fn through(open: bool, room: impl Future<Output = Result<Self, Refusal>>) -> Result<Self, Refusal> {
        if open { room.await } else { Ok(Self { closed: true, ..Self::default() }) }
    }

    fn of(items: Vec<Item>, all: impl Into<String>) -> Self {
        Self { seen: items.len(), items, all: all.into(), closed: false }
    }
}

/// A room's things on the clause.
pub(super) struct Shelf {
    /// Its number on the page.
    pub number: usize,
    pub name: String,
    /// How many there are; none where the room is not open to the visitor.
    pub many: Option<usize>,
    pub items: Vec<Item>,
    /// How many more the actor finds in the room itself.
    pub more: usize,
    /// How many there are beyond what the actor may read.
    pub unseen: usize,
    pub all: String,
    pub closed: bool,
}

impl Shelf {
    /// A shelf with what the plan counts, or with what was found where it counts nothing.
    fn of(here: &Here, (number, name): (usize, &str), counted: Option<usize>, found: Found) -> Self {
        let Found { mut items, seen, all, closed } = found;
        let many = (!closed).then(|| counted.unwrap_or(seen));
        let more = items.len().saturating_sub(MOST);
        items.truncate(MOST);
        let unseen = many.unwrap_or(seen).saturating_sub(seen);
        let name = here.visit.lang.t(name);
        let mut letters = name.chars();
        let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
        Self { number, name: first + letters.as_str(), many, items, more, unseen, all, closed }
    }

    /// Whether nothing stands on it.
    pub fn is_empty(&self) -> bool {
        self.many.unwrap_or_default() == 0 && self.items.is_empty() && self.unseen == 0
    }
}

/// Every shelf of a clause: the kinds that the plan counts in their order, then what hangs on those.
pub(super) async fn all(here: &Here, clause: &str, counts: Hanging) -> Result<Vec<Shelf>, Refusal> {
    let (visits, findings) = visits(here, clause).await?;
    let open = opened(here);
    let rooms: [Found; KINDS.len()] = [
        Found::through(open[0], campaigns(here, clause)).await?,
        Found::through(open[1], nominations(here, clause)).await?,
        Found::through(open[2], achievements(here, clause)).await?,
        Found::through(open[3], programme_lines(here, clause)).await?,
        Found::through(open[4], assigned(here, clause)).await?,
        visits,
        Found::through(open[6], letters(here, clause)).await?,
        Found::through(open[7], events(here, clause)).await?,
        Found::through(open[DIALOGUES], talks(here, clause)).await?,
        Found::through(open[9], ideas(here, clause)).await?,
        Found::through(open[10], stories(here, clause)).await?,
        Found::through(open[11], indicators(here, clause)).await?,
    ];
    let counted = (1..).zip(KINDS).zip(counts.0).zip(rooms);
    let mut shelves: Vec<Shelf> =
        counted.map(|((named, many), found)| Shelf::of(here, named, Some(many), found)).collect();
    let promised = Found::through(open[DIALOGUES], commitments(here, clause)).await?;
    let beside = [
        ("tệp minh chứng của nhiệm vụ", evidence(here, clause).await?),
        ("điều phải khắc phục sau kiểm tra", findings),
        ("cam kết tại đối thoại", promised),
    ];
    for (number, (name, found)) in (KINDS.len() + 1..).zip(beside) {
        shelves.push(Shelf::of(here, (number, name), None, found));
    }
    Ok(shelves)
}

async fn campaigns(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let ctx = here.ctx();
    let all = awards::queries::campaigns(&ctx).await.map_err(crate::awards::refusal)?;
    let item = |one: awards::model::Campaign| Item {
        url: format!("/noi-bo/khen-thuong/{}", one.id),
        about: format!("{} {}", here.visit.lang.t("Hạn nộp hồ sơ"), short_date(one.closes_on)),
        tone: one.state.tone(),
        state: one.state.name_vi(),
        words: one.name,
        late: false,
    };
    let items = all.into_iter().filter(|one| one.clause == clause).map(item).collect();
    Ok(Found::of(items, "/noi-bo/khen-thuong"))
}

async fn nominations(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let ctx = here.ctx();
    let found = awards::queries::on_clause(&ctx, clause).await.map_err(crate::awards::refusal)?;
    let item = |one: awards::queries::Nominated| Item {
        url: format!("/noi-bo/ho-so/{}", one.id),
        about: format!("{} · {}", here.house.rules.award(one.award).name_vi, one.unit_name),
        tone: one.state.tone(),
        state: one.state.name_vi(),
        words: one.name,
        late: false,
    };
    Ok(Found::of(found.into_iter().map(item).collect(), "/noi-bo/khen-thuong"))
}

async fn achievements(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let found = records::queries::achievements_on(&here.ctx(), clause).await;
    let item = |(one, name): (records::model::Achievement, String)| Item {
        words: format!("{} {}", one.code, one.summary),
        about: format!("{name} · {}", one.year),
        ..Item::default()
    };
    let found = found.map_err(|error| crate::records::refusal(&error))?;
    Ok(Found::of(found.into_iter().map(item).collect(), ""))
}

async fn programme_lines(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let found = programmes::queries::lines_on(&here.ctx(), clause).await.map_err(crate::programmes::refusal)?;
    let item = |(unit, name, line): (kernel::id::UnitId, String, programmes::model::Line)| {
        let due = line.due_on.map(|due| format!("{} {}", here.visit.lang.t("Hạn"), short_date(due)));
        let about = [Some(name), Some(line.figure), due].into_iter().flatten().filter(|one| !one.is_empty());
        Item {
            words: line.task,
            url: format!("/noi-bo/chuong-trinh/{unit}"),
            about: about.collect::<Vec<_>>().join(" · "),
            ..Item::default()
        }
    };
    Ok(Found::of(found.into_iter().map(item).collect(), "/noi-bo/chuong-trinh"))
}

/// A task as a line: late by the one rule of tasks, against its first due day.
fn task(here: &Here, one: &Task, words: String, about: &str, open: bool) -> Item {
    let due = format!("{} {}", here.visit.lang.t("Hạn"), short_date(one.due_on));
    Item {
        words,
        url: if open { format!("/noi-bo/nhiem-vu/{}", one.id) } else { String::new() },
        about: if about.is_empty() { due } else { format!("{about} · {due}") },
        tone: one.state.kind().tone(),
        state: one.state.kind().name_vi(),
        late: one.is_late(here.visit.today),
    }
}

async fn assigned(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let filter = tasks::queries::Filter { clause: clause.to_owned(), ..tasks::queries::Filter::default() };
    let found = tasks::queries::list(&here.ctx(), &filter).await.map_err(crate::tasks::refusal)?;
    // The list of tasks takes those of the clauses below too; these have their own pages.
    let own = found
        .iter()
        .filter(|one| one.task.content.clause == clause && one.task.state.kind() != TaskState::Cancelled)
        .map(|one| {
            let who = std::iter::once(&one.unit_name).chain(&one.doers).map(String::as_str);
            let who = who.collect::<Vec<_>>().join(", ");
            task(here, &one.task, format!("{} {}", one.task.code, one.task.content.title), &who, true)
        });
    Ok(Found::of(own.collect(), format!("/noi-bo/nhiem-vu?khoan={}", encode(clause))))
}

/// The visits, and what was found at them.
async fn visits(here: &Here, clause: &str) -> Result<(Found, Found), Refusal> {
    let mut found =
        inspections::queries::list(&here.ctx(), None, None, false).await.map_err(crate::inspections::refusal)?;
    found.retain(|one| one.inspection.clause == clause && one.inspection.state.kind() != VisitState::Cancelled);
    let (l, today) = (here.visit.lang, here.visit.today);
    let visit = |one: &inspections::queries::Listed| Item {
        words: one.inspection.subject.clone(),
        url: format!("/noi-bo/kiem-tra/{}", one.inspection.id),
        about: format!("{} · {}", one.unit_name, short_date(one.inspection.planned_on)),
        tone: one.inspection.state.kind().tone(),
        state: one.inspection.state.kind().name_vi(),
        late: false,
    };
    let finding = |one: &inspections::model::Finding| Item {
        words: one.what.clone(),
        url: format!("/noi-bo/kiem-tra/{}", one.inspection),
        about: format!("{} {}", l.t("Hạn"), short_date(one.due_on)),
        tone: if one.closed.is_some() { "ok" } else { "warn" },
        state: if one.closed.is_some() { "đã khắc phục" } else { "chưa khắc phục" },
        late: one.days_overdue(today).is_some(),
    };
    let visits = found.iter().map(visit).collect();
    let findings = found.iter().flat_map(|one| &one.findings).map(finding).collect();
    Ok((Found::of(visits, "/noi-bo/kiem-tra"), Found::of(findings, "/noi-bo/kiem-tra")))
}

/// The petitions: a number and the way to the inbox, no title and no name.
async fn letters(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let ctx = here.ctx();
    let seen = petitions::queries::many_on(&ctx, clause).await.map_err(crate::petitions::refusal)?;
    let all = format!("/noi-bo/kien-nghi?khoan={}", encode(clause));
    Ok(Found { items: Vec::new(), seen, all, closed: false })
}

async fn events(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let asked = enterprises::queries::Events { clause: Some(clause.to_owned()), ..Default::default() };
    let found = enterprises::queries::overview(&ctx, &asked).await.map_err(crate::enterprises::refusal)?;
    let item = |id, kind: &'static str, what: &str, record: &enterprises::model::Record| {
        let (stays, name) = found.named(id);
        let unit = found.units.get(&record.unit).map_or("–", String::as_str);
        Item {
            words: format!("{name}: {}", if what.is_empty() { l.t(kind) } else { what }),
            url: format!("/noi-bo/doanh-nghiep/{stays}"),
            about: format!("{} · {unit} · {}", l.t(kind), short_date(record.on)),
            ..Item::default()
        }
    };
    let supports = found.supports.iter().map(|one| item(one.enterprise, one.kind.name_vi(), &one.what, &one.record));
    let connections =
        found.connections.iter().map(|one| item(one.enterprise, one.kind.name_vi(), &one.what, &one.record));
    let conversions =
        found.conversions.iter().map(|one| item(one.enterprise, one.kind.name_vi(), &one.document, &one.record));
    let items = supports.chain(connections).chain(conversions).collect();
    Ok(Found::of(items, format!("/noi-bo/doanh-nghiep/viec?khoan={}", encode(clause))))
}

async fn talks(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let ctx = here.ctx();
    let found = dialogues::queries::overview(&ctx).await.map_err(crate::dialogues::refusal)?;
    let hung = found.dialogues.iter().filter(|one| one.clause == clause);
    let item = |one: &dialogues::model::Dialogue| Item {
        words: one.title.clone(),
        url: format!("/noi-bo/doi-thoai/{}", one.id),
        about: format!("{} · {}", found.units.get(&one.unit).map_or("–", String::as_str), short_date(one.on)),
        tone: one.state.tone(),
        state: one.state.name_vi(),
        late: false,
    };
    let held = hung.filter(|one| one.state != dialogues::model::StateKind::Cancelled).map(item).collect();
    Ok(Found::of(held, "/noi-bo/doi-thoai"))
}

async fn commitments(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let ctx = here.ctx();
    let found = dialogues::queries::commitments_on(&ctx, clause).await.map_err(crate::dialogues::refusal)?;
    let item = |one: &dialogues::commitments::Followed| {
        task(here, &one.task, one.commitment.what.clone(), &one.made_at.title, one.is_seen)
    };
    Ok(Found::of(found.iter().map(item).collect(), "/noi-bo/doi-thoai"))
}

async fn ideas(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let filter = initiatives::queries::Filter { clause: clause.to_owned(), ..Default::default() };
    let (mut found, _) =
        initiatives::queries::list(&here.ctx(), &filter, None).await.map_err(crate::initiatives::refusal)?;
    // As the plan counts them: what was handed in and not taken back.
    found.retain(|one| !matches!(one.initiative.state, InitiativeState::Draft | InitiativeState::Withdrawn));
    let item = |one: initiatives::queries::Listed| Item {
        words: format!("{} {}", one.initiative.code, one.initiative.name),
        url: format!("/noi-bo/sang-kien/{}", one.initiative.id),
        about: one.unit_name,
        tone: one.initiative.state.tone(),
        state: one.initiative.state.name_vi(),
        late: false,
    };
    let all = format!("/noi-bo/sang-kien?khoan={}", encode(clause));
    Ok(Found::of(found.into_iter().map(item).collect(), all))
}

async fn stories(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let ctx = here.ctx();
    let out = [StoryState::Scheduled, StoryState::Published, StoryState::Archived];
    let mut found = newsroom::queries::list(&ctx, None).await.map_err(crate::newsroom::refusal)?;
    found.retain(|(story, _)| story.clause == clause && out.contains(&story.state));
    let item = |(story, _): (newsroom::model::Story, bool)| Item {
        words: story.text.title,
        url: format!("/noi-bo/chuyen-muc/{}", story.id),
        about: here.visit.lang.t(story.kind.name_vi()).to_owned(),
        tone: story.state.tone(),
        state: story.state.name_vi(),
        late: false,
    };
    Ok(Found::of(found.into_iter().map(item).collect(), "/noi-bo/chuyen-muc"))
}

async fn indicators(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let (ctx, l, day) = (here.ctx(), here.visit.lang, here.visit.today);
    let year = year_of(here, "", day);
    let listed = async { targets::queries::list(&ctx, year, day).await.map_err(crate::targets::refusal) };
    let found = ctx.kept(&format!("{year} {day}"), listed).await?;
    let item = |row: Row| Item {
        words: format!("{} {}", row.code, row.name),
        url: format!("/noi-bo/chi-tieu/{}", row.id),
        about: match (row.levels.is_empty(), row.aim.is_empty()) {
            (false, _) => row.levels,
            (true, true) => row.total,
            (true, false) => format!("{} · {} {}", row.total, l.t("mốc"), row.aim),
        },
        tone: if row.is_number { row.status.tone() } else { "neutral" },
        state: if row.is_number { row.status.name_vi() } else { "định tính" },
        late: false,
    };
    let hung = found.iter().filter(|one| one.indicator.clause == clause).map(|one| Row::of(l, one));
    Ok(Found::of(hung.map(item).collect(), "/noi-bo/chi-tieu"))
}

async fn evidence(here: &Here, clause: &str) -> Result<Found, Refusal> {
    let found = tasks::queries::files_on(&here.ctx(), clause).await.map_err(crate::tasks::refusal)?;
    let item = |(task, file): &(Task, tasks::model::TaskFile)| Item {
        words: file.name.clone(),
        url: format!("/noi-bo/nhiem-vu/{}/tep/{}", task.id, file.id),
        about: format!("{} {} · {}", task.code, task.content.title, file.by),
        ..Item::default()
    };
    Ok(Found::of(found.iter().map(item).collect(), format!("/noi-bo/nhiem-vu?khoan={}", encode(clause))))
}
