import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Kind } from "../../kind";
import { Refusal } from "../../refusal";
import { equal } from "../../values";
import type { DockerConfig } from "../config";
import { milliseconds } from "../duration";
import { ifThere } from "../engine/answer";
import type { Ask, Engine } from "../engine/engine";
import type { Engines } from "../engine/engines";
import type { Service, SwarmNode, Task } from "../engine/swarm";
import { authFor, type AuthConfig } from "../registry";
import { resources } from "../schema";
import { until } from "../wait";
import { created, lastFailure, updated, type Progress } from "./converge";
import { neverSettled } from "./drift";
import { logLines } from "./logs";
import { serviceRules } from "./plan";
import { serviceFailures } from "./rules";
import { fromSpec, toSpec } from "./spec";
import type { ServiceInputs, ServiceSpec, ServiceState } from "./types";

type SwarmService = Service<ServiceSpec>;

const TOKEN = "docker:index/service:Service";
/** What the last words of a failed task are worth on a screen. */
const LOG_LINES = 10;
/** Beyond the grace period: the time the engine needs to take containers off their networks. */
const DRAIN_MS = 30_000;
/** A process that has wrong settings ends soon after it began. */
const STABLE_MS = 1_000;
/** A node that is down keeps its logs to itself, and the engine waits for it. */
const LOG_MS = 5_000;
const ALREADY_EXISTS = "Error response from daemon: rpc error: code = AlreadyExists desc = name conflicts with an existing object";

/** `docker.Service`: a Swarm service. Source of its behaviour: KW resource_docker_service_funcs.go. */
export function serviceKind(engines: Engines): Kind<ServiceInputs, ServiceState> {
    return {
        token: TOKEN,
        schema: resources[TOKEN]!,
        replaceOn: [
            "name", "auth", "taskSpec.networksAdvanceds", "taskSpec.containerSpec.hosts", "taskSpec.containerSpec.sysctl",
        ],
        autoName: { property: "name", maxLength: 255 },
        provisionalId: true,
        rules: serviceRules,
        check: (inputs) => serviceFailures(inputs),
        // Another mode is planned in place, too, and the engine refuses it: only the members of the block could replace.
        diff: (_olds, news, compared) => [...compared, ...neverSettled(news)],

        async create(inputs, context) {
            const engine = engines.of(context.config);
            const name = inputs.name ?? "";
            const taken = await inspect(engine, name);
            if (taken?.Spec.Name === name) throw new Refusal("409", `${ALREADY_EXISTS}: service ${name} already exists`, "name");
            context.begin(name);
            const { ID: id } = await engine.post<{ ID: string }>("/services/create", { body: toSpec(inputs), auth: authOf(inputs, context) });
            if (inputs.convergeConfig) {
                // A task that runs for a moment and dies has not converged: the first look comes after the delay.
                await sleep(milliseconds(inputs.convergeConfig.delay, "7s"), undefined, { signal: context.signal });
                const refusal = await convergence(engine, id, inputs, context.signal, created, STABLE_MS);
                if (refusal) {
                    await remove(engine, id, inputs, context.signal);
                    throw refusal;
                }
            }
            return { id, state: await present(engine, id, inputs) };
        },

        async read(id, context, last) {
            const service = await inspect(engines.of(context.config), id);
            return service && stateOf(service.Spec, last ?? {});
        },

        async update(id, _olds, news, context) {
            const engine = engines.of(context.config);
            const before = await engine.get<SwarmService>(`/services/${id}`);
            const spec = toSpec(news);
            await replaceSpec(engine, before, { body: spec, auth: authOf(news, context) });
            if (news.convergeConfig) {
                const since = Date.now();
                const settleMs = milliseconds(news.convergeConfig.delay, "7s");
                const replacing = !equal(fromSpec(before.Spec).taskSpec, fromSpec(spec).taskSpec);
                const judge: Judge = (service, tasks, nodes) => updated(service, tasks, nodes, replacing && Date.now() - since < settleMs);
                const refusal = await convergence(engine, id, news, context.signal, judge);
                if (refusal) throw refusal;
            }
            return present(engine, id, news);
        },

        async delete(id, state, context) {
            await remove(engines.of(context.config), id, state, context.signal);
        },
    };
}

