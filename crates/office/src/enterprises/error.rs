//! Every way this room says no.

use kernel::Date;
use kernel::numbers::short_date;

use super::model::Size;
use crate::organization::{EnterpriseId, OrganizationError};
use crate::{Denied, StoreError};

/// Why something about an enterprise was refused.
#[derive(Debug, thiserror::Error)]
pub enum EnterprisesError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Who it is cannot be kept so: an odd tax code, one that another entry has, no name, a merged entry.
    #[error(transparent)]
    Identity(OrganizationError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// An event hangs on a clause of the plan.
    #[error("chọn khoản của Kế hoạch mà việc này gắn với")]
    NoClause,
    /// Something must be written, and not too long.
    #[error("{what}")]
    Missing {
        /// The field.
        field: &'static str,
        /// What to do.
        what: String,
    },
    /// Nothing happens in the future.
    #[error("ngày không sau hôm nay {}", short_date(*.today))]
    TooLate {
        /// Today.
        today: Date,
    },
    /// Only an enterprise has a size.
    #[error("chỉ doanh nghiệp có quy mô; để trống quy mô hoặc chọn loại là doanh nghiệp")]
    SizeOfOther,
    /// A double cannot be merged with itself.
    #[error("chọn một hồ sơ khác để gộp")]
    Itself,
    /// Nobody is connected with itself.
    #[error("chọn một doanh nghiệp khác để kết nối")]
    SelfConnection,
    /// The same was recorded before.
    #[error("việc này đã được ghi ngày {}; mỗi việc ghi một lần", short_date(*.on))]
    Recorded {
        /// The day it bears.
        on: Date,
    },
    /// Only a household becomes an enterprise so.
    #[error("chỉ ghi việc trở thành doanh nghiệp cho hộ kinh doanh")]
    NoHousehold,
    /// A household becomes an enterprise, not something else.
    #[error("mã số thuế này trong sổ không phải của một doanh nghiệp")]
    NoEnterprise,
    /// A conversion to a larger size begins from a known smaller one.
    #[error("{}", no_growth(*.from))]
    NoGrowth {
        /// The size today.
        from: Option<Size>,
    },
    /// It was withdrawn.
    #[error("việc này đã được rút")]
    Withdrawn,
    /// It ended, so nothing new is recorded of it.
    #[error("hồ sơ đã ghi ngừng hoạt động từ ngày {}", short_date(*.on))]
    Ended {
        /// The first day without it.
        on: Date,
    },
    /// It became another entry, so what follows is recorded there.
    #[error("hộ này đã trở thành doanh nghiệp từ ngày {}; ghi ở hồ sơ của doanh nghiệp", short_date(*.on))]
    Converted {
        /// The day.
        on: Date,
    },
    /// A connection is settled once; a mistake is withdrawn.
    #[error("kết quả đã ghi ngày {}; ghi sai thì rút kết nối và ghi lại", short_date(*.on))]
    Settled {
        /// The day.
        on: Date,
    },
    /// Something later rests on it.
    #[error("{0}")]
    RestsOn(&'static str),
    /// The file is no sheet that we can read.
    #[error(transparent)]
    Sheet(#[from] papers::sheet::SheetError),
}

fn no_growth(from: Option<Size>) -> String {
    match from {
        None => "chưa rõ quy mô hiện nay; ghi quy mô trước, rồi ghi việc lớn lên".to_owned(),
        Some(size) => format!("quy mô hiện nay là {}; chọn quy mô lớn hơn", size.name_vi()),
    }
}

impl From<OrganizationError> for EnterprisesError {
    fn from(error: OrganizationError) -> Self {
        match error {
            OrganizationError::Denied(denied) => Self::Denied(denied),
            OrganizationError::Store(store) => Self::Store(store),
            OrganizationError::UnknownEnterprise(_) => Self::Unknown("doanh nghiệp, hợp tác xã, hộ này"),
            other => Self::Identity(other),
        }
    }
}

impl EnterprisesError {
    /// The entry that has the tax code already, when that is why.
    #[must_use]
    pub fn existing(&self) -> Option<EnterpriseId> {
        match self {
            Self::Identity(OrganizationError::AlreadyRegistered { existing, .. }) => Some(*existing),
            _ => None,
        }
    }
}
