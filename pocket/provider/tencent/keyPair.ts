import { parseKey } from "sshpk";
import type { Values } from "../values";
import { list, now, tencentKind } from "./kind";
import { failure, refuse } from "./refuse";

export interface KeyPair extends Values { keyName: string; publicKey?: string; projectId?: number }

const MAX_NAME = 25;

export const keyPair = tencentKind<KeyPair, KeyPair>({
    token: "keyPair:KeyPair",
    kind: "keyPair",
    prefix: "skey",
    notFound: "InvalidKeyPairId.NotFound",
    replaceOn: ["publicKey", "projectId"],
    updates: true,
    rules: {
        keyName: { length: [1, MAX_NAME], code: "InvalidKeyPairNameTooLong" },
        publicKey: { normal: (key) => withoutComment(String(key)), matches: isRsa, says: "is not in the OpenSSH RSA format (ssh-rsa …)", code: "InvalidPublicKey.Malformed" },
        projectId: { default: 0 },
    },
    check: ({ keyName = "" }) => (/^\w*$/.test(keyName) ? []
        : [failure("keyName", "InvalidKeyPairNameIncludeIllegalChar", `"${keyName}" may have letters, digits and underscores alone (no hyphen)`)]),
    // The comment is no part of the key and is not kept.
    normalize: (inputs) => (inputs.publicKey === undefined ? inputs : { ...inputs, publicKey: withoutComment(inputs.publicKey) }),
    admit({ keyName, publicKey }, context, self) {
        if (!publicKey) throw refuse("UnsupportedOperation", "the pocket cloud imports key pairs and does not generate them", "publicKey");
        const others = list<KeyPair>(context.store, "keyPair").filter((k) => k.id !== self?.id);
        if (others.some((k) => k.props.keyName === keyName)) throw refuse("InvalidKeyPairName.Duplicate", `The key pair name \`${keyName}\` is taken.`, "keyName");
        const same = others.find((k) => k.props.publicKey === publicKey);
        if (same) throw refuse("InvalidPublicKey.Duplicate", `The public key is that of ${same.id} already.`, "publicKey");
    },
    compute: (_id, inputs, _context, before) => ({ projectId: 0, ...inputs, privateKey: "", createdTime: before?.createdTime ?? now() }),
    release({ id }, { store }) {
        const machines = list<{ keyIds?: string[] }>(store, "instance", (i) => i.keyIds?.includes(id) ?? false);
        if (machines.length > 0) throw refuse("InvalidKeyPair.InUse", `The key pair \`${id}\` is in use by ${machines.map((m) => m.id).join(", ")}.`);
    },
});

function isRsa(publicKey: string): boolean {
    try {
        return parseKey(publicKey.trim(), "ssh").type === "rsa";
    } catch {
        return false;
    }
}

function withoutComment(publicKey: string): string {
    return publicKey.trim().split(/\s+/).slice(0, 2).join(" ");
}
