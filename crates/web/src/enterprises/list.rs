//! The register: what is asked for, how many there are of each kind, the entries.

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use office::enterprises::model::{Registered, Size, Standing};
use office::enterprises::queries::{self, Count, Filter, Suspects, after};
use office::organization::model::EnterpriseKind;
use office::organization::queries::Place as Mark;
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};
use crate::say::Lang;
use crate::urls;

/// How many entries stand on a page.
const PAGE: usize = 50;

/// What the register is narrowed to.
#[derive(Deserialize, Default, Debug, Clone)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    xa: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    quy_mo: String,
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    sau: String,
    sau_ma: Option<uuid::Uuid>,
}

impl Asked {
    /// As the room asks.
    pub fn filter(&self, day: kernel::Date) -> Filter {
        let standing = match self.trang_thai.as_str() {
            "" => Some(Standing::Active),
            code => Standing::from_code(code),
        };
        Filter {
            text: self.tim.clone(),
            commune: Some(self.xa.clone()).filter(|commune| !commune.is_empty()),
            kind: EnterpriseKind::from_code(&self.loai),
            size: Size::from_code(&self.quy_mo),
            standing,
            day,
        }
    }

    /// The same in an address, with another kind, size and standing.
    fn narrowed(&self, kind: &str, size: &str, standing: &str) -> String {
        let (text, commune) = (urls::encode(&self.tim), urls::encode(&self.xa));
        format!("tim={text}&xa={commune}&loai={kind}&quy_mo={size}&trang_thai={standing}")
    }

    /// The same in an address.
    pub fn query(&self) -> String {
        self.narrowed(&urls::encode(&self.loai), &urls::encode(&self.quy_mo), &urls::encode(&self.trang_thai))
    }
}

/// A number that leads to its list.
struct Tile {
    words: String,
    many: usize,
    url: String,
    current: bool,
}

struct Row {
    url: String,
    name: String,
    tax_code: String,
    kind: String,
    sector: String,
    commune: String,
    standing: Standing,
}

#[derive(Template)]
#[template(path = "enterprises/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    communes: Vec<Choice>,
    kinds: Vec<Choice>,
    sizes: Vec<Choice>,
    standings: Vec<Choice>,
    tiles: Vec<Tile>,
    total: usize,
    rows: Vec<Row>,
    next: Option<String>,
    query: String,
    suspects: Vec<(String, String, String)>,
    may_manage: bool,
}

/// Kind and size in words.
pub(super) fn kind_words(l: Lang, kind: EnterpriseKind, size: Option<Size>) -> String {
    match size {
        Some(size) => format!("{} {}", l.t(kind.name_vi()), l.t(size.name_vi())),
        None => l.t(kind.name_vi()).to_owned(),
    }
}

fn row(l: Lang, one: &Registered, day: kernel::Date) -> Row {
    let entry = &one.identity.entry;
    Row {
        url: format!("/noi-bo/doanh-nghiep/{}", one.id()),
        name: entry.name.clone(),
        tax_code: entry.tax_code.clone().unwrap_or_default(),
        kind: kind_words(l, entry.kind, one.profile.size),
        sector: one.profile.sector.clone(),
        commune: entry.commune.clone().unwrap_or_default(),
        standing: one.standing(day),
    }
}

/// One tile a kind, for enterprises one a size too, and one for all.
fn tiles(l: Lang, asked: &Asked, counts: &[Count], standing: Option<Standing>) -> Vec<Tile> {
    let many = |fits: &dyn Fn(&&Count) -> bool| -> usize {
        let stands = |one: &&Count| standing.is_none_or(|standing| one.standing == standing);
        counts.iter().filter(stands).filter(fits).map(|one| one.many).sum()
    };
    let tile = |words: String, many, kind: &str, size: &str| Tile {
        words,
        many,
        url: format!("/noi-bo/doanh-nghiep?{}", asked.narrowed(kind, size, &urls::encode(&asked.trang_thai))),
        current: asked.loai == kind && asked.quy_mo == size,
    };
    let mut tiles = vec![tile(l.t("Tất cả").to_owned(), many(&|_| true), "", "")];
    for kind in EnterpriseKind::ALL {
        let of_kind = many(&|one| one.kind == *kind);
        tiles.push(tile(kind_words(l, *kind, None), of_kind, kind.code(), ""));
        if *kind == EnterpriseKind::Enterprise {
            for size in Size::ALL {
                let of_size = many(&|one| one.kind == *kind && one.size == Some(*size));
                tiles.push(tile(kind_words(l, *kind, Some(*size)), of_size, kind.code(), size.code()));
            }
        }
    }
    tiles
}

fn suspects(found: Vec<Suspects>) -> Vec<(String, String, String)> {
    let named = |(_, name, code): &(_, String, Option<String>)| match code {
        Some(code) => format!("{name} ({code})"),
        None => name.clone(),
    };
    let pair = |one: Suspects| {
        let url = format!("/noi-bo/doanh-nghiep/{}/gop?voi={}", one.one.0, one.other.0);
        (named(&one.one), named(&one.other), url)
    };
    found.into_iter().map(pair).collect()
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let filter = asked.filter(today);
    let place = asked.sau_ma.map_or_else(Mark::beginning, |id| Mark { key: asked.sau.clone(), id });
    let mut found = queries::list(&ctx, &filter, &place, PAGE + 1).await.map_err(refusal)?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| {
        let mark = after(last);
        format!("/noi-bo/doanh-nghiep?{}&sau={}&sau_ma={}", asked.query(), urls::encode(&mark.key), mark.id)
    });
    let counts = queries::counts(&ctx, &filter).await.map_err(refusal)?;
    let fits = |one: &&Count| {
        filter.standing.is_none_or(|standing| one.standing == standing)
            && filter.kind.is_none_or(|kind| one.kind == kind)
            && filter.size.is_none_or(|size| one.size == Some(size))
    };
    let total = counts.iter().filter(fits).map(|one| one.many).sum();
    let tiles = tiles(l, &asked, &counts, filter.standing);
    let may_manage = ctx.may(Permission::ManageEnterprises).is_ok();
    let pairs = if may_manage { queries::suspects(&ctx).await.map_err(refusal)? } else { Vec::new() };
    let communes = queries::communes(&ctx).await.map_err(refusal)?;
    let standing_code = filter.standing.map_or("tat-ca", Standing::code).to_owned();
    Ok(page(&ListPage {
        frame: here.frame(l.t("Doanh nghiệp, HTX, hộ"), Place::Enterprises),
        query: asked.query(),
        total,
        form: Form::filled([
            ("tim", asked.tim),
            ("xa", asked.xa),
            ("loai", asked.loai),
            ("quy_mo", asked.quy_mo),
            ("trang_thai", standing_code),
        ]),
        communes: communes.into_iter().map(|name| Choice::new(&name, name.clone())).collect(),
        kinds: EnterpriseKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        sizes: Size::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        standings: Standing::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        tiles,
        rows: found.iter().map(|one| row(l, one, today)).collect(),
        next,
        suspects: suspects(pairs),
        may_manage,
    }))
}
