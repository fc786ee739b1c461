import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { layOutDocuments, layOutProgram, type Parts, root, run, version } from "./layout.ts";
import { seconds } from "./tarball.ts";

const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** The Debian package. A revision distinguishes packages of the same version. */
export async function makeDebianPackage(into: string, parts: Parts, at: Date, revision = 1): Promise<string> {
  const architecture = architectures[process.arch];
  if (architecture === undefined) throw new Error(`Debian has no name for ${process.arch} here.`);
  const tree = join(into, "debian-tree");
  rmSync(tree, { recursive: true, force: true });
  await layOut(tree, parts, at);
  writeControl(tree, { Version: `${version}-${revision}`, Architecture: architecture });
  const file = join(into, `northwind_${version}-${revision}_${architecture}.deb`);
  // xz takes a minute for a file that is mostly Bun, and saves a tenth.
  run("dpkg-deb", ["--root-owner-group", "-Zzstd", "--build", tree, file], { SOURCE_DATE_EPOCH: String(seconds(at)) });
  rmSync(tree, { recursive: true });
  return file;
}

async function layOut(tree: string, parts: Parts, at: Date): Promise<void> {
  const [bin, etc, units] = ["usr/bin", "etc/northwind", "lib/systemd/system"].map((path) => join(tree, path));
  const documents = join(tree, "usr", "share", "doc", "northwind");
  for (const folder of [bin, etc, units]) mkdirSync(folder ?? tree, { recursive: true, mode: 0o755 });
  await layOutProgram(join(tree, "usr", "lib", "northwind"), parts);
  symlinkSync("../lib/northwind/northwind", join(tree, "usr", "bin", "northwind"));
  cpSync(join(root, "deploy", "northwind.conf"), join(tree, "etc", "northwind", "northwind.conf"));
  cpSync(join(root, "deploy", "systemd", "northwind.service"), join(tree, "lib/systemd/system/northwind.service"));
  layOutDocuments(documents, at);
  cpSync(join(root, "LICENSE"), join(documents, "copyright"));
  run("chmod", ["-R", "go-w", tree]);
  // The settings may hold passwords; postinst lets the service read them, too.
  run("chmod", ["0640", join(tree, "etc", "northwind", "northwind.conf")]);
}

function writeControl(tree: string, fields: Readonly<Record<string, string>>): void {
  const control = join(tree, "DEBIAN");
  const files = filesIn(tree);
  const kilobytes = Math.ceil(files.reduce((sum, path) => sum + Bun.file(join(tree, path)).size, 0) / 1024);
  mkdirSync(control, { mode: 0o755 });
  const all = {
    Package: "northwind",
    ...fields,
    Maintainer: "Northwind Orders <maintainers@northwind.example>",
    "Installed-Size": String(kilobytes),
    Depends: "libc6 (>= 2.31), adduser",
    Suggests: "caddy, mariadb-server",
    Section: "web",
    Priority: "optional",
    Description:
      "order desk and API for a wholesaler\n Orders, customers and products in the browser and over HTTP,\n on an embedded database or on MariaDB.",
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(control, "control"), lines.join(""));
  writeFileSync(join(control, "conffiles"), "/etc/northwind/northwind.conf\n");
  writeFileSync(
    join(control, "md5sums"),
    files
      .filter((path) => !path.startsWith("etc/"))
      .map((path) => `${md5(join(tree, path))}  ${path}\n`)
      .join(""),
  );
  for (const script of ["postinst", "prerm", "postrm"]) {
    cpSync(join(root, "deploy", "debian", script), join(control, script));
    run("chmod", ["0755", join(control, script)]);
  }
}

function filesIn(tree: string): readonly string[] {
  const found = readdirSync(tree, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(tree, join(entry.parentPath, entry.name)))
    .sort();
}

function md5(path: string): string {
  return new Bun.CryptoHasher("md5").update(readFileSync(path)).digest("hex");
}
