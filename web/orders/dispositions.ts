import type { Text } from "../messages/text.ts";

/** Where goods go that come back. */
export const dispositions = ["stock", "damaged", "scrap"] as const;
export type Disposition = (typeof dispositions)[number];

/** Where goods went, in words; what is not known is called as the API does. */
export function dispositionText(name: string, t: Text): string {
  const known = dispositions.find((one) => one === name);
  return known === undefined ? name : t(`disposition.${known}`);
}
