import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { InUse } from "../commands/in-use.tsx";
import { CommandProvider } from "../commands/registry.tsx";
import { Shell } from "../components/shell.tsx";
import { ThemeNow } from "../components/theme-now.tsx";
import { themeScript } from "../components/theme-script.ts";
import { ToastProvider } from "../components/toast.tsx";
import { LanguageProvider } from "../messages/provider.tsx";
import { currentLocale, messagesOf, serverText } from "../messages/server.ts";
import "./globals.css";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "swap",
});

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return {
    title: { default: t("app.name"), template: `%s · ${t("app.name")}` },
    description: t("app.description"),
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f6f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1116" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const locale = await currentLocale();
  const theme = (await cookies()).get("theme")?.value;
  return (
    <html
      lang={locale}
      className={inter.variable}
      data-theme={theme === "light" || theme === "dark" ? theme : undefined}
      suppressHydrationWarning
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, without any data */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <ThemeNow />
        <LanguageProvider locale={locale} messages={messagesOf(locale)}>
          <ToastProvider>
            <CommandProvider>
              <Shell>{children}</Shell>
              <InUse />
            </CommandProvider>
          </ToastProvider>
        </LanguageProvider>
      </body>
    </html>
  );
}
