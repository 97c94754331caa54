// Every page that somebody can reach by links, as every person of the demonstration: it answers, it can be used.
import { barriers, barriersInTheDark, expect, sidewaysScrolling, signIn, test } from "../support/house.js";

const PEOPLE = ["thuongtruc", "truongphong.kt", "chanhvp", "uyvien1", "canbo.kt", "kiemtra", "tiepnhan", "bientap", "quantri"];
/** Narrower than any phone we are likely to meet; also a desktop page at 400 %. */
const NARROWEST = { width: 320, height: 800 };

test("every page that a link leads to can be used", async ({ page }, info) => {
  test.setTimeout(15 * 60_000);
  const faults = new Set();
  const seen = new Set();
  await walk(page, info, "/", seen, faults);
  for (const login of PEOPLE) {
    await page.context().clearCookies();
    await signIn(page, login);
    await walk(page, info, "/noi-bo", seen, faults);
  }
  expect(seen.size, "pages were found").toBeGreaterThan(3);
  expect([...faults]).toEqual([]);
});

/**
 * Follows links from a page. Of pages that differ only in their ids one is looked at in the browser, for the first
 * person who reaches it; for each further person it is only asked for, and its links are followed.
 */
async function walk(page, info, start, seen, faults) {
  const opened = new Set();
  const waiting = [start];
  while (waiting.length > 0) {
    const path = waiting.shift();
    if (opened.has(kind(path))) continue;
    opened.add(kind(path));
    const isNew = !seen.has(kind(path));
    seen.add(kind(path));
    const answer = isNew ? await page.goto(path) : await page.request.get(path);
    if (answer.status() >= 400) {
      faults.add(`${kind(path)} answers ${answer.status()}`);
      continue;
    }
    if (isNew) for (const fault of await look(page, info)) faults.add(`${kind(path)} ${fault}`);
    waiting.push(...links(isNew ? await page.content() : await answer.text(), answer.url()));
  }
}

async function look(page, info) {
  const found = await barriers(page);
  if (info.project.name === "desktop") return [...found, ...(await barriersInTheDark(page))];
  const usual = page.viewportSize();
  await page.setViewportSize(NARROWEST);
  found.push(...(await sidewaysScrolling(page)));
  await page.setViewportSize(usual);
  return found;
}

/** The pages of ours that this one links to; not its files, not the switch of language. */
function links(html, address) {
  const anchors = [...html.matchAll(/<a\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/\sdownload[\s=>]/.test(tag));
  return anchors
    .flatMap((tag) => /\shref="([^"]*)"/.exec(tag)?.[1] ?? [])
    .map((href) => new URL(href.replaceAll(/&(amp|#38);/g, "&"), address))
    .filter(({ origin, pathname }) => origin === new URL(address).origin && !pathname.startsWith("/ngon-ngu") && !isFile(pathname))
    .map(({ pathname, search }) => pathname + search);
}

function isFile(pathname) {
  return /\.(pdf|docx|xlsx|csv|json|svg|zip|xml)$/.test(pathname) || pathname.includes("/tep/");
}

/** The path without what tells one record from another. */
function kind(path) {
  const { pathname } = new URL(path, "http://house");
  const rule = pathname.replace(/^(\/noi-bo\/luat)\/(?!van-ban$|thay-doi$).+/, "$1/{rule}");
  return rule.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}").replace(/\d+/g, "{n}");
}
