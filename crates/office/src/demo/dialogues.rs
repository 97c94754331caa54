//! The invented dialogues: one held, its minutes amended, frozen and published, one promise kept and one open; one to
//! come, with the open promise on its agenda and a question of a guest.

use jiff::ToSpan as _;
use kernel::Date;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE, standing_on};
use crate::dialogues::commitments::{self, NewCommitment};
use crate::dialogues::guests::{self, Whom};
use crate::dialogues::service::{self, NewDialogue};
use crate::dialogues::{DialogueId, GuestId, minutes, publication, queries, questions, settings};
use crate::{Ctx, House, tasks};

const MINUTES: &str = "Đại diện Văn phòng nêu mục đích: nghe khó khăn của doanh nghiệp, hợp tác xã trong vụ thu hoạch.\n\n\
Hợp tác xã hỏi khi nào có hướng dẫn mới về mã vùng trồng; doanh nghiệp hỏi về thời gian cấp phép xây dựng kho lạnh.\n\n\
Văn phòng trả lời những câu thuộc thẩm quyền, ghi hai cam kết có đơn vị và hạn.";

/// Tax codes of the invented register.
const GUESTS: [&str; 3] = ["5500900201", "5500900101", "5500900401"];

/// Holds one in the past, plans one.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let standing = &cast.actors["thuongtruc"];
    let began = earlier.clock.today();
    let after = |days: i32| began.saturating_add(days.days());
    let then = Ctx::new(earlier, standing);
    let ground = "Kế hoạch đối thoại của cơ quan (ví dụ)";
    settings::set(&then, 6, ground, &format!("{EXAMPLE} 21/KH-VP")).await?;
    let new = |title: &str, on: Date| NewDialogue {
        title: title.to_owned(),
        clause: "V.3".to_owned(),
        place: "Phòng họp tầng 2, Trung tâm Phục vụ hành chính công".to_owned(),
        on,
        unit: cast.staffed.units["KT"],
    };
    let past =
        service::plan(&then, &new("Đối thoại với doanh nghiệp, hợp tác xã trong vụ thu hoạch", after(14))).await?;
    for what in ["Khó khăn trong vụ thu hoạch", "Thời gian giải quyết thủ tục về kho lạnh"] {
        service::add_item(&then, past, what).await?;
    }
    let there = invite(&then, cast, past).await?;
    let held = standing_on(house, after(14))?;
    hold(&held, cast, past, &there).await?;
    let later = standing_on(house, after(21))?;
    close(&later, cast, past).await?;
    let now = Ctx::new(house, standing);
    let next = now.today().saturating_add(25.days());
    let next = service::plan(&now, &new("Đối thoại cuối năm: những việc còn lại", next)).await?;
    service::add_item(&now, next, "Kế hoạch hỗ trợ thương mại điện tử năm sau").await?;
    invite(&now, cast, next).await?;
    let guests = queries::detail(&now, next).await?.guests;
    let coop = guests.iter().find(|guest| guest.enterprise.is_some()).map(|guest| guest.id);
    questions::enter(&now, next, coop, "", "Năm sau có lớp bán hàng trên sàn cho xã viên không?").await?;
    Ok(())
}

async fn invite(ctx: &Ctx<'_>, cast: &Cast<'_>, id: DialogueId) -> Result<Vec<GuestId>, DemoError> {
    let mut invited = Vec::new();
    for login in ["truongphong.kt", "canbo.kt"] {
        if let Some(person) = cast.actors[login].person {
            invited.push(guests::invite(ctx, id, &Whom::Person(person)).await?.0);
        }
    }
    for code in GUESTS {
        invited.push(guests::invite(ctx, id, &Whom::Enterprise(code.to_owned())).await?.0);
    }
    Ok(invited)
}

async fn version(ctx: &Ctx<'_>, id: DialogueId) -> Result<i64, DemoError> {
    Ok(queries::detail(ctx, id).await?.dialogue.version)
}

async fn hold(held: &House, cast: &Cast<'_>, id: DialogueId, guests: &[GuestId]) -> Result<(), DemoError> {
    let ctx = Ctx::new(held, &cast.actors["thuongtruc"]);
    service::hold(&ctx, id, version(&ctx, id).await?, ctx.today()).await?;
    guests::attend(&ctx, id, version(&ctx, id).await?, &guests[..4]).await?;
    minutes::write(&ctx, id, version(&ctx, id).await?, MINUTES).await?;
    for (what, days) in [("Trả lời bằng văn bản về hồ sơ kho lạnh", 10), ("Hướng dẫn lại hồ sơ mã vùng trồng", 60)]
    {
        let due_on = ctx.today().saturating_add(days.days());
        let new = NewCommitment { what: what.to_owned(), unit: cast.staffed.units["KT"], due_on };
        commitments::commit(&ctx, id, &new).await?;
    }
    Ok(())
}

/// One promise is kept, an amendment is taken, the minutes are frozen and the result published.
async fn close(later: &House, cast: &Cast<'_>, id: DialogueId) -> Result<(), DemoError> {
    let ctx = Ctx::new(later, &cast.actors["thuongtruc"]);
    let made = queries::detail(&ctx, id).await?.commitments;
    if let Some(kept) = made.first().map(|one| &one.task) {
        let head = Ctx::new(later, &cast.actors["truongphong.kt"]);
        tasks::service::report(&head, kept.id, kept.version, "Đã trả lời bằng văn bản (ví dụ).").await?;
        let chief = Ctx::new(later, &cast.actors["chanhvp"]);
        tasks::service::accept(&chief, kept.id, kept.version + 1).await?;
    }
    let head = Ctx::new(later, &cast.actors["truongphong.kt"]);
    let proposed = minutes::amend(&head, id, "Đoạn 2: ghi rõ là hồ sơ kho lạnh dưới 500 m².").await?;
    minutes::settle(&ctx, id, proposed, true, "Đã sửa.").await?;
    let text = MINUTES.replace("kho lạnh.", "kho lạnh dưới 500 m².");
    minutes::write(&ctx, id, version(&ctx, id).await?, &text).await?;
    minutes::freeze(&ctx, id, version(&ctx, id).await?).await?;
    let result = "Hai câu hỏi về mã vùng trồng và kho lạnh đã được trả lời tại chỗ phần thuộc thẩm quyền.\n\n\
                  Hai cam kết được ghi, mỗi cam kết có đơn vị và hạn; tiến độ xem ở các con số bên dưới.";
    publication::publish(&ctx, id, version(&ctx, id).await?, result).await?;
    Ok(())
}
