//! Conditions as Vietnamese sentences, from the same data that is computed.

use crate::award::AwardCode;
use crate::book::RuleBook;
use crate::facts::{ImpactMode, LauncherLevel, RatingLevel, Stage};
use crate::pack::condition::Condition;

/// The sentence of a condition; a statement to be signed keeps the law's own words.
pub(crate) fn of(condition: &Condition, book: &RuleBook) -> String {
    let award = |code: AwardCode| book.award(code).name_vi.clone();
    match condition {
        Condition::RecipientIs { groups } => {
            let names: Vec<_> = groups.iter().map(|group| group.name_vi()).collect();
            format!("Là {}", names.join(", "))
        }
        Condition::GoodStanding {} => {
            "Gương mẫu chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước".to_owned()
        }
        Condition::InternalUnity {} => "Nội bộ đoàn kết".to_owned(),
        Condition::Attest { text_vi, .. } => text_vi.clone(),
        Condition::TaskRating { min, years, to_nomination, after_award, min_years_at } => {
            let level = match min {
                RatingLevel::Excellent => min.name_vi().to_owned(),
                _ => format!("{} trở lên", min.name_vi()),
            };
            let mut text = match years {
                1 => format!("Được xếp loại {level}"),
                _ => format!("Có từ {years:02} năm liên tục trở lên được xếp loại {level}"),
            };
            if let Some(code) = after_award {
                text.push_str(&format!(" sau khi được tặng {}", award(*code)));
            }
            if *to_nomination {
                text.push_str(if *years == 1 { " trong năm xét" } else { " đến thời điểm đề nghị" });
            }
            if let Some(at) = min_years_at {
                text.push_str(&format!(", trong đó ít nhất {:02} năm {}", at.years, at.level.name_vi()));
            }
            text
        }
        Condition::PriorAward { award: code, count, consecutive, within } => {
            let span = if within.is_some() { "Trong thời gian đó có" } else { "Đã có" };
            let streak = if *consecutive { " liên tục" } else { "" };
            let won = if book.award(*code).kind.is_title() { "đạt danh hiệu" } else { "được tặng" };
            format!("{span} {count:02} lần{streak} {won} {}", award(*code))
        }
        Condition::SelectedInMovement { quality, launchers, stages, min_years } => format!(
            "Có thành tích {} trong phong trào thi đua{}",
            quality.name_vi(),
            movement(launchers, stages, *min_years)
        ),
        Condition::LeadsMovement { launchers, stages, min_years, thematic } => format!(
            "Dẫn đầu phong trào thi đua{}{}",
            if *thematic { " theo chuyên đề" } else { "" },
            movement(launchers, stages, *min_years)
        ),
        Condition::LeadsCluster { organiser } => {
            format!("Dẫn đầu phong trào thi đua của cụm, khối do {} tổ chức", organiser.name_vi())
        }
        Condition::ExceedsTargets {} => "Hoàn thành vượt chỉ tiêu, nhiệm vụ được giao trong năm".to_owned(),
        Condition::Initiative { count, scope, replicable, within } => format!(
            "{} {count:02} sáng kiến được công nhận, áp dụng hiệu quả{} trong phạm vi {}",
            if within.is_some() { "Trong thời gian đó có" } else { "Có" },
            if *replicable { ", có khả năng nhân rộng" } else { "" },
            scope.name_vi()
        ),
        Condition::ScienceWork { count, scope, within } => format!(
            "{} {count:02} đề tài, đề án, công trình khoa học đã được nghiệm thu, áp dụng hiệu quả trong phạm vi {}",
            if within.is_some() { "Trong thời gian đó có" } else { "Có" },
            scope.name_vi()
        ),
        Condition::Impact { modes, scope } => {
            let modes: Vec<_> = modes.iter().copied().map(ImpactMode::name_vi).collect();
            format!("Có {}, phạm vi ảnh hưởng ở {}", modes.join(" hoặc "), scope.name_vi())
        }
        Condition::Contribution { fields, scope } => {
            let fields: Vec<_> = fields.iter().map(|field| field.name_vi()).collect();
            format!("Có đóng góp về {} trong phạm vi {}", fields.join(", "), scope.name_vi())
        }
        Condition::MemberTitleShare { title, min_pct } => {
            format!("Có ít nhất {min_pct}% cá nhân trong tập thể đạt danh hiệu {}", award(*title))
        }
        Condition::MemberCompletionShare { min_pct } => {
            format!("Có {min_pct}% cá nhân trong tập thể hoàn thành nhiệm vụ được giao")
        }
        Condition::HasMemberWith { title, min_count } => {
            format!("Có ít nhất {min_count:02} cá nhân đạt danh hiệu {}", award(*title))
        }
        Condition::NoMemberDisciplined { from_level } => {
            format!("Không có cá nhân bị kỷ luật từ mức {} trở lên", from_level.name_vi())
        }
        Condition::ProductionModel { min_years } => {
            format!("Có mô hình sản xuất hiệu quả, ổn định từ {min_years:02} năm trở lên")
        }
        Condition::CriterionScore { criterion: Some(name), min } => {
            format!("Điểm tiêu chí {name} từ {} trở lên", min.words())
        }
        Condition::CriterionScore { criterion: None, min } => {
            format!("Tổng điểm các tiêu chí từ {} trở lên", min.words())
        }
        Condition::MeetsAwardStandard { award: code } => format!("Đạt tiêu chuẩn {}", award(*code)),
        Condition::Compliance { fields } => format!("Không vi phạm pháp luật về {}", fields.join(", ")),
        Condition::AnyOf { of } => joined("Có một trong các điều kiện", of, " hoặc ", book),
        Condition::AllOf { of } => joined("Có đủ các điều kiện", of, " và ", book),
        Condition::NeedsText { note } => format!("Chưa có văn bản để đối chiếu: {note}"),
    }
}

fn joined(lead: &str, of: &[Condition], word: &str, book: &RuleBook) -> String {
    let parts: Vec<_> = of.iter().map(|part| self::of(part, book)).collect();
    format!("{lead}: {}", parts.join(&format!(";{word}")))
}

fn movement(launchers: &[LauncherLevel], stages: &[Stage], min_years: Option<u16>) -> String {
    let mut text = String::new();
    if !launchers.is_empty() {
        let names: Vec<_> = launchers.iter().map(|level| level.name_vi()).collect();
        text.push_str(&format!(" do {} phát động", names.join(", ")));
    }
    if let Some(years) = min_years {
        text.push_str(&format!(" có thời gian thực hiện từ {years:02} năm trở lên"));
    }
    if !stages.is_empty() {
        let names: Vec<_> = stages.iter().map(|stage| stage.name_vi()).collect();
        text.push_str(&format!(", khi {}", names.join(", ")));
    }
    text
}
