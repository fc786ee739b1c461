// The fields of users and sessions: what a client may send, and what it gets.
import type { RowOf } from "sqlproof";
import { object } from "../contract/object.ts";
import {
  array,
  boolean,
  dateTime,
  id,
  name,
  nullable,
  type Of,
  oneOf,
  optional,
  type Schema,
  text,
} from "../contract/schema.ts";
import { isEmailAddress } from "../resources/email-address.ts";
import { type Right, roles, rolesOf } from "../rights/rights.ts";
import { commonPasswords } from "./common-passwords.ts";
import { longestPassword, shortestPassword } from "./passwords.ts";
import type { usersByIds } from "./users/queries.ts";

/** So many different characters a password has at least. */
const fewestCharacters = 5;

/** A password that somebody chooses: long enough, and none of the commonest. */
export const newPassword: Schema<string> = {
  jsonSchema: () => ({ type: "string", minLength: shortestPassword, maxLength: longestPassword, writeOnly: true }),
  read(value, pointer, issues) {
    const refuse = (message: string, code: "text" | "rule" = "text") => {
      issues.push({ pointer: `#${pointer}`, code, message });
      return undefined;
    };
    // As it is read at sign-in.
    const read = text(longestPassword).read(value, pointer, issues);
    if (read === undefined) return undefined;
    if (Array.from(read).length < shortestPassword) return refuse(`Must have at least ${shortestPassword} characters.`);
    if (new Set(read).size < fewestCharacters)
      return refuse("Has only a few different characters. Choose another one.", "rule");
    if (commonPasswords.has(read.toLowerCase()))
      return refuse("Is one of the most common passwords. Choose another one.", "rule");
    return read;
  },
};

const role = oneOf(roles, `Must be one of ${roles.join(", ")}.`);

/** An e-mail address in lower case. */
export const emailAddress: Schema<string> = {
  jsonSchema: (form) => ({ type: "string", maxLength: 254, ...(form === "input" ? { format: "email" } : {}) }),
  read(value, pointer, issues) {
    const read = text(254).read(value, pointer, issues);
    if (read === undefined || isEmailAddress(read)) return read?.toLowerCase();
    issues.push({
      pointer: `#${pointer}`,
      code: "text",
      message: "Must be one e-mail address, like anna@example.com.",
    });
    return undefined;
  },
};

const userMembers = {
  id,
  email_address: emailAddress,
  name: text(100),
  employee_id: nullable(id),
  roles: array(role),
  disabled: boolean,
  /** Whether the user has chosen a password. */
  has_password: boolean,
  /** Whether the user has an authenticator app or a passkey. */
  has_second_factor: boolean,
} as const;

export const user = object("User", userMembers);
export type User = Of<typeof user>;

export const userCreate = object(
  "UserCreate",
  {
    email_address: emailAddress,
    name: name(60),
    employee_id: optional(nullable(id)),
    roles: array(role, roles.length),
    password: optional(newPassword),
  },
  { readOnly: ["id", "has_password", "has_second_factor"] },
);

export const userUpdate = object(
  "UserUpdate",
  {
    email_address: optional(emailAddress),
    name: optional(name(60)),
    employee_id: optional(nullable(id)),
    roles: optional(array(role, roles.length)),
    disabled: optional(boolean),
  },
  { answered: userMembers },
);

/** A stored user as the API shows it. */
export function shownUser({
  password_hash,
  second_factors,
  roles: text,
  approvals,
  version: _,
  ...row
}: RowOf<typeof usersByIds>): User {
  const has = { has_password: password_hash !== null, has_second_factor: (second_factors ?? 0) > 0 };
  return { ...row, roles: rolesOf({ roles: text, approvals }), ...has };
}

export const session = object("Session", {
  /**
   * `open` while there is no user and only this machine reaches the server: everybody may do everything. `anonymous`
   * where clients of a network need not sign in.
   */
  state: oneOf(["open", "anonymous", "signed-out", "signed-in"], "Must be a state."),
  user: nullable(object("SessionUser", { id, name: text(100), email_address: text(254), roles: array(role) })),
  rights: array(text(40)),
  /** Until then nothing asks for the password or the passkey again. */
  proved_until: nullable(dateTime),
  /** Nothing is allowed before an authenticator app or a passkey is set up. */
  needs_second_factor: boolean,
  sign_in: object("SignInWays", {
    /** The server knows the name that passkeys belong to. */
    passkeys: boolean,
    /** The name of the provider, for the button. */
    single_sign_on: nullable(text(100)),
    /** Whoever has forgotten a password gets a mail. */
    mail: boolean,
    /** There is no user yet: the first one is made with the link that the program printed at its start. */
    no_user: boolean,
  }),
});
export type Session = Of<typeof session>;

/** The rights as they are listed in an answer. */
export function listed(rights: ReadonlySet<Right>): readonly string[] {
  return [...rights].sort();
}
