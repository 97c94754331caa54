//! The documents of a decision: decision with its list, submission, certificates, bonus sheet.

use kernel::Date;
use kernel::numbers::{Dong, whole};
use papers::Paper;
use papers::certificate::{Certificate, Form, Verification};
use papers::paper::{Align, Block, Column, Issuer, Mark, Number, Signer, Table};

use super::model::{Decision, Line};
use super::proof;
use crate::House;
use crate::organization::Recipient;

fn issuer(house: &House) -> Issuer {
    Issuer {
        above: Some("Ủy ban nhân dân tỉnh".to_owned()).filter(|_| house.plan.office.contains("UBND tỉnh")),
        name: house.plan.office.clone(),
    }
}

fn award_name(house: &House, line: &Line) -> String {
    house.rules.award(line.award).name_vi.clone()
}

fn list(house: &House, lines: &[Line], with_money: bool) -> Table {
    let mut columns = vec![
        Column::aligned("TT", 1.0, Align::Center),
        Column::new("Họ và tên, tên tập thể", 4.0),
        Column::new("Chức vụ, đơn vị", 5.0),
        Column::new("Hình thức", 4.0),
    ];
    if with_money {
        columns.push(Column::aligned("Tiền thưởng (đồng)", 2.5, Align::Right));
    }
    let row = |(position, line): (i64, &Line)| {
        let place = [line.title.as_str(), line.unit_name.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|text| !text.is_empty()).collect();
        let mut row = vec![whole(position), line.name.clone(), place.join(", "), award_name(house, line)];
        if with_money {
            row.push(line.money.as_ref().map_or_else(|| "chưa xác định".to_owned(), |money| whole(money.amount)));
        }
        row
    };
    let rows: Vec<Vec<String>> = (1..).zip(lines).map(row).collect();
    Table { columns, rows, ..Table::default() }
}

/// The decision with its list as an annex, as it was signed.
#[must_use]
pub fn decision(house: &House, decision: &Decision, lines: &[Line]) -> Paper {
    let lines: Vec<Line> = lines.iter().map(Line::as_signed).collect();
    let lines = lines.as_slice();
    let drawn_up = decision.issued_on.unwrap_or_else(|| house.clock.today());
    let about = format!("Về việc khen thưởng trong Phong trào thi đua “{}”", house.movement_name());
    let mut paper = Paper::new(issuer(house), "QUYẾT ĐỊNH", about, drawn_up);
    paper.number = Number { value: decision.number, notation: decision.series.clone() };
    paper.place.clone_from(&decision.place);
    paper.signed_on = decision.issued_on;
    if decision.number.is_none() {
        paper.marks.push(Mark::Draft);
    }
    let (persons, collectives) = counts(lines);
    let who = match (persons, collectives) {
        (0, n) => format!("{n} tập thể, tổ chức"),
        (n, 0) => format!("{n} cá nhân"),
        (n, m) => format!("{m} tập thể, tổ chức và {n} cá nhân"),
    };
    paper.blocks = vec![
        Block::ground("Căn cứ Luật Thi đua, khen thưởng;"),
        Block::ground(format!("Căn cứ {} {};", house.plan.form.to_lowercase(), house.plan.title)),
        Block::ground("Căn cứ biên bản họp của Hội đồng Thi đua - Khen thưởng;"),
        Block::ground("Theo đề nghị của bộ phận thường trực thi đua, khen thưởng."),
        Block::Operative { text: "QUYẾT ĐỊNH:".to_owned() },
        Block::article(
            1,
            format!(
                "Khen thưởng {who} có tên trong danh sách kèm theo, đã có thành tích xuất sắc trong Phong trào thi đua “{}”.",
                house.movement_name()
            ),
        ),
        Block::article(
            2,
            "Tiền thưởng kèm theo thực hiện theo quy định của pháp luật về thi đua, khen thưởng, trích từ quỹ thi đua, khen thưởng.",
        ),
        Block::article(
            3,
            "Các phòng, đơn vị, tập thể và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.",
        ),
        Block::Annex {
            number: String::new(),
            title: "DANH SÁCH KHEN THƯỞNG".to_owned(),
            reference: format!("(Kèm theo Quyết định số {})", decision.number_text()),
        },
        Block::Table(list(house, lines, true)),
    ];
    paper.addressees.clone_from(&house.plan.recipients);
    paper.signers = vec![Signer { capacity: vec![decision.capacity.to_uppercase()], name: decision.signer.clone() }];
    paper
}

