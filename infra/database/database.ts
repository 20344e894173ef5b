import type * as pulumi from "@pulumi/pulumi";

/** How an app reaches the database, whatever the plan and the region. */
export interface DatabaseAccess {
    /** Connection string without credentials; TLS and the write concern are in it. */
    uri: pulumi.Input<string>;
    user: string;
    password: pulumi.Input<string>;
    /** PEM of the authority that signed the database's certificate. */
    ca: pulumi.Input<string>;
}

export const databaseName = "aiagent";
export const databaseUser = "aiagent";
export const databasePort = 27017;

/** `mongodb://db.cn.yourapp.com:27017/aiagent?…`; no credentials, for a URI is shown in process lists. */
export function databaseUri(host: string): string {
    return `mongodb://${host}:${databasePort}/${databaseName}?tls=true&authSource=${databaseName}&w=majority&retryWrites=false`;
}
