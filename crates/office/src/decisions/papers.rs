//! The documents of a decision: decision with its list, submission, certificates, bonus sheet.

use kernel::Date;
use kernel::numbers::{Dong, long_date, whole};
use papers::Paper;
use papers::certificate::{Certificate, Form, Verification};
use papers::paper::{Align, Block, Column, Issuer, Mark, Number, ParagraphStyle, Signer, Table, dateline};

use super::model::{Decision, DecisionState, Line};
use super::naming::{authority, capacity, is_deputy, issuer};
use super::provisional::{self, Provisional};
use super::{DecisionsError, proof};
use crate::organization::Recipient;
use crate::organization::model::UnitKind;
use crate::{Ctx, House, council, identity, organization};

/// What the papers of a decision name beside the decision itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Background {
    /// The minutes by which the council passed those on the list: name of the council and day, the oldest first. None
    /// where the house does not know the meeting.
    pub minutes: Vec<(String, Date)>,
    /// Who lays the draft before the signer.
    pub submitter: Option<Submitter>,
    /// What a draft's lines would bring today; none once it was issued, when the lines say it themselves.
    pub provisional: Option<Provisional>,
}

/// The unit that drew a decision up, with who leads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitter {
    /// Its code, which its own documents bear: `TCHCQT`.
    pub code: String,
    /// Its name.
    pub unit: String,
    /// Post and name of its leader; none where nobody is known to lead it.
    pub leader: Option<(String, String)>,
}

/// What the house knows of the ground and the makers of a decision.
///
/// # Errors
/// What the store says.
pub async fn background(ctx: &Ctx<'_>, decision: &Decision, lines: &[Line]) -> Result<Background, DecisionsError> {
    let mut tx = ctx.read().await?;
    let nominations: Vec<_> = lines.iter().filter_map(|line| line.nomination).collect();
    let mut minutes = council::queries::minutes_of(&mut tx, decision.campaign, &nominations).await?;
    // What was signed does not change with what the council says later.
    minutes.retain(|(_, day)| decision.issued_on.is_none_or(|issued| *day <= issued));
    let today = ctx.today();
    let provisional = match decision.state {
        DecisionState::Draft => Some(provisional::of_lines(ctx, &mut tx, lines, today).await?),
        DecisionState::Issued => None,
    };
    let Some(account) = decision.created_by else { return Ok(Background { minutes, submitter: None, provisional }) };
    let station = match identity::queries::person_of(&mut tx, account, today).await? {
        Some(person) => organization::queries::post_of(&mut tx, person, today).await?,
        None => None,
    };
    let unit = match station.and_then(|station| station.unit) {
        Some(unit) => organization::queries::unit(&mut tx, unit, today).await?,
        None => None,
    };
    // The Office itself is whose decision it is: what it lays before its own head goes by its own symbol.
    let submitter = match unit.filter(|unit| unit.kind != UnitKind::Office) {
        Some(unit) => {
            let members = organization::queries::members(&mut tx, unit.id, today).await?;
            // The head before a deputy who leads beside them.
            let leaders = members.into_iter().filter(|member| member.post.leader);
            let leader = leaders.min_by_key(|member| is_deputy(&member.post.title));
            let leader = leader.map(|leader| (leader.post.title, leader.person.profile.name));
            Some(Submitter { code: unit.code, unit: unit.name, leader })
        }
        None => None,
    };
    Ok(Background { minutes, submitter, provisional })
}

/// The plan as a ground names it: with number and day once it has them.
fn plan_ground(house: &House) -> String {
    let plan = &house.plan;
    let form: String = plan.form.chars().take(1).chain(plan.form.to_lowercase().chars().skip(1)).collect();
    let number = if plan.number.starts_with('/') { String::new() } else { format!(" số {}", plan.number) };
    // The day is still blank where the place is followed by “ngày tháng 5 năm 2026”.
    let day = plan.place_and_date.split_once(", ").map_or("", |(_, day)| day);
    let has_day = day.strip_prefix("ngày ").is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    let day = if has_day { format!(" {day}") } else { String::new() };
    format!("Căn cứ {form}{number}{day} của {} {};", plan.office, decapitalised(&plan.title))
}

/// A title within a sentence: its first letter small.
fn decapitalised(title: &str) -> String {
    title.chars().take(1).flat_map(char::to_lowercase).chain(title.chars().skip(1)).collect()
}

