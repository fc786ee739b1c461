// What cannot be undone asks again who it is, 15 minutes after the last time: the router refuses it with 403
// `proof-required` until the password or a passkey was given here. The session gets another secret with each proof.
import type { Api } from "../../api.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { optional, text } from "../../contract/schema.ts";
import { own } from "../account/own.ts";
import { session } from "../fields.ts";
import { passkeyAnswer } from "../passkeys/fields.ts";
import { welcome } from "../session-answer.ts";
import { prove } from "./prove.ts";

const proof = object("Proof", { password: optional(text(200)), passkey: optional(passkeyAnswer) });

/** The route of a proof. */
export function proofRoutes(api: Api): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/api/session/proof",
      right: "signed-in",
      tag: "session",
      summary: "Prove again who you are, with your password or a passkey",
      description:
        "Send one of the two. For 15 minutes nothing asks again. The answer sets another cookie: the one that was sent " +
        "stops working. Whoever has neither signs in again instead.",
      query: {},
      body: proof,
      data: session,
      refusals: ["rule", "slow-down", "state", "forbidden"],
      async handle({ body, context }) {
        const signed = await prove(api, own(context.principal), body, context);
        return welcome(api, signed, "Proved");
      },
    }),
  ];
}
