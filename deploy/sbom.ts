// The bill of materials in CycloneDX: everything that the lock file lets into the program, and Bun, which runs it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../package.json" with { type: "json" };

const root = join(import.meta.dir, "..");

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  /** Programs for other machines, and of build tools for this one. */
  readonly optional?: boolean;
}

/** Traced by Next.js but not packed (pack-pages.ts), or a part of its compiler. */
const leftOut = /^(?:@img\/|sharp$|detect-libc$|@next\/swc-)/;

interface Component {
  readonly type: "library" | "platform";
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly "bom-ref": string;
  readonly licenses: readonly object[];
  readonly hashes: readonly object[];
}

/** The document. Its serial number follows from what it says, so that equal packages have equal documents. */
export function billOfMaterials(at: Date): object {
  const all = components();
  const about = JSON.stringify([version, at, all]);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    serialNumber: `urn:uuid:${Bun.randomUUIDv5(about, "url")}`,
    version: 1,
    metadata: {
      timestamp: at.toISOString(),
      component: { type: "application", name: "northwind", version, licenses: [{ license: { id: "MIT" } }] },
    },
    components: all,
  };
}

function components(): readonly Component[] {
  const found = [...lockedPackages()].flatMap(([path, locked]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    const isShipped = name === "bun" || (locked.dev !== true && locked.optional !== true && !leftOut.test(name));
    if (locked.version === undefined || locked.link === true || !path.includes("node_modules/") || !isShipped)
      return [];
    return [component(name, locked.version, locked)];
  });
  return [...new Map(found.map((one) => [one["bom-ref"], one])).values()].sort((a, b) =>
    a["bom-ref"] < b["bom-ref"] ? -1 : 1,
  );
}

function component(name: string, version: string, { license, integrity }: Locked): Component {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [, digest] = /^sha512-(\S+)/.exec(integrity ?? "") ?? [];
  const hashes =
    digest === undefined ? [] : [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }];
  const licenses =
    license === undefined ? [] : [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }];
  return { type: name === "bun" ? "platform" : "library", name, version, purl, "bom-ref": purl, licenses, hashes };
}

function lockedPackages(): ReadonlyMap<string, Locked> {
  const json: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  if (typeof json !== "object" || json === null || !("packages" in json))
    throw new Error("The lock file has no packages.");
  return new Map(Object.entries(json.packages ?? {}));
}
