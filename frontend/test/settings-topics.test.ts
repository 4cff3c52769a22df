import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { staleKeys } from "@/shared/live/patch";

/** Pages on which a hall decides something: what they list, the topic its services publish to, and
 *  the file that hears it while the page is open (`App.vue` hears some of them for every page). */
const PAGES: [page: string, key: string, topic: string, heard: string][] = [
  ["calendar", "calendar", "policies", "features/time/SettingsPage.vue"],
  ["limits", "deadline-policies", "policies", "features/time/SettingsPage.vue"],
  ["parameters", "parameters", "policies", "features/time/SettingsPage.vue"],
  ["codes", "parameters", "policies", "features/admin/AdminPage.vue"],
  ["items", "setup", "desk", "features/admin/ItemsPanel.vue"],
  ["readiness", "setup", "desk", "features/admin/ReadinessPanel.vue"],
  ["people", "people", "staff", "features/people/PeoplePage.vue"],
  ["departments", "departments", "staff", "features/people/PeoplePage.vue"],
  ["the desk's name", "hall", "staff", "features/people/PeoplePage.vue"],
  ["lines", "queues", "queue", "App.vue"],
  ["windows", "windows", "queue", "App.vue"],
  ["skills", "skills", "board", "features/setup/SkillsPanel.vue"],
  ["screens", "devices", "devices", "features/screens/ScreensPage.vue"],
  ["templates", "paper-templates", "desk", "features/documents/TemplatesPage.vue"],
  ["views of the ledger", "ledger-views", "desk", "App.vue"],
  ["guidance", "guidance", "reception", "features/reception/ReceptionPage.vue"],
  ["rooms", "rooms", "reception", "features/reception/ReceptionPage.vue"],
];

describe("a page that shows what a hall decides", () => {
  it.each(PAGES)("%s: %s is fetched again with topic %s", (_page, key, topic, heard) => {
    const source = readFileSync(resolve(import.meta.dirname, "../src/staff", heard), "utf8");

    expect(staleKeys(topic).map((one) => one[0])).toContain(key);
    expect(source).toMatch(new RegExp(`useTopic\\(.*"${topic}"`));
  });
});
