// Builds src/ into dist/: assets/ holds the files under their hashed names, manifest.json says which name each has now.
// dist/ is not committed; `cargo xtask setup` runs this when something here changed.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";

const ASSETS = "dist/assets";
// What a visitor on a slow line is made to wait for, compressed. The build fails above it.
const BUDGETS = { "style.css": 12 * 1024, "app.js": 25 * 1024 };

rmSync("dist", { recursive: true, force: true });
mkdirSync(ASSETS, { recursive: true });
const manifest = { "icons.svg": sprite(), ...(await bundle()), ...fonts() };
writeFileSync("dist/manifest.json", JSON.stringify(manifest, null, 1) + "\n");
report(manifest);

async function bundle() {
  const { metafile } = await build({
    entryPoints: ["src/app.js", "src/style.css"],
    bundle: true,
    minify: true,
    format: "esm",
    metafile: true,
    target: ["chrome99", "firefox97", "safari15.4"],
    loader: { ".woff2": "file" },
    legalComments: "none",
    charset: "utf8",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outdir: ASSETS,
    publicPath: "/assets",
  });
  const built = {};
  for (const [file, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint) built[basename(output.entryPoint)] = basename(file);
  }
  return built;
}

function fonts() {
  const built = {};
  for (const file of readdirSync(ASSETS)) {
    const subset = file.match(/^source-sans-3-(latin|vietnamese).*\.woff2$/)?.[1];
    if (subset) built[`font-${subset}`] = file;
  }
  return built;
}

// Our icons as one sprite: <svg class="ic"><use href="…/icons-HASH.svg#name"/></svg>.
function sprite() {
  const icons = JSON.parse(readFileSync("src/icons/icons.json", "utf8"));
  const symbols = Object.entries(icons).map(([name, path]) => `<symbol id="${name}" viewBox="0 0 24 24"><path d="${path}"/></symbol>`);
  symbols.push(readFileSync("src/icons/emblem.svg", "utf8").trim());
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const name = `icons-${createHash("sha256").update(svg).digest("hex").slice(0, 8)}.svg`;
  writeFileSync(`${ASSETS}/${name}`, svg);
  return name;
}

function report(built) {
  let tooLarge = false;
  for (const [name, file] of Object.entries(built)) {
    const bytes = readFileSync(`${ASSETS}/${file}`);
    const sent = file.endsWith(".woff2") ? bytes.length : brotliCompressSync(bytes).length;
    const over = sent > (BUDGETS[name] ?? Infinity);
    tooLarge ||= over;
    console.log(`${name}: ${(sent / 1024).toFixed(1)} KB sent${over ? `, above its budget of ${BUDGETS[name] / 1024} KB` : ""}`);
  }
  if (tooLarge) process.exit(1);
}
