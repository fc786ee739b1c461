import { BackupError } from "../error.ts";
import type { BackupPlace } from "./place.ts";

const s3 = "s3://";

/** The place that `--to` names: a folder, or `s3://BUCKET/FOLDER`. A missing folder is made with the first backup. */
export async function placeAt(words: string, home: string): Promise<BackupPlace> {
  if (words.startsWith(s3)) {
    const { S3Place } = await import("./s3.ts");
    return new S3Place(words.slice(s3.length));
  }
  if (words.includes("://"))
    throw new BackupError(`${words} is no place for backups: name a folder, or s3://BUCKET/FOLDER.`);
  const { FolderPlace } = await import("./folder.ts");
  return new FolderPlace(words, home);
}
