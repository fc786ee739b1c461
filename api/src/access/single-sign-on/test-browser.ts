// For tests: a browser that keeps the cookies of each server apart and is led from one to the other.
import { callbackPath } from "./provider.ts";

interface Changes {
  /** Parameters of what the provider is asked, and of what it answers, that are replaced on the way. */
  readonly question?: Readonly<Record<string, string>>;
  readonly answer?: Readonly<Record<string, string>>;
}

type Ask = (url: string, init: RequestInit) => Promise<Response>;

export class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** A browser of the server at `url`, which goes by the name `publicUrl`, and of this account at the provider. */
  constructor(
    private readonly url: string,
    private readonly publicUrl: URL,
    private account = "",
    /** How the server is asked, where it is not plainly by its address. */
    private readonly ask: Ask = fetch,
  ) {}

  /** Becomes another account at the provider. */
  become(account: string): void {
    this.account = account;
    for (const origin of this.#cookies.keys()) if (origin !== this.publicUrl.origin) this.#cookies.delete(origin);
  }

  /** Asks for one page and is led nowhere. */
  async step(asked: string) {
    const url = new URL(asked, this.publicUrl);
    const isOwn = url.origin === this.publicUrl.origin;
    const target = isOwn ? this.url + url.pathname + url.search : url.href;
    const cookie = isOwn || this.account === "" ? this.cookieOf(url.origin) : this.#withAccount(url.origin);
    const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", ...(cookie === "" ? {} : { cookie }) };
    const reply = await (isOwn ? this.ask : fetch)(target, { headers, redirect: "manual" });
    const cookies = reply.headers.getSetCookie();
    for (const set of cookies) this.setCookie(url.origin, set.split(";")[0] ?? "");
    await reply.text();
    return { status: reply.status, location: reply.headers.get("location") ?? "", cookies };
  }

  /** Is led on until the provider leads it back, and gives where to. */
  async untilBack(asked: string, { question = {}, answer = {} }: Changes = {}): Promise<string> {
    const { location } = await this.step(asked);
    if (!location.startsWith("http")) return location;
    let next = changed(location, question);
    for (let steps = 0; steps < 10 && new URL(next).pathname !== callbackPath; steps += 1)
      next = new URL((await this.step(next)).location, next).href;
    return changed(next, answer);
  }

  /** Signs in: is led to the provider and back. */
  async follow(asked: string, changes: Changes = {}) {
    return this.step(await this.untilBack(asked, changes));
  }

  /** Sends a request of a page. */
  async send(method: string, path: string, body?: object) {
    const headers = { "content-type": "application/json", cookie: this.cookieOf(this.publicUrl.origin) };
    const reply = await this.ask(this.url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    for (const set of reply.headers.getSetCookie()) this.setCookie(this.publicUrl.origin, set.split(";")[0] ?? "");
    const parsed: { readonly data?: unknown; readonly code?: string } = JSON.parse(await reply.text());
    return { status: reply.status, ...parsed };
  }

  cookieOf(origin: string): string {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  setCookie(origin: string, pairs: string): void {
    const known = this.#cookies.get(origin) ?? new Map<string, string>();
    for (const pair of pairs.split("; ")) {
      const [name = "", value = ""] = pair.split("=", 2);
      if (value === "") known.delete(name);
      else known.set(name, value);
    }
    this.#cookies.set(origin, known);
  }

  #withAccount(origin: string): string {
    return [this.cookieOf(origin), `account=${this.account}`].filter((part) => part !== "").join("; ");
  }
}

function changed(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
