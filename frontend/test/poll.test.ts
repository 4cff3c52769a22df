import { effectScope } from "vue";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, NetworkError } from "@/shared/api/errors";
import { EVERY_MS, usePoll } from "@/portal/features/track/poll";
import { pace } from "@/staff/pace";

let visible = "visible";
beforeEach(() => {
  vi.useFakeTimers();
  visible = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visible as DocumentVisibilityState);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const over = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

describe("the portal looks again", () => {
  it("every fifteen seconds while the page is visible, and at once when it is visible again", async () => {
    const read = vi.fn(() => Promise.resolve("a"));
    const scope = effectScope();
    scope.run(() => usePoll<string>(read, over).put("first"));
    await vi.advanceTimersByTimeAsync(2 * EVERY_MS);
    expect(read).toHaveBeenCalledTimes(2);
    visible = "hidden";
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(read).toHaveBeenCalledTimes(2);
    visible = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(read).toHaveBeenCalledTimes(3);
    scope.stop();
  });

  it("keeps old data and says it is old while the network is away, then recovers", async () => {
    let away = true;
    const scope = effectScope();
    const poll = scope.run(() => usePoll(() => (away ? Promise.reject(new NetworkError()) : Promise.resolve("new")), over))!;
    poll.put("old");
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect([poll.data.value, poll.stale.value]).toEqual(["old", true]);
    away = false;
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect([poll.data.value, poll.stale.value]).toEqual(["new", false]);
    scope.stop();
  });

  it("stops when the server says the look is over", async () => {
    const read = vi.fn(() => Promise.reject(new ApiError(404)));
    const scope = effectScope();
    scope.run(() => usePoll<string>(read, over).put("first"));
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(read).toHaveBeenCalledTimes(1);
    scope.stop();
  });

  it("asks nothing more after the page is left", async () => {
    const read = vi.fn(() => Promise.resolve("a"));
    const scope = effectScope();
    scope.run(() => usePoll<string>(read, over).put("first"));
    scope.stop();
    await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
    expect(read).not.toHaveBeenCalled();
  });
});

describe("calm fetching of boards", () => {
  it("lets the first pass at once and the next only after the interval", async () => {
    const calm = pace(1_000);
    const passed: number[] = [];
    const start = Date.now();
    const go = async (): Promise<void> => {
      await calm();
      passed.push(Date.now() - start);
    };
    await go();
    void go();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(passed).toEqual([0, 1_000]);
  });
});
