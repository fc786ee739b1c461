import { locales } from "../../messages/text.ts";

const yearSeconds = 365 * 86_400;
const allowed: Readonly<Record<string, RegExp>> = {
  theme: /^(?:light|dark)$/,
  locale: new RegExp(`^(?:${locales.join("|")})$`),
  // The employee that a new order starts with; none after signing out.
  employee: /^(?:[1-9]\d{0,9})?$/,
  // Whether this browser still asks for the first user.
  "first-user": /^later$/,
};

/** Stores a user's preferences as cookies, so that the server renders the next page with them. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null);
  // The browser stopped before its end, or sent something else than a form.
  if (form === null) return new Response(null, { status: 400 });
  const headers = new Headers();
  for (const [name, pattern] of Object.entries(allowed)) {
    const value = form.get(name);
    if (typeof value === "string" && pattern.test(value))
      headers.append("set-cookie", `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`);
  }
  return new Response(null, { status: 204, headers });
}