/** The swarm counts its own touches of a service too: a version that it passed by meanwhile is read again. */
async function replaceSpec(engine: Engine, { ID, Version }: SwarmService, ask: Ask, tries = 5): Promise<void> {
    try {
        await engine.post(`/services/${ID}/update`, { ...ask, query: { version: Version.Index } });
    } catch (error) {
        if (tries <= 1 || !(error as Error).message.includes("update out of sequence")) throw error;
        await replaceSpec(engine, await engine.get<SwarmService>(`/services/${ID}`), ask, tries - 1);
    }
}

type Judge = (service: SwarmService, tasks: Task[], activeNodes: string[]) => Progress;

/** Waits until the service is what was asked; the refusal with the failed task's last words when it does not become so. */
async function convergence(engine: Engine, id: string, { name = id, convergeConfig }: ServiceInputs, signal: AbortSignal, judge: Judge, stableMs = 0): Promise<Refusal | undefined> {
    const timeout = convergeConfig?.timeout ?? "3m";
    let doneSince: number | undefined;
    const end = await until(async () => {
        const [service, tasks, nodes] = await Promise.all([
            engine.get<SwarmService>(`/services/${id}`), tasksOf(engine, id), engine.get<SwarmNode[]>("/nodes"),
        ]);
        const progress = judge(service, tasks, nodes.filter((node) => node.Status.State !== "down").map((node) => node.ID));
        doneSince = progress.state === "done" ? (doneSince ?? Date.now()) : undefined;
        const early = doneSince !== undefined && Date.now() - doneSince < stableMs;
        return progress.state === "pending" || early ? undefined : progress;
    }, milliseconds(timeout, "3m"), signal);
    if (end?.state === "done") return undefined;
    const reason = end?.state === "failed" ? end.reason : `Service with ID (${id}) did not converge after ${timeout}`;
    return new Refusal("DidNotConverge", [reason, ...(await lastWords(engine, id, name))].join("\n"));
}

/** Why the last task failed, and what it wrote. */
async function lastWords(engine: Engine, id: string, name: string): Promise<string[]> {
    const failure = lastFailure(name, await tasksOf(engine, id));
    if (!failure) return [];
    const query = { stdout: true, stderr: true, tail: LOG_LINES };
    const raw = await engine.get<unknown>(`/tasks/${failure.task.ID}/logs`, { query, signal: AbortSignal.timeout(LOG_MS) }).catch(() => undefined);
    return [failure.words, ...(Buffer.isBuffer(raw) ? logLines(raw) : []).map((line) => `  ${line}`)];
}

/** Deletes the service and waits until its containers are gone, for networks and secrets to follow it. */
async function remove(engine: Engine, id: string, state: ServiceState, signal: AbortSignal): Promise<void> {
    const service = await inspect(engine, id);
    if (!service) return;
    await ifThere(engine.delete(`/services/${service.ID}`));
    const graceMs = milliseconds(state.taskSpec?.containerSpec?.stopGracePeriod, "10s");
    await until(async () => {
        const filters = JSON.stringify({ label: [`com.docker.swarm.service.id=${service.ID}`] });
        const containers = await engine.get<unknown[]>("/containers/json", { query: { all: true, filters } });
        return (await tasksOf(engine, service.ID)).length + containers.length === 0 || undefined;
    }, graceMs + DRAIN_MS, signal);
}

function inspect(engine: Engine, idOrName: string): Promise<SwarmService | undefined> {
    return ifThere(engine.get<SwarmService>(`/services/${encodeURIComponent(idOrName)}`));
}

/** A filter by service is refused as soon as the service is gone, when its tasks are not yet. */
async function tasksOf(engine: Engine, serviceId: string): Promise<Task[]> {
    return (await engine.get<Task[]>("/tasks")).filter((task) => task.ServiceID === serviceId);
}

async function present(engine: Engine, id: string, inputs: ServiceInputs): Promise<ServiceState> {
    return stateOf((await engine.get<SwarmService>(`/services/${id}`)).Spec, inputs);
}

/** The engine never tells how to pull or how long to wait: those are what was last said. */
function stateOf(spec: ServiceSpec, { auth, convergeConfig }: Partial<ServiceInputs>): ServiceState {
    const { endpointSpec, labels, ...rest } = fromSpec(spec);
    return { ...rest, labels: labels ?? [], endpointSpec: { mode: "vip", ...endpointSpec }, ...(auth && { auth }), ...(convergeConfig && { convergeConfig }) };
}

function authOf(inputs: ServiceInputs, { config }: Context): AuthConfig | undefined {
    return authFor(inputs.taskSpec.containerSpec.image, config as DockerConfig, inputs.auth);
}
