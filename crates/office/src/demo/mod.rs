//! Example data: an invented office with invented people, so that a newcomer can walk the whole house.
//!
//! Everything here is made up and marked so on every page; it is made through the same services as real
//! work, so that it obeys the same rules and stands in the ledger.

mod accounts;

use crate::{Ctx, House};
use kernel::Actor;

/// The password of every example account. A house without `--demo` has no such account.
pub const PASSWORD: &str = "moc-chau-tra-xanh-2026";

/// Who can sign in to the example: login and role, in words.
pub const ACCOUNTS: &[(&str, &str)] = &[
    ("thuongtruc", "Thường trực thi đua"),
    ("truongphong.kt", "Trưởng phòng Kinh tế"),
    ("chanhvp", "Chánh Văn phòng, Chủ tịch Hội đồng"),
    ("uyvien1", "Ủy viên Hội đồng (đến uyvien7)"),
    ("canbo.kt", "Chuyên viên phòng Kinh tế"),
    ("kiemtra", "Kiểm tra, giám sát"),
    ("bientap", "Biên tập, Trung tâm Thông tin"),
    ("quantri", "Quản trị hệ thống"),
];

/// Fills an empty house; does nothing when somebody has an account already.
///
/// # Errors
/// What a room says.
pub async fn fill(house: &House) -> Result<(), DemoError> {
    let actor = Actor::program("Dữ liệu ví dụ");
    let ctx = Ctx::new(house, &actor);
    if !crate::identity::queries::list(&ctx).await?.is_empty() {
        return Ok(());
    }
    accounts::open(&ctx).await
}

/// A room refused the example data.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Accounts.
    #[error(transparent)]
    Identity(#[from] crate::identity::IdentityError),
    /// Units and people.
    #[error(transparent)]
    Organization(#[from] crate::organization::OrganizationError),
    /// Their record.
    #[error(transparent)]
    Records(#[from] crate::records::RecordsError),
    /// Campaigns and nominations.
    #[error(transparent)]
    Awards(#[from] crate::awards::AwardsError),
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::StoreError),
}
