import { locales } from "../../messages/text.ts";

const yearSeconds = 365 * 86_400;
const allowed: Readonly<Record<string, readonly string[]>> = { theme: ["light", "dark"], locale: locales };

/** Keeps how somebody wants the pages: as cookies, so that the server draws the next one like that at once. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const headers = new Headers();
  for (const [name, values] of Object.entries(allowed)) {
    const value = form.get(name);
    if (typeof value === "string" && values.includes(value))
      headers.append("set-cookie", `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`);
  }
  return new Response(null, { status: 204, headers });
}
