//! Figures of administrative-procedure dossiers, the dossiers behind each number, and files in.

mod costs;
mod figures;
mod group766;
pub(crate) mod imports;
mod list;
mod sources;
mod spans;
mod survey;
mod why;

use kernel::Permission;
use office::dossiers::DossiersError;
use office::dossiers::queries::{Filter, Kind};
use serde::Deserialize;

use crate::doors::{Doors, Need};
use crate::page::Refusal;
use crate::urls::encode;

/// So many codes may be answered for in one go from one address.
const CODES_AT_ONCE: u32 = 15;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadDossiers);
    let bring_in = Need::May(Permission::ImportDossiers);
    doors
        .get("/noi-bo/ho-so-tthc", read, figures::show)
        .get("/noi-bo/ho-so-tthc/danh-sach", read, list::show)
        .get("/noi-bo/ho-so-tthc/danh-sach.xlsx", read, list::take_out)
        .get("/noi-bo/ho-so-tthc/vi-sao", read, why::show)
        .get("/noi-bo/ho-so-tthc/thoi-han", read, spans::show)
        .get("/noi-bo/ho-so-tthc/bo-chi-so-766", read, group766::show)
        .get("/noi-bo/ho-so-tthc/chi-phi", read, costs::list)
        .get("/noi-bo/ho-so-tthc/chi-phi/thu-tuc", read, costs::show)
        .post("/noi-bo/ho-so-tthc/chi-phi/thu-tuc", bring_in, costs::save)
        .post("/noi-bo/ho-so-tthc/chi-phi/cong-thuc", Need::May(Permission::ConfirmRules), costs::confirm)
        .get("/danh-gia-ho-so", Need::Public, survey::ask)
        .paced()
        .post("/danh-gia-ho-so", Need::Public, survey::answer)
        .paced_to(CODES_AT_ONCE)
        .get("/noi-bo/ho-so-tthc/nhap", bring_in, imports::ask)
        .post("/noi-bo/ho-so-tthc/nhap", bring_in, imports::bring_in)
        .get("/noi-bo/ho-so-tthc/nhap/{import}", bring_in, imports::show)
        .get("/noi-bo/ho-so-tthc/nhap/{import}/dong-bi-bo.csv", bring_in, imports::rejected)
        .get("/noi-bo/ho-so-tthc/nguon", bring_in, sources::show)
        .post("/noi-bo/ho-so-tthc/nguon", bring_in, sources::save)
}

/// Which dossiers, as an address says it.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    nam: String,
    don_vi: String,
    thu_tuc: String,
    thang: String,
    loai: String,
    sau: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        let year = (self.nam.len() == 4).then(|| (format!("{}-01", self.nam), format!("{}-12", self.nam)));
        let (from, until) = match (&self.thang, year) {
            (month, _) if !month.is_empty() => (month.clone(), month.clone()),
            (_, Some(year)) => year,
            _ => Default::default(),
        };
        let (unit, procedure) = (self.don_vi.clone(), self.thu_tuc.clone());
        Filter { from, until, unit, procedure, kind: Kind::from_code(&self.loai) }
    }

    /// The same question for another kind of dossiers.
    fn query(&self, kind: &str) -> String {
        let parts = [
            ("nam", &self.nam),
            ("don_vi", &self.don_vi),
            ("thu_tuc", &self.thu_tuc),
            ("thang", &self.thang),
            ("loai", &kind.to_owned()),
        ];
        let parts = parts.iter().filter(|(_, value)| !value.is_empty());
        parts.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

/// The page that explains the day a dossier is held to.
pub(crate) fn why_address(code: &str) -> String {
    format!("/noi-bo/ho-so-tthc/vi-sao?ma={}", encode(code))
}

/// A refusal that is not a fault of a field.
pub(crate) fn refusal(error: &DossiersError) -> Refusal {
    match error {
        DossiersError::Denied(denied) => Refusal::denied(denied),
        DossiersError::Store(store) => Refusal::store(store),
        DossiersError::UnknownImport | DossiersError::UnknownDossier | DossiersError::UnknownProcedure => {
            Refusal::not_found()
        }
        DossiersError::Sheet(_)
        | DossiersError::NoHeader { .. }
        | DossiersError::TwoColumns { .. }
        | DossiersError::PoorMapping { .. }
        | DossiersError::NotToBeAnswered
        | DossiersError::AnsweredBefore
        | DossiersError::OddAnswer
        | DossiersError::OddCost(_)
        | DossiersError::CostsChanged
        | DossiersError::BadSource => Refusal::conflict(error),
    }
}
