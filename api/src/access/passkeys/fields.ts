// What browsers send of passkeys (WebAuthn, 5.1) and what users see of theirs.
import { object } from "../../contract/object.ts";
import {
  array,
  boolean,
  dateTime,
  id,
  name,
  nullable,
  type Of,
  optional,
  type Schema,
  text,
} from "../../contract/schema.ts";

/** Bytes in base 64 without padding, as browsers write them. */
function base64(max: number): Schema<string> {
  return {
    jsonSchema: () => ({ type: "string", maxLength: max, pattern: "^[A-Za-z0-9_-]+$" }),
    read(value, pointer, issues) {
      const refuse = (message: string) => {
        issues.push({ pointer: `#${pointer}`, code: "text", message });
        return undefined;
      };
      if (typeof value !== "string" || !/^[\w-]+$/.test(value)) return refuse("Must be bytes in URL-safe base 64.");
      return value.length > max ? refuse(`Must have ${max} characters at most.`) : value;
    },
  };
}

/** An object of which only these members are read: browsers add others, and more with the years. */
function amongOthers<T>(members: readonly string[], schema: Schema<T>): Schema<T> {
  return {
    jsonSchema: (form, define) => schema.jsonSchema(form, define),
    read: (value, pointer, issues) => {
      const known = value instanceof Map ? new Map([...value].filter(([key]) => members.includes(key))) : value;
      return schema.read(known, pointer, issues);
    },
  };
}

const others = { schema: { additionalProperties: true } } as const;
const credential = { id: base64(1400), rawId: base64(1400), type: text(20) } as const;
const credentialMembers = ["id", "rawId", "type", "response"];

const assertion = object(
  "PasskeyAssertion",
  {
    clientDataJSON: base64(4000),
    authenticatorData: base64(4000),
    signature: base64(4000),
    userHandle: optional(nullable(base64(100))),
  },
  others,
);

/** What an authenticator has signed to sign in. */
export const passkeyAnswer = amongOthers(
  credentialMembers,
  object(
    "PasskeyAnswer",
    {
      ...credential,
      response: amongOthers(["clientDataJSON", "authenticatorData", "signature", "userHandle"], assertion),
    },
    others,
  ),
);
export type PasskeyAnswer = Of<typeof passkeyAnswer>;

const attestation = object(
  "PasskeyAttestation",
  {
    clientDataJSON: base64(4000),
    attestationObject: base64(20_000),
    transports: optional(array(text(20), 10)),
  },
  others,
);

/** What an authenticator says of a new passkey. */
export const passkeyCreation = amongOthers(
  credentialMembers,
  object(
    "PasskeyCreation",
    { ...credential, response: amongOthers(["clientDataJSON", "attestationObject", "transports"], attestation) },
    others,
  ),
);
export type PasskeyCreation = Of<typeof passkeyCreation>;

/** What the browser is to be called with, in the JSON form of WebAuthn. */
const options: Schema<object> = {
  jsonSchema: () => ({ type: "object", additionalProperties: true }),
  read: () => undefined,
};
export const passkeyOptions = object("PasskeyOptions", { options });

export const passkey = object("Passkey", {
  id,
  name: text(100),
  created_at: dateTime,
  used_at: nullable(dateTime),
  /** Several devices of the user have it. */
  backed_up: boolean,
});
export const passkeyCreate = object("PasskeyCreate", { name: name(50), response: passkeyCreation });
export const passkeyUpdate = object("PasskeyUpdate", { name: name(50) });
export const passkeySignIn = object("PasskeySignIn", { response: passkeyAnswer });
