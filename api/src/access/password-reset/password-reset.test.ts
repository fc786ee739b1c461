// Mails with one-time links, received by a real mail server, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { AddressInfo } from "node:net";
import { sql } from "northwind-schema/sql";
import { SMTPServer } from "smtp-server";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import type { MailSettings } from "../../mail/mailer.ts";
import { Browser } from "../browser.ts";

/** A mail as it was received, with its text decoded. */
interface Received {
  readonly to: string;
  readonly text: string;
}

/** A mail server on this machine that keeps what it gets. */
async function startMailServer() {
  const mails: Received[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] },
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address).join(), text: decoded(Buffer.concat(parts)) });
        done();
      });
    },
  });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      if (address !== null && typeof address === "object") resolve(address);
    });
  });
  return { mails, port, stop: () => new Promise<void>((resolve) => server.close(resolve)) };
}

/** The text of a mail in quoted-printable or plain. */
function decoded(mail: Buffer): string {
  const text = mail.toString("latin1").replaceAll("=\r\n", "");
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

const publicUrl = new URL("https://orders.example");
const settings = (port: number, credentials = ""): MailSettings => ({
  server: new URL(`smtp://${credentials}127.0.0.1:${port}`),
  from: "orders@northwind.example",
  publicUrl,
});

const password = "correct horse battery";
const ana = { email_address: "ana@northwind.example", password };
let mailServer: Awaited<ReturnType<typeof startMailServer>>;
let api: BothEngines;
beforeAll(async () => {
  mailServer = await startMailServer();
  api = await startBothEngines({ mail: settings(mailServer.port) });
  await api.call("POST", "/api/users", { body: { ...ana, name: "Ana", roles: ["admin"] } });
}, startTimeoutMs);
afterAll(async () => {
  await api.stop();
  await mailServer.stop();
});

/** The next mail, and the link in it. */
async function nextMail(): Promise<Received & { readonly link: string }> {
  const limit = performance.now() + 10_000;
  while (mailServer.mails.length === 0 && performance.now() < limit) await Bun.sleep(20);
  const mail = mailServer.mails.shift();
  if (mail === undefined) throw new Error("no mail has come");
  return { ...mail, link: /https:\/\/orders\.example\/password#([\w-]{43})/.exec(mail.text)?.[1] ?? "" };
}

/** That none comes in more than the time that one needs. */
async function expectNoMail(): Promise<void> {
  await Bun.sleep(1000);
  expect(mailServer.mails).toEqual([]);
}

describe.each(["sqlite", "mariadb"])("on %s", (engine) => {
  const browser = () => new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "");
  const ask = async (email_address: string, by = browser()) =>
    by.call("POST", "/api/session/password-reset", { email_address });
  const leo = `leo@${engine}.example`;

  test("an invitation is mailed with the link that the admin is shown, in the language of the company", async () => {
    const admin = browser();
    await admin.signIn(ana);
    const { data } = await admin.call("POST", "/api/users", { email_address: leo, name: "Léo", roles: ["viewer"] });
    const { id } = Object(data);
    const made = Object((await admin.call("POST", `/api/users/${id}/password-link`)).data);
    const mail = await nextMail();
    expect([made.mailed, mail.link, mail.to]).toEqual([true, made.link, leo]);
    expect(mail.text).toContain("Hello Léo,");
    expect(mail.text).toContain("From: orders@northwind.example");
    await admin.call("PUT", "/api/company", { language: "es" });
    await admin.call("POST", `/api/users/${id}/password-link`);
    const { text, link } = await nextMail();
    expect(text).toContain("Hola, Léo:");
    await admin.call("PUT", "/api/company", { language: "en" });
    expect((await browser().call("POST", "/api/session/password", { link, password })).status).toBe(200);
  });

  test("a link to choose another password is mailed to whoever has an account, and nobody learns who has", async () => {
    expect((await browser().call("GET", "/api/session")).data).toMatchObject({ sign_in: { mail: true } });
    const [known, unknown] = [await ask(` ${leo.toUpperCase()}`), await ask(`nobody@${engine}.example`)];
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ status: 200, data: null });
    const { to, link, text } = await nextMail();
    expect([to, text.includes("within an hour")]).toEqual([leo, true]);
    // Neither an unknown address nor a second question gets one.
    await ask(leo);
    await expectNoMail();
    const another = { link, password: "another horse battery" };
    expect((await browser().call("POST", "/api/session/password", another)).status).toBe(200);
    const log = JSON.stringify((await signedIn()).data);
    expect(log).toContain('"nobody"');
  });

  const signedIn = async () => {
    const admin = browser();
    await admin.signIn(ana);
    return admin.call("GET", "/api/audit?resource=access");
  };

  test("a disabled user gets none", async () => {
    const admin = browser();
    await admin.signIn(ana);
    const max = { email_address: `max@${engine}.example`, name: "Max", roles: ["viewer"], password };
    const { id } = Object((await admin.call("POST", "/api/users", max)).data);
    await admin.call("PUT", `/api/users/${id}`, { disabled: true });
    expect((await ask(max.email_address)).status).toBe(200);
    await expectNoMail();
  });

  test("who asks too often waits, and can still sign in", async () => {
    const eva = `eva@${engine}.example`;
    for (let times = 0; times < 5; times += 1) expect((await ask(eva)).status).toBe(200);
    expect(await ask(eva)).toMatchObject({ status: 429, code: "slow-down" });
    expect((await browser().signIn(ana)).status).toBe(200);
  });
});

test("a mail server that fails stops nothing, and the log says so without the link", async () => {
  const gone = await startMailServer();
  await gone.stop();
  const engines = await startBothEngines({ mail: settings(gone.port) });
  await engines.call("POST", "/api/users", { body: { ...ana, name: "Ana", roles: ["admin"] } });
  const asked = await engines.call("POST", "/api/session/password-reset", {
    body: { email_address: ana.email_address },
  });
  expect(asked.status).toBe(200);
  await engines.stop();
  const lines = engines.logs.filter((line) => line.includes("mail-not-sent"));
  expect(lines).toHaveLength(2);
  expect(lines.join()).toContain("ECONNREFUSED");
  expect(engines.logs.join()).not.toContain("password#");
});

test("no password is sent to a mail server without TLS", async () => {
  const engines = await startBothEngines({ mail: settings(mailServer.port, "u:hunter2@") });
  await engines.call("POST", "/api/users", { body: { ...ana, name: "Ana", roles: ["admin"] } });
  await engines.call("POST", "/api/session/password-reset", { body: { email_address: ana.email_address } });
  await engines.stop();
  const lines = engines.logs.filter((line) => line.includes("mail-not-sent")).join();
  expect(lines).toContain("STARTTLS");
  expect(lines).not.toContain("hunter2");
  expect(mailServer.mails).toEqual([]);
});

test("without a mail server nothing is mailed, and the pages know", async () => {
  const engines = await startBothEngines();
  const asked = await engines.call("POST", "/api/session/password-reset", { body: { email_address: "a@b.example" } });
  expect([asked.status, asked.body.message]).toEqual([
    ...[404, "No mail is sent from here: ask an admin for a link to choose a password."],
  ]);
  expect((await engines.call("GET", "/api/session")).body.data).toMatchObject({ sign_in: { mail: false } });
  await engines.onDatabases(async (database) => {
    expect(await database.maybe(sql(`SELECT hash FROM password_links`))).toBeNull();
  });
  await engines.stop();
});
