import type { Database } from "sqlproof";
import type { Mail, Mailer } from "../../mail/mailer.ts";
import { linkMail } from "../../mail/texts.ts";
import { runWithRetry } from "../../writes/retry.ts";
import type { Doer } from "../audit/record-access.ts";
import { newPasswordLink, validMs } from "../sessions.ts";
import { companyOfMail, linkOfUser, userToMail } from "./queries.ts";

interface Recipient {
  readonly email_address: string;
  readonly name: string;
  readonly password_hash: string | null;
}

/** The mail with which a user chooses the first password, or another one. */
export async function mailOf(database: Database, mailer: Mailer, user: Recipient, link: string): Promise<Mail> {
  const { publicUrl } = mailer.settings;
  const { name, language } = await database.one(companyOfMail);
  return linkMail(user.password_hash === null ? "invitation" : "reset", {
    ...{ to: user.email_address, name: user.name, language, company: name || publicUrl.hostname },
    link: new URL(`/password#${link}`, publicUrl).href,
  });
}

/** Nobody's mailbox is filled: so long after a link no other one is mailed. */
const quietMs = 5 * 60 * 1000;

/** The mail to whoever has forgotten a password; null if there is no such user, or a mail was just sent. */
export async function resetMail(
  database: Database,
  mailer: Mailer,
  emailAddress: string,
  doer: Doer,
): Promise<Mail | null> {
  const user = await database.maybe(userToMail, { email_address: emailAddress });
  if (user === null || user.disabled) return null;
  const earlier = await database.maybe(linkOfUser, { user_id: user.id });
  const lifetimeMs = user.password_hash === null ? validMs.invitation : validMs.reset;
  const madeAt = earlier === null ? 0 : Date.parse(`${earlier.expires_at}Z`) - lifetimeMs;
  if (Math.abs(Date.now() - madeAt) < quietMs) return null;
  const { link } = await runWithRetry(database, performance.now(), (tx) => newPasswordLink(tx, user.id, doer, true));
  return mailOf(database, mailer, user, link);
}
