// Gzip budgets of the built bundle (frontend.md §5.9), read from Vite's manifest.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = process.env.BANCHENG_FRONTEND_DIST ?? join(import.meta.dirname, "..", "dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"));
const KB = 1024;

/** Every file that must arrive before the named manifest keys can run, each once. */
function closure(keys) {
  const seen = new Set();
  const walk = (key) => {
    if (seen.has(key)) return;
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the manifest does not know ${key}`);
    seen.add(key);
    (chunk.imports ?? []).forEach(walk);
  };
  keys.forEach(walk);
  const chunks = [...seen].map((key) => manifest[key]);
  return {
    js: chunks.map((chunk) => chunk.file).filter((file) => file.endsWith(".js")),
    css: [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))],
  };
}

function gz(files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) / KB;
}

const locale = (surface) => `src/${surface}/locales/zh-CN/index.ts`;
const router = readFileSync(join(import.meta.dirname, "..", "src", "staff", "router.ts"), "utf8");

/** A page of the console arrives with the words that the router names beside it. */
function page(name) {
  const found = new RegExp(`speaking\\(\\[([^\\]]*)\\], \\(\\) => import\\("./features/${name}"\\)`).exec(router);
  if (!found) throw new Error(`the router does not name ${name}`);
  const themes = ["refusals", ...[...found[1].matchAll(/"(\w+)"/g)].map((one) => one[1])];
  return [`src/staff/features/${name}`, ...themes.map((theme) => `src/staff/locales/zh-CN/${theme}.ts`)];
}
const rows = [
  ["portal", ["portal.html", locale("portal")], 60, 8],
  ["display", ["display.html", locale("display")], 45, 6],
  ["kiosk", ["kiosk.html", locale("kiosk")], 45, 6],
  ["staff shell", ["staff.html", locale("staff")], 90, 20],
  ["staff + console", ["staff.html", locale("staff"), ...page("desk/DeskPage.vue")], 150, 20],
  ["staff + case", ["staff.html", locale("staff"), ...page("case/CasePage.vue")], 170, 20],
  ["staff + city", ["staff.html", locale("staff"), ...page("city/CityPage.vue")], 180, 20],
];
let failed = false;
for (const [name, keys, jsMax, cssMax] of rows) {
  const files = closure(keys);
  const [js, css] = [gz(files.js), gz(files.css)];
  const over = js > jsMax || css > cssMax;
  failed ||= over;
  console.log(`${over ? "OVER" : "ok  "} ${name.padEnd(16)} js ${js.toFixed(1)}/${jsMax} KB  css ${css.toFixed(1)}/${cssMax} KB`);
}
process.exit(failed ? 1 : 0);
