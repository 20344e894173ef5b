import { randomUUID } from "node:crypto";
import { MongoServerError, type Collection, type Db } from "mongodb";
import { DUPLICATE_KEY, guarded, KEPT, OPERATION_MS } from "../database/guard";

interface User {
    /** Ours: the OpenID names a person to WeChat and leaves this collection never. */
    _id: string;
    openid: string;
    createdAt: Date;
    seenAt: Date;
}

/** The users, known to WeChat by their OpenID and to everybody else by an id of our own. */
export class Users {
    private readonly users: Collection<User>;

    constructor(db: Db) {
        this.users = db.collection<User>("users", KEPT);
    }

    /** One account a person, also when two first logins come at once. */
    static async prepare(db: Db): Promise<void> {
        await db.collection("users").createIndex({ openid: 1 }, { unique: true });
    }

    /**
     * The id of the user with this OpenID, who is made when he comes for the first time.
     * @throws HttpError database_unavailable
     */
    async identify(openid: string): Promise<string> {
        const upsert = async () => {
            const now = new Date();
            const user = await this.users.findOneAndUpdate(
                { openid },
                { $set: { seenAt: now }, $setOnInsert: { _id: randomUUID(), createdAt: now } },
                { upsert: true, returnDocument: "after", projection: { _id: 1 }, maxTimeMS: OPERATION_MS },
            );
            return user!._id;
        };
        return guarded(async () => {
            try {
                return await upsert();
            } catch (error) {
                // Two first logins at once: the loser finds the winner's user.
                if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return upsert();
                throw error;
            }
        });
    }
}
