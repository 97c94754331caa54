//! From the text of the files to rules: what is wrong is said of every file at once.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Period;
use serde::de::DeserializeOwned;

use super::condition::Condition;
use super::fault::{PackFault, line_of};
use super::file::{CasesFile, CatalogueFile, RuleFile, Subject, VersionFile};
use super::{Basis, Instrument, Rule, Status, Version, citations};
use crate::award::AwardCode;
use crate::book::RuleBook;
use crate::cases::CaseSet;
use crate::standard::Standard;

/// Reads the files of the packs.
pub(crate) fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<RuleBook, Vec<PackFault>> {
    let mut reader = Reader::default();
    let mut rules = Vec::new();
    for (path, text) in files {
        if path.ends_with(".rule.toml") {
            if let Some(file) = reader.parse::<RuleFile>(&path, &text) {
                rules.push((path, text, file));
            }
        } else if path.ends_with(".cases.toml") {
            if let Some(file) = reader.parse::<CasesFile>(&path, &text) {
                reader.take_cases(&path, &text, file);
            }
        } else if path.ends_with("catalogue.toml") {
            if let Some(file) = reader.parse::<CatalogueFile>(&path, &text) {
                reader.take_catalogue(&path, file);
            }
        } else if OF_ROOMS.iter().any(|ending| path.ends_with(ending)) {
            // The room in whose folder it lies reads it.
        } else if path.ends_with(".toml")
            && let Some(instrument) = reader.parse::<Instrument>(&path, &text)
        {
            reader.take_instrument(&path, instrument);
        }
    }
    for (path, text, file) in rules {
        reader.take_rule(&path, &text, file);
    }
    reader.finish()
}

/// Data that is no rule: how long things may take, by which formula costs and services are counted.
const OF_ROOMS: [&str; 2] = [".clocks.toml", ".formula.toml"];

#[derive(Default)]
struct Reader {
    book: RuleBook,
    seen: BTreeMap<String, String>,
    faults: Vec<PackFault>,
}

