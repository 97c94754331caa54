//! Pictures: decoded, turned upright, made smaller and written anew, so that no place, device or hour stays in them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use kernel::Permission;

use super::decision::gives_nothing_away;
use super::model::{Picture, PictureFile, PictureId, StateKind, StoryId};
use super::service::must_find;
use super::{NewsroomError, store};
use crate::{Ctx, attachments, ledger};

/// The largest picture that is taken, in bytes.
pub const LARGEST_BYTES: usize = 10 * 1024 * 1024;
/// The most pixels that are decoded: more than a telephone takes, less than fills the memory.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The least pixels across: below, nothing can be seen.
pub const LEAST_WIDTH: u32 = 200;
/// The widths in which a picture is kept, in pixels: for lists and telephones, for large screens.
pub const WIDTHS: [u32; 2] = [480, 1280];
/// The least letters of what a picture shows.
pub const SHORTEST_ALT: usize = 10;
/// The most letters of what a picture shows.
pub const LONGEST_ALT: usize = 300;
/// The most pictures of a story.
pub const MOST_PICTURES: usize = 8;

/// What is left of a JPEG after its quality in percent: no difference is seen on a page.
const QUALITY: u8 = 82;
/// The most bytes the decoder may take.
const MOST_MEMORY: u64 = 320 * 1024 * 1024;

/// A picture in one of its widths, as JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes the renditions of a picture; answers what is wrong with it otherwise, in words.
///
/// # Errors
/// When it is no JPEG or PNG by its first bytes, falsely named, too large in bytes or pixels, too small, or broken.
pub fn render(name: &str, bytes: &[u8]) -> Result<Vec<Rendition>, String> {
    let kind = attachments::recognise(name, bytes).map_err(|error| error.to_string())?;
    let format = match kind {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        _ => return Err("không phải ảnh JPG hoặc PNG; chọn ảnh khác".to_owned()),
    };
    if bytes.len() > LARGEST_BYTES {
        return Err("ảnh lớn hơn 10 MB; giảm kích thước rồi gửi lại".to_owned());
    }
    let picture = decode(bytes, format)?;
    if picture.width() < LEAST_WIDTH {
        return Err(format!("ảnh quá nhỏ; cần rộng ít nhất {LEAST_WIDTH} điểm ảnh"));
    }
    let mut made: Vec<Rendition> = Vec::new();
    for width in WIDTHS {
        if made.last().is_some_and(|last| last.width < width.min(picture.width())) || made.is_empty() {
            made.push(rendition(&picture, width)?);
        }
    }
    Ok(made)
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<RgbImage, String> {
    let broken = |_| "không đọc được ảnh; mở ảnh trên máy, lưu lại dạng JPG rồi gửi lại".to_owned();
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err("ảnh có quá nhiều điểm ảnh (trên 50 triệu); giảm kích thước rồi gửi lại".to_owned());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    Ok(if picture.color().has_alpha() { on_white(&picture) } else { picture.to_rgb8() })
}

/// JPEG knows no transparency: what shines through is white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let mix = |part: u8| {
            let alpha = u16::from(alpha);
            u8::try_from((u16::from(part) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([mix(red), mix(green), mix(blue)])
    })
}

fn rendition(picture: &RgbImage, width: u32) -> Result<Rendition, String> {
    let width = width.min(picture.width());
    let scaled = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
    let height = u32::try_from(scaled).unwrap_or(u32::MAX).max(1);
    let small = image::imageops::resize(picture, width, height, FilterType::CatmullRom);
    let mut bytes = Vec::new();
    small
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .map_err(|error| format!("không ghi lại được ảnh: {error}"))?;
    Ok(Rendition { width, height, bytes })
}

/// Adds a picture to a story that is being written.
///
/// # Errors
/// Without words for who does not see it, as [`render`], or when the story has enough.
pub async fn add(
    ctx: &Ctx<'_>,
    id: StoryId,
    alt: &str,
    name: &str,
    bytes: Vec<u8>,
) -> Result<PictureId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let alt = kernel::text::clean_line(alt);
    let letters = alt.chars().count();
    if letters < SHORTEST_ALT {
        return Err(NewsroomError::NoAlt { least: SHORTEST_ALT });
    }
    if letters > LONGEST_ALT {
        return Err(NewsroomError::TooLong { field: "mo-ta", longest: LONGEST_ALT });
    }
    gives_nothing_away("mo-ta", &alt)?;
    let name = kernel::text::clean_line(name);
    let bad = |why: String| NewsroomError::BadPicture { name: name.clone(), why };
    // Decoding takes a core for a second; other requests go on meanwhile.
    let asked = name.clone();
    let made = tokio::task::spawn_blocking(move || render(&asked, &bytes)).await;
    let made = made.map_err(|error| bad(error.to_string()))?.map_err(bad)?;
    let mut tx = ctx.begin().await?;
    let story = must_find(&mut tx, id).await?;
    story.must_be(&[StateKind::Draft])?;
    if store::pictures(&mut tx, id).await?.len() >= MOST_PICTURES {
        return Err(NewsroomError::TooManyPictures { most: MOST_PICTURES });
    }
    let mut files = Vec::new();
    for one in made {
        let kept = attachments::keep(ctx.house, "anh.jpg", &one.bytes).map_err(|error| bad(error.to_string()))?;
        files.push(PictureFile {
            width: i64::from(one.width),
            height: i64::from(one.height),
            size: kept.size,
            digest: kept.digest,
            media_type: kept.media_type.to_owned(),
        });
    }
    let picture = Picture { id: PictureId::new(), alt, files };
    store::add_picture(&mut tx, id, &picture, ctx.now(), &ctx.actor.name).await?;
    ledger::record(&mut tx, ctx.entry("story.add_picture", "story", id).ground(&story.clause)).await?;
    tx.commit().await?;
    Ok(picture.id)
}

