import type { Model } from "../schema/model.ts";
import { joined, tokensOf } from "./tokens.ts";

/** A shrunk statement without its names and values: finds with the same signature are printed once. */
export function signatureOf(text: string, outline: string, model: Model | null): string {
  const columns = new Map(
    (model?.tables ?? []).flatMap((table) =>
      table.columns.map(({ name, type, scale }) => [name, type === "decimal" ? `decimal${scale}` : type] as const),
    ),
  );
  const tables = new Set((model?.tables ?? []).map(({ name }) => name));
  const plain = tokensOf(text).map((token) => {
    if (tables.has(token)) return "T";
    if (columns.has(token)) return columns.get(token) ?? "";
    if (/^:/.test(token)) return token.replace(/^:\w+/, ":p");
    if (/^'/.test(token)) return "'..'";
    if (/^\d/.test(token)) return /^0x/.test(token) ? token : /\./.test(token) ? "0.0" : "0";
    return /^[a-z]+\d+$/.test(token) ? token.replace(/\d+/, "") : token;
  });
  return `${outline} | ${joined(plain)}`;
}
