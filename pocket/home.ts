import { homedir } from "node:os";
import { join } from "node:path";

const xdg = (variable: string, fallback: string) => process.env[variable] || join(homedir(), fallback);

/** What is costly to make and the same for every run: the engine, images, downloads. Survives `npm run down`. */
const cache = join(xdg("XDG_CACHE_HOME", ".cache"), "antipode");

/** What one pocket cloud is: its records, machines, keys and Pulumi's own state. Gone after `npm run down`. */
const state = join(xdg("XDG_STATE_HOME", join(".local", "state")), "antipode");

/** Where everything of the pocket cloud lies on this machine. */
export const home = {
    cache,
    state,
    socket: join(state, "pocket.sock"),
    log: join(state, "daemon.log"),
    store: join(state, "cloud.json"),
    ca: join(state, "ca"),
    /** Data of the pocket's Docker engine: its images are costly, and `npm run down` removes what else is in it. */
    docker: join(cache, "docker"),
    keys: join(state, "keys"),
};
