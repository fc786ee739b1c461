/**
 * Set before the first paint, so that a dark screen never flashes white. The cookie tells the server that this browser
 * runs scripts: one that does not cannot put what comes later in the place of a skeleton.
 */
export const themeScript =
  'document.documentElement.dataset.theme=/(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1]??(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light");document.cookie="scripts=1;path=/;max-age=600;samesite=lax"';
