/** Named one-shot timers: setting a name again replaces it. */
export class Timers {
  private readonly running = new Map<string, ReturnType<typeof setTimeout>>();

  set(name: string, ms: number, run: () => void): void {
    this.cancel(name);
    this.running.set(name, setTimeout(() => {
      this.running.delete(name);
      run();
    }, ms));
  }

  /** Start only if this name is not running already. */
  ensure(name: string, ms: number, run: () => void): void {
    if (!this.running.has(name)) this.set(name, ms, run);
  }

  cancel(name: string): void {
    clearTimeout(this.running.get(name));
    this.running.delete(name);
  }

  cancelAll(): void {
    for (const name of [...this.running.keys()]) this.cancel(name);
  }
}
