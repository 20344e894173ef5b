import { parseKey, type Key } from "sshpk";
import { hexId } from "../record";
import type { Values } from "../values";
import { ACCOUNT } from "./catalogue";
import { CLOUD, awsKind, prefixed } from "./kind";
import { failure, refuse } from "./refuse";

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
    check({ publicKey, keyName, keyNamePrefix }) {
        const failures = [];
        if (keyName !== undefined && (keyName.length > MAX_NAME || !/^[\x20-\x7e]+$/.test(keyName))) {
            failures.push(failure("keyName", "InvalidParameterValue", `a key name is 1 to ${MAX_NAME} ASCII characters`));
        }
        if (keyName !== undefined && keyNamePrefix !== undefined) failures.push(failure("keyNamePrefix", "InvalidParameterCombination", '"keyNamePrefix" conflicts with "keyName"'));
        if (publicKey !== undefined && !typeOf(publicKey)) {
            failures.push(failure("publicKey", "InvalidKey.Format", "Key is not in valid OpenSSH public key format: RSA and ED25519 keys are accepted"));
        }
        return failures;
    },
    // Blanks around the key are no change of the key.
    normalize: (inputs) => ({ ...inputs, publicKey: inputs.publicKey.trim() }),
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
