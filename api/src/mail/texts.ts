// The texts of mails, in the language of the company.
import type { Mail } from "./mailer.ts";

interface Linked {
  readonly to: string;
  /** The name of the user, and of the company that writes. */
  readonly name: string;
  readonly company: string;
  readonly language: string;
  readonly link: string;
}

type Texts = Readonly<Record<"invitation" | "reset", (about: Linked) => Pick<Mail, "subject" | "text">>>;

const english: Texts = {
  invitation: ({ name, company, link }) => ({
    subject: `${company}: your account`,
    text: `Hello ${name},

you may sign in at ${company} from now on. With this link you choose your password, within three days:

${link}

The link works once.
`,
  }),
  reset: ({ name, company, link }) => ({
    subject: `${company}: another password`,
    text: `Hello ${name},

with this link you choose another password at ${company}, within an hour:

${link}

The link works once. If you have not asked for it, do nothing: your password stays as it is.
`,
  }),
};

const spanish: Texts = {
  invitation: ({ name, company, link }) => ({
    subject: `${company}: su cuenta`,
    text: `Hola, ${name}:

Desde ahora puede entrar en ${company}. Con este enlace elige su contraseña, durante tres días:

${link}

El enlace funciona una sola vez.
`,
  }),
  reset: ({ name, company, link }) => ({
    subject: `${company}: otra contraseña`,
    text: `Hola, ${name}:

Con este enlace elige otra contraseña para ${company}, durante una hora:

${link}

El enlace funciona una sola vez. Si no lo ha pedido, no haga nada: su contraseña sigue siendo la misma.
`,
  }),
};

/** The mail with a one-time link. */
export function linkMail(kind: keyof Texts, about: Linked): Mail {
  return { to: about.to, ...(about.language === "es" ? spanish : english)[kind](about) };
}
