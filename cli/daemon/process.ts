import { join } from "node:path";
import { home } from "../../pocket/home";
import { Process } from "../../pocket/process";
import { project } from "../paths";

/** The daemon as a process of this machine. It lives on after the command that started it, and no Ctrl-C reaches it. */
export const daemon = () => new Process(home.state, { name: "daemon", file: process.execPath, args: ["--import", "tsx", join(project, "pocket", "daemon.ts")], cwd: project });
