import { cookies, headers } from "next/headers";
import { loadCompany } from "../api/company-server.ts";
import { isMac } from "../shell/commands/keys-text.ts";
import en from "./en.json";
import es from "./es.json";
import { type Locale, locales, type Messages, type Text, textOf } from "./text.ts";

const catalogues: Readonly<Record<Locale, Messages>> = { en, es };

/** The language the user chose, else the browser's first one that there is, else the company's. */
export async function currentLocale(): Promise<Locale> {
  const chosen = (await cookies()).get("locale")?.value;
  const asked = ((await headers()).get("accept-language") ?? "").split(",").map((part) => part.trim().slice(0, 2));
  const wanted = [chosen, ...asked].map(asLocale).find((locale) => locale !== undefined);
  return wanted ?? asLocale((await loadCompany()).language) ?? "en";
}

function asLocale(text: string | undefined): Locale | undefined {
  return locales.find((locale) => locale === text);
}

export function messagesOf(locale: Locale): Messages {
  return catalogues[locale];
}

/** The texts of this request's language, for a server component. */
export async function serverText(): Promise<{ readonly t: Text; readonly locale: Locale }> {
  const locale = await currentLocale();
  return { t: textOf(catalogues[locale], locale), locale };
}

/** Whether this request comes from a Mac: known here, so that key caps need not wait for the browser. */
export async function keyboardIsMac(): Promise<boolean> {
  return isMac((await headers()).get("user-agent") ?? "");
}
