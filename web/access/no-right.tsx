import type { Right } from "../api/session/session.ts";
import { Failure } from "../components/failure.tsx";

/** Shown in place of a page that the user may not use, in the words of the API. */
export function NoRight({ right }: { readonly right: Right }) {
  const message = `You lack the right ${right}. Ask an admin for a role that has it.`;
  const nothing = { issues: [], current: null, etag: null, requestId: null };
  return <Failure isPage error={{ ok: false, status: 403, code: "forbidden", message, ...nothing }} />;
}
