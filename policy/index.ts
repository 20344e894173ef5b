import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("antipode", {
    policies: rules.map(({ name, description, check }) => ({
        name,
        description,
        enforcementLevel: "mandatory",
        validateResource: (args, report) => check(args).forEach((fault) => report(fault)),
    })),
});
