// For the tests: a client that keeps the cookie of its session.

interface Credentials {
  readonly email_address: string;
  readonly password: string;
  readonly code?: string;
}

/** A browser of one server: it keeps the cookie that it is given. */
export class Browser {
  cookie = "";

  constructor(
    private readonly url: string,
    private readonly authorization = "",
  ) {}

  async call(method: string, path: string, body?: object) {
    const headers = {
      "content-type": "application/json",
      ...(this.cookie === "" ? {} : { cookie: this.cookie }),
      ...(this.authorization === "" ? {} : { authorization: this.authorization }),
    };
    const reply = await fetch(this.url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [set] = reply.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
    const parsed: { readonly data?: unknown; readonly code?: string } = JSON.parse(await reply.text());
    return { status: reply.status, set, ...parsed };
  }

  signIn({ email_address, password, code }: Credentials) {
    const factor = code === undefined ? {} : { code };
    return this.call("POST", "/api/session", { email_address, password, ...factor });
  }
}
