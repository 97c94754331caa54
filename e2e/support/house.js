// What every browser test starts from: a page that must stay free of faults, and the people of the demonstration.
import { expect, test as base } from "@playwright/test";
import axe from "axe-core";

export { expect };

/** The password of every example account. */
const PASSWORD = "moc-chau-tra-xanh-2026";

/** A page fails its test when a script breaks or the content security policy reports something. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const faults = [];
    page.on("console", (message) => {
      // A refused form (422) or a page that must not be found (404) is an answer, not a fault.
      if (message.type() === "error" && !/status of (404|409|422|403)/.test(message.text())) faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("response", (response) => {
      if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
    });
    await use(page);
    expect(faults, "the page must be free of script faults and policy reports").toEqual([]);
  },
});

/** Signs in as somebody of the demonstration: `thuongtruc`, `chanhvp`, … */
export async function signIn(page, login) {
  await page.goto("/dang-nhap");
  await page.getByLabel("Tên đăng nhập").fill(login);
  await page.getByLabel("Mật khẩu").fill(PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await expect(page).toHaveURL(/\/noi-bo/);
}

/** Anybody can use the page: no finding of axe (WCAG 2.2 AA and best practice), no sideways scrolling, no inline style. */
export async function expectUsable(page) {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await globalThis.axe.run(document, { runOnly: tags });
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ target }) => target.join(" ")) }));
  });
  expect(findings, `axe on ${page.url()}`).toEqual([]);
  const overflow = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return [];
    const edge = document.documentElement.clientWidth;
    const beyond = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > edge + 1);
    return [`${wide}px`, ...beyond.slice(0, 5).map(({ tagName, className }) => `${tagName}.${className}`)];
  });
  expect(overflow, `sideways scrolling on ${page.url()}`).toEqual([]);
  expect(await page.locator("[style]").count(), `inline styles on ${page.url()}`).toBe(0);
}
