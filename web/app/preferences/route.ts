import { locales } from "../../messages/text.ts";

const yearSeconds = 365 * 86_400;
const allowed: Readonly<Record<string, RegExp>> = {
  theme: /^(?:light|dark)$/,
  locale: new RegExp(`^(?:${locales.join("|")})$`),
  // Who takes the orders here: a new order starts with this employee.
  employee: /^[1-9]\d{0,9}$/,
};

/** Keeps how somebody wants the pages: as cookies, so that the server draws the next one like that at once. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const headers = new Headers();
  for (const [name, pattern] of Object.entries(allowed)) {
    const value = form.get(name);
    if (typeof value === "string" && pattern.test(value))
      headers.append("set-cookie", `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`);
  }
  return new Response(null, { status: 204, headers });
}
