// The whole chain in a browser: a nomination, the secret ballot, the decision, the certificate, its check by anybody,
// its withdrawal. It changes what everybody sees, so it has houses of its own: on SQLite with scripts, on PostgreSQL
// without them.
import { expect, expectUsable, signIn, test } from "../support/house.js";

const PHRASES = ["hoa ban nở trắng rừng", "suối Nậm Pàn mùa nước"];
const VOTERS = ["uyvien1", "uyvien2", "uyvien3", "uyvien4", "uyvien5", "uyvien6", "uyvien7", "chanhvp"];

for (const where of ["@chain", "@postgres"]) {
  test(`an award goes from the nomination to a certificate that anybody can check, and is taken back ${where}`, chain);
}

async function chain({ page, javaScriptEnabled }, info) {
  info.setTimeout(300_000);
  const usable = async () => javaScriptEnabled === false || expectUsable(page);
  const as = async (login) => {
    await page.context().clearCookies();
    await signIn(page, login);
  };
  await handIn(page, as, usable);
  const meeting = await openBallot(page, as, usable);
  const passed = await vote(page, as, usable, meeting);
  await count(page, as, usable, meeting);
  const decision = await issue(page, as, usable, passed);
  await check(page, as, usable, decision);
}

/** The head of a unit reads the conditions of the waiting draft and hands it in. */
async function handIn(page, as, usable) {
  await as("truongphong.kt");
  const draft = page.getByRole("main").locator('a[href^="/noi-bo/ho-so/"]').first();
  await draft.click();
  await expect(page.getByRole("complementary", { name: "Điều kiện" })).toContainText("Luật 06/2022/QH15");
  await usable();
  await page.getByRole("button", { name: "Nộp hồ sơ" }).click();
  await expect(page.getByRole("button", { name: "Nộp hồ sơ" })).toHaveCount(0);
  await expect(page.getByText("Chưa làm được")).toHaveCount(0);
}

/** The standing body notes who is present; two tellers seal the box. */
async function openBallot(page, as, usable) {
  await as("thuongtruc");
  await page.goto("/noi-bo/hoi-dong");
  await page.getByRole("main").locator('a[href^="/noi-bo/hoi-dong/phien/"]').first().click();
  const meeting = page.url();
  const seats = await page.locator('input[name="co-mat"]').all();
  for (const seat of seats.slice(0, 2)) await tick(page, seat);
  await page.getByRole("button", { name: "Lưu điểm danh" }).click();
  await seal(page, PHRASES);
  await expect(page.getByRole("alert")).toBeVisible();
  for (const seat of await page.locator('input[name="co-mat"]').all()) await tick(page, seat);
  await page.getByRole("button", { name: "Lưu điểm danh" }).click();
  await usable();
  await seal(page, [PHRASES[0], "ngắn"]);
  await expect(page.getByRole("alert")).toBeVisible();
  await usable();
  await seal(page, PHRASES);
  await expect(page.getByRole("status").filter({ hasText: "Đã bỏ phiếu" })).toContainText("0 /");
  await usable();
  return meeting;
}

async function seal(page, phrases) {
  await page.getByLabel("Người kiểm phiếu thứ nhất").selectOption({ index: 1 });
  await page.getByLabel("Cụm mật khẩu thứ nhất").fill(phrases[0]);
  await page.getByLabel("Người kiểm phiếu thứ hai").selectOption({ index: 2 });
  await page.getByLabel("Cụm mật khẩu thứ hai").fill(phrases[1]);
  await tick(page, page.getByLabel("Tôi biết"));
  await page.getByRole("button", { name: "Niêm phong và mở bỏ phiếu" }).click();
}

