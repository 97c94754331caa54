//! Facts in a few words, for whoever reads a case.

use super::{Facts, Movement};
use crate::award::AwardCode;

fn listed(items: impl Iterator<Item = String>) -> String {
    let found: Vec<String> = items.collect();
    if found.is_empty() { "không có".to_owned() } else { found.join("; ") }
}

fn yes(told: bool) -> String {
    if told { "có" } else { "không" }.to_owned()
}

impl Facts {
    /// What is known, as (what, value); what is not there is not known and not said.
    #[must_use]
    pub fn summary(&self, name_of: impl Fn(AwardCode) -> String) -> Vec<(&'static str, String)> {
        let mut said = vec![("Đối tượng", self.recipient_words())];
        let mut say = |what, value: Option<String>| said.extend(value.map(|value| (what, value)));
        say("Gương mẫu chấp hành", self.good_standing.map(yes));
        say("Nội bộ đoàn kết", self.internal_unity.map(yes));
        say(
            "Xếp loại",
            self.ratings
                .as_ref()
                .map(|list| listed(list.iter().map(|one| format!("{} {}", one.year, one.level.name_vi())))),
        );
        say(
            "Xếp loại của đơn vị",
            self.unit_ratings
                .as_ref()
                .map(|list| listed(list.iter().map(|one| format!("{} {}", one.year, one.level.name_vi())))),
        );
        say(
            "Đã được khen",
            self.awards
                .as_ref()
                .map(|list| listed(list.iter().map(|one| format!("{} năm {}", name_of(one.award), one.year)))),
        );
        say(
            "Sáng kiến",
            self.initiatives.as_ref().map(|list| {
                listed(list.iter().map(|one| match one.scope {
                    Some(scope) => format!("{} ({})", one.id, scope.name_vi()),
                    None => one.id.clone(),
                }))
            }),
        );
        say(
            "Công trình khoa học",
            self.science_works.as_ref().map(|list| listed(list.iter().map(|one| one.id.clone()))),
        );
        say("Phong trào", self.movement.as_ref().map(movement));
        say("Dẫn đầu cụm, khối", self.cluster.as_ref().map(|one| yes(one.leads)));
        say(
            "Vượt chỉ tiêu",
            self.targets_exceeded
                .as_ref()
                .map(|years| listed(years.iter().map(|(year, told)| format!("{year} {}", yes(*told))))),
        );
        say(
            "Phạm vi ảnh hưởng",
            self.impact
                .as_ref()
                .map(|list| listed(list.iter().map(|one| format!("{}, {}", one.mode.name_vi(), one.scope.name_vi())))),
        );
        say(
            "Đóng góp",
            self.contributions
                .as_ref()
                .map(|list| listed(list.iter().map(|one| format!("{}, {}", one.field.name_vi(), one.scope.name_vi())))),
        );
        say(
            "Tập thể",
            self.members.as_ref().map(|one| {
                let count = |what: &str, count: Option<u32>| count.map(|count| format!("{count} {what}"));
                let titles = one.titles.iter().flatten().map(|(award, many)| format!("{many} {}", name_of(*award)));
                let disciplined = one.disciplined.as_ref().map(|levels| {
                    format!("kỷ luật: {}", listed(levels.iter().map(|level| level.name_vi().to_owned())))
                });
                let counts = [count("người", one.total), count("người hoàn thành nhiệm vụ", one.completed)];
                listed(counts.into_iter().flatten().chain(titles).chain(disciplined))
            }),
        );
        say("Mô hình sản xuất", self.production_model_years.map(|years| format!("{years} năm")));
        say(
            "Kỷ luật",
            self.discipline.as_ref().map(|list| {
                listed(list.iter().map(|one| format!("{} {}", one.level.name_vi(), days(one.from, one.until))))
            }),
        );
        say(
            "Tạm dừng xét",
            self.holds.as_ref().map(|list| {
                listed(list.iter().map(|one| format!("{} {}", one.kind.name_vi(), days(one.from, one.until))))
            }),
        );
        say(
            "Thành tích",
            self.achievements.as_ref().map(|list| {
                listed(list.iter().map(|one| match &one.rewarded_by {
                    Some(by) if !by.is_empty() => format!("{} (đã khen: {})", one.id, by.join(", ")),
                    _ => one.id.clone(),
                }))
            }),
        );
        say("Đề nghị cho", self.nominated_for.as_ref().map(|list| listed(list.iter().cloned())));
        say(
            "Điểm tiêu chí",
            self.criteria.as_ref().map(|list| {
                listed(list.iter().map(|one| format!("{} năm {}: {}", one.criterion, one.year, one.points.words())))
            }),
        );
        say("Xác nhận", self.attestations.as_ref().map(|list| listed(list.iter().map(|one| one.text_vi.clone()))));
        said
    }

    fn recipient_words(&self) -> String {
        let groups = self.recipient.groups.iter().flatten().map(|group| group.name_vi().to_owned());
        let leader = self.recipient.leader.filter(|leads| *leads).map(|_| "lãnh đạo, quản lý".to_owned());
        let parts = std::iter::once(self.recipient.kind.name_vi().to_owned()).chain(groups).chain(leader);
        parts.collect::<Vec<_>>().join(", ")
    }
}

fn days(from: jiff::civil::Date, until: Option<jiff::civil::Date>) -> String {
    let short = kernel::numbers::short_date;
    match until {
        Some(until) => format!("từ {} đến trước {}", short(from), short(until)),
        None => format!("từ {}", short(from)),
    }
}

fn movement(movement: &Movement) -> String {
    let launchers = movement.launchers.iter().flatten().map(|one| format!("{} phát động", one.level.name_vi()));
    let stage = movement.stage.map(|stage| stage.name_vi().to_owned());
    let selected = movement.selected.map(|selected| selected.name_vi().to_owned());
    let leads = movement.leads.map(|leads| if leads { "dẫn đầu" } else { "không dẫn đầu" }.to_owned());
    listed(launchers.chain(stage).chain(selected).chain(leads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_is_said_to_be_none_and_what_is_absent_is_not_said() {
        let facts =
            Facts::parse(r#"{"recipient":{"kind":"person"},"awards":[],"ratings":[{"year":2025,"level":"good"}]}"#);
        let said = facts.expect("good facts").summary(|code| code.to_string());
        let expected = [
            ("Đối tượng", "cá nhân".to_owned()),
            ("Xếp loại", "2025 hoàn thành tốt nhiệm vụ".to_owned()),
            ("Đã được khen", "không có".to_owned()),
        ];
        assert_eq!(said, expected);
    }
}
