// A chat that goes to its database as code is written first: one question after the other. MONGODB_URI says where.
import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { ask, begin, relay, serve, texts } from "./shared.mjs";

const client = await MongoClient.connect(process.env.MONGODB_URI, { minPoolSize: 5 });
const db = client.db();
const [users, sessions, turns] = ["users", "sessions", "messages"].map((name) => db.collection(`naive_${name}`));

const SESSION = "s-1";

async function remember(message) {
    await users.findOne({ _id: "ada" });
    await sessions.findOne({ _id: SESSION });
    await turns.insertOne({ _id: randomUUID(), session: SESSION, role: "user", content: message, at: new Date() });
    await sessions.updateOne({ _id: SESSION }, { $set: { updatedAt: new Date() } }, { upsert: true });
    await turns.find({ session: SESSION }).sort({ at: -1 }).limit(20).toArray();
}

serve(async (response, message) => {
    await remember(message);
    await relay(response, texts(await ask(message, begin(response))));
});
