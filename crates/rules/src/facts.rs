//! The facts of a case: what is known of a recipient on the day of the question.
//!
//! A key that is absent is *not known*; an empty list is *known to be none*.
//! A list that is given is complete: a year that it leaves out is a year without.
//! A key that the contract does not name is refused by name.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::award::{AwardCode, AwardType, Group, RecipientKind, words};

words! {
    /// The yearly rating of how tasks were done, from best to worst.
    RatingLevel {
        /// Hoàn thành xuất sắc nhiệm vụ.
        Excellent = "excellent", "hoàn thành xuất sắc nhiệm vụ";
        /// Hoàn thành tốt nhiệm vụ.
        Good = "good", "hoàn thành tốt nhiệm vụ";
        /// Hoàn thành nhiệm vụ.
        Done = "done", "hoàn thành nhiệm vụ";
        /// Không hoàn thành nhiệm vụ.
        NotDone = "not_done", "không hoàn thành nhiệm vụ";
    }
}

impl RatingLevel {
    /// Whether it is this level or a better one.
    #[must_use]
    pub fn at_least(self, floor: Self) -> bool {
        self <= floor
    }
}

words! {
    /// How far something reaches; a wider reach satisfies a narrower demand.
    Scope {
        /// The own agency.
        CoSo = "co_so", "cơ sở";
        /// A commune.
        Xa = "xa", "cấp xã";
        /// A field of the own unit.
        LinhVucDonVi = "linh_vuc_don_vi", "lĩnh vực của cơ quan, đơn vị";
        /// A field of the province or ministry.
        LinhVucTinh = "linh_vuc_tinh", "một lĩnh vực thuộc bộ, ban, ngành, tỉnh";
        /// The province or ministry.
        Tinh = "tinh", "bộ, ban, ngành, tỉnh";
        /// The whole country.
        ToanQuoc = "toan_quoc", "toàn quốc";
    }
}

impl Scope {
    fn reach(self) -> u8 {
        match self {
            Self::CoSo | Self::Xa | Self::LinhVucDonVi => 1,
            Self::LinhVucTinh => 2,
            Self::Tinh => 3,
            Self::ToanQuoc => 4,
        }
    }

    /// Whether it reaches as far as is demanded, or farther.
    #[must_use]
    pub fn covers(self, demanded: Self) -> bool {
        self.reach() >= demanded.reach()
    }
}

words! {
    /// Who launched a movement.
    LauncherLevel {
        /// The Office itself.
        VanPhong = "van_phong", "Văn phòng";
        /// The province.
        Tinh = "tinh", "tỉnh";
        /// A ministry or branch.
        Bo = "bo", "bộ, ban, ngành";
        /// The Prime Minister.
        ThuTuong = "thu_tuong", "Thủ tướng Chính phủ";
    }
}

words! {
    /// At which point of the movement the award is considered.
    Stage {
        /// Every year.
        Annual = "annual", "hằng năm";
        /// The mid-term review.
        SoKet = "so_ket", "sơ kết";
        /// The final review.
        TongKet = "tong_ket", "tổng kết";
        /// Outside the movement's occasions.
        None = "none", "ngoài các dịp của phong trào";
    }
}

words! {
    /// What the movement's own selection said, from least to most.
    Selection {
        /// Not selected.
        None = "none", "không được bình xét";
        /// Được bình xét.
        Selected = "selected", "được bình xét";
        /// Xuất sắc.
        Excellent = "excellent", "xuất sắc";
        /// Xuất sắc tiêu biểu.
        Outstanding = "outstanding", "xuất sắc tiêu biểu";
    }
}

words! {
    /// Who organises a cluster or block of emulation.
    Organiser {
        /// The province.
        Tinh = "tinh", "tỉnh";
        /// A ministry or branch.
        Bo = "bo", "bộ, ban, ngành";
        /// The central council.
        TrungUong = "hdtdkt_tw", "Hội đồng Thi đua - Khen thưởng Trung ương";
    }
}

words! {
    /// Whether achievements are many or one that came suddenly.
    ImpactMode {
        /// Nhiều thành tích.
        Many = "many", "nhiều thành tích";
        /// Thành tích đột xuất.
        Sudden = "sudden", "thành tích đột xuất";
    }
}

words! {
    /// The field of a contribution.
    ContributionField {
        /// Kinh tế - xã hội.
        KtXh = "kt_xh", "phát triển kinh tế - xã hội";
        /// Khoa học, kỹ thuật.
        Khkt = "khkt", "ứng dụng tiến bộ khoa học, kỹ thuật";
        /// Công tác xã hội.
        XaHoi = "xa_hoi", "công tác xã hội";
        /// Từ thiện nhân đạo.
        TuThien = "tu_thien", "từ thiện nhân đạo";
        /// Công sức.
        CongSuc = "cong_suc", "công sức";
        /// Đất đai.
        DatDai = "dat_dai", "đất đai";
        /// Tài sản.
        TaiSan = "tai_san", "tài sản";
    }
}

