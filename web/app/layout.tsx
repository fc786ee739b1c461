// The routes of the pages, each folder one address. A page reads from the API and leaves the rest to the room of its
// name: orders, resources, home, shell.
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { CompanyProvider } from "../api/company-provider.tsx";
import { loadCompany } from "../api/company-server.ts";
import { LanguageProvider } from "../messages/provider.tsx";
import { currentLocale, keyboardIsMac, messagesOf, serverText } from "../messages/server.ts";
import { LoadOnInteraction } from "../shell/load-on-interaction.tsx";
import { lastInPage, Shell } from "../shell/shell.tsx";
import { ThemeNow } from "../shell/theme-now.tsx";
import { themeScript } from "../shell/theme-script.ts";
import "./globals.css";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  // A font that arrives after the first paint is for the next page: text never moves.
  display: "optional",
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
        {/* The page is painted when it is complete: content aligned right or bottom would move as more arrives. */}
        <link rel="expect" href={`#${lastInPage}`} blocking="render" />
      </head>
      <body>
        <ThemeNow />
        <LanguageProvider locale={locale} messages={messagesOf(locale)} isMac={await keyboardIsMac()}>
          <CompanyProvider company={await loadCompany()}>
            <Shell>{children}</Shell>
          </CompanyProvider>
          <LoadOnInteraction />
        </LanguageProvider>
      </body>
    </html>
  );
}
