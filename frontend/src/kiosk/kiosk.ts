/** The kiosk at work: its menu, kept fresh, and the one ticket that a person takes. */
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { api } from "@/shared/api/client";
import { ApiError, errorText } from "@/shared/api/errors";
import { Intent } from "@/shared/api/intent";
import type { KioskTicket, Menu, MenuGroup, MenuQueue } from "@/shared/api/queue-types";
import type { Device } from "@/shared/device/device";
import { chooseLocale } from "@/shared/i18n";
import { boot } from "@/shared/boot";
import { syncClock } from "@/shared/time/clock";
import { idleAfter, isFlat, offered, type Step } from "./flow";

const EVERY_MS = 10_000;

export function useKiosk(device: Device) {
  const menu = shallowRef<Menu | null>(null);
  const step = ref<Step>("groups");
  const group = shallowRef<MenuGroup | null>(null);
  const queue = shallowRef<MenuQueue | null>(null);
  const reason = ref("");
  const phone = ref("");
  const ticket = shallowRef<KioskTicket | null>(null);
  const problem = ref("");
  const busy = ref(false);
  const refused = ref(false);
  const lostSince = ref<number | null>(null);
  const intent = new Intent();
  let idle: ReturnType<typeof setTimeout> | undefined;

  const groups = computed(() => (menu.value ? offered(menu.value, device.settings.value.queues) : []));
  const flat = computed(() => isFlat(groups.value));
  const hall = computed(() => (typeof menu.value?.hall === "string" ? menu.value.hall : (menu.value?.hall.name ?? boot.hall?.name ?? "")));

  async function look(): Promise<void> {
    try {
      const next = await api.get<Menu>("kiosk/menu");
      syncClock(next.at);
      menu.value = next;
      refused.value = false;
      lostSince.value = null;
    } catch (error) {
      miss(error);
    }
  }

  function miss(error: unknown): void {
    if (error instanceof ApiError && [401, 403].includes(error.status)) {
      if (!refused.value) void device.look();
      refused.value = true;
    } else lostSince.value ??= Date.now();
  }

  function touch(): void {
    clearTimeout(idle);
    const wait = idleAfter(step.value);
    if (wait !== null) idle = setTimeout(home, wait);
  }

  /** The next person begins anew: nothing of the last one stays on the screen. */
  function home(): void {
    const leaving = step.value !== "groups";
    step.value = "groups";
    group.value = queue.value = ticket.value = null;
    reason.value = phone.value = problem.value = "";
    if (leaving) void chooseLocale(boot.locale as "zh-CN");
    void look();
  }

  function openGroup(chosen: MenuGroup): void {
    group.value = chosen;
    step.value = "types";
  }
  function choose(chosen: MenuQueue): void {
    queue.value = chosen;
    reason.value = phone.value = problem.value = "";
    step.value = "confirm";
  }
  function back(): void {
    problem.value = "";
    if (step.value === "confirm" && !flat.value && group.value) step.value = "types";
    else home();
  }
  function door(next: "checkin" | "return"): void {
    problem.value = "";
    step.value = next;
  }

  /** However often the button is tapped: one intent, one key, one ticket. */
  async function send(path: string, body: Record<string, string>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = "";
    try {
      ticket.value = await api.post<KioskTicket>(path, body, { intent });
      step.value = "ticket";
      void look();
    } catch (error) {
      problem.value = errorText(error);
      if (error instanceof ApiError && error.status === 0) lostSince.value ??= Date.now();
    } finally {
      busy.value = false;
      touch();
    }
  }
  async function take(): Promise<void> {
    if (!queue.value) return;
    const body: Record<string, string> = { queue: queue.value.id };
    if (reason.value) body.priority_reason = reason.value;
    if (phone.value) body.phone = phone.value;
    await send("kiosk/tickets", body);
  }
  const checkIn = (typed: string): Promise<void> => send("kiosk/check-in", /^1\d{10}$/.test(typed) ? { phone: typed } : { code: typed });
  const comeBack = (code: string): Promise<void> => send("kiosk/returns", { code });

  watch(step, touch);
  watch(device.state, (now, before) => {
    if (now === "paired" && before !== "paired") void look();
  });
  const beat = setInterval(() => void look(), EVERY_MS);
  onScopeDispose(() => {
    clearInterval(beat);
    clearTimeout(idle);
  });
  void look();
  return { menu, groups, flat, hall, step, group, queue, reason, phone, ticket, problem, busy, refused, lostSince, touch, home, openGroup, choose, back, door, take, checkIn, comeBack };
}

export type Kiosk = ReturnType<typeof useKiosk>;