words! {
    /// Levels of discipline, from the lightest.
    DisciplineLevel {
        /// Khiển trách.
        KhienTrach = "khien_trach", "khiển trách";
        /// Cảnh cáo.
        CanhCao = "canh_cao", "cảnh cáo";
        /// Kéo dài thời hạn nâng lương.
        KeoDaiNangLuong = "keo_dai_nang_luong", "kéo dài thời hạn nâng lương";
        /// Hạ bậc lương.
        HaBacLuong = "ha_bac_luong", "hạ bậc lương";
        /// Giáng chức.
        GiangChuc = "giang_chuc", "giáng chức";
        /// Cách chức.
        CachChuc = "cach_chuc", "cách chức";
        /// Bãi nhiệm.
        BaiNhiem = "bai_nhiem", "bãi nhiệm";
        /// Sa thải.
        SaThai = "sa_thai", "sa thải";
        /// Buộc thôi việc.
        BuocThoiViec = "buoc_thoi_viec", "buộc thôi việc";
    }
}

words! {
    /// Why a nomination is held.
    HoldKind {
        /// Discipline is being considered.
        DisciplinePending = "discipline_pending", "đang xem xét xử lý kỷ luật";
        /// An investigation runs.
        Investigation = "investigation", "đang bị điều tra";
        /// An inspection with signs of violation runs.
        Inspection = "inspection", "đang thanh tra, kiểm tra có dấu hiệu vi phạm";
        /// An audit with signs of violation runs.
        Audit = "audit", "đang kiểm toán có dấu hiệu vi phạm";
        /// A complaint or denunciation is being verified.
        Complaint = "complaint", "khiếu nại, tố cáo đang được xác minh";
        /// A press report of corruption is being verified.
        Press = "press", "báo chí nêu tham nhũng, tiêu cực đang được xác minh";
    }
}

/// Everything that is known of one recipient on the day of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
pub struct Facts {
    pub recipient: Recipient,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_standing: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal_unity: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratings: Option<Vec<Rating>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awards: Option<Vec<HeldAward>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiatives: Option<Vec<Initiative>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub science_works: Option<Vec<ScienceWork>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movement: Option<Movement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets_exceeded: Option<BTreeMap<i16, bool>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Vec<Impact>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributions: Option<Vec<Contribution>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub production_model_years: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discipline: Option<Vec<Discipline>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Vec<Hold>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievements: Option<Vec<Achievement>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nominated_for: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestations: Option<Vec<Attestation>>,
}

/// Declares a record of the facts: the keys of the contract, none but those.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty),+ $(; $($optional:ident : $inner:ty),+)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
        pub struct $name {
            $(pub $field: $type,)+
            $($(#[serde(default, skip_serializing_if = "Option::is_none")] pub $optional: Option<$inner>,)+)?
        }
    };
}

