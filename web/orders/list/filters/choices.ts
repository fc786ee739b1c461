import { read } from "../../../api/browser.ts";
import type { Reply } from "../../../api/reply.ts";
import type { OrderContact } from "../../../api/types.ts";
import type { Choice, Search } from "../../../components/form/use-choices.ts";
import { notSearched } from "../../../shell/connection/connection.ts";
import { companyName, employeeName, personName } from "../../names.ts";

export type ContactResource = "customers" | "employees";

const most = 8;

/** A customer or an employee to choose. */
export function choiceOf(kind: ContactResource, contact: OrderContact): Choice {
  const { id } = contact;
  const [name, about] =
    kind === "customers" ? [companyName(contact), personName(contact)] : [employeeName(contact), contact.company];
  return !about || about === name ? { id, name } : { id, name, about };
}

/** Finds contacts by part of their name. */
export function searchFor(kind: ContactResource): Search {
  return async (typed, signal) => {
    const q = typed.trim() === "" ? "" : `&q=${encodeURIComponent(typed.trim())}`;
    const reply = await read<readonly OrderContact[]>(`/api/${kind}?limit=${most}&sort=name${q}`, signal);
    return reply.ok ? reply.data.map((contact) => choiceOf(kind, contact)) : notSearched(signal);
  };
}

/** The choice behind an id in the address; without an answer the id is its name. */
export function choiceFrom(kind: ContactResource, id: string, reply: Reply<OrderContact>): Choice {
  return reply.ok ? choiceOf(kind, reply.data) : { id: Number(id), name: `#${id}` };
}