fn counts(lines: &[Line]) -> (usize, usize) {
    let persons = lines.iter().filter(|line| matches!(line.recipient, Recipient::Person(_))).count();
    (persons, lines.len() - persons)
}

/// The submission by which the standing body lays the draft before the signer.
#[must_use]
pub fn submission(house: &House, decision: &Decision, lines: &[Line]) -> Paper {
    let lines: Vec<Line> = lines.iter().map(Line::as_signed).collect();
    let lines = lines.as_slice();
    let about = format!("Về việc đề nghị khen thưởng trong Phong trào thi đua “{}”", house.movement_name());
    let mut paper = Paper::new(issuer(house), "TỜ TRÌNH", about, house.clock.today());
    paper.number = Number { value: None, notation: "TTr-TCHCQT".to_owned() };
    paper.place.clone_from(&decision.place);
    paper.salutation = vec![decision.capacity.clone()];
    let (persons, collectives) = counts(lines);
    paper.blocks = vec![
        Block::paragraph(
            "Căn cứ kết quả họp của Hội đồng Thi đua - Khen thưởng, bộ phận thường trực kính trình danh sách đề nghị khen thưởng sau đây.",
        ),
        Block::Table(list(house, lines, true)),
        Block::paragraph(format!("Tổng số: {collectives} tập thể, tổ chức; {persons} cá nhân.")),
        Block::paragraph("Kính trình xem xét, quyết định."),
    ];
    for line in lines {
        if let Some(exception) = &line.exception {
            paper.blocks.push(Block::paragraph(format!(
                "Ngoại lệ: {} không qua Hội đồng, theo {}; lý do: {}.",
                line.name, exception.authority, exception.reason
            )));
        }
    }
    paper
}

/// Which paper an award is written on.
fn form_of(award: rules::AwardCode) -> Form {
    match award {
        rules::AwardCode::GiayKhen => Form::GiayKhen,
        rules::AwardCode::BkTinh | rules::AwardCode::BkTtg => Form::BangKhen,
        _ => Form::GiayChungNhan,
    }
}

/// A certificate of nobody, with words as long as they come, to try the places of a stock on paper.
#[must_use]
pub fn sample(house: &House, award: rules::AwardCode, today: Date) -> Certificate {
    let form = form_of(award);
    let signer = &house.plan.signer;
    let code = "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX".to_owned();
    Certificate {
        form,
        authority: signer.post.to_uppercase(),
        title: (form == Form::GiayChungNhan).then(|| house.rules.award(award).name_vi.to_uppercase()),
        recipient: "Bà Nguyễn Phúc Tôn Nữ Thị Bảo Khuyên (BẢN THỬ)".to_owned(),
        recipient_lines: vec!["Phó Trưởng phòng".to_owned(), house.plan.office.clone()],
        achievement: format!("Đã có thành tích xuất sắc trong phong trào thi đua {}", house.movement_name()),
        decision_number: Some(format!("000/{}", house.plan.sign("QĐ"))),
        decided_on: today,
        place: house.plan.place().to_owned(),
        issued_on: today,
        signer: Signer { capacity: vec![signer.post.to_uppercase()], name: signer.name.clone() },
        verification: Some(Verification { url: proof::address(house, &code), code }),
        register_number: Some(format!("000/{}", today.year())),
    }
}

/// The certificate of a line, with its code and the signed address.
#[must_use]
pub fn certificate(house: &House, decision: &Decision, line: &Line) -> Option<Certificate> {
    let (day, code) = (decision.issued_on?, line.code.clone()?);
    let info = house.rules.award(line.award);
    let form = form_of(line.award);
    let lines = [line.title.clone(), line.unit_name.clone()].into_iter().filter(|text| !text.is_empty());
    Some(Certificate {
        form,
        authority: decision.capacity.to_uppercase(),
        title: (form == Form::GiayChungNhan).then(|| info.name_vi.to_uppercase()),
        recipient: line.name.clone(),
        recipient_lines: lines.collect(),
        achievement: line.achievement.clone(),
        decision_number: Some(decision.number_text()),
        decided_on: day,
        place: decision.place.clone(),
        issued_on: day,
        signer: Signer { capacity: vec![decision.capacity.to_uppercase()], name: decision.signer.clone() },
        verification: Some(Verification { url: proof::address(house, &code), code }),
        register_number: line.register.map(|(year, number)| format!("{number:03}/{year}")),
    })
}

/// What a line's money says.
#[must_use]
pub fn money_words(line: &Line) -> String {
    line.money.as_ref().map_or_else(|| "chưa xác định".to_owned(), |money| Dong(money.amount).to_string())
}
