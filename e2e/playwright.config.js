// Browser tests against the built program with demonstration data. `cargo xtask e2e` builds it and runs them.
import { defineConfig } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const program = process.env.THIDUA_PROGRAM ?? resolve("../target/debug/thidua");
// Workers read this file too: the first reader chooses port and folder, the others find them in the environment.
process.env.THIDUA_PORT ??= String(await freePort());
process.env.THIDUA_DATA ??= mkdtempSync(join(tmpdir(), "thidua-e2e-"));
process.env.THIDUA_PORT_OF_CHAIN ??= String(await freePort());
process.env.THIDUA_PORT_ON_POSTGRES ??= String(await freePort());
const address = `127.0.0.1:${process.env.THIDUA_PORT}`;
const ofChain = `127.0.0.1:${process.env.THIDUA_PORT_OF_CHAIN}`;
const onPostgres = `127.0.0.1:${process.env.THIDUA_PORT_ON_POSTGRES}`;
// An empty database on PostgreSQL; without one, the tests marked @postgres are left out.
const database = process.env.THIDUA_E2E_DATABASE;

const browser = {
  browserName: "chromium",
  locale: "vi-VN",
  timezoneId: "Asia/Ho_Chi_Minh",
  baseURL: `http://${address}`,
  trace: "retain-on-failure",
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  globalTeardown: "./support/clear-away.js",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  forbidOnly: true,
  reporter: [["list"]],
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: "disabled" } },
  snapshotPathTemplate: "{testDir}/../pictures/{projectName}/{arg}{ext}",
  webServer: [
    serve(`--data "${process.env.THIDUA_DATA}"`, address),
    serve(`--data "${process.env.THIDUA_DATA}/of-chain"`, ofChain),
    ...(database ? [serve(`--data "${process.env.THIDUA_DATA}/on-postgres" --database-url ${database}`, onPostgres)] : []),
  ],
  // A test marked @nojs runs without scripts only, one marked @desktop or @phone at that width only, one marked
  // @chain in a house of its own, since it changes what everybody sees, one marked @postgres likewise without scripts on
  // PostgreSQL; the rest at both widths.
  projects: [
    { name: "desktop", use: { ...browser, viewport: { width: 1280, height: 900 } }, grepInvert: /@nojs|@phone|@chain|@postgres/ },
    { name: "phone", use: { ...browser, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, grepInvert: /@nojs|@desktop|@chain|@postgres/ },
    { name: "nojs", use: { ...browser, viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }, grep: /@nojs/ },
    { name: "chain", use: { ...browser, baseURL: `http://${ofChain}`, viewport: { width: 1280, height: 900 } }, grep: /@chain/ },
    ...(database
      ? [{ name: "postgres", use: { ...browser, baseURL: `http://${onPostgres}`, javaScriptEnabled: false }, grep: /@postgres/ }]
      : []),
  ],
});

/** The program on example data. */
function serve(store, listen) {
  return {
    command: `"${program}" serve --demo ${store} --listen ${listen}`,
    url: `http://${listen}/song`,
    reuseExistingServer: false,
    timeout: 120_000,
  };
}

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
