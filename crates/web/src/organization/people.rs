//! The list of people, and one of them with the record.

use askama::Template;
use axum::extract::{Path, Query};
use kernel::Permission;
use kernel::id::PersonId;
use kernel::numbers::short_date;
use office::organization::Recipient;
use office::organization::queries::{self, Filter, PersonLine, Place as Mark};
use office::records::{self, RecordsError};
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::then::{Then, Typed};
use crate::urls;

/// How many people stand on a page.
const PAGE: usize = 50;

/// What the list is narrowed to.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    sau: String,
    sau_ma: Option<uuid::Uuid>,
}

#[derive(Template)]
#[template(path = "organization/people.html")]
struct PeoplePage {
    frame: Frame,
    form: Form,
    units: Vec<Choice>,
    lines: Vec<PersonLine>,
    next: Option<String>,
    may_manage: bool,
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let units = queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    drop(tx);
    let filter = Filter { unit: asked.don_vi.parse().ok(), text: asked.tim.clone(), day: ctx.today() };
    let after = asked.sau_ma.map_or_else(Mark::beginning, |id| Mark { key: asked.sau, id });
    let mut lines = queries::people(&ctx, &filter, &after, PAGE + 1).await.map_err(refusal)?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(|last| {
        let mark = Mark::after(&last.person);
        let (text, unit) = (urls::encode(&asked.tim), urls::encode(&asked.don_vi));
        format!("/noi-bo/con-nguoi?tim={text}&don_vi={unit}&sau={}&sau_ma={}", urls::encode(&mark.key), mark.id)
    });
    Ok(page(&PeoplePage {
        frame: here.frame(here.visit.lang.t("Đơn vị, con người"), Place::People),
        form: Form::filled([("tim", asked.tim), ("don_vi", asked.don_vi)]),
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        lines,
        next,
        may_manage: ctx.may(Permission::ManagePeople).is_ok(),
    }))
}

/// A line of a person's history.
struct Entry {
    when: String,
    what: String,
    document: String,
}

#[derive(Template)]
#[template(path = "organization/person.html")]
struct PersonPage {
    frame: Frame,
    id: PersonId,
    may_manage: bool,
    staff_code: String,
    category: &'static str,
    parts: Vec<(&'static str, Vec<Entry>)>,
    then: Then,
}

pub async fn show(here: Here, Path(id): Path<PersonId>, Query(typed): Query<Typed>) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut then = typed.read(&here, format!("/noi-bo/con-nguoi/{id}"), false);
    let (person, posts) = queries::card(&ctx, id).await.map_err(refusal)?;
    let record = match then.known_on {
        None => records::queries::record(&ctx, Recipient::Person(id)).await.map_err(closed)?,
        Some(day) => {
            let found = records::queries::record_then(&ctx, Recipient::Person(id), day).await;
            let (record, undated) = found.map_err(closed)?;
            then.note(undated, l.t("mục không lưu lúc nhập; hiện như đã có từ trước"));
            then.notes.push(l.t("Tên và vị trí công tác là của hiện nay: không lưu lúc nhập").to_owned());
            record
        }
    };
    let day = then.known_on.unwrap_or_else(|| ctx.today());
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let mut held = Vec::new();
    for post in posts {
        let unit = queries::unit(&mut tx, post.unit, post.period.from).await.map_err(|error| Refusal::store(&error))?;
        let last = post.period.until.and_then(|until| until.yesterday().ok()).map(short_date);
        let when = format!("{} – {}", short_date(post.period.from), last.unwrap_or_else(|| "nay".to_owned()));
        held.push(Entry { when, what: post.title, document: unit.map(|unit| unit.name).unwrap_or_default() });
    }
    drop(tx);
    let rules = &here.house.rules;
    let awards = record.awards.iter().map(|one| Entry {
        when: one.year.to_string(),
        what: match one.revoked_on {
            Some(day) => format!("{} (đã thu hồi từ {})", rules.award(one.award).name_vi, short_date(day)),
            None => rules.award(one.award).name_vi.clone(),
        },
        document: format!("{} ngày {}", one.number, short_date(one.decided_on)),
    });
    let ratings = record.ratings_on(day).into_iter().map(|one| Entry {
        when: one.year.to_string(),
        what: one.level.name_vi().to_owned(),
        document: one.document.unwrap_or_default(),
    });
    let initiatives = record.initiatives.iter().map(|one| Entry {
        when: one.recognised_on.map(short_date).unwrap_or_default(),
        what: format!("{} – {}", one.code, one.name),
        document: one.document.clone().unwrap_or_default(),
    });
    let achievements = record.achievements.iter().map(|one| Entry {
        when: one.year.to_string(),
        what: format!("{} – {}", one.code, one.summary),
        document: format!("Mục {}", one.clause),
    });
    let disciplines = record.disciplines.iter().map(|one| Entry {
        when: short_date(one.period.from),
        what: one.level.name_vi().to_owned(),
        document: one.document.clone(),
    });
    let good = then.form.is_good();
    let shown = PersonPage {
        frame: here.frame(&person.profile.name, Place::People),
        id,
        may_manage: !then.is_past() && ctx.may(Permission::ManagePeople).is_ok(),
        then,
        parts: vec![
            ("Vị trí công tác", held),
            ("Xếp loại", ratings.collect()),
            ("Khen thưởng", awards.collect()),
            ("Sáng kiến", initiatives.collect()),
            ("Thành tích", achievements.collect()),
            ("Kỷ luật", disciplines.collect()),
        ],
        staff_code: person.profile.staff_code.unwrap_or_default(),
        category: person.profile.category.name_vi(),
    };
    Ok(if good { page(&shown) } else { mend(&shown) })
}

/// A record that is not shown: to whoever may not read it there is none.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
fn closed(error: RecordsError) -> Refusal {
    match &error {
        RecordsError::Denied(denied) => Refusal::denied(denied),
        RecordsError::Store(store) => Refusal::store(store),
        RecordsError::UnknownRecipient(_) => Refusal::not_found(),
        _ => Refusal::conflict(&error),
    }
}
