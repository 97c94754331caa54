//! Every way this room says no.

use kernel::Timestamp;

use crate::{Denied, StoreError};

/// Why an account, a sign-in or a grant was refused.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Name and password do not go together; which of them is wrong is not said.
    #[error("tên đăng nhập hoặc mật khẩu chưa đúng")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("tài khoản tạm khóa do nhập sai nhiều lần; thử lại sau {until}")]
    Locked {
        /// When it opens again.
        until: Timestamp,
    },
    /// The one-time link is unknown, used or too old.
    #[error("liên kết này không còn dùng được; xin quản trị hệ thống cấp liên kết mới")]
    DeadLink,
    /// The new password is too short.
    #[error("mật khẩu cần ít nhất {least} ký tự; hãy dùng một câu dễ nhớ", least = super::model::SHORTEST_PASSWORD)]
    ShortPassword,
    /// The new password is the login, or one letter repeated.
    #[error("mật khẩu này quá dễ đoán; hãy dùng một câu không chứa tên đăng nhập")]
    WeakPassword,
    /// The login is taken.
    #[error("tên đăng nhập “{login}” đã có người dùng; chọn tên khác")]
    LoginTaken {
        /// The login asked for.
        login: String,
    },
    /// The login has letters that do not belong there.
    #[error("tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch ngang, từ 2 đến 40 ký tự")]
    OddLogin,
    /// No such account.
    #[error("không có tài khoản này")]
    Unknown,
    /// An account that belongs to nobody known was to draft or sign decisions or to vote: two hands could be one
    /// person's, and nobody could say whose seat it is.
    #[error(
        "ủy viên Hội đồng và ai soạn hoặc ký quyết định phải là người trong cơ cấu tổ chức; ghi mã cán bộ cho tài khoản này trước"
    )]
    NoPerson,
    /// The person has an account in use already.
    #[error(
        "người này đang dùng tài khoản “{login}” ({name}); mỗi người một tài khoản: giao thêm vai trò cho tài khoản đó, hoặc dừng tài khoản đó trước"
    )]
    PersonHasAccount {
        /// How the other account signs in.
        login: String,
        /// The name in its histories.
        name: String,
    },
    /// An account belongs to one person and goes on doing so: histories name that person.
    #[error("tài khoản này đã gắn với một người; người khác thì mở tài khoản khác")]
    HasPerson,
    /// The last administrator cannot be stopped or lose the role.
    #[error("đây là quản trị hệ thống cuối cùng; giao vai trò này cho người khác trước")]
    LastAdmin,
    /// An access token without a name, or with a very long one.
    #[error("đặt tên cho khóa truy cập, từ 1 đến {longest} ký tự", longest = super::tokens::LONGEST_NAME)]
    TokenName,
    /// A live access token of the same account has this name: histories could not tell them apart.
    #[error("bạn đang có một khóa truy cập tên “{name}”; chọn tên khác")]
    TokenNameTaken {
        /// The name asked for.
        name: String,
    },
    /// An access token with no permission, or with one that its owner does not hold.
    #[error("chọn ít nhất một quyền, trong các quyền bạn đang có")]
    TokenScope,
    /// An access token that ends before today or too far off.
    #[error("ngày cuối dùng khóa phải từ hôm nay đến {}", kernel::numbers::short_date(*.latest))]
    TokenDay {
        /// The last day that may be chosen.
        latest: kernel::Date,
    },
    /// No such access token, or another's.
    #[error("không có khóa truy cập này")]
    UnknownToken,
    /// A grant that ends before it begins.
    #[error(transparent)]
    Period(#[from] kernel::period::EmptyPeriod),
}
