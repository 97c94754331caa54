//! What happened in a movement: who launched it, how long it lasts, what the selection said.

use super::{Found, Scene};
use crate::answer::Finding;
use crate::facts::{LauncherLevel, Movement, Organiser, Selection, Stage};
use crate::lean::brief;
use crate::lean::clause::{Ask, Clause, Movements};
use crate::lean::judge;

struct Circumstances<'a> {
    movement: &'a Movement,
    records: Vec<String>,
    missing: Vec<String>,
}

/// Launcher, duration and stage together, with what stands against them.
fn circumstances<'a>(
    movement: &'a Movement,
    levels: &[LauncherLevel],
    stages: &[Stage],
    min_years: Option<u16>,
    movements: &Movements,
    scene: &Scene<'_>,
) -> Circumstances<'a> {
    let mut all = Circumstances { movement, records: Vec::new(), missing: Vec::new() };
    if movements.names_launchers() {
        let names: Vec<_> = levels.iter().map(|level| level.name_vi()).collect();
        match &movement.launchers {
            None => {
                all.missing.push("Chưa biết ai phát động: hồ sơ chưa có mục movement.launchers".to_owned());
            }
            Some(list) => {
                let finding = judge::launching(movements, &scene.view);
                let on = scene.view.law.on;
                let own = |launcher| judge::launched(&brief::Launched::of(launcher, on), movements);
                let at = list.iter().position(|launcher| own(launcher) == finding);
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
            }
        }
    }
    if !stages.is_empty() {
        let finding = judge::stage(movements, &scene.view);
        let names: Vec<_> = stages.iter().map(|stage| stage.name_vi()).collect();
        match finding {
            Finding::Met => all.records.push("movement.stage".to_owned()),
            Finding::NotMet => all.missing.push(format!("Chỉ xét khi {}", names.join(", "))),
            Finding::Unknown => all.missing.push("Chưa biết xét vào dịp nào: hồ sơ chưa có movement.stage".to_owned()),
        }
    }
    all
}

fn told(all: Circumstances<'_>, finding: Finding, record: &str) -> Found {
    let mut records = all.records;
    records.push(record.to_owned());
    let missing = (!all.missing.is_empty()).then(|| all.missing.join("; "));
    Found { finding, found: None, needed: None, records, missing }
}

/// Puts what the movement's selection said into words.
pub(crate) fn selected(
    finding: Finding,
    quality: Selection,
    levels: &[LauncherLevel],
    stages: &[Stage],
    min_years: Option<u16>,
    clause: &Clause,
    scene: &Scene<'_>,
) -> Found {
    let (Some(movement), Ask::Selected(_, movements)) = (&scene.facts().movement, &clause.ask) else {
        return Found::lacking("movement", "kết quả bình xét trong phong trào thi đua");
    };
    let all = circumstances(movement, levels, stages, min_years, movements, scene);
    let selected = all.movement.selected;
    let mut found = told(all, finding, "movement.selected").needed(quality.name_vi());
    found.found = selected.map(|selected| selected.name_vi().to_owned());
    found.or_missing(|| match selected {
        None => "Chưa biết kết quả bình xét: hồ sơ chưa ghi kết quả này".to_owned(),
        Some(_) => format!("Cần được bình xét ở mức {}", quality.name_vi()),
    })
}

/// Puts who leads the movement into words.
pub(crate) fn leads(
    finding: Finding,
    levels: &[LauncherLevel],
    stages: &[Stage],
    min_years: Option<u16>,
    clause: &Clause,
    scene: &Scene<'_>,
) -> Found {
    let (Some(movement), Ask::Leads(movements)) = (&scene.facts().movement, &clause.ask) else {
        return Found::lacking("movement", "có dẫn đầu phong trào thi đua hay không");
    };
    let all = circumstances(movement, levels, stages, min_years, movements, scene);
    let leads = all.movement.leads;
    let mut found = told(all, finding, "movement.leads").needed("dẫn đầu");
    found.found = leads.map(|leads| if leads { "dẫn đầu" } else { "không dẫn đầu" }.to_owned());
    found.or_missing(|| "Cần được xác định là tập thể dẫn đầu phong trào".to_owned())
}

/// Puts who leads a cluster into words.
pub(crate) fn leads_cluster(finding: Finding, organiser: Organiser, scene: &Scene<'_>) -> Found {
    let Some(cluster) = &scene.facts().cluster else {
        return Found::lacking("cluster", "có dẫn đầu cụm, khối thi đua hay không");
    };
    Found::told(finding, "cluster")
        .found(if cluster.leads { "dẫn đầu" } else { "không dẫn đầu" })
        .needed(format!("dẫn đầu cụm, khối do {} tổ chức", organiser.name_vi()))
        .or_missing(|| format!("Cần dẫn đầu cụm, khối do {} tổ chức", organiser.name_vi()))
}

/// Puts whether the year's targets were exceeded into words.
pub(crate) fn exceeds_targets(finding: Finding, scene: &Scene<'_>) -> Found {
    let this = scene.this();
    let Some((year, told)) = brief::targets(scene.facts(), this) else {
        return Found::lacking("targets_exceeded", "có hoàn thành vượt chỉ tiêu trong năm hay không");
    };
    let mut found = Found::told(finding, &format!("targets_exceeded.{year}"));
    found.found = told.map(|yes| format!("năm {year}: {}", if yes { "vượt" } else { "không vượt" }));
    found.or_missing(|| match told {
        None => format!("Chưa biết chỉ tiêu năm {this}"),
        Some(_) => "Cần hoàn thành vượt chỉ tiêu, nhiệm vụ trong năm".to_owned(),
    })
}
