// What every browser test starts from: a page that must stay free of faults, and the people of the demonstration.
import { expect, test as base } from "@playwright/test";
import axe from "axe-core";

export { expect };

/** The password of every example account. */
const PASSWORD = "moc-chau-tra-xanh-2026";

/** WCAG 2.2 AA and what axe's authors hold to be good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A page fails its test when a script breaks or the content security policy reports something. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const faults = [];
    page.on("console", (message) => {
      // A refused form (422) or a page that must not be found (404) is an answer, not a fault.
      if (message.type() === "error" && !/status of (403|404|409|422)/.test(message.text())) faults.push(message.text());
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

/** Anybody can use the page: axe finds nothing, nothing scrolls sideways, no style stands in the markup. */
export async function expectUsable(page) {
  expect(await barriers(page), page.url()).toEqual([]);
}

/** What would keep somebody from using the page, in words. */
export async function barriers(page) {
  await page.evaluate(() => document.fonts.ready);
  return [...(await axeFindings(page, { runOnly: RULES })), ...(await sidewaysScrolling(page)), ...(await inlineStyles(page))];
}

/** What cannot be read on a dark screen. */
export async function barriersInTheDark(page) {
  await page.emulateMedia({ colorScheme: "dark" });
  const findings = await axeFindings(page, { runOnly: { type: "rule", values: ["color-contrast"] } });
  await page.emulateMedia({ colorScheme: "light" });
  return findings.map((finding) => `in the dark: ${finding}`);
}

/** The elements that make the whole page scroll sideways; a table may scroll inside its own region. */
export async function sidewaysScrolling(page) {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - edge;
    if (over <= 0) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > edge + 1);
    const named = beyond.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`);
    return [`scrolls ${over}px sideways at ${edge}px: ${named.join(", ")}`];
  });
}

async function axeFindings(page, options) {
  await page.evaluate(axe.source);
  return page.evaluate(async (asked) => {
    const { violations } = await globalThis.axe.run(document, asked);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }, options);
}

async function inlineStyles(page) {
  const styled = await page.locator("[style]").evaluateAll((elements) => elements.map(({ outerHTML }) => outerHTML.slice(0, 80)));
  return styled.map((markup) => `inline style: ${markup}`);
}
