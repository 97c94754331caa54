//! Every way this room says no.

use kernel::Date;

use super::model::{AchievementId, HoldId, InitiativeId, PastAwardId};
use crate::organization::{OrganizationError, Recipient};
use crate::{Denied, StoreError};

/// Why an entry of a record was refused.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The organization said no.
    #[error(transparent)]
    Organization(#[from] OrganizationError),
    /// No such recipient, or not for this visitor.
    #[error("không có cá nhân, đơn vị hay doanh nghiệp này")]
    UnknownRecipient(Recipient),
    /// No such award in the record.
    #[error("không có khen thưởng này trong hồ sơ")]
    UnknownAward(PastAwardId),
    /// No such initiative.
    #[error("không có sáng kiến này")]
    UnknownInitiative(InitiativeId),
    /// No such hold, or it has ended.
    #[error("không có việc tạm dừng này, hoặc đã kết thúc")]
    UnknownHold(HoldId),
    /// No such achievement.
    #[error("không có thành tích này")]
    UnknownAchievement(AchievementId),
    /// Nothing was typed for a text that is needed.
    #[error("chưa nhập {what}")]
    Missing {
        /// What is needed, in words.
        what: &'static str,
    },
    /// A year before the state of Việt Nam or after today's.
    #[error("năm {year} không hợp lệ; nhập từ 1945 đến {latest}")]
    OddYear {
        /// The year given.
        year: i16,
        /// The latest year that may be given.
        latest: i16,
    },
    /// A result of a year in which the movement does not run.
    #[error("năm {year} không thuộc thời gian của phong trào; nhập từ {first} đến {last}")]
    OutsideMovement {
        /// The year given.
        year: i16,
        /// The first year of the plan.
        first: i16,
        /// Its last year, or today's where it has no end.
        last: i16,
    },
    /// Somebody who was not selected was to lead the movement.
    #[error("không được bình xét thì không dẫn đầu phong trào; sửa kết quả bình xét hoặc bỏ dấu dẫn đầu")]
    LeadsUnselected,
    /// A day that has not come yet.
    #[error("ngày {day} chưa đến; kiểm tra lại ngày")]
    NotYet {
        /// The day given.
        day: Date,
    },
    /// The award is in the record already.
    #[error("khen thưởng này (cùng hình thức, năm và số quyết định) đã có trong hồ sơ")]
    AwardKnown,
    /// The award has been revoked.
    #[error("khen thưởng này đã bị thu hồi từ ngày {on}")]
    AlreadyRevoked {
        /// The day.
        on: Date,
    },
    /// The code of the initiative is taken.
    #[error("mã sáng kiến “{code}” đã có; chọn mã khác")]
    InitiativeCodeTaken {
        /// The code.
        code: String,
    },
    /// The code of the achievement is taken.
    #[error("mã thành tích “{code}” đã có; chọn mã khác")]
    AchievementCodeTaken {
        /// The code.
        code: String,
    },
    /// The authors' shares do not make a whole.
    #[error("tỷ lệ đóng góp của các tác giả cộng lại là {sum}%, phải đúng 100%")]
    SharesSum {
        /// What they make.
        sum: i64,
    },
    /// An author without a share, or named twice.
    #[error("mỗi tác giả ghi một lần, với tỷ lệ từ 1% đến 100%")]
    OddShare,
    /// The initiative has been recognised.
    #[error("sáng kiến đã được công nhận ngày {on}")]
    AlreadyRecognised {
        /// The day.
        on: Date,
    },
    /// The reach of an initiative is decided after its recognition.
    #[error("sáng kiến chưa được công nhận ngày {on}; phạm vi ảnh hưởng được quyết định sau")]
    NotRecognised {
        /// The day.
        on: Date,
    },
    /// The initiative has served the same person for the same award and year already.
    #[error("sáng kiến {code} đã được dùng cho {first}; một sáng kiến không dùng hai lần")]
    AlreadyUsed {
        /// The code of the initiative.
        code: String,
        /// What it served: `cstdcs/2025`.
        first: String,
    },
    /// The award was issued here: it is corrected by a decision, not in the record.
    #[error("khen thưởng này do hệ thống ban hành; sửa bằng quyết định đính chính")]
    IssuedHere(PastAwardId),
    /// The file is no sheet that we can read.
    #[error(transparent)]
    Sheet(#[from] papers::sheet::SheetError),
    /// A period that ends before it begins.
    #[error(transparent)]
    Period(#[from] kernel::period::EmptyPeriod),
}
