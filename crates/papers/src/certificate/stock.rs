//! The sheet: its size, its design or none, and the place of every field in millimetres.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::paper::Align;

/// A kind of sheet: our design on blank paper, or pre-printed stock with measured places.
///
/// A field that is not in `spots` is not printed: pre-printed stock has it already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// Width of the sheet in millimetres.
    pub width: f64,
    /// Height of the sheet in millimetres.
    pub height: f64,
    /// Prints our border and emblem; `false` on pre-printed stock.
    pub background: bool,
    /// What this printer needs everything shifted by, to the right, in millimetres.
    #[serde(default)]
    pub shift_right: f64,
    /// What this printer needs everything shifted by, downwards, in millimetres.
    #[serde(default)]
    pub shift_down: f64,
    /// Where each field stands.
    pub spots: BTreeMap<Field, Spot>,
    /// Where the QR code stands.
    #[serde(default)]
    pub qr: Option<QrPlace>,
}

/// What can be printed on a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name of the State.
    Country,
    /// The motto of the State.
    Motto,
    /// Who awards.
    Authority,
    /// `TẶNG`.
    Verb,
    /// `GIẤY KHEN`.
    Heading,
    /// The title that is conferred.
    Title,
    /// The recipient.
    Recipient,
    /// Post and unit.
    RecipientLines,
    /// For what.
    Achievement,
    /// Number and day of the decision.
    Decision,
    /// The number in the golden book.
    Register,
    /// Place and day.
    Dateline,
    /// Authority and post of the signer.
    Capacity,
    /// Name of the signer.
    Signer,
    /// The code under the QR code.
    Code,
}

/// The place and the type of one field, in millimetres and points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Left edge of its box, from the left edge of the sheet.
    pub x: f64,
    /// Base line of its first line, from the upper edge of the sheet: what a ruler finds.
    pub baseline: f64,
    /// Width of its box.
    pub width: f64,
    /// Size of its letters in points.
    pub size: f64,
    /// The smallest size it may shrink to, in points.
    pub min_size: f64,
    /// How many lines it may take before it shrinks.
    pub lines: usize,
    /// Alignment in its box.
    #[serde(default)]
    pub align: Align,
    /// Bold letters.
    #[serde(default)]
    pub bold: bool,
    /// Italic letters.
    #[serde(default)]
    pub italic: bool,
    /// Colour as `#rrggbb`.
    #[serde(default = "black")]
    pub colour: String,
    /// Extra room between letters, in points.
    #[serde(default)]
    pub tracking: f64,
}

/// The place of the QR code.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QrPlace {
    /// Its left edge, in millimetres.
    pub x: f64,
    /// Its upper edge, in millimetres.
    pub y: f64,
    /// Its side, with the quiet zone, in millimetres.
    pub size: f64,
}

const BLACK: &str = "#1a1a1a";
const RED: &str = "#b3141b";

fn black() -> String {
    BLACK.to_owned()
}

impl Spot {
    /// Black upright letters on one line at the left of a box; change what differs.
    pub fn new(x: f64, baseline: f64, width: f64, size: f64) -> Spot {
        Spot {
            x,
            baseline,
            width,
            size,
            min_size: (size * 5.5).round().max(80.0) / 10.0,
            lines: 1,
            align: Align::Left,
            bold: false,
            italic: false,
            colour: black(),
            tracking: 0.0,
        }
    }

    fn centred(self) -> Spot {
        Spot { align: Align::Center, ..self }
    }

    fn bold(self) -> Spot {
        Spot { bold: true, ..self }
    }

    fn italic(self) -> Spot {
        Spot { italic: true, ..self }
    }

    fn red(self) -> Spot {
        Spot { colour: RED.to_owned(), ..self }
    }

    fn lines(self, lines: usize) -> Spot {
        Spot { lines, ..self }
    }

    fn tracked(self, tracking: f64) -> Spot {
        Spot { tracking, ..self }
    }
}

impl Stock {
    /// Blank A4 on its side with our design.
    pub fn a4() -> Stock {
        let middle = |baseline, size| Spot::new(30.0, baseline, 237.0, size).centred();
        let right = |baseline, size| Spot::new(170.0, baseline, 100.0, size).centred();
        let left = |baseline| Spot::new(52.0, baseline, 100.0, 11.5);
        let spots = BTreeMap::from([
            (Field::Country, middle(27.0, 14.0).bold()),
            (Field::Motto, middle(33.6, 14.0).bold()),
            (Field::Authority, middle(60.0, 18.0).bold().red().lines(2)),
            (Field::Verb, middle(69.5, 14.0).bold().tracked(2.0)),
            (Field::Heading, middle(88.0, 46.0).bold().red().tracked(2.0)),
            (Field::Title, middle(98.5, 18.0).bold().red()),
            (Field::Recipient, middle(110.5, 27.0).bold()),
            (Field::RecipientLines, middle(119.0, 15.0).lines(2)),
            (Field::Achievement, Spot::new(45.0, 133.0, 207.0, 16.5).centred().italic().lines(2)),
            (Field::Decision, left(171.5).lines(2)),
            (Field::Register, left(182.0)),
            (Field::Code, left(187.2)),
            (Field::Dateline, right(150.0, 13.5).italic()),
            (Field::Capacity, right(157.0, 14.0).bold().lines(2)),
            (Field::Signer, right(187.2, 15.0).bold()),
        ]);
        let qr = Some(QrPlace { x: 28.0, y: 166.0, size: 22.0 });
        Stock { width: 297.0, height: 210.0, background: true, shift_right: 0.0, shift_down: 0.0, spots, qr }
    }

    /// Pre-printed A4 on its side: the same places without the design and the words that are on the
    /// sheet already. The office moves them to where its own stock has them.
    pub fn preprinted_a4() -> Stock {
        let mut stock = Stock { background: false, ..Stock::a4() };
        for printed in [Field::Country, Field::Motto, Field::Authority, Field::Verb, Field::Heading] {
            stock.spots.remove(&printed);
        }
        for spot in stock.spots.values_mut() {
            spot.colour = black();
        }
        stock
    }
}
