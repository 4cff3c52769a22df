import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bringWords, setLocale, startI18n, translate, type Loaders, type Messages } from "@/shared/i18n";
import { loaders } from "@/staff/i18n";
import { THEMES, themes, type Theme } from "@/staff/themes";
import { keysIn, modulesBehind } from "./words-used";

const ROOT = resolve(import.meta.dirname, "..", "src");
/** Where parts are fetched later, with the words that come with them. */
const FETCHERS = ["staff/router.ts", "staff/App.vue", "staff/parts/NoticeBell.vue", "staff/features/desk/DeskPage.vue", "staff/features/case/lazy-case.ts", "staff/features/documents/lazy-papers.ts"];
const SPEAKING = /speaking\(\[([^\]]*)\],\s*\(\) => import\("([^"]+)"\)\)/g;

const whose = new Map<string, Theme>();
const common = new Set<string>();
beforeAll(async () => {
  Object.keys((await loaders["zh-CN"]()).default).forEach((key) => common.add(key));
  for (const theme of THEMES) Object.keys((await themes[theme]["zh-CN"]()).default).forEach((key) => whose.set(key, theme));
});

function missing(files: readonly string[], held: readonly string[]): string[] {
  const keys = [...whose.keys()].filter((key) => !common.has(key) && !held.includes(whose.get(key)!));
  const found = modulesBehind(files).flatMap((file) => keysIn(file, keys).map((key) => `${whose.get(key)!}: ${key} (${file.slice(ROOT.length + 1)})`));
  return [...new Set(found)];
}

const parts = FETCHERS.flatMap((from) => {
  const folder = from.split("/").slice(0, -1).join("/");
  const text = readFileSync(resolve(ROOT, from), "utf8");
  return [...text.matchAll(SPEAKING)].map(([, list, path]) => ({
    page: resolve("/", folder, path!).slice(1), held: [...list!.matchAll(/"(\w+)"/g)].map((one) => one[1]!),
  }));
});

describe("a page brings its words", () => {
  it("is fetched with its themes wherever the router names one", () => {
    const text = readFileSync(resolve(ROOT, "staff/router.ts"), "utf8");

    expect(parts.filter((part) => text.includes(part.page.replace("staff/", "./"))).length).toBe(text.match(/import\("/g)!.length);
  });

  it.each(parts.map((part) => [part.page, part.held] as const))("%s", (page, held) => {
    expect(missing([page], ["refusals", ...held])).toEqual([]);
  });

  it("says nothing in the shell that only a page holds", () => {
    expect(missing(["staff/main.ts"], ["refusals"])).toEqual([]);
  });
});

describe("words that arrive later", () => {
  const of = (name: string): Loaders => Object.fromEntries(
    (["zh-CN", "zh-TW", "en"] as const).map((one) => [one, async () => ({ default: { [name]: `${name} ${one}` } as Messages })]),
  ) as Loaders;

  it("follow the language, whichever of the two comes first", async () => {
    await startI18n(loaders, "zh-CN");
    await bringWords(of("early"));
    const [turning, late] = [setLocale("en"), bringWords(of("late"))];
    await Promise.all([turning, late]);

    expect([translate("early"), translate("late")]).toEqual(["early en", "late en"]);
    const [coming, back] = [bringWords(of("beside")), setLocale("zh-TW")];
    await Promise.all([coming, back]);

    expect([translate("early"), translate("late"), translate("beside")]).toEqual(["early zh-TW", "late zh-TW", "beside zh-TW"]);
  });

  it("let the last choice of language stand", async () => {
    const slow: Loaders = { ...of("slow"), en: () => new Promise((done) => setTimeout(() => done({ default: { slow: "slow en" } }), 20)) };
    await startI18n(loaders, "zh-CN");
    await bringWords(slow);
    await Promise.all([setLocale("en"), setLocale("zh-CN")]);

    expect(translate("slow")).toBe("slow zh-CN");
  });

  it("are asked for again after a failed fetch", async () => {
    let fails = true;
    const shaky: Loaders = { ...of("shaky"), "zh-CN": () => (fails ? Promise.reject(new Error("offline")) : Promise.resolve({ default: { shaky: "here" } })) };
    await startI18n(loaders, "zh-CN");
    await expect(bringWords(shaky)).rejects.toThrow("offline");
    fails = false;
    await bringWords(shaky);

    expect(translate("shaky")).toBe("here");
  });
});
