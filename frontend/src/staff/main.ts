import "@/shared/styles/tokens.css";
import "@/shared/styles/base.css";
import "@/shared/styles/element-bridge.css";
import "@/shared/styles/print.css";
import "./console.css";
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { keepFocus } from "@/shared/a11y/keep-focus";
import { startShortcuts } from "@/shared/a11y/shortcuts";
import { startTextSize } from "@/shared/a11y/textsize";
import { boot } from "@/shared/boot";
import { startI18n } from "@/shared/i18n";
import { reloadOnceWhenChunksVanish } from "@/shared/stale-chunk";
import App from "./App.vue";
import { loaders } from "./i18n";
import { makeRouter } from "./router";
import { useSession } from "./session";

async function start(): Promise<void> {
  reloadOnceWhenChunksVanish();
  startTextSize();
  startShortcuts();
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: false } },
  });
  const app = createApp(App);
  app.use(createPinia());
  await Promise.all([startI18n(loaders, boot.locale), useSession().load().catch(() => undefined)]);
  app.use(VueQueryPlugin, { queryClient: queries });
  app.use(makeRouter());
  app.mount("#app");
  keepFocus();
}

void start();
