// Targets in a browser: a value typed without a line is kept and said to be; two at one cell both see both values.
import { expect, expectUsable, signIn, test } from "../support/house.js";

/** The first cell of the running quarter that nobody has filled. */
async function openCell(page) {
  await page.goto("/noi-bo/chi-tieu");
  await page.getByRole("link", { name: /^CT4\.4/ }).click();
  await page.locator('a[href*="/nhap?ky"]').first().click();
  await expect(page.getByLabel(/^Số liệu/)).toBeVisible();
}

test("two people without a line at one cell: the second sees both values and chooses", async ({ page, browser }) => {
  const other = await (await browser.newContext()).newPage();
  await signIn(page, "thuongtruc");
  await signIn(other, "thuongtruc");
  for (const one of [page, other]) await openCell(one);
  await expectUsable(page);

  for (const [one, number] of [[page, "3"], [other, "4"]]) {
    await one.context().setOffline(true);
    await one.getByLabel(/^Số liệu/).fill(number);
    await one.getByRole("button", { name: "Lưu dự thảo" }).click();
    await expect(one.locator("[data-sync]")).toContainText("Đang ngoại tuyến");
    await one.context().setOffline(false);
    await expect(one.locator("[data-sync]")).toContainText("Có mạng trở lại");
  }
  await page.getByRole("button", { name: "Lưu dự thảo" }).click();
  await expect(page.getByRole("heading", { name: "Đã diễn ra" })).toBeVisible();
  await expect(page.locator("[data-sync]")).toBeHidden();

  await other.reload();
  await expect(other.locator("[data-sync]")).toContainText("đã có người lưu số khác");
  await other.getByRole("button", { name: "Lưu dự thảo" }).click();
  const both = other.locator("#chon");
  await expect(both).toContainText("4 quy trình");
  await expect(both).toContainText("3 quy trình");
  await other.getByRole("button", { name: "Lưu số của tôi" }).click();
  await expect(other.getByLabel(/^Số liệu/)).toHaveValue("4");
});
