//! How full the caps of a campaign are, in the words of its pages.

use kernel::numbers::percent;
use office::awards::decision::{Bound, Meter};

/// What shares are full or overrun, for pages where one more may come in.
pub(super) fn full_shares(meters: &[Meter]) -> Vec<String> {
    let full = meters.iter().filter(|meter| meter.is_full() || meter.is_over());
    full.map(|meter| {
        let share = percent(i64::from(meter.cap.share_bp));
        let words = match (meter.cap.bound, meter.is_over()) {
            (Bound::Most, true) => "vượt mức",
            (Bound::Most, false) => "đã đủ mức",
            (Bound::Least, true) => "chưa đủ mức tối thiểu",
            (Bound::Least, false) => "thêm một người giữ chức vụ lãnh đạo là dưới mức tối thiểu",
        };
        let (what, used, limit) = (&meter.cap.what, meter.used, meter.cap.limit());
        format!("{what}: {used}/{limit} – {words} ({share}; {})", meter.cap.citation)
    })
    .collect()
}

/// How full a cap is, in finished words.
pub(super) struct MeterLine {
    pub what: String,
    pub used: u32,
    pub most: u32,
    pub shown: u32,
    pub rule: String,
    pub tone: &'static str,
    pub words: String,
}

impl MeterLine {
    pub(super) fn new(meter: Meter) -> Self {
        let (limit, used, bound) = (meter.cap.limit(), meter.used, meter.cap.bound);
        let (tone, words) = match (bound, meter.is_over(), meter.is_full()) {
            (Bound::Most, true, _) => ("bad", "vượt mức".to_owned()),
            (Bound::Most, ..) if limit == 0 => ("warn", "không có suất nào".to_owned()),
            (Bound::Most, _, true) => ("warn", "đã đủ mức".to_owned()),
            (Bound::Most, ..) => ("ok", format!("còn {}", limit - used)),
            (Bound::Least, true, _) => ("bad", "chưa đủ mức tối thiểu".to_owned()),
            (Bound::Least, _, true) => ("warn", "vừa đủ mức tối thiểu".to_owned()),
            (Bound::Least, ..) => ("ok", "đủ mức tối thiểu".to_owned()),
        };
        let excepted = if meter.excepted > 0 { format!("; {} ngoại lệ", meter.excepted) } else { String::new() };
        Self {
            rule: format!(
                "{}{} của {}, {}; {}{excepted}",
                if bound == Bound::Least { "ít nhất " } else { "" },
                percent(i64::from(meter.cap.share_bp)),
                meter.cap.whole,
                bound.rounding_vi(),
                meter.cap.citation,
            ),
            shown: used.min(limit),
            what: meter.cap.what,
            used,
            most: limit,
            tone,
            words,
        }
    }
}
