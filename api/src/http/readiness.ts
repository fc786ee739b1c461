import type { Database } from "sqlproof";

/** A full disk makes this process read-only for so long, unless a write succeeds before. */
const diskFullMs = 30_000;

/** Whether requests should be sent here. */
export class Readiness {
  /** Set once: the server is about to stop. */
  draining = false;
  #diskFullAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly notReady: (() => Promise<string | null>) | undefined,
  ) {}

  /** A write found no room. Not for ever: whoever gets no requests would never see that there is room again. */
  diskWasFull(): void {
    this.#diskFullAt = performance.now();
  }

  /** A write was carried out. A rehearsed one says nothing of the disk. */
  written({ url }: Request): void {
    if (this.#diskFullAt > 0 && !url.includes("dry_run=1")) this.#diskFullAt = Number.NEGATIVE_INFINITY;
  }

  /** Why not, or null. */
  async why(): Promise<string | null> {
    if (this.draining) return "The server is stopping.";
    await this.database.ping();
    if (performance.now() - this.#diskFullAt < diskFullMs) return "Read-only: the disk of the database is full.";
    return (await this.notReady?.()) ?? null;
  }
}
