// Sends mails with nodemailer, which is loaded with the first one. Nobody waits for a mail: it is sent after the answer,
// and a failure is only logged.
import type { Transporter } from "nodemailer";

/** How mail is set up. */
export interface MailSettings {
  /** `smtp:` or `smtps:`, with a user and a password if the server wants them. */
  readonly server: URL;
  readonly from: string;
  /** Where the links in the mails lead to. */
  readonly publicUrl: URL;
}

/** A mail in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** So many may wait to be sent; more are lost, and logged. */
const mostWaiting = 100;
/** The answer is on its way by then, so that it takes as long whether there is something to send or not. */
const afterAnswerMs = 300;
const timeoutMs = 10_000;
const endTimeoutMs = 3000;

export class Mailer {
  #transport: Promise<Transporter> | null = null;
  readonly #waiting = new Set<Promise<void>>();

  constructor(
    readonly settings: MailSettings,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Sends the mail that `write` makes, after the answer; null sends none. Never throws. */
  later(write: () => Promise<Mail | null>): void {
    if (this.#waiting.size >= mostWaiting) {
      this.onFailure(new Error(`${mostWaiting} mails are waiting already`));
      return;
    }
    const sending = Bun.sleep(afterAnswerMs)
      .then(write)
      .then((mail) => (mail === null ? undefined : this.#send(mail)))
      .catch((error: unknown) => this.onFailure(error))
      .finally(() => this.#waiting.delete(sending));
    this.#waiting.add(sending);
  }

  async #send(mail: Mail): Promise<void> {
    this.#transport ??= transportTo(this.settings.server);
    const { from } = this.settings;
    await (await this.#transport).sendMail({ from, ...mail, disableFileAccess: true, disableUrlAccess: true });
  }

  /** Waits a little for what is being sent. */
  async close(): Promise<void> {
    await Promise.race([Promise.all(this.#waiting), Bun.sleep(endTimeoutMs)]);
    (await this.#transport)?.close();
  }
}

async function transportTo({ protocol, hostname, port, username, password }: URL): Promise<Transporter> {
  const { createTransport } = await import("nodemailer");
  const secure = protocol === "smtps:";
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    ...(port === "" ? {} : { port: Number(port) }),
    secure,
    // No password is sent in the clear.
    ...(username === "" ? {} : { auth, requireTLS: !secure }),
    ...{
      pool: true,
      maxConnections: 2,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    },
  });
}
