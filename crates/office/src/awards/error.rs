//! Every way this room says no.

use kernel::numbers::short_date;

use super::model::{CampaignId, CampaignState, NominationId, NominationState};
use crate::organization::OrganizationError;
use crate::records::RecordsError;
use crate::{Denied, StoreError};

/// Why a campaign or a nomination was refused.
#[derive(Debug, thiserror::Error)]
pub enum AwardsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The organization said no.
    #[error(transparent)]
    Organization(#[from] OrganizationError),
    /// The records said no.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// No such campaign, nomination, file or objection, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Nominations that nobody handed in would be left out of a campaign that closes.
    #[error("{left} hồ sơ chưa nộp sẽ không được xét trong đợt này; đánh dấu đồng ý bỏ lại rồi chốt, hoặc nộp trước")]
    NotHandedIn {
        /// How many.
        left: usize,
    },
    /// The plan has no such occasion.
    #[error("kế hoạch không có dịp khen thưởng “{occasion}”")]
    NoOccasion {
        /// The occasion asked for.
        occasion: String,
    },
    /// A last day that is over.
    #[error("hạn cuối nhận hồ sơ {day} đã qua; chọn ngày từ hôm nay")]
    DeadlinePast {
        /// The day.
        day: String,
    },
    /// A year that no office looks at.
    #[error("năm xét {year} không hợp lệ; nhập năm bằng bốn chữ số")]
    OddYear {
        /// The year.
        year: i16,
    },
    /// The year that is looked at begins after the last day.
    #[error("hạn cuối {day} trước năm xét {year}: năm ấy chưa bắt đầu")]
    YearAhead {
        /// The year.
        year: i16,
        /// The day.
        day: String,
    },
    /// No lower form for this recipient at this occasion.
    #[error("{award} không phải là hình thức thấp hơn {was} mà dịp này cho phép")]
    NotLower {
        /// The form that was chosen.
        award: String,
        /// The form that was asked for.
        was: String,
    },
    /// The campaign stands elsewhere.
    #[error("đợt xét {}, chưa thể chuyển sang “{}”", .is.name_vi(), .wanted.name_vi())]
    CampaignState {
        /// Which one.
        campaign: CampaignId,
        /// Where it stands.
        is: CampaignState,
        /// What was wanted.
        wanted: CampaignState,
    },
    /// The same person has said the same already.
    #[error("bạn đã gửi ý kiến này về hồ sơ này, đang chờ kết luận")]
    ObjectionKnown,
    /// The campaign takes no nominations now.
    #[error("đợt xét không nhận hồ sơ nữa: {why}")]
    NotOpen {
        /// Its state or its last day, in words.
        why: String,
    },
    /// The nomination stands elsewhere.
    #[error("hồ sơ {}, chưa thể chuyển sang “{}”", .is.name_vi(), .wanted.name_vi())]
    NominationState {
        /// Which one.
        nomination: NominationId,
        /// Where it stands.
        is: NominationState,
        /// What was wanted.
        wanted: NominationState,
    },
    /// It was handed in and is not its unit's to change or to hand in again.
    #[error("hồ sơ này đã nộp lúc {at}, hiện {}; muốn sửa thì đề nghị thường trực thi đua trả lại", .is.name_vi())]
    HandedIn {
        /// When, in words: `14:05 ngày 30/11/2026`.
        at: String,
        /// Where it stands.
        is: NominationState,
    },
    /// Opinions on the list are not taken now.
    #[error("{}", no_opinions(*.until))]
    NoOpinions {
        /// The last day on which they were; none when the consultation is not open yet or not on this nomination.
        until: Option<kernel::Date>,
    },
    /// The form is not allowed at this occasion.
    #[error("{award} không xét ở dịp này: {reason}")]
    FormNotAllowed {
        /// The award's name.
        award: String,
        /// Which of law, plan and guidance says no, and where.
        reason: String,
    },
    /// The recipient lies in another nomination for the same form that is alive.
    #[error(
        "người hoặc tập thể này đã có hồ sơ đề nghị {award} trong {campaign}; hồ sơ thứ hai cùng hình thức trong năm chỉ \
         nhận khi cả hai hồ sơ nêu rõ thành tích và là hai thành tích khác nhau"
    )]
    SameForm {
        /// The form.
        award: String,
        /// The campaign of the other.
        campaign: String,
        /// The other nomination.
        other: NominationId,
    },
    /// The same achievement lies in another nomination that is alive.
    #[error("{what} đã có trong hồ sơ đề nghị {award}, {campaign}; một thành tích chỉ khen một lần")]
    SameAchievement {
        /// The achievement.
        what: String,
        /// The form that the other asks for.
        award: String,
        /// The campaign of the other.
        campaign: String,
        /// The other nomination.
        other: NominationId,
    },
    /// Papers of the dossier are missing.
    #[error("hồ sơ còn thiếu: {}", .missing.join("; "))]
    MissingPapers {
        /// The papers, in the words of the checklist.
        missing: Vec<String>,
    },
    /// The verdict is no, and nobody with authority decided otherwise.
    #[error("chưa đủ điều kiện: {reason}")]
    NotEligible {
        /// What stands in the way.
        reason: String,
    },
    /// What the record does not know was not settled.
    #[error("còn nội dung chưa xác định: {reason}")]
    Undetermined {
        /// What is missing.
        reason: String,
    },
    /// Caps are exceeded.
    #[error("vượt tỷ lệ: {what}; lãnh đạo Văn phòng có thể cho phép ngoại lệ, kèm lý do")]
    OverCap {
        /// Which caps, with numbers.
        what: String,
    },
    /// A reason is too short.
    #[error("ghi lý do rõ ràng, ít nhất {least} ký tự")]
    ShortReason {
        /// The least length.
        least: usize,
    },
    /// Who wrote, changed or handed in a nomination, and the nominee, may not check or overrule it.
    #[error(
        "người lập, sửa, nộp hồ sơ và người được đề nghị không duyệt, xác nhận hoặc trả lại hồ sơ đó; để người khác làm"
    )]
    OwnNomination,
    /// Dossiers still wait to be checked.
    #[error("còn {left} hồ sơ chưa duyệt xong; duyệt hoặc trả lại trước khi lấy ý kiến")]
    NotChecked {
        /// How many.
        left: usize,
    },
    /// The consultation runs, or objections are open.
    #[error("chưa thể đưa ra Hội đồng: {why}")]
    ConsultationOpen {
        /// The last day, or how many objections.
        why: String,
    },
    /// How long a consultation lasts was not adopted.
    #[error("chưa có quy định về số ngày lấy ý kiến; thông qua mẫu quy định ở trang Căn cứ pháp lý trước")]
    NoConsultationRule,
    /// The file is not what its name says, too large or empty.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// The rule or template does not exist, or does not wait for anybody.
    #[error("không có quy tắc hoặc mẫu “{what}” đang chờ xác nhận")]
    NothingToConfirm {
        /// What was asked for.
        what: String,
    },
    /// Who launched the movement is decided.
    #[error("cấp phát động đã được xác định theo “{document}”; thu hồi trước khi ghi văn bản khác")]
    LaunchDecided {
        /// The document that stands.
        document: String,
    },
    /// A decision about who launched the movement that makes no sense.
    #[error("{why}")]
    OddLaunch {
        /// What is wrong, and what to do.
        why: &'static str,
    },
    /// On the day that is asked for it had not been written yet.
    #[error("đến hết ngày {} chưa có hồ sơ này", kernel::numbers::short_date(*.day))]
    NotThereYet {
        /// The day.
        day: kernel::Date,
    },
    /// Nobody was chosen to be evaluated again.
    #[error("chọn ít nhất một hồ sơ để đánh giá lại")]
    NothingToEvaluate,
    /// Facts or verdicts changed since they were frozen, and nobody has looked at them.
    #[error(
        "{many} hồ sơ có thay đổi chưa xem ({names}); xem và đánh giá lại ở trang Thay đổi của đợt xét trước khi đưa ra Hội đồng"
    )]
    UnseenChanges {
        /// How many.
        many: usize,
        /// The names.
        names: String,
    },
    /// The recipient does not belong to this unit.
    #[error("người hoặc tập thể này không thuộc đơn vị đề nghị")]
    OtherUnit,
}

fn no_opinions(until: Option<kernel::Date>) -> String {
    match until {
        Some(last) => format!("đã hết thời gian lấy ý kiến; ý kiến được nhận đến hết ngày {}", short_date(last)),
        None => "hồ sơ này không trong thời gian lấy ý kiến".to_owned(),
    }
}
