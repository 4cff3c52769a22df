/** Which words the modules behind a page speak: read from the source, following static imports. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const SRC = resolve(import.meta.dirname, "..", "src");
const STATIC = /(?:^|\n)\s*(?:import|export)\b(?!\s+type\b)[^;"'()]*?["']([^"']+)["']/g;
/** A part fetched later without words of its own speaks those of its page. */
const LATER = /defineAsyncComponent\(\(\) => import\("([^"]+)"\)\)/g;
const LITERAL = /(["'`])([a-z][\w.-]*)(\1|\$\{)/g;

function fileOf(from: string, name: string): string | null {
  if (!/^[.@]\/|^\.\./.test(name)) return null;
  const base = name.startsWith("@/") ? join(SRC, name.slice(2)) : resolve(dirname(from), name);
  const found = [base, `${base}.ts`, join(base, "index.ts")].find((one) => existsSync(one) && statSync(one).isFile());
  return found && /\.(ts|vue)$/.test(found) ? found : null;
}

/** Every module that arrives with these, each once; locale files aside. */
export function modulesBehind(files: readonly string[]): string[] {
  const seen = new Set<string>();
  const walk = (file: string): void => {
    if (seen.has(file) || file.includes("/locales/")) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, name] of [...text.matchAll(STATIC), ...text.matchAll(LATER)]) {
      const next = fileOf(file, name!);
      if (next) walk(next);
    }
  };
  files.map((file) => join(SRC, file)).forEach(walk);
  return [...seen];
}

/** The keys a module may speak: a key written out, or all keys behind a prefix that it completes. */
export function keysIn(file: string, keys: readonly string[]): string[] {
  const text = readFileSync(file, "utf8");
  const whole = new Set<string>();
  const prefixes = new Set<string>();
  for (const [, , said, end] of text.matchAll(LITERAL)) {
    if (end === "${") prefixes.add(said!);
    else whole.add(said!);
  }
  for (const [, said] of text.matchAll(/\bwords?(?:\(|=|:)\s*["']([a-z][\w.]*)["']/g)) prefixes.add(`${said}.`);
  return keys.filter((key) => whole.has(key) || [...prefixes].some((one) => one.includes(".") && key.startsWith(one)));
}
