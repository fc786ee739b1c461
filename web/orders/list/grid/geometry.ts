/*
 * Where the rows of a very long list are. A browser caps the height of an element (Chromium at 33,554,428 px), so the
 * space behind the scroll bar is at most `maxSpacer` high; a small scroll moves the rows pixel by pixel, a jump of the
 * scroll bar moves them in proportion. Every row can be reached either way.
 */

export const maxSpacer = 8_000_000;

/** What is shown: the number and height of rows, and the height of the window. */
export interface Extent {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
}

/** The position of the list: the scroll bar, and the distance from the first row's upper edge to the window. */
export interface Place {
  readonly scrollTop: number;
  readonly top: number;
}

export const start: Place = { scrollTop: 0, top: 0 };

/** A scroll by this many windows at once is a jump. */
const jumpWindows = 1.5;

function listHeight({ rows, rowHeight }: Extent): number {
  return rows * rowHeight;
}

/** The height of what the scroll bar scrolls. */
export function spacerHeight(extent: Extent): number {
  return Math.min(listHeight(extent), maxSpacer);
}

function lastTop(extent: Extent): number {
  return Math.max(0, listHeight(extent) - extent.viewHeight);
}

function lastScrollTop(extent: Extent): number {
  return Math.max(0, spacerHeight(extent) - extent.viewHeight);
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, value), most);
}

/** Pixels of the list for one pixel of the scroll bar. */
function scale(extent: Extent): number {
  const room = lastScrollTop(extent);
  return room === 0 ? 1 : lastTop(extent) / room;
}

/** The place after the scroll bar went to `scrollTop`. */
export function scrolled(place: Place, scrollTop: number, extent: Extent): Place {
  const moved = scrollTop - place.scrollTop;
  const isJump = Math.abs(moved) > extent.viewHeight * jumpWindows;
  const top = isJump || scale(extent) === 1 ? scrollTop * scale(extent) : place.top + moved;
  return { scrollTop, top: within(top, lastTop(extent)) };
}

/** The same rows with the scroll bar where it belongs to them: small scrolls have taken it away from there. */
export function settled({ top }: Place, extent: Extent): Place {
  const inside = within(top, lastTop(extent));
  return { top: inside, scrollTop: inside / scale(extent) };
}

/** Whether the scroll bar has come to an end that the rows have not reached: it must be settled to go on. */
export function isStuck({ scrollTop, top }: Place, extent: Extent): boolean {
  const atStart = scrollTop <= 0 && top > 0;
  return atStart || (scrollTop >= lastScrollTop(extent) && top < lastTop(extent));
}

/** The nearest place from which all of `row` is seen. */
export function showing(row: number, place: Place, extent: Extent): Place {
  const above = row * extent.rowHeight;
  const below = above + extent.rowHeight - extent.viewHeight;
  if (above < place.top) return settled({ ...place, top: above }, extent);
  return below > place.top ? settled({ ...place, top: below }, extent) : place;
}

/** The place whose first row is `row`. */
export function startingAt(row: number, extent: Extent): Place {
  return settled({ scrollTop: 0, top: row * extent.rowHeight }, extent);
}

/** The rows to draw: from `first` to before `end`, the first of them `offset` pixels below the spacer's upper edge. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
  readonly offset: number;
}

/** As many rows as a page of the list may have in the document. */
const mostRows = 48;
const mostSpare = 8;

/** The rows in the window, and some spare ones around them, which are there before a small scroll shows them. */
export function windowOf({ scrollTop, top }: Place, extent: Extent): RowWindow {
  const { rows, rowHeight, viewHeight } = extent;
  const seen = Math.ceil(viewHeight / rowHeight) + 1;
  const spare = within(Math.floor((mostRows - seen) / 2), mostSpare);
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const end = Math.min(rows, Math.floor(top / rowHeight) + seen + spare);
  // Whole pixels: so far down, a browser has no fractions of them.
  return { first, end, offset: Math.round(scrollTop - top + first * rowHeight) };
}

/** Rows that fit completely into the window: what PageDown moves by. */
export function rowsPerView({ rowHeight, viewHeight }: Extent): number {
  return Math.max(1, Math.floor(viewHeight / rowHeight) - 1);
}
