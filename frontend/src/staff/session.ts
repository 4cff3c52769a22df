/** Who is signed in, at which post, with which permissions; nothing is kept in storage. */
import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { api, rememberCsrf } from "@/shared/api/client";
import type { HallSummary, Role, Session } from "@/shared/api/types";
import { boot } from "@/shared/boot";
import { syncClock } from "@/shared/time/clock";

const CITY_ROLES: readonly Role[] = ["city_admin", "district_admin", "supervisor", "analyst"];
const UNIT_ROLES: readonly Role[] = ["dept_handler", "dept_lead"];

export const useSession = defineStore("session", () => {
  const session = ref<Session | null>(null);
  const expired = ref(false);
  /** Signed in with a password that opens nothing but its own change. */
  const mustChange = computed(() => session.value?.mustChange === true);
  const signedIn = computed(() => session.value?.authenticated === true && !mustChange.value);
  const post = computed(() => session.value?.post ?? null);
  const roles = computed<Role[]>(() => post.value?.roles ?? []);
  const hall = computed<HallSummary | null>(() => session.value?.hall ?? boot.hall);
  const department = computed(() => post.value?.department ?? null);

  function take(next: Session): void {
    session.value = next;
    expired.value = false;
    rememberCsrf(next.csrf);
    syncClock(next.now);
  }
  /** Whoever was signed in and is not any more keeps the page and what is typed on it, behind the sign-in. */
  async function load(): Promise<void> {
    const next = await api.get<Session>("session");
    const lost = signedIn.value && !next.authenticated;
    if (lost) rememberCsrf(next.csrf);
    else take(next);
    expired.value = lost;
  }
  async function signIn(username: string, password: string): Promise<void> {
    take(await api.post<Session>("session", { username, password }));
    if (!session.value?.authenticated || !session.value.permissions) await load();
  }
  async function signOut(): Promise<void> {
    await api.delete("session");
    session.value = null;
  }
  const hasRole = (...wanted: Role[]): boolean => roles.value.some((role) => wanted.includes(role));
  const may = (permission: string): boolean => session.value?.permissions.includes(permission) ?? false;
  const isUnit = computed(() => roles.value.length > 0 && roles.value.every((role) => UNIT_ROLES.includes(role)));
  const seesCity = computed(
    () => hasRole(...CITY_ROLES) && (hall.value?.level === "city" || hall.value?.level === "district"),
  );
  /** Where this post starts its day. */
  const home = computed(() => {
    if (isUnit.value) return "/inbox";
    if (roles.value.length > 0 && roles.value.every((role) => role === "assistant")) return "/work";
    if (roles.value.length > 0 && roles.value.every((role) => role === "greeter" || role === "guidance_officer")) return "/reception";
    if (roles.value.length > 0 && roles.value.every((role) => CITY_ROLES.includes(role))) return "/city";
    return "/desk";
  });
  return { session, expired, signedIn, mustChange, post, roles, hall, department, load, signIn, signOut, hasRole, may, isUnit, seesCity, home };
});

export function networkName(hall: HallSummary | null): string {
  return hall?.network || (boot.network ?? "");
}
