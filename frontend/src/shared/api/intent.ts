/**
 * One intent of a person (“dispatch this case to that unit”) = one Idempotency-Key, however
 * often the button is pressed or the network fails. Other words are another intent.
 */
export class Intent {
  private key: string | null = null;
  private print = "";

  keyFor(body: unknown): string {
    const print = JSON.stringify(body ?? null);
    if (this.key === null || print !== this.print) {
      this.key = newKey();
      this.print = print;
    }
    return this.key;
  }

  /** The server answered: the next press means something new. */
  done(): void {
    this.key = null;
  }
}

export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
