// `npm run user`: lists, adds, invites and disables users, with the server up or down, so that nobody is locked out.
import { parseArgs } from "node:util";
import type { Database, RowOf, Transaction } from "sqlproof";
import type { Doer } from "./src/access/audit/record-access.ts";
import { shownUser } from "./src/access/fields.ts";
import { removeSecondFactor } from "./src/access/second-factor/remove.ts";
import { newPasswordLink } from "./src/access/sessions.ts";
import { userPages, usersByIds, userWithEmailAddress } from "./src/access/users/queries.ts";
import { changeUser, createUser } from "./src/access/users/write.ts";
import { backUpBeforeSteps } from "./src/backup/before-migration.ts";
import { ApiError, type Issue, refuseAll } from "./src/contract/answer.ts";
import { name as schemaOfName } from "./src/contract/schema.ts";
import { searchPatterns } from "./src/contract/text.ts";
import { isEmailAddress } from "./src/resources/email-address.ts";
import { type Role, roles, rolesOf } from "./src/rights/rights.ts";
import { parseConfig } from "./src/start/config.ts";
import { openDatabase } from "./src/start/open-database.ts";
import { commandLine } from "./src/start/paths.ts";
import type { Config } from "./src/start/settings.ts";
import { startError } from "./src/start/start-errors.ts";
import { record } from "./src/writes/audit/record.ts";

const typed = commandLine("user");
const help = `Lists, adds, invites and disables users, with the server up or down

Usage: ${typed} COMMAND [E-MAIL] [options]

  list                 every user with roles
  add E-MAIL           add a user and print a one-time link with which a password is chosen
  invite E-MAIL        print a new one-time link for a user who has no password yet
  reset E-MAIL         print a one-time link with which a user chooses another password;
                       with --second-factor also remove the authenticator app, recovery codes and passkeys
  disable E-MAIL       sign a user out everywhere, and let the user in no more
  enable E-MAIL        let a disabled user in again

  --name NAME          The name of a new user. Default: the e-mail address before the @.
  --roles LIST         The roles of a new user, separated by commas. Default: admin for the first, viewer for others.
                       ${roles.join(", ")}
  --second-factor      With reset, for whoever has lost the phone as well.
  --address URL        Where the pages are, for the link (PUBLIC_URL, or WEB_PORT). Default: http://localhost:3000.
  --database URL       sqlite:FILE, or mysql://USER:PASSWORD@HOST:PORT/NAME (DATABASE_URL).
                       Default: sqlite:data/northwind.db.
  --help               Print this.
`;

const commands = ["list", "add", "invite", "reset", "disable", "enable"] as const;
type Command = (typeof commands)[number];

/** What is asked on the command line. */
interface Asked {
  readonly command: Command;
  /** Empty for `list`. */
  readonly emailAddress: string;
  readonly name: string | undefined;
  readonly roles: readonly Role[] | null;
  /** Of a reset: the second factor is removed, too. */
  readonly secondFactor: boolean;
  readonly address: string;
  readonly config: Config;
}

const userName = schemaOfName(60);

