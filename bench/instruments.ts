import { join } from "node:path";
import { goProgram } from "./go-program";

/** The path of the program that bench/instruments makes. */
export const instruments = () => goProgram({ name: "instruments", folder: join(__dirname, "instruments"), package: ".", go: "1.22" });
