import { Refusal } from "../../refusal";

/** The engine's refusal in its own words, as the CLI prints it; what is no answer of the engine stays as it is. */
export function refused(error: unknown): Error {
    const status = (error as { statusCode?: number }).statusCode;
    return status === undefined ? (error as Error) : new Refusal(String(status), `Error response from daemon: ${words(error)}`);
}

/** Undefined for what the engine does not have. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
        return await asked;
    } catch (error) {
        if (error instanceof Refusal && error.code === "404") return undefined;
        throw error;
    }
}

/** Without dockerode's frame: "(HTTP code 409) unexpected - rpc error: … ". */
function words(error: unknown): string {
    const { json, message } = error as { json?: { message?: string }; message?: string };
    return json?.message ?? message ?? String(error);
}
