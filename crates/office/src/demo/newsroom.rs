//! The invented column: a model and a portrait that are out, one for tomorrow, one that waits, one that was
//! withdrawn.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use jiff::ToSpan as _;
use kernel::clock;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE, standing_on};
use crate::newsroom::model::{StoryKind, Text};
use crate::newsroom::service::{self, NewStory};
use crate::newsroom::subjects::{self, NewConsent, NewSubject};
use crate::newsroom::{StoryId, pictures};
use crate::{Ctx, House};

/// The size of the invented picture, in pixels.
const PICTURE: (u32, u32) = (960, 540);

/// What a story says: title, summary, text.
type Words = (&'static str, &'static str, &'static str);

const MODEL: Words = (
    "Bản hướng dẫn một trang cho hộ kinh doanh: hỏi một lần, làm một lần",
    "Phòng Kiểm soát thủ tục hành chính thay tờ hướng dẫn sáu trang bằng một trang có hình, hộ kinh doanh không phải \
     quay lại lần thứ hai.",
    "Trước đây hộ kinh doanh nhận sáu trang chữ, phần lớn vẫn quay lại để hỏi. Phòng cùng hộ kinh doanh đọc lại từng \
     dòng và giữ một trang.\n\n## Cách làm\n\n- Ngồi cạnh người làm thủ tục, ghi chỗ họ dừng lại.\n- Mỗi giấy tờ một \
     hình mẫu, ghi rõ lấy ở đâu.\n- Dán mã để xem lại trên điện thoại.\n\n## Nơi khác có thể dùng\n\nTệp mẫu để ngỏ, \
     đơn vị nào cũng sửa được cho thủ tục của mình; không cần phần mềm.",
);

const PORTRAIT: Words = (
    "Người giữ nhịp cho bàn tiếp nhận: chuyện của chị Lò Thị Ban",
    "Ba tháng liền không hồ sơ nào của nhóm chị bị trễ, và chị chỉ ra cách làm rất bình thường.",
    "Chị Lò Thị Ban làm ở Phòng Kiểm soát thủ tục hành chính. Mỗi sáng chị mở danh sách hồ sơ sắp đến hạn trước khi mở \
     hộp thư.\n\n> Hồ sơ không trễ vì khó, mà vì nằm dưới chồng khác.\n\nChị đề nghị mỗi nhóm dành mười lăm phút đầu \
     giờ cho những hồ sơ còn ba ngày. Cách này nay được ba phòng làm theo.",
);

const NEXT: Words = (
    "Đợt xét khen thưởng năm: lịch họp Hội đồng và việc công khai",
    "Danh sách được lấy ý kiến trước khi Hội đồng họp; kết quả đăng tại chuyên mục này.",
    "Hội đồng Thi đua - Khen thưởng họp sau khi hết thời gian lấy ý kiến. Danh sách khen thưởng được công khai cùng \
     liên kết xác minh từng giấy khen.",
);

const WAITING: Words = (
    "Một giờ đối thoại mỗi tháng với hợp tác xã",
    "Phòng Kinh tế giữ lịch cố định, việc nào hứa thì lần sau báo lại.",
    "Lịch được dán ở cửa phòng từ đầu năm. Mỗi việc đã hứa có người làm và ngày; buổi sau mở đầu bằng việc của buổi \
     trước.",
);

const WITHDRAWN: Words = (
    "Số liệu quý: kiến nghị được trả lời đúng hạn",
    "Bảng số liệu quý của toàn Văn phòng.",
    "Bảng này dùng số liệu chưa rà soát xong.",
);

/// Writes as the editor, approves as the standing body.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let (editor, standing) = (&cast.actors["bientap"], &cast.actors["thuongtruc"]);
    let began = Ctx::new(earlier, editor).today();
    let model = standing_on(house, began.saturating_add(20.days()))?;
    let id = write(&model, cast, StoryKind::Model, "V.2", MODEL).await?;
    let alt = "Đồi chè xanh dưới dãy núi buổi sớm, hình minh họa";
    pictures::add(&Ctx::new(&model, editor), id, alt, "doi-che.jpg", hills()).await?;
    submit(&model, cast, id).await?;
    service::approve(&Ctx::new(&model, standing), id, 2, None).await?;

    let portrait = standing_on(house, began.saturating_add(30.days()))?;
    let id = write(&portrait, cast, StoryKind::Exemplar, "VI.2#3", PORTRAIT).await?;
    let ctx = Ctx::new(&portrait, editor);
    let person = cast.staffed.person("VP027");
    let new = NewSubject { name: person.name.clone(), is_person: true, staff_code: "VP027".to_owned() };
    let subject = subjects::add(&ctx, id, &new).await?;
    let how = format!("{EXAMPLE} Giấy đồng ý đăng bài");
    subjects::consent(&ctx, subject, &NewConsent { on: ctx.today(), how, file: None }).await?;
    submit(&portrait, cast, id).await?;
    service::approve(&Ctx::new(&portrait, standing), id, 2, None).await?;

    let id = write(house, cast, StoryKind::News, "VI.2#3", NEXT).await?;
    submit(house, cast, id).await?;
    let tomorrow = house.clock.today().saturating_add(1.day());
    let hour = clock::instant_of(tomorrow, jiff::civil::time(7, 30, 0, 0));
    service::approve(&Ctx::new(house, standing), id, 2, Some(hour)).await?;

    let id = write(house, cast, StoryKind::Model, "V.3", WAITING).await?;
    submit(house, cast, id).await?;

    let wrong = standing_on(house, began.saturating_add(35.days()))?;
    let id = write(&wrong, cast, StoryKind::News, "VI.2#3", WITHDRAWN).await?;
    submit(&wrong, cast, id).await?;
    service::approve(&Ctx::new(&wrong, standing), id, 2, None).await?;
    let later = standing_on(house, began.saturating_add(36.days()))?;
    let note = "Số liệu trong bài chưa được rà soát; sẽ đăng lại khi có số chính thức.";
    service::withdraw(&Ctx::new(&later, editor), id, 3, note).await?;
    Ok(())
}

