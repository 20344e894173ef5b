import { join } from "node:path";
import { home } from "../../pocket/home";
import { Process } from "../../pocket/process";
import { project } from "../paths";

/** Loaded as the commands are: tsx's other way reads package.json by itself, and ends at a byte-order mark in it. */
const loader = ["--require", "tsx/cjs"];

/** The daemon as a process of this machine. It lives on after the command that started it, and no Ctrl-C reaches it. */
export const daemon = () => new Process(home.state, { name: "daemon", file: process.execPath, args: [...loader, join(project, "pocket", "daemon.ts")], cwd: project });
