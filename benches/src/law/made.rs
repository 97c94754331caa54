//! People made from one seed: the same every time, as columns for the peers and as facts for us.

use jiff::civil::date;
use rules::facts::{
    Attestation, HeldAward, Impact, ImpactMode, Initiative, Launcher, LauncherLevel, Movement, Rating, RatingLevel,
    Scope, Selection, Stage,
};
use rules::{AwardCode, AwardType, Facts, Group, RecipientKind};

pub const YEARS: std::ops::Range<i16> = 2016..2026;
const SPIRIT: &str = "tự lực, tự cường, đoàn kết, tương trợ, tích cực tham gia phong trào thi đua";

/// One made person, as the columns hold it.
#[derive(Clone, Copy)]
pub struct Made {
    pub rating: [u8; 10],
    pub cstdcs: [u8; 10],
    pub bk_tinh: u8,
    pub good: u8,
    pub spirit: u8,
    pub works: u8,
    pub selected: u8,
    pub launcher: u8,
    pub impact: u8,
}

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn chance(&mut self, percent: u64) -> u8 {
        u8::from(self.roll(100) < percent)
    }
}

impl Made {
    pub fn new(dice: &mut Dice) -> Self {
        let rating = std::array::from_fn(|_| match dice.roll(100) {
            0..3 => 0,
            3..5 => 1,
            5..15 => 2,
            15..75 => 3,
            _ => 4,
        });
        Self {
            rating,
            cstdcs: std::array::from_fn(|_| dice.chance(22)),
            bk_tinh: dice.chance(30),
            good: dice.chance(95),
            spirit: dice.chance(90),
            works: u8::try_from(dice.roll(4).saturating_sub(1)).unwrap_or(0),
            selected: u8::try_from(dice.roll(4)).unwrap_or(0),
            launcher: u8::try_from(dice.roll(4)).unwrap_or(0),
            impact: u8::try_from(dice.roll(4)).unwrap_or(0),
        }
    }

    /// The same as facts of the contract.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::about(RecipientKind::Person);
        facts.recipient.groups = Some(vec![Group::Official]);
        facts.recipient.leader = Some(false);
        facts.good_standing = Some(self.good == 1);
        let level = |code| match code {
            1 => Some(RatingLevel::NotDone),
            2 => Some(RatingLevel::Done),
            3 => Some(RatingLevel::Good),
            4 => Some(RatingLevel::Excellent),
            _ => None,
        };
        let rated =
            self.rating.iter().zip(YEARS).filter_map(|(code, year)| Some(Rating { year, level: level(*code)? }));
        facts.ratings = Some(rated.collect());
        let held = |award, year| HeldAward {
            award,
            year,
            r#type: Some(AwardType::Merit),
            decided_on: Some(date(year, 12, 20)),
        };
        let titles = self.cstdcs.iter().zip(YEARS).filter(|(won, _)| **won == 1);
        let mut awards: Vec<_> = titles.map(|(_, year)| held(AwardCode::Cstdcs, year)).collect();
        awards.extend((self.bk_tinh == 1).then(|| held(AwardCode::BkTinh, 2019)));
        facts.awards = Some(awards);
        let initiative = |at: u8| Initiative {
            id: format!("SK-{at}"),
            recognised_on: Some(date(2025, 6, 1)),
            scope: Some(Scope::CoSo),
            replicable: Some(false),
            used_for: Some(Vec::new()),
        };
        facts.initiatives = Some((0..self.works).map(initiative).collect());
        facts.science_works = Some(Vec::new());
        let reach = [Scope::LinhVucDonVi, Scope::LinhVucTinh, Scope::Tinh];
        let impact =
            usize::from(self.impact).checked_sub(1).map(|at| Impact { mode: ImpactMode::Many, scope: reach[at] });
        facts.impact = Some(impact.into_iter().collect());
        facts.contributions = Some(Vec::new());
        let level = [LauncherLevel::VanPhong, LauncherLevel::Tinh, LauncherLevel::Bo, LauncherLevel::ThuTuong];
        let quality = [Selection::None, Selection::Selected, Selection::Excellent, Selection::Outstanding];
        facts.movement = Some(Movement {
            launchers: Some(vec![Launcher {
                level: level[usize::from(self.launcher)],
                from: Some(date(2026, 5, 14)),
                until: None,
                thematic: Some(true),
                years_decided: Some(5),
            }]),
            stage: Some(Stage::SoKet),
            selected: Some(quality[usize::from(self.selected)]),
            leads: Some(false),
        });
        (facts.discipline, facts.holds) = (Some(Vec::new()), Some(Vec::new()));
        (facts.achievements, facts.nominated_for) = (Some(Vec::new()), Some(Vec::new()));
        let signed = Attestation { text_vi: SPIRIT.to_owned(), by: "đơn vị".to_owned(), on: date(2026, 1, 5) };
        facts.attestations = Some((0..self.spirit).map(|_| signed.clone()).collect());
        facts
    }
}
