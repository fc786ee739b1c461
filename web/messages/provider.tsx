"use client";
import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { speakWith } from "../api/said.ts";
import { type Locale, type Messages, type Text, textOf } from "./text.ts";

interface Language {
  readonly t: Text;
  readonly locale: Locale;
  /** Whether keys are written as on a Mac. */
  readonly isMac: boolean;
}

const LanguageContext = createContext<Language | null>(null);

interface Props {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly isMac: boolean;
  readonly children: ReactNode;
}

/** Gives the texts of one language to every client component inside. */
export function LanguageProvider({ locale, messages, isMac, children }: Props) {
  const language = useMemo(() => ({ t: textOf(messages, locale), locale, isMac }), [messages, locale, isMac]);
  useEffect(() => {
    // An English page needs no other words, and the others load them when something is refused.
    if (locale !== "en") speakWith(async (error) => (await import("./api-sentence.ts")).errorSaid(error, locale));
    return () => speakWith(null);
  }, [locale]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** The texts and the language of the page, and how its keys are written, for a client component. */
export function useText(): Language {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error("useText outside LanguageProvider");
  return language;
}
