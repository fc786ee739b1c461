/** The state of a cluster node, as the node reports it. */
export type NodeStatus =
  | { readonly found: "up" | "behind"; readonly cluster: string }
  | { readonly found: "down"; readonly reason: string };

/** The statement whose rows `readStatus` reads. A node that is cut off still answers SHOW. */
export const statusQuery =
  "SHOW GLOBAL STATUS WHERE Variable_name IN" +
  " ('wsrep_ready', 'wsrep_local_state', 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_state_uuid')";

/** Reads the rows of `statusQuery`. */
export function readStatus(rows: unknown): NodeStatus {
  const values = new Map<string, string>();
  if (Array.isArray(rows)) for (const [name, value] of rows) values.set(String(name).toLowerCase(), String(value));
  const state = values.get("wsrep_local_state_comment") ?? "";
  const down = (reason: string): NodeStatus => ({ found: "down", reason });
  const cluster = values.get("wsrep_cluster_status");
  if (cluster === undefined || cluster === "Disconnected") return down("is in no Galera cluster");
  if (cluster !== "Primary") return down("is cut off from the majority of the cluster");
  if (values.get("wsrep_ready") !== "ON") return down(`is not ready (${state})`);
  const name = values.get("wsrep_cluster_state_uuid") ?? "";
  switch (values.get("wsrep_local_state")) {
    case "4":
      return { found: "up", cluster: name };
    case "2":
    case "3":
      return { found: "behind", cluster: name };
    default:
      return down(`is joining the cluster (${state})`);
  }
}

/** Why a node is unusable now, as the end of a sentence, or null. */
export function unusableReason(rows: unknown): string | null {
  const status = readStatus(rows);
  if (status.found === "down") return status.reason;
  return status.found === "behind" ? "is behind the others" : null;
}
