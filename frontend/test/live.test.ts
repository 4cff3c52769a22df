import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventsPage } from "@/shared/api/types";
import { LiveClient } from "@/shared/live/live";
import type { SocketLike } from "@/shared/live/protocol";

/** The server's end of a socket, played by the test. */
class Wire implements SocketLike {
  static opened: Wire[] = [];
  readyState = 0;
  onopen: SocketLike["onopen"] = null;
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  onerror: SocketLike["onerror"] = null;
  sent: Record<string, unknown>[] = [];
  constructor() {
    Wire.opened.push(this);
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  drop(code = 1006, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
  asked(t: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.t === t);
  }
}

const ev = (seq: number, topic = "desk") => ({ t: "ev", topic, seq, at: "2026-11-23T09:00:00+08:00", kind: "case.changed", ref: "", version: null, data: {}, actor: "", cid: "" });
const wire = (): Wire => Wire.opened[Wire.opened.length - 1]!;

let client: LiveClient;
let heard: number[];
let resets: number;
let poll: ReturnType<typeof vi.fn<(topic: string, after: number | null) => Promise<EventsPage>>>;

function begin(): void {
  client.subscribe("desk", { onEvent: (event) => heard.push(event.seq), onReset: () => (resets += 1) });
  client.start();
  wire().open();
  wire().say({ t: "ready", epoch: "e1", now: "2026-11-23T09:00:00+08:00" });
  wire().say({ t: "sub", topic: "desk", seq: 10 });
  resets = 0;
}

beforeEach(() => {
  vi.useFakeTimers();
  Wire.opened = [];
  heard = [];
  resets = 0;
  poll = vi.fn(async (topic: string, after: number | null) => ({ topic, head: after ?? 0, events: [], reset: false }));
  client = new LiveClient({ url: "ws://hall/ws/live/", open: () => new Wire(), poll, random: () => 1 });
});
afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

describe("live connection", () => {
  it("greets with its topics and applies events in order", () => {
    begin();

    wire().say(ev(11));
    wire().say(ev(12));

    expect(wire().sent[0]).toEqual({ t: "hello", v: 1, epoch: null, topics: { desk: null } });
    expect(heard).toEqual([11, 12]);
    expect(client.state.value).toBe("live");
  });

  it("drops what it has already applied", () => {
    begin();
    wire().say(ev(11));

    wire().say(ev(11));
    wire().say(ev(9));

    expect(heard).toEqual([11]);
  });

  it("asks for a replay at a gap and applies nothing until it is filled", () => {
    begin();

    wire().say(ev(13));
    wire().say(ev(14));

    expect(heard).toEqual([]);
    expect(wire().asked("replay")).toEqual([{ t: "replay", topic: "desk", since: 10 }]);

    for (const seq of [11, 12, 13, 14]) wire().say(ev(seq));
    expect(heard).toEqual([11, 12, 13, 14]);
  });

  it("asks again when the replay left a hole at its end", () => {
    begin();
    wire().say(ev(12));
    wire().say(ev(11));

    vi.advanceTimersByTime(2_000);

    expect(heard).toEqual([11]);
    expect(wire().asked("replay")).toEqual([
      { t: "replay", topic: "desk", since: 10 },
      { t: "replay", topic: "desk", since: 11 },
    ]);
  });

  it("fetches everything again after a reset and counts on from its number", () => {
    begin();

    wire().say({ t: "reset", topic: "desk", seq: 500 });
    wire().say(ev(501));

    expect(resets).toBe(1);
    expect(heard).toEqual([501]);
  });

  it("learns of a lost last event from the pong", () => {
    begin();

    vi.advanceTimersByTime(20_000);
    wire().say({ t: "pong", seqs: { desk: 11 } });

    expect(wire().asked("ping")).toEqual([{ t: "ping", seqs: { desk: 10 } }]);
    expect(wire().asked("replay")).toEqual([{ t: "replay", topic: "desk", since: 10 }]);
  });

  it("resumes each topic where it stopped after a break", () => {
    begin();
    wire().say(ev(11));

    wire().drop(1012);
    vi.advanceTimersByTime(200);
    wire().open();

    expect(Wire.opened).toHaveLength(2);
    expect(wire().sent[0]).toEqual({ t: "hello", v: 1, epoch: "e1", topics: { desk: 11 } });
  });

  it("waits twice as long after each failure, fifteen seconds at most", () => {
    begin();
    wire().drop();
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const before = Wire.opened.length;
      let waited = 0;
      while (Wire.opened.length === before) {
        vi.advanceTimersByTime(100);
        waited += 100;
      }
      waits.push(waited);
      wire().drop();
    }

    expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 12800, 15000, 15000]);
  });

  it("gives up a socket that has been silent for three intervals", () => {
    begin();

    vi.advanceTimersByTime(60_000);
    vi.advanceTimersByTime(200);

    expect(Wire.opened).toHaveLength(2);
  });

  it("does not flash: the state changes only after five seconds without a socket", async () => {
    begin();
    wire().drop();

    vi.advanceTimersByTime(4_900);
    expect(client.state.value).toBe("live");

    await vi.advanceTimersByTimeAsync(200);
    expect(client.state.value).toBe("degraded");
  });

  it("polls the log while the socket is away and stops when it is back", async () => {
    begin();
    poll.mockImplementationOnce(async (topic) => ({ topic, head: 12, reset: false, events: [11, 12].map((seq) => ({ ...ev(seq) })) }));
    wire().drop();
    await vi.advanceTimersByTimeAsync(5_100);

    expect(poll).toHaveBeenCalledWith("desk", 10);
    expect(heard).toEqual([11, 12]);

    wire().open();
    wire().say({ t: "ready", epoch: "e1", now: "2026-11-23T09:00:00+08:00" });
    expect(wire().sent[0]).toMatchObject({ topics: { desk: 12 } });
    poll.mockClear();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(poll).not.toHaveBeenCalled();
    expect(client.state.value).toBe("live");
  });

  it("says offline when polling fails too", async () => {
    begin();
    poll.mockRejectedValue(new Error("no network"));
    wire().drop();

    await vi.advanceTimersByTimeAsync(5_100);

    expect(client.state.value).toBe("offline");
  });

  it("shows the server's own degraded mode and its end", () => {
    begin();

    wire().say({ t: "degraded", on: true });
    expect(client.state.value).toBe("degraded");
    wire().say({ t: "degraded", on: false });
    expect(client.state.value).toBe("live");
  });

  it("stops and asks for a sign-in at 4401", () => {
    const signedOut = vi.fn();
    client = new LiveClient({ url: "ws://hall/ws/live/", open: () => new Wire(), poll, onSignedOut: signedOut });
    begin();

    wire().drop(4401);
    vi.advanceTimersByTime(60_000);

    expect(signedOut).toHaveBeenCalledOnce();
    expect(Wire.opened).toHaveLength(1);
  });

  it("leaves a refused topic out and comes back with the others", () => {
    begin();
    client.subscribe("case:7", { onEvent: () => undefined, onReset: () => undefined });

    wire().drop(4403, "case:7");
    vi.advanceTimersByTime(200);
    wire().open();

    expect(wire().sent[0]).toMatchObject({ topics: { desk: 10 } });
    expect(wire().sent[0]).not.toHaveProperty("topics.case:7");
  });

  it("begins a topic at the number its page was read at", () => {
    begin();
    client.noteRead("case:7", 4);

    client.subscribe("case:7", { onEvent: () => undefined, onReset: () => undefined });

    expect(wire().sent.at(-1)).toMatchObject({ t: "hello", topics: { desk: 10, "case:7": 4 } });
  });
});
