//! What happened in a movement: who launched it, how long it lasts, what the selection said.

use super::{Found, Scene};
use crate::answer::Finding;
use crate::facts::{Launcher, LauncherLevel, Movement, Organiser, Selection, Stage};

/// Whether a launched movement is one that the standard names.
fn launched(
    launcher: &Launcher,
    levels: &[LauncherLevel],
    min_years: Option<u16>,
    thematic: bool,
    scene: &Scene<'_>,
) -> Finding {
    let level = levels.is_empty() || levels.contains(&launcher.level);
    let years = match min_years {
        None => Finding::Met,
        Some(least) => Finding::of(launcher.years_decided.map(|years| years >= least)),
    };
    let kind = if thematic { Finding::of(launcher.thematic) } else { Finding::Met };
    Finding::of(Some(level && launcher.from.is_none_or(|from| from <= scene.on()))).and(years).and(kind)
}

struct Circumstances<'a> {
    movement: &'a Movement,
    finding: Finding,
    records: Vec<String>,
    missing: Vec<String>,
}

/// Launcher, duration and stage together, with what stands against them.
fn circumstances<'a>(
    movement: &'a Movement,
    levels: &[LauncherLevel],
    stages: &[Stage],
    min_years: Option<u16>,
    thematic: bool,
    scene: &Scene<'_>,
) -> Circumstances<'a> {
    let mut all = Circumstances { movement, finding: Finding::Met, records: Vec::new(), missing: Vec::new() };
    if !(levels.is_empty() && min_years.is_none() && !thematic) {
        let names: Vec<_> = levels.iter().map(|level| level.name_vi()).collect();
        match &movement.launchers {
            None => {
                all.finding = Finding::Unknown;
                all.missing.push("Chưa biết ai phát động: hồ sơ chưa có mục movement.launchers".to_owned());
            }
            Some(list) => {
                let weighed: Vec<_> =
                    list.iter().map(|launcher| launched(launcher, levels, min_years, thematic, scene)).collect();
                let finding = weighed.iter().fold(Finding::NotMet, |any, one| any.or(*one));
                let at = weighed.iter().position(|one| *one == finding);
                all.records.extend(at.map(|at| format!("movement.launchers[{at}]")));
                match (finding, min_years) {
                    (Finding::Met, _) => {}
                    (Finding::Unknown, Some(least)) => all.missing.push(format!(
                        "Cần cấp có thẩm quyền xác định phong trào có thời gian từ {least} năm trở lên hay không"
                    )),
                    (Finding::Unknown, None) => {
                        all.missing.push("Chưa biết có phải phong trào theo chuyên đề".to_owned())
                    }
                    (Finding::NotMet, Some(least)) => all.missing.push(format!(
                        "Không có phong trào do {} phát động với thời gian từ {least} năm trở lên",
                        names.join(", ")
                    )),
                    (Finding::NotMet, None) => {
                        all.missing.push(format!("Không có phong trào do {} phát động", names.join(", ")));
                    }
                }
                all.finding = all.finding.and(finding);
            }
        }
    }
    if !stages.is_empty() {
        let finding = Finding::of(movement.stage.map(|stage| stages.contains(&stage)));
        let names: Vec<_> = stages.iter().map(|stage| stage.name_vi()).collect();
        match finding {
            Finding::Met => all.records.push("movement.stage".to_owned()),
            Finding::NotMet => all.missing.push(format!("Chỉ xét khi {}", names.join(", "))),
            Finding::Unknown => all.missing.push("Chưa biết xét vào dịp nào: hồ sơ chưa có movement.stage".to_owned()),
        }
        all.finding = all.finding.and(finding);
    }
    all
}

fn told(all: Circumstances<'_>, own: Finding, record: &str) -> Found {
    let mut records = all.records;
    records.push(record.to_owned());
    let missing = (!all.missing.is_empty()).then(|| all.missing.join("; "));
    Found { finding: all.finding.and(own), found: None, needed: None, records, missing }
}

/// Weighs what the movement's selection said.
pub(crate) fn selected(
    quality: Selection,
    levels: &[LauncherLevel],
    stages: &[Stage],
    min_years: Option<u16>,
    scene: &Scene<'_>,
) -> Found {
    let Some(movement) = &scene.facts().movement else {
        return Found::lacking("movement", "kết quả bình xét trong phong trào thi đua");
    };
    let all = circumstances(movement, levels, stages, min_years, false, scene);
    let selected = all.movement.selected;
    let own = Finding::of(selected.map(|selected| selected >= quality));
    let mut found = told(all, own, "movement.selected").needed(quality.name_vi());
    found.found = selected.map(|selected| selected.name_vi().to_owned());
    found.or_missing(|| match own {
        Finding::Unknown => "Chưa biết kết quả bình xét: hồ sơ chưa có movement.selected".to_owned(),
        _ => format!("Cần được bình xét ở mức {}", quality.name_vi()),
    })
}

/// Weighs who leads the movement.
pub(crate) fn leads(
    levels: &[LauncherLevel],
    stages: &[Stage],
    min_years: Option<u16>,
    thematic: bool,
    scene: &Scene<'_>,
) -> Found {
    let Some(movement) = &scene.facts().movement else {
        return Found::lacking("movement", "có dẫn đầu phong trào thi đua hay không");
    };
    let all = circumstances(movement, levels, stages, min_years, thematic, scene);
    let leads = all.movement.leads;
    let mut found = told(all, Finding::of(leads), "movement.leads").needed("dẫn đầu");
    found.found = leads.map(|leads| if leads { "dẫn đầu" } else { "không dẫn đầu" }.to_owned());
    found.or_missing(|| "Cần được xác định là tập thể dẫn đầu phong trào".to_owned())
}

/// Weighs who leads a cluster.
pub(crate) fn leads_cluster(organiser: Organiser, scene: &Scene<'_>) -> Found {
    let Some(cluster) = &scene.facts().cluster else {
        return Found::lacking("cluster", "có dẫn đầu cụm, khối thi đua hay không");
    };
    let organised = Finding::of(cluster.organiser.map(|own| own == organiser));
    let finding = Finding::of(Some(cluster.leads)).and(organised);
    Found::told(finding, "cluster")
        .found(if cluster.leads { "dẫn đầu" } else { "không dẫn đầu" })
        .needed(format!("dẫn đầu cụm, khối do {} tổ chức", organiser.name_vi()))
        .or_missing(|| format!("Cần dẫn đầu cụm, khối do {} tổ chức", organiser.name_vi()))
}

/// Weighs whether the year's targets were exceeded: of this year when known, else of the one before.
pub(crate) fn exceeds_targets(scene: &Scene<'_>) -> Found {
    let Some(years) = &scene.facts().targets_exceeded else {
        return Found::lacking("targets_exceeded", "có hoàn thành vượt chỉ tiêu trong năm hay không");
    };
    let this = scene.on().year();
    let year = if years.contains_key(&this) { this } else { this - 1 };
    let told = years.get(&year).copied();
    let mut found = Found::told(Finding::of(told), &format!("targets_exceeded.{year}"));
    found.found = told.map(|yes| format!("năm {year}: {}", if yes { "vượt" } else { "không vượt" }));
    found.or_missing(|| match told {
        None => format!("Chưa biết chỉ tiêu năm {this}"),
        Some(_) => "Cần hoàn thành vượt chỉ tiêu, nhiệm vụ trong năm".to_owned(),
    })
}
