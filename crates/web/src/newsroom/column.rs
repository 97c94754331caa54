//! The column for everybody: its stories with search, the newest on the front page.

use askama::Template;
use axum::extract::Query;
use kernel::clock::day_of;
use kernel::numbers::short_date;
use office::newsroom::model::{Picture, StoryKind};
use office::newsroom::public::{self, Listed};
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls::encode;

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    trang: String,
}

/// A picture in its sizes, for `<img>`.
pub struct Image {
    /// The address of the smallest.
    pub src: String,
    /// Every address with its width.
    pub srcset: String,
    /// The width of the largest.
    pub width: i64,
    /// The height of the largest.
    pub height: i64,
    /// What it shows, in words.
    pub alt: String,
}

impl Image {
    /// A picture; none while it has no size.
    pub fn of(picture: &Picture) -> Option<Self> {
        let address = |width: i64| format!("/thong-tin-khen-thuong/anh/{}/{width}", picture.id);
        let (first, last) = (picture.files.first()?, picture.files.last()?);
        let sizes = picture.files.iter().map(|file| format!("{} {}w", address(file.width), file.width));
        Some(Self {
            src: address(first.width),
            srcset: sizes.collect::<Vec<_>>().join(", "),
            width: last.width,
            height: last.height,
            alt: picture.alt.clone(),
        })
    }
}

/// A story in a list.
pub struct Card {
    /// Where it is read.
    pub url: String,
    /// What it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Since which day it is there.
    pub on: String,
    /// Whether it was corrected.
    pub corrected: bool,
    /// Its first picture.
    pub image: Option<Image>,
}

impl Card {
    fn of(one: Listed) -> Self {
        Self {
            url: format!("/thong-tin-khen-thuong/{}", one.story.slug),
            kind: one.story.kind.name_vi(),
            on: one.story.publish_at.map(|at| short_date(day_of(at))).unwrap_or_default(),
            corrected: one.corrected_at.is_some(),
            image: one.picture.as_ref().and_then(Image::of),
            title: one.story.text.title,
            summary: one.story.text.summary,
        }
    }
}

/// The newest stories, for the front page.
pub async fn newest(here: &Here, many: i64) -> Result<Vec<Card>, Refusal> {
    Ok(public::newest(&here.ctx(), many).await.map_err(refusal)?.into_iter().map(Card::of).collect())
}

#[derive(Template)]
#[template(path = "newsroom/column.html")]
struct ColumnPage {
    frame: Frame,
    form: Form,
    kinds: Vec<Choice>,
    cards: Vec<Card>,
    searched: bool,
    newer: String,
    older: String,
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let place: i64 = asked.trang.parse().unwrap_or_default();
    let text = kernel::text::clean_line(&asked.tim);
    let kind = StoryKind::from_code(&asked.loai);
    let (found, more) = public::column(&ctx, &text, kind, place).await.map_err(refusal)?;
    let code = kind.map_or("", StoryKind::code);
    let address = |place: i64| format!("/thong-tin-khen-thuong?tim={}&loai={code}&trang={place}", encode(&text));
    Ok(page(&ColumnPage {
        frame: here.frame(l.t("Thông tin khen thưởng"), Place::None),
        kinds: StoryKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        cards: found.into_iter().map(Card::of).collect(),
        searched: !text.is_empty() || kind.is_some(),
        newer: if place > 0 { address(place - 1) } else { String::new() },
        older: if more { address(place + 1) } else { String::new() },
        form: Form::filled([("tim", text), ("loai", code.to_owned())]),
    }))
}
