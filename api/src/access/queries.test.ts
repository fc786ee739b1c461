// The SQL of sign-in, against rows on both sides of each limit and of several users, of whom no two are alike.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, dateTime } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import * as feed from "../changes/queries.ts";
import { employeeQueries } from "../resources/employees/queries.ts";
import { changesUnnumbered } from "../watch/queries.ts";
import { insertEntry } from "../writes/audit/queries.ts";
import * as account from "./account/queries.ts";
import { auditPage } from "./audit/queries.ts";
import * as passkeys from "./passkeys/queries.ts";
import * as links from "./password-reset/queries.ts";
import * as queries from "./queries.ts";
import * as factors from "./second-factor/queries.ts";
import * as signOns from "./single-sign-on/queries.ts";
import * as tokens from "./tokens/queries.ts";
import * as users from "./users/queries.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases(store);
}, startTimeoutMs);
afterAll(() => api.stop());

const hash = (name: string) => name.padEnd(64, "0");
const at = (second: number) => dateTime(`2024-05-01T12:00:0${second}`);
const privilege = sql(`
  INSERT INTO employee_privileges (employee_id, privilege_id) VALUES (:employee_id, :privilege_id)
`);
const emptyContact = {
  ...{ company: null, last_name: null, first_name: null, email_address: null, job_title: null, business_phone: null },
  ...{ home_phone: null, mobile_phone: null, fax_number: null, address: null, city: null, state_province: null },
  ...{ zip_postal_code: null, country_region: null, web_page: null, notes: null, search_text: "" },
};
const passkey = {
  ...{ name: "key", credential_id: "c", public_key: "p", user_handle: "u", sign_count: 4, backed_up: false },
  ...{ transports: "", now: at(1) },
};

/** User 1 is employee 3, who may approve and administer; user 2 is employee 1, who may only administer; 3 is nobody. */
async function store(db: Database): Promise<void> {
  for (let number = 1; number <= 4; number += 1) await db.one(employeeQueries.insert, emptyContact);
  for (const [employee_id, privilege_id] of [
    [3, 1],
    [3, 2],
    [1, 1],
    [2, 2],
  ] as const)
    await db.run(privilege, { employee_id, privilege_id });
  for (const [name, employee_id] of [
    ["one", 3],
    ["two", 1],
    ["three", null],
  ] as const)
    await db.one(users.insertUser, {
      ...{ email_address: `${name}@example.com`, name, employee_id, roles: "admin", password_hash: `of ${name}` },
      search_text: name,
    });
  // The app of user 1 is in force, that of user 2 is not yet.
  for (const user_id of [1, 2]) await db.run(factors.insertTotp, { user_id, next_secret: `next ${user_id}` });
  await db.run(factors.confirmTotp, { user_id: 1, next_secret: "next 1", last_step: 2 });
  await db.run(factors.offerTotp, { user_id: 1, next_secret: "newer 1" });
  for (const [number, user_id] of [1, 1, 2].entries())
    await db.one(passkeys.insertPasskey, { ...passkey, user_id, hash: hash(`passkey ${number}`) });
  for (const [number, user_id] of [1, 2, 2, 2, 3].entries())
    await db.run(signOns.insertIdentity, {
      issuer: `i${number < 2 || number === 4 ? 0 : number}`,
      subject: `s${number}`,
      user_id,
      linked_at: at(1),
    });
  for (const user_id of [1, 2, 2, 3, 3, 3])
    await db.run(factors.insertRecoveryCode, { user_id, hash: `code of ${user_id}` });
  for (const user_id of [1, 2]) await db.run(account.insertPreferences, { user_id, document: `of ${user_id}` });
  for (const [number, user_id] of [2, 1, 2, 3].entries())
    await db.one(tokens.insertToken, {
      ...{
        user_id,
        name: `token ${number}`,
        hash: hash(`token ${number}`),
        rights: "r",
        networks: "n",
        expires_at: null,
      },
    });
}

