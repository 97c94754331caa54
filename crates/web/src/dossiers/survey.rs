//! The public page: one answer for each receipt code, without an account, without a word about anybody.

use askama::Template;
use office::dossiers::{DossiersError, answers};

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "dossiers/survey.html")]
struct SurveyPage {
    frame: Frame,
    form: Form,
    /// From worst to best, with the number that is kept.
    levels: [(&'static str, &'static str); 5],
    thanks: bool,
}

const LEVELS: [(&str, &str); 5] = [
    ("1", "Rất không hài lòng"),
    ("2", "Không hài lòng"),
    ("3", "Bình thường"),
    ("4", "Hài lòng"),
    ("5", "Rất hài lòng"),
];

fn survey_page(here: &Here, form: Form, thanks: bool) -> SurveyPage {
    let title = here.visit.lang.t("Đánh giá việc giải quyết hồ sơ");
    SurveyPage { frame: here.frame(title, Place::None).faulty(!form.is_good()), form, levels: LEVELS, thanks }
}

pub async fn ask(here: Here) -> Answer {
    Ok(page(&survey_page(&here, Form::empty(), false)))
}

pub async fn answer(here: Here, mut form: Form) -> Answer {
    let code = form.required_line("ma", 100, "Nhập mã hồ sơ ghi trên giấy tiếp nhận và hẹn trả kết quả");
    let level = form.value("muc").parse::<i64>().unwrap_or(0);
    if level == 0 {
        form.refuse("muc", "Chọn một mức");
    }
    if !form.is_good() {
        return Ok(mend(&survey_page(&here, form, false)));
    }
    match answers::answer(&here.ctx(), &code, level).await {
        Ok(()) => Ok(page(&survey_page(&here, Form::empty(), true))),
        Err(error @ (DossiersError::NotToBeAnswered | DossiersError::AnsweredBefore)) => {
            form.refuse("ma", sentence(&error));
            Ok(mend(&survey_page(&here, form, false)))
        }
        Err(error @ DossiersError::OddAnswer) => {
            form.refuse("muc", sentence(&error));
            Ok(mend(&survey_page(&here, form, false)))
        }
        Err(error) => Err(refusal(&error)),
    }
}
