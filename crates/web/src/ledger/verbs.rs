//! The actions of the ledger in the words of the screen.

/// What an action is called on the page; none for one that has no words yet, which then shows as its code.
pub fn name_vi(action: &str) -> Option<&'static str> {
    VERBS.iter().find(|(code, _)| *code == action).map(|(_, name)| *name)
}

/// Every action that a room writes, by its code.
static VERBS: &[(&str, &str)] = &[
    ("calendar.declare", "Nhập ngày theo thông báo"),
    ("calendar.set_closing_hour", "Đặt giờ nhận hồ sơ"),
    ("calendar.withdraw", "Thu hồi ngày đã nhập"),
    ("campaign.close", "Chốt nhận hồ sơ"),
    ("campaign.consult", "Mở lấy ý kiến"),
    ("campaign.evaluate", "Xét lại điều kiện"),
    ("campaign.move_consultation", "Tính lại hạn lấy ý kiến"),
    ("campaign.open", "Mở đợt xét"),
    ("campaign.to_council", "Chuyển Hội đồng"),
    ("council.attend", "Ghi có mặt"),
    ("council.call", "Triệu tập phiên họp"),
    ("council.cast", "Bỏ phiếu"),
    ("council.close", "Kiểm phiếu"),
    ("council.declare", "Khai xung đột lợi ích"),
    ("council.give_up", "Hủy hòm phiếu"),
    ("council.open", "Mở bỏ phiếu"),
    ("council.set_up", "Thành lập Hội đồng"),
    ("council.state_relation", "Ghi quan hệ"),
    ("council.write_opinion", "Ghi ý kiến bằng văn bản"),
    ("covenant.change", "Lập bản mới của giao ước"),
    ("covenant.draw_up", "Lập giao ước thi đua"),
    ("covenant.sign", "Ký giao ước thi đua"),
    ("decision.add_exception", "Thêm ngoại lệ vào quyết định"),
    ("decision.correct", "Đính chính quyết định"),
    ("decision.draft", "Dự thảo quyết định"),
    ("decision.drop_stock", "Trở lại mẫu phôi gốc"),
    ("decision.issue", "Ban hành quyết định"),
    ("decision.pay", "Ghi chi thưởng"),
    ("decision.put_stock", "Chỉnh mẫu phôi"),
    ("decision.redraft", "Soạn lại quyết định"),
    ("decision.revoke", "Thu hồi khen thưởng"),
    ("dossiers.begin_import", "Bắt đầu nhập hồ sơ TTHC"),
    ("dossiers.import", "Nhập xong hồ sơ TTHC"),
    ("dossiers.save_mapping", "Lưu bảng đối chiếu của nguồn"),
    ("identity.end_grant", "Kết thúc vai trò"),
    ("identity.grant", "Giao vai trò"),
    ("identity.invite", "Gửi liên kết mở tài khoản"),
    ("identity.make_token", "Tạo khóa truy cập"),
    ("identity.open", "Mở tài khoản"),
    ("identity.refuse", "Từ chối đăng nhập"),
    ("identity.set_password", "Đặt mật khẩu"),
    ("identity.sign_in", "Đăng nhập"),
    ("identity.sign_out", "Đăng xuất"),
    ("identity.stop", "Dừng tài khoản"),
    ("identity.withdraw_token", "Thu hồi khóa truy cập"),
    ("nomination.accept", "Duyệt hồ sơ"),
    ("nomination.attach", "Đính kèm tệp"),
    ("nomination.attest", "Xác nhận nội dung"),
    ("nomination.decide", "Ghi kết quả Hội đồng"),
    ("nomination.detach", "Bỏ tệp"),
    ("nomination.object", "Gửi ý kiến"),
    ("nomination.not_granted", "Cấp trên không khen thưởng"),
    ("nomination.overrule", "Quyết định khác kết luận"),
    ("nomination.return", "Trả lại hồ sơ"),
    ("nomination.rewrite", "Sửa hồ sơ"),
    ("nomination.send", "Trình cấp trên"),
    ("nomination.submit", "Nộp hồ sơ"),
    ("nomination.withdraw", "Rút hồ sơ"),
    ("nomination.write", "Lập hồ sơ"),
    ("objection.settle", "Giải quyết ý kiến"),
    ("organization.add_enterprise", "Thêm doanh nghiệp"),
    ("organization.add_person", "Thêm người"),
    ("organization.add_unit", "Thêm đơn vị"),
    ("organization.appoint", "Bổ nhiệm"),
    ("organization.arrange_unit", "Xếp lại đơn vị"),
    ("organization.close_unit", "Giải thể đơn vị"),
    ("organization.edit_person", "Sửa người"),
    ("organization.end_post", "Thôi giữ chức vụ"),
    ("organization.import_people", "Nhập danh sách người"),
    ("organization.merge_unit", "Sáp nhập đơn vị"),
    ("organization.rename_unit", "Đổi tên đơn vị"),
    ("programme.amend", "Lập bản sửa đổi chương trình"),
    ("programme.approve", "Duyệt chương trình"),
    ("programme.launch", "Phát động tới các đơn vị"),
    ("programme.open", "Mở kế hoạch được gửi"),
    ("programme.remind", "Nhắc đơn vị"),
    ("programme.return", "Trả lại chương trình"),
    ("programme.set_shortest_reason", "Đặt độ dài ít nhất của lý do"),
    ("programme.submit", "Gửi chương trình"),
    ("programme.write", "Soạn chương trình"),
    ("records.correct_award", "Đính chính khen thưởng đã có"),
    ("records.discipline", "Ghi kỷ luật"),
    ("records.enter_award", "Ghi khen thưởng đã có"),
    ("records.enter_initiative", "Ghi sáng kiến"),
    ("records.hold", "Ghi tạm dừng xét"),
    ("records.import_awards", "Nhập khen thưởng đã có"),
    ("records.rate", "Ghi xếp loại"),
    ("records.release_hold", "Gỡ tạm dừng xét"),
    ("rules.adopt", "Ghi nhận quy định của tỉnh"),
    ("rules.confirm", "Xác nhận căn cứ"),
    ("rules.withdraw_adoption", "Thu hồi ghi nhận quy định"),
    ("rules.withdraw_confirmation", "Thu hồi xác nhận căn cứ"),
    ("submission.attach", "Thêm tệp vào tờ trình"),
    ("submission.decide", "Ghi kết quả của cấp trên"),
    ("submission.give_back", "Ghi cấp trên trả để bổ sung"),
    ("submission.pass_on", "Ghi chuyển lên cấp tiếp theo"),
    ("submission.refuse", "Ghi cấp trên không chấp nhận"),
    ("submission.send", "Ghi tờ trình cấp trên"),
    ("submission.supply", "Ghi đã gửi bổ sung"),
    ("submission.withdraw", "Rút tờ trình"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_action_has_words_of_its_own() {
        let names: BTreeSet<_> = VERBS.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), VERBS.len());
        assert_eq!(name_vi("nomination.submit"), Some("Nộp hồ sơ"));
        assert_eq!(name_vi("nomination"), None);
    }
}
