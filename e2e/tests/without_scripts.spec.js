// Everybody of the demonstration reads his whole menu in a browser without scripts.
import { expect, signIn, test } from "../support/house.js";

const PEOPLE = ["thuongtruc", "truongphong.kt", "chanhvp", "uyvien1", "canbo.kt", "kiemtra", "tiepnhan", "bientap", "quantri"];

for (const login of PEOPLE) {
  test(`every page in the menu of ${login} can be read without scripts @nojs`, async ({ page }) => {
    await signIn(page, login);
    const links = page.locator("nav.side a");
    const paths = await links.evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href")));
    expect(paths, "a menu has the first page at least").toContain("/noi-bo");
    for (const path of paths) {
      const answer = await page.goto(path);
      expect.soft(answer.status(), path).toBe(200);
      await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
    }
  });
}
