export { type Holder, lives, lock } from "./lock.mjs";
