import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { useSession } from "./session";
import { speaking } from "./themes";

/** Who may open a page; the server decides again on every request. */
export type Gate = "any" | "hall" | "unit" | "city" | `may:${string}`;
declare module "vue-router" {
  interface RouteMeta { permission?: Gate; nav?: string }
}

const routes: RouteRecordRaw[] = [
  { path: "/", redirect: () => useSession().home },
  { path: "/login", name: "login", component: speaking(["account"], () => import("./features/login/LoginPage.vue")) },
  { path: "/desk", name: "desk", meta: { permission: "hall", nav: "desk" }, component: speaking(["case", "desk"], () => import("./features/desk/DeskPage.vue")) },
  { path: "/cases", name: "cases", meta: { permission: "any", nav: "cases" }, component: speaking(["case", "time"], () => import("./features/case/CasesPage.vue")) },
  { path: "/cases/:id", name: "case", props: true, meta: { permission: "any", nav: "cases" }, component: speaking(["accountability", "attachments", "case", "intake", "keep", "meetings", "oversight", "time", "work", "workfields"], () => import("./features/case/CasePage.vue")) },
  { path: "/inbox", name: "inbox", meta: { permission: "unit", nav: "inbox" }, component: speaking(["case", "desk", "intake"], () => import("./features/queue/InboxPage.vue")) },
  { path: "/referral/:box(in|out)", name: "referrals", props: true, meta: { permission: "hall", nav: "referrals" }, component: speaking(["accountability", "attachments", "case", "desk", "keep", "meetings", "oversight", "time", "work", "workfields"], () => import("./features/referral/ReferralsPage.vue")) },
  { path: "/work/:item?", name: "work", props: true, meta: { permission: "may:work.read", nav: "work" }, component: speaking(["attachments", "case", "keep", "meetings", "time", "work", "workfields"], () => import("./features/work/WorkPage.vue")) },
  { path: "/meetings/:meeting?", name: "meetings", props: true, meta: { permission: "may:meetings.read", nav: "meetings" }, component: speaking(["attachments", "case", "keep", "meetings", "time", "work", "workfields"], () => import("./features/meetings/MeetingsPage.vue")) },
  { path: "/board", name: "board", meta: { permission: "hall", nav: "board" }, component: speaking(["board", "oversight"], () => import("./features/board/BoardPage.vue")) },
  { path: "/reception/:part(greeting|guidance|feedback|appointments|effect)?", name: "reception", props: true, meta: { permission: "may:guidance.record", nav: "reception" }, component: speaking(["case", "desk", "reception"], () => import("./features/reception/ReceptionPage.vue")) },
  { path: "/lines", name: "lines", meta: { permission: "may:windows.set_up", nav: "lines" }, component: speaking(["board", "case", "desk", "reception", "screens"], () => import("./features/setup/SetupPage.vue")) },
  { path: "/screens", name: "screens", meta: { permission: "may:devices.manage", nav: "screens" }, component: speaking(["desk", "screens"], () => import("./features/screens/ScreensPage.vue")) },
  { path: "/notices", name: "notices", component: speaking(["notices", "oversight", "work"], () => import("./features/notices/NoticesPage.vue")) },
  { path: "/oversight/:part(cards|stalls|orders|duty|quality)?", name: "oversight", props: true, meta: { permission: "may:cards.read", nav: "oversight" }, component: speaking(["case", "oversight", "time"], () => import("./features/oversight/OversightPage.vue")) },
  { path: "/ledger/:part(exports)?", name: "ledger", props: true, meta: { permission: "may:ledger.read", nav: "ledger" }, component: speaking(["accountability", "intake", "ledger", "oversight", "time"], () => import("./features/ledger/LedgerPage.vue")) },
  { path: "/intake", name: "intake", meta: { permission: "may:intake.figures", nav: "intake" }, component: speaking(["desk", "intake"], () => import("./features/intake/IntakePage.vue")) },
  { path: "/conduct/:part(files|new|watch|own)?", name: "conduct", props: true, meta: { permission: "any", nav: "conduct" }, component: speaking(["conduct", "keep"], () => import("./features/conduct/ConductPage.vue")) },
  { path: "/conduct/:id", name: "conduct-file", props: true, meta: { permission: "may:conduct.read", nav: "conduct" }, component: speaking(["attachments", "conduct"], () => import("./features/conduct/FilePage.vue")) },
  { path: "/city", name: "city", meta: { permission: "city", nav: "city" }, component: speaking(["city"], () => import("./features/city/CityPage.vue")) },
  { path: "/city/halls/:id", name: "city-hall", props: true, meta: { permission: "city", nav: "city" }, component: speaking(["city"], () => import("./features/city/CityHallPage.vue")) },
  { path: "/admin/:part(setup|items|codes|configuration)", name: "admin", props: true, meta: { permission: "may:setup.read", nav: "admin" }, component: speaking(["admin", "case", "desk", "oversight", "parameters", "screens", "sheets", "time"], () => import("./features/admin/AdminPage.vue")) },
  { path: "/documents/:kind?", name: "documents", props: true, meta: { permission: "may:templates.read", nav: "documents" }, component: speaking(["documents"], () => import("./features/documents/TemplatesPage.vue")) },
  { path: "/settings/:part(calendar|limits|parameters)?", name: "settings", props: true, meta: { permission: "may:policies.decide", nav: "settings" }, component: speaking(["case", "desk", "parameters", "time"], () => import("./features/time/SettingsPage.vue")) },
  { path: "/people/:part(people|departments|desk)?", name: "people", props: true, meta: { permission: "may:staff.confirm", nav: "people" }, component: speaking(["account", "people", "sheets"], () => import("./features/people/PeoplePage.vue")) },
  { path: "/account", name: "account", component: speaking(["account"], () => import("./features/people/AccountPage.vue")) },
  { path: "/:rest(.*)*", name: "lost", component: speaking([], () => import("./parts/LostPage.vue")) },
];

export function permitted(gate: Gate | undefined): boolean {
  const session = useSession();
  if (gate?.startsWith("may:")) return session.may(gate.slice(4));
  if (gate === "city") return session.seesCity;
  if (gate === "hall") return !session.isUnit;
  if (gate === "unit") return session.department !== null;
  return true;
}

export function makeRouter() {
  const router = createRouter({
    history: createWebHistory("/"),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
  router.beforeEach((to) => {
    const session = useSession();
    if (to.name === "login") return session.signedIn ? session.home : true;
    if (!session.signedIn) return { name: "login", query: to.path === "/" ? {} : { next: to.fullPath } };
    return true;
  });
  return router;
}
