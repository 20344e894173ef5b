import { parseKey, type Key } from "sshpk";
import { hexId } from "../record";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { CLOUD, MAX_PREFIX, awsKind, prefixed } from "./kind";
import { refuse } from "./refuse";

export interface KeyPairInputs extends Values { keyName?: string; keyNamePrefix?: string; publicKey: string }
export interface KeyPair extends KeyPairInputs { keyName: string }

const MAX_NAME = 255;

export const keyPair = awsKind<KeyPairInputs, KeyPair>({
    token: "aws:ec2/keyPair:KeyPair",
    kind: "keyPair",
    newId: ({ keyName, keyNamePrefix = "" }) => keyName ?? prefixed(keyNamePrefix),
    replaceOn: ["keyName", "keyNamePrefix", "publicKey"],
    autoName: { property: "keyName", maxLength: MAX_NAME, unless: "keyNamePrefix" },
    updates: true,
    rules: {
        keyName: { length: [1, MAX_NAME], pattern: /^[\x20-\x7e]*$/, says: "has characters other than ASCII" },
        keyNamePrefix: { length: [0, MAX_PREFIX], pattern: /^[\x20-\x7e]*$/, says: "has characters other than ASCII", conflictsWith: ["keyName"] },
        // Blanks around the key are no change of the key.
        publicKey: {
            normal: (key) => String(key).trim(), matches: (key) => typeOf(key) !== undefined, code: "InvalidKey.Format",
            says: "is not in valid OpenSSH public key format: RSA and ED25519 keys are accepted",
        },
    },
    admit({ keyName = "" }, context, self) {
        const taken = context.store.get(CLOUD, keyName);
        if (taken && taken.id !== self?.id) throw refuse("ImportKeyPair", "InvalidKeyPair.Duplicate", `The keypair already exists: ${keyName}`, "keyName");
    },
    compute: (id, inputs, context, before) => ({
        keyNamePrefix: "",
        ...inputs,
        keyName: id,
        keyPairId: before?.keyPairId ?? hexId("key-", 17),
        keyType: typeOf(inputs.publicKey)?.type === "rsa" ? "rsa" : "ed25519",
        fingerprint: typeOf(inputs.publicKey)?.fingerprint("md5").toString("hex") ?? "",
        arn: `arn:aws:ec2:${context.region}:${ACCOUNT}:key-pair/${id}`,
    }),
});

/** Absent for what ImportKeyPair would not take. */
function typeOf(publicKey: string): Key | undefined {
    try {
        const key = parseKey(publicKey.trim(), "ssh");
        return key.type === "rsa" || key.type === "ed25519" ? key : undefined;
    } catch {
        return undefined;
    }
}
