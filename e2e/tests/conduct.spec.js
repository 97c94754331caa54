// A confidential report: sent without account, answered by its code, opened behind a passphrase by whom it may.
import { expect, expectUsable, signIn, test } from "../support/house.js";

const PASSPHRASE = "moc-chau-tra-xanh-2026";

/** Fills in what is needed and sends it. */
async function send(page, what) {
  await page.goto("/hanh-vi/gui");
  await page.getByLabel("Việc gì đã xảy ra").fill(what);
  await page.getByLabel("Ai: tên, chức danh hoặc mô tả").fill("người ngồi bàn cuối");
  await page.getByRole("button", { name: "Gửi kín" }).click();
  await expect(page.getByRole("heading", { name: "Đã nhận phản ánh" })).toBeVisible();
}

async function journey(page) {
  const what = `Bắt đi lại bốn lần ${Date.now()}`;
  await page.goto("/hanh-vi");
  await expectUsable(page);
  await page.getByRole("main").getByRole("link", { name: "Viết phản ánh" }).click();
  await expectUsable(page);
  await page.getByRole("button", { name: "Gửi kín" }).click();
  await expect(page.getByRole("alert")).toContainText("Kể việc đã xảy ra");
  await expectUsable(page);
  await page.getByLabel("Việc gì đã xảy ra").fill(what);
  await page.getByLabel("Ai: tên, chức danh hoặc mô tả").fill("người ngồi bàn cuối");
  await page.getByRole("button", { name: "Gửi kín" }).click();
  await expect(page.getByRole("heading", { name: "Đã nhận phản ánh" })).toBeVisible();
  expect(page.url(), "no address holds a code").toMatch(/\/hanh-vi\/gui$/);
  await expectUsable(page);
  const code = (await page.locator("b.hash").innerText()).trim();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept, "nothing is kept on the device").not.toContain(what);

  await signIn(page, "kiemtra2");
  await page.goto("/noi-bo/hanh-vi");
  await expectUsable(page);
  await expect(page.getByRole("main")).not.toContainText(what);
  await page.getByLabel("Cụm mật khẩu").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Mở khóa" }).click();
  await expectUsable(page);
  await page.getByRole("row", { name: what }).getByRole("link").click();
  await page.getByRole("button", { name: "Nhận xem xét" }).click();
  await page.getByLabel("Hỏi người gửi").fill("Bốn lần ấy vào những ngày nào?");
  await page.getByRole("button", { name: "Gửi câu hỏi" }).click();
  await expect(page.getByText("Bốn lần ấy vào những ngày nào?")).toBeVisible();
  await expectUsable(page);
  await page.goto("/noi-bo/hanh-vi/khoa");
  await expectUsable(page);

  await page.context().clearCookies();
  await page.goto("/hanh-vi/theo-doi");
  await expectUsable(page);
  await page.getByLabel("Mã đã nhận khi gửi").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Xem", exact: true }).click();
  await page.getByLabel("Trả lời hoặc viết thêm").fill("Bốn ngày thứ hai liền.");
  await page.getByRole("button", { name: "Gửi tin" }).click();
  await expect(page.getByText("Bốn ngày thứ hai liền.")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(what);
  await expectUsable(page);
  await page.goto("/hanh-vi/so-lieu");
  await expectUsable(page);
}

test("a report is sent, asked about and answered, and every page of it can be used", async ({ page }) => {
  await journey(page);
});

test("a report is sent, asked about and answered without scripts @nojs", async ({ page }) => {
  await send(page, `Bắt chờ ${Date.now()}`);
  const code = (await page.locator("b.hash").innerText()).trim();
  await page.goto("/hanh-vi/theo-doi");
  await page.getByLabel("Mã đã nhận khi gửi").fill(code);
  await page.getByRole("button", { name: "Xem", exact: true }).click();
  await page.getByLabel("Trả lời hoặc viết thêm").fill("Tôi nhớ thêm một điều.");
  await page.getByRole("button", { name: "Gửi tin" }).click();
  await expect(page.getByText("Tôi nhớ thêm một điều.")).toBeVisible();
});
