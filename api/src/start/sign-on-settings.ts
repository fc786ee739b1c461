// The settings of single sign-on and of mail.
import { isLoopback } from "../border.ts";
import { type Setting, setting } from "./setting.ts";
import { SettingError, text } from "./setting-values.ts";

/** The secret of the client at the provider has no option: other users of the machine see command lines. */
export const clientSecretVariable = "OIDC_CLIENT_SECRET";

export const signOnSettings = {
  oidcIssuer: setting({
    option: "oidc-issuer",
    variable: "OIDC_ISSUER",
    placeholder: "URL",
    fallback: "none",
    meaning: "Provider of OpenID Connect with which users may sign in, like https://login.example.",
    parse: issuer,
  }),
  oidcClientId: setting({
    option: "oidc-client-id",
    variable: "OIDC_CLIENT_ID",
    placeholder: "TEXT",
    fallback: "none",
    meaning: `Name of this program at the provider. Its secret comes from the environment only: ${clientSecretVariable}.`,
    parse: optional(text("a client id")),
  }),
  oidcName: setting({
    option: "oidc-name",
    variable: "OIDC_NAME",
    placeholder: "TEXT",
    fallback: "Single sign-on",
    meaning: "Words of the button that leads to the provider.",
    parse: words,
  }),
  oidcRolesClaim: setting({
    option: "oidc-roles-claim",
    variable: "OIDC_ROLES_CLAIM",
    placeholder: "NAME",
    fallback: "none",
    meaning: "Claim from which users get their roles at each sign-in there; who has none of them is not let in.",
    parse: optional(text("a claim")),
  }),
  smtpUrl: setting({
    option: "smtp-url",
    variable: "SMTP_URL",
    placeholder: "URL",
    fallback: "none",
    meaning: "Mail server for invitations and forgotten passwords: smtp://HOST:PORT or smtps://USER:PASSWORD@HOST.",
    parse: mailServer,
  }),
  mailFrom: setting({
    option: "mail-from",
    variable: "MAIL_FROM",
    placeholder: "ADDRESS",
    fallback: "none",
    meaning: "Sender of these mails, like orders@example.com.",
    parse: optional(sender),
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The values of these settings, and of the secret that the environment holds. */
export function signOnConfig(read: <T>(one: Setting<T>) => T, secret: string | undefined) {
  const { oidcIssuer, oidcClientId, oidcName, oidcRolesClaim, smtpUrl, mailFrom } = signOnSettings;
  return {
    oidcIssuer: read(oidcIssuer),
    oidcClientId: read(oidcClientId),
    oidcClientSecret: secret || null,
    oidcName: read(oidcName),
    oidcRolesClaim: read(oidcRolesClaim),
    smtpUrl: read(smtpUrl),
    mailFrom: read(mailFrom),
  };
}

function optional<T>(parse: (value: string) => T | SettingError): (value: string) => T | null | SettingError {
  return (value) => (value === "none" ? null : parse(value));
}

function issuer(value: string): URL | null | SettingError {
  if (value === "none") return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (url !== null && isSafe && url.username + url.password + url.search + url.hash === "") return url;
  return new SettingError("must be the address of a provider over https, like https://login.example.");
}

function words(value: string): string | SettingError {
  const isShown = /^[^\p{Cc}]{1,40}$/u.test(value) && value.trim() !== "";
  return isShown ? value.trim() : new SettingError("must have 1 to 40 characters.");
}

/** The error does not repeat the URL, which may contain a password. */
function mailServer(value: string): URL | null | SettingError {
  if (value === "none") return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== "" && /^\/?$/.test(url.pathname)) return url;
  return new SettingError("must look like smtp://HOST:PORT or smtps://USER:PASSWORD@HOST, without a path.");
}

function sender(value: string): string | SettingError {
  if (/^[^\s<>@,;]+@[^\s<>@,;]+$/.test(value)) return value;
  return new SettingError(`"${value}" is not an e-mail address, like orders@example.com.`);
}
