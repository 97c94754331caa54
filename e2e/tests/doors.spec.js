// The doors: the public page, signing in and out, the language, with and without scripts.
import { expect, expectUsable, signIn, test } from "../support/house.js";

test("the public page can be used by anybody", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectUsable(page);
});

test("the fonts are ours and hold Vietnamese letters", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => document.fonts.ready);
  const loaded = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === "loaded").length);
  expect(loaded).toBe(2);
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin));
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]));
});

test("every icon that a page shows is drawn", async ({ page }) => {
  await signIn(page, "quantri");
  const sprite = await page.locator("svg use").first().getAttribute("href");
  const drawn = await (await page.request.get(sprite.split("#")[0])).text();
  const named = await page.locator("svg use").evaluateAll((uses) => uses.map((use) => use.getAttribute("href").split("#")[1]));
  for (const name of new Set(named)) expect(drawn, name).toContain(`id="${name}"`);
});

test("a wrong password is answered with words and with the focus on them", async ({ page }) => {
  await page.goto("/dang-nhap");
  await page.getByLabel("Tên đăng nhập").fill("bientap");
  await page.getByLabel("Mật khẩu").fill("không phải mật khẩu này");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Tên đăng nhập")).toHaveValue("bientap");
  await expectUsable(page);
});

test("whoever signs in comes to what waits for him, and out again", async ({ page }) => {
  await signIn(page, "thuongtruc");
  await expectUsable(page);
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.goto("/noi-bo");
  await expect(page).toHaveURL(/\/dang-nhap/);
});

test("the menu opens on a phone @phone", async ({ page }) => {
  await signIn(page, "thuongtruc");
  const plan = page.getByRole("navigation").getByRole("link", { name: "Kế hoạch" });
  await expect(plan).toBeHidden();
  await page.getByText("Trình đơn", { exact: true }).click();
  await expect(plan).toBeVisible();
  await expectUsable(page);
});

test("the pages speak English when asked", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expectUsable(page);
});

test("signing in works without scripts @nojs", async ({ page }) => {
  await signIn(page, "thuongtruc");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(page).not.toHaveURL(/\/noi-bo/);
});
