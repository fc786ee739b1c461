import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { layOutDocuments, layOutProgram, type Parts, root, run, version } from "./layout.ts";

/** The folder that is unpacked: started as `./northwind`, or installed as a service by hand. */
export async function makeTarball(into: string, parts: Parts, at: Date): Promise<string> {
  const name = `northwind-${version}-${process.platform}-${process.arch}`;
  const folder = join(into, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await layOutProgram(folder, parts);
  layOutDocuments(folder, at);
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  cpSync(join(root, "deploy", "northwind.conf"), join(folder, "northwind.conf"));
  cpSync(join(root, "deploy", "systemd", "northwind.service"), join(folder, "northwind.service"));
  const file = `${folder}.tar.gz`;
  const equal = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", `--mtime=@${seconds(at)}`];
  run("tar", ["--create", "--gzip", ...equal, `--file=${file}`, `--directory=${into}`, name]);
  rmSync(folder, { recursive: true });
  return file;
}

/** Seconds since 1970, as tar and dpkg-deb want it. */
export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
