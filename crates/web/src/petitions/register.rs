//! A letter taken in on behalf of its sender.

use askama::Template;
use kernel::numbers::short_date;
use office::petitions::intake::{self, NewLetter};
use office::petitions::model::{Channel, SenderKind};

use super::portal::contact;
use super::refusal;
use crate::files::Upload;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "petitions/register.html")]
struct RegisterPage {
    frame: Frame,
    form: Form,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "petitions/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    code: String,
    qr: String,
    url: String,
}

fn register_page(here: &Here, form: Form) -> RegisterPage {
    let l = here.visit.lang;
    let channels = Channel::ALL.iter().filter(|one| **one != Channel::Portal);
    RegisterPage {
        frame: here.frame(l.t("Tiếp nhận đơn mới"), Place::Petitions).faulty(!form.is_good()),
        channels: channels.map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        kinds: SenderKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        form,
    }
}

pub async fn new(here: Here) -> Answer {
    let today = short_date(here.visit.today);
    let form = Form::filled([("so-nguoi", "1".to_owned()), ("ngay-nhan", today)]);
    Ok(page(&register_page(&here, form)))
}

pub async fn create(here: Here, mut upload: Upload) -> Answer {
    let form = &mut upload.form;
    let channel = Channel::from_code(form.value("kenh"));
    if channel.is_none() {
        form.refuse("kenh", "Chọn kênh tiếp nhận");
    }
    let kind = SenderKind::from_code(form.value("loai"));
    if kind.is_none() {
        form.refuse("loai", "Chọn loại người gửi");
    }
    let received_on = form.day("ngay-nhan");
    let (Some(channel), Some(sender_kind), true) = (channel, kind, form.is_good()) else {
        return Ok(mend(&register_page(&here, upload.form)));
    };
    let new = NewLetter {
        channel,
        sender_kind,
        contact: contact(form),
        people: form.line("so-nguoi").parse().unwrap_or_default(),
        hide_name: form.chosen("an-ten", "1"),
        title: form.value("tieu-de").to_owned(),
        content: form.value("noi-dung").to_owned(),
        received_on,
    };
    match intake::register(&here.ctx(), new, upload.file()).await {
        Ok((id, code)) => {
            let address = format!("{}/phan-anh/tra-cuu/{code}", here.house.public_url);
            Ok(page(&ReceiptPage {
                frame: here.frame(here.visit.lang.t("Đã tiếp nhận đơn"), Place::Petitions),
                qr: papers::qr::svg_path(&address).unwrap_or_default(),
                url: format!("/noi-bo/kien-nghi/{id}"),
                code,
            }))
        }
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            upload.form.refuse(field, sentence(&error));
            Ok(mend(&register_page(&here, upload.form)))
        }
    }
}