/** What belongs to each of them: `factors` are all second factors, `others` those that are no app. */
const people = [
  { id: 1, name: "one", employee_id: 3, approvals: 1, factors: 4, second_factors: 3, totp: 1, passkeys: 2, others: 3 },
  { id: 2, name: "two", employee_id: 1, approvals: 0, factors: 4, second_factors: 1, totp: 0, passkeys: 1, others: 4 },
  {
    id: 3,
    name: "three",
    employee_id: null,
    approvals: 0,
    factors: 1,
    second_factors: 0,
    totp: 0,
    passkeys: 0,
    others: 1,
  },
] as const;

test("whether a user approves, and with how many factors they sign in, is their own", () =>
  api.onDatabases(async (db) => {
    for (const { id, name, employee_id, approvals, second_factors, ...one } of people) {
      const email_address = `${name}@example.com`;
      const known = { id, name, roles: "admin", password_hash: `of ${name}`, disabled: false, version: 0, approvals };
      const row = { ...known, email_address, employee_id };
      expect(await db.one(queries.userByEmailAddress, { email_address })).toEqual(known);
      expect(await db.one(queries.userById, { id })).toEqual(row);
      expect(await db.all(users.usersByIds, { ids: [id] })).toEqual([{ ...row, second_factors }]);
      expect(await db.transaction((tx) => tx.one(users.lockUser, { id }))).toEqual({ ...row, second_factors });
      await db.run(queries.insertSession, { hash: hash(name), user_id: id, now: at(1), address: null, browser: null });
      const session = { user_id: id, name, approvals, second_factors: one.factors };
      expect(await db.one(queries.sessionByHash, { hash: hash(name) })).toMatchObject(session);
      await db.run(queries.deleteSession, { hash: hash(name) });
      const counted = { totp: one.totp, recovery_codes: id, passkeys: one.passkeys };
      expect(await db.one(account.factorsOfUser, { user_id: id })).toEqual(counted);
      expect(await db.one(factors.otherFactorsOfUser, { user_id: id })).toEqual({ others: one.others });
    }
    expect(await db.transaction((tx) => tx.all(users.lockUsers))).toMatchObject([
      ...[
        { id: 1, other_ways: 3 },
        { id: 2, other_ways: 4 },
        { id: 3, other_ways: 1 },
      ],
    ]);
    expect(await db.one(queries.accessNow)).toMatchObject({ users: 3, approvals: 2, last_approver: 3 });
    expect(await db.maybe(users.anyUser)).toEqual({ id: 1 });
    expect(await db.maybe(users.approvalOf, { employee_id: 3 })).toEqual({ employee_id: 3 });
    expect(await db.maybe(users.approvalOf, { employee_id: 1 })).toBe(null);
    await db.run(users.deleteApproval, { employee_id: 3 });
    const left = sql(`SELECT employee_id, privilege_id FROM employee_privileges ORDER BY employee_id, privilege_id`);
    expect((await db.all(left)).map((one) => [one.employee_id, one.privilege_id])).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
    await db.run(users.insertApproval, { employee_id: 3 });
  }));

const changeTimes = sql(`
  UPDATE sessions SET began_at = :began_at, used_at = :used_at, proved_at = :proved_at WHERE hash = :hash
`);
const allSessions = sql(`SELECT hash, began_at, used_at FROM sessions ORDER BY hash`);

/** Sessions by name with the seconds of their beginning, last use and proof. */
async function withSessions(db: Database, sessions: Readonly<Record<string, readonly [number, number, number]>>) {
  for (const user_id of [1, 2, 3]) await db.run(queries.deleteSessionsOfUser, { user_id });
  for (const [name, [began, used, proved]] of Object.entries(sessions)) {
    const session = { hash: hash(name), user_id: 1, now: at(0), address: null, browser: null };
    await db.run(queries.insertSession, session);
    await db.run(changeTimes, { hash: hash(name), began_at: at(began), used_at: at(used), proved_at: at(proved) });
  }
}

const sessionsNow = async (db: Database) =>
  (await db.all(allSessions)).map((one) => [
    ...[one.hash.replace(/0+$/, ""), Number(one.began_at.at(-1)), Number(one.used_at.at(-1))],
  ]);

