import type { Bound } from "../codec/encode.ts";
import { noValues, type StatementObserver } from "../observed.ts";
import type { MariadbDriver, ServerConnection } from "./driver.ts";

/** A driver whose statements are observed. Without an observer the driver itself is used, so that nothing costs more. */
export function observedDriver(driver: MariadbDriver, observe: StatementObserver): MariadbDriver {
  return {
    name: driver.name,
    rowsAffected: (result) => driver.rowsAffected(result),
    connect: async (options, lost) => new ObservedConnection(await driver.connect(options, lost), observe),
  };
}

class ObservedConnection implements ServerConnection {
  constructor(
    private readonly connection: ServerConnection,
    private readonly observe: StatementObserver,
  ) {}

  async execute(text: string, values: Bound[]): Promise<unknown> {
    const startedAt = performance.now();
    let failed = true;
    try {
      const answer = await this.connection.execute(text, values);
      failed = false;
      return answer;
    } finally {
      this.observe({ text, values: () => values, startedAt, endedAt: performance.now(), failed });
    }
  }

  async command(text: string): Promise<unknown> {
    if (text !== "COMMIT") return this.connection.command(text);
    const startedAt = performance.now();
    let failed = true;
    try {
      const answer = await this.connection.command(text);
      failed = false;
      return answer;
    } finally {
      this.observe({ text, values: noValues, startedAt, endedAt: performance.now(), failed });
    }
  }

  settled(): void {
    this.connection.settled();
  }

  end(): Promise<void> {
    return this.connection.end();
  }

  destroy(): void {
    this.connection.destroy();
  }
}
