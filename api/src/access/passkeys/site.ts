/** The name that passkeys belong to, and the addresses of the pages that may ask for them. */
export class PasskeySite {
  /** Null if nothing but an address leads to the pages: browsers bind passkeys to names only. */
  readonly name: string | null;
  readonly #publicOrigin: string | null;
  /** The ports of the API and of the pages on this machine. */
  readonly #ports = new Set<number>();

  constructor(publicUrl: URL | null, ports: readonly number[]) {
    const { hostname = "localhost", origin = null } = publicUrl ?? {};
    this.name = /^[\d.]+$|^\[/.test(hostname) ? null : hostname;
    this.#publicOrigin = origin;
    for (const port of ports) this.addPort(port);
  }

  /** Ports that the system picks are known when they are bound. */
  addPort(port: number): void {
    if (port > 0) this.#ports.add(port);
  }

  get origins(): readonly string[] {
    if (this.#publicOrigin !== null) return [this.#publicOrigin];
    return Array.from(this.#ports, (port) => new URL(`http://localhost:${port}`).origin);
  }
}