test("what ends at a moment is there until then, and goes a second later", () =>
  api.onDatabases(async (db) => {
    await withSessions(db, { a: [4, 4, 4], b: [5, 5, 5], c: [6, 6, 6], d: [4, 7, 4], e: [7, 4, 4] });
    const told = async () => (await sessionsNow(db)).map((one) => one.join(" "));
    await db.run(queries.setBackBeginnings, { now: at(1), ahead: at(5) });
    expect(await told()).toEqual(["a 4 4", "b 5 5", "c 1 6", "d 4 7", "e 1 4"]);
    await db.run(queries.setBackUses, { now: at(2), ahead: at(5) });
    expect(await told()).toEqual(["a 4 4", "b 5 5", "c 1 2", "d 4 2", "e 1 4"]);
    await withSessions(db, { a: [2, 5, 1], b: [2, 4, 9], c: [1, 9, 9], d: [3, 6, 1] });
    await db.run(queries.deleteOldSessions, { used_before: at(5), began_before: at(2) });
    expect(await sessionsNow(db)).toEqual([
      ["a", 2, 5],
      ["d", 3, 6],
    ]);
    await db.run(queries.useSession, { hash: hash("a"), now: at(4) });
    await db.run(queries.useSession, { hash: hash("d"), now: at(7) });
    expect(await sessionsNow(db)).toEqual([
      ["a", 2, 5],
      ["d", 3, 7],
    ]);
    for (const second of [4, 5, 6]) {
      const [name, expires_at] = [hash(`${second}`), at(second)];
      await db.run(queries.insertPasswordLink, { hash: name, user_id: 1, expires_at });
      await db.run(passkeys.insertChallenge, { hash: name, user_id: null, user_handle: null, expires_at });
      const asked = { browser_hash: hash("b"), nonce: "n", code_verifier: "v", destination: "/", session_hash: null };
      await db.run(signOns.insertSignOn, { ...asked, hash: name, expires_at });
      await db.run(queries.insertFailure, { place: `p${second}`, failures: second - 4, now: at(second) });
    }
    await db.run(queries.uncountFailures, { places: ["p4", "p5"] });
    const failures = sql(`SELECT place, failures FROM failed_sign_ins ORDER BY place`);
    expect((await db.all(failures)).map((one) => one.failures)).toEqual([0, 0, 2]);
    await db.run(queries.deleteOldLinks, { now: at(5) });
    await db.run(passkeys.deleteOldChallenges, { now: at(5) });
    await db.run(signOns.deleteOldSignOns, { now: at(5) });
    await db.run(queries.deleteOldFailures, { before: at(5) });
    for (const second of [4, 5, 6]) {
      const name = hash(`${second}`);
      const found = [
        ...[
          await db.maybe(queries.passwordLink, { hash: name }),
          await db.maybe(passkeys.challengeByHash, { hash: name }),
        ],
        await db.transaction((tx) => tx.maybe(signOns.lockSignOn, { hash: name })),
        await db.transaction((tx) => tx.maybe(queries.lockFailure, { place: `p${second}` })),
      ];
      expect([second, found.map((one) => one !== null)]).toEqual([second, Array(4).fill(second >= 5)]);
    }
    expect(await db.all(links.linkOfUser, { user_id: 1 })).toHaveLength(2);
    await db.run(queries.deletePasswordLinks, { user_id: 1 });
  }));

