import { join, resolve } from "node:path";
import { home } from "../pocket/home";

/** The folder of the project. */
export const project = resolve(__dirname, "..");

/** Where a stack's committed settings are. */
export const committedSettings = (stack: string) => join(project, `Pulumi.${stack}.yaml`);

/** Where the same settings are, joined with those of the pocket cloud. */
export const pocketSettings = (stack: string) => join(home.state, `Pulumi.${stack}.yaml`);

/** Pulumi's own folders and its passphrase, apart from the user's. */
export const pulumi = {
    backend: join(home.state, "pulumi"),
    home: join(home.state, "pulumi", "home"),
    passphrase: join(home.state, "pulumi", "passphrase"),
    locks: join(home.state, "pulumi", ".pulumi", "locks"),
};

/** What a visitor trusts: the public authorities and the pocket's own. */
export const visitorTrust = join(home.ca, "bundle.pem");
