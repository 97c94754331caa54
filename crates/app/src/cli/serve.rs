//! `thidua serve`: opens the house and its doors.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use kernel::{Actor, Date};
use office::notices::mailing::{self, Mailer};
use office::{Ctx, House, attachments, demo, identity, ledger, newsroom, petitions, targets, tasks};
use tokio::net::TcpListener;

use super::Exit;
use super::mail::Mail;
use crate::house::{self, Settings, Site};

/// What `thidua serve` can be told.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    site: Site,
    /// Địa chỉ lắng nghe
    #[arg(long, env = "THIDUA_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Địa chỉ công khai, in trong mã QR của giấy khen, có cả `https://`
    #[arg(long, env = "THIDUA_PUBLIC_URL")]
    public_url: Option<String>,
    /// Mọi yêu cầu đều qua máy chủ trung gian của cơ quan (nginx, Caddy…): tin địa chỉ nó ghi cuối X-Forwarded-For
    #[arg(long, env = "THIDUA_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Nạp dữ liệu ví dụ khi cơ sở dữ liệu còn trống
    #[arg(long)]
    demo: bool,
    /// Chạy như thể hôm nay là ngày này (chỉ dùng với --demo)
    #[arg(long, value_name = "NGÀY")]
    today: Option<Date>,
    #[command(flatten)]
    mail: Mail,
    /// Tệp kế hoạch khác với kế hoạch đi kèm
    #[arg(long, env = "THIDUA_PLAN")]
    plan: Option<PathBuf>,
    /// Thư mục bộ quy tắc đang sửa, thay cho bộ đi kèm; bộ có lỗi thì không chạy và nêu tệp, dòng
    #[arg(long, env = "THIDUA_RULES", value_name = "THƯ_MỤC")]
    rules: Option<PathBuf>,
}

/// Serves until told to stop.
pub fn run(options: Options) -> anyhow::Result<Exit> {
    let nameless = "axum::serve=info".parse::<tracing_subscriber::filter::Directive>();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "warn,thidua=info,office=info".into())
        // At its finest the server would name the address of every caller, also of who comes to report in confidence.
        .add_directive(nameless.context("a directive of our own")?);
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    super::on_runtime(serve(options))
}

async fn serve(options: Options) -> anyhow::Result<Exit> {
    if options.today.is_some() && !options.demo {
        eprintln!("--today chỉ dùng được cùng --demo: ngày của hệ thống thật là ngày thật.");
        return Ok(Exit::Misuse);
    }
    if options.today.is_some() && !may_stand_on_a_day(&options.site).await? {
        eprintln!(
            "--today chỉ dùng được với dữ liệu ví dụ; cơ sở dữ liệu này là của hệ thống thật, ngày của nó là ngày thật."
        );
        return Ok(Exit::Misuse);
    }
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!("không lắng nghe được ở {}; có chương trình khác đang dùng cổng này", options.listen)
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    let mailer = options.mail.open()?;
    let settings = Settings {
        site: options.site,
        today: options.today,
        demo: options.demo,
        public_url: options.public_url.unwrap_or_else(|| address.clone()),
        behind_proxy: options.behind_proxy,
        plan: options.plan,
        rules: options.rules,
    };
    let mut house = house::open(settings).await?;
    take_over_indicators(&house).await?;
    if options.demo {
        demo::fill(&house).await.context("không nạp được dữ liệu ví dụ")?;
        // Pages say of a house with real people that it is one, whatever was asked for.
        house.demo = demo::is_example(&house).await?;
    }
    let house = Arc::new(house);
    welcome(&house, &address, options.demo).await?;
    let chores = tokio::spawn(do_chores(Arc::clone(&house), mailer));
    let site = web::site(&house).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, site).with_graceful_shutdown(told_to_stop()).await?;
    chores.abort();
    house.db.close().await;
    Ok(Exit::Done)
}

/// Whether a clock may stand still here: where nothing is yet, or the example is.
async fn may_stand_on_a_day(site: &Site) -> anyhow::Result<bool> {
    if !site.holds_a_house().await? {
        return Ok(true);
    }
    let house = house::open(Settings::for_command(site)).await?;
    let may = demo::is_empty(&house).await? || demo::is_example(&house).await?;
    house.db.close().await;
    Ok(may)
}

/// Says where the house is, and how to come in for the first time.
async fn welcome(house: &House, address: &str, wants_demo: bool) -> anyhow::Result<()> {
    if house.demo {
        super::print(&format!("Thi Đua (dữ liệu ví dụ) đang chạy ở {address}\nMật khẩu chung: {}\n", demo::PASSWORD))?;
        for (login, who) in demo::ACCOUNTS {
            super::print(&format!("  {login:<16} {who}\n"))?;
        }
        return Ok(());
    }
    super::print(&format!("Thi Đua đang chạy ở {address}\n"))?;
    if wants_demo {
        super::print("Cơ sở dữ liệu này đã có dữ liệu khác: không nạp dữ liệu ví dụ, không có tài khoản ví dụ.\n")?;
    }
    if let Some(token) = identity::service::first_link(house).await? {
        super::print(&format!(
            "Lần chạy đầu: mở liên kết này để tạo tài khoản quản trị (dùng một lần, trong 72 giờ):\n  {}/thiet-lap/{}\n",
            house.public_url,
            token.reveal()
        ))?;
    }
    Ok(())
}

