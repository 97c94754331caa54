//! A paper as DOCX, for an office that goes on editing it.
//!
//! The parts are text templates in `templates/docx/`; what varies is escaped by the template engine.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::error::PaperError;
use crate::paper::{Block, Paper};
use crate::pdf::{View, check};

/// The parts of the package: where they go and what is in them.
const PARTS: [(&str, &str); 9] = [
    ("[Content_Types].xml", include_str!("../templates/docx/content_types.xml")),
    ("_rels/.rels", include_str!("../templates/docx/rels.xml")),
    ("docProps/core.xml", include_str!("../templates/docx/core.xml")),
    ("word/document.xml", include_str!("../templates/docx/document.xml")),
    ("word/_rels/document.xml.rels", include_str!("../templates/docx/document_rels.xml")),
    ("word/styles.xml", include_str!("../templates/docx/styles.xml")),
    ("word/settings.xml", include_str!("../templates/docx/settings.xml")),
    ("word/header.xml", include_str!("../templates/docx/header.xml")),
    ("word/footer.xml", include_str!("../templates/docx/footer.xml")),
];

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    for (part, text) in PARTS {
        templates.add_template(part, text).expect("our own templates are well-formed");
    }
    templates
});

/// What the templates see: the paper, with its body cut into the parts that Word calls sections.
#[derive(Serialize)]
struct Package<'a> {
    #[serde(flatten)]
    view: View<'a>,
    /// What stands before the signature.
    main: &'a [Block],
    /// What follows it, one annex each.
    annexes: Vec<&'a [Block]>,
}

/// Renders a paper as DOCX: the same value, the same words, the same order as its PDF.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    check(paper)?;
    let (main, annexes) = sections(&paper.blocks);
    let value = Value::from(Serde(Package { view: View::of(paper), main, annexes }));
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    for (part, _) in PARTS {
        let refused = |reason: String| PaperError::Part { part, reason };
        let text = TEMPLATES
            .get_template(part)
            .and_then(|template| template.render(value.clone()))
            .map_err(|error| refused(format!("{error:#}")))?;
        container.start_file(part, SimpleFileOptions::default()).map_err(|error| refused(error.to_string()))?;
        container.write_all(writable(&text).as_bytes()).map_err(|error| refused(error.to_string()))?;
    }
    let written = container.finish().map_err(|error| PaperError::Part { part: "zip", reason: error.to_string() })?;
    Ok(written.into_inner())
}

/// Composed letters, without the control characters that XML forbids.
fn writable(text: &str) -> String {
    kernel::text::nfc(text).chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

fn sections(blocks: &[Block]) -> (&[Block], Vec<&[Block]>) {
    let starts: Vec<usize> = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| matches!(block, Block::Annex { .. }).then_some(index))
        .collect();
    let main = starts.first().map_or(blocks, |&first| &blocks[..first]);
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    (main, starts.iter().zip(ends).map(|(&start, end)| &blocks[start..end]).collect())
}
