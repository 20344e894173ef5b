/** It has to differ among one user's own requests, and to be no secret: chance and the clock are enough where there is no `crypto`. */
export function newKey(): string {
    // A page that came over plain HTTP has `crypto` without it.
    if (typeof crypto !== "undefined" && typeof crypto.randomUUID === "function") return crypto.randomUUID();
    const chance = () => Math.random().toString(36).slice(2, 12).padEnd(10, "0");
    return `${Date.now().toString(36)}-${chance()}-${chance()}`;
}
