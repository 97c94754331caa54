//! People of whom anything may be known or not, and the papers by which an office makes rules its own.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::{Adoption, Confirmation, RuleBook};
use serde_json::{Map, Value, json};

/// Days on which different versions speak.
pub const DAYS: [Date; 5] =
    [date(2024, 3, 1), date(2025, 7, 1), date(2026, 9, 30), date(2026, 11, 1), date(2027, 3, 1)];

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

fn maybe_day() -> impl Strategy<Value = Option<String>> {
    prop::option::of((2014i16..=2028, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d).to_string()))
}

/// A record in which any of the optional keys may be unknown.
fn with(keys: &[(&str, Option<Value>)]) -> Value {
    let known = keys.iter().filter_map(|(key, value)| Some(((*key).to_owned(), value.clone()?)));
    Value::Object(known.collect::<Map<_, _>>())
}

prop_compose! {
    fn held()(
        award in pick(&["ldtt", "cstdcs", "cstdt", "bk_tinh", "bk_ttg", "ttldxs", "co_tinh", "hcld_3", "giay_khen"]),
        year in 1950i16..=2028, near in 2015i16..=2028, far in prop::bool::weighted(0.05),
        kind in prop::option::weighted(0.8, pick(&["merit", "thematic", "sudden", "contribution"])),
        dated in prop::option::weighted(0.8, (1i8..=12, prop::sample::select(vec![1i8, 20]))),
    ) -> Value {
        let year = if far { year } else { near };
        let day = dated.map(|(month, day)| json!(date(year, month, day).to_string()));
        with(&[("award", Some(json!(award))), ("year", Some(json!(year))), ("type", kind.map(|kind| json!(kind))), ("decided_on", day)])
    }
}

prop_compose! {
    fn initiative()(
        day in maybe_day(),
        scope in prop::option::weighted(0.8, pick(&["co_so", "tinh", "toan_quoc"])),
        replicable in prop::option::weighted(0.8, any::<bool>()),
        used in prop::option::weighted(0.8, prop::collection::vec(pick(&["cstdcs/2024", "bk_tinh/2024"]), 0..2)),
    ) -> Value {
        with(&[
            ("id", Some(json!("SK"))), ("recognised_on", day.map(|day| json!(day))), ("scope", scope.map(|scope| json!(scope))),
            ("replicable", replicable.map(|yes| json!(yes))), ("used_for", used.map(|used| json!(used))),
        ])
    }
}

prop_compose! {
    fn launcher()(
        level in pick(&["van_phong", "tinh", "bo", "thu_tuong"]),
        from in maybe_day(),
        thematic in prop::option::of(any::<bool>()),
        years in prop::option::of(1u16..=6),
    ) -> Value {
        with(&[
            ("level", Some(json!(level))), ("from", from.map(|day| json!(day))),
            ("thematic", thematic.map(|yes| json!(yes))), ("years_decided", years.map(|years| json!(years))),
        ])
    }
}

prop_compose! {
    fn movement()(
        launchers in prop::option::weighted(0.8, prop::collection::vec(launcher(), 0..4)),
        stage in prop::option::weighted(0.8, pick(&["annual", "so_ket", "tong_ket", "none"])),
        selected in prop::option::weighted(0.8, pick(&["none", "selected", "excellent", "outstanding"])),
        leads in prop::option::weighted(0.8, any::<bool>()),
    ) -> Value {
        with(&[
            ("launchers", launchers.map(|all| json!(all))), ("stage", stage.map(|one| json!(one))),
            ("selected", selected.map(|one| json!(one))), ("leads", leads.map(|one| json!(one))),
        ])
    }
}

prop_compose! {
    fn members()(
        total in prop::option::weighted(0.9, 20u32..=24),
        completed in prop::option::weighted(0.9, 0u32..=20),
        titles in prop::option::weighted(0.9, (0u32..=20, prop::option::of(0u32..=3))),
        disciplined in prop::option::weighted(0.9, prop::collection::vec(pick(&["khien_trach", "canh_cao", "cach_chuc"]), 0..2)),
    ) -> Value {
        let titles = titles.map(|(ldtt, cstdcs)| with(&[("ldtt", Some(json!(ldtt))), ("cstdcs", cstdcs.map(|many| json!(many)))]));
        with(&[
            ("total", total.map(|many| json!(many))), ("completed", completed.map(|many| json!(many))),
            ("titles", titles), ("disciplined", disciplined.map(|all| json!(all))),
        ])
    }
}

prop_compose! {
    fn span(keys: &'static [&'static str], key: &'static str)(
        word in pick(keys), year in 2018i16..=2027, month in 1i8..=12, first in any::<bool>(), length in prop::option::of(0i16..=3),
    ) -> Value {
        let from = date(year, if first { 1 } else { month }, 1);
        let until = length.map(|years| json!(date(year + years, if first { 1 } else { 12 }, 31.min(if first { 1 } else { 31 })).to_string()));
        with(&[(key, Some(json!(word))), ("from", Some(json!(from.to_string()))), ("until", until)])
    }
}

fn list<S: Strategy<Value = Value>>(one: S, most: usize) -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.85, prop::collection::vec(one, 0..most).prop_map(|all| json!(all)))
}

fn ratings() -> impl Strategy<Value = Option<Value>> {
    let level = pick(&["excellent", "excellent", "good", "good", "done", "not_done"]);
    let years = prop::collection::vec(prop::option::weighted(0.85, level), 12);
    prop::option::weighted(
        0.9,
        years.prop_map(|levels| {
            let rated = levels
                .iter()
                .zip(2016i16..)
                .filter_map(|(level, year)| Some(json!({"year": year, "level": (*level)?})));
            json!(rated.collect::<Vec<_>>())
        }),
    )
}