/// The grounds of a list that the council passed; none of a list of exceptions alone.
fn minutes_grounds(minutes: &[(String, Date)], lines: &[Line]) -> Vec<String> {
    if lines.iter().all(|line| line.nomination.is_none()) {
        return Vec::new();
    }
    if minutes.is_empty() {
        return vec!["Căn cứ biên bản họp của Hội đồng Thi đua - Khen thưởng;".to_owned()];
    }
    minutes.iter().map(|(council, day)| format!("Căn cứ biên bản họp {} của {council};", long_date(*day))).collect()
}

/// The line of the archive in a document of the office, after the plan's own.
fn archive(house: &House) -> String {
    let own = house.plan.recipients.iter().find(|line| line.starts_with("Lưu"));
    own.cloned().unwrap_or_else(|| "Lưu: VT".to_owned())
}

/// Whom the list names without the council, a sentence each.
fn exceptions(lines: &[Line]) -> impl Iterator<Item = Block> {
    lines.iter().filter_map(|line| {
        let exception = line.exception.as_ref()?;
        Some(Block::paragraph(format!(
            "Ngoại lệ: {} không qua Hội đồng, theo {}; lý do: {}.",
            line.name, exception.authority, exception.reason
        )))
    })
}

fn award_name(house: &House, line: &Line) -> String {
    house.rules.award(line.award).name_vi.clone()
}

/// The list with its money; of a draft the money of today, with what a reader must know of it below.
fn list(house: &House, lines: &[Line], provisional: Option<&Provisional>) -> Vec<Block> {
    let money_header =
        if provisional.is_some() { "Tiền thưởng tạm tính (đồng)" } else { "Tiền thưởng (đồng)" };
    let columns = vec![
        Column::aligned("TT", 1.0, Align::Center),
        Column::new("Họ và tên, tên tập thể", 4.0),
        Column::new("Chức vụ, đơn vị", 5.0),
        Column::new("Hình thức", 4.0),
        Column::aligned(money_header, 2.5, Align::Right),
    ];
    let amount = |line: &Line| {
        let provisional = provisional.and_then(|money| money.amounts.get(&line.id).copied());
        let amount = line.money.as_ref().map(|money| money.amount).or(provisional);
        amount.map_or_else(|| "chưa xác định".to_owned(), whole)
    };
    let row = |(position, line): (i64, &Line)| {
        let place = [line.title.as_str(), line.unit_name.as_str()];
        let place: Vec<&str> = place.into_iter().filter(|text| !text.is_empty()).collect();
        vec![whole(position), line.name.clone(), place.join(", "), award_name(house, line), amount(line)]
    };
    let rows: Vec<Vec<String>> = (1..).zip(lines).map(row).collect();
    let table = Block::Table(Table { columns, rows, ..Table::default() });
    let notes = provisional.map(Provisional::notes).unwrap_or_default();
    let notes = notes.into_iter().map(|note| Block::styled(note, ParagraphStyle::Note));
    std::iter::once(table).chain(notes).collect()
}

/// The article that says who carries a decision out; the first of the recipients are those whom it names.
const CARRIED_OUT_BY: u32 = 3;

/// The decision with its list as an annex, as it was signed.
#[must_use]
pub fn decision(house: &House, decision: &Decision, lines: &[Line], background: &Background) -> Paper {
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
    paper.blocks = vec![Block::ground("Căn cứ Luật Thi đua, khen thưởng;"), Block::ground(plan_ground(house))];
    paper.blocks.extend(minutes_grounds(&background.minutes, lines).into_iter().map(Block::ground));
    paper.blocks.extend([
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
            CARRIED_OUT_BY,
            "Các phòng, đơn vị, tập thể và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.",
        ),
        Block::Annex {
            number: String::new(),
            title: "DANH SÁCH KHEN THƯỞNG".to_owned(),
            reference: format!(
                "(Kèm theo Quyết định số {} {})",
                decision.number_text(),
                dateline("", decision.issued_on)
            ),
        },
    ]);
    paper.blocks.extend(list(house, lines, background.provisional.as_ref()));
    paper.blocks.extend(exceptions(lines));
    paper.addressees =
        [format!("Như Điều {CARRIED_OUT_BY}")].into_iter().chain(house.plan.recipients.clone()).collect();
    paper.signers = vec![Signer { capacity: capacity(&decision.capacity), name: decision.signer.clone() }];
    paper
}

