//! The closed lists of words that facts are written in.

use crate::award::words;

words! {
    /// The yearly rating of how tasks were done, from best to worst.
    RatingLevel {
        /// Hoàn thành xuất sắc nhiệm vụ.
        Excellent = "excellent", "hoàn thành xuất sắc nhiệm vụ";
        /// Hoàn thành tốt nhiệm vụ.
        Good = "good", "hoàn thành tốt nhiệm vụ";
        /// Hoàn thành nhiệm vụ.
        Done = "done", "hoàn thành nhiệm vụ";
        /// Không hoàn thành nhiệm vụ.
        NotDone = "not_done", "không hoàn thành nhiệm vụ";
    }
}

impl RatingLevel {
    /// Whether it is this level or a better one.
    #[must_use]
    pub fn at_least(self, floor: Self) -> bool {
        self <= floor
    }
}

words! {
    /// How far something reaches; a wider reach satisfies a narrower demand.
    Scope {
        /// The own agency.
        CoSo = "co_so", "cơ sở";
        /// A commune.
        Xa = "xa", "cấp xã";
        /// A field of the own unit.
        LinhVucDonVi = "linh_vuc_don_vi", "lĩnh vực của cơ quan, đơn vị";
        /// A field of the province or ministry.
        LinhVucTinh = "linh_vuc_tinh", "một lĩnh vực thuộc bộ, ban, ngành, tỉnh";
        /// The province or ministry.
        Tinh = "tinh", "bộ, ban, ngành, tỉnh";
        /// The whole country.
        ToanQuoc = "toan_quoc", "toàn quốc";
    }
}

impl Scope {
    pub(crate) fn reach(self) -> u8 {
        match self {
            Self::CoSo | Self::Xa | Self::LinhVucDonVi => 1,
            Self::LinhVucTinh => 2,
            Self::Tinh => 3,
            Self::ToanQuoc => 4,
        }
    }

    /// Whether it reaches as far as is demanded, or farther.
    #[must_use]
    pub fn covers(self, demanded: Self) -> bool {
        self.reach() >= demanded.reach()
    }
}

words! {
    /// Who launched a movement.
    LauncherLevel {
        /// The Office itself.
        VanPhong = "van_phong", "Văn phòng";
        /// The province.
        Tinh = "tinh", "tỉnh";
        /// A ministry or branch.
        Bo = "bo", "bộ, ban, ngành";
        /// The Prime Minister.
        ThuTuong = "thu_tuong", "Thủ tướng Chính phủ";
    }
}

words! {
    /// At which point of the movement the award is considered.
    Stage {
        /// Every year.
        Annual = "annual", "hằng năm";
        /// The mid-term review.
        SoKet = "so_ket", "sơ kết";
        /// The final review.
        TongKet = "tong_ket", "tổng kết";
        /// Outside the movement's occasions.
        None = "none", "ngoài các dịp của phong trào";
    }
}

words! {
    /// What the movement's own selection said, from least to most.
    Selection {
        /// Not selected.
        None = "none", "không được bình xét";
        /// Được bình xét.
        Selected = "selected", "được bình xét";
        /// Xuất sắc.
        Excellent = "excellent", "xuất sắc";
        /// Xuất sắc tiêu biểu.
        Outstanding = "outstanding", "xuất sắc tiêu biểu";
    }
}

words! {
    /// Who organises a cluster or block of emulation.
    Organiser {
        /// The province.
        Tinh = "tinh", "tỉnh";
        /// A ministry or branch.
        Bo = "bo", "bộ, ban, ngành";
        /// The central council.
        TrungUong = "hdtdkt_tw", "Hội đồng Thi đua - Khen thưởng Trung ương";
    }
}

words! {
    /// Whether achievements are many or one that came suddenly.
    ImpactMode {
        /// Nhiều thành tích.
        Many = "many", "nhiều thành tích";
        /// Thành tích đột xuất.
        Sudden = "sudden", "thành tích đột xuất";
    }
}

words! {
    /// The field of a contribution.
    ContributionField {
        /// Kinh tế - xã hội.
        KtXh = "kt_xh", "phát triển kinh tế - xã hội";
        /// Khoa học, kỹ thuật.
        Khkt = "khkt", "ứng dụng tiến bộ khoa học, kỹ thuật";
        /// Công tác xã hội.
        XaHoi = "xa_hoi", "công tác xã hội";
        /// Từ thiện nhân đạo.
        TuThien = "tu_thien", "từ thiện nhân đạo";
        /// Công sức.
        CongSuc = "cong_suc", "công sức";
        /// Đất đai.
        DatDai = "dat_dai", "đất đai";
        /// Tài sản.
        TaiSan = "tai_san", "tài sản";
    }
}

words! {
    /// Levels of discipline, from the lightest.
    DisciplineLevel {
        /// Khiển trách.
        KhienTrach = "khien_trach", "khiển trách";
        /// Cảnh cáo.
        CanhCao = "canh_cao", "cảnh cáo";
        /// Kéo dài thời hạn nâng lương.
        KeoDaiNangLuong = "keo_dai_nang_luong", "kéo dài thời hạn nâng lương";
        /// Hạ bậc lương.
        HaBacLuong = "ha_bac_luong", "hạ bậc lương";
        /// Giáng chức.
        GiangChuc = "giang_chuc", "giáng chức";
        /// Cách chức.
        CachChuc = "cach_chuc", "cách chức";
        /// Bãi nhiệm.
        BaiNhiem = "bai_nhiem", "bãi nhiệm";
        /// Sa thải.
        SaThai = "sa_thai", "sa thải";
        /// Buộc thôi việc.
        BuocThoiViec = "buoc_thoi_viec", "buộc thôi việc";
    }
}

words! {
    /// Why a nomination is held.
    HoldKind {
        /// Discipline is being considered.
        DisciplinePending = "discipline_pending", "đang xem xét xử lý kỷ luật";
        /// An investigation runs.
        Investigation = "investigation", "đang bị điều tra";
        /// An inspection with signs of violation runs.
        Inspection = "inspection", "đang thanh tra, kiểm tra có dấu hiệu vi phạm";
        /// An audit with signs of violation runs.
        Audit = "audit", "đang kiểm toán có dấu hiệu vi phạm";
        /// A complaint or denunciation is being verified.
        Complaint = "complaint", "khiếu nại, tố cáo đang được xác minh";
        /// A press report of corruption is being verified.
        Press = "press", "báo chí nêu tham nhũng, tiêu cực đang được xác minh";
    }
}
