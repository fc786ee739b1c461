// The page that a browser shows while the server is away. store-page.tsx stores it in the browser,
// public/offline-worker.js serves it from there.
import { drawings } from "../components/static-icon.tsx";
import type { Locale, Text } from "../messages/text.ts";
import { themeScript } from "../shell/theme-script.ts";
import { retryScript } from "./retry-script.ts";

/**
 * The page shown in place of the browser's own error. It is stored in the browser together with the styles of the
 * other pages, so it needs no other file.
 */
export function offlineDocument(t: Text, locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}" style="--font-inter: system-ui">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t("offline.title")} · ${t("app.name")}</title>
<link rel="icon" href="data:,">
<script>${themeScript}</script>
</head>
<body>
<main class="mx-auto flex min-h-dvh max-w-prose flex-col items-center justify-center gap-3 px-6 py-12 text-center">
<svg width="36" height="36" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" class="text-muted" aria-hidden="true"><path d="${drawings.away}"/></svg>
<h1 class="font-semibold text-2xl tracking-tight">${t("offline.title")}</h1>
<p>${t("offline.about")}</p>
<p class="text-muted">${t("offline.what")}</p>
<button type="button" class="mt-2 inline-flex h-9 items-center rounded-md bg-accent px-4 font-medium text-on-accent hover:opacity-90">${t("offline.retry")}</button>
<p role="status" data-trying="${t("offline.trying")}" class="h-5 text-muted text-xs"></p>
</main>
<script>${retryScript}</script>
</body>
</html>
`;
}