/// Takes over the indicators that came with the plan and are not here yet.
async fn take_over_indicators(house: &House) -> anyhow::Result<()> {
    let program = Actor::program("Kế hoạch đi kèm");
    targets::service::adopt(&Ctx::new(house, &program)).await.context("không nhận được các chỉ số của kế hoạch")?;
    Ok(())
}

/// Does what nobody asks for, the first time at once: what a standing server missed is done when it runs.
async fn do_chores(house: Arc<House>, mailer: Option<Mailer>) {
    let mut every_day = tokio::time::interval(Duration::from_secs(24 * 3600));
    let mut every_hour = tokio::time::interval(Duration::from_secs(3600));
    let mut every_ten_minutes = tokio::time::interval(Duration::from_secs(600));
    let mut every_minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        tokio::select! {
            _ = every_day.tick() => sweep(&house).await,
            _ = every_hour.tick() => {
                sign_ledger(&house).await;
                assign_recurring(&house).await;
                erase_reports(&house).await;
                remind(&house).await;
            }
            _ = every_minute.tick() => {
                mark_ledger(&house).await;
                send_mails(&house, mailer.as_ref()).await;
            }
            _ = every_ten_minutes.tick() => {
                report_lapses(&house).await;
                publish_stories(&house).await;
            }
        }
    }
}

/// Writes down beside the keys how far the ledger has come.
async fn mark_ledger(house: &House) {
    if let Err(error) = ledger::service::mark(&house.db, &house.keys).await {
        tracing::error!(%error, "how far the ledger has come could not be written down");
    }
}

/// Signs the ledger's newest hash once a day.
async fn sign_ledger(house: &House) {
    if let Err(error) = ledger::service::checkpoint(&house.db, &house.clock, &house.keys).await {
        tracing::error!(%error, "no checkpoint of the ledger could be made");
    }
}

/// Assigns the tasks of series that must be there by today.
async fn assign_recurring(house: &House) {
    let program = Actor::program("Nhiệm vụ định kỳ");
    if let Err(error) = tasks::recurring::make_due(&Ctx::new(house, &program)).await {
        tracing::error!(%error, "recurring tasks could not be assigned");
    }
}

/// Erases drafts of petitions that nobody touched for long, then the files that nobody names.
async fn sweep(house: &House) {
    let program = Actor::program("Dọn tệp không còn dùng");
    let ctx = Ctx::new(house, &program);
    if let Err(error) = petitions::drafts::erase_old(&ctx).await {
        tracing::error!(%error, "old drafts of petitions could not be erased");
    }
    if let Err(error) = attachments::sweep(&ctx).await {
        tracing::error!(%error, "files that nobody names could not be deleted");
    }
}

/// Erases confidential reports whose term is over.
async fn erase_reports(house: &House) {
    if let Err(error) = office::conduct::service::erase_due(house).await {
        tracing::error!(%error, "reports whose term is over could not be erased");
    }
}

/// Reports petitions whose term lapsed to the next level, in working hours.
async fn report_lapses(house: &House) {
    let program = Actor::program("Báo cáo quá hạn");
    match petitions::terms::escalate(&Ctx::new(house, &program)).await {
        Ok(_) | Err(petitions::PetitionsError::OutsideHours) => {}
        Err(error) => tracing::error!(%error, "lapsed terms of petitions could not be reported"),
    }
}

/// Tells people of what is due soon.
async fn remind(house: &House) {
    let program = Actor::program("Nhắc hạn");
    let ctx = Ctx::new(house, &program);
    if let Err(error) = tasks::notify::remind(&ctx).await {
        tracing::error!(%error, "nobody was told of tasks that are due");
    }
    if let Err(error) = petitions::notify::remind(&ctx).await {
        tracing::error!(%error, "nobody was told of petitions that are due");
    }
}

/// Sends the letters whose hour has come; what the mail server does not take waits.
async fn send_mails(house: &House, mailer: Option<&Mailer>) {
    let Some(mailer) = mailer else { return };
    let program = Actor::program("Gửi thư");
    match mailing::send_due(&Ctx::new(house, &program), mailer).await {
        Ok(round) if round.waiting + round.failed > 0 => {
            tracing::warn!(round.waiting, round.failed, "the mail server did not take all letters");
        }
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "letters could not be sent"),
    }
}

/// Marks stories of the public column whose hour has come; readers have them at that hour already.
async fn publish_stories(house: &House) {
    let program = Actor::program("Đăng bài theo giờ");
    if let Err(error) = newsroom::service::publish_due(&Ctx::new(house, &program)).await {
        tracing::error!(%error, "stories whose hour has come could not be marked");
    }
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
