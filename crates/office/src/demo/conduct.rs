//! The invented reports of conduct: one that was closed, one whose reporter was asked and answered, one with a sealed
//! identity, and one about the unit of the first inspector, who does not see it.

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE, PASSWORD, standing_on};
use crate::conduct::intake::{self, NewReport, Slip};
use crate::conduct::model::Outcome;
use crate::conduct::outcome::{self, NewConclusion};
use crate::conduct::{ReportId, Unlocked, keyring, queries, service, talk};
use crate::{Ctx, House};

/// Two inspectors make their keys, the first vouches for the second; reports come in and are handled.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let (one, two) = (&cast.actors["kiemtra"], &cast.actors["kiemtra2"]);
    let then = Ctx::new(earlier, one);
    keyring::make(&then, PASSWORD).await?;
    let key = keyring::unlock(&then, PASSWORD).await?;
    let waiting = keyring::make(&Ctx::new(earlier, two), PASSWORD).await?;
    keyring::admit(&then, &key, waiting).await?;

    let unit = |code: &str| Some(cast.staffed.units[code]);
    let old = NewReport {
        what: "Cán bộ ở quầy bắt bổ sung giấy tờ ba lần, lần nào cũng một loại mới.".to_owned(),
        who: "người trực quầy số 4".to_owned(),
        unit: unit("TTPVHCC"),
        when: "trong tháng trước".to_owned(),
        ..NewReport::default()
    };
    send(earlier, &old).await?;
    finish(earlier, &then, &key).await?;

    let week = standing_on(house, house.clock.today().saturating_sub(jiff::SignedDuration::from_hours(24 * 6)))?;
    let asked = NewReport {
        what: "Gọi điện hẹn gặp ngoài giờ rồi mới nói hồ sơ thiếu gì; nói muốn nhanh thì phải biết điều.".to_owned(),
        who: "chuyên viên tiếp nhận hồ sơ của hợp tác xã".to_owned(),
        unit: unit("KT"),
        when: "hai lần trong tuần trước".to_owned(),
        ..NewReport::default()
    };
    let code = send(&week, &asked).await?;
    let at_work = Ctx::new(&week, one);
    let id = newest(&at_work, &key).await?;
    service::look(&at_work, &key, id, 1).await?;
    let question = "Cuộc gọi vào ngày nào, có ai cùng nghe không? Nếu còn tin nhắn, bạn chụp lại giúp.";
    service::ask(&at_work, &key, id, 2, question).await?;
    talk::write(&week, &code, 1, "Cuộc gọi sáng thứ ba, tôi bật loa, kế toán của hợp tác xã cùng nghe.").await?;

    let named = NewReport {
        what: "Giữ giấy hẹn quá một tuần, hỏi thì nói đang bận, trong khi người đến sau đã có kết quả.".to_owned(),
        who: "không rõ tên, ngồi bàn trong cùng".to_owned(),
        unit: unit("KSTTHC"),
        when: "từ đầu tháng".to_owned(),
        name: "Lò Thị Ví Dụ".to_owned(),
        contact: "0912 000 000".to_owned(),
    };
    send(house, &named).await?;
    let own = NewReport {
        what: "Người tiếp dân nói trống không, bắt chờ cả buổi rồi bảo về.".to_owned(),
        who: "người trực buổi sáng".to_owned(),
        unit: unit("BTCD"),
        when: "hôm qua".to_owned(),
        ..NewReport::default()
    };
    send(house, &own).await?;
    Ok(())
}

async fn send(house: &House, new: &NewReport) -> Result<String, DemoError> {
    let slip = Slip::fresh(house);
    intake::send(house, &slip, new, &[]).await?;
    Ok(slip.code)
}

async fn newest(ctx: &Ctx<'_>, key: &Unlocked) -> Result<ReportId, DemoError> {
    let list = queries::list(ctx, key, Some(crate::conduct::model::State::Received)).await?;
    Ok(list.first().map_or_else(ReportId::random, |line| line.id))
}

/// Looked at, found to be otherwise, closed.
async fn finish(house: &House, ctx: &Ctx<'_>, key: &Unlocked) -> Result<(), DemoError> {
    let id = newest(ctx, key).await?;
    service::look(ctx, key, id, 1).await?;
    let new = NewConclusion {
        outcome: Outcome::NotSubstantiated,
        words: "Đã xem sổ tiếp nhận: mỗi lần bổ sung có phiếu, đúng thành phần hồ sơ.".to_owned(),
        told: "Đã kiểm tra phiếu yêu cầu bổ sung; quầy đã được nhắc hướng dẫn đủ một lần.".to_owned(),
        document: format!("{EXAMPLE} 12/BC-KT"),
        hold: None,
    };
    outcome::conclude(ctx, key, id, 2, &new).await?;
    service::close(&Ctx::new(house, ctx.actor), key, id, 3).await?;
    Ok(())
}
