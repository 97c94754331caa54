//! Every way this room says no.

use crate::{Denied, StoreError};

/// Why something about a notice was refused.
#[derive(Debug, thiserror::Error)]
pub enum NoticesError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Not an address to which mail can go.
    #[error("địa chỉ thư điện tử không đúng; ví dụ: ten@coquan.vi-du.vn")]
    OddAddress,
    /// A link that was changed, or of another house.
    #[error("liên kết không đúng hoặc không còn hiệu lực")]
    OddLink,
}
