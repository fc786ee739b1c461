"use client";
import { useLayoutEffect } from "react";
import { themeScript } from "./theme-script.ts";

/** Sets the theme of a page that the browser had to render itself: no script of it has run. */
export function ThemeNow() {
  useLayoutEffect(() => {
    if (document.documentElement.dataset.theme !== undefined) return;
    const script = document.createElement("script");
    script.textContent = themeScript;
    document.head.append(script);
  }, []);
  return null;
}
