import { X509Certificate } from "node:crypto";

/** A certificate that the region has, whoever issued it and however old it is. */
export interface Held {
    name: string;
    /** One PEM file with the key and the whole chain. */
    file: string;
    /** Host of the ACME directory that it came from. */
    directory: string;
    issuer: string;
    notBefore: Date;
    notAfter: Date;
}

/** @returns undefined when the text is no certificate for this name. */
export function readHeld(pem: string, name: string, file: string, directory: string): Held | undefined {
    try {
        const certificate = new X509Certificate(pem.slice(pem.indexOf("-----BEGIN CERTIFICATE-----")));
        if (certificate.checkHost(name) === undefined) return undefined;
        return {
            name,
            file,
            directory,
            issuer: /^(?:CN|O)=(.*)$/m.exec(certificate.issuer)?.[1] ?? certificate.issuer,
            notBefore: new Date(certificate.validFrom),
            notAfter: new Date(certificate.validTo),
        };
    } catch {
        return undefined;
    }
}

/**
 * When to get another one: at a third of the lifetime left, earlier by up to a twentieth of it so that many names do not
 * come due at once; at once when there is none, or when it is from an authority that is no longer the configured one.
 *
 * @param chance 0..1, the same at each call for one certificate.
 */
export function dueAt(held: Held | undefined, directory: string, chance: number): Date {
    if (held === undefined || held.directory !== directory) return new Date(0);
    const lifetime = held.notAfter.getTime() - held.notBefore.getTime();
    return new Date(held.notAfter.getTime() - lifetime / 3 - (chance * lifetime) / 20);
}
