import "@/shared/styles/tokens.css";
import "@/shared/styles/base.css";
import { createApp } from "vue";
import { boot } from "@/shared/boot";
import { startI18n } from "@/shared/i18n";
import { reloadOnceWhenChunksVanish } from "@/shared/stale-chunk";
import App from "./App.vue";
import { loaders } from "./i18n";

reloadOnceWhenChunksVanish();
void startI18n(loaders, boot.locale).then(() => createApp(App).mount("#app"));
window.addEventListener("load", () => setTimeout(() => void import("@/shared/device/offline").then(({ workOffline }) => workOffline("/kiosk/")), 3_000));
