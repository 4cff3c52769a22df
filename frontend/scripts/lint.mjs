// House rules for the front end (frontend.md §5.1) that a type checker cannot see.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "@vue/compiler-sfc";

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\u3001-\u3011]/;
const STAFF_IMPORT = /(?:from|import\()\s*["'](?:@\/staff|(?:\.\.\/)+staff)/;

export function problemsIn(path, text) {
  const found = [];
  const say = (rule) => found.push(`${path}: ${rule}`);
  const code = withoutComments(path, text);
  if (/^src\/(portal|display|kiosk|shared)\//.test(path) && STAFF_IMPORT.test(code)) {
    say("imports from staff");
  }
  if (path !== "src/staff/element.ts" && /["']element-plus/.test(code)) {
    say("Element Plus is imported only in src/staff/element.ts");
  }
  const template = path.endsWith(".vue") ? templateOf(text) : "";
  if (/\sstyle="/.test(template)) say("static style attribute: the policy drops it");
  if (/\sv-html\b/.test(template) && !path.endsWith("/SafeHtml.vue")) say("v-html outside SafeHtml");
  if (!/\/locales\//.test(path) && !path.endsWith(".css") && CJK.test(code)) {
    const line = code.split("\n").findIndex((row) => CJK.test(row)) + 1;
    say(`Chinese text outside locales (line ${line})`);
  }
  return found;
}

function templateOf(text) {
  return parse(text).descriptor.template?.content ?? "";
}

function withoutComments(path, text) {
  const blank = (match) => match.replace(/[^\n]/g, " ");
  let code = text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(^|[\s;{(,])\/\/[^\n]*/g, blank);
  if (path.endsWith(".vue")) code = code.replace(/<!--[\s\S]*?-->/g, blank);
  return code;
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue|css|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").pop())) {
  const root = join(import.meta.dirname, "..");
  const found = filesUnder(join(root, "src"))
    .filter((file) => !/\.test\.ts$/.test(file) && !file.endsWith("schema.d.ts"))
    .flatMap((file) => problemsIn(relative(root, file), readFileSync(file, "utf8")));
  for (const problem of found) console.error(problem);
  console.log(found.length ? `${found.length} problem(s)` : "front-end lint: no problem");
  process.exit(found.length ? 1 : 0);
}