impl Reader {
    fn parse<T: DeserializeOwned>(&mut self, path: &str, text: &str) -> Option<T> {
        match toml::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                let what = in_vietnamese(error.message());
                let what = format!("không đọc được: {what}; sửa dòng này theo rulepacks/README.md");
                self.faults.push(PackFault::fault(path, line, what));
                None
            }
        }
    }

    fn fault(&mut self, path: &str, line: usize, what: String) {
        self.faults.push(PackFault::fault(path, line, what));
    }

    fn take_instrument(&mut self, path: &str, instrument: Instrument) {
        if let Err(empty) = Period::try_new(instrument.from, instrument.until) {
            self.fault(path, 1, format!("{empty}; sửa from hoặc until"));
        }
        let id = instrument.id.clone();
        if self.book.instruments.insert(id.clone(), instrument).is_some() {
            self.fault(path, 1, format!("văn bản “{id}” được khai báo hai lần; bỏ một tệp"));
        }
    }

    fn take_catalogue(&mut self, path: &str, file: CatalogueFile) {
        for info in file.awards {
            let code = info.code;
            if self.book.catalogue.insert(code, info).is_some() {
                self.fault(path, 1, format!("hình thức “{code}” được khai báo hai lần; bỏ một mục"));
            }
        }
    }

    fn take_cases(&mut self, path: &str, text: &str, file: CasesFile) {
        let rule = file.rule.get_ref().clone();
        let line = line_of(text, file.rule.span().start);
        let set = CaseSet::new(path, text, file);
        if self.book.cases.insert(rule.clone(), set).is_some() {
            self.fault(path, line, format!("quy tắc “{rule}” có hai tệp trường hợp thử; gộp lại làm một"));
        }
    }

    fn take_rule(&mut self, path: &str, text: &str, file: RuleFile) {
        let id = file.id.get_ref().clone();
        let line = line_of(text, file.id.span().start);
        if let Some(other) = self.seen.insert(id.clone(), path.to_owned()) {
            self.fault(path, line, format!("mã quy tắc “{id}” đã dùng trong {other}; đặt mã khác"));
            return;
        }
        if path.rsplit('/').next() != Some(&format!("{id}.rule.toml")) {
            self.fault(path, line, format!("mã quy tắc “{id}” phải trùng tên tệp “{id}.rule.toml”"));
        }
        if file.versions.is_empty() {
            self.fault(path, line, format!("quy tắc “{id}” chưa có [[version]] nào; thêm ít nhất một"));
        }
        let mut versions: Vec<(Basis, VersionFile)> = Vec::new();
        for spanned in file.versions {
            let line = line_of(text, spanned.span().start);
            let body = spanned.into_inner();
            versions.push((self.basis(path, line, &body), body));
        }
        versions.sort_by_key(|(basis, _)| basis.period.from);
        for pair in versions.windows(2) {
            let [(first, _), (second, _)] = pair else { continue };
            if first.period.overlaps(&second.period) {
                let what = format!(
                    "phiên bản từ {} còn hiệu lực khi phiên bản từ {} bắt đầu; đặt until của bản trước bằng from của bản sau",
                    first.period.from, second.period.from
                );
                self.fault(path, second.line, what);
            }
        }
        let shell = Shell { id, title_vi: file.title_vi, file: path.to_owned(), awards: file.awards, versions };
        match file.subject {
            Subject::Standard | Subject::Guidance => {
                let guidance = file.subject == Subject::Guidance;
                let (recipients, award_type) = (file.recipients, file.award_type);
                if let Some(award_type) = award_type.or(guidance.then_some(crate::award::AwardType::Thematic)) {
                    if recipients.is_empty() {
                        self.fault(path, line, "thiếu recipients; ghi rõ quy tắc áp dụng cho đối tượng nào".to_owned());
                    }
                    if let Some(rule) = self.rule(shell, "[[version.condition]]", |v| v.conditions) {
                        for version in &rule.versions {
                            self.look_at(path, version);
                        }
                        let standard = Standard { rule, recipients, award_type };
                        if guidance { self.book.guidance.push(standard) } else { self.book.standards.push(standard) }
                    }
                } else {
                    self.fault(path, line, "thiếu type (loại hình khen thưởng)".to_owned());
                }
            }
            Subject::Guard => {
                if let Some(rule) = self.rule(shell, "[version.guard]", |v| v.guard) {
                    self.book.guards.push(rule);
                }
            }
            Subject::Ballot => {
                if let Some(rule) = self.rule(shell, "[version.ballot]", |v| v.ballot) {
                    for version in &rule.versions {
                        let row = &version.body;
                        if row.needed != (row.share_bp.is_some() && row.of.is_some()) || row.share_bp > Some(10_000) {
                            let what =
                                "bỏ phiếu thì phải có share_bp (không quá 10000) và of; không bỏ phiếu thì bỏ cả hai";
                            self.fault(path, version.basis.line, what.to_owned());
                        }
                    }
                    self.book.ballots.push(rule);
                }
            }
            Subject::Dossier => {
                if let Some(rule) = self.rule(shell, "[[version.item]]", |v| v.items) {
                    self.book.dossiers.push(rule);
                }
            }
            Subject::Deadline => {
                if let Some(rule) = self.rule(shell, "[version.deadline]", |v| v.deadline) {
                    for version in &rule.versions {
                        if let Some(what) = version.body.nonsense() {
                            self.fault(path, version.basis.line, what.to_owned());
                        }
                    }
                    self.book.deadlines.push(rule);
                }
            }
            Subject::Bonus => {
                if let Some(rule) = self.rule(shell, "[[version.multiple]]", |v| v.multiples) {
                    self.book.bonuses.push(rule);
                }
            }
            Subject::BaseSalary => {
                if let Some(rule) = self.rule(shell, "amount", |v| v.amount) {
                    self.book.base_salaries.push(rule);
                }
            }
            Subject::BonusPrinciples => {
                if let Some(rule) = self.rule(shell, "[version.principles]", |v| v.principles) {
                    self.book.bonus_principles.push(rule);
                }
            }
            Subject::Quorum => {
                if let Some(rule) = self.rule(shell, "[version.quorum]", |v| v.quorum) {
                    self.book.quorums.push(rule);
                }
            }
            Subject::Consultation => {
                if let Some(rule) = self.rule(shell, "working_days", |v| v.working_days) {
                    self.book.consultations.push(rule);
                }
            }
            Subject::Caps => {
                if let Some(rule) = self.rule(shell, "[[version.cap]]", |v| v.caps) {
                    for version in &rule.versions {
                        if version.body.iter().any(|cap| cap.share_bp > Some(10_000)) {
                            let what = "share_bp của một giới hạn không quá 10000 (100%)";
                            self.fault(path, version.basis.line, what.to_owned());
                        }
                    }
                    self.book.caps.push(rule);
                }
            }
        }
    }

    fn basis(&mut self, path: &str, line: usize, version: &VersionFile) -> Basis {
        if let Err(empty) = Period::try_new(version.from, version.until) {
            self.fault(path, line, format!("{empty}; until là ngày đầu tiên hết hiệu lực"));
        }
        match self.book.instruments.get(&version.instrument) {
            None => {
                let known: Vec<_> = self.book.instruments.keys().cloned().collect();
                let what = format!(
                    "văn bản “{}” chưa được khai báo trong instruments/ (đã có: {})",
                    version.instrument,
                    known.join(", ")
                );
                self.fault(path, line, what);
            }
            Some(instrument) => {
                if !version.citation.contains(&instrument.number) {
                    let what = format!("trích dẫn phải nêu văn bản “{}” mà phiên bản dựa vào", instrument.number);
                    self.fault(path, line, what);
                }
            }
        }
        for what in citations::faults(version, &self.book.instruments) {
            self.fault(path, line, what);
        }
        if version.status == Status::LocalRuleNeeded && version.template.is_none() {
            self.fault(path, line, "quy tắc cần quy định địa phương thì phải có template để áp dụng".to_owned());
        }
        if version.template.is_some() && version.status != Status::LocalRuleNeeded {
            self.fault(path, line, "có template thì status phải là local_rule_needed".to_owned());
        }
        if version.status == Status::NeedsText && version.conditions.is_none() {
            let what = "chỉ tiêu chuẩn mới có thể chưa có văn bản (needs_text); quy tắc này đã nêu nội dung";
            self.fault(path, line, what.to_owned());
        }
        Basis {
            period: Period { from: version.from, until: version.until },
            instrument: version.instrument.clone(),
            citation: version.citation.clone(),
            confidence: version.confidence,
            status: version.status,
            review_from: version.review_from,
            review_reason: version.review_reason.clone(),
            template: version.template.clone(),
            source: version.source.clone(),
            note: version.note.clone(),
            line,
        }
    }

    /// The rule with the one body its subject asks for; a version without it, or with another, is a fault.
    fn rule<B>(&mut self, shell: Shell, wanted: &str, pick: impl Fn(VersionFile) -> Option<B>) -> Option<Rule<B>> {
        let Shell { id, title_vi, file, awards, versions } = shell;
        let mut kept = Vec::new();
        for (basis, body) in versions {
            let bodies = body.bodies();
            if bodies != [wanted] {
                let found = if bodies.is_empty() { "không có gì".to_owned() } else { bodies.join(", ") };
                self.fault(&file, basis.line, format!("phiên bản này phải có đúng {wanted}; đang có: {found}"));
                continue;
            }
            if let Some(body) = pick(body) {
                kept.push(Version { basis, body });
            }
        }
        (!kept.is_empty()).then_some(Rule { id, title_vi, file, awards, versions: kept })
    }

    fn look_at(&mut self, path: &str, version: &Version<Vec<Condition>>) {
        let mut open: Vec<(&Condition, usize)> = version.body.iter().map(|condition| (condition, 0)).collect();
        if open.is_empty() {
            self.fault(
                path,
                version.basis.line,
                "tiêu chuẩn không có điều kiện nào; thêm [[version.condition]]".to_owned(),
            );
        }
        while let Some((condition, depth)) = open.pop() {
            if depth > 2 {
                self.fault(
                    path,
                    version.basis.line,
                    "điều kiện lồng nhau quá hai tầng; tách thành tiêu chuẩn riêng".to_owned(),
                );
            }
            if matches!(condition, Condition::AnyOf { of } | Condition::AllOf { of } if of.is_empty()) {
                self.fault(
                    path,
                    version.basis.line,
                    "any_of, all_of phải có ít nhất một điều kiện bên trong".to_owned(),
                );
            }
            if let Some(what) = condition.nonsense() {
                self.fault(path, version.basis.line, format!("điều kiện {}: {what}", condition.kind()));
            }
            let needs_text = matches!(condition, Condition::NeedsText { .. });
            if needs_text && version.basis.status != Status::NeedsText {
                let what = "có điều kiện needs_text thì status phải là needs_text";
                self.fault(path, version.basis.line, what.to_owned());
            }
            open.extend(condition.parts().iter().map(|part| (part, depth + 1)));
        }
    }

    /// The catalogue has no versions: whether an act it cites is still in force is for the check of a day.
    fn look_at_catalogue(&mut self) {
        let known = |number: &str| self.book.instruments.values().any(|act| act.number == number);
        let cited = self.book.catalogue.values().flat_map(|info| [&info.decider_citation, &info.recipients_citation]);
        let unknown: BTreeSet<_> = cited.flat_map(|citation| citations::acts_in(citation)).collect();
        for number in unknown.into_iter().filter(|number| !known(number)).collect::<Vec<_>>() {
            let what = format!("danh mục nêu “{number}” nhưng văn bản ấy chưa được khai báo trong instruments/");
            self.fault("awards/catalogue.toml", 1, what);
        }
    }

    fn finish(mut self) -> Result<RuleBook, Vec<PackFault>> {
        for award in AwardCode::ALL {
            if !self.book.catalogue.contains_key(&award) {
                self.fault(
                    "awards/catalogue.toml",
                    1,
                    format!("danh mục thiếu hình thức “{award}”; thêm một [[award]]"),
                );
            }
        }
        self.look_at_catalogue();
        self.book.sort();
        if self.faults.is_empty() {
            Ok(self.book)
        } else {
            self.faults.sort();
            let unique: BTreeSet<_> = self.faults.into_iter().collect();
            Err(unique.into_iter().collect())
        }
    }
}

