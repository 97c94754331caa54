//! Every way this room says no.

use kernel::id::{PersonId, UnitId};
use kernel::numbers::short_date;
use kernel::{Date, Period};

use super::model::EnterpriseId;
use crate::{Denied, StoreError};

/// Why a unit, a person, a post or an enterprise was refused.
#[derive(Debug, thiserror::Error)]
pub enum OrganizationError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such unit.
    #[error("không có đơn vị này")]
    UnknownUnit(UnitId),
    /// No such person.
    #[error("không có người này")]
    UnknownPerson(PersonId),
    /// No such enterprise.
    #[error("không có doanh nghiệp, hợp tác xã, hộ này")]
    UnknownEnterprise(EnterpriseId),
    /// Nothing was typed for the name.
    #[error("chưa nhập tên")]
    NameMissing,
    /// Nothing was typed for the code.
    #[error("chưa nhập mã")]
    CodeMissing,
    /// The unit's code is taken.
    #[error("mã đơn vị “{code}” đã có; chọn mã khác")]
    CodeTaken {
        /// The code asked for.
        code: String,
    },
    /// Another unit bears the name.
    #[error("đơn vị {code} đang mang tên “{name}”; chọn tên khác để không nhầm hai đơn vị")]
    NameTaken {
        /// The name.
        name: String,
        /// The code of the other unit.
        code: String,
    },
    /// The unit has a name that begins on that day already.
    #[error("đơn vị đã có một lần đổi tên từ ngày {}; chọn ngày khác", short_date(*on))]
    RenamedThatDay {
        /// The day.
        on: Date,
    },
    /// The unit ends or has ended.
    #[error("đơn vị {code} kết thúc hoạt động từ ngày {}", short_date(*on))]
    UnitEnded {
        /// Its code.
        code: String,
        /// The first day without it.
        on: Date,
    },
    /// The unit does not exist on the day asked for.
    #[error("đơn vị {code} không hoạt động vào ngày {}", short_date(*on))]
    UnitNotThere {
        /// Its code.
        code: String,
        /// The day.
        on: Date,
    },
    /// People still have posts in the unit.
    #[error("đơn vị {code} còn {people} người đang giữ vị trí; chuyển họ sang đơn vị khác hoặc sáp nhập đơn vị")]
    StillPeopled {
        /// Its code.
        code: String,
        /// How many.
        people: usize,
    },
    /// A unit cannot be merged into itself, nor nothing into something.
    #[error("chọn ít nhất một đơn vị khác để sáp nhập vào {code}")]
    NothingToMerge {
        /// The code of the unit that would take over.
        code: String,
    },
    /// The staff code belongs to somebody already.
    #[error("mã cán bộ “{code}” đã thuộc về {name}; kiểm tra lại mã")]
    StaffCodeTaken {
        /// The code.
        code: String,
        /// Who has it.
        name: String,
        /// Their id.
        existing: PersonId,
    },
    /// The year of birth is no year in which a living person was born.
    #[error("năm sinh {year} chưa đúng; nhập bốn chữ số, hoặc để trống nếu chưa biết")]
    OddBirthYear {
        /// What was typed.
        year: i16,
    },
    /// Without what they do and where, people of one name cannot be told apart.
    #[error("ghi nghề nghiệp, chức vụ và nơi ở hoặc nơi làm việc để phân biệt với người cùng tên")]
    NotToldApart,
    /// The same person outside the Office was entered before.
    #[error("{name} đã có trong sổ; mở người đó để bổ sung thay vì thêm mới")]
    OutsiderKnown {
        /// The name with what tells it apart.
        name: String,
        /// Their id.
        existing: PersonId,
    },
    /// The person holds a post in that unit on some of those days already.
    #[error("người này giữ vị trí “{title}” ở đơn vị ấy {}; ghi thôi giữ vị trí đó trước, hoặc chọn ngày khác", held(*period))]
    AlreadyHeld {
        /// What the post is called.
        title: String,
        /// The days on which it is held.
        period: Period,
    },
    /// The post has ended, or is not there.
    #[error("vị trí công tác này không có hoặc đã kết thúc")]
    NoSuchPost,
    /// The tax code has another shape.
    #[error("mã số thuế “{code}” chưa đúng dạng: 10 chữ số, thêm 3 chữ số nếu là đơn vị phụ thuộc (5500123456-001)")]
    OddTaxCode {
        /// What was typed.
        code: String,
    },
    /// The enterprise is in the register already: open it instead of adding it again.
    #[error(
        "mã số thuế {tax_code} đã có trong sổ với tên “{name}”; mở hồ sơ đó để bổ sung, hoặc gộp hai hồ sơ, thay vì thêm mới"
    )]
    AlreadyRegistered {
        /// The tax code.
        tax_code: String,
        /// The name in the register.
        name: String,
        /// Its id.
        existing: EnterpriseId,
    },
    /// The entry was merged into another one: what is to be done is done there.
    #[error("hồ sơ này đã gộp vào hồ sơ khác; làm việc ở hồ sơ đó")]
    Merged {
        /// The entry that stands for it.
        into: EnterpriseId,
    },
    /// The file is no sheet that we can read.
    #[error(transparent)]
    Sheet(#[from] papers::sheet::SheetError),
    /// A period that ends before it begins.
    #[error(transparent)]
    Period(#[from] kernel::period::EmptyPeriod),
}

/// The days of a post, its last one named instead of the first without it.
fn held(period: Period) -> String {
    let last = period.until.and_then(|until| until.yesterday().ok());
    let from = short_date(period.from);
    last.map_or_else(|| format!("từ ngày {from}"), |last| format!("từ ngày {from} đến hết ngày {}", short_date(last)))
}
