// A task from assignment to acceptance by another person, and a finding from the visit to its end.
import { expect, expectUsable, signIn, test } from "../support/house.js";

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

for (const how of ["", " @nojs"]) {
  test(`a task is assigned, reported with evidence and accepted by another person${how}`, assignToAccept);
}

async function assignToAccept({ page, javaScriptEnabled }, info) {
  // axe is a script itself.
  const usable = async () => javaScriptEnabled === false || expectUsable(page);
  const title = `Họp tháo gỡ vướng mắc ${info.project.name}`;
  await signIn(page, "truongphong.kt");
  await page.goto("/noi-bo/nhiem-vu/moi");
  await page.getByLabel("Khoản của Kế hoạch").selectOption("III.1");
  await page.getByLabel("Hạn hoàn thành").fill("01/01/2020");
  await page.getByLabel("Đơn vị chủ trì").selectOption({ label: "Phòng Kinh tế" });
  await page.getByRole("button", { name: "Giao nhiệm vụ" }).click();
  await expect(page.getByRole("alert")).toContainText("Nhập tên nhiệm vụ");
  await usable();
  await page.getByLabel("Tên nhiệm vụ").fill(title);
  await page.getByLabel("Hạn hoàn thành").fill("31/12/2029");
  await page.getByRole("button", { name: "Giao nhiệm vụ" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const address = page.url();
  await usable();
  await page.getByLabel("Tệp PDF").setInputFiles({ name: "bien-ban.png", mimeType: "image/png", buffer: PICTURE });
  await page.getByRole("button", { name: "Thêm tệp" }).click();
  await expect(page.getByRole("link", { name: "bien-ban.png" })).toBeVisible();
  await page.getByText("Đổi hạn", { exact: true }).first().click();
  await page.getByLabel("Hạn mới").fill("31/01/2030");
  await page.getByLabel("Lý do đổi hạn").fill("Chờ hướng dẫn của cấp trên");
  await page.getByRole("button", { name: "Đổi hạn" }).click();
  await expect(page.getByText("31/12/2029 → 31/01/2030")).toBeVisible();
  await page.getByRole("button", { name: "Báo cáo hoàn thành" }).click();
  await expect(page.getByText("nên không nghiệm thu được")).toBeVisible();
  await usable();
  await page.context().clearCookies();
  await signIn(page, "chanhvp");
  await page.goto(address);
  await page.getByRole("button", { name: "Nghiệm thu" }).click();
  await expect(page.getByText("đã nghiệm thu").first()).toBeVisible();
  await expect(page.getByText(/^sớm \d+ ngày$/).first()).toBeVisible();
  await usable();
}

test("an overdue finding gets evidence from its unit and is closed by an inspector @desktop", async ({ page }) => {
  await signIn(page, "uyvien4");
  await page.goto("/noi-bo/kiem-tra?qua_han=co");
  await expectUsable(page);
  await page.getByRole("link", { name: "Việc tổ chức Phong trào" }).click();
  await expect(page.getByText(/^quá hạn \d+ ngày$/)).toBeVisible();
  await expectUsable(page);
  await page.getByLabel("Tệp PDF").setInputFiles({ name: "phan-cong.png", mimeType: "image/png", buffer: PICTURE });
  await page.getByRole("button", { name: "Thêm minh chứng" }).click();
  await expect(page.getByRole("link", { name: "phan-cong.png" }).first()).toBeVisible();
  const address = page.url();
  await page.context().clearCookies();
  await signIn(page, "kiemtra");
  await page.goto(address);
  await expect(page.getByText("đã khắc phục", { exact: true })).toHaveCount(1);
  await page.getByRole("button", { name: "Xác nhận đã khắc phục" }).click();
  await expect(page.getByRole("alert")).toContainText("ít nhất 10 ký tự");
  await page.getByLabel("Kết quả khắc phục").fill("Đã có văn bản phân công");
  await expectUsable(page);
  await page.getByRole("button", { name: "Xác nhận đã khắc phục" }).click();
  await expect(page.getByText("đã khắc phục", { exact: true })).toHaveCount(2);
  await expectUsable(page);
});
