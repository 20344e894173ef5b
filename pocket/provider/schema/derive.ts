import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";
import type { ObjectSchema, PropertySchema } from "../kind";

/** What a provider checks arguments against: committed beside each cloud as schema.json. */
export interface PackageSchema {
    version: string;
    config: ObjectSchema;
    resources: Record<string, ObjectSchema>;
    functions: Record<string, ObjectSchema>;
}

/**
 * Reads the argument types of `tokens` out of an installed `@pulumi/<name>`, so that a stand-in knows exactly the
 * properties that the SDK lets a program write. Syntax only: the declaration files are too large to type-check.
 */
export function derive(name: string, tokens: { resources: string[]; functions: string[] }): PackageSchema {
    const root = dirname(require.resolve(`@pulumi/${name}/package.json`));
    const reader = new Reader(root);
    const each = (list: string[]): Record<string, ObjectSchema> => Object.fromEntries(list.map((token) => [token, reader.args(token)]));
    return {
        version: (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version,
        config: reader.object("provider", "ProviderArgs"),
        resources: each(tokens.resources),
        functions: each(tokens.functions),
    };
}

const ANY: PropertySchema = { type: "any" };

class Reader {
    private readonly inputs: ts.SourceFile | undefined;
    private readonly outputs: ts.SourceFile | undefined;

    constructor(private readonly root: string) {
        const types = (file: string): ts.SourceFile | undefined => (existsSync(join(root, file)) ? parse(join(root, file)) : undefined);
        this.inputs = types("types/input.d.ts");
        this.outputs = types("types/output.d.ts");
    }

    /** "aws:ec2/vpc:Vpc" is `VpcArgs` in ec2/vpc.d.ts. */
    args(token: string): ObjectSchema {
        const [, path = "", type = ""] = token.split(":");
        return this.object(path.replace(/^index\//, ""), `${type[0]?.toUpperCase()}${type.slice(1)}Args`, type);
    }

    /** `resource` is the class whose arguments these are. */
    object(path: string, name: string, resource?: string): ObjectSchema {
        const source = parse(join(this.root, `${path}.d.ts`));
        const found = interfaces(source).get(name);
        if (!found) return { properties: {}, required: [] };
        const declared = source.statements.filter(ts.isClassDeclaration).find((one) => one.name?.text === resource);
        const { properties = {}, required = [], computed } = this.members(found.members, declared && alwaysThere(declared.members));
        const secretOutputs = this.secretOutputs(path);
        return { properties, required, ...(computed && { computed }), ...(secretOutputs.length > 0 && { secretOutputs }) };
    }

    private secretOutputs(path: string): string[] {
        const source = readFileSync(join(this.root, `${path}.js`), "utf8");
        const list = /additionalSecretOutputs: (\[[^\]]*\])/.exec(source)?.[1];
        return list ? (JSON.parse(list) as string[]) : [];
    }

    /** An argument may be left out and is always there afterwards: the service computes it (pulumi-terraform-bridge, pkg/tfgen, `isOptional`). */
    private members(members: ts.NodeArray<ts.TypeElement>, there: string[] = []): PropertySchema {
        const signatures = members.filter(ts.isPropertySignature);
        const properties = signatures.map((s) => [nameOf(s), s.type ? this.property(s.type) : ANY] as const);
        const computed = signatures.filter((s) => s.questionToken && there.includes(nameOf(s))).map(nameOf);
        return {
            type: "object", properties: Object.fromEntries(properties), required: signatures.filter((s) => !s.questionToken).map(nameOf),
            ...(computed.length > 0 && { computed }),
        };
    }

    private property(node: ts.TypeNode): PropertySchema {
        if (ts.isParenthesizedTypeNode(node)) return this.property(node.type);
        if (ts.isArrayTypeNode(node)) return { type: "array", items: this.property(node.elementType) };
        if (ts.isUnionTypeNode(node)) return this.union(node);
        if (ts.isTypeLiteralNode(node)) {
            const index = node.members.find(ts.isIndexSignatureDeclaration);
            return index ? { type: "map", items: this.property(index.type) } : this.members(node.members);
        }
        if (ts.isTypeReferenceNode(node)) return this.reference(node);
        switch (node.kind) {
            case ts.SyntaxKind.StringKeyword: return { type: "string" };
            case ts.SyntaxKind.NumberKeyword: return { type: "number" };
            case ts.SyntaxKind.BooleanKeyword: return { type: "boolean" };
            default: return { type: "any" };
        }
    }

    /** Enumerations are open in the SDKs: `string | enums.ec2.InstanceType` is a string. */
    private union(node: ts.UnionTypeNode): PropertySchema {
        const parts = node.types.filter((t) => t.kind !== ts.SyntaxKind.UndefinedKeyword).map((t) => this.property(t));
        return parts.find((p) => p.type !== "any") ?? { type: "any" };
    }

    private reference(node: ts.TypeReferenceNode): PropertySchema {
        const name = node.typeName.getText();
        const argument = node.typeArguments?.[0];
        if (/^pulumi\.(Input|Output)$/.test(name) && argument) return this.property(argument);
        if (name.startsWith("inputs.") && this.inputs) {
            const path = name.split(".").slice(1).join(".");
            const found = interfaces(this.inputs).get(path);
            const output = this.outputs && interfaces(this.outputs).get(path);
            if (found) return this.members(found.members, output && alwaysThere(output.members));
        }
        return name === "ARN" ? { type: "string" } : { type: "any" };
    }
}

const indexes = new WeakMap<ts.SourceFile, Map<string, ts.InterfaceDeclaration>>();

/** By dotted name: interfaces of `namespace ec2` are "ec2.…". */
function interfaces(source: ts.SourceFile): Map<string, ts.InterfaceDeclaration> {
    const known = indexes.get(source);
    if (known) return known;
    const found = new Map<string, ts.InterfaceDeclaration>();
    const walk = (node: ts.Node, prefix: string): void => {
        if (ts.isInterfaceDeclaration(node)) found.set(prefix + node.name.text, node);
        else if (ts.isModuleDeclaration(node) && node.body) ts.forEachChild(node.body, (child) => walk(child, `${prefix}${node.name.text}.`));
    };
    ts.forEachChild(source, (child) => walk(child, ""));
    indexes.set(source, found);
    return found;
}

/** Outputs that are never undefined. */
function alwaysThere(members: ts.NodeArray<ts.TypeElement | ts.ClassElement>): string[] {
    const named = members.filter((one) => ts.isPropertySignature(one) || ts.isPropertyDeclaration(one));
    return named.filter((one) => !one.questionToken && !/\bundefined\b/.test(one.type?.getText() ?? "undefined")).map(nameOf);
}

function parse(file: string): ts.SourceFile {
    return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}

function nameOf(signature: ts.PropertySignature | ts.PropertyDeclaration): string {
    return signature.name.getText().replace(/^["']|["']$/g, "");
}
