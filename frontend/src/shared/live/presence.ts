/** Who else is at a topic now: told over the socket, kept nowhere (design.md §7). */
import { shallowReactive } from "vue";

export type Doing = "viewing" | "unsaved" | "typing";
export interface Present { post: string; name: string; state: Doing; form: string }
interface Said { state: Doing; form: string }

export class Presence {
  /** By topic; a topic that is not here is one we know nothing of. */
  readonly who = shallowReactive(new Map<string, readonly Present[]>());
  private readonly said = new Map<string, Said>();

  constructor(private readonly send: (frame: object) => void) {}

  /** What this page's person is doing; null when nothing any more. Saying it twice says nothing. */
  say(topic: string, state: Doing | null, form = ""): void {
    const before = this.said.get(topic);
    if (state === null) {
      if (!before) return;
      this.said.delete(topic);
      this.who.delete(topic);
    } else {
      if (before?.state === state && before.form === form) return;
      this.said.set(topic, { state, form });
    }
    this.send({ t: "presence", topic, state: state ?? "", form });
  }

  isHere(topic: string): boolean {
    return this.said.has(topic);
  }

  /** Still here: after a break, and every now and then. */
  again(): void {
    for (const [topic, { state, form }] of this.said) this.send({ t: "presence", topic, state, form });
  }

  hear(topic: string, who: readonly Present[]): void {
    if (this.said.has(topic)) this.who.set(topic, who);
  }

  /** The line is gone: nothing is known any more. */
  lost(): void {
    this.who.clear();
  }
}
