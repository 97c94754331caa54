//! The column for feed readers (Atom, RFC 4287), the sitemap, and what robots are told.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use kernel::Timestamp;
use office::newsroom::public::{self, FEED, Listed};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{refusal, text};
use crate::here::Here;
use crate::page::{Answer, Refusal};

/// The pages for everybody that are always there.
const PAGES: [&str; 6] =
    ["/", "/thong-tin-khen-thuong", "/du-lieu-mo", "/phan-anh", "/phan-anh/da-tra-loi", "/xac-minh"];

fn base(here: &Here) -> &str {
    here.house.public_url.trim_end_matches('/')
}

/// The newest stories, whole.
pub async fn atom(here: Here) -> Answer {
    let found = public::newest(&here.ctx(), FEED).await.map_err(refusal)?;
    let xml = written(&found, base(&here), &here.house.plan.office, here.house.clock.now());
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

fn instant(at: Timestamp) -> FixedDateTime {
    FixedDateTime::parse_from_rfc3339(&at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

fn link(rel: &str, href: String, mime: &str) -> Link {
    Link { rel: rel.to_owned(), href, mime_type: Some(mime.to_owned()), ..Link::default() }
}

fn written(stories: &[Listed], base: &str, office: &str, now: Timestamp) -> String {
    let own = format!("{base}/thong-tin-khen-thuong/atom.xml");
    let author = Person { name: office.to_owned(), ..Person::default() };
    let entry = |one: &Listed| {
        let address = format!("{base}/thong-tin-khen-thuong/{}", one.story.slug);
        Entry {
            title: Text::plain(one.story.text.title.clone()),
            id: format!("urn:uuid:{}", one.story.id),
            updated: instant(one.changed_at()),
            published: one.story.publish_at.map(instant),
            links: vec![link("alternate", address.clone(), "text/html")],
            categories: vec![Category {
                term: one.story.kind.code().to_owned(),
                label: Some(one.story.kind.name_vi().to_owned()),
                ..Category::default()
            }],
            summary: Some(Text::plain(one.story.text.summary.clone())),
            content: Some(Content {
                base: Some(address),
                lang: Some("vi".to_owned()),
                content_type: Some("html".to_owned()),
                value: Some(text::rendered(&one.story.text.body)),
                ..Content::default()
            }),
            ..Entry::default()
        }
    };
    let feed = Feed {
        title: Text::plain("Thông tin khen thưởng"),
        subtitle: Some(Text::plain(office.to_owned())),
        id: own.clone(),
        // A feed without stories has changed when it is asked for.
        updated: instant(stories.iter().map(Listed::changed_at).max().unwrap_or(now)),
        authors: vec![author],
        generator: Some(Generator { value: "Thi Đua".to_owned(), ..Generator::default() }),
        lang: Some("vi".to_owned()),
        links: vec![
            link("self", own, "application/atom+xml"),
            link("alternate", format!("{base}/thong-tin-khen-thuong"), "text/html"),
        ],
        entries: stories.iter().map(entry).collect(),
        ..Feed::default()
    };
    feed.to_string()
}

/// The pages for everybody and every story that is shown.
pub async fn sitemap(here: Here) -> Answer {
    let stories = public::addresses(&here.ctx()).await.map_err(refusal)?;
    let base = base(&here);
    let pages = PAGES.iter().map(|page| (format!("{base}{page}"), None));
    let stories =
        stories.into_iter().map(|(slug, day)| (format!("{base}/thong-tin-khen-thuong/{slug}"), Some(day.to_string())));
    let xml = mapped(pages.chain(stories)).map_err(|error| Refusal::broken(&error))?;
    Ok(([(CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

fn mapped(pages: impl Iterator<Item = (String, Option<String>)>) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let set = BytesStart::new("urlset").with_attributes([("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
    out.write_event(Event::Start(set))?;
    for (address, changed) in pages {
        out.write_event(Event::Start(BytesStart::new("url")))?;
        out.create_element("loc").write_text_content(BytesText::new(&address))?;
        if let Some(day) = changed {
            out.create_element("lastmod").write_text_content(BytesText::new(&day))?;
        }
        out.write_event(Event::End(BytesEnd::new("url")))?;
    }
    out.write_event(Event::End(BytesEnd::new("urlset")))?;
    Ok(out.into_inner())
}

/// What robots may read: the public pages, neither receipts nor the inside.
pub async fn robots(here: Here) -> Answer {
    let text = format!(
        "User-agent: *\nDisallow: /noi-bo\nDisallow: /phan-anh/tra-cuu\nDisallow: /phan-anh/gui\nDisallow: /xac-minh/\n\
         Sitemap: {}/sitemap.xml\n",
        base(&here)
    );
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
