//! Invented petitions in every state, sent at the portal and taken in at the counter, answered, published.

use jiff::ToSpan as _;
use kernel::Actor;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE, standing_on};
use crate::petitions::answering::{self, Redacted};
use crate::petitions::drafts::{self, Draft};
use crate::petitions::intake::{self, NewLetter};
use crate::petitions::model::{Channel, Contact, Kind, PetitionId, SenderKind};
use crate::petitions::obstacles;
use crate::petitions::queries::{self, Filter};
use crate::petitions::routing::{self, Assignment, Passage};
use crate::petitions::sender;
use crate::{Ctx, House};

/// How far an invented petition came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Received,
    Waiting,
    InProgress,
    GivenBack,
    ToSign,
    Answered,
    Published,
    Hidden,
    Reopened,
    Elsewhere,
    Complaint,
    Accusation,
    Duplicate,
    Withdrawn,
}

/// How many days ago it came, who sent it, what it is about, what it says, how far it came.
type Sent = (i64, SenderKind, &'static str, &'static str, &'static str, Stop);

const SENT: [Sent; 14] = [
    (
        38,
        SenderKind::Enterprise,
        "Công ty TNHH Chè Mộc Sương (ví dụ)",
        "Chậm trả kết quả cấp phép xây dựng kho lạnh",
        "Hồ sơ cấp phép xây dựng kho lạnh nộp đã quá hạn hẹn trả mười ngày mà chưa có kết quả, cũng chưa có phiếu xin lỗi. Đề nghị cho biết hồ sơ đang ở đâu.",
        Stop::Published,
    ),
    (
        36,
        SenderKind::Cooperative,
        "Hợp tác xã Xoài Nậm Xanh (ví dụ)",
        "Thủ tục hỗ trợ lãi suất vay vốn khó hiểu",
        "Mẫu đơn hỗ trợ lãi suất yêu cầu giấy tờ mà hợp tác xã đã nộp khi đăng ký. Đề nghị bỏ giấy tờ trùng lặp.",
        Stop::Hidden,
    ),
    (
        33,
        SenderKind::Enterprise,
        "Công ty cổ phần Cà phê Dốc Mây (ví dụ)",
        "Hai cơ quan hướng dẫn khác nhau về thuê đất",
        "Cùng một thủ tục thuê đất làm xưởng rang xay, hai nơi hướng dẫn thành phần hồ sơ khác nhau. Đề nghị thống nhất.",
        Stop::Reopened,
    ),
    (
        30,
        SenderKind::Household,
        "Hộ kinh doanh Thêu Piêu Lò Thị Lả (ví dụ)",
        "Đề nghị hướng dẫn chuyển hộ kinh doanh thành doanh nghiệp",
        "Hộ muốn chuyển thành doanh nghiệp nhưng chưa rõ trình tự, lệ phí và ưu đãi thuế. Đề nghị hướng dẫn.",
        Stop::Answered,
    ),
    (
        29,
        SenderKind::Enterprise,
        "Công ty TNHH Nước sạch Bản Hồ (ví dụ)",
        "Vướng mắc khi thỏa thuận đấu nối đường giao thông",
        "Thủ tục thỏa thuận đấu nối kéo dài vì phải lấy ý kiến nhiều nơi. Đề nghị rút gọn.",
        Stop::InProgress,
    ),
    (
        20,
        SenderKind::Cooperative,
        "Hợp tác xã Mận hậu Đồi Gió (ví dụ)",
        "Kết nối sàn thương mại điện tử cho mận hậu",
        "Đề nghị hỗ trợ đưa mận hậu lên sàn thương mại điện tử trước vụ thu hoạch.",
        Stop::ToSign,
    ),
    (
        15,
        SenderKind::Person,
        "Vì Văn Mới (ví dụ)",
        "Giấy hẹn không ghi ngày trả kết quả",
        "Bộ phận một cửa đưa giấy hẹn để trống ngày trả kết quả. Đề nghị chấn chỉnh.",
        Stop::Waiting,
    ),
    (
        14,
        SenderKind::Association,
        "Hiệp hội Doanh nghiệp trẻ (ví dụ)",
        "Kiến nghị công khai lịch tiếp doanh nghiệp",
        "Lịch tiếp doanh nghiệp chưa được đăng trên trang thông tin. Đề nghị công khai trước năm ngày.",
        Stop::GivenBack,
    ),
    (
        12,
        SenderKind::Household,
        "Hộ kinh doanh Homestay Vàng A Chống (ví dụ)",
        "Hướng dẫn chuyển hộ kinh doanh thành doanh nghiệp",
        "Hộ muốn chuyển thành doanh nghiệp, chưa rõ trình tự, lệ phí và ưu đãi thuế.",
        Stop::Duplicate,
    ),
    (
        11,
        SenderKind::Person,
        "Lường Văn Hặc (ví dụ)",
        "Đề nghị sửa đường vào bản",
        "Đường vào bản hỏng sau mưa lũ, xe tải không vào được.",
        Stop::Elsewhere,
    ),
    (
        10,
        SenderKind::Person,
        "Quàng Thị Dọn (ví dụ)",
        "Không đồng ý quyết định thu hồi giấy phép",
        "Tôi không đồng ý với quyết định thu hồi giấy phép và đề nghị xem xét lại quyết định.",
        Stop::Complaint,
    ),
    (9, SenderKind::Person, "Người gửi (ví dụ)", "Đơn tố cáo", "Nội dung ví dụ, được khóa.", Stop::Accusation),
    (
        6,
        SenderKind::Enterprise,
        "Công ty TNHH Chè Mộc Sương (ví dụ)",
        "Hỏi về hóa đơn điện tử",
        "Đã được cơ quan thuế trả lời, xin rút đơn.",
        Stop::Withdrawn,
    ),
    (
        0,
        SenderKind::Cooperative,
        "Hợp tác xã Nhãn chín muộn Mường Ngàn (ví dụ)",
        "Chậm trả kết quả cấp phép xây dựng nhà kho",
        "Hồ sơ cấp phép xây dựng nhà kho lạnh nộp đã quá hạn hẹn trả, chưa có kết quả. Đề nghị cho biết hồ sơ đang ở đâu.",
        Stop::Received,
    ),
];

const ANSWER: &str = "Văn phòng đã kiểm tra, làm việc với cơ quan liên quan và trả lời: nội dung kiến nghị có cơ sở; cơ quan giải quyết hoàn thành trong năm ngày làm việc và gửi thông báo tới người gửi.";

/// Sends, takes in, routes, answers and publishes them, each on its days.
pub async fn run(house: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let today = house.clock.today();
    let day = |ago: i64| standing_on(house, today.saturating_sub(ago.days()));
    for (ago, kind, name, title, content, stop) in SENT {
        let (sent, routed, answered) = (day(ago)?, day((ago - 1).max(0))?, day((ago - 7).max(0))?);
        let visitor = Actor::visitor();
        let code = send(&Ctx::new(&sent, &visitor), kind, name, (title, content)).await?;
        let id = newest(&Ctx::new(&sent, &cast.actors["tiepnhan"]), title).await?;
        let Some(id) = id else { continue };
        carry((&routed, &answered), cast, id, stop).await?;
        let by_code = Ctx::new(house, &visitor);
        match stop {
            Stop::Withdrawn => sender::withdraw(&by_code, &code, id).await?,
            Stop::Published => sender::rate(&by_code, &code, id, 5, "").await?,
            Stop::Reopened => {
                let words = "Trả lời chưa nói rõ áp dụng hướng dẫn nào.";
                sender::disagree(&Ctx::new(&answered, &visitor), &code, id, words, &[]).await?;
            }
            _ => {}
        }
    }
    on_paper(&day(8)?, cast).await?;
    obstacle(&day(3)?, cast).await
}

/// A petition about a thing that others may share, gathered for a proposal.
async fn obstacle(house: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let intake = Ctx::new(house, &cast.actors["tiepnhan"]);
    let words = "Thủ tục phải lấy ý kiến nhiều nơi, kéo dài; đề xuất quy trình một đầu mối.";
    let id = obstacles::open(&intake, "Thủ tục qua nhiều cơ quan (ví dụ)", words).await?;
    if let Some(petition) = newest(&intake, "Vướng mắc khi thỏa thuận đấu nối đường giao thông").await?
    {
        let detail = queries::detail(&intake, petition).await?;
        obstacles::gather(&intake, id, &detail.petition.number(&detail.letter)).await?;
    }
    Ok(())
}

async fn send(
    ctx: &Ctx<'_>,
    kind: SenderKind,
    name: &str,
    (title, content): (&str, &str),
) -> Result<String, DemoError> {
    let key = drafts::begin(ctx).await?;
    let contact = Contact {
        name: name.to_owned(),
        address: "Sơn La (ví dụ)".to_owned(),
        phone: "0900 000 000".to_owned(),
        ..Contact::default()
    };
    let hide_name = kind == SenderKind::Household;
    let draft =
        Draft { sender_kind: Some(kind), contact, title: title.to_owned(), content: content.to_owned(), hide_name };
    drafts::write(ctx, &key, |kept| {
        *kept = draft;
        Ok(())
    })
    .await?;
    Ok(drafts::send(ctx, &key).await?)
}

async fn newest(ctx: &Ctx<'_>, title: &str) -> Result<Option<PetitionId>, DemoError> {
    let found = queries::inbox(ctx, &Filter { text: title.to_owned(), ..Filter::default() }, "").await?.lines;
    Ok(found
        .into_iter()
        .map(|line| line.petition)
        .filter(|one| one.title == title)
        .max_by_key(|one| one.id)
        .map(|one| one.id))
}

/// The version that a form would have been made from.
async fn seen(ctx: &Ctx<'_>, id: PetitionId) -> Result<i64, DemoError> {
    Ok(queries::detail(ctx, id).await?.petition.version)
}

async fn carry(
    (routed, answered): (&House, &House),
    cast: &Cast<'_>,
    id: PetitionId,
    stop: Stop,
) -> Result<(), DemoError> {
    let intake = Ctx::new(routed, &cast.actors["tiepnhan"]);
    let agency = |agency: &str| Passage {
        agency: agency.to_owned(),
        document: format!("{EXAMPLE} 31/PC-BTCD"),
        reason: "Nội dung thuộc thẩm quyền của cơ quan này.".to_owned(),
    };
    match stop {
        Stop::Received | Stop::Withdrawn => return Ok(()),
        Stop::Complaint => {
            let to = agency("Thanh tra tỉnh");
            return Ok(routing::hand_over(&intake, id, seen(&intake, id).await?, Kind::Complaint, &to).await?);
        }
        Stop::Accusation => {
            let to = agency("Thanh tra tỉnh");
            return Ok(routing::hand_over(&intake, id, seen(&intake, id).await?, Kind::Accusation, &to).await?);
        }
        Stop::Elsewhere => {
            let to = agency("Ủy ban nhân dân xã (ví dụ)");
            return Ok(routing::pass_on(&intake, id, seen(&intake, id).await?, &to).await?);
        }
        Stop::Waiting => {
            let question = "Cho biết tên bộ phận một cửa và ngày nộp hồ sơ.";
            return Ok(routing::ask(&intake, id, seen(&intake, id).await?, question).await?);
        }
        Stop::Duplicate => {
            let other = newest(&intake, "Đề nghị hướng dẫn chuyển hộ kinh doanh thành doanh nghiệp").await?;
            let Some(other) = other else { return Ok(()) };
            let detail = queries::detail(&intake, other).await?;
            let number = detail.petition.number(&detail.letter);
            return Ok(routing::join(&intake, id, seen(&intake, id).await?, &number).await?);
        }
        _ => {}
    }
    let kind = if stop == Stop::Answered { Kind::Obstacle } else { Kind::Regulation };
    routing::sort(&intake, id, seen(&intake, id).await?, kind, ("III.4", false)).await?;
    let new = Assignment {
        lead: cast.staffed.units["KT"],
        helpers: vec![(cast.staffed.units["KSTTHC"], Some(intake.today().saturating_add(3.days())))],
        words: String::new(),
    };
    routing::assign(&intake, id, seen(&intake, id).await?, &new).await?;
    let (lead, chief) =
        (Ctx::new(answered, &cast.actors["truongphong.kt"]), Ctx::new(answered, &cast.actors["chanhvp"]));
    if stop == Stop::GivenBack {
        let reason = "Lịch tiếp doanh nghiệp do Ban Tiếp công dân xây dựng; đề nghị giao Ban.";
        return Ok(routing::give_back(&lead, id, seen(&lead, id).await?, reason).await?);
    }
    if stop == Stop::InProgress {
        return Ok(());
    }
    let helper = Ctx::new(answered, &cast.actors["uyvien7"]);
    routing::opine(&helper, id, "Thành phần hồ sơ đúng quy định; thời gian giải quyết cần rút ngắn.").await?;
    answering::draft(&lead, id, seen(&lead, id).await?, ANSWER).await?;
    answering::submit(&lead, id, seen(&lead, id).await?).await?;
    if stop == Stop::ToSign {
        return Ok(());
    }
    answering::sign(&chief, id, seen(&chief, id).await?, &format!("{EXAMPLE} 215/VPUB-KT")).await?;
    if matches!(stop, Stop::Published | Stop::Hidden) {
        let publisher = Ctx::new(answered, &cast.actors["tiepnhan"]);
        let one = queries::detail(&publisher, id).await?.petition;
        let words = Redacted { title: one.title, content: one.content, answer: one.answer };
        answering::publish(&publisher, id, one.version, &words).await?;
        if stop == Stop::Hidden {
            answering::moderate(&publisher, id, true, "Đang rà lại số liệu trong câu trả lời.").await?;
        }
    }
    Ok(())
}

/// A letter without a name that came by post, kept with the reason why it is not handled.
async fn on_paper(house: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let intake = Ctx::new(house, &cast.actors["tiepnhan"]);
    let new = NewLetter {
        channel: Channel::Paper,
        sender_kind: SenderKind::Person,
        contact: Contact::default(),
        people: 1,
        hide_name: false,
        title: "Đơn không ghi tên về thái độ phục vụ".to_owned(),
        content: "Đơn đánh máy, không ghi tên, địa chỉ, phản ánh thái độ phục vụ ở quầy.".to_owned(),
        received_on: None,
    };
    let (id, _) = intake::register(&intake, new, None).await?;
    let reason = "Đơn không có họ tên, địa chỉ, cách liên hệ (Nghị định 20/2008/NĐ-CP, Điều 7); lưu cùng lý do.";
    Ok(intake::refuse(&intake, id, seen(&intake, id).await?, reason).await?)
}
