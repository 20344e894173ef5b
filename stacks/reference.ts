import * as pulumi from "@pulumi/pulumi";
import { Fault } from "../errors/fault";
import { admitChanges, recordedMachine, type Recorded, type RecordedMachine, type Wanted } from "../infra/cloud/recorded";
import { databaseUser, type DatabaseAccess } from "../infra/database/database";
import type { MadeVersion } from "../infra/region/made";
import type { Shared } from "../infra/region/shared";
import type { RegionName } from "../infra/settings/kinds";

/** A region's machine as this very stack's state has it; absent before there is one. */
export async function machineOf(stack: RegionName): Promise<RecordedMachine | undefined> {
    const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
    const { outputs = {} } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName: name })) as { outputs?: Record<string, Recorded> };
    return recordedMachine(Object.values(outputs));
}

/**
 * Refuses settings that this stack's machine cannot take, before anything is done.
 * @throws pulumi.RunError, which Pulumi shows without a stack trace.
 */
export async function checkMachine(stack: RegionName, wanted: Wanted): Promise<RecordedMachine | undefined> {
    const recorded = await machineOf(stack);
    try {
        admitChanges(stack, wanted, recorded);
    } catch (thrown) {
        throw thrown instanceof Fault ? new pulumi.RunError(thrown.report()) : thrown;
    }
    return recorded;
}

/** The app's versions that a region's stack, this very one perhaps, had made when it was last brought up. */
export async function madeBy(stack: RegionName): Promise<MadeVersion[]> {
    // Not as a StackReference: that is kept in the state, as it was before this run, and the next refresh finds it changed.
    const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
    try {
        const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name })) as { outputs?: { versions?: MadeVersion[] } };
        return outputs?.versions ?? [];
    } catch (thrown) {
        // `us` is brought up after `cn`, or never. The engine has no code for that.
        if (stack !== pulumi.getStack() && /unknown stack|not found/.test((thrown as Error).message)) return [];
        throw thrown;
    }
}

/** What a stack takes from a region's stack that was made before it; each part is asked for only where it is needed. */
export function reference(stack: RegionName) {
    const outputs = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`);
    const output = <T>(name: string): pulumi.Output<T> => outputs.getOutput(name).apply((value) => (value === undefined ? missing(name) : value) as T);
    let warned = false;
    const missing = (name: string) => {
        const cause = `The stack ${stack} does not tell its "${name}" yet`;
        if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(`${cause}: bring it up first (\`pulumi up -s ${stack}\`).`);
        // A preview of all stacks comes before the first `up` of any: it shows the rest.
        if (!warned) void pulumi.log.warn(`${cause}: to this preview, all that comes from ${stack} is not known.`);
        warned = true;
        return pulumi.unknown;
    };
    return {
        hostname: () => output<string>("hostname"),
        tencentRegion: () => output<string>("tencentRegion"),
        shared: (): Shared => ({
            jwtSecret: pulumi.secret(output<string>("jwtSecret")),
            jwtSecretPrevious: pulumi.secret(output<string>("jwtSecretPrevious")),
            peerSecret: pulumi.secret(output<string>("peerSecret")),
            testerKey: pulumi.secret(output<string>("testerKey")),
        }),
        database: (): DatabaseAccess => {
            const database = output<{ uri: string; password: string; ca: string }>("database");
            // Of the group only the password is secret, but a stack's output is secret as a whole.
            return { uri: pulumi.unsecret(database.uri), user: databaseUser, password: pulumi.secret(database.password), ca: pulumi.unsecret(database.ca) };
        },
        /** The security group that the stack keeps for `region`. */
        doorOf: (region: RegionName) => output<Record<string, string>>("doors").apply((doors) => {
            const door = doors[region];
            if (!door) throw new pulumi.RunError(`${stack} keeps no door for ${region}: add it to antipode:peers in Pulumi.${stack}.yaml and run \`pulumi up -s ${stack}\`.`);
            return door;
        }),
    };
}
