import { fileTypes } from "../../contract/answer.ts";

/** The width and the height of an image, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What the first bytes of a file say that it is, whatever it is called. */
export function typeOf(bytes: Uint8Array): typeof fileTypes.png | typeof fileTypes.jpeg | null {
  const begins = (with_: readonly number[]) => with_.every((byte, index) => bytes[index] === byte);
  if (begins(png)) return fileTypes.png;
  return begins([0xff, 0xd8, 0xff]) ? fileTypes.jpeg : null;
}

/** The size of a PNG or a JPEG, or null if the file is broken before it says its size, or ends too early. */
export function sizeOf(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return typeOf(bytes) === fileTypes.png ? pngSize(view) : jpegSize(view);
  } catch (error) {
    // The file ends before what it announces.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const [header, end] = [0x49_48_44_52, 0x49_45_4e_44];

/** Chunks of a length, a type, the content and a checksum: the first says the size, and the last is at the end. */
function pngSize(view: DataView): Size | null {
  if (view.getUint32(12) !== header) return null;
  let at = png.length;
  while (view.getUint32(at + 4) !== end) at += 12 + view.getUint32(at);
  return at + 12 === view.byteLength ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
}

/** Markers that begin a frame, whatever its coding; among them are three that mean something else. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Segments of a marker, a length and the content, of which one describes the frame; then come the pixels. */
function jpegSize(view: DataView): Size | null {
  if (view.getUint16(view.byteLength - 2) !== 0xff_d9) return null;
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    // A marker may be preceded by any number of these.
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}
