import { MongoClient, type MongoClientOptions, MongoServerError } from "mongodb";

export interface Login {
    user: string;
    password: string;
    /** The database that the user belongs to. */
    source: string;
}

/**
 * A connection to the mongod of this machine through its unix socket. TLS, for mongod requires it there too; who is at
 * the other end is told by the socket's permissions, so its certificate, made for a public name, is not compared.
 *
 * @param login absent: mongod's localhost exception, good for making the first user only.
 * @throws MongoServerError 18 when the login is refused.
 */
export async function connect(socket: string, login?: Login): Promise<MongoClient> {
    const options: MongoClientOptions = {
        tls: true,
        tlsInsecure: true,
        directConnection: true,
        maxPoolSize: 2,
        appName: "pilot",
        serverSelectionTimeoutMS: 5000,
        ...(login && { auth: { username: login.user, password: login.password }, authSource: login.source }),
    };
    const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/`, options);
    try {
        await client.connect();
        return client;
    } catch (thrown) {
        await client.close();
        throw thrown;
    }
}

export function isCode(thrown: unknown, ...codes: number[]): boolean {
    return thrown instanceof MongoServerError && codes.includes(Number(thrown.code));
}

/** mongod's error codes (src/mongo/base/error_codes.yml). */
export const authenticationFailed = 18;
export const unauthorized = 13;
export const indexOptionsConflict = 85;
export const indexKeySpecsConflict = 86;
export const duplicateKey = 11000;
