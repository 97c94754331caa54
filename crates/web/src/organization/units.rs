//! The units of today, with the names they bore.

use askama::Template;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::organization::queries;

use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

struct Line {
    id: UnitId,
    code: String,
    name: String,
    kind: &'static str,
    former: Vec<String>,
}

#[derive(Template)]
#[template(path = "organization/units.html")]
struct UnitsPage {
    frame: Frame,
    lines: Vec<Line>,
}

pub async fn list(here: Here) -> Answer {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let units = queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    let mut lines = Vec::new();
    for unit in units {
        let names = queries::unit_names(&mut tx, unit.id).await.map_err(|error| Refusal::store(&error))?;
        let former = names.iter().zip(names.iter().skip(1)).filter(|(_, next)| next.from <= ctx.today());
        lines.push(Line {
            former: former.map(|(old, next)| format!("{} (đến trước {})", old.name, short_date(next.from))).collect(),
            id: unit.id,
            code: unit.code,
            name: unit.name,
            kind: unit.kind.name_vi(),
        });
    }
    Ok(page(&UnitsPage { frame: here.frame(here.visit.lang.t("Các đơn vị"), Place::People), lines }))
}
