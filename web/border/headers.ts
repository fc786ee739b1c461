import { createHash } from "node:crypto";
import { retryScript } from "../offline/retry-script.ts";
import { themeScript } from "../shell/theme-script.ts";

/** The headers of every answer, whatever it is. A page replaces the policy by its own. */
export const fixedHeaders: readonly (readonly [name: string, value: string])[] = [
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "same-origin"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  [
    "Permissions-Policy",
    ["camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment", "serial", "usb"]
      .map((feature) => `${feature}=()`)
      .join(", "),
  ],
];

/** The inline scripts that are the same on every page, by their hashes. */
const ownScripts = [themeScript, retryScript]
  .map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`)
  .join(" ");

const beforeNonce = `default-src 'none'; script-src 'self' ${ownScripts} 'nonce-`;
/** Styles may be inline: those that are computed, such as the height of a list, are attributes in the server's HTML. */
const afterNonce =
  "'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What a page may load and run. `nonce` marks the scripts that Next.js puts into this one page. */
export function pagePolicy(nonce: string): string {
  return beforeNonce + nonce + afterNonce;
}
