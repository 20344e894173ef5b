import type { Store } from "../../store";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { awsKind, list, lookUp } from "./kind";
import { refuse } from "./refuse";

export interface InternetGateway extends Values { vpcId?: string }

export const internetGateway = awsKind<InternetGateway, InternetGateway>({
    token: "aws:ec2/internetGateway:InternetGateway",
    kind: "internetGateway",
    prefix: "igw",
    replaceOn: [],
    updates: true,
    settles: true,
    admit({ vpcId }, context, self) {
        if (!vpcId) return;
        lookUp(context, "vpc", vpcId, "AttachInternetGateway", "vpcId");
        const other = list<InternetGateway>(context.store, "internetGateway", (g) => g.vpcId === vpcId).find((g) => g.id !== self?.id);
        if (!other) return;
        throw refuse("AttachInternetGateway", "Resource.AlreadyAssociated", `Network ${vpcId} already has an internet gateway attached (${other.id})`, "vpcId");
    },
    // An update detaches before it attaches (vpc_internet_gateway.go, resourceInternetGatewayUpdate).
    letGo: ({ props }, { vpcId }, { store }) => {
        if (props.vpcId !== vpcId) detach(props.vpcId, store);
    },
    compute: (_id, inputs) => ({ ownerId: ACCOUNT, ...inputs }),
    release: ({ props }, { store }) => detach(props.vpcId, store),
});

function detach(vpcId: string | undefined, store: Store): void {
    const subnets = new Set(list<{ vpcId: string }>(store, "subnet", (s) => s.vpcId === vpcId).map((s) => s.id));
    const machines = new Map(list<{ subnetId: string; launchPublicIp?: string }>(store, "instance", (i) => subnets.has(i.subnetId)).map((i) => [i.id, i.props]));
    const mapped = list<{ instanceId?: string }>(store, "eipAssociation", (a) => machines.has(a.instanceId ?? "")).map((a) => a.id)
        .concat([...machines].filter(([, m]) => m.launchPublicIp).map(([id]) => id));
    if (mapped.length === 0) return;
    throw refuse("DetachInternetGateway", "DependencyViolation", `Network ${vpcId} has some mapped public address(es) (${mapped.join(", ")}). `
        + "Please unmap those public address(es) before detaching the gateway.");
}
