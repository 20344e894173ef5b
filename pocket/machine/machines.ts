import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { docker } from "../engine/engine";
import { home } from "../home";
import type { Landscape, Machine, Subnet } from "../model";
import { ensureNoNetwork, up } from "../network/links";
import { steps, type Step } from "./changes";
import { bridge, container, label, limits, seed } from "./container";

/**
 * Makes this machine's containers and bridges what the clouds say that there is, and nothing more: new machines boot,
 * gone ones are removed with their disks, stopped ones stop, changed ones are changed while they are stopped. May be
 * repeated, and picks up what a killed run left.
 */
export async function reconcile(landscape: Landscape, image: string): Promise<void> {
    await Promise.all((await gone(landscape.machines)).map(remove));
    for (const subnet of landscape.subnets) await connect(subnet);
    await Promise.all(landscape.machines.map((machine) => run(machine, image)));
    await disconnect(landscape.subnets);
}

async function gone(wanted: Machine[]): Promise<string[]> {
    const ids = new Set(wanted.map((m) => m.id));
    const containers = await docker.listContainers({ all: true, filters: { label: [label] } });
    return containers.map((c) => c.Labels[label]!).filter((id) => !ids.has(id));
}

async function remove(id: string): Promise<void> {
    await docker.getContainer(nameOf(id)).remove({ force: true }).catch(ignoreMissing);
    await docker.getVolume(nameOf(id)).remove().catch(ignoreMissing);
    await docker.getImage(diskOf(id)).remove().catch(ignoreMissing);
    rmSync(seedFolder(id), { recursive: true, force: true });
}

async function run(machine: Machine, image: string): Promise<void> {
    const existing = docker.getContainer(nameOf(machine.id));
    const found = await existing.inspect().catch(ignoreMissing);
    const todo = steps(found, machine);
    const running = found?.State.Running ?? false;
    const stops = running && (machine.power === "off" || todo.length > 0);
    if (stops) await existing.stop({ t: 20 });
    for (const step of todo) await take[step](machine, image);
    if (machine.power === "on" && (stops || !running)) await docker.getContainer(nameOf(machine.id)).start();
}

const take: { [step in Step]: (machine: Machine, image: string) => Promise<unknown> } = {
    wipe: ({ id }) => remove(id),
    keep: async ({ id }) => {
        await docker.getContainer(nameOf(id)).commit({ repo: diskOf(id) });
        await docker.getContainer(nameOf(id)).remove();
    },
    install,
    // Swap is twice the memory, as it is for a new container; the engine refuses a memory above the swap.
    resize: (machine) => docker.getContainer(nameOf(machine.id)).update({ ...limits(machine), MemorySwap: 2 * limits(machine).Memory }),
};

async function install(machine: Machine, image: string): Promise<void> {
    const { id } = machine;
    const kept = await docker.getImage(diskOf(id)).inspect().catch(ignoreMissing);
    mkdirSync(seedFolder(id), { recursive: true, mode: 0o700 });
    for (const [name, text] of Object.entries(seed(machine))) writeFileSync(join(seedFolder(id), name), text, { mode: 0o600 });
    await docker.createVolume({ Name: nameOf(id) });
    const from = { image: kept ? diskOf(id) : image, network: machine.subnetId, volume: nameOf(id), seed: seedFolder(id), ca: join(home.ca, "world.pem") };
    await docker.createContainer(container(machine, from, missingCapabilities()));
}

async function connect(subnet: Subnet): Promise<void> {
    const exists = await docker.getNetwork(subnet.id).inspect().catch(ignoreMissing);
    if (!exists) {
        await ensureNoNetwork(subnet.cidr);
        await docker.createNetwork({
            Name: subnet.id,
            Driver: "bridge",
            Labels: { "antipode.subnet": subnet.id },
            IPAM: { Driver: "default", Config: [{ Subnet: subnet.cidr }] },
            Options: { "com.docker.network.bridge.name": bridge(subnet.id) },
        });
    }
    await up(bridge(subnet.id));
}

async function disconnect(wanted: Subnet[]): Promise<void> {
    const ids = new Set(wanted.map((s) => s.id));
    const networks = await docker.listNetworks({ filters: JSON.stringify({ label: ["antipode.subnet"] }) });
    await Promise.all(networks.filter((n) => !ids.has(n.Name)).map((n) => docker.getNetwork(n.Id).remove()));
}

/** Capabilities that this machine itself lacks; asking for them would make the container fail to start. */
function missingCapabilities(): string[] {
    const bounding = BigInt(`0x${/^CapBnd:\s*(\w+)/m.exec(readFileSync("/proc/self/status", "utf8"))![1]}`);
    return bounding & (1n << 24n) ? [] : ["SYS_RESOURCE"];
}

/** Of the container and its volume. */
const nameOf = (id: string) => `machine-${id}`;

/** The image that a container's own files are kept in while another container takes its place; /var/lib/docker is a volume. */
const diskOf = (id: string) => `antipode/disk-${id}`;

const seedFolder = (id: string) => join(home.state, "machines", id);

function ignoreMissing(error: { statusCode?: number }): undefined {
    if (error.statusCode === 404) return undefined;
    throw error;
}
