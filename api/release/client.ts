/** A client of the API that fails at once when anything is refused. */
export class Client {
  #cookie = "";

  constructor(
    private readonly address: string,
    private readonly token: string | null = null,
  ) {}

  /** Sends a request, keeps the cookie that comes back, and gives the data of the answer. */
  async send(method: string, path: string, body: object | Uint8Array, headers: Record<string, string> = {}) {
    const isFile = body instanceof Uint8Array;
    const reply = await fetch(this.address + path, {
      method,
      headers: { "content-type": "application/json", ...this.#identity(), ...headers },
      body: isFile ? new Blob([Uint8Array.from(body)]) : JSON.stringify(body),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    const [set] = reply.headers.getSetCookie();
    if (set !== undefined) this.#cookie = set.split(";")[0] ?? "";
    const { data }: { readonly data: Readonly<Record<string, unknown>> } = JSON.parse(text);
    return data;
  }

  /** What a read answers, as later versions are expected to answer it. */
  async answer(path: string) {
    const reply = await fetch(this.address + path, { headers: this.#identity() });
    const { message, data }: { readonly message: string; readonly data?: unknown } = JSON.parse(await reply.text());
    return { status: reply.status, message, data: data ?? null };
  }

  #identity(): Record<string, string> {
    if (this.token !== null) return { authorization: `Bearer ${this.token}` };
    return this.#cookie === "" ? {} : { cookie: this.#cookie };
  }
}
