//! Styles, scripts, fonts and icons, embedded in the program.
//!
//! The front end's build gives every file a name with a hash of its contents, so that browsers may keep it
//! for a year; [`url`] knows the name of today.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use memory_serve::CacheControl;

/// Where the files are served.
const FOLDER: &str = "/assets";

static URLS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let manifest = include_str!(concat!(env!("OUT_DIR"), "/manifest.json"));
    let names: BTreeMap<String, String> =
        serde_json::from_str(manifest).expect("the front end's build writes names to file names");
    names.into_iter().map(|(name, file)| (name, format!("{FOLDER}/{file}"))).collect()
});

/// The address of `style.css`, `app.js`, `icons.svg`, `font-latin` or `font-vietnamese`.
///
/// # Panics
/// On a name that the front end does not build; any test that renders the page finds it.
#[must_use]
pub fn url(name: &str) -> &'static str {
    URLS.get(name).unwrap_or_else(|| panic!("the front end builds no {name}; see frontend/build.mjs"))
}

/// Serves the files. Their names change with their contents, so they may be kept for ever.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let files = memory_serve::load!().index_file(None).cache_control(CacheControl::Long).into_router();
    Router::new().nest(FOLDER, files)
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode, header};
    use tower::ServiceExt as _;

    use super::*;

    async fn get(path: &str) -> (StatusCode, String, String, Vec<u8>) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router::<()>().oneshot(request).await.unwrap();
        let header = |name| response.headers().get(&name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (kind, cache) = (header(header::CONTENT_TYPE), header(header::CACHE_CONTROL));
        let status = response.status();
        (status, kind, cache, to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn every_named_file_is_served_and_may_be_kept() {
        for (name, kind) in [
            ("style.css", "text/css"),
            ("app.js", "text/javascript"),
            ("icons.svg", "image/svg+xml"),
            ("font-latin", "font/woff2"),
            ("font-vietnamese", "font/woff2"),
        ] {
            let (status, served_as, cache, body) = get(url(name)).await;
            assert_eq!((status, served_as.as_str()), (StatusCode::OK, kind), "{name}");
            assert!(cache.contains("immutable"), "{name}: {cache}");
            assert!(!body.is_empty(), "{name}");
        }
    }

    #[tokio::test]
    async fn the_style_loads_the_fonts_that_pages_preload() {
        let (.., style) = get(url("style.css")).await;
        let style = String::from_utf8(style).unwrap();
        for font in ["font-latin", "font-vietnamese"] {
            assert!(style.contains(url(font)), "{font}");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_not_there_is_not_found() {
        assert_eq!(get("/assets/none.css").await.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn the_manifest_itself_is_not_served() {
        assert_eq!(get("/assets/manifest.json").await.0, StatusCode::NOT_FOUND);
    }
}