record! {
    /// Who is nominated.
    Recipient { kind: RecipientKind; groups: Vec<Group>, name: String, female: bool, leader: bool }
}
record! {
    /// The rating of one year.
    Rating { year: i16, level: RatingLevel }
}
record! {
    /// An award that the recipient holds.
    HeldAward { award: AwardCode, year: i16; r#type: AwardType, decided_on: Date }
}
record! {
    /// An initiative; `used_for` names the awards it already served, as `code/year`.
    Initiative { id: String; recognised_on: Date, scope: Scope, replicable: bool, used_for: Vec<String> }
}
record! {
    /// An accepted scientific work.
    ScienceWork { id: String; accepted_on: Date, scope: Scope }
}
record! {
    /// The movement as somebody launched it.
    Launcher { level: LauncherLevel; from: Date, until: Date, thematic: bool, years_decided: u16 }
}
record! {
    /// A cluster or block of emulation.
    Cluster { leads: bool; organiser: Organiser }
}
record! {
    /// The reach of achievements.
    Impact { mode: ImpactMode, scope: Scope }
}
record! {
    /// A contribution and its reach.
    Contribution { field: ContributionField, scope: Scope }
}
record! {
    /// A discipline; `until` is the first day after it.
    Discipline { level: DisciplineLevel, from: Date; until: Date }
}
record! {
    /// A hold; without `until` it lasts.
    Hold { kind: HoldKind, from: Date; until: Date }
}
record! {
    /// An achievement; `rewarded_by` names what it was rewarded with, as `code/year`.
    Achievement { id: String; rewarded_by: Vec<String> }
}
record! {
    /// A statement that somebody signed.
    Attestation { text_vi: String, by: String, on: Date }
}

/// The movement in which the recipient took part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
pub struct Movement {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launchers: Option<Vec<Launcher>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selected: Option<Selection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads: Option<bool>,
}

/// The members of a collective, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
pub struct Members {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titles: Option<BTreeMap<AwardCode, u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disciplined: Option<Vec<DisciplineLevel>>,
}

impl Facts {
    /// Facts of which nothing is known but whom they are about.
    #[must_use]
    pub fn about(kind: RecipientKind) -> Self {
        Self {
            recipient: Recipient { kind, groups: None, name: None, female: None, leader: None },
            good_standing: None,
            internal_unity: None,
            ratings: None,
            awards: None,
            initiatives: None,
            science_works: None,
            movement: None,
            cluster: None,
            targets_exceeded: None,
            impact: None,
            contributions: None,
            members: None,
            production_model_years: None,
            discipline: None,
            holds: None,
            achievements: None,
            nominated_for: None,
            attestations: None,
        }
    }
}

/// Facts that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("dòng {line}, cột {column}: {what}")]
pub struct FactsFault {
    /// The line, counted from one.
    pub line: usize,
    /// The column, counted from one.
    pub column: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl Facts {
    /// Reads the facts of the contract from JSON.
    ///
    /// # Errors
    /// [`FactsFault`] with the place and the name of the key or value that the contract does not know.
    pub fn parse(json: &str) -> Result<Self, FactsFault> {
        let facts: Self = serde_json::from_str(json).map_err(|error| FactsFault {
            line: error.line(),
            column: error.column(),
            what: in_vietnamese(&error.to_string()),
        })?;
        match facts.contradiction() {
            None => Ok(facts),
            Some(what) => Err(FactsFault { line: 0, column: 0, what }),
        }
    }

    /// What in the facts contradicts itself; none when nothing does.
    #[must_use]
    pub fn contradiction(&self) -> Option<String> {
        let mut years = BTreeMap::new();
        for rating in self.ratings.iter().flatten() {
            if years.insert(rating.year, rating.level).is_some_and(|level| level != rating.level) {
                return Some(format!(
                    "ratings: năm {} có hai xếp loại khác nhau; chỉ giữ bản đang có hiệu lực",
                    rating.year
                ));
            }
        }
        let spans = self.discipline.iter().flatten().map(|one| ("discipline", one.from, one.until));
        let holds = self.holds.iter().flatten().map(|one| ("holds", one.from, one.until));
        for (key, from, until) in spans.chain(holds) {
            if until.is_some_and(|until| until < from) {
                return Some(format!("{key}: until phải sau from ({from})"));
            }
        }
        let members = self.members.as_ref()?;
        let total = members.total?;
        let more = members.titles.iter().flatten().find(|(_, count)| **count > total);
        if let Some((title, count)) = more {
            return Some(format!("members.titles.{title}: {count} người, nhiều hơn members.total ({total})"));
        }
        let completed = members.completed.filter(|count| *count > total)?;
        Some(format!("members.completed: {completed} người, nhiều hơn members.total ({total})"))
    }
}

/// The reader's words about a fault, in the user's language.
fn in_vietnamese(error: &str) -> String {
    let named = error.split('`').nth(1).unwrap_or_default();
    if error.starts_with("unknown field") {
        format!("khoá “{named}” không có trong hợp đồng dữ kiện; sửa tên khoá hoặc bỏ đi")
    } else if error.starts_with("unknown variant") {
        let allowed = error.split_once("expected").map_or("", |(_, rest)| rest);
        let allowed = allowed.split(" at line").next().unwrap_or("").trim().trim_start_matches("one of ");
        format!("giá trị “{named}” không được chấp nhận; các giá trị: {allowed}")
    } else if error.starts_with("missing field") {
        format!("thiếu khoá “{named}”")
    } else {
        format!("không đọc được dữ kiện: {error}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> String {
        Facts::parse(json).expect_err("faulty facts").to_string()
    }

    #[test]
    fn a_key_that_the_contract_does_not_know_is_refused_by_name_and_place() {
        let said = fault("{\"recipient\":{\"kind\":\"person\"},\n \"good_standng\":true}");
        assert!(said.contains("“good_standng”") && said.contains("dòng 2"), "{said}");
        assert!(fault("{\"recipient\":{\"kind\":\"person\",\"nme\":\"A\"}}").contains("“nme”"));
    }

    #[test]
    fn a_value_that_is_no_word_of_the_contract_is_refused_with_the_words_there_are() {
        let said = fault("{\"recipient\":{\"kind\":\"robot\"}}");
        assert!(said.contains("“robot”") && said.contains("household"), "{said}");
    }

    #[test]
    fn more_members_with_a_title_than_members_are_refused() {
        let said =
            fault("{\"recipient\":{\"kind\":\"collective\"},\"members\":{\"total\":10,\"titles\":{\"ldtt\":11}}}");
        assert!(said.contains("members.titles.ldtt"), "{said}");
    }

    #[test]
    fn two_ratings_of_one_year_are_refused() {
        let said = fault(
            "{\"recipient\":{\"kind\":\"person\"},\"ratings\":[{\"year\":2025,\"level\":\"good\"},{\"year\":2025,\"level\":\"done\"}]}",
        );
        assert!(said.contains("2025"), "{said}");
    }

    #[test]
    fn what_is_not_known_stays_away_from_what_is_written() {
        let facts = Facts::about(RecipientKind::Person);
        assert_eq!(serde_json::to_string(&facts).expect("json"), r#"{"recipient":{"kind":"person"}}"#);
    }
}