/// Takes a picture out of a story that is being written.
///
/// # Errors
/// When there is none, or the story is no longer being written.
pub async fn remove(ctx: &Ctx<'_>, id: PictureId) -> Result<StoryId, NewsroomError> {
    ctx.may(Permission::WriteStories)?;
    let mut tx = ctx.begin().await?;
    let story = store::picture_story(&mut tx, id).await?.ok_or(NewsroomError::Unknown("ảnh"))?;
    let story = must_find(&mut tx, story).await?;
    story.must_be(&[StateKind::Draft])?;
    store::drop_picture(&mut tx, id).await?;
    ledger::record(&mut tx, ctx.entry("story.drop_picture", "story", story.id).ground(&story.clause)).await?;
    tx.commit().await?;
    Ok(story.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            Rgb([u8::try_from(x % 256).expect("a byte"), u8::try_from(y % 256).expect("a byte"), 90])
        });
        let mut bytes = Vec::new();
        picture.write_with_encoder(JpegEncoder::new(&mut bytes)).expect("a picture");
        bytes
    }

    /// The picture with an EXIF block that says it lies on its side and names a place.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // orientation 6: turn right
        tiff.extend(b"\x01\x0e\0\x02\0\0\0\x12\0\0\0\x26\0\0\0\0"); // description at 38
        tiff.extend(b"GPS 21.3256 103.9\0");
        let mut block = b"\xff\xe1".to_vec();
        block.extend(u16::try_from(tiff.len() + 8).expect("short").to_be_bytes());
        block.extend(b"Exif\0\0");
        block.extend(&tiff);
        [&jpeg[..2], &block, &jpeg[2..]].concat()
    }

    fn holds(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|part| part == what)
    }

    #[test]
    fn a_picture_is_turned_upright_made_smaller_and_says_nothing_of_its_place() {
        let bytes = with_exif(&jpeg(1600, 900));
        assert!(holds(&bytes, b"Exif") && holds(&bytes, b"GPS"));
        let made = render("anh.jpg", &bytes).expect("a picture");
        let sizes: Vec<(u32, u32)> = made.iter().map(|one| (one.width, one.height)).collect();
        assert_eq!(sizes, [(480, 853), (900, 1600)], "it was on its side");
        for one in &made {
            assert!(!holds(&one.bytes, b"Exif") && !holds(&one.bytes, b"GPS"));
            assert_eq!(infer::get(&one.bytes).map(|kind| kind.mime_type()), Some("image/jpeg"));
        }
    }

    #[test]
    fn a_small_picture_is_kept_once_and_a_tiny_one_refused() {
        assert_eq!(render("a.jpg", &jpeg(300, 200)).expect("a picture").len(), 1);
        assert!(render("a.jpg", &jpeg(100, 100)).expect_err("tiny").contains("quá nhỏ"));
    }

    #[test]
    fn what_is_no_picture_or_would_fill_the_memory_is_refused() {
        for (name, bytes) in [
            ("a.jpg", b"MZ\x90\0\x03\0\0\0".to_vec()),
            ("a.png", jpeg(300, 200)),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec()),
            ("a.pdf", b"%PDF-1.7\n".to_vec()),
            ("a.jpg", jpeg(300, 200)[..400].to_vec()),
            ("a.jpg", Vec::new()),
        ] {
            assert!(render(name, &bytes).is_err(), "{name}");
        }
        // A PNG whose head promises 60000 × 60000 points.
        let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0".to_vec();
        head.extend([0x00, 0x00, 0x00, 0x00]);
        assert!(render("a.png", &head).is_err());
    }

    #[test]
    fn transparent_points_become_white() {
        let clear = image::RgbaImage::from_pixel(240, 240, image::Rgba([10, 20, 30, 0]));
        let mut bytes = Vec::new();
        clear.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("a picture");
        let made = render("a.png", &bytes).expect("a picture");
        let back = image::load_from_memory(&made[0].bytes).expect("a picture").to_rgb8();
        assert!(back.get_pixel(100, 100).0.iter().all(|part| *part > 250));
    }
}
