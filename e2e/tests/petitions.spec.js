// A letter from the portal, with and without scripts: written in four steps, followed by its code, taken in inside.
import { barriersInTheDark, expect, expectUsable, signIn, test } from "../support/house.js";

/** Writes a letter and answers the address of its code. */
async function send(page, title) {
  await page.goto("/phan-anh");
  await page.getByRole("link", { name: "Gửi phản ánh, kiến nghị" }).click();
  await page.getByRole("button", { name: "Bắt đầu viết" }).click();
  await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
  await expect(page.getByRole("alert")).toContainText("tư cách");
  await page.locator("label", { hasText: /^Hợp tác xã$/ }).click();
  await page.getByLabel("Họ tên hoặc tên tổ chức").fill("Hợp tác xã Thử nghiệm");
  await page.getByLabel("Địa chỉ").fill("Xã Yên Châu");
  await page.getByLabel("Số điện thoại").fill("0912 345 678");
  await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
  await page.getByLabel("Tiêu đề").fill(title);
  await page.getByLabel("Nội dung: việc gì").fill("Hồ sơ cấp phép xây dựng kho lạnh quá hạn hẹn trả, chưa có kết quả.");
  await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
  await page.locator("label", { hasText: "Không công khai tên của tôi" }).click();
  await page.getByRole("button", { name: "Lưu và tiếp tục" }).click();
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Có thể đã có câu trả lời" })).toBeVisible();
  await page.getByRole("button", { name: "Gửi đơn" }).click();
  await expect(page.getByRole("heading", { name: "Đã nhận đơn của bạn" })).toBeVisible();
  return page.url();
}

async function journey(page, title) {
  const address = await send(page, title);
  await expect(page.getByRole("main")).not.toContainText("0912 345 678");
  await signIn(page, "tiepnhan");
  await page.goto("/noi-bo/kien-nghi?tim=" + encodeURIComponent(title));
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("main")).toContainText("0912 345 678");
  await page.getByText("Đề nghị người gửi bổ sung").click();
  await page.getByLabel("Cần bổ sung gì").fill("Số hồ sơ là bao nhiêu?");
  await page.getByRole("button", { name: "Gửi đề nghị" }).click();
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("Số hồ sơ là bao nhiêu?");
  await page.getByLabel("Bổ sung theo đề nghị").fill("H52-261103-0001");
  await page.getByRole("button", { name: "Gửi bổ sung" }).click();
  await expect(page.getByRole("main")).toContainText("mới tiếp nhận");
}

test("a letter is written, asked about and supplied with scripts", async ({ page }, info) => {
  await journey(page, `Chậm trả kết quả cấp phép xây dựng kho lạnh ${info.project.name}`);
});

test("a letter is written, asked about and supplied without scripts @nojs", async ({ page }) => {
  // Details stay shut without a pointer of ours; the browser opens them by itself on a click.
  await journey(page, "Chậm trả kết quả cấp phép xây dựng kho lạnh không kịch bản");
});

test("the pages of a letter can be used in light and dark", async ({ page }, info) => {
  const address = await send(page, `Chậm trả kết quả cấp phép xây dựng kho lạnh xem ${info.project.name}`);
  for (const path of [address, "/phan-anh", "/phan-anh/gui", "/phan-anh/tra-cuu", "/phan-anh/da-tra-loi"]) {
    await page.goto(path);
    await expectUsable(page);
    expect(await barriersInTheDark(page), path).toEqual([]);
  }
});