/// The reader's words, in the language of whoever keeps the packs.
fn in_vietnamese(error: &str) -> String {
    let named = error.split('`').nth(1).unwrap_or_default();
    let known = error.split_once("expected").map_or("", |(_, rest)| rest).trim().trim_start_matches("one of ");
    if error.starts_with("unknown field") {
        format!("không có khoá “{named}”; các khoá ở đây: {known}")
    } else if error.starts_with("unknown variant") {
        format!("không có từ “{named}”; các từ ở đây: {known}")
    } else if error.starts_with("missing field") {
        format!("thiếu khoá “{named}”")
    } else if let Some(found) = error.strip_prefix("invalid type: ").or_else(|| error.strip_prefix("invalid value: ")) {
        let found = found.split(", expected").next().unwrap_or(found);
        let wanted = match known {
            "usize" | "u16" | "u32" | "u64" => "một số nguyên không âm, không có dấu nháy",
            "i16" | "i32" | "i64" => "một số nguyên, không có dấu nháy",
            "a boolean" => "true hoặc false",
            "a sequence" => "một danh sách [ ]",
            "a string" => "chữ trong dấu nháy",
            _ => "kiểu khác; xem rulepacks/README.md",
        };
        format!("giá trị ({found}) phải là {wanted}")
    } else {
        error.to_owned()
    }
}

struct Shell {
    id: String,
    title_vi: String,
    file: String,
    awards: Vec<AwardCode>,
    versions: Vec<(Basis, VersionFile)>,
}
