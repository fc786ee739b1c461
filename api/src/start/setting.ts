import type { SettingError } from "./setting-values.ts";

/** A setting with its option, its environment variable, and how its text is parsed. */
export interface Setting<T> {
  readonly option: string;
  readonly variable: string;
  /** The placeholder for the value in `--help`; null for a switch, which takes none. */
  readonly placeholder: string | null;
  readonly fallback: string;
  readonly meaning: string;
  readonly parse: (value: string) => T | SettingError;
}

export const setting = <T>(value: Setting<T>): Setting<T> => value;
