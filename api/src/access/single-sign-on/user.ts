// Which user somebody is whom the provider knows: the one who is linked, else the one who was invited to the address
// that the provider has verified. With a claim of roles, they come from there at each sign-in.
import { parametersOf, type RowOf, type Transaction } from "sqlproof";
import { ApiError } from "../../contract/answer.ts";
import { isStorable, isVisible, utcNow } from "../../contract/text.ts";
import { isEmailAddress } from "../../resources/email-address.ts";
import { type Role, roles, rolesOf } from "../../rights/rights.ts";
import { record, type Writer } from "../../writes/audit/record.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import { shownUser } from "../fields.ts";
import { deleteSessionsOfUser, raiseAccessVersion } from "../queries.ts";
import { deleteApproval, lockUser, usersByIds, userWithEmailAddress } from "../users/queries.ts";
import { changeUser, createUser, isLastAdmin } from "../users/write.ts";
import { type Claims, claimNamed } from "./provider.ts";
import { insertIdentity, subjectOfUser, takeRoles, userOfIdentity } from "./queries.ts";

type UserRow = RowOf<typeof usersByIds>;

/** Somebody as the provider knows them. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Null unless the provider has verified it. */
  readonly emailAddress: string | null;
  readonly name: string;
  /** Null if roles are given here. */
  readonly roles: readonly Role[] | null;
}

/** Reads the claims. Throws 403 `no-account` if they do not say who it is. */
export function identityIn(claims: Claims, rolesClaim: string | null): Identity {
  const { iss, sub, email, email_verified, name } = claims;
  if (typeof iss !== "string" || typeof sub !== "string" || !isShort(iss) || !isShort(sub)) throw noAccount();
  const address = typeof email === "string" && email.length <= 254 && isEmailAddress(email) ? email.toLowerCase() : "";
  const called = typeof name === "string" && isStorable(name, "one-line") && isVisible(name) ? name.trim() : "";
  return {
    issuer: iss,
    subject: sub,
    emailAddress: email_verified === true && address !== "" ? address : null,
    name: Array.from(called || address.replace(/@.*/, ""))
      .slice(0, 60)
      .join(""),
    roles: rolesClaim === null ? null : rolesNamed(claimNamed(claims, rolesClaim)),
  };
}

function isShort(text: string): boolean {
  return text !== "" && text.length <= 255 && isStorable(text, "one-line");
}

/** The roles that a claim names, as a list or with spaces or commas between them. Other names are passed over. */
function rolesNamed(claim: unknown): readonly Role[] {
  const names: readonly unknown[] =
    typeof claim === "string" ? claim.split(/[\s,]+/) : Array.isArray(claim) ? claim : [];
  return roles.filter((role) => names.includes(role));
}

function noAccount(): ApiError {
  return new ApiError("no-account", "You have no account here that may sign in: ask an admin to invite you.");
}

/** A user who may sign in, or why nobody may. */
export type Met = { readonly user: UserRow } | { readonly refusal: ApiError; readonly userId: number | null };

/** The user of an identity, linked and with the roles of today. A refusal changes something too: roles that are lost. */
export async function userOf(tx: Transaction, identity: Identity, writer: Writer): Promise<Met> {
  const user = (await linked(tx, identity)) ?? (await invited(tx, identity)) ?? (await created(tx, identity, writer));
  if (user === null || user.disabled) return { refusal: noAccount(), userId: user?.id ?? null };
  const today = await withRoles(tx, user, identity.roles, writer);
  if (today !== null) return { user: today };
  const refusal = new ApiError("no-role", "You have no role here: ask for one at your provider.");
  return { refusal, userId: user.id };
}

async function linked(tx: Transaction, { issuer, subject }: Identity): Promise<UserRow | null> {
  const found = await tx.maybe(userOfIdentity, { issuer, subject });
  return found === null ? null : tx.maybe(lockUser, { id: found.user_id });
}

async function invited(tx: Transaction, identity: Identity): Promise<UserRow | null> {
  const { issuer, emailAddress: email_address } = identity;
  const found = email_address === null ? null : await tx.maybe(userWithEmailAddress, { email_address });
  if (found === null) return null;
  const user = await tx.one(lockUser, { id: found.id });
  // Somebody else had this address when the account was linked.
  if ((await tx.maybe(subjectOfUser, { user_id: user.id, issuer })) !== null) return null;
  if (!user.disabled) await link(tx, user.id, identity);
  return user;
}

/** Only a claim of roles lets in whom nobody has invited. */
async function created(tx: Transaction, identity: Identity, writer: Writer): Promise<UserRow | null> {
  const { emailAddress: email_address, name, roles: given } = identity;
  if (email_address === null || given === null || given.length === 0) return null;
  if ((await tx.maybe(userWithEmailAddress, { email_address })) !== null) return null;
  const id = await createUser(tx, { email_address, name, roles: given }, "by link");
  await link(tx, id, identity);
  return recorded(tx, id, null, writer);
}

async function link(tx: Transaction, user_id: number, { issuer, subject }: Identity): Promise<void> {
  await tx.run(insertIdentity, { issuer, subject, user_id, linked_at: utcNow() });
}

async function withRoles(
  tx: Transaction,
  user: UserRow,
  given: readonly Role[] | null,
  writer: Writer,
): Promise<UserRow | null> {
  if (given === null) return user;
  const had = rolesOf(user);
  if (given.length > 0 && new Set([...had, ...given]).size === had.length && had.length === given.length) return user;
  if (given.length === 0 && (had.length === 0 || (await isLastAdmin(tx, user.id)))) return null;
  if (given.length > 0) await changeUser(tx, user, { roles: given });
  else await takeAllRoles(tx, user);
  const after = await recorded(tx, user.id, user, writer);
  return given.length === 0 ? null : after;
}

async function takeAllRoles(tx: Transaction, user: UserRow): Promise<void> {
  requireVersion(await tx.run(takeRoles, parametersOf(takeRoles, user)));
  if (user.employee_id !== null) await tx.run(deleteApproval, { employee_id: user.employee_id });
  await tx.run(deleteSessionsOfUser, { user_id: user.id });
  await tx.run(raiseAccessVersion);
}

async function recorded(tx: Transaction, id: number, before: UserRow | null, writer: Writer): Promise<UserRow> {
  const after = await tx.one(usersByIds, { ids: [id] });
  const states = { before: before === null ? null : shownUser(before), after: shownUser(after) };
  const change = { resource: "user", id, version: after.version, ...states } as const;
  await record(tx, [{ change, writer }]);
  return after;
}
