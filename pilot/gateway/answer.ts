/** What the gateway says itself has the shape of the app's own errors; for a location that `error_page` leads to. */
export function answer(status: number, code: string, message: string, ...headers: string[]): string[] {
    return [
        "internal;",
        ...headers,
        "default_type application/json;",
        `return ${status} '{"code":"${code}","message":"${message}"}';`,
    ];
}
