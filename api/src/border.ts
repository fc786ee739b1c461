/** Names that mean this computer itself in every browser. No web page can make another name of them. */
const loopback = /^(?:localhost|127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\])$/;
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;
const anyInterface: ReadonlySet<string> = new Set(["0.0.0.0", "[::]"]);

/** The largest body of a request, to the API or through the pages. */
export const maxBodyBytes = 256 * 1024;

interface BorderOptions {
  /** The address that the server listens on. */
  readonly host: string;
  /** Further names that lead to the server, such as orders.example. */
  readonly hostNames: readonly string[];
  /** The origins of other servers whose pages may change something. */
  readonly origins: readonly string[];
}

/** Reads one header of a request; null if it is missing. */
export type ReadHeader = (name: string) => string | null;

/**
 * Decides which requests of browsers a server answers, so that a foreign web page can neither read nor change anything.
 * The page of a foreign name that leads to this computer (DNS rebinding) gives itself away by that name in `Host`, and a
 * page of another server by `Origin` or `Sec-Fetch-Site`. Clients other than browsers send neither of these two.
 */
export class Border {
  readonly #names: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  /** Beyond loopback every plain address is a name of the server: no page can put another server behind an address. */
  readonly #takesAddresses: boolean;
  /** The `Host` that was admitted last, because nearly every request has the same. */
  #known = "";

  constructor({ host, hostNames, origins }: BorderOptions) {
    const own = nameOf(host);
    this.#names = new Set([...(anyInterface.has(own) ? [] : [own]), ...hostNames.map(nameOf)]);
    this.#origins = new Set(origins);
    this.#takesAddresses = !loopback.test(own);
  }

  /** Whether requests with this `Host` are meant for this server. */
  admits(host: string): boolean {
    if (host === this.#known) return true;
    const port = /:(\d*)$/.exec(host)?.[1] ?? "";
    if (Number(port) > 65_535) return false;
    const name = nameOf(host.replace(/:\d*$/, ""));
    const isOwn = loopback.test(name) || this.#names.has(name) || (this.#takesAddresses && address.test(name));
    if (isOwn) this.#known = host;
    return isOwn;
  }

  /** Whether a request that changes something comes from a page of this server, an allowed origin, or no page. */
  allowsChange(header: ReadHeader): boolean {
    const origin = header("origin");
    const site = header("sec-fetch-site");
    // Browsers tell `same-origin` themselves, even if a proxy in between has replaced `Host`.
    if (site === "same-origin" || (origin === null && (site === null || site === "none"))) return true;
    if (origin === null) return false;
    if (this.#origins.has(origin) || this.#origins.has("*")) return true;
    return (site === null || site === "none") && hostOf(origin) === header("host")?.toLowerCase();
  }
}

/** Whether only programs of this computer reach a server that listens on this address. */
export function isLoopback(host: string): boolean {
  return loopback.test(nameOf(host));
}

/** What to do about a `Host` that the border does not admit. */
export function misdirected(host: string): string {
  const name = host.replace(/:\d*$/, "");
  return `This server does not go by the name ${name}: use localhost, or start it with --host-names ${name}.`;
}

/** What to do about a change that the border does not allow. */
export const foreignOrigin =
  "A page of another server may not change anything here: name its origin with --cors-origins, or use this server's own.";

/** A name or an address as browsers write it, without the dot at the end. */
function nameOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}

function hostOf(origin: string): string {
  return origin.slice(origin.indexOf("://") + 3);
}