fn counts(lines: &[Line]) -> (usize, usize) {
    let persons = lines.iter().filter(|line| matches!(line.recipient, Recipient::Person(_))).count();
    (persons, lines.len() - persons)
}

/// The submission by which the standing body lays the draft before the signer: under the name and symbol of the unit
/// that drew it up; of the office, as its decision, where that is not known.
#[must_use]
pub fn submission(house: &House, decision: &Decision, lines: &[Line], background: &Background) -> Paper {
    let lines: Vec<Line> = lines.iter().map(Line::as_signed).collect();
    let lines = lines.as_slice();
    let about = format!("Về việc đề nghị khen thưởng trong Phong trào thi đua “{}”", house.movement_name());
    let submitter = background.submitter.as_ref();
    let issuer = submitter.map_or_else(
        || issuer(house),
        |unit| Issuer { above: Some(house.plan.office.clone()), name: unit.unit.clone() },
    );
    let mut paper = Paper::new(issuer, "TỜ TRÌNH", about, house.clock.today());
    let notation = submitter.map_or_else(|| same_series(house, decision, "TTr"), |unit| format!("TTr-{}", unit.code));
    paper.number = Number { value: None, notation };
    paper.place.clone_from(&decision.place);
    paper.salutation = vec![decision.capacity.clone()];
    let (persons, collectives) = counts(lines);
    paper.blocks = minutes_grounds(&background.minutes, lines).into_iter().map(Block::ground).collect();
    paper.blocks.extend([Block::paragraph(
        "Bộ phận thường trực thi đua, khen thưởng kính trình danh sách đề nghị khen thưởng sau đây.",
    )]);
    paper.blocks.extend(list(house, lines, background.provisional.as_ref()));
    paper.blocks.extend([
        Block::paragraph(format!("Tổng số: {collectives} tập thể, tổ chức; {persons} cá nhân.")),
        Block::paragraph("Kính trình xem xét, quyết định."),
    ]);
    paper.blocks.extend(exceptions(lines));
    paper.addressees = vec!["Như trên".to_owned(), archive(house)];
    let leader = submitter.and_then(|unit| unit.leader.clone());
    let (post, name) = leader.unwrap_or_else(|| ("Bộ phận thường trực thi đua, khen thưởng".to_owned(), String::new()));
    paper.signers = vec![Signer { capacity: capacity(&post), name }];
    paper
}

/// The symbol of another kind of document by the agency of a decision's series: `TTr-VPUB` beside `QĐ-VPUB`.
fn same_series(house: &House, decision: &Decision, kind: &str) -> String {
    match decision.series.split_once('-') {
        Some((_, agency)) => format!("{kind}-{agency}"),
        None => house.plan.sign(kind),
    }
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
        authority: authority(house, &signer.post),
        title: (form == Form::GiayChungNhan).then(|| house.rules.award(award).name_vi.to_uppercase()),
        recipient: "Bà Nguyễn Phúc Tôn Nữ Thị Bảo Khuyên (BẢN THỬ)".to_owned(),
        recipient_lines: vec!["Phó Trưởng phòng".to_owned(), house.plan.office.clone()],
        achievement: format!("Đã có thành tích xuất sắc trong phong trào thi đua {}", house.movement_name()),
        decision_number: Some(format!("000/{}", house.plan.sign("QĐ"))),
        decided_on: today,
        place: house.plan.place().to_owned(),
        issued_on: today,
        signer: Signer { capacity: capacity(&signer.post), name: signer.name.clone() },
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
        authority: authority(house, &decision.capacity),
        title: (form == Form::GiayChungNhan).then(|| info.name_vi.to_uppercase()),
        recipient: line.name.clone(),
        recipient_lines: lines.collect(),
        achievement: line.achievement.clone(),
        decision_number: Some(decision.number_text()),
        decided_on: day,
        place: decision.place.clone(),
        issued_on: day,
        signer: Signer { capacity: capacity(&decision.capacity), name: decision.signer.clone() },
        verification: Some(Verification { url: proof::address(house, &code), code }),
        register_number: line.register_text(),
    })
}

/// What a line's money says.
#[must_use]
pub fn money_words(line: &Line) -> String {
    line.money.as_ref().map_or_else(|| "chưa xác định".to_owned(), |money| Dong(money.amount).to_string())
}
