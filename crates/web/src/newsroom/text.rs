//! The text of a story as HTML: CommonMark without HTML of the writer, without foreign pictures, with safe links only.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, html};

/// Renders a text. What the writer typed as HTML is shown as letters; a picture becomes its words; a link leads to a
/// page (`https`, `http`) or into this house, or is left out; the headings begin right below the title of the page and
/// leave no level out, whichever the writer began with.
#[must_use]
pub fn rendered(body: &str) -> String {
    let mut links = Vec::new();
    let levels = Parser::new(body).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
        _ => None,
    });
    let shallowest = levels.min().unwrap_or(1);
    let mut last = TITLE;
    let events = Parser::new(body).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            let safe = is_safe(dest_url);
            links.push(safe);
            safe.then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(false).then_some(event),
        Event::Start(Tag::Heading { level, id: _, classes: _, attrs: _ }) => {
            last = (TITLE + 1 + level as usize - shallowest).min(last + 1);
            Some(Event::Start(Tag::Heading { level: named(last), id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(named(last)))),
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn is_safe(url: &str) -> bool {
    let own = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    own || ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
}

/// The level of the page's title.
const TITLE: usize = 1;

fn named(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_marks_become_paragraphs_lists_and_headings_below_the_title() {
        assert_eq!(
            rendered("Một.\n\nHai **đậm**.\n\n- a\n- b"),
            "<p>Một.</p>\n<p>Hai <strong>đậm</strong>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        );
        assert_eq!(rendered("# Cách làm"), "<h2>Cách làm</h2>\n");
        assert_eq!(rendered("## Cách làm\n### Bước một"), "<h2>Cách làm</h2>\n<h3>Bước một</h3>\n");
        assert_eq!(
            rendered("# Một\n#### Sâu\n# Hai\n###### Sâu"),
            "<h2>Một</h2>\n<h3>Sâu</h3>\n<h2>Hai</h2>\n<h3>Sâu</h3>\n"
        );
    }

    #[test]
    fn html_scripts_and_foreign_pictures_come_through_as_letters_or_not_at_all() {
        for attack in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div style=\"color:red\">\n\nx\n\n</div>",
            "<iframe src=//evil.example></iframe>",
            "<!-- --><svg onload=alert(1)>",
        ] {
            let html = rendered(attack);
            for tag in ["<script", "<img", "<div", "<iframe", "<svg", "<!--"] {
                assert!(!html.contains(tag), "{attack}: {html}");
            }
        }
        assert_eq!(rendered("![ảnh](https://evil.example/x.png)"), "<p>ảnh</p>\n");
    }

    #[test]
    fn a_link_that_is_no_page_is_left_out() {
        for link in
            ["javascript:alert(1)", "data:text/html,x", "//evil.example", "mailto:a@b.vn", "vbscript:x", "/\\evil"]
        {
            let html = rendered(&format!("[đọc]({link})"));
            assert!(!html.contains("<a"), "{link}: {html}");
        }
        assert!(!rendered("<javascript:alert(1)>").contains("<a"));
        assert_eq!(
            rendered("[đọc](https://sonla.vi-du.vn/a?b=1&c)"),
            "<p><a href=\"https://sonla.vi-du.vn/a?b=1&amp;c\">đọc</a></p>\n"
        );
        assert!(rendered("[đọc](/xac-minh)").contains("<a href=\"/xac-minh\">"));
    }
}
