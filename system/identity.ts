export { startOf } from "./identity.mjs";
