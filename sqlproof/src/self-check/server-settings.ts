/** Rows as lists of values. */
export type Rows = readonly (readonly unknown[])[];

/** A server setting that this program cannot change, and its required value. */
interface Rule {
  readonly name: string;
  readonly isSafe: (value: string, values: ReadonlyMap<string, string>) => boolean;
  /** What goes wrong otherwise, as the end of a sentence. */
  readonly harm: string;
  readonly wanted: string;
  /** False when changing it needs a restart of the server. */
  readonly dynamic: boolean;
}

const isOn = (value: string | undefined) => value !== undefined && /^(1|ON)$/i.test(value);
const inCluster = (values: ReadonlyMap<string, string>) => isOn(values.get("wsrep_on"));

const rules: readonly Rule[] = [
  {
    name: "innodb_flush_log_at_trx_commit",
    isSafe: (value) => value === "1",
    harm:
      "acknowledged writes are lost when the server is killed (0) or its machine loses power (0 and 2)," +
      " on a node of a cluster as well, because all nodes may fail together",
    wanted: "1",
    dynamic: true,
  },
  {
    name: "innodb_doublewrite",
    // Newer servers also have FAST, which is safe.
    isSafe: (value) => !/^(0|OFF)$/i.test(value),
    harm: "a page that is half written when the power fails cannot be repaired",
    wanted: "ON",
    dynamic: false,
  },
  {
    name: "sync_binlog",
    isSafe: (value, values) => value === "1" || !isOn(values.get("log_bin")),
    harm: "after a power cut the binary log, and with it every replica and restore, lacks acknowledged writes",
    wanted: "1",
    dynamic: true,
  },
  {
    name: "binlog_format",
    isSafe: (value, values) => value === "ROW" || !inCluster(values),
    harm: "the nodes of a cluster drift apart",
    wanted: "ROW",
    dynamic: true,
  },
  {
    name: "innodb_autoinc_lock_mode",
    isSafe: (value, values) => value === "2" || !inCluster(values),
    harm: "the nodes of a cluster wait for each other forever",
    wanted: "2",
    dynamic: false,
  },
  {
    name: "wsrep_dirty_reads",
    isSafe: (value, values) => !isOn(value) || !inCluster(values),
    harm: "a node that was cut off returns outdated rows",
    wanted: "OFF",
    dynamic: true,
  },
];

const snapshots = "innodb_snapshot_isolation";

/** The query for `unsafeSettings`. */
export const settingsQuery = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${[
  ...rules.map(({ name }) => name),
  ...["log_bin", "wsrep_on", "version", snapshots],
]
  .map((name) => `'${name}'`)
  .join(", ")})`;

/** The rows of `settingsQuery` by name. */
export function settingValues(rows: unknown): Map<string, string> {
  const values = new Map<string, string>();
  if (Array.isArray(rows)) for (const [name, value] of rows) values.set(String(name).toLowerCase(), String(value));
  return values;
}

/** True when the server is a node of a Galera cluster. */
export function isClusterNode(values: ReadonlyMap<string, string>): boolean {
  return inCluster(values);
}

/** What is unsafe about a server, each with its remedy. */
export function unsafeSettings(values: ReadonlyMap<string, string>): string[] {
  const version = values.get("version") ?? "unknown";
  if (!values.has(snapshots))
    return [
      `The server is too old or not MariaDB (version ${version}): without ${snapshots} two users who change the same ` +
        "row overwrite each other unnoticed. Upgrade it to MariaDB 10.6.18, 10.11.8, 11.4.2 or newer.",
    ];
  const problems: string[] = [];
  for (const { name, isSafe, harm, wanted, dynamic } of rules) {
    const value = values.get(name);
    if (value === undefined || isSafe(value, values)) continue;
    const line = `${name} = ${wanted}`;
    const remedy = dynamic
      ? `Run SET GLOBAL ${name} = ${/^\d+$|^O/.test(wanted) ? wanted : `'${wanted}'`}; and write ${line} under ` +
        "[mariadbd] in the server's option file."
      : `Write ${line} under [mariadbd] in the server's option file and restart the server.`;
    problems.push(`${name} is ${value}: ${harm}. ${remedy}`);
  }
  return problems;
}
