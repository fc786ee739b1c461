import { createHash } from "node:crypto";
import type { RowOf } from "sqlproof";
import { fileTypes, refusalOf } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import type { UploadedFile, UploadSchema } from "../../contract/route.ts";
import { id, integer, nullable, type Of, text } from "../../contract/schema.ts";
import { sizeOf, typeOf } from "./image.ts";
import type { logoRow } from "./queries.ts";

export const logoTypes = [fileTypes.png, fileTypes.jpeg] as const;
const maxBytes = 200 * 1024;
/** More than any printer shows, and little enough for every browser to unpack. */
const maxPixels = 4000;

const side = integer({ min: 1, max: maxPixels });

/** What is known of the logo. Without one, everything but the id is null. */
export const logo = object("CompanyLogo", {
  id,
  media_type: nullable(text(20)),
  width: nullable(side),
  height: nullable(side),
  byte_count: nullable(integer({ min: 1, max: maxBytes })),
  sha256: nullable(text(64)),
});
export type Logo = Of<typeof logo>;

/** The logo as the API shows it. */
export function shownLogo({ version: _, ...row }: RowOf<typeof logoRow>): Logo {
  return row;
}

/** The columns of a logo that was taken away. */
export const noLogo = {
  ...{ media_type: null, width: null, height: null, byte_count: null, sha256: null, content: null },
} as const;

/** A PNG or a JPEG, which is what its first bytes say as well. */
export const logoUpload: UploadSchema<ReturnType<typeof storedLogo>> = {
  types: logoTypes,
  maxBytes,
  description: `A PNG or a JPEG of at most ${maxBytes / 1024} KB and ${maxPixels} pixels in each direction.`,
  read: storedLogo,
};

/** The columns of an uploaded logo. Throws 422 `image` if it is none. */
function storedLogo({ type, bytes }: UploadedFile) {
  const found = typeOf(bytes);
  if (found === null) throw refuse("Is no image: the file begins like neither a PNG nor a JPEG.");
  if (found !== type) throw refuse(`Is ${found}, although it is said to be ${type}.`);
  const size = sizeOf(bytes);
  if (size === null) throw refuse("Is broken: the image is not complete. Save it again, then upload it.");
  const { width, height } = size;
  if (Math.min(width, height) < 1) throw refuse(`Has ${width} x ${height} pixels: save an image that has some.`);
  if (Math.max(width, height) > maxPixels)
    throw refuse(`Has ${width} x ${height} pixels, and ${maxPixels} x ${maxPixels} are the most: make it smaller.`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { media_type: found, width, height, byte_count: bytes.length, sha256, content: bytes };
}

function refuse(message: string) {
  return refusalOf([{ pointer: "#", code: "image", message }]);
}
