import type { CreateIndexesOptions, Db, IndexSpecification } from "mongodb";
import { duplicateKey, indexKeySpecsConflict, indexOptionsConflict, isCode } from "./connect";

interface Index {
    collection: string;
    key: IndexSpecification & Record<string, 1 | -1>;
    options?: CreateIndexesOptions;
}

/** As the app asks: agent sessions that mongod itself removes at their time, and what its queries look up. */
export const indexes: Index[] = [
    { collection: "multi_agent_sessions", key: { expiresAt: 1 }, options: { expireAfterSeconds: 0 } },
    { collection: "multi_agent_sessions", key: { sessionId: 1, userId: 1 } },
    { collection: "users", key: { openid: 1 }, options: { unique: true } },
    { collection: "conversations", key: { userId: 1 } },
    { collection: "conversations", key: { "turns.id": 1 } },
];

/**
 * Makes the indexes that are missing, and anew those with other options.
 *
 * @throws AggregateError with one Error for each that could not be made, for instance a unique one over duplicates.
 */
export async function makeIndexes(db: Db): Promise<void> {
    const faults: Error[] = [];
    for (const { collection, key, options = {} } of indexes) {
        try {
            await db.collection(collection).createIndex(key, options).catch(async (thrown: unknown) => {
                if (!isCode(thrown, indexOptionsConflict, indexKeySpecsConflict)) throw thrown;
                const name = Object.entries(key).flat().join("_");
                await db.collection(collection).dropIndex(name);
                await db.collection(collection).createIndex(key, options);
            });
        } catch (thrown) {
            const about = `index ${JSON.stringify(key)} of ${collection}`;
            // mongod names the values that are there twice, and an OpenID is nothing for a log.
            faults.push(isCode(thrown, duplicateKey) ? new Error(`${about}: there are duplicates`) : new Error(about, { cause: thrown }));
        }
    }
    if (faults.length > 0) throw new AggregateError(faults);
}
