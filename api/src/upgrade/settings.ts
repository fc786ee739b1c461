import { setting } from "../start/setting.ts";
import { yesOrNo } from "../start/setting-values.ts";

/** The settings of the check before an upgrade. */
export const upgradeSettings = {
  checkUpgrade: setting({
    option: "check-upgrade",
    variable: "CHECK_UPGRADE",
    placeholder: null,
    fallback: "no",
    meaning: "Start nothing: try the upgrade on a copy of the database, and say how long it takes and what it changes.",
    parse: yesOrNo,
  }),
  checkFolder: setting({
    option: "check-folder",
    variable: "CHECK_FOLDER",
    placeholder: "FOLDER",
    fallback: "beside",
    meaning: "Where that copy of a SQLite file is made; beside: beside the file.",
    parse: (value) => (value === "beside" ? null : value),
  }),
};
