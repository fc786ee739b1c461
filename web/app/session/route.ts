import { apiUrl } from "../../api/ask.ts";
import { readReply, unreachable } from "../../api/reply.ts";
import { sessionCookies } from "../../api/session/cookie.ts";
import { ownPath, signInPath } from "../../api/session/own-path.ts";

const timeoutMs = 8000;

/** Signs in with a form that a browser without JavaScript sends, and leads on to a page. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null);
  // The browser stopped before its end, or sent something else than a form.
  if (form === null) return new Response(null, { status: 400 });
  const to = ownPath(form.get("to"));
  const code = textIn(form, "code").trim();
  const body = { email_address: textIn(form, "email"), password: textIn(form, "password"), ...(code && { code }) };
  const { reply, cookie } = await signIn(body, request.headers);
  if (reply.ok) return new Response(null, { status: 303, headers: { location: to, "set-cookie": cookie ?? "" } });
  const page = signInPath(to);
  const location = `${page}${page.includes("?") ? "&" : "?"}${new URLSearchParams({ refused: reply.code })}`;
  return new Response(null, { status: 303, headers: { location } });
}

async function signIn(body: object, given: Headers) {
  try {
    const headers = {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      "user-agent": given.get("user-agent") ?? "",
      // The session that this browser had ends.
      ...cookieHeader(given),
      "x-forwarded-for": given.get("x-forwarded-for") ?? "",
    };
    const init = { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(timeoutMs) };
    const answer = await fetch(`${apiUrl()}/api/session`, init);
    return { reply: await readReply(answer), cookie: answer.headers.get("set-cookie") };
  } catch {
    return { reply: unreachable(), cookie: null };
  }
}

function cookieHeader(given: Headers): { readonly cookie?: string } {
  const cookie = sessionCookies(given.get("cookie"));
  return cookie === null ? {} : { cookie };
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
