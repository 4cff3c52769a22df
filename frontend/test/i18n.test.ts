import { afterAll, describe, expect, it } from "vitest";
import { nearestLocale, setLocale, startI18n, translate, word, type Loaders, type Messages } from "@/shared/i18n";
import { ApiError, errorText } from "@/shared/api/errors";
import { loaders as display } from "@/display/i18n";
import { loaders as kiosk } from "@/kiosk/i18n";
import { loaders as portal } from "@/portal/i18n";
import { catalogue as staff } from "./catalogue";

const SURFACES: Record<string, Loaders> = { staff, portal, display, kiosk };
// A Chinese measure word after a number that English does not have.
const MAY_BE_EMPTY = new Set(["display.window"]);
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!).sort();

describe.each(Object.keys(SURFACES))("catalogue of %s", (surface) => {
  const loaders = SURFACES[surface]!;
  const of = async (locale: keyof Loaders): Promise<Messages> => (await loaders[locale]()).default;

  it.each(["zh-TW", "en"] as const)("says everything in %s, with the same parameters", async (locale) => {
    const [source, other] = [await of("zh-CN"), await of(locale)];

    expect(Object.keys(other).sort()).toEqual(Object.keys(source).sort());
    const wrong = Object.keys(source).filter((key) => {
      const forms = other[key]!.split("|");
      return (other[key] === "" && !MAY_BE_EMPTY.has(key)) || forms.some((form) => holes(form).join() !== holes(source[key]!).join());
    });
    expect(wrong).toEqual([]);
  });

  it("has no Chinese left in English and no simplified window in Traditional", async () => {
    const english = Object.entries(await of("en")).filter(([, text]) => /[\u4e00-\u9fff]/.test(text)).filter(([key]) => !key.startsWith("language.")).map(([key]) => key);
    const traditional = Object.entries(await of("zh-TW")).filter(([, text]) => /[办厅这条级还将]/.test(text)).map(([key]) => key);

    expect([english, traditional]).toEqual([[], []]);
  });
});

describe("translator", () => {
  afterAll(() => setLocale("zh-CN"));

  it("chooses the nearest language", () => {
    expect(["zh-Hant-HK", "zh-MO", "en-GB", "zh-Hans", "fr", ""].map(nearestLocale)).toEqual(["zh-TW", "zh-TW", "en", "zh-CN", "zh-CN", "zh-CN"]);
  });

  it("fills parameters and counts in English", async () => {
    await startI18n(staff, "en");

    expect(translate("list.new", { n: 1 })).toBe("1 new case");
    expect(translate("list.new", { n: 3 })).toBe("3 new cases");
    expect(document.documentElement.lang).toBe("en");
  });

  it("words a known code and keeps the server's label for an unknown one", async () => {
    await startI18n(staff, "zh-CN");

    expect(word("state", "in_progress")).toBe("办理中");
    expect(word("exemption", "new_code", "新的理由")).toBe("新的理由");
    expect(word("state", null)).toBe("");
  });

  it("explains a refusal by its code, an unknown one by its status", async () => {
    await startI18n(staff, "zh-CN");

    expect(errorText(new ApiError(422, { code: "cases.callback_by_handler" }))).toBe("回访要由经办人以外的人进行。");
    expect(errorText(new ApiError(409, { code: "something.new" }))).toBe("当前状态不允许此操作。");
    expect(errorText(new ApiError(418, { code: "something.new" }))).toBe("没有完成（代码 something.new）。");
  });
});
