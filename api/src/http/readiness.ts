import type { Database } from "sqlproof";

/** How long the server is not ready after a write found the disk full, unless a later write succeeds. */
const diskFullMs = 30_000;

/** Knows whether load balancers should send requests to this process. */
export class Readiness {
  /** True as soon as the server is about to stop. */
  draining = false;
  #diskFullAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly notReady: (() => Promise<string | null>) | undefined,
  ) {}

  /** Call it when a write found the disk full. The effect expires, because without requests no write could end it. */
  diskWasFull(): void {
    this.#diskFullAt = performance.now();
  }

  /** Call it when a write succeeded. Dry runs do not count, because they store nothing. */
  written({ url }: Request): void {
    if (this.#diskFullAt > 0 && !url.includes("dry_run=1")) this.#diskFullAt = Number.NEGATIVE_INFINITY;
  }

  /** Returns why the server is not ready, or null if it is. Rejects if the database does not answer. */
  async reasonNotReady(): Promise<string | null> {
    if (this.draining) return "The server is stopping.";
    await this.database.ping();
    if (performance.now() - this.#diskFullAt < diskFullMs) return "Read-only: the disk of the database is full.";
    return (await this.notReady?.()) ?? null;
  }
}
