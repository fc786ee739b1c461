"use client";
import { useText } from "../../messages/provider.tsx";
import { KeyCaps } from "./key-caps.tsx";

/** The keys of a command, as this keyboard has them. */
export function KeyHint({ keys }: { readonly keys: string }) {
  const { isMac } = useText();
  return <KeyCaps keys={keys} isMac={isMac} />;
}