async fn write(
    house: &House,
    cast: &Cast<'_>,
    kind: StoryKind,
    clause: &str,
    (title, summary, body): Words,
) -> Result<StoryId, DemoError> {
    let text = Text { title: title.to_owned(), summary: summary.to_owned(), body: body.to_owned() };
    let new = NewStory { kind, text, clause: clause.to_owned(), decision: None, initiative: None };
    Ok(service::write(&Ctx::new(house, &cast.actors["bientap"]), new).await?)
}

async fn submit(house: &House, cast: &Cast<'_>, id: StoryId) -> Result<(), DemoError> {
    Ok(service::submit(&Ctx::new(house, &cast.actors["bientap"]), id, 1).await?)
}

/// Hills with rows of tea under a morning sky: a picture that shows nobody.
fn hills() -> Vec<u8> {
    let (width, height) = PICTURE;
    let (across, down) = (f64::from(width), f64::from(height));
    let ridge = |x: f64, base: f64, tall: f64, wave: f64, shift: f64| {
        base - tall * ((x / across * wave + shift).sin() * 0.6 + (x / across * wave * 2.3 + shift).sin() * 0.4)
    };
    let part = |low: f64, high: f64, share: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
        let byte = (low + (high - low) * share).clamp(0.0, 255.0) as u8;
        byte
    };
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let (far, near) = (ridge(x, down * 0.45, 70.0, 6.0, 0.4), ridge(x, down * 0.68, 48.0, 4.0, 2.1));
        if y < far {
            let share = y / (down * 0.5);
            return Rgb([part(150.0, 253.0, share), part(192.0, 232.0, share), part(226.0, 205.0, share)]);
        }
        if y < near {
            let share = (y - far) / (near - far);
            return Rgb([part(96.0, 140.0, share), part(130.0, 168.0, share), part(150.0, 150.0, share)]);
        }
        let depth = (y - near) / (down - near);
        let row = ((y - near) / (3.0 + depth * 16.0) + (x / across * 3.0).sin()).fract();
        let lit = if row < 0.62 { 1.0 } else { 0.0 };
        Rgb([part(38.0, 92.0, lit), part(88.0, 150.0, lit), part(52.0, 66.0, lit)])
    });
    let mut bytes = Vec::new();
    // Writing into memory cannot fail; an empty picture would be refused by its first bytes.
    let written = picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 85));
    written.map_or_else(|_| Vec::new(), |()| bytes)
}
