"use client";
import { useEffect } from "react";
import { useText } from "../messages/provider.tsx";

/** The stored page is replaced when its form changes. */
const cacheName = "offline page 2";
const page = "/offline";
const worker = "/offline-worker.js";

/** Stores the page that is shown while the server is away, in the current language. */
export function StoreOfflinePage() {
  const { locale } = useText();
  useEffect(() => void keepOfflinePage(locale), [locale]);
  return null;
}

async function keepOfflinePage(locale: string): Promise<void> {
  // Browsers have neither over http from another machine.
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  try {
    const answer = await fetch(page, { cache: "no-store", headers: { "accept-language": locale } });
    if (answer.status === 404) return await takeAway();
    if (!answer.ok) return;
    const html = (await answer.text()).replace("</head>", () => `<style>${styleOfThisPage()}</style></head>`);
    const others = (await caches.keys()).filter((name) => name !== cacheName);
    await Promise.all(others.map((name) => caches.delete(name)));
    // The stored page keeps to the policy that it was served with.
    const policy = answer.headers.get("content-security-policy") ?? "";
    const kept = new Response(html, { headers: { "content-security-policy": policy } });
    await (await caches.open(cacheName)).put(page, kept);
    await navigator.serviceWorker.register(worker);
  } catch (error) {
    // Without it the browser shows its own error: nothing else depends on it.
    console.warn("The offline page is not stored:", error);
  }
}

/** The server has no such page, so this browser deletes its own. */
async function takeAway(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((each) => each.unregister()));
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

/** The offline page contains the style rules of the other pages, without their files. */
function styleOfThisPage(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => !(rule instanceof CSSFontFaceRule))
    .map(({ cssText }) => cssText)
    .join("\n");
}
