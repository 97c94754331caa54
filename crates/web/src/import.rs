//! The page that brings a sheet in: tried first, then all of it or nothing.

use askama::Template;
use axum::response::Response;
use office::import::{Manner, Outcome};

use crate::form::Form;
use crate::here::Here;
use crate::page::{Frame, Place, mend, sentence, show};

/// One kind of sheet that can be brought in, with its page.
#[derive(Debug, Clone, Copy)]
pub struct Import {
    /// The page's title.
    pub title: &'static str,
    /// Where the page stands in the menu.
    pub place: Place,
    /// The address whose `/nhap` takes the sheet and whose `/mau.xlsx` is an empty one.
    pub address: &'static str,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    frame: Frame,
    form: Form,
    address: &'static str,
    outcome: Option<Outcome>,
    written: bool,
}

/// How the form asks for the sheet to be read: a trial as long as the box is ticked, never a part of it.
pub fn manner(form: &Form) -> Manner {
    Manner { dry_run: form.chosen("thu", "co"), accept_good_rows: false }
}

impl Import {
    fn page(self, here: &Here, form: Form, outcome: Option<Outcome>) -> ImportPage {
        let frame = here.frame(here.visit.lang.t(self.title), self.place).faulty(!form.is_good());
        let written = !manner(&form).dry_run && outcome.as_ref().is_some_and(|found| found.faults.is_empty());
        ImportPage { frame, form, address: self.address, outcome, written }
    }

    /// Asks for a sheet, as a trial unless told otherwise.
    pub fn ask(self, here: &Here) -> Response {
        show(&self.page(here, Form::filled([("thu", "co".to_owned())]), None))
    }

    /// Says why the sheet as a whole cannot be read.
    pub fn refused(self, here: &Here, mut form: Form, why: &impl std::fmt::Display) -> Response {
        form.refuse("tep", sentence(why));
        mend(&self.page(here, form, None))
    }

    /// Says what was or would be written, or which cells must be mended first.
    pub fn done(self, here: &Here, form: Form, outcome: Outcome) -> Response {
        show(&self.page(here, form, Some(outcome)))
    }
}
