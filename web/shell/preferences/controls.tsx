import type { ReactNode } from "react";
import { keyboardIsMac, serverText } from "../../messages/server.ts";
import { type Locale, locales } from "../../messages/text.ts";
import { KeyCaps } from "../commands/key-caps.tsx";
import { shellAction } from "../data-attributes.ts";

const names: Readonly<Record<Locale, string>> = { en: "English", es: "Español" };
const look = "flex h-8 items-center gap-2 rounded-md px-2.5 text-muted text-sm hover:bg-accent-soft hover:text-ink";

/** Opens the palette by mouse or touch. */
export async function FindButton({ icon }: { readonly icon: ReactNode }) {
  const { t } = await serverText();
  return (
    <button type="button" {...shellAction("find")} className={`${look} w-full border border-line`}>
      {icon}
      <span className="flex-1 text-left">{t("shell.find")}</span>
      <KeyCaps keys="$mod+k" isMac={await keyboardIsMac()} />
    </button>
  );
}

/** The same on a small screen. */
export async function FindIcon({ icon }: { readonly icon: ReactNode }) {
  const { t } = await serverText();
  return (
    <button
      type="button"
      {...shellAction("find")}
      aria-label={t("shell.find")}
      className="grid size-9 place-items-center rounded-md text-ink hover:bg-accent-soft"
    >
      {icon}
    </button>
  );
}

/** Light or dark, and the language. */
export async function Preferences({ toDark, toLight }: { readonly toDark: ReactNode; readonly toLight: ReactNode }) {
  const { t, locale } = await serverText();
  return (
    <div className="flex items-center gap-1">
      <button type="button" {...shellAction("theme")} className={look}>
        <span className="contents dark:hidden">
          {toDark}
          {t("shell.dark")}
        </span>
        <span className="hidden dark:contents">
          {toLight}
          {t("shell.light")}
        </span>
      </button>
      <select
        {...shellAction("language")}
        aria-label={t("shell.language")}
        className={`${look} bg-transparent`}
        defaultValue={locale}
      >
        {locales.map((name) => (
          <option key={name} value={name} lang={name} className="bg-surface text-ink">
            {names[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