const STATEMENTS: &[&str] = &[
    "tự lực, tự cường, đoàn kết, tương trợ, tích cực tham gia phong trào thi đua",
    "Gương mẫu chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước. Nội bộ đoàn kết",
    "không liên quan",
];

prop_compose! {
    fn works()(
        initiatives in list(initiative(), 4),
        science in list((maybe_day(), prop::option::of(pick(&["co_so", "tinh", "toan_quoc"]))).prop_map(|(day, scope)| with(&[
            ("id", Some(json!("DT"))), ("accepted_on", day.map(|day| json!(day))), ("scope", scope.map(|scope| json!(scope)))])), 3),
        impact in list((pick(&["many", "sudden"]), pick(&["linh_vuc_don_vi", "linh_vuc_tinh", "tinh", "toan_quoc"]))
            .prop_map(|(mode, scope)| json!({"mode": mode, "scope": scope})), 3),
        contributions in list((pick(&["kt_xh", "khkt", "xa_hoi", "tu_thien", "cong_suc", "dat_dai", "tai_san"]), pick(&["xa", "tinh", "toan_quoc"]))
            .prop_map(|(field, scope)| json!({"field": field, "scope": scope})), 3),
        criteria in list((pick(&["K1", "K2"]), 2024i16..=2027, 0u32..=10)
            .prop_map(|(name, year, points)| json!({"criterion": name, "year": year, "points": points.to_string()})), 2),
    ) -> Vec<(&'static str, Option<Value>)> {
        vec![("initiatives", initiatives), ("science_works", science), ("impact", impact), ("contributions", contributions), ("criteria", criteria)]
    }
}

prop_compose! {
    fn conduct()(
        good in prop::option::weighted(0.85, any::<bool>()),
        unity in prop::option::weighted(0.85, any::<bool>()),
        discipline in list(span(&["khien_trach", "canh_cao"], "level"), 2),
        holds in list(span(&["audit", "press"], "kind"), 2),
        achievements in list(prop::option::of(prop::collection::vec(pick(&["giay_khen/2025", "cstdcs/2025"]), 0..2))
            .prop_map(|by| with(&[("id", Some(json!("TT-1"))), ("rewarded_by", by.map(|by| json!(by)))])), 2),
        named in prop::option::of(prop::collection::vec(pick(&["TT-1", "TT-2"]), 0..2)),
        statements in prop::option::of(prop::collection::vec((pick(STATEMENTS), maybe_day()), 0..3)),
        unit in ratings(),
    ) -> Vec<(&'static str, Option<Value>)> {
        let signed = statements.map(|all| json!(all.into_iter().map(|(text, day)|
            json!({"text_vi": text, "by": "đơn vị", "on": day.unwrap_or("2026-01-01".into())})).collect::<Vec<_>>()));
        vec![
            ("good_standing", good.map(|yes| json!(yes))), ("internal_unity", unity.map(|yes| json!(yes))),
            ("discipline", discipline), ("holds", holds), ("achievements", achievements),
            ("nominated_for", named.map(|all| json!(all))), ("attestations", signed), ("unit_ratings", unit),
        ]
    }
}

prop_compose! {
    /// Facts of the contract about whomever.
    pub fn facts()(
        kind in pick(&["person", "person", "person", "collective", "household", "enterprise", "cooperative"]),
        groups in prop::option::weighted(0.9, prop::collection::vec(pick(&["official", "worker", "farmer", "entrepreneur", "intellectual", "scientist"]), 0..2)),
        leader in prop::option::of(any::<bool>()),
        rated in ratings(),
        awards in list(held(), 12),
        movement in prop::option::weighted(0.85, movement()),
        members in prop::option::weighted(0.85, members()),
        cluster in prop::option::of((any::<bool>(), prop::option::of(pick(&["tinh", "bo", "hdtdkt_tw"])))),
        targets in prop::option::of((prop::option::of(any::<bool>()), prop::option::of(any::<bool>()))),
        model in prop::option::of(0u16..=6),
        works in works(),
        conduct in conduct(),
    ) -> Value {
        let recipient = with(&[("kind", Some(json!(kind))), ("groups", groups.map(|all| json!(all))), ("leader", leader.map(|yes| json!(yes)))]);
        let cluster = cluster.map(|(leads, by)| with(&[("leads", Some(json!(leads))), ("organiser", by.map(|by| json!(by)))]));
        let targets = targets.map(|(last, this)| with(&[("2025", last.map(|yes| json!(yes))), ("2026", this.map(|yes| json!(yes)))]));
        let mut keys = vec![
            ("recipient", Some(recipient)), ("ratings", rated), ("awards", awards), ("movement", movement), ("members", members),
            ("cluster", cluster), ("targets_exceeded", targets), ("production_model_years", model.map(|years| json!(years))),
        ];
        keys.extend(works);
        keys.extend(conduct);
        with(&keys)
    }
}

/// Every template adopted and every version confirmed, where that is wanted.
pub fn papers(book: &RuleBook, adopt: bool, confirm: bool, on: Date) -> (Vec<Adoption>, Vec<Confirmation>) {
    let (document, by) = ("QĐ 1".to_owned(), "Lò Thị Mai".to_owned());
    let templates = book.templates(on).into_keys().filter(|_| adopt);
    let adopted = templates.map(|template| Adoption {
        template,
        document: document.clone(),
        by: by.clone(),
        on: date(2026, 10, 2),
    });
    let versions = book.rules(on).into_iter().filter(|_| confirm);
    let confirmed = versions.map(|line| Confirmation {
        rule: line.id,
        version: line.from.to_string(),
        document: document.clone(),
        by: by.clone(),
        on: date(2026, 10, 2),
    });
    (adopted.collect(), confirmed.collect())
}
