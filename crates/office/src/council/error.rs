//! Every way this room says no.

use super::model::MeetingState;
use crate::awards::AwardsError;
use crate::{Denied, StoreError};

/// Why a council, a meeting or a vote was refused.
#[derive(Debug, thiserror::Error)]
pub enum CouncilError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The awards said no.
    #[error(transparent)]
    Awards(#[from] AwardsError),
    /// No such council, meeting or motion, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// The meeting stands elsewhere.
    #[error("phiên họp {}, việc này cần phiên họp {}", .is.name_vi(), .wanted.name_vi())]
    State {
        /// Where it stands.
        is: MeetingState,
        /// What the step needs.
        wanted: MeetingState,
    },
    /// A council needs a chair and at least three members.
    #[error("Hội đồng cần một Chủ tịch và ít nhất ba thành viên")]
    TooFewMembers,
    /// The agenda is empty.
    #[error("không có hồ sơ nào chờ Hội đồng trong đợt xét này")]
    EmptyAgenda,
    /// The council does not stand on the day of the meeting.
    #[error("ngày họp nằm ngoài nhiệm kỳ của Hội đồng")]
    OutsideTerm,
    /// The day of the meeting has not come.
    #[error("phiên họp ngày {day} chưa đến; chỉ mở bỏ phiếu từ ngày họp")]
    BeforeItsDay {
        /// The day of the meeting.
        day: String,
    },
    /// The rule of the vote has ended without a successor, and nobody confirmed it since.
    #[error("chưa họp được: cách biểu quyết về {award} chưa xác định; {why}; {}", rules::lapse::WHAT_TO_DO)]
    BallotLapsed {
        /// The award's name.
        award: String,
        /// The act and its last day, in a sentence.
        why: String,
    },
    /// Another meeting has the same campaign in its box.
    #[error("một phiên họp khác về đợt xét này đang bỏ phiếu; kiểm phiếu hoặc hủy phiếu ở đó trước")]
    OpenElsewhere,
    /// A nomination of the list no longer waits for the council.
    #[error("hồ sơ ở nội dung số {position} không còn chờ Hội đồng; triệu tập phiên họp mới với danh sách hiện tại")]
    AgendaChanged {
        /// Its place in the list.
        position: i64,
    },
    /// Whoever has a conflict on a motion does not write down what others think of it.
    #[error("bạn có xung đột lợi ích ở nội dung này; để người khác ghi ý kiến")]
    OwnMatter,
    /// The campaign takes nominations or opinions still.
    #[error("đợt xét chưa chuyển sang Hội đồng; kết thúc lấy ý kiến và chuyển danh sách trước")]
    CampaignNotReady,
    /// How many must be present was not adopted.
    #[error("chưa có quy định về số thành viên phải có mặt; thông qua mẫu quy định ở trang Căn cứ pháp lý trước")]
    NoQuorumRule,
    /// Too few are present.
    #[error("có mặt {present} trên {members} thành viên, cần ít nhất {needed}")]
    NoQuorum {
        /// Present, or with a written opinion.
        present: u32,
        /// All members.
        members: u32,
        /// How many are needed.
        needed: u32,
    },
    /// Small motions must be acknowledged before opening.
    #[error(
        "có {motions} nội dung ít hơn {fewest} người bỏ phiếu, kết quả có thể lộ lựa chọn; đánh dấu đã biết rồi mở"
    )]
    TooFewVoters {
        /// How many motions.
        motions: usize,
        /// The least number of voters.
        fewest: u32,
    },
    /// There is no lower form than the one that is asked for.
    #[error("nội dung số {position}: đợt xét không có hình thức nào thấp hơn hình thức được đề nghị; chọn ý kiến khác")]
    NoLower {
        /// Its place in the list.
        position: i64,
    },
    /// Both tellers typed the same passphrase.
    #[error("hai người kiểm phiếu phải dùng hai cụm mật khẩu khác nhau")]
    SamePassphrase,
    /// A teller is on the list.
    #[error("người có tên trong danh sách xét không làm người kiểm phiếu; chọn người khác")]
    TellerNominated,
    /// The tellers must be two different members who are present.
    #[error("chọn hai người kiểm phiếu khác nhau trong số thành viên có mặt")]
    Tellers,
    /// The ballot is open and its box is not here: none goes into a backup.
    #[error(
        "hòm phiếu không có trong cơ sở dữ liệu này (bản sao lưu không mang theo hòm phiếu); hủy phiếu với lý do để \
         Hội đồng bỏ phiếu lại"
    )]
    NoBox,
    /// A teller's passphrase is too short.
    #[error("cụm mật khẩu của người kiểm phiếu cần ít nhất {least} ký tự")]
    ShortPassphrase {
        /// The least length.
        least: usize,
    },
    /// The first teller's passphrase does not open the box; nothing was lost.
    #[error("cụm mật khẩu của người kiểm phiếu thứ nhất chưa đúng; hòm phiếu vẫn nguyên")]
    WrongFirst,
    /// The second teller's passphrase does not open the box; nothing was lost.
    #[error("cụm mật khẩu của người kiểm phiếu thứ hai chưa đúng; hòm phiếu vẫn nguyên")]
    WrongSecond,
    /// The visitor does not sit in this council, or is not present.
    #[error("bạn không có trong danh sách bỏ phiếu của phiên họp này")]
    NotAVoter,
    /// The ballot was cast before.
    #[error("bạn đã bỏ phiếu; phiếu đã bỏ không đổi được")]
    AlreadyVoted,
    /// A motion was left without a choice.
    #[error("chọn ý kiến cho đủ {motions} nội dung")]
    Incomplete {
        /// How many motions the ballot has.
        motions: usize,
    },
    /// Somebody who is present has not voted.
    #[error("còn {left} thành viên có mặt chưa bỏ phiếu")]
    NotAllVoted {
        /// How many.
        left: usize,
    },
    /// The stored box makes no sense.
    #[error("hòm phiếu đã lưu không đọc được ({0}); không kiểm phiếu được")]
    BrokenBox(&'static str),
    /// The frozen totals of a motion are not those that the ledger has.
    #[error("kết quả kiểm phiếu của nội dung số {position} khác với nhật ký; dừng sử dụng kết quả này và kiểm tra")]
    Altered {
        /// The motion's place in the list.
        position: i64,
    },
    /// The list itself is not the one that the ledger has.
    #[error("danh sách nội dung của phiên họp khác với nhật ký; dừng sử dụng kết quả này và kiểm tra")]
    AlteredList,
}
