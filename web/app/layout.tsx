// The routes of the pages, each folder one address. A page reads from the API and leaves the rest to the room of its
// name: orders, resources, home, shell.
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AccessFrame } from "../access/access-frame.tsx";
import { CompanyProvider } from "../api/company-provider.tsx";
import { loadCompany } from "../api/company-server.ts";
import { askedPage, currentSession, may, pageBehindSignIn } from "../api/session/current.ts";
import { signInPath } from "../api/session/own-path.ts";
import { SessionProvider } from "../api/session/provider.tsx";
import { LanguageProvider } from "../messages/provider.tsx";
import { currentLocale, keyboardIsMac, messagesOf, serverText } from "../messages/server.ts";
import { LoadOnInteraction } from "../shell/load-on-interaction.tsx";
import { lastInPage, Shell } from "../shell/shell.tsx";
import { ThemeNow } from "../shell/theme-now.tsx";
import { themeScript } from "../shell/theme-script.ts";
import "./globals.css";

/** The one page of a user who must set up a second factor. */
const accountPage = "/account";

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
  const wanted = await pageBehindSignIn();
  if (wanted !== null) redirect(signInPath(wanted));
  const session = await currentSession();
  const locale = await currentLocale();
  const theme = (await cookies()).get("theme")?.value;
  return (
    <html
      lang={locale}
      className={inter.variable}
      data-user={session.user?.id}
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
          <SessionProvider session={session}>
            {session.state === "signed-out" ? (
              <WithoutShell>{children}</WithoutShell>
            ) : session.needs_second_factor && !(await askedPage()).startsWith(accountPage) ? (
              <WithoutShell>
                <SecondFactorFirst />
              </WithoutShell>
            ) : (
              <WithCompany>
                <Shell>{children}</Shell>
                <LoadOnInteraction />
              </WithCompany>
            )}
          </SessionProvider>
        </LanguageProvider>
      </body>
    </html>
  );
}

/** Whoever may not read the company gets nothing of it. */
async function WithCompany({ children }: { readonly children: ReactNode }) {
  // The same provider for everybody: a page whose user gains rights must not begin anew.
  const company = (await may("read-company")) ? await loadCompany() : null;
  return <CompanyProvider company={company}>{children}</CompanyProvider>;
}

/** Instead of any page but the account: a redirect would catch pages that are open already in a circle. */
async function SecondFactorFirst() {
  const { t } = await serverText();
  return (
    <AccessFrame title={t("access.secondFactorFirst")}>
      <p className="text-muted">{t("access.secondFactorNeeded")}</p>
      <div>
        <a href={accountPage} className="text-accent underline underline-offset-2">
          {t("access.toAccount")}
        </a>
      </div>
    </AccessFrame>
  );
}

/** The page of somebody who is not signed in. */
function WithoutShell({ children }: { readonly children: ReactNode }) {
  return (
    <main className="px-4">
      {children}
      <div id={lastInPage} />
    </main>
  );
}
