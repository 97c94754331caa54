//! One person: the posts and the record, and posts taken up and left.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect};
use kernel::id::PersonId;
use kernel::numbers::short_date;
use kernel::{Date, Period, Permission};
use office::decisions;
use office::organization::model::{Post, PostId};
use office::organization::outsiders::OutsiderEntry;
use office::organization::people::NewPost;
use office::organization::{OrganizationError, Recipient, people, queries};
use office::records::{self, RecordsError};

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::then::{Then, Typed};

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
    /// What is kept of a person outside the Office.
    outside: Option<OutsiderEntry>,
    parts: Vec<(&'static str, Vec<Entry>)>,
    then: Then,
    form: Form,
    /// Where a post can be taken up today.
    units: Vec<Choice>,
    /// The posts that can be left.
    held: Vec<Choice>,
}

async fn person_page(here: &Here, id: PersonId, typed: &Typed, form: Form) -> Result<PersonPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut then = typed.read(here, format!("/noi-bo/con-nguoi/{id}"), false);
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
    let units = queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    let outside = queries::outsider(&mut tx, id, day).await.map_err(|error| Refusal::store(&error))?;
    let (mut entries, mut held) = (Vec::new(), Vec::new());
    for post in posts {
        // The unit as it was called at the end of the post, or is called today.
        let last = post.period.until.and_then(|until| until.yesterday().ok());
        let named_on = last.unwrap_or(day).min(day).max(post.period.from);
        let unit = queries::unit(&mut tx, post.unit, named_on).await.map_err(|error| Refusal::store(&error))?;
        let last = last.map(short_date);
        let when = format!("{} – {}", short_date(post.period.from), last.unwrap_or_else(|| "nay".to_owned()));
        let unit = unit.map(|unit| unit.name).unwrap_or_default();
        if can_be_left(&post, ctx.today()) {
            held.push(Choice::new(post.id, format!("{} – {unit} ({when})", post.title)));
        }
        entries.push(Entry { when, what: post.title, document: unit });
    }
    let annulled = decisions::queries::annulled_lines(&mut tx).await.map_err(crate::decisions::refusal)?;
    drop(tx);
    let rules = &here.house.rules;
    let awards = record.awards.iter().map(|one| Entry {
        when: one.year.to_string(),
        what: crate::records::award_words(rules, one, &annulled),
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
    let results = record.results.iter().map(|one| Entry {
        when: format!("{}, {}", one.year, one.stage.name_vi()),
        what: crate::records::result_words(one),
        document: one.document.clone(),
    });
    let disciplines = record.disciplines.iter().map(|one| Entry {
        when: short_date(one.period.from),
        what: one.level.name_vi().to_owned(),
        document: one.document.clone(),
    });
    Ok(PersonPage {
        frame: here.frame(&person.profile.name, Place::People).faulty(!form.is_good() || !then.form.is_good()),
        id,
        may_manage: !then.is_past() && ctx.may(Permission::ManagePeople).is_ok(),
        then,
        parts: vec![
            ("Vị trí công tác", entries),
            ("Xếp loại", ratings.collect()),
            ("Khen thưởng", awards.collect()),
            ("Sáng kiến", initiatives.collect()),
            ("Thành tích", achievements.collect()),
            ("Kết quả phong trào", results.collect()),
            ("Kỷ luật", disciplines.collect()),
        ],
        staff_code: person.profile.staff_code.unwrap_or_default(),
        category: person.profile.category.name_vi(),
        outside: outside.map(|one| one.entry),
        form,
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        held,
    })
}

fn can_be_left(post: &Post, today: Date) -> bool {
    post.period.until.is_none_or(|until| until > today)
}

pub async fn show(here: Here, Path(id): Path<PersonId>, Query(typed): Query<Typed>) -> Answer {
    let shown = person_page(&here, id, &typed, Form::empty()).await?;
    Ok(if shown.then.form.is_good() { page(&shown) } else { mend(&shown) })
}

/// Back to the page, or the form again with the fault at its field.
async fn answered(
    here: &Here,
    id: PersonId,
    mut form: Form,
    (unit, day, last): (&str, &str, &str),
    done: Result<(), OrganizationError>,
) -> Answer {
    let (field, error) = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/noi-bo/con-nguoi/{id}")).into_response()),
        Err(error @ OrganizationError::UnknownUnit(_)) => (unit, error),
        Err(
            error @ (OrganizationError::UnitNotThere { .. }
            | OrganizationError::UnitEnded { .. }
            | OrganizationError::AlreadyHeld { .. }
            | OrganizationError::NoSuchPost),
        ) => (day, error),
        Err(error @ OrganizationError::Period(_)) => (last, error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&person_page(here, id, &Typed::default(), form).await?))
}

pub async fn appoint(here: Here, Path(id): Path<PersonId>, mut form: Form) -> Answer {
    let unit = form.choice("don-vi", "Chọn đơn vị");
    let title = form.required_line("chuc-danh", 200, "Nhập chức danh");
    let from = form.required_day("tu-ngay", "Nhập ngày");
    let last = form.day("den-het-ngay");
    let (Some(unit), Some(from), true) = (unit, from, form.is_good()) else {
        return Ok(mend(&person_page(&here, id, &Typed::default(), form).await?));
    };
    let period = Period { from, until: last.and_then(|last| last.tomorrow().ok()) };
    let new = NewPost { unit, title, leader: form.chosen("lanh-dao", "co"), period };
    let done = people::appoint(&here.ctx(), id, new).await.map(|_| ());
    answered(&here, id, form, ("don-vi", "tu-ngay", "den-het-ngay"), done).await
}

pub async fn leave(here: Here, Path(id): Path<PersonId>, mut form: Form) -> Answer {
    let (_, posts) = queries::card(&here.ctx(), id).await.map_err(refusal)?;
    let chosen = form.choice::<PostId>("vi-tri", "Chọn vị trí");
    let post = posts.into_iter().find(|post| Some(post.id) == chosen && can_be_left(post, here.visit.today));
    if chosen.is_some() && post.is_none() {
        form.refuse("vi-tri", sentence(&OrganizationError::NoSuchPost));
    }
    let on = form.required_day("thoi-tu-ngay", "Nhập ngày");
    let (Some(post), Some(on), true) = (post, on, form.is_good()) else {
        return Ok(mend(&person_page(&here, id, &Typed::default(), form).await?));
    };
    let done = people::end_post(&here.ctx(), post.id, on).await;
    answered(&here, id, form, ("vi-tri", "thoi-tu-ngay", "thoi-tu-ngay"), done).await
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
