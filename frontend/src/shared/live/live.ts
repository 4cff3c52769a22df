/**
 * The live connection: one WebSocket, resume after every break, polling while it is away.
 * Frames are hints; listeners fetch over HTTP, where permission is checked (design.md §7).
 */
import { ref } from "vue";
import type { LiveEvent } from "../api/types";
import {
  CLOSE, FIRST_WAIT_MS, LONGEST_WAIT_MS, PING_MS, POLL_MS, REPLAY_PATIENCE_MS, SILENT_MS,
  SOCKET_OPEN, STALE_AFTER_MS,
} from "./protocol";
import { Presence } from "./presence";
import type { Frame, LiveOptions, LiveState, SocketLike } from "./protocol";
import { Timers } from "./timers";
import { TopicLog, type TopicListener } from "./topics";

export class LiveClient {
  readonly state = ref<LiveState>("idle");
  /** When the last word from the server arrived (device clock, ms). */
  readonly heardAt = ref<number | null>(null);
  readonly presence = new Presence((frame) => this.send(frame));
  private readonly topics = new Map<string, TopicLog>();
  private readonly readSeqs = new Map<string, number>();
  private socket: SocketLike | null = null;
  private epoch: string | number | null = null;
  private attempts = 0;
  private stopped = true;
  /** The server has answered our greeting on the present socket. */
  private greeted = false;
  private polling = false;
  private readonly timers = new Timers();

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    window.addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    window.removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.timers.cancelAll();
    this.dropSocket();
    this.state.value = "idle";
  }

  /** Listen to a topic; returns the way to stop. Topics without listeners are left out of the next hello. */
  subscribe(name: string, listener: TopicListener): () => void {
    const fresh = !this.topics.has(name);
    const log = this.topics.get(name) ?? new TopicLog(name);
    if (fresh) {
      this.topics.set(name, log);
      const read = this.readSeqs.get(name);
      if (read !== undefined) log.readAt(read);
    }
    log.listeners.add(listener);
    if (fresh) this.hello();
    return () => {
      log.listeners.delete(listener);
      if (log.listeners.size === 0 && this.topics.get(name) === log) {
        this.topics.delete(name);
        this.readSeqs.delete(name);
      }
    };
  }

  /** X-Event-Seq of an answer: its body already contains everything up to `seq`. */
  noteRead(topic: string, seq: number): void {
    this.readSeqs.set(topic, Math.max(seq, this.readSeqs.get(topic) ?? 0));
    this.topics.get(topic)?.readAt(seq);
  }

  readSeq(topic: string): number {
    return this.readSeqs.get(topic) ?? 0;
  }

  lastSeq(topic: string): number | null {
    return this.topics.get(topic)?.last ?? null;
  }

  private connect(): void {
    this.timers.cancel("reconnect");
    if (this.stopped || this.socket) return;
    if (this.state.value === "idle") this.state.value = "connecting";
    this.timers.ensure("stale", STALE_AFTER_MS, () => this.fallBack());
    const open = this.options.open ?? ((url: string) => new WebSocket(url) as unknown as SocketLike);
    let socket: SocketLike;
    try {
      socket = open(this.options.url);
    } catch {
      this.reconnectSoon();
      return;
    }
    this.socket = socket;
    socket.onopen = () => this.hello();
    socket.onmessage = (message) => this.hear(String(message.data));
    socket.onclose = (event) => this.closed(socket, event.code, event.reason ?? "");
    socket.onerror = () => undefined;
    this.timers.set("silence", SILENT_MS, () => this.abandon());
  }

  private hello(): void {
    const topics: Record<string, number | null> = {};
    for (const [name, log] of this.topics) topics[name] = log.last;
    this.send({ t: "hello", v: 1, epoch: this.epoch, topics });
  }

  private send(frame: object): void {
    if (this.socket?.readyState === SOCKET_OPEN) this.socket.send(JSON.stringify(frame));
  }

  private hear(data: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(data) as Frame;
    } catch {
      return;
    }
    this.heardAt.value = Date.now();
    this.timers.set("silence", SILENT_MS, () => this.abandon());
    this.handle(frame);
  }

  private handle(frame: Frame): void {
    const log = frame.topic ? this.topics.get(frame.topic) : undefined;
    if (frame.t === "ready") this.ready(frame);
    else if (frame.t === "ev" && log) this.event(log, frame as unknown as LiveEvent);
    else if (frame.t === "sub" && log) this.begin(log, frame.seq ?? 0);
    else if (frame.t === "reset" && log) log.jumpTo(frame.seq ?? 0);
    else if (frame.t === "pr" && frame.topic) this.presence.hear(frame.topic, frame.who ?? []);
    else if (frame.t === "degraded") this.state.value = frame.on ? "degraded" : "live";
    else if (frame.t === "ping") this.compare(frame.seqs, true);
    else if (frame.t === "pong") this.compare(frame.seqs, false);
  }

  private ready(frame: Frame): void {
    this.epoch = frame.epoch ?? this.epoch;
    if (frame.now !== undefined) this.options.onNow?.(frame.now);
    this.attempts = 0;
    this.greeted = true;
    this.timers.cancel("stale");
    this.timers.cancel("poll");
    this.state.value = "live";
    this.presence.again();
    this.timers.set("ping", PING_MS, () => this.ping());
  }

  private begin(log: TopicLog, seq: number): void {
    log.startAt(seq);
    if (log.behind) this.replay(log);
  }

  private event(log: TopicLog, event: LiveEvent): void {
    log.confirmed = true;
    if (log.take(event) === "gap") this.replay(log);
  }

  private compare(seqs: Record<string, number> | undefined, answer: boolean): void {
    for (const [topic, seq] of Object.entries(seqs ?? {})) {
      const log = this.topics.get(topic);
      if (log?.hearOf(seq)) this.replay(log);
    }
    if (answer) this.send({ t: "pong", seqs: this.seqs() });
  }

  /** Ask once; ask again if the hole is still there after a while. */
  private replay(log: TopicLog): void {
    const now = Date.now();
    if (log.replayAskedAt !== null && now - log.replayAskedAt < REPLAY_PATIENCE_MS) return;
    log.replayAskedAt = now;
    this.send({ t: "replay", topic: log.name, since: log.last });
    this.timers.set(`replay ${log.name}`, REPLAY_PATIENCE_MS, () => {
      if (log.behind && this.topics.get(log.name) === log) this.replay(log);
    });
  }

  private seqs(): Record<string, number> {
    const seqs: Record<string, number> = {};
    for (const [name, log] of this.topics) if (log.last !== null) seqs[name] = log.last;
    return seqs;
  }

  private ping(): void {
    this.send({ t: "ping", seqs: this.seqs() });
    this.presence.again();
    this.timers.set("ping", PING_MS, () => this.ping());
  }

  private abandon(): void {
    this.dropSocket();
    this.reconnectSoon();
  }

  private dropSocket(): void {
    const socket = this.socket;
    this.socket = null;
    this.greeted = false;
    this.presence.lost();
    this.timers.cancel("ping");
    this.timers.cancel("silence");
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
  }

  private closed(socket: SocketLike, code: number, reason: string): void {
    if (socket !== this.socket) return;
    this.socket = null;
    this.greeted = false;
    this.presence.lost();
    this.timers.cancel("ping");
    this.timers.cancel("silence");
    if (code === CLOSE.signedOut || code === CLOSE.tooOld) {
      this.stop();
      this.state.value = "offline";
      (code === CLOSE.signedOut ? this.options.onSignedOut : this.options.onTooOld)?.();
      return;
    }
    if (code === CLOSE.refused) this.dropRefused(reason);
    if (code === CLOSE.slowDown) this.attempts = 10;
    for (const log of this.topics.values()) {
      log.confirmed = false;
      log.replayAskedAt = null;
    }
    this.reconnectSoon();
  }

  /** The refused topic, by its name in the reason, else whatever the server never confirmed. */
  private dropRefused(reason: string): void {
    const named = [...this.topics.keys()].filter((name) => reason.includes(name));
    for (const [name, log] of this.topics) {
      if (named.length > 0 ? named.includes(name) : !log.confirmed) this.topics.delete(name);
    }
  }

  private reconnectSoon(): void {
    if (this.stopped) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.attempts);
    const jittered = wait / 2 + ((this.options.random ?? Math.random)() * wait) / 2;
    this.attempts += 1;
    this.timers.set("reconnect", jittered, () => this.connect());
    this.timers.ensure("stale", STALE_AFTER_MS, () => this.fallBack());
  }

  private readonly wake = (): void => {
    if (this.stopped || document.visibilityState === "hidden" || this.socket) return;
    this.attempts = 0;
    this.connect();
  };

  /** No socket for five seconds: say so and read the log over HTTP until it is back. */
  private fallBack(): void {
    if (this.stopped || this.greeted) return;
    void this.pollAll().finally(() => {
      if (!this.stopped && !this.greeted) this.timers.set("poll", POLL_MS, () => this.fallBack());
    });
  }

  private async pollAll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      for (const log of [...this.topics.values()]) await this.pollOne(log);
      if (!this.greeted) this.state.value = "degraded";
      this.heardAt.value = Date.now();
    } catch {
      if (!this.greeted) this.state.value = "offline";
    } finally {
      this.polling = false;
    }
  }

  private async pollOne(log: TopicLog): Promise<void> {
    const page = await this.options.poll(log.name, log.last);
    if (page.reset || log.last === null) {
      log.jumpTo(page.head);
      return;
    }
    for (const event of page.events) log.take(event);
  }
}
