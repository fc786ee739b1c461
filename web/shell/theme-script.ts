/** Set before the first paint, so that a dark screen never flashes white. */
export const themeScript =
  'document.documentElement.dataset.theme=/(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1]??(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light")';
