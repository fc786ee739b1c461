import { userText } from "northwind-schema/row-text";
import { parametersOf, type RowOf, type Transaction } from "sqlproof";
import { ApiError, type Issue, refuseAll } from "../../contract/answer.ts";
import type { Of } from "../../contract/schema.ts";
import { type Role, rightsOf, rolesIn, rolesOf } from "../../rights/rights.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import type { userCreate, userUpdate } from "../fields.ts";
import { chosenPasswordHash } from "../passwords.ts";
import { deletePasswordLinks, deleteSessionsOfUser, raiseAccessVersion } from "../queries.ts";
import { deleteIdentities } from "../single-sign-on/queries.ts";
import {
  approvalOf,
  deleteApproval,
  employeeExists,
  insertApproval,
  insertUser,
  lockUsers,
  updateUser,
  userOfEmployee,
  usersByIds,
  userWithEmailAddress,
} from "./queries.ts";

type UserRow = RowOf<typeof usersByIds>;

/**
 * Stores a new user and gives the id. The first one must be able to let others in, and needs a password unless a link is
 * made for it in the same transaction.
 */
export async function createUser(
  tx: Transaction,
  body: Of<typeof userCreate>,
  getsIn: "by password" | "by link" = "by password",
): Promise<number> {
  const { email_address, name, employee_id = null, roles, password } = body;
  await tx.run(raiseAccessVersion);
  const isFirst = (await tx.all(lockUsers)).length === 0;
  refuseAll([
    ...(await userIssues(tx, { email_address, employee_id, roles }, null)),
    ...(isFirst ? firstUserIssues(roles, getsIn === "by link" || password !== undefined) : []),
  ]);
  const user = { name, email_address };
  const password_hash =
    password === undefined ? null : await chosenPasswordHash(tx, { password, pointer: "#/password", user });
  const row = { email_address, name, employee_id, roles: written(roles, employee_id), password_hash };
  const { id } = await tx.one(insertUser, { ...row, search_text: userText(row) });
  // Who has the privilege already keeps it.
  if (roles.includes("approver")) await approve(tx, employee_id);
  return id;
}

/**
 * Changes a user. Whoever is disabled is signed out everywhere at once; whoever gains rights signs in again, so that a
 * session that somebody else has does not gain them.
 */
export async function changeUser(tx: Transaction, before: UserRow, body: Of<typeof userUpdate>): Promise<void> {
  await tx.run(raiseAccessVersion);
  const { roles: given, ...fields } = body;
  const { email_address, employee_id } = { ...before, ...fields };
  const roles = given ?? (employee_id === before.employee_id ? rolesOf(before) : rolesIn(before.roles));
  const after = { ...before, ...fields, roles: written(roles, employee_id) };
  refuseAll(await userIssues(tx, { email_address, employee_id, roles }, before.id));
  if (!isAdmin(after) && (await isLastAdmin(tx, before.id)))
    throw new ApiError(
      "state",
      "This is the last admin who can sign in: make another user an admin, and let them in first.",
    );
  requireVersion(await tx.run(updateUser, parametersOf(updateUser, { ...after, search_text: userText(after) })));
  // The account goes to the owner of another address: whoever had it at a provider has it there no more.
  if (after.email_address !== before.email_address) {
    await tx.run(deleteIdentities, { user_id: before.id });
    await tx.run(deletePasswordLinks, { user_id: before.id });
  }
  if (roles.includes("approver")) await approve(tx, employee_id);
  else if (given !== undefined && employee_id !== null) await tx.run(deleteApproval, { employee_id });
  if (after.disabled) await tx.run(deletePasswordLinks, { user_id: before.id });
  // Another employee may be an approver: what counts is what the user may do now.
  const now = await tx.one(usersByIds, { ids: [before.id] });
  if (after.disabled || gainsRights(rolesOf(before), rolesOf(now)))
    await tx.run(deleteSessionsOfUser, { user_id: before.id });
}

function gainsRights(before: readonly Role[], after: readonly Role[]): boolean {
  const had = rightsOf(before);
  return [...rightsOf(after)].some((right) => !had.has(right));
}

/** Whether nobody else is an admin who can sign in: one who was invited, and has no password yet, cannot. */
export async function isLastAdmin(tx: Transaction, id: number): Promise<boolean> {
  const all = await tx.all(lockUsers);
  if (!all.some((one) => one.id === id && isAdmin(one))) return false;
  const canSignIn = (one: (typeof all)[number]) => one.password_hash !== null || (one.other_ways ?? 0) > 0;
  return !all.some((one) => one.id !== id && isAdmin(one) && canSignIn(one));
}

function isAdmin({ roles, disabled }: { readonly roles: string; readonly disabled: boolean }): boolean {
  return !disabled && rolesIn(roles).includes("admin");
}

/** The roles as a column holds them, each once. Whether an employee is an approver is in the table of the original. */
function written(roles: readonly Role[], employeeId: number | null): string {
  const own = employeeId === null ? roles : roles.filter((role) => role !== "approver");
  return [...new Set(own)].sort().join(" ");
}

/** Gives an employee the privilege of Purchase Approvals, as programs of the original know it. */
async function approve(tx: Transaction, employee_id: number | null): Promise<void> {
  if (employee_id === null || (await tx.maybe(approvalOf, { employee_id })) !== null) return;
  await tx.run(insertApproval, { employee_id });
}

interface Checked {
  readonly email_address: string;
  readonly employee_id: number | null;
  readonly roles: readonly Role[];
}

async function userIssues(
  tx: Transaction,
  { email_address, employee_id, roles }: Checked,
  own: number | null,
): Promise<Issue[]> {
  const issues: Issue[] = [];
  const refuse = (field: string, code: Issue["code"], message: string) =>
    issues.push({ pointer: `#/${field}`, code, message });
  const other = await tx.maybe(userWithEmailAddress, { email_address });
  if (other !== null && other.id !== own) refuse("email_address", "duplicate", "Another user has this e-mail address.");
  if (employee_id !== null && (await tx.maybe(employeeExists, { id: employee_id })) === null)
    refuse("employee_id", "reference", "There is no such employee.");
  const namesake = employee_id === null ? null : await tx.maybe(userOfEmployee, { employee_id });
  if (namesake !== null && namesake.id !== own)
    refuse("employee_id", "duplicate", `This employee is user ${namesake.id} already.`);
  if (roles.length === 0) refuse("roles", "required", "Must have one role at least.");
  return issues;
}

function firstUserIssues(roles: readonly Role[], getsIn: boolean): Issue[] {
  const issues: Issue[] = [];
  if (!roles.includes("admin"))
    issues.push({
      pointer: "#/roles",
      code: "rule",
      message: "The first user must be an admin, or nobody could let others in.",
    });
  if (!getsIn) issues.push({ pointer: "#/password", code: "required", message: "The first user needs a password." });
  return issues;
}
