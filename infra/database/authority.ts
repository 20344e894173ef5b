import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

const years = (count: number) => count * 365 * 24;

/** The project's own certificate authority, and the database's certificate from it. */
export class DatabaseAuthority extends pulumi.ComponentResource {
    /** PEM of the authority's certificate: what a client of the database trusts. */
    readonly ca: pulumi.Output<string>;
    /** PEM of the server's certificate and key, the one file that mongod wants. */
    readonly server: pulumi.Output<string>;

    constructor(name: string, args: { names: string[] }, opts?: pulumi.ComponentResourceOptions) {
        super("antipode:database:Authority", name, {}, opts);
        const own = { parent: this };
        const caKey = new tls.PrivateKey(`${name}-ca-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, own);
        const ca = new tls.SelfSignedCert(`${name}-ca`, {
            privateKeyPem: caKey.privateKeyPem,
            subject: { commonName: "Antipode database authority" },
            isCaCertificate: true,
            validityPeriodHours: years(10),
            allowedUses: ["cert_signing", "crl_signing"],
        }, own);
        const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, own);
        const request = new tls.CertRequest(`${name}-request`, {
            privateKeyPem: key.privateKeyPem,
            subject: { commonName: args.names[0]! },
            dnsNames: args.names,
        }, own);
        const certificate = new tls.LocallySignedCert(`${name}-certificate`, {
            certRequestPem: request.certRequestPem,
            caPrivateKeyPem: caKey.privateKeyPem,
            caCertPem: ca.certPem,
            validityPeriodHours: years(2),
            // Any `up` in its last half year makes a new one.
            earlyRenewalHours: years(1) / 2,
            allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
        }, own);
        this.ca = ca.certPem;
        this.server = pulumi.secret(pulumi.interpolate`${certificate.certPem}${key.privateKeyPem}`);
        this.registerOutputs({ ca: this.ca });
    }
}