test("GET and DELETE /api/account/sessions: the user's own, the last used first", () =>
  api.onDatabases(async (db) => {
    await withSessions(db, { a: [1, 3, 1], b: [1, 5, 1], c: [1, 4, 1], d: [1, 4, 1] });
    const others = { user_id: 2, now: at(9), address: "a", browser: "b" };
    for (const name of ["e", "f"]) await db.run(queries.insertSession, { ...others, hash: hash(name) });
    const own = await db.all(account.sessionsOfUser, { user_id: 1 });
    expect(own.map((one) => one.hash)).toEqual([hash("b"), hash("d"), hash("c"), hash("a")]);
    const [newest] = await db.all(account.sessionsOfUser, { user_id: 2 });
    expect(newest).toMatchObject({ hash: hash("f"), address: "a", browser: "b" });
    expect(await db.run(account.deleteSessionById, { id: newest?.id ?? 0, user_id: 1 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(account.deleteSessionById, { id: newest?.id ?? 0, user_id: 2 })).toEqual({ rowsAffected: 1 });
    expect(await db.run(account.deleteOtherSessions, { user_id: 1, hash: hash("c") })).toEqual({ rowsAffected: 3 });
    expect((await db.all(allSessions)).map((one) => one.hash)).toEqual([hash("c"), hash("e")]);
  }));

test("a change of one user's app, codes, choices, passkeys or tokens leaves the others' alone", () =>
  api.onDatabases(async (db) => {
    const totp = async () => [
      await db.maybe(factors.totpOfUser, { user_id: 1 }),
      await db.maybe(factors.totpOfUser, { user_id: 2 }),
    ];
    const first = { secret: "next 1", next_secret: "newer 1" };
    const second = { secret: null, next_secret: "next 2" };
    expect(await totp()).toMatchObject([first, second]);
    const confirmed = await db.run(factors.confirmTotp, { user_id: 1, next_secret: "next 2", last_step: 3 });
    expect([confirmed.rowsAffected, await totp()]).toMatchObject([0, [{ secret: "next 1" }, { secret: null }]]);
    for (const [step, used] of [
      [2, 0],
      [3, 1],
    ] as const)
      expect(await db.run(factors.useTotpStep, { user_id: 1, secret: "next 1", step })).toEqual({ rowsAffected: used });
    expect(await db.run(factors.useTotpStep, { user_id: 1, secret: "next 2", step: 9 })).toEqual({ rowsAffected: 0 });
    const codes = await db.all(factors.recoveryCodesOfUser, { user_id: 3 });
    expect(codes.map(({ id }) => id)).toEqual([4, 5, 6]);
    expect(await db.run(factors.useRecoveryCode, { code_id: 4, user_id: 2 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(factors.useRecoveryCode, { code_id: 4, user_id: 3 })).toEqual({ rowsAffected: 1 });
    const written = await db.run(account.updatePreferences, { user_id: 1, document: "new", version: 1 });
    expect([written.rowsAffected, await db.maybe(account.preferencesOfUser, { user_id: 2 })]).toMatchObject([
      1,
      { document: "of 2" },
    ]);
    expect((await db.all(passkeys.passkeysOfUser, { user_id: 1 })).map(({ id }) => id)).toEqual([1, 2]);
    const used = { hash: hash("passkey 1"), next_count: 7, backed_up: true, now: at(2) };
    for (const [sign_count, rowsAffected] of [
      [5, 0],
      [4, 1],
    ] as const)
      expect(await db.run(passkeys.usePasskey, { ...used, sign_count })).toEqual({ rowsAffected });
    for (const [id, version, rowsAffected] of [
      [1, 9, 0],
      [1, 0, 1],
    ] as const)
      expect(await db.run(passkeys.renamePasskey, { id, version, name: "renamed" })).toEqual({ rowsAffected });
    expect((await db.all(passkeys.passkeysOfUser, { user_id: 1 })).map(({ name }) => name)).toEqual(["renamed", "key"]);
    expect(await db.run(passkeys.deletePasskey, { id: 2, version: 9 })).toEqual({ rowsAffected: 0 });
    expect(await db.run(passkeys.deletePasskey, { id: 2, version: 0 })).toEqual({ rowsAffected: 1 });
    for (const [user_id, issuer, subject] of [
      [1, "i0", "s0"],
      [2, "i0", "s1"],
      [2, "i2", "s2"],
      [1, "i2", null],
    ] as const)
      expect((await db.maybe(signOns.subjectOfUser, { user_id, issuer }))?.subject ?? null).toBe(subject);
    for (const [subject, user] of [
      ["s1", 2],
      ["s2", null],
    ] as const)
      expect((await db.maybe(signOns.userOfIdentity, { issuer: "i0", subject }))?.user_id ?? null).toBe(user);
    expect(await db.run(signOns.takeRoles, { id: 3, version: 9 })).toEqual({ rowsAffected: 0 });
  }));

test("GET /api/tokens 200: of a user or of everybody, after one of them, and a token lets its own user in", () =>
  api.onDatabases(async (db) => {
    const ids = async (id: number, user_id: number | null, rows: number) =>
      (await db.all(tokens.tokensAfter, { id, user_id, rows })).map((one) => one.id);
    expect(await ids(1, null, 2)).toEqual([2, 3]);
    expect(await ids(0, 2, 9)).toEqual([1, 3]);
    expect(await ids(1, 2, 9)).toEqual([3]);
    const told = { user_id: 1, name: "token 1", rights: "r", networks: "n", expires_at: null, used_at: null };
    expect(await db.all(tokens.tokensByIds, { ids: [2] })).toEqual([
      { id: 2, ...told, disabled: false, version: expect.any(Number) },
    ]);
    for (const [number, user_id] of [2, 1, 2, 3].entries())
      expect(await db.one(queries.tokenByHash, { hash: hash(`token ${number}`) })).toMatchObject({
        ...{
          id: number + 1,
          user_id,
          user_name: people[user_id - 1]?.name,
          approvals: people[user_id - 1]?.approvals,
        },
      });
  }));

test("GET /api/audit 200: by principal, by user, by resource and by moment", () =>
  api.onDatabases(async (db) => {
    const entry = {
      ...{
        request_id: "r",

        action: "change",
        before_state: null,
        after_state: "{}",
        previous_hash: hash(""),
      },
      ...{ client_request_id: null, version: 1 },
    };
    const entries = [
      { resource: "order", resource_id: 1, principal: "user:1", happened_at: at(1) },
      { resource: "order", resource_id: 2, principal: "user:1/token", happened_at: at(2) },
      { resource: "customer", resource_id: 1, principal: "user:2", happened_at: at(3) },
      { resource: "customer", resource_id: 2, principal: "user:10", happened_at: at(4) },
    ];
    for (const [index, one] of entries.entries())
      await db.transaction((tx) =>
        tx.run(insertEntry, {
          ...entry,
          ...one,
          sequence: 1,
          hash: hash(`entry ${index}`),
          write_id: hash(`w${index}`).slice(0, 36),
        }),
      );
    const all = {
      ...{ before: 2_147_483_647, rows: 10, principal: null, user_begins: null, user_ends: "", resource: null },
      ...{ resource_id: null, since: null, until: null },
    };
    const found = async (given: Partial<typeof all> | object) =>
      (await db.all(auditPage, { ...all, ...given })).map(({ entry_id }) => entry_id);
    const newest = await found({});
    const numbers = async (given: object) => (await found(given)).map((id) => newest.length - newest.indexOf(id));
    expect(await numbers({})).toEqual([4, 3, 2, 1]);
    expect(await numbers({ rows: 2 })).toEqual([4, 3]);
    expect(await numbers({ before: newest[1] })).toEqual([2, 1]);
    expect(await numbers({ principal: "user:1" })).toEqual([1]);
    expect(await numbers({ user_begins: "user:1/", user_ends: "user:10" })).toEqual([2]);
    expect(await numbers({ user_begins: "user:1", user_ends: "user:2" })).toEqual([4, 2, 1]);
    expect(await numbers({ resource: "customer" })).toEqual([4, 3]);
    expect(await numbers({ resource_id: 1 })).toEqual([3, 1]);
    expect(await numbers({ since: at(2) })).toEqual([4, 3, 2]);
    expect(await numbers({ until: at(3) })).toEqual([2, 1]);
    expect(await numbers({ since: at(2), until: at(3) })).toEqual([2]);
  }));

test("GET /api/changes 200: by number, between two numbers, of some resources", () =>
  api.onDatabases(async (db) => {
    // The last entry gets the first number, and the first one none.
    const entries = await db.all(feed.unnumberedEntries, { rows: 9 });
    const [first = 0, second = 0, third = 0, fourth = 0] = entries.map(({ entry_id }) => entry_id);
    for (const [index, entry_id] of [fourth, third, second].entries())
      await db.run(feed.numberEntry, { entry_id, feed_sequence: index + 1 });
    const page = { after: 0, until: 9, resources: ["order", "customer"], rows: 9 };
    const sequences = async (given: object) =>
      (await db.all(feed.feedPage, { ...page, ...given })).map((one) => `${one.feed_sequence} ${one.resource_id}`);
    expect(await sequences({})).toEqual(["1 2", "2 1", "3 2"]);
    expect(await sequences({ after: 1 })).toEqual(["2 1", "3 2"]);
    expect(await sequences({ until: 2, rows: 1 })).toEqual(["1 2"]);
    expect(await sequences({ resources: ["order"] })).toEqual(["3 2"]);
    const states = await db.all(feed.feedPageWithStates, { ...page, after: 1, until: 2 });
    expect(states).toMatchObject([{ feed_sequence: 2, resource_id: 1, before_state: null, after_state: "{}" }]);
    const page3 = await db.all(feed.feedPageWithStates, page);
    expect(page3.map((one) => one.feed_sequence)).toEqual([1, 2, 3]);
    expect(await db.all(feed.unnumberedEntries, { rows: 9 })).toEqual([{ entry_id: first }]);
    for (const [most, waiting] of [
      [0, 0],
      [9, 1],
    ] as const)
      expect(await db.one(changesUnnumbered, { most })).toEqual({ waiting });
  }));

const describe = sql(`UPDATE company SET name = 'Name', iban = 'DE1', language = 'de' WHERE id = 1`);

test("a password may not hold the name of the company, and a mail is from it, in its language", () =>
  api.onDatabases(async (db) => {
    await db.run(describe);
    expect(await db.one(queries.companyName)).toEqual({ name: "Name" });
    expect(await db.one(links.companyOfMail)).toEqual({ name: "Name", language: "de" });
  }));

test("a change raises the version by one, of its own row alone", () =>
  api.onDatabases(async (db) => {
    const versions = async () => {
      const rows = await db.all(users.usersByIds, { ids: [1, 2, 3] });
      return rows.toSorted((a, b) => a.id - b.id).map(({ version }) => version);
    };
    const user = { email_address: "b@example.com", name: "B", employee_id: null, roles: "", disabled: true };
    expect(await db.run(users.updateUser, { ...user, search_text: "b", id: 2, version: 1 })).toEqual({
      rowsAffected: 0,
    });
    expect(await db.run(users.updateUser, { ...user, search_text: "b", id: 2, version: 0 })).toEqual({
      rowsAffected: 1,
    });
    expect(await versions()).toEqual([0, 1, 0]);
    expect(await db.one(queries.userById, { id: 2 })).toMatchObject({ ...user, version: 1 });
    expect(await db.run(queries.setPasswordHash, { id: 2, version: 1, password_hash: "new" })).toEqual({
      rowsAffected: 1,
    });
    expect(await db.run(signOns.takeRoles, { id: 3, version: 0 })).toEqual({ rowsAffected: 1 });
    expect(await versions()).toEqual([0, 2, 1]);
    expect(await db.all(links.userToMail, { email_address: "one@example.com" })).toEqual([
      { id: 1, email_address: "one@example.com", name: "one", password_hash: "of one", disabled: false },
    ]);
    const before = (await db.one(queries.accessNow)).version;
    await db.run(queries.raiseAccessVersion);
    expect((await db.one(queries.accessNow)).version).toBe(before + 1);
    await db.run(queries.insertSession, { hash: hash("z"), user_id: 1, now: at(1), address: "z", browser: hash("z") });
    expect((await db.one(queries.sessionByHash, { hash: hash("z") })).access_version).toBe(before + 1);
    expect(await db.run(tokens.updateToken, { id: 2, version: 0, name: "new", disabled: true })).toEqual({
      rowsAffected: 1,
    });
    const [changed, other] = [
      await db.all(tokens.tokensByIds, { ids: [2] }),
      await db.all(tokens.tokensByIds, { ids: [1] }),
    ];
    expect([changed, other]).toMatchObject([[{ name: "new", disabled: true, version: 1 }], [{ version: 0 }]]);
    expect(await db.transaction((tx) => tx.all(tokens.lockToken, { id: 2 }))).toEqual(changed);
    const own = await db.maybe(account.preferencesOfUser, { user_id: 2 });
    const document = { user_id: 2, document: "newer", version: own?.version ?? 0 };
    expect(await db.run(account.updatePreferences, document)).toEqual({ rowsAffected: 1 });
    expect(await db.maybe(account.preferencesOfUser, { user_id: 2 })).toEqual({
      document: "newer",
      version: document.version + 1,
    });
    const lock = await db.transaction((tx) => tx.one(passkeys.lockPasskey, { id: 1, user_id: 1 }));
    expect(await db.run(passkeys.renamePasskey, { id: 1, version: lock.version, name: "again" })).toEqual({
      rowsAffected: 1,
    });
    expect(await db.transaction((tx) => tx.one(passkeys.lockPasskey, { id: 1, user_id: 1 }))).toMatchObject({
      version: lock.version + 1,
    });
  }));

test("what is deleted or used is the named row, and no other", () =>
  api.onDatabases(async (db) => {
    await withSessions(db, { a: [1, 1, 1], b: [2, 2, 2] });
    await db.run(queries.insertSession, { hash: hash("c"), user_id: 2, now: at(3), address: null, browser: hash("a") });
    await db.run(queries.deleteSession, { hash: hash("a") });
    expect((await db.all(allSessions)).map((one) => one.hash)).toEqual([hash("b"), hash("c")]);
    await db.run(queries.deleteSessionsOfUser, { user_id: 1 });
    expect((await db.all(allSessions)).map((one) => one.hash)).toEqual([hash("c")]);
    for (const user_id of [1, 2])
      await db.run(queries.insertPasswordLink, { hash: hash(`link ${user_id}`), user_id, expires_at: at(1) });
    await db.run(queries.deletePasswordLinks, { user_id: 1 });
    expect(await db.maybe(queries.passwordLink, { hash: hash("link 2") })).toEqual({ user_id: 2, expires_at: at(1) });
    expect(await db.maybe(queries.passwordLink, { hash: hash("link 1") })).toBe(null);
    for (const place of ["x", "y", "z"]) await db.run(queries.insertFailure, { place, failures: 1, now: at(1) });
    await db.run(queries.updateFailure, { place: "y", failures: 7, now: at(2) });
    const failures = () => db.transaction((tx) => tx.all(queries.lockFailures, { places: ["z", "y", "x"] }));
    expect((await failures()).map((one) => [one.place, one.failures].join(" "))).toEqual(["x 1", "y 7", "z 1"]);
    await db.run(queries.forgetFailures, { places: ["x", "z"] });
    expect((await failures()).map(({ place }) => place)).toEqual(["y"]);
    await db.run(queries.useToken, { hash: hash("token 0"), now: at(5) });
    const used = [
      await db.one(queries.tokenByHash, { hash: hash("token 0") }),
      await db.one(queries.tokenByHash, { hash: hash("token 1") }),
    ];
    expect(used.map(({ used_at }) => used_at)).toEqual([at(5), null]);
    await db.run(factors.deleteRecoveryCodes, { user_id: 2 });
    const codes = await Promise.all([1, 2, 3].map((user_id) => db.all(factors.recoveryCodesOfUser, { user_id })));
    expect(codes.map((rows) => rows.length)).toEqual([1, 0, 2]);
    expect(await db.maybe(users.employeeExists, { id: 4 })).toEqual({ id: 4 });
    expect(await db.maybe(users.userOfEmployee, { employee_id: 3 })).toEqual({ id: 1 });
  }));
