//! Every way this room says no.

use papers::sheet::SheetError;

use crate::{Denied, StoreError};

/// Why a file was not taken, or figures were not told.
#[derive(Debug, thiserror::Error)]
pub enum DossiersError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file is no sheet.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// No row of the file holds the columns that are needed.
    #[error(
        "không thấy dòng tiêu đề có đủ các cột: {missing}. Kiểm tra tệp, hoặc sửa bảng đối chiếu cột của nguồn này"
    )]
    NoHeader {
        /// What is missing in the best row.
        missing: String,
    },
    /// Two columns tell the same.
    #[error("hai cột “{first}” và “{second}” cùng là {field}; bỏ bớt một cột trong bảng đối chiếu của nguồn này")]
    TwoColumns {
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// What both tell.
        field: &'static str,
    },
    /// The mapping lacks what every file needs.
    #[error("bảng đối chiếu phải có {what}")]
    PoorMapping {
        /// What it lacks.
        what: &'static str,
    },
    /// The name of a source is empty or too long.
    #[error("tên nguồn phải có từ 1 đến 60 ký tự")]
    BadSource,
    /// No answer is taken under this code: the same words whether there is no such dossier or it has no result
    /// yet, so that nobody learns which.
    #[error("chưa nhận được phiếu cho mã này: mã không đúng, hoặc hồ sơ chưa có kết quả")]
    NotToBeAnswered,
    /// The code has answered before.
    #[error("mã này đã gửi phiếu; mỗi mã hồ sơ một phiếu")]
    AnsweredBefore,
    /// No answer was chosen.
    #[error("chọn một mức từ 1 đến 5")]
    OddAnswer,
    /// An amount is missing or no whole number within reason.
    #[error("{0}")]
    OddCost(String),
    /// Somebody else saved these costs meanwhile.
    #[error("vừa có người lưu bản khác của thủ tục này; xem bản mới rồi lưu lại")]
    CostsChanged,
    /// There is no such procedure.
    #[error("không có thủ tục này trong dữ liệu hồ sơ")]
    UnknownProcedure,
    /// There is no such dossier.
    #[error("không có hồ sơ này")]
    UnknownDossier,
    /// There is no such import.
    #[error("không có lần nhập này")]
    UnknownImport,
}
