import type { MongoClient } from "mongodb";
import { authenticationFailed, connect, isCode, unauthorized } from "./connect";

export const database = "aiagent";

export interface Passwords {
    root: string;
    /** The administrator's password before the last change, while it is being changed. */
    rootPrevious?: string;
    user: string;
    app: string;
}

/**
 * A connection as the administrator, who is made on an empty database, and whose password is changed to the one wanted
 * when the one before is still in force.
 *
 * @throws Error when the database has a password that neither secret holds.
 */
export async function administrator(socket: string, { root, rootPrevious }: Passwords): Promise<MongoClient> {
    const login = { user: "root", password: root, source: "admin" };
    const known = await unlessRefused(() => connect(socket, login));
    if (known !== undefined) return known;
    if (await makeFirstUser(socket, root)) return connect(socket, login);
    const before = rootPrevious === undefined ? undefined : await unlessRefused(() => connect(socket, { ...login, password: rootPrevious }));
    if (before === undefined) {
        throw new Error(
            "the database's administrator has another password than MONGODB_ROOT_PASSWORD; " +
                "give the one before as MONGODB_ROOT_PASSWORD_PREVIOUS, and it is changed",
        );
    }
    try {
        await before.db("admin").command({ updateUser: "root", pwd: root });
    } finally {
        await before.close();
    }
    return connect(socket, login);
}

/** @returns false when there is a user already: the localhost exception is over then. */
async function makeFirstUser(socket: string, password: string): Promise<boolean> {
    const anybody = await connect(socket);
    try {
        await anybody.db("admin").command({ createUser: "root", pwd: password, roles: ["root"] });
        return true;
    } catch (thrown) {
        if (isCode(thrown, unauthorized)) return false;
        throw thrown;
    } finally {
        await anybody.close();
    }
}

/** The application's user: `readWrite` on its database and nothing else, with the password that the secret holds. */
export async function applicationUser(socket: string, admin: MongoClient, { user, app }: Passwords): Promise<void> {
    const db = admin.db(database);
    const roles = [{ role: "readWrite", db: database }];
    const { users } = await db.command({ usersInfo: user });
    if (users.length === 0) {
        await db.command({ createUser: user, pwd: app, roles });
        return;
    }
    if (JSON.stringify(users[0].roles) !== JSON.stringify(roles)) await db.command({ updateUser: user, roles });
    // A password cannot be read, only tried; setting it each time would end every session of the app's.
    const works = await unlessRefused(() => connect(socket, { user, password: app, source: database }));
    if (works === undefined) await db.command({ updateUser: user, pwd: app });
    await works?.close();
}

async function unlessRefused(connecting: () => Promise<MongoClient>): Promise<MongoClient | undefined> {
    try {
        return await connecting();
    } catch (thrown) {
        if (isCode(thrown, authenticationFailed)) return undefined;
        throw thrown;
    }
}
