"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useText } from "../messages/provider.tsx";
import { type Locale, locales } from "../messages/text.ts";
import { KeyHint } from "./key-hint.tsx";
import { useAllCommands } from "./registry.tsx";
import { remember, useTheme } from "./theme.ts";

const names: Readonly<Record<Locale, string>> = { en: "English", es: "Español" };
const look = "flex h-8 items-center gap-2 rounded-md px-2.5 text-muted text-sm hover:bg-accent-soft hover:text-ink";

/** Opens the palette by mouse or finger. */
export function FindButton({ icon }: { readonly icon: ReactNode }) {
  const { t } = useText();
  const palette = useAllCommands().find(({ id }) => id === "palette");
  return (
    <button
      type="button"
      data-opens-palette
      className={`${look} w-full border border-line`}
      onClick={() => palette?.run()}
    >
      {icon}
      <span className="flex-1 text-left">{t("frame.find")}</span>
      <KeyHint keys="$mod+k" />
    </button>
  );
}

/** The same on a small screen. */
export function FindIcon({ icon }: { readonly icon: ReactNode }) {
  const { t } = useText();
  const palette = useAllCommands().find(({ id }) => id === "palette");
  return (
    <button
      type="button"
      data-opens-palette
      aria-label={t("frame.find")}
      className="grid size-9 place-items-center rounded-md text-ink hover:bg-accent-soft"
      onClick={() => palette?.run()}
    >
      {icon}
    </button>
  );
}

/** Light or dark, and the language. */
export function Preferences({ toDark, toLight }: { readonly toDark: ReactNode; readonly toLight: ReactNode }) {
  const { t, locale } = useText();
  const { theme, toggle } = useTheme();
  const router = useRouter();
  const choose = async (next: string) => {
    await remember("locale", next);
    router.refresh();
  };
  return (
    <div className="flex items-center gap-1">
      <button type="button" className={look} onClick={toggle}>
        {theme === "dark" ? toLight : toDark}
        {t(theme === "dark" ? "frame.light" : "frame.dark")}
      </button>
      <select
        aria-label={t("frame.language")}
        className={`${look} bg-transparent`}
        value={locale}
        onChange={(event) => void choose(event.target.value)}
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
