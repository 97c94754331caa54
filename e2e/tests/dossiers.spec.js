// A file of a one-stop system: tried, brought in, read as figures, followed to its dossiers.
import { expect, expectUsable, signIn, test } from "../support/house.js";

const FILE = `Mã hồ sơ,Mã TTHC,Tên thủ tục,Đơn vị,Chủ hồ sơ,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc
THU-1,9.9,Thủ tục thử,Phòng Thử,Lò Thị Kín,Đã trả kết quả,09/02/2026,13/02/2026,11/02/2026
THU-2,9.9,Thủ tục thử,Phòng Thử,Lò Thị Kín,Đã trả kết quả,09/02/2026,11/02/2026,13/02/2026
THU-3,9.9,Thủ tục thử,Phòng Thử,Lò Thị Kín,Đang bay,09/02/2026,13/02/2026,
`;

test("a file is tried, brought in and followed from a figure to its dossiers @nojs", async ({ page, javaScriptEnabled }) => {
  // axe is a script itself.
  const usable = async () => javaScriptEnabled === false || expectUsable(page);
  await signIn(page, "thuongtruc");
  await page.goto("/noi-bo/ho-so-tthc/nhap");
  const choose = () =>
    page.getByLabel("Tệp .xlsx hoặc .csv").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
  await choose();
  await page.getByRole("button", { name: "Nhập" }).click();
  await expect(page.getByText("Kiểm tra thử, chưa ghi")).toBeVisible();
  await expect(page.getByRole("cell", { name: "Đang bay" })).toBeVisible();
  await expect(page.getByText("Lò Thị Kín")).toHaveCount(0);
  await usable();
  await choose();
  await page.getByText("Chỉ kiểm tra, chưa ghi").click();
  await page.getByRole("button", { name: "Nhập" }).click();
  await expect(page).toHaveURL(/\/nhap\/[0-9a-f-]{36}/);
  await expect(page.getByText("Đã nhập xong")).toBeVisible({ timeout: 20_000 });
  await page.goto("/noi-bo/ho-so-tthc?nam=2026&don_vi=Phòng Thử");
  await usable();
  const row = page.getByRole("row", { name: /Phòng Thử/ });
  await row.getByRole("link").nth(3).click();
  await expect(page.getByText("THU-2")).toBeVisible();
  await expect(page.getByText("THU-1")).toHaveCount(0);
  await usable();
});