/** The command line as read, "help", or the words that say what is wrong. */
function readCommandLine(words: readonly string[]): Asked | "help" | string {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        ...{ name: text, roles: text, address: text, database: text },
        ...{ "second-factor": { type: "boolean" }, help: { type: "boolean" } },
      } as const,
    });
    if (values.help || positionals.length === 0) return "help";
    const [given = "", emailAddress = "", ...others] = positionals;
    const command = commands.find((one) => one === given);
    if (command === undefined) return `There is no command ${given}. There are ${commands.join(", ")}.`;
    if (others.length > 0) return `${others[0]} is too much: one e-mail address at a time.`;
    if (command === "list" && emailAddress !== "") return "list takes no e-mail address.";
    if (command !== "list" && !isEmailAddress(emailAddress)) return `${command} needs one e-mail address.`;
    const secondFactor = values["second-factor"] ?? false;
    if (secondFactor && command !== "reset") return `${command} takes no --second-factor: reset does.`;
    // Nothing but the database concerns it: half of the server's settings may be on the server's command line.
    const { DATABASE_URL, DATABASE_URL_FILE } = process.env;
    const request = parseConfig(values.database === undefined ? [] : ["--database", values.database], {
      DATABASE_URL,
      DATABASE_URL_FILE,
    });
    if (request.kind !== "run") return request.kind === "errors" ? request.errors.join("\n") : "help";
    return {
      ...{ command, emailAddress: emailAddress.toLowerCase(), name: values.name, config: request.config },
      secondFactor,
      roles: values.roles === undefined ? null : readRoles(values.roles),
      address: (values.address ?? addressOf(process.env)).replace(/\/$/, ""),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the pages are, as far as the environment says it. */
function addressOf({ PUBLIC_URL: publicUrl, WEB_PORT: port = "3000" }: NodeJS.ProcessEnv): string {
  return publicUrl ?? `http://localhost:${port}`;
}

function readRoles(list: string): readonly Role[] {
  return list.split(",").map((given) => {
    const role = roles.find((one) => one === given.trim());
    if (role === undefined) throw new Error(`There is no role ${given}. There are ${roles.join(", ")}.`);
    return role;
  });
}

type UserRow = RowOf<typeof usersByIds>;

/** Carries the command out and gives the lines to print. */
async function carryOut(database: Database, asked: Asked): Promise<readonly string[]> {
  const { command } = asked;
  if (command === "list") return listed(database);
  return database.transaction(async (tx) => {
    if (command === "add") return linkLines(tx, await added(tx, asked), asked);
    const user = await userNamed(tx, asked.emailAddress);
    if (command === "disable" || command === "enable") return switched(tx, user, command === "disable");
    if (command === "invite" && user.password_hash !== null)
      throw new ApiError("state", `${user.email_address} has chosen a password. Another one: ${typed} reset E-MAIL`);
    if (asked.secondFactor) await removeSecondFactor(tx, user.id, operator);
    const lines = await linkLines(tx, user.id, asked);
    return asked.secondFactor
      ? [`${user.email_address} has no second factor now, and is signed out.`, ...lines]
      : lines;
  });
}

async function listed(database: Database): Promise<readonly string[]> {
  const everybody = { ...searchPatterns(null), name: "", id: 0, rows: 100_000 };
  const ids = (await database.all(userPages.name, everybody)).map(({ id }) => id);
  if (ids.length === 0) return ["There is no user: everybody at this computer may do everything."];
  const users = new Map((await database.all(usersByIds, { ids })).map((user) => [user.id, user]));
  return ids.flatMap((id) => {
    const user = users.get(id);
    if (user === undefined) return [];
    const state = user.disabled ? ", disabled" : user.password_hash === null ? ", invited" : "";
    return [`${user.email_address}  ${user.name}: ${rolesOf(user).join(", ")}${state}`];
  });
}

async function added(tx: Transaction, { emailAddress, name, roles: wanted }: Asked): Promise<number> {
  const others = await tx.all(userPages.id, { ...searchPatterns(null), id: 0, rows: 1 });
  const given = wanted ?? (others.length === 0 ? (["admin"] as const) : (["viewer"] as const));
  const called = nameIn(name ?? Array.from(emailAddress.replace(/@.*/, "")).slice(0, 60).join(""));
  const id = await createUser(tx, { email_address: emailAddress, name: called, roles: given }, "by link");
  await recorded(tx, id, null);
  return id;
}

/** A name that can be shown on one line. Throws 422 for another one. */
function nameIn(given: string): string {
  const issues: Issue[] = [];
  const read = userName.read(given, "/name", issues);
  refuseAll(issues);
  return read ?? "";
}

async function switched(tx: Transaction, before: UserRow, disabled: boolean): Promise<readonly string[]> {
  await changeUser(tx, before, { disabled });
  await recorded(tx, before.id, before);
  return [`${before.email_address} is ${disabled ? "disabled, and signed out everywhere" : "enabled"}.`];
}

/** Whoever runs this program, as the audit log names it. */
const operator: Doer = {
  principal: { name: "npm run user" },
  origin: () => ({ address: null, browser: null }),
  ...{ requestId: "npm-run-user", clientRequestId: null },
};

/** Changes by this program are in the audit log, too. */
async function recorded(tx: Transaction, id: number, before: UserRow | null): Promise<void> {
  const after = await tx.one(usersByIds, { ids: [id] });
  const states = { before: before === null ? null : shownUser(before), after: shownUser(after) };
  const change = { resource: "user", id, version: after.version, ...states } as const;
  const ids = { request_id: operator.requestId, client_request_id: null, write_id: crypto.randomUUID() };
  await record(tx, [{ change, writer: { principal: operator.principal.name, ...ids } }]);
}

async function userNamed(tx: Transaction, email_address: string): Promise<UserRow> {
  const found = await tx.maybe(userWithEmailAddress, { email_address });
  if (found === null) throw new ApiError("not-found", `There is no user ${email_address}. See: ${typed} list`);
  return tx.one(usersByIds, { ids: [found.id] });
}

async function linkLines(tx: Transaction, id: number, { emailAddress, address }: Asked): Promise<readonly string[]> {
  const { link, expires_at } = await newPasswordLink(tx, id, operator);
  return [
    `With this link ${emailAddress} chooses a password, once, until ${expires_at.replace("T", " ")} UTC:`,
    `${address}/password#${link}`,
  ];
}

/** Every fault in words, without the stack. */
function words(error: unknown, config: Config): string {
  if (!(error instanceof ApiError)) return startError(error, config);
  const issues = error.issues.map(({ pointer = "", message }) => `${pointer.replace("#/", "")}: ${message}`);
  return issues.length > 0 ? issues.join("\n") : error.message;
}

export async function run(given: readonly string[]): Promise<number> {
  const asked = readCommandLine(given);
  if (asked === "help") console.log(help);
  else if (typeof asked === "string") console.error(`${asked}\n${typed} --help explains the commands.`);
  else return runOn(asked);
  return asked === "help" ? 0 : 1;
}

async function runOn(asked: Asked): Promise<number> {
  try {
    const { database } = await openDatabase(asked.config, () => undefined, {
      beforeSteps: (steps) => backUpBeforeSteps(asked.config, steps, console.error),
    });
    try {
      for (const line of await carryOut(database, asked)) console.log(line);
      return 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    console.error(words(error, asked.config));
    return 1;
  }
}

if (import.meta.main) process.exitCode = await run(process.argv.slice(2));
