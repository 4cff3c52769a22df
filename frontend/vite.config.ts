import { resolve } from "node:path";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  base: "/static/app/",
  // Every component here, and every one of the library's that we use, is written with setup().
  plugins: [vue({ features: { optionsAPI: false } })],
  resolve: { alias: { "@": resolve(root, "src") } },
  build: {
    // Older Chromium shells on domestic desktops (frontend.md §5.3).
    target: ["chrome79", "safari13"],
    cssTarget: ["chrome79", "safari13"],
    manifest: true,
    // A data: URL would need a wider img-src; an inline script would break the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        staff: resolve(root, "staff.html"),
        portal: resolve(root, "portal.html"),
        display: resolve(root, "display.html"),
        kiosk: resolve(root, "kiosk.html"),
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts", "src/**/*.test.ts"],
    testTimeout: 10_000,
  },
});
