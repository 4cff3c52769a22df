// @vitest-environment node
import { describe, expect, it } from "vitest";
import { problemsIn } from "../scripts/lint.mjs";

describe("the house lint finds", () => {
  it.each([
    ["src/portal/App.vue", '<script setup lang="ts">\nimport { t } from "@/staff/i18n";\n</script>', "imports from staff"],
    ["src/staff/parts/X.vue", '<script setup lang="ts">\nimport { ElDialog } from "element-plus";\n</script>', "Element Plus is imported only in src/staff/element.ts"],
    ["src/staff/parts/X.vue", '<template><p style="color: red">x</p></template>', "static style attribute: the policy drops it"],
    ["src/staff/parts/X.vue", '<template><p v-html="x" /></template>', "v-html outside SafeHtml"],
    ["src/staff/parts/X.vue", "<template><p>窗口</p></template>", "Chinese text outside locales (line 1)"],
  ])("%s: %s", (path, text, rule) => {
    expect(problemsIn(path, text)).toEqual([`${path}: ${rule}`]);
  });

  it("nothing in bound styles, comments and locales", () => {
    expect(problemsIn("src/staff/parts/X.vue", '<!-- 窗口 -->\n<template><p :style="x">y</p></template>')).toEqual([]);
    expect(problemsIn("src/staff/locales/zh-CN/a.ts", 'export default { "a": "窗口" };')).toEqual([]);
  });
});