/** Each member chooses, checks and casts, once. Answers the names that every ballot favours. */
async function vote(page, as, usable, meeting) {
  const ballot = meeting.replace("/phien/", "/phieu/");
  let passed = [];
  for (const [at, login] of VOTERS.entries()) {
    await as(login);
    await page.goto(ballot);
    const lines = page.locator("form.ballot fieldset");
    if (at === 0) {
      await page.getByRole("button", { name: "Kiểm tra phiếu" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await usable();
    }
    const many = await lines.count();
    const names = [];
    for (let line = 0; line < many; line += 1) {
      names.push((await lines.nth(line).locator("legend").textContent()).replace(/^\d+\. /, "").split(" – ")[0].trim());
      await tick(page, lines.nth(line).getByRole("radio").first());
    }
    if (names.length > passed.length) passed = names;
    await page.getByRole("button", { name: "Kiểm tra phiếu" }).click();
    await page.getByRole("button", { name: "Bỏ phiếu", exact: true }).click();
    await expect(page.getByText("Đã nhận phiếu của bạn")).toBeVisible();
    if (at === 0) await usable();
    // A second ballot has no form, and nobody is shown totals.
    await page.goto(ballot);
    await expect(page.getByRole("button", { name: "Kiểm tra phiếu" })).toHaveCount(0);
    await page.goto(meeting);
    await expect(page.getByText("Kết quả", { exact: true })).toHaveCount(0);
  }
  expect(passed.length).toBeGreaterThan(0);
  return passed;
}

/** Both tellers open the box; one wrong phrase opens nothing. */
async function count(page, as, usable, meeting) {
  await as("thuongtruc");
  await page.goto(meeting);
  await page.getByLabel("Cụm mật khẩu thứ nhất").fill(PHRASES[0]);
  await page.getByLabel("Cụm mật khẩu thứ hai").fill("không phải cụm này");
  await page.getByRole("button", { name: "Mở hòm và kiểm phiếu" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Cụm mật khẩu thứ nhất").fill(PHRASES[0]);
  await page.getByLabel("Cụm mật khẩu thứ hai").fill(PHRASES[1]);
  await page.getByRole("button", { name: "Mở hòm và kiểm phiếu" }).click();
  await expect(page.getByText("Kết quả đã chốt")).toBeVisible();
  await usable();
  for (const name of ["Biên bản PDF", "Biên bản DOCX", "Kiểm phiếu PDF", "Kiểm phiếu DOCX"]) {
    expect((await fetched(page, page.getByRole("link", { name, exact: true }))).length).toBeGreaterThan(1_000);
  }
}

/** The standing body drafts from the passed list, the chief signs; a number is given once. */
async function issue(page, as, usable, passed) {
  await page.goto("/noi-bo/quyet-dinh");
  await page.getByLabel("Họ tên người ký").fill("Nguyễn Văn Ví Dụ");
  await page.getByLabel("Chức vụ người ký").fill("Chánh Văn phòng");
  await page.getByLabel("Ký hiệu").fill("QĐ-VPUB");
  await page.getByLabel("Nơi ban hành").fill("Sơn La");
  await page.getByRole("button", { name: "Soạn dự thảo" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("quyết định", { ignoreCase: true });
  const decision = page.url();
  const listed = await page.locator("tbody th").evaluateAll((cells) => cells.map((cell) => cell.firstChild.textContent.trim()));
  for (const name of listed) expect(passed).toContain(name);
  await usable();
  // Whoever drafted does not sign.
  await expect(page.getByRole("button", { name: "Ban hành" })).toHaveCount(0);
  await as("chanhvp");
  await page.goto(decision);
  const today = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
  await page.getByLabel("Số quyết định").fill("không");
  await page.getByLabel("Ngày ký").fill("31/02/2026");
  await page.getByRole("button", { name: "Ban hành" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Ngày ký")).toHaveValue("31/02/2026");
  await usable();
  await page.getByLabel("Số quyết định").fill("1");
  await page.getByLabel("Ngày ký").fill(today);
  await page.getByRole("button", { name: "Ban hành" }).click();
  await expect(page.getByText("đã ban hành").first()).toBeVisible();
  await usable();
  for (const name of ["PDF", "In giấy khen"]) {
    const file = await fetched(page, page.getByRole("link", { name, exact: true }));
    expect(file.subarray(0, 5).toString()).toBe("%PDF-");
  }
  return decision;
}

/** Anybody checks the certificate; what was taken back says so. */
async function check(page, as, usable, decision) {
  await page.goto(decision);
  await page.locator('a[href^="/noi-bo/dong/"]').first().click();
  const line = page.url();
  const name = (await page.getByRole("heading", { level: 1 }).textContent()).trim();
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/.exec(await page.getByRole("main").textContent())[0];
  await usable();
  await page.context().clearCookies();
  const ask = async (asked) => {
    await page.goto("/xac-minh");
    await page.getByLabel("Mã tra cứu").fill(asked);
    await page.getByRole("button", { name: "Xác minh" }).click();
  };
  await ask(code);
  await expect(page.getByText("Giấy khen có thật, còn hiệu lực")).toBeVisible();
  await usable();
  await ask(code.replace(/.$/, (last) => (last === "2" ? "3" : "2")));
  await expect(page.getByText("Không có giấy khen mang mã này")).toBeVisible();
  await as("thuongtruc");
  await page.goto(line);
  await propose(page);
  await usable();
  await as("chanhvp");
  await page.goto(line);
  await page.getByRole("button", { name: "Duyệt đề nghị" }).click();
  await page.goto(line);
  await expect(page.getByRole("link", { name: "In giấy khen" })).toHaveCount(0);
  await page.context().clearCookies();
  await ask(code);
  await expect(page.getByText("Giấy khen đã bị thu hồi")).toBeVisible();
  await usable();
  await as("thuongtruc");
  await page.goto("/noi-bo/so-khen-thuong");
  await expect(page.getByRole("main")).toContainText(name);
}

/** Revocation is proposed by one; an empty reason is refused first. */
async function propose(page) {
  await page.getByRole("button", { name: "Đề nghị thu hồi" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Lý do, văn bản làm căn cứ thu hồi").fill("Ví dụ: Kết luận thanh tra số 9, ngày 01 tháng 10 năm 2026");
  await page.getByRole("button", { name: "Đề nghị thu hồi" }).click();
  await expect(page.getByText("chờ người có thẩm quyền")).toBeVisible();
  await expect(page.getByRole("button", { name: "Duyệt đề nghị" })).toHaveCount(0);
}

/** Ticks as a person does: by the words, which are drawn over the box. */
async function tick(page, box) {
  if (!(await box.isChecked())) await page.locator(`label[for="${await box.getAttribute("id")}"]`).click();
}

async function fetched(page, link) {
  const answer = await page.request.get(await link.getAttribute("href"));
  expect(answer.ok()).toBe(true);
  return answer.body();
}
