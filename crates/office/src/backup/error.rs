use std::path::PathBuf;

use crate::StoreError;

/// Every way a backup says no.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of that name is there.
    #[error("đã có tệp {0}; chọn tên khác, bản sao lưu không ghi đè tệp nào")]
    Exists(PathBuf),
    /// Another command writes the same file.
    #[error("một lệnh sao lưu khác đang ghi {0}; chờ lệnh đó xong")]
    Running(PathBuf),
    /// Nothing to back up.
    #[error("không có cơ sở dữ liệu ở {0}; kiểm tra --data hoặc --database-url")]
    NoHouse(String),
    /// The file is not one of ours, or its table of contents cannot be read.
    #[error("{file} không đọc được như một bản sao lưu: {what}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Written by a newer program.
    #[error("bản sao lưu có cấu trúc số {found}, chương trình này chỉ biết đến số {known}; dùng bản thidua mới hơn")]
    TooNew {
        /// The structure in the backup.
        found: i64,
        /// The newest one known here.
        known: i64,
    },
    /// Damaged: nothing is restored from it.
    #[error("bản sao lưu bị hỏng nên không khôi phục gì:\n{}", .0.join("\n"))]
    Damaged(Vec<String>),
    /// Something is there where all must be new.
    #[error("thư mục dữ liệu {folder} không trống (có “{found}”); chỉ khôi phục vào thư mục trống")]
    FolderInUse {
        /// The folder.
        folder: PathBuf,
        /// What lies in it.
        found: String,
    },
    /// The database holds rows.
    #[error("cơ sở dữ liệu không trống (bảng {0} có dữ liệu); chỉ khôi phục vào cơ sở dữ liệu trống")]
    DatabaseInUse(String),
    /// The backup carries no keys and none were given.
    #[error("bản sao lưu không mang khóa; thêm --keys THƯ_MỤC chứa signing.key và salt.key của hệ thống này")]
    NoKeys,
    /// The keys are of another house.
    #[error("khóa trong {0} không phải của hệ thống đã tạo bản sao lưu này")]
    ForeignKeys(PathBuf),
    /// What was restored does not hold.
    #[error("khôi phục xong nhưng kiểm tra không đạt, đã hủy: {0}")]
    Unsound(String),
    /// The disk is full.
    #[error("ổ đĩa chứa {0} đã đầy, không để lại tệp nào; giải phóng dung lượng rồi sao lưu lại")]
    Full(PathBuf),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk said no.
    #[error("không đọc hoặc ghi được tệp: {0}")]
    Disk(#[from] std::io::Error),
    /// The container could not be written.
    #[error("không ghi được bản sao lưu: {0}")]
    Container(#[from] zip::result::ZipError),
}
