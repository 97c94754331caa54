import { rmSync } from "node:fs";

// The folder was made for this run; what the program still holds open goes with it.
export default function clearAway() {
  rmSync(process.env.THIDUA_DATA, { recursive: true, force: true });
}
