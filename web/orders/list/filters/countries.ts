"use client";
import { useRef, useState } from "react";
import { read } from "../../../api/browser.ts";
import type { Addressee } from "../../names.ts";

const asked = 1000;

/** The countries of the customers, to which most orders go: read once, when the filter is first used. */
export function useCountries(): { readonly countries: readonly string[]; readonly load: () => void } {
  const [countries, setCountries] = useState<readonly string[]>([]);
  const isAsked = useRef(false);
  const load = async () => {
    if (isAsked.current) return;
    isAsked.current = true;
    const reply = await read<readonly Addressee[]>(`/api/customers?limit=${asked}`);
    isAsked.current = reply.ok;
    if (reply.ok) setCountries(countriesOf(reply.data));
  };
  return { countries, load: () => void load() };
}

export function countriesOf(customers: readonly Pick<Addressee, "country_region">[]): readonly string[] {
  const all = customers.flatMap(({ country_region }) => (country_region ? [country_region] : []));
  return [...new Set(all)].sort((one, other) => one.localeCompare(other));
}

/** The API compares countries letter by letter: one that is known is written as it is known. */
export function spelled(typed: string, countries: readonly string[]): string {
  const text = typed.trim();
  const isSame = (country: string) => country.localeCompare(text, undefined, { sensitivity: "base" }) === 0;
  return countries.includes(text) ? text : (countries.find(isSame) ?? text);
}
