//! What entries of the ledger are about, in the words of the screen.

/// What a kind of subject is called on the page; none for one that has no words, which then shows as its code.
pub fn name_vi(subject: &str) -> Option<&'static str> {
    SUBJECTS.iter().find(|(code, _)| *code == subject).map(|(_, name)| *name)
}

/// The kinds that the ledger's page can be narrowed to: each with its code and its words. Reports of conduct are not
/// shown there.
pub fn offered() -> impl Iterator<Item = (&'static str, &'static str)> {
    SUBJECTS.iter().copied()
}

/// Every kind of subject that a room writes and the page shows, by its code.
static SUBJECTS: &[(&str, &str)] = &[
    ("access_token", "Khóa truy cập"),
    ("account", "Tài khoản"),
    ("adoption", "Quy định của tỉnh đã ghi nhận"),
    ("amendment", "Thay đổi quyết định"),
    ("announcement", "Thông báo lịch làm việc"),
    ("award", "Phôi của hình thức khen thưởng"),
    ("calendar", "Lịch làm việc"),
    ("campaign", "Đợt xét"),
    ("confirmation", "Căn cứ đã xác nhận"),
    ("council", "Hội đồng"),
    ("covenant", "Giao ước thi đua"),
    ("decision", "Quyết định"),
    ("decision_line", "Dòng của quyết định"),
    ("dialogue", "Cuộc đối thoại"),
    ("dossier", "Hồ sơ TTHC"),
    ("dossier_import", "Lần nhập hồ sơ TTHC"),
    ("enterprise", "Doanh nghiệp, HTX, hộ"),
    ("finding", "Điều phải khắc phục"),
    ("formula", "Công thức chi phí tuân thủ"),
    ("fund_book", "Quy định về quỹ"),
    ("fund_entry", "Bút toán sổ quỹ"),
    ("fund_year", "Sổ quỹ của năm"),
    ("indicator", "Chỉ số"),
    ("indicator_value", "Số liệu của chỉ số"),
    ("indicators", "Quy định về số liệu"),
    ("initiative", "Sáng kiến"),
    ("initiative_setting", "Thiết lập về sáng kiến"),
    ("inspection", "Cuộc kiểm tra"),
    ("launch", "Lần phát động"),
    ("launch_decision", "Xác định cấp phát động"),
    ("ledger", "Nhật ký"),
    ("meeting", "Phiên họp"),
    ("motion", "Nội dung biểu quyết"),
    ("nomination", "Hồ sơ đề nghị khen thưởng"),
    ("objection", "Ý kiến góp ý"),
    ("obstacle", "Vướng mắc"),
    ("person", "Người"),
    ("petition", "Phản ánh, kiến nghị"),
    ("procedure", "Thủ tục hành chính"),
    ("programme", "Chương trình thi đua"),
    ("reevaluation", "Cách xử lý thay đổi chưa xem"),
    ("register", "Sổ hồ sơ gốc"),
    ("replication", "Việc áp dụng mô hình"),
    ("sheet", "Tệp lấy ra"),
    ("source", "Nguồn hồ sơ TTHC"),
    ("story", "Bài viết"),
    ("submission", "Tờ trình"),
    ("task", "Nhiệm vụ"),
    ("task_series", "Nhiệm vụ định kỳ"),
    ("unit", "Đơn vị"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_kind_has_words_of_its_own() {
        let names: BTreeSet<_> = offered().map(|(_, name)| name).collect();
        assert_eq!(names.len(), offered().count());
        assert_eq!(name_vi("decision_line"), Some("Dòng của quyết định"));
        assert_eq!(name_vi("conduct_report"), None);
    }
}
